/** Messages to a person or a role, who saw and answered them, and who has the duty of a day. */
const messages = `
CREATE TABLE alert (
  id INTEGER PRIMARY KEY,
  -- What it is about, once: raised twice it is one message.
  key TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  severity TEXT NOT NULL CHECK (severity IN ('info', 'urgent', 'warning')),
  to_operator_id INTEGER REFERENCES operator (id),
  to_role TEXT CHECK (to_role IN ('clerk', 'duty_manager', 'floor_manager', 'store_manager')),
  -- The floor whose duty manager is meant; empty for the whole store.
  floor TEXT NOT NULL DEFAULT '',
  subject_type TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  case_id INTEGER REFERENCES case_file (id),
  params TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(params)),
  raised_at TEXT NOT NULL,
  -- Null where nobody raised it: it follows from the clocks.
  raised_by INTEGER REFERENCES operator (id),
  answered_at TEXT,
  answered_by INTEGER REFERENCES operator (id),
  answer TEXT NOT NULL DEFAULT '',
  CHECK ((to_operator_id IS NULL) <> (to_role IS NULL)),
  CHECK ((answered_at IS NULL) = (answered_by IS NULL))
) STRICT;
CREATE INDEX alert_open ON alert (id) WHERE answered_at IS NULL;
CREATE INDEX alert_case ON alert (case_id, id) WHERE case_id IS NOT NULL;
CREATE TRIGGER alert_answered_once BEFORE UPDATE ON alert
  WHEN OLD.answered_at IS NOT NULL
    OR (OLD.id, OLD.key, OLD.kind, OLD.severity, OLD.to_operator_id, OLD.to_role, OLD.floor, OLD.subject_type,
        OLD.subject_id, OLD.case_id, OLD.params, OLD.raised_at, OLD.raised_by)
    IS NOT (NEW.id, NEW.key, NEW.kind, NEW.severity, NEW.to_operator_id, NEW.to_role, NEW.floor, NEW.subject_type,
        NEW.subject_id, NEW.case_id, NEW.params, NEW.raised_at, NEW.raised_by)
  BEGIN SELECT RAISE(ABORT, 'an alert is answered once and never changed'); END;
CREATE TRIGGER alert_no_delete BEFORE DELETE ON alert
  BEGIN SELECT RAISE(ABORT, 'alerts are answered, never deleted'); END;

CREATE TABLE alert_seen (
  alert_id INTEGER NOT NULL REFERENCES alert (id),
  operator_id INTEGER NOT NULL REFERENCES operator (id),
  seen_at TEXT NOT NULL,
  PRIMARY KEY (alert_id, operator_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER alert_seen_no_update BEFORE UPDATE ON alert_seen
  BEGIN SELECT RAISE(ABORT, 'alert_seen is append-only'); END;
CREATE TRIGGER alert_seen_no_delete BEFORE DELETE ON alert_seen
  BEGIN SELECT RAISE(ABORT, 'alert_seen is append-only'); END;
`

/** Whoever stands last for a day and a floor has the duty; handing it over is the next row. */
const duty = `
CREATE TABLE duty_roster (
  id INTEGER PRIMARY KEY,
  business_date TEXT NOT NULL CHECK (business_date GLOB '????-??-??'),
  floor TEXT NOT NULL DEFAULT '',
  operator_id INTEGER NOT NULL REFERENCES operator (id),
  note TEXT NOT NULL DEFAULT '',
  set_at TEXT NOT NULL,
  set_by INTEGER NOT NULL REFERENCES operator (id)
) STRICT;
CREATE INDEX duty_roster_day ON duty_roster (business_date, floor, id);
CREATE TRIGGER duty_roster_no_update BEFORE UPDATE ON duty_roster
  BEGIN SELECT RAISE(ABORT, 'duty_roster is append-only'); END;
CREATE TRIGGER duty_roster_no_delete BEFORE DELETE ON duty_roster
  BEGIN SELECT RAISE(ABORT, 'duty_roster is append-only'); END;
`

export const alerts = {
  version: 38,
  name: 'alerts',
  sql: [messages, duty].join('\n'),
}
