/**
 * What a customer was told they may have, with the facts and rules behind it; claims that were denied; proofs in
 * place of a lost slip. All of it can only grow.
 */
const isDate = (column: string) => `${column} GLOB '????-??-??'`

const appendOnly = (table: string) => `
CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;
CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`

const proofs = `
CREATE TABLE evidence_file (
  sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
  media_type TEXT NOT NULL CHECK (media_type IN ('image/jpeg', 'image/png', 'image/webp')),
  bytes INTEGER NOT NULL CHECK (bytes > 0),
  name TEXT NOT NULL,
  stored_at TEXT NOT NULL,
  stored_by INTEGER NOT NULL REFERENCES operator (id)
) STRICT, WITHOUT ROWID;

CREATE TABLE proof_set (
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES case_file (id),
  receipt_id INTEGER REFERENCES receipt (id),
  goods TEXT NOT NULL,
  category TEXT NOT NULL DEFAULT '',
  units INTEGER NOT NULL CHECK (units >= 1),
  paid_amount INTEGER NOT NULL CHECK (paid_amount >= 0),
  currency TEXT NOT NULL,
  sold_on TEXT NOT NULL CHECK (${isDate('sold_on')}),
  score INTEGER NOT NULL CHECK (score BETWEEN 0 AND 100),
  strength TEXT NOT NULL CHECK (strength IN ('strong', 'fair', 'weak')),
  approver TEXT NOT NULL CHECK (approver IN ('clerk', 'floor_manager', 'store_manager')),
  note TEXT NOT NULL DEFAULT '',
  customer_id INTEGER REFERENCES customer (id),
  contact_name TEXT NOT NULL DEFAULT '',
  contact_phone TEXT NOT NULL DEFAULT '',
  business_date TEXT NOT NULL CHECK (${isDate('business_date')}),
  recorded_at TEXT NOT NULL,
  recorded_by INTEGER NOT NULL REFERENCES operator (id)
) STRICT;
CREATE INDEX proof_set_case ON proof_set (case_id);
CREATE INDEX proof_set_receipt ON proof_set (receipt_id) WHERE receipt_id IS NOT NULL;

CREATE TABLE proof (
  id INTEGER PRIMARY KEY,
  proof_set_id INTEGER NOT NULL REFERENCES proof_set (id),
  kind TEXT NOT NULL CHECK (kind IN ('member_record', 'payment_bill', 'serial_no', 'barcode', 'slip_photo', 'staff_memory', 'original_box')),
  detail TEXT NOT NULL,
  file_sha256 TEXT REFERENCES evidence_file (sha256),
  standing TEXT NOT NULL CHECK (standing IN ('agrees', 'alone', 'contradicts')),
  weight INTEGER NOT NULL CHECK (weight BETWEEN 0 AND 100)
) STRICT;
CREATE INDEX proof_of_set ON proof (proof_set_id);
`

const verdicts = `
CREATE TABLE rights_verdict (
  id INTEGER PRIMARY KEY,
  receipt_id INTEGER REFERENCES receipt (id),
  proof_set_id INTEGER REFERENCES proof_set (id),
  business_date TEXT NOT NULL CHECK (${isDate('business_date')}),
  decided_at TEXT NOT NULL,
  decided_by INTEGER NOT NULL REFERENCES operator (id),
  content TEXT NOT NULL,
  hash TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;
CREATE INDEX rights_verdict_receipt ON rights_verdict (receipt_id) WHERE receipt_id IS NOT NULL;

CREATE TABLE claim_refusal (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  case_id INTEGER NOT NULL REFERENCES case_file (id),
  rights_id INTEGER NOT NULL REFERENCES rights_verdict (id),
  receipt_id INTEGER REFERENCES receipt (id),
  sale_line_id INTEGER REFERENCES sale_line (id),
  goods TEXT NOT NULL,
  units INTEGER NOT NULL CHECK (units >= 1),
  claim TEXT NOT NULL CHECK (claim IN ('refund', 'exchange', 'repair', 'price_difference')),
  reason TEXT NOT NULL,
  statement TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  content TEXT NOT NULL,
  customer_id INTEGER REFERENCES customer (id),
  contact_name TEXT NOT NULL DEFAULT '',
  contact_phone TEXT NOT NULL DEFAULT '',
  owner_id INTEGER NOT NULL REFERENCES operator (id),
  business_date TEXT NOT NULL CHECK (${isDate('business_date')}),
  recorded_at TEXT NOT NULL,
  recorded_by INTEGER NOT NULL REFERENCES operator (id),
  short_no TEXT GENERATED ALWAYS AS (substr(number, -6)) VIRTUAL
) STRICT;
CREATE INDEX claim_refusal_short_no ON claim_refusal (short_no);
CREATE INDEX claim_refusal_receipt ON claim_refusal (receipt_id) WHERE receipt_id IS NOT NULL;
CREATE INDEX claim_refusal_case ON claim_refusal (case_id);
CREATE INDEX claim_refusal_day ON claim_refusal (business_date);
`

/** A CHECK cannot be widened in place: the rows move to a table that knows the new paper. */
const prints = `
DROP TRIGGER print_record_no_update;
DROP TRIGGER print_record_no_delete;
ALTER TABLE print_record RENAME TO print_record_before;
CREATE TABLE print_record (
  id INTEGER PRIMARY KEY,
  document TEXT NOT NULL CHECK (document IN ('card', 'refund_slip', 'day_report', 'refusal_slip')),
  subject TEXT NOT NULL,
  format TEXT NOT NULL,
  copy_no INTEGER NOT NULL CHECK (copy_no >= 0),
  printed_at TEXT NOT NULL,
  printed_by INTEGER NOT NULL REFERENCES operator (id),
  UNIQUE (document, subject, copy_no)
) STRICT;
INSERT INTO print_record SELECT id, document, subject, format, copy_no, printed_at, printed_by FROM print_record_before;
DROP TABLE print_record_before;
`

export const rights = {
  version: 5,
  name: 'rights',
  sql: [
    proofs,
    verdicts,
    prints,
    ...[
      'evidence_file',
      'proof_set',
      'proof',
      'rights_verdict',
      'claim_refusal',
      'print_record',
    ].map(appendOnly),
  ].join('\n'),
}
