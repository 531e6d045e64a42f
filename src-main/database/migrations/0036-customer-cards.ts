/**
 * 顾客资料卡: what the store knows of a customer beside what the till sends (domain.md §2.9), and customers who are one
 * person (docs/customers.md). Nothing of it is changed in place: a rule, a note or a consent ends and stays.
 */
const noDelete = (table: string, how: string) => `
CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table}
  BEGIN SELECT RAISE(ABORT, '${table} rows ${how}, never deleted'); END;`

const endsOnce = (table: string, column: string) => `
CREATE TRIGGER ${table}_ends_once BEFORE UPDATE ON ${table} WHEN OLD.${column} IS NOT NULL
  BEGIN SELECT RAISE(ABORT, '${table} is over'); END;${noDelete(table, 'end')}`

/** A given grade holds against the file's until it is given back; a merged customer points at who stands for both. */
const columns = `
ALTER TABLE customer ADD COLUMN tier_source TEXT NOT NULL DEFAULT 'import' CHECK (tier_source IN ('import', 'hand'));
ALTER TABLE customer ADD COLUMN merged_into INTEGER REFERENCES customer (id) CHECK (merged_into <> id);
-- Set once: the person is gone, the row stays for what hangs on it.
ALTER TABLE customer ADD COLUMN erased_at TEXT;
CREATE INDEX customer_merged ON customer (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX customer_listed ON customer (id) WHERE merged_into IS NULL AND erased_at IS NULL;
`

const contact = `
CREATE TABLE customer_contact_rule (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  channel TEXT NOT NULL CHECK (channel IN ('any', 'phone', 'message', 'mail', 'visit')),
  rule TEXT NOT NULL CHECK (rule IN ('never', 'prefers')),
  -- Last day it holds; null: until somebody ends it.
  until TEXT CHECK (until GLOB '????-??-??'),
  note TEXT NOT NULL DEFAULT '',
  set_at TEXT NOT NULL,
  set_by INTEGER NOT NULL REFERENCES operator (id),
  ended_at TEXT,
  ended_by INTEGER REFERENCES operator (id),
  CHECK ((ended_at IS NULL) = (ended_by IS NULL)),
  CHECK (rule = 'never' OR channel <> 'any')
) STRICT;
CREATE UNIQUE INDEX customer_contact_rule_live ON customer_contact_rule (customer_id, channel) WHERE ended_at IS NULL;
${endsOnce('customer_contact_rule', 'ended_at')}
`

const notes = `
CREATE TABLE customer_note (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  kind TEXT NOT NULL CHECK (kind IN ('preference', 'size', 'visit', 'care')),
  text TEXT NOT NULL,
  case_id INTEGER REFERENCES case_file (id),
  business_date TEXT NOT NULL CHECK (business_date GLOB '????-??-??'),
  written_at TEXT NOT NULL,
  written_by INTEGER NOT NULL REFERENCES operator (id),
  ended_at TEXT,
  ended_by INTEGER REFERENCES operator (id),
  CHECK ((ended_at IS NULL) = (ended_by IS NULL))
) STRICT;
CREATE INDEX customer_note_customer ON customer_note (customer_id, id);
${endsOnce('customer_note', 'ended_at')}
`

/** Every change of a customer's grade, the file's as well as by hand. */
const grades = `
CREATE TABLE customer_grade (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  before TEXT NOT NULL,
  tier TEXT NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('import', 'hand')),
  reason TEXT NOT NULL DEFAULT '',
  given_at TEXT NOT NULL,
  given_by INTEGER REFERENCES operator (id),
  CHECK (source = 'import' OR (given_by IS NOT NULL AND reason <> ''))
) STRICT;
CREATE INDEX customer_grade_customer ON customer_grade (customer_id, id);
CREATE TRIGGER customer_grade_no_update BEFORE UPDATE ON customer_grade
  BEGIN SELECT RAISE(ABORT, 'customer_grade is append-only'); END;
${noDelete('customer_grade', 'stay')}
`

const referrals = `
CREATE TABLE customer_referral (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  referred_by INTEGER NOT NULL REFERENCES customer (id),
  note TEXT NOT NULL DEFAULT '',
  said_at TEXT NOT NULL,
  said_by INTEGER NOT NULL REFERENCES operator (id),
  ended_at TEXT,
  ended_by INTEGER REFERENCES operator (id),
  CHECK (customer_id <> referred_by),
  CHECK ((ended_at IS NULL) = (ended_by IS NULL))
) STRICT;
-- Somebody came through one person.
CREATE UNIQUE INDEX customer_referral_live ON customer_referral (customer_id) WHERE ended_at IS NULL;
CREATE INDEX customer_referral_by ON customer_referral (referred_by) WHERE ended_at IS NULL;
${endsOnce('customer_referral', 'ended_at')}
`

/** Occupation, year of birth and gender: kept only where the store asks for them and the customer agreed. */
const details = `
CREATE TABLE customer_settings (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  occupation INTEGER NOT NULL DEFAULT 0 CHECK (occupation IN (0, 1)),
  birth_year INTEGER NOT NULL DEFAULT 0 CHECK (birth_year IN (0, 1)),
  gender INTEGER NOT NULL DEFAULT 0 CHECK (gender IN (0, 1)),
  version INTEGER NOT NULL DEFAULT 1
) STRICT;
INSERT INTO customer_settings (id) VALUES (1);

-- What customers agree to: each consent names the version that was read to them.
CREATE TABLE customer_consent_wording (
  version INTEGER PRIMARY KEY,
  wording TEXT NOT NULL,
  written_at TEXT NOT NULL,
  written_by INTEGER NOT NULL REFERENCES operator (id)
) STRICT;
CREATE TRIGGER customer_consent_wording_no_update BEFORE UPDATE ON customer_consent_wording
  BEGIN SELECT RAISE(ABORT, 'customer_consent_wording is append-only'); END;
${noDelete('customer_consent_wording', 'stay')}

CREATE TABLE customer_detail (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  field TEXT NOT NULL CHECK (field IN ('occupation', 'birth_year', 'gender')),
  -- Empty once the consent is withdrawn: that it was given stays, what was told goes.
  value TEXT NOT NULL,
  wording_version INTEGER NOT NULL REFERENCES customer_consent_wording (version),
  agreed_how TEXT NOT NULL CHECK (agreed_how IN ('signed', 'spoken', 'message')),
  agreed_at TEXT NOT NULL,
  taken_by INTEGER NOT NULL REFERENCES operator (id),
  ended_at TEXT,
  ended_by INTEGER REFERENCES operator (id),
  end_cause TEXT CHECK (end_cause IN ('withdrawn', 'replaced', 'switched_off', 'erased')),
  CHECK ((ended_at IS NULL) = (ended_by IS NULL) AND (ended_at IS NULL) = (end_cause IS NULL)),
  CHECK ((ended_at IS NULL) = (value <> ''))
) STRICT;
CREATE UNIQUE INDEX customer_detail_live ON customer_detail (customer_id, field) WHERE ended_at IS NULL;
CREATE INDEX customer_detail_field ON customer_detail (field) WHERE ended_at IS NULL;
${endsOnce('customer_detail', 'ended_at')}
`

/**
 * Two customers who are one person. What hangs on the merged one stays there; whoever asks for the survivor asks for
 * everybody under it. `customer_own` keeps what the survivor's row said before fields of others were chosen for it.
 */
const merges = `
CREATE TABLE customer_merge (
  id INTEGER PRIMARY KEY,
  survivor_id INTEGER NOT NULL REFERENCES customer (id),
  merged_id INTEGER NOT NULL REFERENCES customer (id),
  reason TEXT NOT NULL,
  -- JSON list of the fields taken from the merged one.
  taken TEXT NOT NULL,
  merged_at TEXT NOT NULL,
  merged_by INTEGER NOT NULL REFERENCES operator (id),
  undone_at TEXT,
  undone_by INTEGER REFERENCES operator (id),
  undo_reason TEXT,
  CHECK (survivor_id <> merged_id),
  CHECK ((undone_at IS NULL) = (undone_by IS NULL) AND (undone_at IS NULL) = (undo_reason IS NULL))
) STRICT;
-- Nobody is in two trees.
CREATE UNIQUE INDEX customer_merge_live ON customer_merge (merged_id) WHERE undone_at IS NULL;
CREATE INDEX customer_merge_survivor ON customer_merge (survivor_id) WHERE undone_at IS NULL;
CREATE TRIGGER customer_merge_undone_once BEFORE UPDATE ON customer_merge
  WHEN OLD.undone_at IS NOT NULL
    OR (OLD.id, OLD.survivor_id, OLD.merged_id, OLD.merged_at, OLD.merged_by)
      IS NOT (NEW.id, NEW.survivor_id, NEW.merged_id, NEW.merged_at, NEW.merged_by)
  BEGIN SELECT RAISE(ABORT, 'a merge can only be undone'); END;
${noDelete('customer_merge', 'are undone')}

-- One root joins another: so no circle, and nobody in two trees.
CREATE TRIGGER customer_merged_root BEFORE UPDATE OF merged_into ON customer
  WHEN NEW.merged_into IS NOT NULL AND (OLD.merged_into IS NOT NULL
    OR EXISTS (SELECT 1 FROM customer WHERE id = NEW.merged_into AND merged_into IS NOT NULL))
  BEGIN SELECT RAISE(ABORT, 'only a customer who stands alone is merged into one who does'); END;

CREATE TABLE customer_own (
  customer_id INTEGER PRIMARY KEY REFERENCES customer (id),
  -- JSON: what the row said by itself, and what was put there for its merges.
  own TEXT NOT NULL,
  shown TEXT NOT NULL
) STRICT;

-- Pairs somebody looked at and found to be two people.
CREATE TABLE customer_distinct (
  lower_id INTEGER NOT NULL REFERENCES customer (id),
  higher_id INTEGER NOT NULL REFERENCES customer (id),
  said_at TEXT NOT NULL,
  said_by INTEGER NOT NULL REFERENCES operator (id),
  PRIMARY KEY (lower_id, higher_id),
  CHECK (lower_id < higher_id)
) STRICT, WITHOUT ROWID;
`

export const customerCards = {
  version: 36,
  name: 'customer-cards',
  sql: [columns, contact, notes, grades, referrals, details, merges].join('\n'),
}
