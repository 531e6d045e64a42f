/**
 * How a complaint is settled: what was proposed, what the customer said, what was carried out, what was paid beyond the
 * goods and who bears it, and letters of apology (domain.md §3.6 rows 32, 45, 57, 168, 169). Minor units.
 *
 * What the POS is told may also be a compensation: a CHECK cannot be widened in place, so payments and instructions
 * move to tables that take the old names.
 */
const isDate = (column: string) => `${column} GLOB '????-??-??'`
const appendOnly = (table: string) => `
CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;
CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`

const itemKinds =
  "('refund', 'exchange', 'repair', 'voucher', 'price_adjustment', 'compensation', 'reimbursement', 'goodwill', 'apology', 'other')"
const parties = "('store', 'vendor', 'carrier', 'maker', 'customer')"
const payHow = "('cash', 'bank_card', 'alipay', 'wechat', 'voucher')"
const live = "('offered', 'declined', 'escalated', 'agreed')"

const settlements = `
CREATE TABLE settlement (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  complaint_id INTEGER NOT NULL REFERENCES complaint (id),
  case_id INTEGER NOT NULL REFERENCES case_file (id),
  state TEXT NOT NULL CHECK (state IN ('offered', 'declined', 'escalated', 'agreed', 'executed', 'failed', 'void')),
  round INTEGER NOT NULL DEFAULT 1 CHECK (round BETWEEN 1 AND 3),
  -- The lowest role that may propose the next round.
  level TEXT NOT NULL CHECK (level IN ('clerk', 'floor_manager', 'store_manager')),
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  -- The most that may be paid of the round on offer: what whoever decided it was shown.
  approved INTEGER NOT NULL CHECK (approved >= 0),
  approval_id INTEGER REFERENCES approval (id),
  option_id INTEGER,
  agreed_at TEXT,
  executor_id INTEGER REFERENCES operator (id),
  -- What the customer was told; null where the rules of execution decide.
  promised_at TEXT,
  business_date TEXT NOT NULL CHECK (${isDate('business_date')}),
  proposed_at TEXT NOT NULL,
  proposed_by INTEGER NOT NULL REFERENCES operator (id),
  closed_at TEXT,
  closed_by INTEGER REFERENCES operator (id),
  close_reason TEXT NOT NULL DEFAULT '',
  version INTEGER NOT NULL DEFAULT 1,
  short_no TEXT GENERATED ALWAYS AS (substr(number, -6)) VIRTUAL,
  CHECK (state NOT IN ('agreed', 'executed') OR (option_id IS NOT NULL AND agreed_at IS NOT NULL AND executor_id IS NOT NULL)),
  CHECK ((state IN ('executed', 'failed', 'void')) = (closed_at IS NOT NULL) AND (closed_at IS NULL) = (closed_by IS NULL))
) STRICT;
CREATE UNIQUE INDEX settlement_live ON settlement (complaint_id) WHERE state IN ${live};
CREATE INDEX settlement_complaint ON settlement (complaint_id);
CREATE INDEX settlement_case ON settlement (case_id);
CREATE INDEX settlement_under_way ON settlement (agreed_at) WHERE state = 'agreed';
CREATE TRIGGER settlement_after_facts BEFORE INSERT ON settlement
  WHEN NOT EXISTS (SELECT 1 FROM investigation WHERE complaint_id = new.complaint_id AND state = 'decided')
  BEGIN SELECT RAISE(ABORT, 'nothing is proposed before the facts are settled'); END;
CREATE TRIGGER settlement_no_delete BEFORE DELETE ON settlement
  BEGIN SELECT RAISE(ABORT, 'settlement rows are voided, never deleted'); END;
CREATE TRIGGER complaint_waits_for_settlement BEFORE UPDATE OF state ON complaint
  WHEN new.state = 'solved' AND EXISTS (SELECT 1 FROM settlement WHERE complaint_id = new.id AND settlement.state IN ${live})
  BEGIN SELECT RAISE(ABORT, 'the settlement of this complaint is not over'); END;

CREATE TABLE settlement_option (
  id INTEGER PRIMARY KEY,
  settlement_id INTEGER NOT NULL REFERENCES settlement (id),
  round INTEGER NOT NULL CHECK (round BETWEEN 1 AND 3),
  no INTEGER NOT NULL CHECK (no >= 1),
  title TEXT NOT NULL CHECK (title <> ''),
  UNIQUE (settlement_id, round, no)
) STRICT;
${appendOnly('settlement_option')}

CREATE TABLE settlement_item (
  id INTEGER PRIMARY KEY,
  settlement_id INTEGER NOT NULL REFERENCES settlement (id),
  option_id INTEGER NOT NULL REFERENCES settlement_option (id),
  no INTEGER NOT NULL CHECK (no >= 1),
  kind TEXT NOT NULL CHECK (kind IN ${itemKinds}),
  what TEXT NOT NULL DEFAULT '',
  amount INTEGER NOT NULL CHECK (amount >= 0),
  borne_by TEXT NOT NULL CHECK (borne_by IN ${parties}),
  borne_name TEXT NOT NULL DEFAULT '',
  pay_how TEXT CHECK (pay_how IN ${payHow}),
  outlay_id INTEGER REFERENCES customer_outlay (id),
  UNIQUE (option_id, no),
  -- What is paid beyond the goods says how; only a gift may be a voucher.
  CHECK ((kind IN ('compensation', 'reimbursement', 'goodwill')) = (pay_how IS NOT NULL)),
  CHECK (pay_how IS NULL OR amount > 0),
  CHECK (pay_how IS NOT 'voucher' OR kind = 'goodwill'),
  CHECK ((kind = 'reimbursement') = (outlay_id IS NOT NULL))
) STRICT;
CREATE INDEX settlement_item_outlay ON settlement_item (outlay_id) WHERE outlay_id IS NOT NULL;
${appendOnly('settlement_item')}

-- One answer to each round.
CREATE TABLE settlement_answer (
  settlement_id INTEGER NOT NULL REFERENCES settlement (id),
  round INTEGER NOT NULL CHECK (round BETWEEN 1 AND 3),
  accepts INTEGER NOT NULL CHECK (accepts IN (0, 1)),
  option_id INTEGER REFERENCES settlement_option (id),
  channel TEXT NOT NULL CHECK (channel IN ('on_site', 'phone', 'message', 'letter', 'visit')),
  words TEXT NOT NULL DEFAULT '',
  sha256 TEXT REFERENCES evidence_file (sha256),
  at TEXT NOT NULL,
  by INTEGER NOT NULL REFERENCES operator (id),
  PRIMARY KEY (settlement_id, round),
  CHECK ((accepts = 1) = (option_id IS NOT NULL))
) STRICT, WITHOUT ROWID;
${appendOnly('settlement_answer')}

-- Each item is carried out once, and each document proves one item.
CREATE TABLE settlement_execution (
  id INTEGER PRIMARY KEY,
  settlement_id INTEGER NOT NULL REFERENCES settlement (id),
  item_id INTEGER NOT NULL REFERENCES settlement_item (id),
  proof_type TEXT NOT NULL CHECK (proof_type IN ('refund', 'exchange', 'repair', 'voucher', 'compensation', 'letter', 'note')),
  proof_id INTEGER,
  proof_number TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  sha256 TEXT REFERENCES evidence_file (sha256),
  business_date TEXT NOT NULL CHECK (${isDate('business_date')}),
  at TEXT NOT NULL,
  by INTEGER NOT NULL REFERENCES operator (id),
  voided_at TEXT,
  voided_by INTEGER REFERENCES operator (id),
  void_reason TEXT,
  CHECK ((proof_type = 'note') = (proof_id IS NULL)),
  CHECK (proof_type <> 'note' OR note <> ''),
  CHECK ((voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_reason IS NULL))
) STRICT;
CREATE UNIQUE INDEX settlement_execution_item ON settlement_execution (item_id) WHERE voided_at IS NULL;
CREATE UNIQUE INDEX settlement_execution_proof ON settlement_execution (proof_type, proof_id) WHERE voided_at IS NULL AND proof_id IS NOT NULL;
CREATE TRIGGER settlement_execution_agreed BEFORE INSERT ON settlement_execution
  WHEN NOT EXISTS (SELECT 1 FROM settlement s JOIN settlement_item i ON i.option_id = s.option_id
    WHERE s.id = new.settlement_id AND i.id = new.item_id AND s.state = 'agreed')
  BEGIN SELECT RAISE(ABORT, 'only what was agreed is carried out'); END;
CREATE TRIGGER settlement_execution_voided_once BEFORE UPDATE ON settlement_execution
  WHEN old.voided_at IS NOT NULL OR (old.item_id, old.proof_type, old.proof_id, old.at) IS NOT (new.item_id, new.proof_type, new.proof_id, new.at)
  BEGIN SELECT RAISE(ABORT, 'an execution can only be voided'); END;
CREATE TRIGGER settlement_execution_no_delete BEFORE DELETE ON settlement_execution
  BEGIN SELECT RAISE(ABORT, 'settlement_execution rows are voided, never deleted'); END;
CREATE TRIGGER settlement_done_whole BEFORE UPDATE OF state ON settlement
  WHEN new.state = 'executed' AND EXISTS (SELECT 1 FROM settlement_item i WHERE i.option_id = new.option_id
    AND NOT EXISTS (SELECT 1 FROM settlement_execution e WHERE e.item_id = i.id AND e.voided_at IS NULL))
  BEGIN SELECT RAISE(ABORT, 'every item of a settlement is carried out'); END;
`

const ledger = `
-- Money beyond what was paid for the goods, apart from refunds.
CREATE TABLE compensation (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  settlement_id INTEGER NOT NULL REFERENCES settlement (id),
  item_id INTEGER NOT NULL REFERENCES settlement_item (id),
  complaint_id INTEGER NOT NULL REFERENCES complaint (id),
  case_id INTEGER NOT NULL REFERENCES case_file (id),
  kind TEXT NOT NULL CHECK (kind IN ('compensation', 'reimbursement', 'goodwill')),
  what TEXT NOT NULL DEFAULT '',
  amount INTEGER NOT NULL CHECK (amount > 0),
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  borne_by TEXT NOT NULL CHECK (borne_by IN ${parties}),
  borne_name TEXT NOT NULL DEFAULT '',
  paid_how TEXT NOT NULL CHECK (paid_how IN ${payHow}),
  outlay_id INTEGER REFERENCES customer_outlay (id),
  voucher_id INTEGER REFERENCES voucher (id),
  business_date TEXT NOT NULL CHECK (${isDate('business_date')}),
  at TEXT NOT NULL,
  by INTEGER NOT NULL REFERENCES operator (id),
  voided_at TEXT,
  voided_by INTEGER REFERENCES operator (id),
  void_reason TEXT,
  short_no TEXT GENERATED ALWAYS AS (substr(number, -6)) VIRTUAL,
  CHECK ((voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_reason IS NULL)),
  CHECK (voucher_id IS NULL OR paid_how = 'voucher')
) STRICT;
CREATE UNIQUE INDEX compensation_item_once ON compensation (item_id) WHERE voided_at IS NULL;
CREATE UNIQUE INDEX compensation_outlay_once ON compensation (outlay_id) WHERE voided_at IS NULL AND outlay_id IS NOT NULL;
CREATE INDEX compensation_day ON compensation (business_date);
CREATE INDEX compensation_case ON compensation (case_id);
CREATE TRIGGER compensation_as_agreed BEFORE INSERT ON compensation
  WHEN NOT EXISTS (SELECT 1 FROM settlement s JOIN settlement_item i ON i.option_id = s.option_id
    WHERE s.id = new.settlement_id AND i.id = new.item_id AND s.state = 'agreed' AND i.amount = new.amount AND i.kind = new.kind)
  BEGIN SELECT RAISE(ABORT, 'only what was agreed is paid'); END;
CREATE TRIGGER compensation_as_approved BEFORE INSERT ON compensation
  WHEN new.amount + coalesce((SELECT sum(amount) FROM compensation WHERE settlement_id = new.settlement_id AND voided_at IS NULL), 0)
    > (SELECT approved FROM settlement WHERE id = new.settlement_id)
  BEGIN SELECT RAISE(ABORT, 'no more is paid than was approved'); END;
CREATE TRIGGER compensation_voided_once BEFORE UPDATE ON compensation WHEN old.voided_at IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'a compensation is voided once'); END;
CREATE TRIGGER compensation_stays BEFORE UPDATE OF number, settlement_id, item_id, case_id, kind, amount, currency, borne_by,
  borne_name, paid_how, outlay_id, business_date, at, by ON compensation
  BEGIN SELECT RAISE(ABORT, 'a compensation is voided, never rewritten'); END;
CREATE TRIGGER compensation_no_delete BEFORE DELETE ON compensation
  BEGIN SELECT RAISE(ABORT, 'compensation rows are voided, never deleted'); END;

-- A letter is written once, signed by somebody with authority.
CREATE TABLE apology_letter (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  complaint_id INTEGER NOT NULL REFERENCES complaint (id),
  case_id INTEGER NOT NULL REFERENCES case_file (id),
  language TEXT NOT NULL CHECK (language IN ('zh', 'en', 'bilingual')),
  addressee TEXT NOT NULL DEFAULT '',
  body_zh TEXT NOT NULL DEFAULT '',
  body_en TEXT NOT NULL DEFAULT '',
  signer_id INTEGER NOT NULL REFERENCES operator (id),
  signer_title TEXT NOT NULL,
  business_date TEXT NOT NULL CHECK (${isDate('business_date')}),
  at TEXT NOT NULL,
  by INTEGER NOT NULL REFERENCES operator (id),
  voided_at TEXT,
  voided_by INTEGER REFERENCES operator (id),
  void_reason TEXT,
  CHECK (language = 'en' OR body_zh <> ''),
  CHECK (language = 'zh' OR body_en <> ''),
  CHECK ((voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_reason IS NULL))
) STRICT;
CREATE INDEX apology_letter_complaint ON apology_letter (complaint_id);
CREATE TRIGGER apology_letter_stays BEFORE UPDATE OF number, complaint_id, case_id, language, signer_id, signer_title, at, by
  ON apology_letter BEGIN SELECT RAISE(ABORT, 'a signed letter stays as it was signed'); END;
-- Words go only with the person they were written to.
CREATE TRIGGER apology_letter_words_stay BEFORE UPDATE OF addressee, body_zh, body_en ON apology_letter
  WHEN new.addressee <> '' OR new.body_zh NOT IN ('', '〔已删除〕') OR new.body_en NOT IN ('', '〔erased〕')
  BEGIN SELECT RAISE(ABORT, 'a signed letter stays as it was signed'); END;
CREATE TRIGGER apology_letter_voided_once BEFORE UPDATE ON apology_letter WHEN old.voided_at IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'a letter is voided once'); END;
CREATE TRIGGER apology_letter_no_delete BEFORE DELETE ON apology_letter
  BEGIN SELECT RAISE(ABORT, 'apology_letter rows are voided, never deleted'); END;
`

const tenders =
  "'cash', 'bank_card', 'alipay', 'wechat', 'stored_value', 'voucher', 'points', 'other'"
const sources = "'refund', 'exchange', 'repair', 'voucher', 'price_adjustment', 'compensation'"
const payments = `id, source_type, source_id, direction, how, pos_number, pos_key, pos_till, pos_date, receipt_id, pos_amount, why,
  live, made_at, made_by, undone_at, undone_by, undo_reason`
const told = `id, number, direction, source_type, source_id, source_number, case_id, receipt_id, tender_kind, tender_label,
  tender_reference, amount, currency, state, doubt, business_date, raised_at, raised_by, settlement_id, settled_at, settled_on,
  settled_by, cancelled_at, cancelled_by, cancel_reason, version`

const instructions = `
CREATE TABLE pos_settlement_next (
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
INSERT INTO pos_settlement_next (${payments}) SELECT ${payments} FROM pos_settlement;
DROP TABLE pos_settlement;
ALTER TABLE pos_settlement_next RENAME TO pos_settlement;
CREATE UNIQUE INDEX pos_settlement_receipt_once ON pos_settlement (receipt_id) WHERE live = 1 AND receipt_id IS NOT NULL;
CREATE UNIQUE INDEX pos_settlement_number_once ON pos_settlement (direction, pos_key, pos_till, pos_date) WHERE live = 1;
CREATE INDEX pos_settlement_source ON pos_settlement (source_type, source_id);
CREATE INDEX pos_settlement_told ON pos_settlement (pos_key) WHERE live = 1 AND receipt_id IS NULL;
CREATE TRIGGER pos_settlement_no_delete BEFORE DELETE ON pos_settlement
  BEGIN SELECT RAISE(ABORT, 'pos_settlement rows are undone, never deleted'); END;
CREATE TRIGGER pos_settlement_undone_once BEFORE UPDATE ON pos_settlement WHEN old.live = 0
  BEGIN SELECT RAISE(ABORT, 'what was undone stays undone'); END;

CREATE TABLE pos_instruction_next (
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
INSERT INTO pos_instruction_next (${told}) SELECT ${told} FROM pos_instruction;
DROP TABLE pos_instruction;
ALTER TABLE pos_instruction_next RENAME TO pos_instruction;
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
`

export const settlementsRoom = {
  version: 33,
  name: 'settlements',
  sql: [settlements, ledger, instructions].join('\n'),
}
