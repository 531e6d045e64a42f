/**
 * Which goods fail, where and how: the fault of a case, units sold by week, findings and what was decided about them,
 * incidents that hold several cases together, goods taken out of sale, and goods authorities recalled or banned.
 */

/** History can only grow: the database itself refuses to change or remove it. */
const appendOnly = (table: string) => `
CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;
CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`

const neverDeleted = (table: string) => `
CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table}
  BEGIN SELECT RAISE(ABORT, '${table} rows are never deleted'); END;`

/** The newest row of a case holds; the fault '' says that the goods had none. */
const faults = `
CREATE TABLE case_fault (
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES case_file (id),
  fault TEXT NOT NULL,
  batch_no TEXT NOT NULL DEFAULT '',
  at TEXT NOT NULL,
  by INTEGER NOT NULL REFERENCES operator (id)
) STRICT;
CREATE INDEX case_fault_case ON case_fault (case_id, id);
${appendOnly('case_fault')}
`

/** Units sold by week (its Monday), counted once from each sale line; what a scan adds up. */
const sold = `
CREATE TABLE radar_sold (
  week TEXT NOT NULL CHECK (week GLOB '????-??-??'),
  product_id INTEGER NOT NULL REFERENCES product (id),
  counter TEXT NOT NULL,
  vendor TEXT NOT NULL,
  units INTEGER NOT NULL,
  PRIMARY KEY (week, product_id, counter, vendor)
) STRICT, WITHOUT ROWID;
CREATE TABLE radar_progress (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  line_id INTEGER NOT NULL
) STRICT;
INSERT INTO radar_progress (id, line_id) VALUES (1, 0);
`

const alerts = `
CREATE TABLE radar_alert (
  id INTEGER PRIMARY KEY,
  cell TEXT NOT NULL,
  dimension TEXT NOT NULL CHECK (dimension IN ('batch', 'product', 'style', 'brand', 'counter', 'vendor')),
  product_id INTEGER REFERENCES product (id),
  label TEXT NOT NULL,
  fault TEXT,
  level TEXT NOT NULL CHECK (level IN ('watch', 'alert', 'alarm')),
  failures INTEGER NOT NULL,
  sold INTEGER NOT NULL,
  expected_milli INTEGER NOT NULL,
  p_ppb INTEGER NOT NULL,
  rule_version TEXT NOT NULL,
  suggestion TEXT NOT NULL CHECK (suggestion IN ('watch', 'test_stock', 'notify_vendor', 'pull_from_sale')),
  case_ids TEXT NOT NULL,
  first_on TEXT NOT NULL CHECK (first_on GLOB '????-??-??'),
  last_on TEXT NOT NULL CHECK (last_on GLOB '????-??-??'),
  business_date TEXT NOT NULL CHECK (business_date GLOB '????-??-??'),
  raised_at TEXT NOT NULL,
  decision TEXT CHECK (decision IN ('watch', 'test_stock', 'notify_vendor', 'pull_from_sale', 'no_fault')),
  decision_note TEXT NOT NULL DEFAULT '',
  decided_at TEXT,
  decided_by INTEGER REFERENCES operator (id),
  version INTEGER NOT NULL DEFAULT 1,
  CHECK ((decision IS NULL) = (decided_at IS NULL) AND (decision IS NULL) = (decided_by IS NULL))
) STRICT;
CREATE UNIQUE INDEX radar_alert_once ON radar_alert (cell, level, first_on);
CREATE INDEX radar_alert_open ON radar_alert (id) WHERE decision IS NULL;
CREATE TRIGGER radar_alert_decided_once BEFORE UPDATE ON radar_alert WHEN OLD.decision IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'radar_alert is decided'); END;
${neverDeleted('radar_alert')}
`

const incidents = `
CREATE TABLE incident (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  product_id INTEGER REFERENCES product (id),
  goods TEXT NOT NULL,
  brand TEXT NOT NULL DEFAULT '',
  vendor TEXT NOT NULL DEFAULT '',
  batch_no TEXT NOT NULL DEFAULT '',
  fault TEXT,
  cell TEXT,
  state TEXT NOT NULL CHECK (state IN ('open', 'contained', 'closed')),
  owner_id INTEGER NOT NULL REFERENCES operator (id),
  business_date TEXT NOT NULL CHECK (business_date GLOB '????-??-??'),
  opened_at TEXT NOT NULL,
  opened_by INTEGER NOT NULL REFERENCES operator (id),
  closed_at TEXT,
  conclusion TEXT NOT NULL DEFAULT '',
  version INTEGER NOT NULL DEFAULT 1,
  CHECK ((state = 'closed') = (closed_at IS NOT NULL))
) STRICT;
CREATE INDEX incident_product ON incident (product_id) WHERE product_id IS NOT NULL;
${neverDeleted('incident')}

CREATE TABLE incident_case (
  id INTEGER PRIMARY KEY,
  incident_id INTEGER NOT NULL REFERENCES incident (id),
  case_id INTEGER NOT NULL REFERENCES case_file (id),
  added_at TEXT NOT NULL,
  added_by INTEGER NOT NULL REFERENCES operator (id),
  removed_at TEXT,
  removed_by INTEGER REFERENCES operator (id),
  remove_reason TEXT NOT NULL DEFAULT '',
  CHECK ((removed_at IS NULL) = (removed_by IS NULL))
) STRICT;
CREATE UNIQUE INDEX incident_case_live ON incident_case (case_id) WHERE removed_at IS NULL;
CREATE INDEX incident_case_of ON incident_case (incident_id, case_id);
CREATE TRIGGER incident_case_ends_once BEFORE UPDATE ON incident_case WHEN OLD.removed_at IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'incident_case is over'); END;
${neverDeleted('incident_case')}

CREATE TABLE incident_event (
  id INTEGER PRIMARY KEY,
  incident_id INTEGER NOT NULL REFERENCES incident (id),
  at TEXT NOT NULL,
  actor_id INTEGER NOT NULL REFERENCES operator (id),
  kind TEXT NOT NULL,
  data TEXT NOT NULL
) STRICT;
CREATE INDEX incident_event_of ON incident_event (incident_id, id);
${appendOnly('incident_event')}
`

/** 下架通知: goods out of sale, acknowledged counter by counter. */
const stops = `
CREATE TABLE sale_stop (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  incident_id INTEGER REFERENCES incident (id),
  product_id INTEGER REFERENCES product (id),
  goods TEXT NOT NULL,
  barcode TEXT NOT NULL DEFAULT '',
  model TEXT NOT NULL DEFAULT '',
  brand TEXT NOT NULL DEFAULT '',
  batch_no TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL,
  effective_on TEXT NOT NULL CHECK (effective_on GLOB '????-??-??'),
  state TEXT NOT NULL CHECK (state IN ('in_force', 'lifted')),
  business_date TEXT NOT NULL CHECK (business_date GLOB '????-??-??'),
  issued_at TEXT NOT NULL,
  issued_by INTEGER NOT NULL REFERENCES operator (id),
  lifted_at TEXT,
  lifted_by INTEGER REFERENCES operator (id),
  lift_reason TEXT NOT NULL DEFAULT '',
  version INTEGER NOT NULL DEFAULT 1,
  CHECK ((state = 'lifted') = (lifted_at IS NOT NULL) AND (lifted_at IS NULL) = (lifted_by IS NULL))
) STRICT;
${neverDeleted('sale_stop')}

CREATE TABLE sale_stop_counter (
  stop_id INTEGER NOT NULL REFERENCES sale_stop (id),
  counter TEXT NOT NULL,
  acknowledged_at TEXT,
  acknowledged_by INTEGER REFERENCES operator (id),
  person TEXT NOT NULL DEFAULT '',
  units INTEGER,
  PRIMARY KEY (stop_id, counter),
  CHECK ((acknowledged_at IS NULL) = (acknowledged_by IS NULL))
) STRICT, WITHOUT ROWID;
CREATE TRIGGER sale_stop_counter_once BEFORE UPDATE ON sale_stop_counter WHEN OLD.acknowledged_at IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'sale_stop_counter is acknowledged'); END;
${neverDeleted('sale_stop_counter')}
`

const recalls = `
CREATE TABLE recall (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('recall', 'ban')),
  authority TEXT NOT NULL,
  number TEXT NOT NULL,
  title TEXT NOT NULL,
  issued_on TEXT NOT NULL CHECK (issued_on GLOB '????-??-??'),
  barcode TEXT NOT NULL DEFAULT '',
  brand TEXT NOT NULL DEFAULT '',
  model TEXT NOT NULL DEFAULT '',
  batch_no TEXT NOT NULL DEFAULT '',
  duty TEXT NOT NULL DEFAULT '',
  source TEXT NOT NULL CHECK (source IN ('hand', 'file')),
  state TEXT NOT NULL CHECK (state IN ('in_force', 'withdrawn')),
  entered_at TEXT NOT NULL,
  entered_by INTEGER NOT NULL REFERENCES operator (id),
  withdrawn_at TEXT,
  withdrawn_by INTEGER REFERENCES operator (id),
  withdraw_reason TEXT NOT NULL DEFAULT '',
  version INTEGER NOT NULL DEFAULT 1,
  CHECK (barcode <> '' OR brand <> '' OR model <> ''),
  CHECK ((state = 'withdrawn') = (withdrawn_at IS NOT NULL) AND (withdrawn_at IS NULL) = (withdrawn_by IS NULL))
) STRICT;
CREATE UNIQUE INDEX recall_live ON recall (authority, number, barcode, brand, model, batch_no) WHERE state = 'in_force';
${neverDeleted('recall')}
`

export const qualityRadar = {
  version: 42,
  name: 'quality-radar',
  sql: [faults, sold, alerts, incidents, stops, recalls].join('\n'),
}
