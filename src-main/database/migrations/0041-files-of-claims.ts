/**
 * Files can also belong to a claim on a vendor. Which subjects there are is the contract's to say, so the table keeps
 * the shape of a name, as printed papers do, instead of a list that each new room would have to rebuild.
 */
const attachments = `
DROP TRIGGER attachment_voided_once;
DROP TRIGGER attachment_no_delete;
ALTER TABLE attachment RENAME TO attachment_before;
CREATE TABLE attachment (
  id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL REFERENCES evidence_file (sha256),
  subject_type TEXT NOT NULL CHECK (subject_type GLOB '[a-z]*' AND subject_type NOT GLOB '*[^a-z_]*'),
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
INSERT INTO attachment SELECT id, sha256, subject_type, subject_id, case_id, role, label, business_date, attached_at,
  attached_by, voided_at, voided_by, void_reason FROM attachment_before;
DROP TABLE attachment_before;
CREATE UNIQUE INDEX attachment_live ON attachment (subject_type, subject_id, sha256, role, label)
  WHERE voided_at IS NULL;
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

export const filesOfClaims = { version: 41, name: 'files-of-claims', sql: attachments }
