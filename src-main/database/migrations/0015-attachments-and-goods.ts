/** Files attached to cases and remedies; where goods that came back are. */
const appendOnly = (table: string) => `
CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;
CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`

/**
 * Kept files may also be PDFs and know their size in pixels. A CHECK cannot be widened in place: the rows move to a
 * table that takes the old one's name, which is the name proofs refer to.
 */
const files = `
DROP TRIGGER evidence_file_no_update;
DROP TRIGGER evidence_file_no_delete;
CREATE TABLE evidence_file_next (
  sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
  media_type TEXT NOT NULL CHECK (media_type IN ('image/jpeg', 'image/png', 'image/webp', 'application/pdf')),
  bytes INTEGER NOT NULL CHECK (bytes > 0),
  name TEXT NOT NULL,
  width INTEGER CHECK (width > 0),
  height INTEGER CHECK (height > 0),
  inked INTEGER NOT NULL DEFAULT 0 CHECK (inked IN (0, 1)),
  stored_at TEXT NOT NULL,
  stored_by INTEGER NOT NULL REFERENCES operator (id)
) STRICT, WITHOUT ROWID;
INSERT INTO evidence_file_next (sha256, media_type, bytes, name, stored_at, stored_by)
  SELECT sha256, media_type, bytes, name, stored_at, stored_by FROM evidence_file;
DROP TABLE evidence_file;
ALTER TABLE evidence_file_next RENAME TO evidence_file;
${appendOnly('evidence_file')}
`

/** Taken off with a reason, never deleted; nothing else about an attachment can change. */
const attachments = `
CREATE TABLE attachment (
  id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL REFERENCES evidence_file (sha256),
  subject_type TEXT NOT NULL CHECK (subject_type IN ('complaint', 'proof', 'refund', 'exchange', 'handover', 'repair', 'voucher')),
  subject_id INTEGER NOT NULL,
  case_id INTEGER REFERENCES case_file (id),
  role TEXT NOT NULL CHECK (role IN ('photo', 'signature', 'document')),
  label TEXT NOT NULL DEFAULT '',
  business_date TEXT NOT NULL CHECK (business_date GLOB '????-??-??'),
  attached_at TEXT NOT NULL,
  attached_by INTEGER NOT NULL REFERENCES operator (id),
  voided_at TEXT,
  voided_by INTEGER REFERENCES operator (id),
  void_reason TEXT,
  CHECK ((voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_reason IS NULL))
) STRICT;
CREATE UNIQUE INDEX attachment_live ON attachment (subject_type, subject_id, sha256, role) WHERE voided_at IS NULL;
CREATE INDEX attachment_of_subject ON attachment (subject_type, subject_id);
CREATE INDEX attachment_of_case ON attachment (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX attachment_of_file ON attachment (sha256);
CREATE TRIGGER attachment_voided_once BEFORE UPDATE ON attachment
  WHEN OLD.voided_at IS NOT NULL OR NEW.voided_at IS NULL
    OR (OLD.id, OLD.sha256, OLD.subject_type, OLD.subject_id, OLD.case_id, OLD.role, OLD.label, OLD.business_date, OLD.attached_at, OLD.attached_by)
    IS NOT (NEW.id, NEW.sha256, NEW.subject_type, NEW.subject_id, NEW.case_id, NEW.role, NEW.label, NEW.business_date, NEW.attached_at, NEW.attached_by)
  BEGIN SELECT RAISE(ABORT, 'attachment can only be voided'); END;
CREATE TRIGGER attachment_no_delete BEFORE DELETE ON attachment
  BEGIN SELECT RAISE(ABORT, 'attachment is append-only'); END;
`

/**
 * Goods that came back: one row each time a unit is in the desk's hands, and its custody log. The index lets a unit be
 * held once; the code explains.
 */
const states =
  "('at_desk', 'in_quarantine', 'for_vendor', 'in_repair', 'on_floor', 'with_vendor', 'scrapped', 'with_customer')"
const destinations = "('floor', 'quarantine', 'vendor_return', 'repair', 'scrap')"

const goods = `
CREATE TABLE goods_unit (
  id INTEGER PRIMARY KEY,
  tag TEXT NOT NULL UNIQUE,
  sale_line_id INTEGER NOT NULL REFERENCES sale_line (id),
  unit_no INTEGER NOT NULL CHECK (unit_no >= 1),
  name TEXT NOT NULL,
  serial_no TEXT NOT NULL DEFAULT '',
  qty_milli INTEGER NOT NULL CHECK (qty_milli >= 0),
  unit TEXT NOT NULL DEFAULT '',
  condition TEXT NOT NULL CHECK (condition IN ('sealed', 'opened', 'used', 'faulty', 'damaged')),
  category TEXT,
  floor TEXT NOT NULL DEFAULT '',
  counter TEXT NOT NULL DEFAULT '',
  vendor TEXT NOT NULL DEFAULT '',
  value INTEGER NOT NULL CHECK (value >= 0),
  currency TEXT NOT NULL,
  source_type TEXT NOT NULL CHECK (source_type IN ('refund', 'exchange', 'repair')),
  source_id INTEGER NOT NULL,
  source_number TEXT NOT NULL,
  case_id INTEGER REFERENCES case_file (id),
  state TEXT NOT NULL CHECK (state IN ${states}),
  destination TEXT NOT NULL CHECK (destination IN ${destinations}),
  rule_id TEXT NOT NULL,
  live INTEGER NOT NULL CHECK (live IN (0, 1)),
  business_date TEXT NOT NULL CHECK (business_date GLOB '????-??-??'),
  received_at TEXT NOT NULL,
  received_by INTEGER NOT NULL REFERENCES operator (id),
  moved_at TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  CHECK (live = (state IN ('at_desk', 'in_quarantine', 'for_vendor', 'in_repair')))
) STRICT;
CREATE UNIQUE INDEX goods_unit_held_once ON goods_unit (sale_line_id, unit_no) WHERE live = 1;
CREATE INDEX goods_unit_source ON goods_unit (source_type, source_id);
CREATE INDEX goods_unit_number ON goods_unit (source_number);
CREATE INDEX goods_unit_state ON goods_unit (state, id);
CREATE INDEX goods_unit_serial ON goods_unit (serial_no) WHERE live = 1 AND serial_no <> '';
CREATE TRIGGER goods_unit_no_delete BEFORE DELETE ON goods_unit
  BEGIN SELECT RAISE(ABORT, 'goods_unit is append-only'); END;

CREATE TABLE goods_movement (
  id INTEGER PRIMARY KEY,
  goods_unit_id INTEGER NOT NULL REFERENCES goods_unit (id),
  at TEXT NOT NULL,
  business_date TEXT NOT NULL CHECK (business_date GLOB '????-??-??'),
  actor_id INTEGER NOT NULL REFERENCES operator (id),
  action TEXT NOT NULL CHECK (action IN ('receive', 'redirect', 'to_floor', 'to_quarantine', 'to_vendor', 'to_repair', 'to_scrap', 'vendor_took', 'vendor_sent_back', 'take_over', 'give_back')),
  from_state TEXT CHECK (from_state IN ${states}),
  to_state TEXT NOT NULL CHECK (to_state IN ${states}),
  destination TEXT NOT NULL CHECK (destination IN ${destinations}),
  reason TEXT NOT NULL DEFAULT '',
  place TEXT NOT NULL DEFAULT '',
  approval_id INTEGER REFERENCES approval (id)
) STRICT;
CREATE INDEX goods_movement_unit ON goods_movement (goods_unit_id);
${appendOnly('goods_movement')}
`

export const attachmentsAndGoods = {
  version: 15,
  name: 'attachments-and-goods',
  sql: [files, attachments, goods].join('\n'),
}
