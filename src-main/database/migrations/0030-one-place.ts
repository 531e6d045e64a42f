/**
 * Each unit of a sale has one keeper: the customer, a repair, or the store's own routing (docs/goods.md). The triggers
 * refuse a second one, whichever room forgets to ask. A photo can show two items of one repair.
 */
const appendOnly = (table: string) => `
CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;
CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`

const states =
  "('at_desk', 'in_quarantine', 'for_vendor', 'in_repair', 'on_floor', 'with_vendor', 'scrapped', 'with_customer', 'back_in_repair')"
const destinations = "('floor', 'quarantine', 'vendor_return', 'repair', 'scrap')"

/**
 * What a repair has is never routed; a unit whose refund or exchange is void can go back to the repair it came from. A
 * CHECK cannot be changed in place: the rows move to tables that take the old names.
 */
const goods = `
CREATE TABLE goods_unit_next (
  id INTEGER PRIMARY KEY,
  tag TEXT NOT NULL UNIQUE,
  sale_line_id INTEGER NOT NULL REFERENCES sale_line (id),
  unit_no INTEGER NOT NULL CHECK (unit_no >= 1),
  name TEXT NOT NULL,
  serial_no TEXT NOT NULL DEFAULT '',
  qty_milli INTEGER NOT NULL CHECK (qty_milli >= 0),
  unit TEXT NOT NULL DEFAULT '',
  condition TEXT NOT NULL CHECK (condition IN ('sealed', 'opened', 'used', 'faulty', 'damaged')),
  category TEXT,
  floor TEXT NOT NULL DEFAULT '',
  counter TEXT NOT NULL DEFAULT '',
  vendor TEXT NOT NULL DEFAULT '',
  value INTEGER NOT NULL CHECK (value >= 0),
  currency TEXT NOT NULL,
  source_type TEXT NOT NULL CHECK (source_type IN ('refund', 'exchange')),
  source_id INTEGER NOT NULL,
  source_number TEXT NOT NULL,
  case_id INTEGER REFERENCES case_file (id),
  state TEXT NOT NULL CHECK (state IN ${states}),
  destination TEXT NOT NULL CHECK (destination IN ${destinations}),
  rule_id TEXT NOT NULL,
  live INTEGER NOT NULL CHECK (live IN (0, 1)),
  business_date TEXT NOT NULL CHECK (business_date GLOB '????-??-??'),
  received_at TEXT NOT NULL,
  received_by INTEGER NOT NULL REFERENCES operator (id),
  moved_at TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  CHECK (live = (state IN ('at_desk', 'in_quarantine', 'for_vendor', 'in_repair')))
) STRICT;
INSERT INTO goods_unit_next SELECT * FROM goods_unit;
CREATE TABLE goods_movement_next (
  id INTEGER PRIMARY KEY,
  goods_unit_id INTEGER NOT NULL REFERENCES goods_unit (id),
  at TEXT NOT NULL,
  business_date TEXT NOT NULL CHECK (business_date GLOB '????-??-??'),
  actor_id INTEGER NOT NULL REFERENCES operator (id),
  action TEXT NOT NULL CHECK (action IN ('receive', 'redirect', 'to_floor', 'to_quarantine', 'to_vendor', 'to_repair', 'to_scrap', 'vendor_took', 'vendor_sent_back', 'give_back', 'back_to_repair')),
  from_state TEXT CHECK (from_state IN ${states}),
  to_state TEXT NOT NULL CHECK (to_state IN ${states}),
  destination TEXT NOT NULL CHECK (destination IN ${destinations}),
  reason TEXT NOT NULL DEFAULT '',
  place TEXT NOT NULL DEFAULT '',
  approval_id INTEGER REFERENCES approval (id)
) STRICT;
INSERT INTO goods_movement_next SELECT * FROM goods_movement;
DROP TABLE goods_movement;
DROP TABLE goods_unit;
ALTER TABLE goods_unit_next RENAME TO goods_unit;
ALTER TABLE goods_movement_next RENAME TO goods_movement;
CREATE UNIQUE INDEX goods_unit_held_once ON goods_unit (sale_line_id, unit_no) WHERE live = 1;
CREATE INDEX goods_unit_source ON goods_unit (source_type, source_id);
CREATE INDEX goods_unit_number ON goods_unit (source_number);
CREATE INDEX goods_unit_state ON goods_unit (state, id);
CREATE INDEX goods_unit_serial ON goods_unit (serial_no) WHERE live = 1 AND serial_no <> '';
CREATE INDEX goods_movement_unit ON goods_movement (goods_unit_id);
CREATE TRIGGER goods_unit_no_delete BEFORE DELETE ON goods_unit
  BEGIN SELECT RAISE(ABORT, 'goods_unit is append-only'); END;
${appendOnly('goods_movement')}
`

const inRepair = (unit: string) => `EXISTS (
    SELECT 1 FROM repair_item
    WHERE sale_line_id = ${unit}.sale_line_id AND unit_no = ${unit}.unit_no
      AND reception IN ('received', 'with_repairer', 'back', 'ready'))`
const ofStore = (unit: string) => `(EXISTS (
    SELECT 1 FROM goods_unit WHERE sale_line_id = ${unit}.sale_line_id AND unit_no = ${unit}.unit_no AND live = 1)
    OR EXISTS (
    SELECT 1 FROM returned_unit WHERE sale_line_id = ${unit}.sale_line_id AND unit_no = ${unit}.unit_no AND live = 1
      AND refund_id IS NOT NULL))`

/** Refuses a row of a keeper while another has the unit, when it begins to and when it comes to again. */
function oneKeeper(table: string, change: string, begins: string, message: string): string {
  return ['INSERT', `UPDATE OF ${change}`]
    .map(
      (when, at) => `
CREATE TRIGGER ${table}_one_keeper_${at + 1} BEFORE ${when} ON ${table}
  WHEN ${begins}
  BEGIN SELECT RAISE(ABORT, '${message}'); END;`,
    )
    .join('\n')
}

const keepers = [
  oneKeeper('goods_unit', 'live', `NEW.live = 1 AND ${inRepair('NEW')}`, 'unit is in repair'),
  // What a till took back is written as it happened: a repair can still have it.
  oneKeeper(
    'returned_unit',
    'live',
    `NEW.live = 1 AND NEW.refund_id IS NOT NULL AND ${inRepair('NEW')}`,
    'unit is in repair',
  ),
  oneKeeper(
    'repair_item',
    'reception',
    `NEW.sale_line_id IS NOT NULL AND NEW.reception IN ('received', 'with_repairer', 'back', 'ready')
    AND ${ofStore('NEW')}`,
    'unit is with the store',
  ),
].join('\n')

/** One file in one role once under the same words; under others it shows something else. */
const attachments = `
DROP INDEX attachment_live;
CREATE UNIQUE INDEX attachment_live ON attachment (subject_type, subject_id, sha256, role, label)
  WHERE voided_at IS NULL;
`

export const onePlace = {
  version: 30,
  name: 'one-place',
  sql: [goods, keepers, attachments].join('\n'),
}
