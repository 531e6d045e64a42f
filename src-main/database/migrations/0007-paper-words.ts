/** The store's own words under its papers, in versions: what a slip said when it was printed stays known. */
export const paperWords = {
  version: 7,
  name: 'paper-words',
  sql: `
CREATE TABLE paper_words (
  place TEXT NOT NULL CHECK (place IN ('card', 'refund_slip', 'refusal_slip')),
  version INTEGER NOT NULL CHECK (version >= 1),
  zh TEXT NOT NULL,
  en TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  changed_by INTEGER NOT NULL REFERENCES operator (id),
  PRIMARY KEY (place, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER paper_words_no_update BEFORE UPDATE ON paper_words
  BEGIN SELECT RAISE(ABORT, 'paper_words is append-only'); END;
CREATE TRIGGER paper_words_no_delete BEFORE DELETE ON paper_words
  BEGIN SELECT RAISE(ABORT, 'paper_words is append-only'); END;
`,
}
