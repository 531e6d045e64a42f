/**
 * What the desk tells the POS to pay out or to collect, what the POS did about it, and the files that carry it over.
 * Refunds recorded before this have no instructions: nothing is invented for them.
 */
const tenders =
  "'cash', 'bank_card', 'alipay', 'wechat', 'stored_value', 'voucher', 'points', 'other'"
const sources = "'refund', 'exchange', 'repair', 'voucher', 'price_adjustment'"
const isDate = (column: string) => `${column} GLOB '????-??-??'`

const settlements = `
-- One payment of the POS that stands for one document of the desk: told by its number, or found in an import.
CREATE TABLE pos_settlement (
  id INTEGER PRIMARY KEY,
  source_type TEXT NOT NULL CHECK (source_type IN (${sources})),
  source_id INTEGER NOT NULL,
  direction TEXT NOT NULL CHECK (direction IN ('pay_out', 'collect')),
  how TEXT NOT NULL CHECK (how IN ('number', 'original', 'by_hand', 'typed')),
  -- The number as the POS prints it, and as it is looked for.
  pos_number TEXT NOT NULL CHECK (pos_number <> ''),
  pos_key TEXT NOT NULL CHECK (pos_key <> ''),
  pos_till TEXT NOT NULL DEFAULT '',
  pos_date TEXT NOT NULL CHECK (${isDate('pos_date')}),
  -- The till's receipt once an import brought it.
  receipt_id INTEGER REFERENCES receipt (id),
  -- What the POS moved, where it is known; minor units.
  pos_amount INTEGER CHECK (pos_amount >= 0),
  -- JSON: the facts that agreed, so that anybody can see why.
  why TEXT NOT NULL,
  live INTEGER NOT NULL DEFAULT 1 CHECK (live IN (0, 1)),
  made_at TEXT NOT NULL,
  made_by INTEGER NOT NULL REFERENCES operator (id),
  undone_at TEXT,
  undone_by INTEGER REFERENCES operator (id),
  undo_reason TEXT,
  CHECK ((live = 0) = (undone_at IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX pos_settlement_receipt_once ON pos_settlement (receipt_id) WHERE live = 1 AND receipt_id IS NOT NULL;
CREATE UNIQUE INDEX pos_settlement_number_once ON pos_settlement (direction, pos_key, pos_till, pos_date) WHERE live = 1;
CREATE INDEX pos_settlement_source ON pos_settlement (source_type, source_id);
CREATE INDEX pos_settlement_told ON pos_settlement (pos_key) WHERE live = 1 AND receipt_id IS NULL;
CREATE TRIGGER pos_settlement_no_delete BEFORE DELETE ON pos_settlement
  BEGIN SELECT RAISE(ABORT, 'pos_settlement rows are undone, never deleted'); END;
CREATE TRIGGER pos_settlement_undone_once BEFORE UPDATE ON pos_settlement WHEN old.live = 0
  BEGIN SELECT RAISE(ABORT, 'what was undone stays undone'); END;
`

const instructions = `
CREATE TABLE pos_instruction (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  direction TEXT NOT NULL CHECK (direction IN ('pay_out', 'collect')),
  source_type TEXT NOT NULL CHECK (source_type IN (${sources})),
  source_id INTEGER NOT NULL,
  source_number TEXT NOT NULL,
  case_id INTEGER REFERENCES case_file (id),
  -- The sale the money belongs to; null where there is none, as for a repair of goods bought elsewhere.
  receipt_id INTEGER REFERENCES receipt (id),
  tender_kind TEXT NOT NULL CHECK (tender_kind IN (${tenders})),
  tender_label TEXT NOT NULL DEFAULT '',
  tender_reference TEXT NOT NULL DEFAULT '',
  amount INTEGER NOT NULL CHECK (amount > 0),
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  state TEXT NOT NULL CHECK (state IN ('pending', 'ambiguous', 'settled', 'cancelled')),
  -- Why a person has to look.
  doubt TEXT NOT NULL DEFAULT 'none' CHECK (doubt IN ('none', 'several', 'amount_differs', 'tender_differs')),
  business_date TEXT NOT NULL CHECK (${isDate('business_date')}),
  raised_at TEXT NOT NULL,
  raised_by INTEGER NOT NULL REFERENCES operator (id),
  settlement_id INTEGER REFERENCES pos_settlement (id),
  settled_at TEXT,
  settled_on TEXT CHECK (${isDate('settled_on')}),
  settled_by INTEGER REFERENCES operator (id),
  cancelled_at TEXT,
  cancelled_by INTEGER REFERENCES operator (id),
  cancel_reason TEXT,
  version INTEGER NOT NULL DEFAULT 1,
  short_no TEXT GENERATED ALWAYS AS (substr(number, -6)) VIRTUAL,
  CHECK ((state = 'settled') = (settlement_id IS NOT NULL)),
  CHECK ((state = 'settled') = (settled_at IS NOT NULL)),
  CHECK ((state = 'cancelled') = (cancelled_at IS NOT NULL)),
  CHECK ((state = 'ambiguous') = (doubt <> 'none'))
) STRICT;
CREATE INDEX pos_instruction_source ON pos_instruction (source_type, source_id);
CREATE INDEX pos_instruction_source_number ON pos_instruction (source_number);
CREATE INDEX pos_instruction_open ON pos_instruction (business_date) WHERE state IN ('pending', 'ambiguous');
CREATE INDEX pos_instruction_day ON pos_instruction (business_date);
CREATE INDEX pos_instruction_case ON pos_instruction (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX pos_instruction_receipt ON pos_instruction (receipt_id) WHERE receipt_id IS NOT NULL;
CREATE INDEX pos_instruction_settlement ON pos_instruction (settlement_id) WHERE settlement_id IS NOT NULL;
CREATE INDEX pos_instruction_short_no ON pos_instruction (short_no);
-- What the POS was told stays what it was told.
CREATE TRIGGER pos_instruction_told_once BEFORE UPDATE OF
  number, direction, source_type, source_id, source_number, case_id, receipt_id, tender_kind, tender_label,
  tender_reference, amount, currency, business_date, raised_at, raised_by
  ON pos_instruction BEGIN SELECT RAISE(ABORT, 'an instruction is cancelled, never rewritten'); END;
CREATE TRIGGER pos_instruction_cancelled_once BEFORE UPDATE ON pos_instruction WHEN old.state = 'cancelled'
  BEGIN SELECT RAISE(ABORT, 'a cancelled instruction cannot change'); END;
CREATE TRIGGER pos_instruction_no_delete BEFORE DELETE ON pos_instruction
  BEGIN SELECT RAISE(ABORT, 'pos_instruction rows are cancelled, never deleted'); END;

CREATE TABLE pos_instruction_event (
  id INTEGER PRIMARY KEY,
  instruction_id INTEGER NOT NULL REFERENCES pos_instruction (id),
  at TEXT NOT NULL,
  actor_id INTEGER NOT NULL REFERENCES operator (id),
  action TEXT NOT NULL CHECK (action IN ('raise', 'doubt', 'clear', 'settle', 'confirm', 'undo', 'cancel')),
  state TEXT NOT NULL CHECK (state IN ('pending', 'ambiguous', 'settled', 'cancelled')),
  data TEXT NOT NULL
) STRICT;
CREATE INDEX pos_instruction_event_instruction ON pos_instruction_event (instruction_id, id);
CREATE TRIGGER pos_instruction_event_no_update BEFORE UPDATE ON pos_instruction_event
  BEGIN SELECT RAISE(ABORT, 'pos_instruction_event is append-only'); END;
CREATE TRIGGER pos_instruction_event_no_delete BEFORE DELETE ON pos_instruction_event
  BEGIN SELECT RAISE(ABORT, 'pos_instruction_event is append-only'); END;

-- Instructions a till's receipt names in one of its fields: the cashier scanned the slip.
CREATE TABLE till_mention (
  receipt_id INTEGER NOT NULL REFERENCES receipt (id),
  number TEXT NOT NULL,
  PRIMARY KEY (receipt_id, number)
) STRICT;
CREATE INDEX till_mention_number ON till_mention (number);
-- What came back at tills, day by day: few rows among all that were sold.
CREATE INDEX receipt_came_back ON receipt (business_date) WHERE kind = 'return' OR original_receipt_id IS NOT NULL;
`

const exports = `
CREATE TABLE pos_export (
  id INTEGER PRIMARY KEY,
  -- The day the file is about, and how many files of it there were before.
  business_date TEXT NOT NULL CHECK (${isDate('business_date')}),
  sequence INTEGER NOT NULL CHECK (sequence >= 1),
  format TEXT NOT NULL CHECK (format IN ('csv', 'json')),
  file_name TEXT NOT NULL,
  folder TEXT NOT NULL,
  rows INTEGER NOT NULL CHECK (rows >= 0),
  sha256 TEXT NOT NULL,
  exported_at TEXT NOT NULL,
  exported_by INTEGER NOT NULL REFERENCES operator (id),
  UNIQUE (business_date, format, sequence)
) STRICT;
CREATE TRIGGER pos_export_no_update BEFORE UPDATE ON pos_export
  BEGIN SELECT RAISE(ABORT, 'pos_export is append-only'); END;
CREATE TRIGGER pos_export_no_delete BEFORE DELETE ON pos_export
  BEGIN SELECT RAISE(ABORT, 'pos_export is append-only'); END;

CREATE TABLE pos_instruction_settings (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  -- Where the POS fetches its files; empty where they are made on demand only.
  export_folder TEXT NOT NULL,
  -- Days after the desk's day within which the POS's payment is looked for.
  window_days INTEGER NOT NULL CHECK (window_days BETWEEN 0 AND 60),
  version INTEGER NOT NULL
) STRICT;
`

export const posInstructions = {
  version: 14,
  name: 'pos-instructions',
  sql: [settlements, instructions, exports].join('\n'),
}
