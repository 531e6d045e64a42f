/**
 * A person is erased: who asked, who confirmed, what went and what had to stay (docs/decisions/0015). The keys of phone
 * and member number are keyed hashes: enough to say that somebody comes back with a file, not to say who it was.
 */
export const erasingAPerson = {
  version: 37,
  name: 'erasing-a-person',
  sql: `
CREATE TABLE customer_erasure (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  reason TEXT NOT NULL,
  business_date TEXT NOT NULL CHECK (business_date GLOB '????-??-??'),
  erased_at TEXT NOT NULL,
  asked_by INTEGER NOT NULL REFERENCES operator (id),
  confirmed_by INTEGER NOT NULL REFERENCES operator (id),
  -- JSON: how many rows of which table changed, how many files went.
  summary TEXT NOT NULL,
  CHECK (asked_by <> confirmed_by)
) STRICT;
CREATE UNIQUE INDEX customer_erasure_once ON customer_erasure (customer_id);
CREATE TRIGGER customer_erasure_no_update BEFORE UPDATE ON customer_erasure
  BEGIN SELECT RAISE(ABORT, 'customer_erasure is append-only'); END;
CREATE TRIGGER customer_erasure_no_delete BEFORE DELETE ON customer_erasure
  BEGIN SELECT RAISE(ABORT, 'customer_erasure is append-only'); END;

CREATE TABLE erased_key (
  hash TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('phone', 'member')),
  erasure_id INTEGER NOT NULL REFERENCES customer_erasure (id)
) STRICT, WITHOUT ROWID;

-- Made once by the database itself; without it the hashes say nothing.
CREATE TABLE erasure_secret (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  secret TEXT NOT NULL
) STRICT;
INSERT INTO erasure_secret (id, secret) VALUES (1, lower(hex(randomblob(32))));

-- Set when the file was taken away with a person: the hash still says which file it was.
ALTER TABLE evidence_file ADD COLUMN erased_at TEXT;
`,
}
