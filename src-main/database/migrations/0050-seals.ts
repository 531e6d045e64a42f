/**
 * Public keys by which cards are checked, and a signed card as proof of a purchase. Private keys are never in the
 * database (docs/decisions/0019).
 */
export const seals = {
  version: 50,
  name: 'seals',
  sql: `
CREATE TABLE seal_key (
  id INTEGER PRIMARY KEY,
  public_key TEXT NOT NULL UNIQUE CHECK (length(public_key) = 64),
  code TEXT NOT NULL CHECK (code LIKE 'GWK1%'),
  role TEXT NOT NULL CHECK (role IN ('signing', 'retired', 'known')),
  store TEXT NOT NULL,
  desk_no TEXT NOT NULL CHECK (desk_no GLOB '[0-9][0-9][0-9][0-9]'),
  made_on TEXT NOT NULL CHECK (made_on GLOB '????-??-??'),
  void_from TEXT CHECK (void_from GLOB '????-??-??'),
  void_reason TEXT NOT NULL DEFAULT '',
  added_at TEXT NOT NULL,
  added_by INTEGER NOT NULL REFERENCES operator (id),
  version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE UNIQUE INDEX seal_key_signing ON seal_key (role) WHERE role = 'signing';
CREATE TRIGGER seal_key_no_delete BEFORE DELETE ON seal_key
  BEGIN SELECT RAISE(ABORT, 'seal_key rows are never deleted'); END;
CREATE TRIGGER seal_key_stays BEFORE UPDATE OF public_key, code, store, desk_no, made_on, added_at, added_by ON seal_key
  BEGIN SELECT RAISE(ABORT, 'a key does not become another'); END;

CREATE TABLE proof_next (
  id INTEGER PRIMARY KEY,
  proof_set_id INTEGER NOT NULL REFERENCES proof_set (id),
  kind TEXT NOT NULL CHECK (kind IN ('signed_card', 'member_record', 'payment_bill', 'serial_no', 'barcode', 'slip_photo', 'staff_memory', 'original_box')),
  detail TEXT NOT NULL,
  file_sha256 TEXT REFERENCES evidence_file (sha256),
  standing TEXT NOT NULL CHECK (standing IN ('agrees', 'alone', 'contradicts')),
  weight INTEGER NOT NULL CHECK (weight BETWEEN 0 AND 100)
) STRICT;
INSERT INTO proof_next SELECT id, proof_set_id, kind, detail, file_sha256, standing, weight FROM proof;
DROP TABLE proof;
ALTER TABLE proof_next RENAME TO proof;
CREATE INDEX proof_of_set ON proof (proof_set_id);
CREATE TRIGGER proof_no_update BEFORE UPDATE ON proof BEGIN SELECT RAISE(ABORT, 'proof is append-only'); END;
CREATE TRIGGER proof_no_delete BEFORE DELETE ON proof BEGIN SELECT RAISE(ABORT, 'proof is append-only'); END;
`,
}
