/**
 * What is said at the desk is more than complaints, a case has somebody whose turn it is, and what was solved can come
 * up again. Existing complaints keep their words, numbers and history.
 */

/** History can only grow: the database itself refuses to change or remove it. */
const appendOnly = (table: string) => `
CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;
CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`

/** A row that ends once, by being answered, and never changes or goes away after that. */
const endsOnce = (table: string, isOver: string) => `
CREATE TRIGGER ${table}_ends_once BEFORE UPDATE ON ${table} WHEN ${isOver}
  BEGIN SELECT RAISE(ABORT, '${table} is over'); END;
CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table}
  BEGIN SELECT RAISE(ABORT, '${table} rows are never deleted'); END;`

const intake = `
ALTER TABLE complaint ADD COLUMN kind TEXT NOT NULL DEFAULT 'complaint'
  CHECK (kind IN ('complaint', 'enquiry', 'opinion', 'staff_tip', 'exit_alarm', 'cashier_error'));
ALTER TABLE complaint ADD COLUMN state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'solved'));
ALTER TABLE complaint ADD COLUMN desired TEXT NOT NULL DEFAULT '';
ALTER TABLE complaint ADD COLUMN demand TEXT
  CHECK (demand IN ('refund', 'exchange', 'repair', 'compensation', 'apology', 'other'));
ALTER TABLE complaint ADD COLUMN demand_amount INTEGER CHECK (demand_amount >= 0);
ALTER TABLE complaint ADD COLUMN currency TEXT CHECK (length(currency) = 3);
ALTER TABLE complaint ADD COLUMN mode TEXT NOT NULL DEFAULT 'on_site'
  CHECK (mode IN ('on_site', 'afterwards', 'phone', 'message', 'letter', 'authority'));
ALTER TABLE complaint ADD COLUMN severity TEXT NOT NULL DEFAULT 'ordinary'
  CHECK (severity IN ('slight', 'ordinary', 'serious'));
ALTER TABLE complaint ADD COLUMN complainant TEXT NOT NULL DEFAULT 'customer'
  CHECK (complainant IN ('customer', 'staff'));
ALTER TABLE complaint ADD COLUMN contact_digits TEXT NOT NULL DEFAULT '';
ALTER TABLE complaint ADD COLUMN product_id INTEGER REFERENCES product (id);
UPDATE complaint SET
  state = (SELECT CASE state WHEN 'closed' THEN 'solved' ELSE 'open' END FROM case_file WHERE case_file.id = case_id),
  contact_digits = replace(replace(replace(replace(replace(contact_phone, ' ', ''), '-', ''), '+86', ''), '(', ''), ')', ''),
  product_id = (SELECT product_id FROM sale_line WHERE sale_line.id = sale_line_id);
CREATE INDEX complaint_open ON complaint (id) WHERE state = 'open';
CREATE INDEX complaint_kind_day ON complaint (kind, business_date, id);
CREATE INDEX complaint_customer ON complaint (customer_id, id) WHERE customer_id IS NOT NULL;
CREATE INDEX complaint_contact_digits ON complaint (contact_digits, id) WHERE contact_digits <> '';
CREATE INDEX complaint_product ON complaint (product_id, class, id) WHERE product_id IS NOT NULL;
`

/** From being said to being solved; a complaint that comes up again has another round under its old number. */
const rounds = `
CREATE TABLE complaint_round (
  id INTEGER PRIMARY KEY,
  complaint_id INTEGER NOT NULL REFERENCES complaint (id),
  no INTEGER NOT NULL CHECK (no >= 1),
  opened_at TEXT NOT NULL,
  opened_on TEXT NOT NULL CHECK (opened_on GLOB '????-??-??'),
  opened_by INTEGER NOT NULL REFERENCES operator (id),
  reason TEXT NOT NULL DEFAULT '',
  solved_at TEXT,
  solved_on TEXT CHECK (solved_on GLOB '????-??-??'),
  solution TEXT NOT NULL DEFAULT '',
  satisfied INTEGER CHECK (satisfied IN (0, 1)),
  UNIQUE (complaint_id, no),
  CHECK ((solved_at IS NULL) = (solved_on IS NULL)),
  CHECK (no = 1 OR reason <> '')
) STRICT;
CREATE UNIQUE INDEX complaint_round_open ON complaint_round (complaint_id) WHERE solved_at IS NULL;
CREATE INDEX complaint_round_solved ON complaint_round (solved_on) WHERE solved_on IS NOT NULL;
INSERT INTO complaint_round (complaint_id, no, opened_at, opened_on, opened_by, solved_at, solved_on, solution, satisfied)
  SELECT complaint.id, 1, recorded_at, complaint.business_date, recorded_by, closed_at, closed_on, solution, satisfied
  FROM complaint JOIN case_file ON case_file.id = complaint.case_id;
${endsOnce('complaint_round', 'OLD.solved_at IS NOT NULL')}
`

/** What a complaint is about, one row each; and which earlier one it repeats. */
const links = `
CREATE TABLE complaint_item (
  id INTEGER PRIMARY KEY,
  complaint_id INTEGER NOT NULL REFERENCES complaint (id),
  type TEXT NOT NULL CHECK (type IN ('sale_line', 'card', 'repair')),
  ref_id INTEGER NOT NULL,
  linked_at TEXT NOT NULL,
  linked_by INTEGER NOT NULL REFERENCES operator (id),
  unlinked_at TEXT,
  unlinked_by INTEGER REFERENCES operator (id),
  CHECK ((unlinked_at IS NULL) = (unlinked_by IS NULL))
) STRICT;
CREATE UNIQUE INDEX complaint_item_live ON complaint_item (complaint_id, type, ref_id) WHERE unlinked_at IS NULL;
CREATE INDEX complaint_item_ref ON complaint_item (type, ref_id, complaint_id) WHERE unlinked_at IS NULL;
INSERT INTO complaint_item (complaint_id, type, ref_id, linked_at, linked_by)
  SELECT id, 'sale_line', sale_line_id, recorded_at, recorded_by FROM complaint WHERE sale_line_id IS NOT NULL;
INSERT INTO complaint_item (complaint_id, type, ref_id, linked_at, linked_by)
  SELECT id, 'card', card_id, recorded_at, recorded_by FROM complaint WHERE card_id IS NOT NULL;
${endsOnce('complaint_item', 'OLD.unlinked_at IS NOT NULL')}

CREATE TABLE recomplaint (
  id INTEGER PRIMARY KEY,
  complaint_id INTEGER NOT NULL REFERENCES complaint (id),
  first_id INTEGER NOT NULL REFERENCES complaint (id),
  basis TEXT NOT NULL CHECK (basis IN ('item', 'customer', 'cause', 'by_hand')),
  days INTEGER NOT NULL CHECK (days >= 0),
  linked_at TEXT NOT NULL,
  linked_by INTEGER NOT NULL REFERENCES operator (id),
  dropped_at TEXT,
  dropped_by INTEGER REFERENCES operator (id),
  drop_reason TEXT,
  CHECK (complaint_id <> first_id),
  CHECK ((dropped_at IS NULL) = (dropped_by IS NULL) AND (dropped_at IS NULL) = (drop_reason IS NULL))
) STRICT;
CREATE UNIQUE INDEX recomplaint_live ON recomplaint (complaint_id) WHERE dropped_at IS NULL;
CREATE INDEX recomplaint_first ON recomplaint (first_id) WHERE dropped_at IS NULL;
${endsOnce('recomplaint', 'OLD.dropped_at IS NOT NULL')}

CREATE TABLE complaint_settings (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  recomplaint_days INTEGER NOT NULL CHECK (recomplaint_days BETWEEN 0 AND 366),
  by_customer INTEGER NOT NULL CHECK (by_customer IN (0, 1)),
  by_item INTEGER NOT NULL CHECK (by_item IN (0, 1)),
  by_cause INTEGER NOT NULL CHECK (by_cause IN (0, 1)),
  version INTEGER NOT NULL DEFAULT 1
) STRICT;
INSERT INTO complaint_settings (id, recomplaint_days, by_customer, by_item, by_cause) VALUES (1, 30, 1, 1, 1);
`

/** How to calm somebody down and what to say, per class and kind; the newest version holds. */
const guides = `
CREATE TABLE complaint_guide (
  id INTEGER PRIMARY KEY,
  subject TEXT NOT NULL CHECK (subject IN ('goods', 'service', 'price', 'safety', 'counterfeit', 'promotion', 'contract', 'metering', 'dignity', 'other', 'enquiry', 'opinion', 'staff_tip', 'exit_alarm', 'cashier_error')),
  body TEXT NOT NULL,
  note TEXT NOT NULL,
  written_at TEXT NOT NULL,
  written_by INTEGER NOT NULL REFERENCES operator (id)
) STRICT;
CREATE INDEX complaint_guide_subject ON complaint_guide (subject, id);
${appendOnly('complaint_guide')}
`

/** Whose turn it is: offered to somebody and answered; who helps; who was called and came. */
const people = `
CREATE TABLE case_hand_over (
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES case_file (id),
  from_id INTEGER NOT NULL REFERENCES operator (id),
  to_id INTEGER NOT NULL REFERENCES operator (id),
  reason TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('offered', 'accepted', 'declined', 'taken_back', 'lapsed')),
  offered_at TEXT NOT NULL,
  offered_by INTEGER NOT NULL REFERENCES operator (id),
  answered_at TEXT,
  answered_by INTEGER REFERENCES operator (id),
  answer TEXT NOT NULL DEFAULT '',
  CHECK (from_id <> to_id),
  CHECK ((state = 'offered') = (answered_at IS NULL) AND (answered_at IS NULL) = (answered_by IS NULL))
) STRICT;
CREATE UNIQUE INDEX case_hand_over_one ON case_hand_over (case_id) WHERE state = 'offered';
CREATE INDEX case_hand_over_to ON case_hand_over (to_id) WHERE state = 'offered';
CREATE INDEX case_hand_over_case ON case_hand_over (case_id, id);
${endsOnce('case_hand_over', "OLD.state <> 'offered'")}

CREATE TABLE case_second (
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES case_file (id),
  operator_id INTEGER NOT NULL REFERENCES operator (id),
  reason TEXT NOT NULL,
  since TEXT NOT NULL,
  asked_by INTEGER NOT NULL REFERENCES operator (id),
  until TEXT,
  ended_by INTEGER REFERENCES operator (id),
  CHECK ((until IS NULL) = (ended_by IS NULL))
) STRICT;
CREATE UNIQUE INDEX case_second_one ON case_second (case_id) WHERE until IS NULL;
CREATE INDEX case_second_operator ON case_second (operator_id) WHERE until IS NULL;
${endsOnce('case_second', 'OLD.until IS NOT NULL')}

CREATE TABLE duty_call (
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES case_file (id),
  manager_id INTEGER NOT NULL REFERENCES operator (id),
  reason TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('called', 'arrived', 'called_off')),
  called_at TEXT NOT NULL,
  called_by INTEGER NOT NULL REFERENCES operator (id),
  answered_at TEXT,
  answered_by INTEGER REFERENCES operator (id),
  CHECK ((state = 'called') = (answered_at IS NULL) AND (answered_at IS NULL) = (answered_by IS NULL))
) STRICT;
CREATE UNIQUE INDEX duty_call_one ON duty_call (case_id) WHERE state = 'called';
CREATE INDEX duty_call_waiting ON duty_call (manager_id) WHERE state = 'called';
CREATE INDEX duty_call_case ON duty_call (case_id, id);
${endsOnce('duty_call', "OLD.state <> 'called'")}
`

export const caseFiles = {
  version: 18,
  name: 'case-files',
  sql: [intake, rounds, links, guides, people].join('\n'),
}
