/**
 * The papers of exchanges, repairs, vouchers and goods. A CHECK cannot be widened in place: the rows move to a table
 * that knows the new papers.
 */
const documents = [
  'card',
  'refund_slip',
  'day_report',
  'refusal_slip',
  'exchange_slip',
  'handover_form',
  'repair_sheet',
  'repair_stub',
  'repair_tag',
  'repair_record',
  'voucher',
  'goods_label',
]
  .map((document) => `'${document}'`)
  .join(', ')

export const papersOfRemedies = {
  version: 9,
  name: 'papers-of-remedies',
  sql: `
DROP TRIGGER print_record_no_update;
DROP TRIGGER print_record_no_delete;
ALTER TABLE print_record RENAME TO print_record_before;
CREATE TABLE print_record (
  id INTEGER PRIMARY KEY,
  document TEXT NOT NULL CHECK (document IN (${documents})),
  subject TEXT NOT NULL,
  format TEXT NOT NULL,
  copy_no INTEGER NOT NULL CHECK (copy_no >= 0),
  printed_at TEXT NOT NULL,
  printed_by INTEGER NOT NULL REFERENCES operator (id),
  UNIQUE (document, subject, copy_no)
) STRICT;
INSERT INTO print_record SELECT id, document, subject, format, copy_no, printed_at, printed_by FROM print_record_before;
DROP TABLE print_record_before;
CREATE TRIGGER print_record_no_update BEFORE UPDATE ON print_record
  BEGIN SELECT RAISE(ABORT, 'print_record is append-only'); END;
CREATE TRIGGER print_record_no_delete BEFORE DELETE ON print_record
  BEGIN SELECT RAISE(ABORT, 'print_record is append-only'); END;
`,
}
