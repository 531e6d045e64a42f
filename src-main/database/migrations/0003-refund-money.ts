/**
 * Refund money: how each refund came to its amount (strip), what was kept from it, what went back another way than it
 * came, freight and the claims on carriers, price differences, and the store's own rules for tenders, cash and grades.
 */
const isDate = (column: string) => `${column} GLOB '????-??-??'`
const tenderKinds =
  "('cash', 'bank_card', 'alipay', 'wechat', 'stored_value', 'voucher', 'points', 'other')"

const additions = `
ALTER TABLE refund ADD COLUMN approval_ids TEXT NOT NULL DEFAULT '[]';
ALTER TABLE refund ADD COLUMN rights_id INTEGER;

ALTER TABLE refund_line ADD COLUMN fee_kind TEXT CHECK (fee_kind IN ('depreciation', 'grade', 'restock', 'daily'));
ALTER TABLE refund_line ADD COLUMN fee INTEGER NOT NULL DEFAULT 0 CHECK (fee >= 0);
ALTER TABLE refund_line ADD COLUMN fee_days INTEGER NOT NULL DEFAULT 0;
ALTER TABLE refund_line ADD COLUMN price_rise INTEGER NOT NULL DEFAULT 0 CHECK (price_rise >= 0);

ALTER TABLE refund_tender ADD COLUMN purpose TEXT NOT NULL DEFAULT 'goods' CHECK (purpose IN ('goods', 'expenses'));
ALTER TABLE refund_tender ADD COLUMN rounding INTEGER NOT NULL DEFAULT 0;
ALTER TABLE refund_tender ADD COLUMN gift_part INTEGER NOT NULL DEFAULT 0 CHECK (gift_part >= 0);
ALTER TABLE refund_tender ADD COLUMN paid_kind TEXT CHECK (paid_kind IN ${tenderKinds});
ALTER TABLE refund_tender ADD COLUMN paid_label TEXT NOT NULL DEFAULT '';
ALTER TABLE refund_tender ADD COLUMN needs TEXT CHECK (needs IN ('form', 'manager'));
ALTER TABLE refund_tender ADD COLUMN form_reason TEXT NOT NULL DEFAULT '';
`

const tables = `
CREATE TABLE refund_figure (
  id INTEGER PRIMARY KEY,
  refund_id INTEGER NOT NULL REFERENCES refund (id),
  position INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('list', 'discount', 'paid', 'before', 'price_rise', 'allowance', 'charge', 'depreciation', 'grade', 'restock', 'daily', 'gift', 'freight', 'test_fee', 'rounding', 'total')),
  amount INTEGER NOT NULL,
  detail TEXT NOT NULL DEFAULT '{}',
  UNIQUE (refund_id, position)
) STRICT;

CREATE TABLE refund_charge (
  id INTEGER PRIMARY KEY,
  refund_id INTEGER NOT NULL REFERENCES refund (id),
  sale_line_id INTEGER NOT NULL REFERENCES sale_line (id),
  amount INTEGER NOT NULL CHECK (amount > 0),
  UNIQUE (refund_id, sale_line_id)
) STRICT;
CREATE INDEX refund_charge_line ON refund_charge (sale_line_id);

CREATE TABLE refund_allowance (
  id INTEGER PRIMARY KEY,
  refund_id INTEGER NOT NULL REFERENCES refund (id),
  sale_line_id INTEGER NOT NULL REFERENCES sale_line (id),
  unit_no INTEGER NOT NULL CHECK (unit_no >= 1),
  amount INTEGER NOT NULL CHECK (amount > 0),
  UNIQUE (refund_id, sale_line_id, unit_no)
) STRICT;
CREATE INDEX refund_allowance_line ON refund_allowance (sale_line_id);

CREATE TABLE refund_gift (
  id INTEGER PRIMARY KEY,
  refund_id INTEGER NOT NULL REFERENCES refund (id),
  sale_line_id INTEGER REFERENCES sale_line (id),
  kind TEXT NOT NULL CHECK (kind IN ('gift', 'voucher', 'points')),
  name TEXT NOT NULL,
  value INTEGER NOT NULL CHECK (value >= 0),
  came_back INTEGER NOT NULL CHECK (came_back IN (0, 1)),
  kept INTEGER NOT NULL CHECK (kept >= 0)
) STRICT;
CREATE INDEX refund_gift_refund ON refund_gift (refund_id);

CREATE TABLE refund_cost (
  id INTEGER PRIMARY KEY,
  refund_id INTEGER NOT NULL REFERENCES refund (id),
  kind TEXT NOT NULL CHECK (kind IN ('freight', 'test_fee')),
  liable TEXT CHECK (liable IN ('store', 'carrier', 'vendor', 'customer', 'shared')),
  amount INTEGER NOT NULL CHECK (amount >= 0),
  paid_by TEXT NOT NULL CHECK (paid_by IN ('store', 'customer')),
  customer_amount INTEGER NOT NULL CHECK (customer_amount >= 0),
  store_amount INTEGER NOT NULL CHECK (store_amount >= 0),
  UNIQUE (refund_id, kind),
  CHECK (customer_amount + store_amount = amount)
) STRICT;

CREATE TABLE carrier_claim (
  id INTEGER PRIMARY KEY,
  refund_id INTEGER NOT NULL UNIQUE REFERENCES refund (id),
  case_id INTEGER NOT NULL REFERENCES case_file (id),
  carrier TEXT NOT NULL DEFAULT '',
  waybill TEXT NOT NULL DEFAULT '',
  currency TEXT NOT NULL,
  freight_amount INTEGER NOT NULL CHECK (freight_amount >= 0),
  goods_amount INTEGER NOT NULL CHECK (goods_amount >= 0),
  state TEXT NOT NULL CHECK (state IN ('open', 'settled', 'dropped')),
  opened_on TEXT NOT NULL CHECK (${isDate('opened_on')}),
  opened_at TEXT NOT NULL,
  opened_by INTEGER NOT NULL REFERENCES operator (id),
  closed_at TEXT,
  closed_by INTEGER REFERENCES operator (id),
  received_amount INTEGER CHECK (received_amount >= 0),
  note TEXT NOT NULL DEFAULT '',
  version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX carrier_claim_open ON carrier_claim (opened_on) WHERE state = 'open';
CREATE INDEX carrier_claim_case ON carrier_claim (case_id);

CREATE TABLE tender_gift (
  id INTEGER PRIMARY KEY,
  tender_id INTEGER NOT NULL UNIQUE REFERENCES tender (id),
  gift_amount INTEGER NOT NULL CHECK (gift_amount >= 0),
  recorded_at TEXT NOT NULL,
  recorded_by INTEGER NOT NULL REFERENCES operator (id)
) STRICT;

CREATE TABLE refund_settings (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  original_only INTEGER NOT NULL CHECK (original_only IN (0, 1)),
  ways TEXT NOT NULL,
  rounding_step TEXT NOT NULL CHECK (rounding_step IN ('none', 'jiao', 'yuan')),
  rounding_mode TEXT NOT NULL CHECK (rounding_mode IN ('half_up', 'down')),
  grades TEXT NOT NULL,
  version INTEGER NOT NULL
) STRICT;
`

const triggers = [
  ...[
    'refund_figure',
    'refund_charge',
    'refund_allowance',
    'refund_gift',
    'refund_cost',
    'tender_gift',
  ].map(
    (table) => `
CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;
CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`,
  ),
  `
CREATE TRIGGER carrier_claim_no_delete BEFORE DELETE ON carrier_claim BEGIN SELECT RAISE(ABORT, 'carrier_claim rows are dropped, never deleted'); END;`,
].join('')

export const refundMoney = {
  version: 3,
  name: 'refund-money',
  sql: [additions, tables, triggers].join('\n'),
}
