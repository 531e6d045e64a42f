/** Files attached to cases and remedies. */
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

export const attachmentsAndGoods = {
  version: 15,
  name: 'attachments-and-goods',
  sql: [files, attachments].join('\n'),
}
