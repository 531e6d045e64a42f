/**
 * What head office is told: a book of lines that only grows, so that a range of it is the same whenever it is written,
 * and the exports that were made of it. No line names a customer: people are erased, lines stay.
 */
export const headOffice = {
  version: 51,
  name: 'head-office',
  sql: `
CREATE TABLE head_office_line (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  stream TEXT NOT NULL CHECK (stream IN ('ledger', 'case', 'day_close')),
  -- What the line is of: the same fact is never told twice.
  key TEXT NOT NULL,
  data TEXT NOT NULL CHECK (json_valid(data)),
  UNIQUE (stream, key)
) STRICT;
CREATE TRIGGER head_office_line_no_update BEFORE UPDATE ON head_office_line
  BEGIN SELECT RAISE(ABORT, 'head_office_line is append-only'); END;
CREATE TRIGGER head_office_line_no_delete BEFORE DELETE ON head_office_line
  BEGIN SELECT RAISE(ABORT, 'head_office_line is append-only'); END;

-- How far each source was read: the last id of it that has its line.
CREATE TABLE head_office_progress (
  source TEXT PRIMARY KEY,
  last_id INTEGER NOT NULL CHECK (last_id >= 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE head_office_export (
  id INTEGER PRIMARY KEY,
  target TEXT NOT NULL,
  from_seq INTEGER NOT NULL CHECK (from_seq >= 0),
  to_seq INTEGER NOT NULL CHECK (to_seq > from_seq),
  people TEXT NOT NULL CHECK (people IN ('none', 'masked', 'full')),
  reason TEXT NOT NULL DEFAULT '',
  folder TEXT NOT NULL,
  -- The desk as it was called then: a range is the same whenever it is written.
  store TEXT NOT NULL,
  desk_no TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('begun', 'finished')),
  previous TEXT NOT NULL,
  manifest_sha256 TEXT CHECK (length(manifest_sha256) = 64),
  begun_at TEXT NOT NULL,
  begun_by INTEGER NOT NULL REFERENCES operator (id),
  finished_at TEXT,
  CHECK ((state = 'finished') = (manifest_sha256 IS NOT NULL)),
  CHECK ((state = 'finished') = (finished_at IS NOT NULL)),
  CHECK (people <> 'full' OR reason <> '')
) STRICT;
-- One range of a target follows the other, and one is under way at a time.
CREATE UNIQUE INDEX head_office_export_range ON head_office_export (target, from_seq);
CREATE UNIQUE INDEX head_office_export_begun ON head_office_export (target) WHERE state = 'begun';
CREATE TRIGGER head_office_export_no_delete BEFORE DELETE ON head_office_export
  BEGIN SELECT RAISE(ABORT, 'head_office_export rows are never deleted'); END;
CREATE TRIGGER head_office_export_finished_once BEFORE UPDATE ON head_office_export
  WHEN OLD.state = 'finished'
    OR (OLD.id, OLD.target, OLD.from_seq, OLD.to_seq, OLD.previous, OLD.store, OLD.desk_no, OLD.begun_at, OLD.begun_by)
    IS NOT (NEW.id, NEW.target, NEW.from_seq, NEW.to_seq, NEW.previous, NEW.store, NEW.desk_no, NEW.begun_at, NEW.begun_by)
  BEGIN SELECT RAISE(ABORT, 'an export is finished once'); END;
`,
}
