/**
 * Who may decide what: the matrix of limits by version, approvals with their history, verbal offers and what each
 * operator gave away of goodwill. Amounts are minor units of the store's currency unless a column names another.
 */
const kinds =
  "'normal', 'no_slip', 'abnormal', 'goodwill', 'compensation', 'high_value', 'risk_flag', 'other_tender'"
const people = "'clerk', 'floor_manager', 'store_manager'"

const matrix = `
CREATE TABLE approval_matrix (
  version INTEGER PRIMARY KEY,
  -- What a clerk may give away of goodwill on one business day without asking.
  goodwill_per_day INTEGER NOT NULL CHECK (goodwill_per_day >= 0),
  -- From this amount on anything is also of high value; null where nothing is.
  high_value_from INTEGER CHECK (high_value_from > 0),
  note TEXT NOT NULL DEFAULT '',
  changed_at TEXT NOT NULL,
  -- Null for the limits the program comes with.
  changed_by INTEGER REFERENCES operator (id)
) STRICT;

-- A role without a row for a kind may not decide it at all.
CREATE TABLE approval_limit (
  id INTEGER PRIMARY KEY,
  matrix_version INTEGER NOT NULL REFERENCES approval_matrix (version),
  kind TEXT NOT NULL CHECK (kind IN (${kinds})),
  role TEXT NOT NULL CHECK (role IN (${people})),
  -- The largest amount, inclusive; null where there is no limit.
  up_to INTEGER CHECK (up_to >= 0),
  UNIQUE (matrix_version, kind, role)
) STRICT;
`

/** The limits the program comes with (domain.md §3.2; docs/approvals.md says which source each follows). */
const shipped = `
INSERT INTO approval_matrix (version, goodwill_per_day, high_value_from, note, changed_at, changed_by)
VALUES (1, 20000, 1000000, '', strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), NULL);
INSERT INTO approval_limit (matrix_version, kind, role, up_to) VALUES
  (1, 'normal', 'clerk', 50000),
  (1, 'normal', 'floor_manager', 500000),
  (1, 'normal', 'store_manager', NULL),
  (1, 'no_slip', 'floor_manager', 500000),
  (1, 'no_slip', 'store_manager', NULL),
  (1, 'abnormal', 'floor_manager', 500000),
  (1, 'abnormal', 'store_manager', NULL),
  (1, 'goodwill', 'clerk', 5000),
  (1, 'goodwill', 'floor_manager', 50000),
  (1, 'goodwill', 'store_manager', NULL),
  (1, 'compensation', 'floor_manager', 50000),
  (1, 'compensation', 'store_manager', NULL),
  (1, 'high_value', 'store_manager', NULL),
  (1, 'risk_flag', 'store_manager', NULL),
  (1, 'other_tender', 'floor_manager', 500000),
  (1, 'other_tender', 'store_manager', NULL);
`

const approvals = `
CREATE TABLE approval (
  id INTEGER PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('requested', 'escalated', 'granted', 'denied', 'void', 'used')),
  kinds TEXT NOT NULL,
  amount INTEGER NOT NULL CHECK (amount >= 0),
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  subject_type TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  -- Stands for every fact the approver was shown: another draft has another hash.
  subject_hash TEXT NOT NULL,
  summary TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  case_id INTEGER REFERENCES case_file (id),
  requested_by INTEGER NOT NULL REFERENCES operator (id),
  requested_at TEXT NOT NULL,
  business_date TEXT NOT NULL CHECK (business_date GLOB '????-??-??'),
  -- The lowest role that may decide, raised by escalation.
  level TEXT NOT NULL CHECK (level IN (${people})),
  decided_by INTEGER REFERENCES operator (id),
  decided_at TEXT,
  decided_role TEXT CHECK (decided_role IN (${people})),
  decision_note TEXT NOT NULL DEFAULT '',
  used_at TEXT,
  used_for_type TEXT,
  used_for_id TEXT,
  version INTEGER NOT NULL DEFAULT 1,
  CHECK (decided_by <> requested_by),
  CHECK (state NOT IN ('granted', 'used', 'denied') OR decided_by IS NOT NULL),
  CHECK ((state = 'used') = (used_at IS NOT NULL))
) STRICT;
CREATE INDEX approval_waiting ON approval (level) WHERE state IN ('requested', 'escalated');
CREATE INDEX approval_subject ON approval (subject_type, subject_id);
CREATE INDEX approval_requester ON approval (requested_by);
CREATE INDEX approval_case ON approval (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX approval_used_for ON approval (used_for_type, used_for_id) WHERE used_for_id IS NOT NULL;

-- What was asked for stays what was asked for; what has come to rest stays at rest.
CREATE TRIGGER approval_asked_once BEFORE UPDATE OF
  kinds, amount, currency, subject_type, subject_id, subject_hash, summary, reason, case_id, requested_by, requested_at, business_date
  ON approval BEGIN SELECT RAISE(ABORT, 'what an approval is asked for cannot change'); END;
CREATE TRIGGER approval_used_once BEFORE UPDATE ON approval WHEN old.state IN ('used', 'void')
  BEGIN SELECT RAISE(ABORT, 'a used or void approval cannot change'); END;
CREATE TRIGGER approval_no_delete BEFORE DELETE ON approval
  BEGIN SELECT RAISE(ABORT, 'approval rows are voided, never deleted'); END;

CREATE TABLE approval_event (
  id INTEGER PRIMARY KEY,
  approval_id INTEGER NOT NULL REFERENCES approval (id),
  at TEXT NOT NULL,
  actor_id INTEGER NOT NULL REFERENCES operator (id),
  action TEXT NOT NULL CHECK (action IN ('request', 'grant', 'deny', 'escalate', 'void', 'use')),
  state TEXT NOT NULL CHECK (state IN ('requested', 'escalated', 'granted', 'denied', 'void', 'used')),
  level TEXT NOT NULL CHECK (level IN (${people})),
  reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX approval_event_approval ON approval_event (approval_id, id);
`

const offers = `
CREATE TABLE offer (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  business_date TEXT NOT NULL CHECK (business_date GLOB '????-??-??'),
  recorded_by INTEGER NOT NULL REFERENCES operator (id),
  -- Who said it: an operator, or somebody of a counter by name.
  made_by INTEGER REFERENCES operator (id),
  made_by_name TEXT NOT NULL DEFAULT '',
  kind TEXT NOT NULL CHECK (kind IN (${kinds})),
  amount INTEGER NOT NULL CHECK (amount >= 0),
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  what TEXT NOT NULL,
  to_whom TEXT NOT NULL DEFAULT '',
  case_id INTEGER REFERENCES case_file (id),
  -- The authority it needed and whether the one who said it had that.
  needed_role TEXT NOT NULL CHECK (needed_role IN (${people})),
  maker_role TEXT CHECK (maker_role IN (${people})),
  authorised INTEGER NOT NULL CHECK (authorised IN (0, 1)),
  matrix_version INTEGER NOT NULL REFERENCES approval_matrix (version),
  CHECK ((made_by IS NULL) = (made_by_name <> ''))
) STRICT;
CREATE INDEX offer_day ON offer (business_date);
CREATE INDEX offer_case ON offer (case_id) WHERE case_id IS NOT NULL;

CREATE TABLE goodwill_entry (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  business_date TEXT NOT NULL CHECK (business_date GLOB '????-??-??'),
  operator_id INTEGER NOT NULL REFERENCES operator (id),
  amount INTEGER NOT NULL CHECK (amount > 0),
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  what TEXT NOT NULL,
  to_whom TEXT NOT NULL DEFAULT '',
  case_id INTEGER REFERENCES case_file (id),
  -- Where somebody approved it, it does not count against the operator's day.
  approval_id INTEGER REFERENCES approval (id)
) STRICT;
CREATE INDEX goodwill_entry_day ON goodwill_entry (business_date, operator_id);
CREATE INDEX goodwill_entry_case ON goodwill_entry (case_id) WHERE case_id IS NOT NULL;
CREATE UNIQUE INDEX goodwill_entry_approval ON goodwill_entry (approval_id) WHERE approval_id IS NOT NULL;
`

const appendOnly = [
  'approval_matrix',
  'approval_limit',
  'approval_event',
  'offer',
  'goodwill_entry',
]
  .map(
    (table) => `
CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;
CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`,
  )
  .join('')

export const approvalsRoom = {
  version: 4,
  name: 'approvals',
  sql: [matrix, shipped, approvals, offers, appendOnly].join('\n'),
}
