const appendOnly = (table: string) => `
CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;
CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`

const neverDeleted = (table: string) => `
CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} rows are never deleted'); END;`

/**
 * A paper whose job is called off before anything came out gives its number back, so the same number can be written
 * down again: `round` tells those rows apart.
 */
const prints = `
DROP TRIGGER print_record_no_update;
DROP TRIGGER print_record_no_delete;
ALTER TABLE print_record RENAME TO print_record_before;
CREATE TABLE print_record (
  id INTEGER PRIMARY KEY,
  document TEXT NOT NULL CHECK (document GLOB '[a-z]*' AND document NOT GLOB '*[^a-z_]*'),
  subject TEXT NOT NULL,
  format TEXT NOT NULL,
  copy_no INTEGER NOT NULL CHECK (copy_no >= 0),
  round INTEGER NOT NULL DEFAULT 0 CHECK (round >= 0),
  printed_at TEXT NOT NULL,
  printed_by INTEGER NOT NULL REFERENCES operator (id),
  UNIQUE (document, subject, copy_no, round)
) STRICT;
INSERT INTO print_record (id, document, subject, format, copy_no, printed_at, printed_by)
  SELECT id, document, subject, format, copy_no, printed_at, printed_by FROM print_record_before;
DROP TABLE print_record_before;
${appendOnly('print_record')}
`

/** Printers of this desk, which paper goes to which, and every paper on its way. */
const printers = `
CREATE TABLE printer (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL CHECK (name <> ''),
  kind TEXT NOT NULL CHECK (kind IN ('system', 'escpos', 'folder', 'pdf')),
  target TEXT NOT NULL CHECK (target <> ''),
  options TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  created_by INTEGER NOT NULL REFERENCES operator (id),
  retired_at TEXT
) STRICT;
CREATE UNIQUE INDEX printer_name_once ON printer (name) WHERE retired_at IS NULL;
${neverDeleted('printer')}

CREATE TABLE print_route (
  document TEXT NOT NULL,
  format TEXT NOT NULL,
  printer_id INTEGER REFERENCES printer (id),
  copies INTEGER NOT NULL CHECK (copies BETWEEN 1 AND 9),
  offset_x INTEGER NOT NULL CHECK (offset_x BETWEEN -300 AND 300),
  offset_y INTEGER NOT NULL CHECK (offset_y BETWEEN -300 AND 300),
  media_source TEXT NOT NULL,
  sides TEXT NOT NULL CHECK (sides IN ('one', 'long_edge', 'short_edge')),
  version INTEGER NOT NULL,
  PRIMARY KEY (document, format)
) STRICT;

CREATE TABLE print_settings (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  expiry_minutes INTEGER NOT NULL CHECK (expiry_minutes BETWEEN 5 AND 2880),
  version INTEGER NOT NULL
) STRICT;

CREATE TABLE print_job (
  id INTEGER PRIMARY KEY,
  print_id INTEGER UNIQUE REFERENCES print_record (id),
  printer_id INTEGER NOT NULL REFERENCES printer (id),
  document TEXT NOT NULL,
  subject TEXT NOT NULL,
  format TEXT NOT NULL,
  copy_no INTEGER NOT NULL CHECK (copy_no >= 0),
  pages INTEGER NOT NULL CHECK (pages >= 0),
  copies INTEGER NOT NULL CHECK (copies BETWEEN 1 AND 9),
  offset_x INTEGER NOT NULL,
  offset_y INTEGER NOT NULL,
  media_source TEXT NOT NULL,
  sides TEXT NOT NULL CHECK (sides IN ('one', 'long_edge', 'short_edge')),
  state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'unknown', 'failed', 'confirmed', 'cancelled')),
  trouble TEXT,
  detail TEXT NOT NULL,
  attempts INTEGER NOT NULL CHECK (attempts >= 0),
  reference TEXT,
  spooled_at TEXT,
  cleared_at TEXT,
  queued_at TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  created_at TEXT NOT NULL,
  created_by INTEGER NOT NULL REFERENCES operator (id)
) STRICT;
CREATE INDEX print_job_waiting ON print_job (printer_id, state, queued_at, id);
CREATE INDEX print_job_state ON print_job (state, id);
CREATE INDEX print_job_spooled ON print_job (changed_at) WHERE cleared_at IS NULL;
${neverDeleted('print_job')}
CREATE TRIGGER print_job_rests BEFORE UPDATE OF state ON print_job
  WHEN OLD.state IN ('confirmed', 'cancelled') AND NEW.state <> OLD.state
  BEGIN SELECT RAISE(ABORT, 'print_job is done'); END;

CREATE TABLE print_job_event (
  id INTEGER PRIMARY KEY,
  job_id INTEGER NOT NULL REFERENCES print_job (id),
  action TEXT NOT NULL,
  state TEXT NOT NULL,
  trouble TEXT,
  detail TEXT NOT NULL,
  printer_id INTEGER NOT NULL REFERENCES printer (id),
  at TEXT NOT NULL,
  by INTEGER REFERENCES operator (id)
) STRICT;
CREATE INDEX print_job_event_job ON print_job_event (job_id, id);
${appendOnly('print_job_event')}
`

export const printJobs = {
  version: 52,
  name: 'print-jobs',
  sql: [prints, printers].join('\n'),
}
