/**
 * What the store settles with others than the customer: vendors (联营商) and carriers. Who they are and what the
 * contract says, the thread of a case with them, what they owe for it, and the lists that take it off their money.
 */
const appendOnly = (table: string) => `
CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;
CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`

const isDate = (column: string) => `${column} GLOB '????-??-??'`

/** Goods that come back or are mended bring the vendor their sale names. */
const ofSoldLine = (table: string) => `
CREATE TRIGGER vendor_of_${table} AFTER INSERT ON ${table} WHEN NEW.sale_line_id IS NOT NULL
  BEGIN
    INSERT INTO vendor (kind, name) SELECT 'vendor', sale_line.vendor FROM sale_line
      WHERE sale_line.id = NEW.sale_line_id AND sale_line.vendor <> ''
        AND NOT EXISTS (SELECT 1 FROM vendor WHERE kind = 'vendor' AND name = sale_line.vendor);
  END;`

/**
 * Whoever's name stands on goods is known without being typed: with the catalogue, which sales fill too, and with the
 * goods and complaints a case is about. Never with each line sold: an import would pay for it line by line. What the
 * contract says is written by hand, the newest version holds.
 */
const register = `
CREATE TABLE vendor (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('vendor', 'carrier')),
  name TEXT NOT NULL CHECK (name <> ''),
  UNIQUE (kind, name)
) STRICT;
CREATE TRIGGER vendor_no_delete BEFORE DELETE ON vendor BEGIN SELECT RAISE(ABORT, 'vendor rows are never deleted'); END;
INSERT OR IGNORE INTO vendor (kind, name) SELECT DISTINCT 'vendor', vendor FROM product WHERE vendor <> '';
INSERT OR IGNORE INTO vendor (kind, name) SELECT DISTINCT 'vendor', vendor FROM sale_line WHERE vendor <> '';
INSERT OR IGNORE INTO vendor (kind, name) SELECT DISTINCT 'carrier', carrier FROM carrier_claim WHERE carrier <> '';
CREATE TRIGGER vendor_of_product AFTER INSERT ON product WHEN NEW.vendor <> ''
  AND NOT EXISTS (SELECT 1 FROM vendor WHERE kind = 'vendor' AND name = NEW.vendor)
  BEGIN INSERT INTO vendor (kind, name) VALUES ('vendor', NEW.vendor); END;
CREATE TRIGGER vendor_of_changed_product AFTER UPDATE OF vendor ON product WHEN NEW.vendor <> ''
  AND NOT EXISTS (SELECT 1 FROM vendor WHERE kind = 'vendor' AND name = NEW.vendor)
  BEGIN INSERT INTO vendor (kind, name) VALUES ('vendor', NEW.vendor); END;
CREATE TRIGGER vendor_of_complaint AFTER INSERT ON complaint WHEN NEW.vendor <> ''
  AND NOT EXISTS (SELECT 1 FROM vendor WHERE kind = 'vendor' AND name = NEW.vendor)
  BEGIN INSERT INTO vendor (kind, name) VALUES ('vendor', NEW.vendor); END;
CREATE TRIGGER vendor_of_changed_complaint AFTER UPDATE OF vendor ON complaint WHEN NEW.vendor <> ''
  AND NOT EXISTS (SELECT 1 FROM vendor WHERE kind = 'vendor' AND name = NEW.vendor)
  BEGIN INSERT INTO vendor (kind, name) VALUES ('vendor', NEW.vendor); END;
${ofSoldLine('refund_line')}
${ofSoldLine('repair_item')}
CREATE TRIGGER vendor_of_carrier_claim AFTER INSERT ON carrier_claim WHEN NEW.carrier <> ''
  AND NOT EXISTS (SELECT 1 FROM vendor WHERE kind = 'carrier' AND name = NEW.carrier)
  BEGIN INSERT INTO vendor (kind, name) VALUES ('carrier', NEW.carrier); END;
CREATE INDEX product_vendor ON product (vendor) WHERE vendor <> '';
CREATE INDEX complaint_vendor ON complaint (vendor, business_date) WHERE vendor <> '';

CREATE TABLE vendor_terms (
  id INTEGER PRIMARY KEY,
  vendor_id INTEGER NOT NULL REFERENCES vendor (id),
  version INTEGER NOT NULL CHECK (version >= 1),
  contact TEXT NOT NULL,
  phone TEXT NOT NULL,
  address TEXT NOT NULL,
  contract_no TEXT NOT NULL,
  -- Ten-thousandths of the sales: 2500 is 25 %.
  deduction_rate INTEGER CHECK (deduction_rate BETWEEN 0 AND 10000),
  -- Day of the month on which the store pays; 31 is its last day.
  payment_day INTEGER CHECK (payment_day BETWEEN 1 AND 31),
  duties TEXT NOT NULL,
  -- Workdays of the store a notice may stay without an answer.
  response_days INTEGER NOT NULL CHECK (response_days BETWEEN 1 AND 90),
  -- What silence means: the contract takes it for a yes, or says nothing of it.
  silence TEXT NOT NULL CHECK (silence IN ('accepts', 'open')),
  -- Days after the damage within which a claim has to reach a carrier.
  claim_days INTEGER CHECK (claim_days BETWEEN 1 AND 3660),
  note TEXT NOT NULL,
  written_at TEXT NOT NULL,
  written_by INTEGER NOT NULL REFERENCES operator (id),
  UNIQUE (vendor_id, version)
) STRICT;
${appendOnly('vendor_terms')}
`

const states =
  "('drafted', 'sent', 'negotiating', 'escalated', 'disputed', 'agreed', 'deemed', 'ruled', 'withdrawn', 'reversed')"

/** The thread of a case with a vendor or carrier; beside it, never in it, stands the customer's. */
const claims = `
CREATE TABLE vendor_claim (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  case_id INTEGER NOT NULL REFERENCES case_file (id),
  vendor_id INTEGER NOT NULL REFERENCES vendor (id),
  kind TEXT NOT NULL CHECK (kind IN ('vendor', 'carrier')),
  carrier_claim_id INTEGER REFERENCES carrier_claim (id),
  state TEXT NOT NULL CHECK (state IN ${states}),
  goods TEXT NOT NULL,
  fault TEXT NOT NULL,
  asks TEXT NOT NULL,
  currency TEXT NOT NULL,
  asked_amount INTEGER NOT NULL CHECK (asked_amount >= 0),
  terms_version INTEGER NOT NULL CHECK (terms_version >= 0),
  silence TEXT NOT NULL CHECK (silence IN ('accepts', 'open')),
  business_date TEXT NOT NULL CHECK (${isDate('business_date')}),
  opened_at TEXT NOT NULL,
  opened_by INTEGER NOT NULL REFERENCES operator (id),
  sent_at TEXT,
  sent_on TEXT CHECK (${isDate('sent_on')}),
  reply_by TEXT CHECK (${isDate('reply_by')}),
  first_reply_at TEXT,
  ended_at TEXT,
  ended_on TEXT CHECK (${isDate('ended_on')}),
  version INTEGER NOT NULL DEFAULT 1,
  CHECK ((sent_at IS NULL) = (sent_on IS NULL) AND (sent_at IS NULL) = (reply_by IS NULL)),
  CHECK (state NOT IN ('sent', 'negotiating', 'escalated', 'disputed', 'deemed') OR sent_at IS NOT NULL)
) STRICT;
CREATE INDEX vendor_claim_case ON vendor_claim (case_id, id);
CREATE INDEX vendor_claim_vendor ON vendor_claim (vendor_id, id);
CREATE INDEX vendor_claim_open ON vendor_claim (reply_by, id) WHERE state IN ('drafted', 'sent', 'negotiating', 'escalated', 'disputed');
CREATE TRIGGER vendor_claim_no_delete BEFORE DELETE ON vendor_claim
  BEGIN SELECT RAISE(ABORT, 'vendor_claim rows are withdrawn, never deleted'); END;
CREATE TRIGGER vendor_claim_facts_stay BEFORE UPDATE ON vendor_claim
  WHEN (OLD.id, OLD.number, OLD.case_id, OLD.vendor_id, OLD.kind, OLD.currency, OLD.terms_version, OLD.silence, OLD.opened_at, OLD.opened_by)
    IS NOT (NEW.id, NEW.number, NEW.case_id, NEW.vendor_id, NEW.kind, NEW.currency, NEW.terms_version, NEW.silence, NEW.opened_at, NEW.opened_by)
  BEGIN SELECT RAISE(ABORT, 'vendor_claim keeps its facts'); END;

-- The units a claim is about. Live while it may still be charged, or is: nobody asks twice for one unit of a case.
CREATE TABLE vendor_claim_unit (
  id INTEGER PRIMARY KEY,
  claim_id INTEGER NOT NULL REFERENCES vendor_claim (id),
  case_id INTEGER NOT NULL REFERENCES case_file (id),
  kind TEXT NOT NULL CHECK (kind IN ('vendor', 'carrier')),
  sale_line_id INTEGER REFERENCES sale_line (id),
  unit_no INTEGER NOT NULL CHECK (unit_no >= 0),
  live INTEGER NOT NULL DEFAULT 1 CHECK (live IN (0, 1))
) STRICT;
CREATE INDEX vendor_claim_unit_claim ON vendor_claim_unit (claim_id);
CREATE UNIQUE INDEX vendor_claim_unit_once ON vendor_claim_unit (case_id, kind, coalesce(sale_line_id, 0), unit_no) WHERE live = 1;
CREATE TRIGGER vendor_claim_unit_no_delete BEFORE DELETE ON vendor_claim_unit
  BEGIN SELECT RAISE(ABORT, 'vendor_claim_unit rows end, they are never deleted'); END;
CREATE TRIGGER vendor_claim_unit_ends_once BEFORE UPDATE ON vendor_claim_unit
  WHEN OLD.live = 0 OR NEW.live = 1
    OR (OLD.id, OLD.claim_id, OLD.case_id, OLD.kind, OLD.sale_line_id, OLD.unit_no)
    IS NOT (NEW.id, NEW.claim_id, NEW.case_id, NEW.kind, NEW.sale_line_id, NEW.unit_no)
  BEGIN SELECT RAISE(ABORT, 'vendor_claim_unit can only end'); END;

-- Everything said and done in it.
CREATE TABLE vendor_claim_event (
  id INTEGER PRIMARY KEY,
  claim_id INTEGER NOT NULL REFERENCES vendor_claim (id),
  at TEXT NOT NULL,
  business_date TEXT NOT NULL CHECK (${isDate('business_date')}),
  actor_id INTEGER NOT NULL REFERENCES operator (id),
  action TEXT NOT NULL CHECK (action IN ('open', 'send', 'reply', 'offer', 'note', 'escalate', 'dispute', 'agree', 'deem', 'rule', 'withdraw', 'reverse')),
  said_by TEXT NOT NULL CHECK (said_by IN ('store', 'vendor')),
  person TEXT NOT NULL DEFAULT '',
  channel TEXT CHECK (channel IN ('in_person', 'phone', 'message', 'mail', 'letter', 'courier')),
  amount INTEGER CHECK (amount >= 0),
  text TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX vendor_claim_event_claim ON vendor_claim_event (claim_id, id);
${appendOnly('vendor_claim_event')}

-- How it ended in money, and who signed for it on both sides.
CREATE TABLE vendor_split (
  id INTEGER PRIMARY KEY,
  claim_id INTEGER NOT NULL UNIQUE REFERENCES vendor_claim (id),
  basis TEXT NOT NULL CHECK (basis IN ('agreed', 'deemed', 'ruled')),
  total INTEGER NOT NULL CHECK (total >= 0),
  vendor_amount INTEGER NOT NULL CHECK (vendor_amount >= 0),
  store_amount INTEGER NOT NULL CHECK (store_amount >= 0),
  signer TEXT NOT NULL,
  signature_sha256 TEXT REFERENCES evidence_file (sha256),
  on_paper INTEGER NOT NULL CHECK (on_paper IN (0, 1)),
  grounds TEXT NOT NULL,
  approval_id INTEGER REFERENCES approval (id),
  at TEXT NOT NULL,
  by INTEGER NOT NULL REFERENCES operator (id),
  CHECK (vendor_amount + store_amount = total),
  CHECK (basis <> 'agreed' OR (signer <> '' AND (on_paper = 1) = (signature_sha256 IS NULL))),
  CHECK (basis = 'agreed' OR grounds <> '')
) STRICT;
${appendOnly('vendor_split')}
`

/** What vendors owe. Nothing is ever changed: what was wrong is taken back by an entry of its own. */
const ledger = `
CREATE TABLE charge_back (
  id INTEGER PRIMARY KEY,
  vendor_id INTEGER NOT NULL REFERENCES vendor (id),
  claim_id INTEGER NOT NULL REFERENCES vendor_claim (id),
  kind TEXT NOT NULL CHECK (kind IN ('charge', 'reversal')),
  reverses_id INTEGER UNIQUE REFERENCES charge_back (id),
  amount INTEGER NOT NULL CHECK ((kind = 'charge' AND amount > 0) OR (kind = 'reversal' AND amount < 0)),
  currency TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  business_date TEXT NOT NULL CHECK (${isDate('business_date')}),
  at TEXT NOT NULL,
  by INTEGER NOT NULL REFERENCES operator (id),
  CHECK ((kind = 'reversal') = (reverses_id IS NOT NULL)),
  CHECK (kind = 'charge' OR reason <> '')
) STRICT;
CREATE UNIQUE INDEX charge_back_once ON charge_back (claim_id) WHERE kind = 'charge';
CREATE INDEX charge_back_vendor ON charge_back (vendor_id, id);
${appendOnly('charge_back')}
CREATE TRIGGER charge_back_reverses_whole BEFORE INSERT ON charge_back WHEN NEW.kind = 'reversal'
  AND NOT EXISTS (SELECT 1 FROM charge_back AS first WHERE first.id = NEW.reverses_id AND first.kind = 'charge'
    AND first.claim_id = NEW.claim_id AND first.vendor_id = NEW.vendor_id
    AND first.currency = NEW.currency AND first.amount + NEW.amount = 0)
  BEGIN SELECT RAISE(ABORT, 'a reversal takes back one charge whole'); END;

CREATE TABLE deduction_list (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  vendor_id INTEGER NOT NULL REFERENCES vendor (id),
  month TEXT NOT NULL CHECK (month GLOB '????-??'),
  currency TEXT NOT NULL,
  entries INTEGER NOT NULL CHECK (entries > 0),
  total INTEGER NOT NULL,
  closed_on TEXT NOT NULL CHECK (${isDate('closed_on')}),
  closed_at TEXT NOT NULL,
  closed_by INTEGER NOT NULL REFERENCES operator (id),
  UNIQUE (vendor_id, month)
) STRICT;
CREATE INDEX deduction_list_month ON deduction_list (month, id);
${appendOnly('deduction_list')}

CREATE TABLE deduction_list_entry (
  id INTEGER PRIMARY KEY,
  charge_back_id INTEGER NOT NULL UNIQUE REFERENCES charge_back (id),
  list_id INTEGER NOT NULL REFERENCES deduction_list (id),
  position INTEGER NOT NULL CHECK (position >= 1),
  UNIQUE (list_id, position)
) STRICT;
${appendOnly('deduction_list_entry')}
CREATE TRIGGER deduction_list_entry_of_vendor BEFORE INSERT ON deduction_list_entry
  WHEN (SELECT vendor_id FROM deduction_list WHERE id = NEW.list_id)
    IS NOT (SELECT vendor_id FROM charge_back WHERE id = NEW.charge_back_id)
  BEGIN SELECT RAISE(ABORT, 'a deduction list holds entries of its vendor'); END;
`

/** Parcels of a case, out to somebody or back to the store (domain.md §3.6 row 90). */
const shipments = `
CREATE TABLE shipment (
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES case_file (id),
  direction TEXT NOT NULL CHECK (direction IN ('to_customer', 'from_customer', 'to_vendor', 'from_vendor')),
  carrier TEXT NOT NULL,
  waybill TEXT NOT NULL CHECK (waybill <> ''),
  goods TEXT NOT NULL,
  sent_on TEXT NOT NULL CHECK (${isDate('sent_on')}),
  recorded_at TEXT NOT NULL,
  recorded_by INTEGER NOT NULL REFERENCES operator (id),
  arrived_on TEXT CHECK (${isDate('arrived_on')}),
  arrived_by INTEGER REFERENCES operator (id),
  arrival_note TEXT NOT NULL DEFAULT '',
  CHECK ((arrived_on IS NULL) = (arrived_by IS NULL))
) STRICT;
CREATE INDEX shipment_case ON shipment (case_id, id);
CREATE INDEX shipment_waybill ON shipment (waybill);
CREATE UNIQUE INDEX shipment_once ON shipment (case_id, direction, waybill);
CREATE TRIGGER shipment_arrives_once BEFORE UPDATE ON shipment
  WHEN OLD.arrived_on IS NOT NULL OR NEW.arrived_on IS NULL
    OR (OLD.id, OLD.case_id, OLD.direction, OLD.carrier, OLD.waybill, OLD.goods, OLD.sent_on, OLD.recorded_at, OLD.recorded_by)
    IS NOT (NEW.id, NEW.case_id, NEW.direction, NEW.carrier, NEW.waybill, NEW.goods, NEW.sent_on, NEW.recorded_at, NEW.recorded_by)
  BEGIN SELECT RAISE(ABORT, 'shipment can only arrive'); END;
CREATE TRIGGER shipment_no_delete BEFORE DELETE ON shipment
  BEGIN SELECT RAISE(ABORT, 'shipment rows are never deleted'); END;
`

export const vendors = {
  version: 40,
  name: 'vendors',
  sql: [register, claims, ledger, shipments].join('\n'),
}
