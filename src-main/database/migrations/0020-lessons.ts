/**
 * Full text over complaints: statement, solution and goods as Hanzi pairs (`foundation/bigrams.ts`). The rows of
 * complaints that are older are written at the next start (`complaints/grams-store.ts`).
 */
const grams = `
CREATE VIRTUAL TABLE complaint_grams USING fts5 (grams, content = '', contentless_delete = 1, detail = none);
`

/** 典型案例: a case kept as an example for everybody; each wording stays as it was shown. */
const examples = `
CREATE TABLE lesson (
  id INTEGER PRIMARY KEY,
  complaint_id INTEGER NOT NULL REFERENCES complaint (id),
  state TEXT NOT NULL CHECK (state IN ('shown', 'withdrawn')),
  business_date TEXT NOT NULL CHECK (business_date GLOB '????-??-??'),
  marked_at TEXT NOT NULL,
  marked_by INTEGER NOT NULL REFERENCES operator (id),
  withdrawn_at TEXT,
  withdrawn_by INTEGER REFERENCES operator (id),
  withdraw_reason TEXT,
  version INTEGER NOT NULL DEFAULT 1,
  CHECK ((state = 'withdrawn') = (withdrawn_at IS NOT NULL)),
  CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL) AND (withdrawn_at IS NULL) = (withdraw_reason IS NULL))
) STRICT;
CREATE UNIQUE INDEX lesson_live ON lesson (complaint_id) WHERE state = 'shown';
CREATE TRIGGER lesson_no_delete BEFORE DELETE ON lesson
  BEGIN SELECT RAISE(ABORT, 'lesson rows are withdrawn, never deleted'); END;

CREATE TABLE lesson_text (
  lesson_id INTEGER NOT NULL REFERENCES lesson (id),
  version INTEGER NOT NULL,
  title TEXT NOT NULL,
  story TEXT NOT NULL,
  handling TEXT NOT NULL,
  takeaway TEXT NOT NULL,
  written_at TEXT NOT NULL,
  written_by INTEGER NOT NULL REFERENCES operator (id),
  PRIMARY KEY (lesson_id, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER lesson_text_no_update BEFORE UPDATE ON lesson_text
  BEGIN SELECT RAISE(ABORT, 'lesson_text is append-only'); END;
CREATE TRIGGER lesson_text_no_delete BEFORE DELETE ON lesson_text
  BEGIN SELECT RAISE(ABORT, 'lesson_text is append-only'); END;
`

export const lessons = {
  version: 20,
  name: 'lessons',
  sql: [grams, examples].join('\n'),
}
