/**
 * What was found out about a complaint before anything is decided: facts, cause, finding, certificates, what it cost
 * the customer, and who is liable for how much (domain.md §3.6 rows 13, 42–44, 47, 57, 165, 167). Minor units.
 */
const isDate = (column: string) => `${column} GLOB '????-??-??'`
const appendOnly = (table: string) => `
CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;
CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`

const investigations = `
CREATE TABLE investigation (
  id INTEGER PRIMARY KEY,
  complaint_id INTEGER NOT NULL UNIQUE REFERENCES complaint (id),
  case_id INTEGER NOT NULL REFERENCES case_file (id),
  state TEXT NOT NULL CHECK (state IN ('open', 'decided')),
  -- Id of resources/investigations/causes.json; empty until it is named.
  cause TEXT NOT NULL DEFAULT '',
  analysis TEXT NOT NULL DEFAULT '',
  fault TEXT CHECK (fault IN ('none', 'looks', 'function', 'both', 'no_goods')),
  finding TEXT CHECK (finding IN ('founded', 'partly', 'unfounded', 'unclear')),
  opinion TEXT NOT NULL DEFAULT '',
  opened_at TEXT NOT NULL,
  opened_by INTEGER NOT NULL REFERENCES operator (id),
  decided_at TEXT,
  decided_by INTEGER REFERENCES operator (id),
  version INTEGER NOT NULL DEFAULT 1,
  CHECK ((state = 'decided') = (decided_at IS NOT NULL) AND (decided_at IS NULL) = (decided_by IS NULL)),
  CHECK (state = 'open' OR (cause <> '' AND analysis <> '' AND fault IS NOT NULL AND finding IS NOT NULL))
) STRICT;
CREATE INDEX investigation_case ON investigation (case_id);
CREATE INDEX investigation_cause ON investigation (cause) WHERE cause <> '';
CREATE TRIGGER investigation_no_delete BEFORE DELETE ON investigation
  BEGIN SELECT RAISE(ABORT, 'investigation rows are never deleted'); END;

-- The last row of a fact holds; a fact is settled, or knowingly left out with a reason.
CREATE TABLE investigation_fact (
  id INTEGER PRIMARY KEY,
  investigation_id INTEGER NOT NULL REFERENCES investigation (id),
  fact TEXT NOT NULL CHECK (fact <> ''),
  state TEXT NOT NULL CHECK (state IN ('settled', 'skipped')),
  text TEXT NOT NULL CHECK (text <> ''),
  at TEXT NOT NULL,
  by INTEGER NOT NULL REFERENCES operator (id)
) STRICT;
CREATE INDEX investigation_fact_of ON investigation_fact (investigation_id, fact);
${appendOnly('investigation_fact')}
`

const costs = `
CREATE TABLE test_certificate (
  id INTEGER PRIMARY KEY,
  investigation_id INTEGER NOT NULL REFERENCES investigation (id),
  case_id INTEGER NOT NULL REFERENCES case_file (id),
  laboratory TEXT NOT NULL CHECK (laboratory <> ''),
  number TEXT NOT NULL CHECK (number <> ''),
  tested_on TEXT NOT NULL CHECK (${isDate('tested_on')}),
  result TEXT NOT NULL CHECK (result IN ('fault', 'no_fault', 'unknown')),
  summary TEXT NOT NULL DEFAULT '',
  fee INTEGER NOT NULL CHECK (fee >= 0),
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  -- Who laid the fee out, and who bears it in the end.
  paid_by TEXT NOT NULL CHECK (paid_by IN ('store', 'customer')),
  bearer TEXT NOT NULL CHECK (bearer IN ('store', 'customer', 'shared')),
  bearer_reason TEXT NOT NULL DEFAULT '',
  sha256 TEXT REFERENCES evidence_file (sha256),
  at TEXT NOT NULL,
  by INTEGER NOT NULL REFERENCES operator (id),
  voided_at TEXT,
  voided_by INTEGER REFERENCES operator (id),
  void_reason TEXT,
  CHECK ((voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_reason IS NULL))
) STRICT;
CREATE UNIQUE INDEX test_certificate_once ON test_certificate (investigation_id, laboratory, number) WHERE voided_at IS NULL;
CREATE TRIGGER test_certificate_voided_once BEFORE UPDATE ON test_certificate WHEN old.voided_at IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'a certificate is voided once'); END;
CREATE TRIGGER test_certificate_stays BEFORE UPDATE OF investigation_id, laboratory, number, tested_on, result, fee, currency,
  paid_by, bearer, sha256 ON test_certificate BEGIN SELECT RAISE(ABORT, 'a certificate is voided, never rewritten'); END;
CREATE TRIGGER test_certificate_no_delete BEFORE DELETE ON test_certificate
  BEGIN SELECT RAISE(ABORT, 'test_certificate rows are voided, never deleted'); END;

-- What the customer paid because of the complaint, to be paid back.
CREATE TABLE customer_outlay (
  id INTEGER PRIMARY KEY,
  investigation_id INTEGER NOT NULL REFERENCES investigation (id),
  case_id INTEGER NOT NULL REFERENCES case_file (id),
  kind TEXT NOT NULL CHECK (kind IN ('repair', 'travel', 'postage', 'test', 'medical', 'other')),
  what TEXT NOT NULL CHECK (what <> ''),
  amount INTEGER NOT NULL CHECK (amount > 0),
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  paid_on TEXT NOT NULL CHECK (${isDate('paid_on')}),
  certificate_id INTEGER UNIQUE REFERENCES test_certificate (id),
  sha256 TEXT REFERENCES evidence_file (sha256),
  at TEXT NOT NULL,
  by INTEGER NOT NULL REFERENCES operator (id),
  voided_at TEXT,
  voided_by INTEGER REFERENCES operator (id),
  void_reason TEXT,
  CHECK ((voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_reason IS NULL))
) STRICT;
CREATE INDEX customer_outlay_of ON customer_outlay (investigation_id);
CREATE TRIGGER customer_outlay_voided_once BEFORE UPDATE ON customer_outlay WHEN old.voided_at IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'an outlay is voided once'); END;
CREATE TRIGGER customer_outlay_stays BEFORE UPDATE OF investigation_id, kind, amount, currency, paid_on, certificate_id
  ON customer_outlay BEGIN SELECT RAISE(ABORT, 'an outlay is voided, never rewritten'); END;
CREATE TRIGGER customer_outlay_no_delete BEFORE DELETE ON customer_outlay
  BEGIN SELECT RAISE(ABORT, 'customer_outlay rows are voided, never deleted'); END;

-- What the case costs the customer besides money.
CREATE TABLE customer_effort (
  id INTEGER PRIMARY KEY,
  investigation_id INTEGER NOT NULL REFERENCES investigation (id),
  case_id INTEGER NOT NULL REFERENCES case_file (id),
  kind TEXT NOT NULL CHECK (kind IN ('visit', 'call', 'wait')),
  minutes INTEGER NOT NULL CHECK (minutes BETWEEN 0 AND 6000),
  note TEXT NOT NULL DEFAULT '',
  business_date TEXT NOT NULL CHECK (${isDate('business_date')}),
  at TEXT NOT NULL,
  by INTEGER NOT NULL REFERENCES operator (id)
) STRICT;
CREATE INDEX customer_effort_of ON customer_effort (investigation_id);
${appendOnly('customer_effort')}
`

const liability = `
CREATE TABLE liability_split (
  id INTEGER PRIMARY KEY,
  investigation_id INTEGER NOT NULL REFERENCES investigation (id),
  case_id INTEGER NOT NULL REFERENCES case_file (id),
  total INTEGER NOT NULL CHECK (total > 0),
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  note TEXT NOT NULL DEFAULT '',
  -- Sealed once its shares sum to the total; the newest live one holds.
  sealed INTEGER NOT NULL DEFAULT 0 CHECK (sealed IN (0, 1)),
  live INTEGER NOT NULL DEFAULT 1 CHECK (live IN (0, 1)),
  at TEXT NOT NULL,
  by INTEGER NOT NULL REFERENCES operator (id)
) STRICT;
CREATE UNIQUE INDEX liability_split_live ON liability_split (investigation_id) WHERE live = 1;
CREATE TABLE liability_share (
  id INTEGER PRIMARY KEY,
  split_id INTEGER NOT NULL REFERENCES liability_split (id),
  case_id INTEGER NOT NULL REFERENCES case_file (id),
  party TEXT NOT NULL CHECK (party IN ('store', 'vendor', 'carrier', 'maker', 'customer')),
  party_name TEXT NOT NULL DEFAULT '',
  weight INTEGER NOT NULL CHECK (weight >= 0),
  amount INTEGER NOT NULL CHECK (amount >= 0),
  UNIQUE (split_id, party, party_name)
) STRICT;
CREATE INDEX liability_share_case ON liability_share (case_id);
${appendOnly('liability_share')}
CREATE TRIGGER liability_share_unsealed BEFORE INSERT ON liability_share
  WHEN (SELECT sealed FROM liability_split WHERE id = new.split_id) = 1
  BEGIN SELECT RAISE(ABORT, 'a sealed split has all its shares'); END;
CREATE TRIGGER liability_split_sums BEFORE UPDATE OF sealed ON liability_split
  WHEN new.total <> coalesce((SELECT sum(amount) FROM liability_share WHERE split_id = new.id), 0)
  BEGIN SELECT RAISE(ABORT, 'the shares of a split sum to its total'); END;
CREATE TRIGGER liability_split_stays BEFORE UPDATE OF investigation_id, case_id, total, currency, at, by ON liability_split
  BEGIN SELECT RAISE(ABORT, 'a split is replaced, never rewritten'); END;
CREATE TRIGGER liability_split_no_delete BEFORE DELETE ON liability_split
  BEGIN SELECT RAISE(ABORT, 'liability_split rows are never deleted'); END;
`

export const investigationsRoom = {
  version: 32,
  name: 'investigations',
  sql: [investigations, costs, liability].join('\n'),
}
