/** What a manager says of a business day beside its figures: weather, promotions. Every wording stays, the last one holds. */
export const dayNotes = {
  version: 56,
  name: 'day-notes',
  sql: `
CREATE TABLE day_note (
  id INTEGER PRIMARY KEY,
  business_date TEXT NOT NULL CHECK (business_date GLOB '????-??-??'),
  note TEXT NOT NULL CHECK (length(note) <= 200),
  written_at TEXT NOT NULL,
  written_by INTEGER NOT NULL REFERENCES operator (id)
) STRICT;
CREATE INDEX day_note_day ON day_note (business_date, id);
CREATE TRIGGER day_note_no_update BEFORE UPDATE ON day_note BEGIN SELECT RAISE(ABORT, 'day_note is append-only'); END;
CREATE TRIGGER day_note_no_delete BEFORE DELETE ON day_note BEGIN SELECT RAISE(ABORT, 'day_note is append-only'); END;
`,
}
