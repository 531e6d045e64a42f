/**
 * 换货交接 (domain.md §2.4): what came back with the old goods, how the new ones were checked, what was given with them,
 * and who signed. A case with an exchange does not close while its handover is open: the database refuses it too.
 */
const isDate = (column: string) => `${column} GLOB '????-??-??'`
/** Something is there, is not there (then with a reason), or never was; NULL until somebody looked. */
const found = (column: string, values: string) => `
  ${column} TEXT CHECK (${column} IN (${values})),
  ${column}_reason TEXT NOT NULL DEFAULT ''`

const tables = `
CREATE TABLE handover (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  exchange_id INTEGER NOT NULL UNIQUE REFERENCES exchange (id),
  case_id INTEGER NOT NULL REFERENCES case_file (id),
  state TEXT NOT NULL CHECK (state IN ('open', 'given', 'signed', 'waived', 'void')),
  business_date TEXT NOT NULL CHECK (${isDate('business_date')}),
  opened_at TEXT NOT NULL,
  opened_by INTEGER NOT NULL REFERENCES operator (id),
  receiver TEXT CHECK (receiver IN ('self', 'family', 'agent')),
  receiver_name TEXT NOT NULL DEFAULT '',
  receiver_phone TEXT NOT NULL DEFAULT '',
  -- The new goods went out: from here on the exchange stands.
  given_at TEXT,
  restarts_on TEXT CHECK (${isDate('restarts_on')}),
  ends_on TEXT CHECK (${isDate('ends_on')}),
  card_id INTEGER REFERENCES card (id),
  closed_at TEXT,
  closed_on TEXT CHECK (${isDate('closed_on')}),
  closed_by INTEGER REFERENCES operator (id),
  version INTEGER NOT NULL DEFAULT 1,
  short_no TEXT GENERATED ALWAYS AS (substr(number, -6)) VIRTUAL,
  CHECK ((state IN ('given', 'signed')) <= (given_at IS NOT NULL)),
  CHECK ((state IN ('signed', 'waived', 'void')) = (closed_at IS NOT NULL))
) STRICT;
CREATE INDEX handover_short_no ON handover (short_no);
CREATE INDEX handover_open ON handover (opened_at) WHERE state IN ('open', 'given');
CREATE INDEX handover_case ON handover (case_id);

CREATE TABLE handover_back (
  handover_id INTEGER NOT NULL REFERENCES handover (id),
  sale_line_id INTEGER NOT NULL REFERENCES sale_line (id),
  unit_no INTEGER NOT NULL CHECK (unit_no >= 1),
  serial_no TEXT NOT NULL DEFAULT '',
  card_number TEXT NOT NULL DEFAULT '',
  ${found('goods', "'back', 'missing'")},
  ${found('accessories', "'complete', 'missing', 'none'")},
  ${found('card', "'back', 'missing', 'none'")},
  ${found('manual', "'back', 'missing', 'none'")},
  ${found('invoice', "'stamped', 'missing', 'none'")},
  PRIMARY KEY (handover_id, sale_line_id, unit_no)
) STRICT;

CREATE TABLE handover_given (
  handover_id INTEGER NOT NULL REFERENCES handover (id),
  exchange_line_id INTEGER NOT NULL REFERENCES exchange_line (id),
  unit_no INTEGER NOT NULL CHECK (unit_no >= 1),
  serial_no TEXT NOT NULL DEFAULT '',
  ${found('seal', "'opened_before_customer', 'was_open', 'none'")},
  ${found('appearance', "'sound', 'flawed'")},
  ${found('manual', "'given', 'missing', 'none'")},
  ${found('accessories', "'complete', 'missing', 'none'")},
  PRIMARY KEY (handover_id, exchange_line_id, unit_no)
) STRICT;

CREATE TABLE handover_signature (
  id INTEGER PRIMARY KEY,
  handover_id INTEGER NOT NULL REFERENCES handover (id),
  party TEXT NOT NULL CHECK (party IN ('customer', 'store')),
  way TEXT NOT NULL CHECK (way IN ('drawn', 'paper')),
  sha256 TEXT,
  at TEXT NOT NULL,
  -- Who saw it being signed, or confirms that it stands on the paper.
  confirmed_by INTEGER NOT NULL REFERENCES operator (id),
  UNIQUE (handover_id, party),
  CHECK ((way = 'drawn') = (sha256 IS NOT NULL))
) STRICT;

CREATE TABLE handover_waiver (
  id INTEGER PRIMARY KEY,
  handover_id INTEGER NOT NULL UNIQUE REFERENCES handover (id),
  at TEXT NOT NULL,
  business_date TEXT NOT NULL CHECK (${isDate('business_date')}),
  asked_by INTEGER NOT NULL REFERENCES operator (id),
  reason TEXT NOT NULL CHECK (length(reason) >= 10),
  amount INTEGER NOT NULL CHECK (amount >= 0),
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  -- What the amount consists of, and what of the form was missing: frozen as it was approved.
  exposures TEXT NOT NULL,
  missing TEXT NOT NULL,
  approval_ids TEXT NOT NULL
) STRICT;

CREATE TABLE handover_event (
  id INTEGER PRIMARY KEY,
  handover_id INTEGER NOT NULL REFERENCES handover (id),
  at TEXT NOT NULL,
  actor_id INTEGER NOT NULL REFERENCES operator (id),
  action TEXT NOT NULL CHECK (action IN ('open', 'goods_back', 'papers_back', 'new_checked', 'give', 'signature', 'sign', 'waive', 'void')),
  state TEXT NOT NULL CHECK (state IN ('open', 'given', 'signed', 'waived', 'void')),
  data TEXT NOT NULL
) STRICT;
CREATE INDEX handover_event_handover ON handover_event (handover_id);

ALTER TABLE card_line ADD COLUMN replaced_on TEXT CHECK (${isDate('replaced_on')});
ALTER TABLE card_line ADD COLUMN replaced_under TEXT NOT NULL DEFAULT '';
ALTER TABLE card_line ADD COLUMN replaced_by INTEGER REFERENCES card (id);
CREATE INDEX card_line_replaced_by ON card_line (replaced_by) WHERE replaced_by IS NOT NULL;
`

const appendOnly = ['handover_signature', 'handover_waiver', 'handover_event'].map(
  (table) => `
CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;
CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`,
)

/** The gate itself: no way round it, whoever closes a case or a form. */
const gate = `
CREATE TRIGGER handover_no_delete BEFORE DELETE ON handover
  BEGIN SELECT RAISE(ABORT, 'handovers are voided, never deleted'); END;
CREATE TRIGGER case_waits_for_handover BEFORE UPDATE OF state ON case_file
  WHEN NEW.state = 'closed' AND EXISTS (
    SELECT 1 FROM handover WHERE case_id = NEW.id AND handover.state IN ('open', 'given'))
  BEGIN SELECT RAISE(ABORT, 'the handover of this case is not signed'); END;
CREATE TRIGGER handover_signed_by_both BEFORE UPDATE OF state ON handover
  WHEN NEW.state = 'signed' AND
    (SELECT count(*) FROM handover_signature WHERE handover_id = NEW.id) < 2
  BEGIN SELECT RAISE(ABORT, 'a handover is signed by both'); END;
CREATE TRIGGER handover_waived_in_writing BEFORE UPDATE OF state ON handover
  WHEN NEW.state = 'waived' AND
    NOT EXISTS (SELECT 1 FROM handover_waiver WHERE handover_id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'a handover is waived in writing'); END;
`

export const handover = {
  version: 11,
  name: 'handover',
  sql: [tables, ...appendOnly, gate].join('\n'),
}
