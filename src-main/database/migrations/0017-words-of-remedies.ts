/**
 * The store's own words under the papers of exchanges, repairs and vouchers. A CHECK cannot be widened in place: the
 * rows move to a table that knows the new places.
 */
const places = [
  'card',
  'refund_slip',
  'refusal_slip',
  'exchange_slip',
  'handover_form',
  'repair_sheet',
  'repair_stub',
  'repair_record',
  'voucher',
]
  .map((place) => `'${place}'`)
  .join(', ')

export const wordsOfRemedies = {
  version: 17,
  name: 'words-of-remedies',
  sql: `
DROP TRIGGER paper_words_no_update;
DROP TRIGGER paper_words_no_delete;
ALTER TABLE paper_words RENAME TO paper_words_before;
CREATE TABLE paper_words (
  place TEXT NOT NULL CHECK (place IN (${places})),
  version INTEGER NOT NULL CHECK (version >= 1),
  zh TEXT NOT NULL,
  en TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  changed_by INTEGER NOT NULL REFERENCES operator (id),
  PRIMARY KEY (place, version)
) STRICT, WITHOUT ROWID;
INSERT INTO paper_words SELECT place, version, zh, en, changed_at, changed_by FROM paper_words_before;
DROP TABLE paper_words_before;
CREATE TRIGGER paper_words_no_update BEFORE UPDATE ON paper_words
  BEGIN SELECT RAISE(ABORT, 'paper_words is append-only'); END;
CREATE TRIGGER paper_words_no_delete BEFORE DELETE ON paper_words
  BEGIN SELECT RAISE(ABORT, 'paper_words is append-only'); END;
`,
}
