/**
 * Repairs: the ticket, its goods on two axes (where they are, whether the work is owed), custody, waiting for parts,
 * work, checks, quotes and consents, hand-back, loan units and the store's settings. Amounts are minor units of the
 * store's currency.
 */
const isDate = (column: string) => `${column} GLOB '????-??-??'`
const isHash = (column: string) => `(${column} IS NULL OR length(${column}) = 64)`

const tickets = `
CREATE TABLE repair (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  case_id INTEGER NOT NULL REFERENCES case_file (id),
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed')),
  customer_id INTEGER REFERENCES customer (id),
  contact_name TEXT NOT NULL DEFAULT '',
  contact_phone TEXT NOT NULL DEFAULT '',
  currency TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  -- Readable on purpose: the claim stub is printed again with it (docs/repairs.md).
  pickup_code TEXT NOT NULL CHECK (length(pickup_code) = 6),
  wrong_codes INTEGER NOT NULL DEFAULT 0 CHECK (wrong_codes >= 0),
  -- As the store had it at intake: what the stub says stays true.
  storage_days INTEGER NOT NULL CHECK (storage_days >= 1),
  storage_fee INTEGER NOT NULL CHECK (storage_fee >= 0),
  signature_sha256 TEXT CHECK ${isHash('signature_sha256')},
  business_date TEXT NOT NULL CHECK (${isDate('business_date')}),
  recorded_at TEXT NOT NULL,
  recorded_by INTEGER NOT NULL REFERENCES operator (id),
  closed_at TEXT,
  closed_on TEXT CHECK (${isDate('closed_on')}),
  version INTEGER NOT NULL DEFAULT 1,
  short_no TEXT GENERATED ALWAYS AS (substr(number, -6)) VIRTUAL,
  contact_phone_tail TEXT GENERATED ALWAYS AS (substr(contact_phone, -4)) VIRTUAL,
  CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
  CHECK ((closed_at IS NULL) = (closed_on IS NULL))
) STRICT;
CREATE INDEX repair_short_no ON repair (short_no);
CREATE INDEX repair_phone_tail ON repair (contact_phone_tail) WHERE contact_phone <> '';
CREATE INDEX repair_case ON repair (case_id);
CREATE INDEX repair_day ON repair (business_date);
CREATE INDEX repair_open ON repair (state) WHERE state = 'open';

CREATE TABLE repair_item (
  id INTEGER PRIMARY KEY,
  repair_id INTEGER NOT NULL REFERENCES repair (id),
  position INTEGER NOT NULL CHECK (position >= 1),
  kind TEXT NOT NULL CHECK (kind IN ('sold', 'proven', 'elsewhere')),
  receipt_id INTEGER REFERENCES receipt (id),
  sale_line_id INTEGER REFERENCES sale_line (id),
  unit_no INTEGER CHECK (unit_no >= 1),
  card_id INTEGER REFERENCES card (id),
  proof_set_id INTEGER REFERENCES proof_set (id),
  rights_id INTEGER REFERENCES rights_verdict (id),
  former_item_id INTEGER REFERENCES repair_item (id),
  is_refailure INTEGER NOT NULL DEFAULT 0 CHECK (is_refailure IN (0, 1)),
  name TEXT NOT NULL CHECK (name <> ''),
  brand TEXT NOT NULL DEFAULT '',
  model TEXT NOT NULL DEFAULT '',
  category TEXT NOT NULL DEFAULT '',
  serial_no TEXT NOT NULL DEFAULT '',
  fault TEXT NOT NULL CHECK (fault <> ''),
  fault_code TEXT,
  part TEXT,
  appearance TEXT NOT NULL DEFAULT '',
  reception TEXT NOT NULL CHECK (reception IN ('expected', 'received', 'with_repairer', 'back', 'ready', 'handed_back', 'kept', 'cancelled')),
  acceptance TEXT NOT NULL CHECK (acceptance IN ('undecided', 'free', 'paid', 'paid_consented', 'declined')),
  basis TEXT CHECK (basis IN ('rights', 'repair_warranty', 'bought_elsewhere')),
  received_on TEXT CHECK (${isDate('received_on')}),
  ready_on TEXT CHECK (${isDate('ready_on')}),
  ended_on TEXT CHECK (${isDate('ended_on')}),
  outcome TEXT CHECK (outcome IN ('repaired', 'unrepairable', 'no_fault', 'declined', 'withdrawn', 'replaced', 'refunded')),
  outcome_note TEXT NOT NULL DEFAULT '',
  leads_to TEXT CHECK (leads_to IN ('exchange', 'refund')),
  remedy_number TEXT,
  delayed_by TEXT CHECK (delayed_by IN ('repairer', 'other')),
  warranty_days INTEGER CHECK (warranty_days >= 0),
  version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (repair_id, position),
  CHECK ((kind = 'sold') = (sale_line_id IS NOT NULL)),
  CHECK ((sale_line_id IS NULL) = (unit_no IS NULL)),
  CHECK ((sale_line_id IS NULL) OR (receipt_id IS NOT NULL)),
  CHECK ((kind = 'proven') = (proof_set_id IS NOT NULL)),
  CHECK ((reception IN ('expected', 'cancelled')) OR (received_on IS NOT NULL)),
  CHECK ((reception IN ('handed_back', 'kept')) = (ended_on IS NOT NULL)),
  CHECK (reception NOT IN ('ready', 'handed_back', 'kept') OR outcome IS NOT NULL),
  CHECK ((acceptance = 'undecided') = (basis IS NULL))
) STRICT;
-- No unit is in two repairs at once.
CREATE UNIQUE INDEX repair_item_live_unit ON repair_item (sale_line_id, unit_no)
  WHERE sale_line_id IS NOT NULL AND reception NOT IN ('handed_back', 'kept', 'cancelled');
CREATE INDEX repair_item_unit ON repair_item (sale_line_id, unit_no) WHERE sale_line_id IS NOT NULL;
CREATE INDEX repair_item_receipt ON repair_item (receipt_id) WHERE receipt_id IS NOT NULL;
CREATE INDEX repair_item_serial ON repair_item (serial_no) WHERE serial_no <> '';
CREATE INDEX repair_item_reception ON repair_item (reception) WHERE reception NOT IN ('handed_back', 'kept', 'cancelled');
CREATE INDEX repair_item_former ON repair_item (former_item_id) WHERE former_item_id IS NOT NULL;

CREATE TABLE repair_accessory (
  id INTEGER PRIMARY KEY,
  item_id INTEGER NOT NULL REFERENCES repair_item (id),
  position INTEGER NOT NULL CHECK (position >= 1),
  name TEXT NOT NULL CHECK (name <> ''),
  note TEXT NOT NULL DEFAULT '',
  returned_at TEXT,
  UNIQUE (item_id, position)
) STRICT;

-- Passwords and what is on a device: apart from everything else, gone at hand-back.
CREATE TABLE repair_private_note (
  id INTEGER PRIMARY KEY,
  item_id INTEGER NOT NULL UNIQUE REFERENCES repair_item (id),
  note TEXT,
  kept_at TEXT NOT NULL,
  erased_at TEXT,
  CHECK ((note IS NULL) = (erased_at IS NOT NULL))
) STRICT;
`

const course = `
CREATE TABLE repair_movement (
  id INTEGER PRIMARY KEY,
  item_id INTEGER NOT NULL REFERENCES repair_item (id),
  at TEXT NOT NULL,
  business_date TEXT NOT NULL CHECK (${isDate('business_date')}),
  actor_id INTEGER NOT NULL REFERENCES operator (id),
  action TEXT NOT NULL,
  -- State after it.
  reception TEXT NOT NULL,
  -- Who has the goods after it.
  holder TEXT NOT NULL CHECK (holder IN ('desk', 'vendor', 'maker', 'repairer', 'workshop', 'customer')),
  holder_name TEXT NOT NULL DEFAULT '',
  holder_contact TEXT NOT NULL DEFAULT '',
  waybill TEXT NOT NULL DEFAULT '',
  is_diagnosis INTEGER NOT NULL DEFAULT 0 CHECK (is_diagnosis IN (0, 1)),
  note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX repair_movement_item ON repair_movement (item_id);

CREATE TABLE repair_wait (
  id INTEGER PRIMARY KEY,
  item_id INTEGER NOT NULL REFERENCES repair_item (id),
  part TEXT NOT NULL CHECK (part <> ''),
  started_on TEXT NOT NULL CHECK (${isDate('started_on')}),
  started_by INTEGER NOT NULL REFERENCES operator (id),
  ended_on TEXT CHECK (${isDate('ended_on')}),
  ended_by INTEGER REFERENCES operator (id),
  CHECK ((ended_on IS NULL) = (ended_by IS NULL)),
  CHECK (ended_on IS NULL OR ended_on >= started_on)
) STRICT;
CREATE INDEX repair_wait_item ON repair_wait (item_id);

CREATE TABLE repair_work (
  id INTEGER PRIMARY KEY,
  item_id INTEGER NOT NULL REFERENCES repair_item (id),
  at TEXT NOT NULL,
  by INTEGER NOT NULL REFERENCES operator (id),
  actual_fault TEXT NOT NULL,
  work TEXT NOT NULL,
  done_by TEXT NOT NULL DEFAULT '',
  minutes INTEGER NOT NULL DEFAULT 0 CHECK (minutes >= 0),
  hour_fee INTEGER NOT NULL DEFAULT 0 CHECK (hour_fee >= 0)
) STRICT;
CREATE INDEX repair_work_item ON repair_work (item_id);

CREATE TABLE repair_part (
  id INTEGER PRIMARY KEY,
  work_id INTEGER NOT NULL REFERENCES repair_work (id),
  name TEXT NOT NULL CHECK (name <> ''),
  part_no TEXT NOT NULL DEFAULT '',
  serial_no TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX repair_part_work ON repair_part (work_id);

CREATE TABLE repair_fee (
  id INTEGER PRIMARY KEY,
  work_id INTEGER NOT NULL REFERENCES repair_work (id),
  kind TEXT NOT NULL CHECK (kind IN ('material', 'labour', 'transport', 'inspection', 'other')),
  text TEXT NOT NULL DEFAULT '',
  amount INTEGER NOT NULL CHECK (amount >= 0)
) STRICT;
CREATE INDEX repair_fee_work ON repair_fee (work_id);

CREATE TABLE repair_check (
  id INTEGER PRIMARY KEY,
  item_id INTEGER NOT NULL REFERENCES repair_item (id),
  at TEXT NOT NULL,
  by INTEGER NOT NULL REFERENCES operator (id),
  result TEXT NOT NULL CHECK (result IN ('ok', 'not_ok', 'given_up')),
  note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX repair_check_item ON repair_check (item_id);

CREATE TABLE repair_quote (
  id INTEGER PRIMARY KEY,
  item_id INTEGER NOT NULL REFERENCES repair_item (id),
  at TEXT NOT NULL,
  by INTEGER NOT NULL REFERENCES operator (id),
  estimate INTEGER NOT NULL CHECK (estimate > 0),
  limit_amount INTEGER NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'consented', 'declined', 'superseded')),
  answered_at TEXT,
  answered_by INTEGER REFERENCES operator (id),
  consent_how TEXT CHECK (consent_how IN ('signed', 'phone', 'message')),
  consent_by TEXT NOT NULL DEFAULT '',
  signature_sha256 TEXT CHECK ${isHash('signature_sha256')},
  CHECK (limit_amount >= estimate),
  CHECK (state <> 'consented' OR (consent_how IS NOT NULL AND consent_by <> '' AND answered_at IS NOT NULL))
) STRICT;
CREATE INDEX repair_quote_item ON repair_quote (item_id);
-- What the customer can still say yes or no to: the last quote only.
CREATE UNIQUE INDEX repair_quote_open ON repair_quote (item_id) WHERE state = 'open';
-- A quote that was answered stays as it was answered; figures never change.
CREATE TRIGGER repair_quote_keep BEFORE UPDATE ON repair_quote
  WHEN NEW.estimate <> OLD.estimate OR NEW.limit_amount <> OLD.limit_amount OR NEW.item_id <> OLD.item_id
    OR OLD.state IN ('declined', 'superseded') OR (OLD.state = 'consented' AND NEW.state <> 'superseded')
  BEGIN SELECT RAISE(ABORT, 'an answered quote stays'); END;
CREATE TRIGGER repair_quote_no_delete BEFORE DELETE ON repair_quote
  BEGIN SELECT RAISE(ABORT, 'repair_quote is append-only'); END;
`

const handing = `
CREATE TABLE repair_hand_back (
  id INTEGER PRIMARY KEY,
  repair_id INTEGER NOT NULL REFERENCES repair (id),
  at TEXT NOT NULL,
  business_date TEXT NOT NULL CHECK (${isDate('business_date')}),
  by INTEGER NOT NULL REFERENCES operator (id),
  proof TEXT NOT NULL CHECK (proof IN ('code', 'manager')),
  approval_id INTEGER REFERENCES approval (id),
  whom TEXT NOT NULL CHECK (whom IN ('self', 'family', 'agent')),
  name TEXT NOT NULL CHECK (name <> ''),
  phone TEXT NOT NULL DEFAULT '',
  identity TEXT NOT NULL DEFAULT '',
  signature_sha256 TEXT CHECK ${isHash('signature_sha256')},
  signed_on_paper INTEGER NOT NULL CHECK (signed_on_paper IN (0, 1)),
  CHECK (signature_sha256 IS NOT NULL OR signed_on_paper = 1),
  CHECK (proof = 'code' OR identity <> ''),
  CHECK (whom = 'self' OR phone <> '')
) STRICT;
CREATE INDEX repair_hand_back_repair ON repair_hand_back (repair_id);

CREATE TABLE repair_hand_back_item (
  hand_back_id INTEGER NOT NULL REFERENCES repair_hand_back (id),
  item_id INTEGER NOT NULL REFERENCES repair_item (id),
  PRIMARY KEY (hand_back_id, item_id)
) STRICT, WITHOUT ROWID;
-- Given back once.
CREATE UNIQUE INDEX repair_hand_back_once ON repair_hand_back_item (item_id);

CREATE TABLE repair_reminder (
  id INTEGER PRIMARY KEY,
  repair_id INTEGER NOT NULL REFERENCES repair (id),
  at TEXT NOT NULL,
  business_date TEXT NOT NULL CHECK (${isDate('business_date')}),
  by INTEGER NOT NULL REFERENCES operator (id),
  how TEXT NOT NULL CHECK (how IN ('phone', 'message', 'letter')),
  note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX repair_reminder_repair ON repair_reminder (repair_id);
`

const loans = `
CREATE TABLE loan_unit (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE CHECK (code <> ''),
  name TEXT NOT NULL CHECK (name <> ''),
  serial_no TEXT NOT NULL DEFAULT '',
  condition TEXT NOT NULL DEFAULT '',
  retired INTEGER NOT NULL DEFAULT 0 CHECK (retired IN (0, 1)),
  created_at TEXT NOT NULL,
  created_by INTEGER NOT NULL REFERENCES operator (id),
  version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE repair_loan (
  id INTEGER PRIMARY KEY,
  repair_id INTEGER NOT NULL REFERENCES repair (id),
  loan_unit_id INTEGER NOT NULL REFERENCES loan_unit (id),
  out_at TEXT NOT NULL,
  out_by INTEGER NOT NULL REFERENCES operator (id),
  out_condition TEXT NOT NULL DEFAULT '',
  back_at TEXT,
  back_by INTEGER REFERENCES operator (id),
  back_ok INTEGER CHECK (back_ok IN (0, 1)),
  back_condition TEXT NOT NULL DEFAULT '',
  CHECK ((back_at IS NULL) = (back_by IS NULL)),
  CHECK ((back_at IS NULL) = (back_ok IS NULL))
) STRICT;
CREATE INDEX repair_loan_repair ON repair_loan (repair_id);
-- A loan unit is with one customer at a time.
CREATE UNIQUE INDEX repair_loan_out ON repair_loan (loan_unit_id) WHERE back_at IS NULL;

-- One row; the usual numbers hold while there is none.
CREATE TABLE repair_settings (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  storage_days INTEGER NOT NULL CHECK (storage_days >= 1),
  storage_fee INTEGER NOT NULL CHECK (storage_fee >= 0),
  warranty_days INTEGER NOT NULL CHECK (warranty_days >= 0),
  promise_days INTEGER NOT NULL CHECK (promise_days >= 1),
  version INTEGER NOT NULL
) STRICT;
`

const appendOnly = (table: string) => `
CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;
CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`

export const repairs = {
  version: 12,
  name: 'repairs',
  sql: [
    tickets,
    course,
    handing,
    loans,
    ...[
      'repair_movement',
      'repair_work',
      'repair_part',
      'repair_fee',
      'repair_check',
      'repair_hand_back',
      'repair_hand_back_item',
      'repair_reminder',
    ].map(appendOnly),
  ].join('\n'),
}
