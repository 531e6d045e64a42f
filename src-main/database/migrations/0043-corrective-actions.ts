/** 纠正措施: what is done so that a failure does not come again, and whether it helped. */
export const correctiveActions = {
  version: 43,
  name: 'corrective-actions',
  sql: `
CREATE TABLE corrective_action (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  incident_id INTEGER REFERENCES incident (id),
  cell TEXT,
  goods TEXT NOT NULL DEFAULT '',
  cause TEXT NOT NULL CHECK (cause IN ('product', 'transport', 'storage', 'handling', 'information', 'service', 'process', 'unknown')),
  root_cause TEXT NOT NULL,
  what TEXT NOT NULL,
  owner_id INTEGER NOT NULL REFERENCES operator (id),
  due_on TEXT NOT NULL CHECK (due_on GLOB '????-??-??'),
  state TEXT NOT NULL CHECK (state IN ('planned', 'done', 'effective', 'ineffective', 'cancelled')),
  business_date TEXT NOT NULL CHECK (business_date GLOB '????-??-??'),
  planned_at TEXT NOT NULL,
  planned_by INTEGER NOT NULL REFERENCES operator (id),
  done_on TEXT CHECK (done_on GLOB '????-??-??'),
  proof TEXT NOT NULL DEFAULT '',
  check_on TEXT CHECK (check_on GLOB '????-??-??'),
  version INTEGER NOT NULL DEFAULT 1,
  CHECK ((done_on IS NULL) = (check_on IS NULL)),
  CHECK (state <> 'done' OR done_on IS NOT NULL)
) STRICT;
CREATE INDEX corrective_action_due ON corrective_action (due_on) WHERE state = 'planned';
CREATE INDEX corrective_action_check ON corrective_action (check_on) WHERE state = 'done';
CREATE TRIGGER corrective_action_no_delete BEFORE DELETE ON corrective_action
  BEGIN SELECT RAISE(ABORT, 'corrective_action rows are never deleted'); END;

CREATE TABLE corrective_action_case (
  action_id INTEGER NOT NULL REFERENCES corrective_action (id),
  case_id INTEGER NOT NULL REFERENCES case_file (id),
  PRIMARY KEY (action_id, case_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX corrective_action_case_of ON corrective_action_case (case_id);

CREATE TABLE corrective_action_event (
  id INTEGER PRIMARY KEY,
  action_id INTEGER NOT NULL REFERENCES corrective_action (id),
  at TEXT NOT NULL,
  actor_id INTEGER NOT NULL REFERENCES operator (id),
  kind TEXT NOT NULL,
  data TEXT NOT NULL
) STRICT;
CREATE INDEX corrective_action_event_of ON corrective_action_event (action_id, id);
CREATE TRIGGER corrective_action_event_no_update BEFORE UPDATE ON corrective_action_event
  BEGIN SELECT RAISE(ABORT, 'corrective_action_event is append-only'); END;
CREATE TRIGGER corrective_action_event_no_delete BEFORE DELETE ON corrective_action_event
  BEGIN SELECT RAISE(ABORT, 'corrective_action_event is append-only'); END;
`,
}
