const appendOnly = (table: string) => `
CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;
CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`

/**
 * What the clocks of a case hang on: when the store is open, when the customer was answered, when a case waited for
 * somebody else, and who said that they have seen it. When a clock runs out is never written down.
 */
const clocks = `
CREATE TABLE clock_hours (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  weekdays TEXT NOT NULL,
  days TEXT NOT NULL,
  version INTEGER NOT NULL
) STRICT;

CREATE TABLE case_answer (
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES case_file (id),
  kind TEXT NOT NULL CHECK (kind IN ('heard', 'plan')),
  channel TEXT NOT NULL CHECK (channel IN ('phone', 'in_person', 'message', 'letter')),
  text TEXT NOT NULL,
  answered_at TEXT NOT NULL,
  answered_by INTEGER NOT NULL REFERENCES operator (id)
) STRICT;
CREATE INDEX case_answer_case ON case_answer (case_id, id);
${appendOnly('case_answer')}

CREATE TABLE clock_pause (
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES case_file (id),
  reason TEXT NOT NULL,
  note TEXT NOT NULL,
  paused_at TEXT NOT NULL,
  paused_by INTEGER NOT NULL REFERENCES operator (id),
  resumed_at TEXT,
  resumed_by INTEGER REFERENCES operator (id),
  CHECK ((resumed_at IS NULL) = (resumed_by IS NULL)),
  CHECK (resumed_at >= paused_at)
) STRICT;
CREATE INDEX clock_pause_case ON clock_pause (case_id, id);
CREATE UNIQUE INDEX clock_pause_running ON clock_pause (case_id) WHERE resumed_at IS NULL;
CREATE TRIGGER clock_pause_ends_once BEFORE UPDATE ON clock_pause
  WHEN OLD.resumed_at IS NOT NULL OR NEW.resumed_at IS NULL
    OR (OLD.id, OLD.case_id, OLD.reason, OLD.note, OLD.paused_at, OLD.paused_by)
    IS NOT (NEW.id, NEW.case_id, NEW.reason, NEW.note, NEW.paused_at, NEW.paused_by)
  BEGIN SELECT RAISE(ABORT, 'clock_pause can only end'); END;
CREATE TRIGGER clock_pause_no_delete BEFORE DELETE ON clock_pause
  BEGIN SELECT RAISE(ABORT, 'clock_pause rows end, they are never deleted'); END;
CREATE TRIGGER clock_pause_ends_with_case AFTER UPDATE OF state ON case_file
  WHEN OLD.state = 'open' AND NEW.state = 'closed'
  BEGIN
    UPDATE clock_pause SET resumed_at = max(NEW.closed_at, paused_at), resumed_by = NEW.owner_id
      WHERE case_id = NEW.id AND resumed_at IS NULL;
  END;
`

/** Promises are listed by when they are due, whoever gave them. */
const promises = `
CREATE INDEX promise_due ON promise (due_at, id);
CREATE INDEX promise_owner_due ON promise (owner_id, due_at, id);
`

/** What one shift leaves to the next, as it stood when it was given; and the diary, which only grows. */
const shifts = `
CREATE TABLE shift_handover (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  desk_no TEXT NOT NULL,
  business_date TEXT NOT NULL CHECK (business_date GLOB '????-??-??'),
  state TEXT NOT NULL CHECK (state IN ('given', 'accepted', 'withdrawn')),
  lists TEXT NOT NULL,
  note TEXT NOT NULL,
  given_at TEXT NOT NULL,
  given_by INTEGER NOT NULL REFERENCES operator (id),
  settled_at TEXT,
  settled_by INTEGER REFERENCES operator (id),
  remark TEXT NOT NULL DEFAULT '',
  version INTEGER NOT NULL DEFAULT 1,
  CHECK ((state = 'given') = (settled_at IS NULL)),
  CHECK ((settled_at IS NULL) = (settled_by IS NULL)),
  CHECK (state <> 'accepted' OR settled_by <> given_by)
) STRICT;
CREATE INDEX shift_handover_day ON shift_handover (business_date, id);
CREATE UNIQUE INDEX shift_handover_waiting ON shift_handover (desk_no) WHERE state = 'given';
CREATE TRIGGER shift_handover_settled_once BEFORE UPDATE ON shift_handover
  WHEN OLD.state <> 'given'
    OR (OLD.id, OLD.number, OLD.desk_no, OLD.business_date, OLD.lists, OLD.note, OLD.given_at, OLD.given_by)
    IS NOT (NEW.id, NEW.number, NEW.desk_no, NEW.business_date, NEW.lists, NEW.note, NEW.given_at, NEW.given_by)
  BEGIN SELECT RAISE(ABORT, 'shift_handover can only be accepted or withdrawn'); END;
CREATE TRIGGER shift_handover_no_delete BEFORE DELETE ON shift_handover
  BEGIN SELECT RAISE(ABORT, 'shift_handover rows are withdrawn, never deleted'); END;

CREATE TABLE shift_diary (
  id INTEGER PRIMARY KEY,
  desk_no TEXT NOT NULL,
  business_date TEXT NOT NULL CHECK (business_date GLOB '????-??-??'),
  text TEXT NOT NULL,
  written_at TEXT NOT NULL,
  written_by INTEGER NOT NULL REFERENCES operator (id)
) STRICT;
CREATE INDEX shift_diary_day ON shift_diary (business_date, id);
CREATE INDEX shift_diary_author ON shift_diary (written_by, id);
${appendOnly('shift_diary')}
`

/**
 * Every room has papers by now: which there are is the contract's to say, so the table keeps the shape of a name
 * instead of a list that each new paper would have to rebuild.
 */
const papers = `
DROP TRIGGER print_record_no_update;
DROP TRIGGER print_record_no_delete;
ALTER TABLE print_record RENAME TO print_record_before;
CREATE TABLE print_record (
  id INTEGER PRIMARY KEY,
  document TEXT NOT NULL CHECK (document GLOB '[a-z]*' AND document NOT GLOB '*[^a-z_]*'),
  subject TEXT NOT NULL,
  format TEXT NOT NULL,
  copy_no INTEGER NOT NULL CHECK (copy_no >= 0),
  printed_at TEXT NOT NULL,
  printed_by INTEGER NOT NULL REFERENCES operator (id),
  UNIQUE (document, subject, copy_no)
) STRICT;
INSERT INTO print_record SELECT id, document, subject, format, copy_no, printed_at, printed_by FROM print_record_before;
DROP TABLE print_record_before;
${appendOnly('print_record')}
`

export const clocksAndShifts = {
  version: 19,
  name: 'clocks-and-shifts',
  sql: [clocks, promises, shifts, papers].join('\n'),
}
