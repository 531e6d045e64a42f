/**
 * Exchanges: what comes back is a refund row that pays nothing out by itself, so that the index on returned units
 * keeps a unit from being refunded and exchanged; what goes out becomes a sale of the desk when it is handed over
 * (docs/decisions/0013-goods-given-out-are-a-sale-of-the-desk.md).
 */
const isDate = (column: string) => `${column} GLOB '????-??-??'`
const tenderKinds =
  "('cash', 'bank_card', 'alipay', 'wechat', 'stored_value', 'voucher', 'points', 'other')"

const tables = `
CREATE TABLE exchange (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  case_id INTEGER NOT NULL REFERENCES case_file (id),
  receipt_id INTEGER NOT NULL REFERENCES receipt (id),
  -- The sale of the desk, once the goods are given out, and the till's own receipt of the same, once it is matched.
  new_receipt_id INTEGER UNIQUE REFERENCES receipt (id),
  pos_receipt_id INTEGER REFERENCES receipt (id),
  state TEXT NOT NULL CHECK (state IN ('ordered', 'awaiting_handover', 'handed_over', 'void')),
  reception TEXT NOT NULL CHECK (reception IN ('awaited', 'received')),
  acceptance TEXT NOT NULL CHECK (acceptance IN ('owed', 'conceded')),
  business_date TEXT NOT NULL CHECK (${isDate('business_date')}),
  recorded_at TEXT NOT NULL,
  recorded_by INTEGER NOT NULL REFERENCES operator (id),
  reason TEXT NOT NULL CHECK (reason IN ('quality', 'size', 'preference', 'wrong_item', 'damaged', 'price', 'other')),
  note TEXT NOT NULL DEFAULT '',
  currency TEXT NOT NULL,
  credit INTEGER NOT NULL CHECK (credit >= 0),
  given INTEGER NOT NULL CHECK (given >= 0),
  -- Of cash paid back; what is collected in cash is rounded within the lines given.
  rounding INTEGER NOT NULL,
  -- Positive: the customer pays it; negative: it is paid back.
  difference INTEGER NOT NULL CHECK (difference = given - credit - rounding),
  approval_ids TEXT NOT NULL DEFAULT '[]',
  rights_id INTEGER,
  received_at TEXT,
  received_by INTEGER REFERENCES operator (id),
  handed_over_at TEXT,
  handed_over_on TEXT CHECK (${isDate('handed_over_on')}),
  handed_over_by INTEGER REFERENCES operator (id),
  voided_at TEXT,
  voided_on TEXT CHECK (${isDate('voided_on')}),
  voided_by INTEGER REFERENCES operator (id),
  void_reason TEXT,
  version INTEGER NOT NULL DEFAULT 1,
  short_no TEXT GENERATED ALWAYS AS (substr(number, -6)) VIRTUAL,
  CHECK ((state = 'handed_over') = (new_receipt_id IS NOT NULL)),
  CHECK ((state = 'void') = (voided_at IS NOT NULL)),
  CHECK ((reception = 'received') = (received_at IS NOT NULL))
) STRICT;
CREATE INDEX exchange_short_no ON exchange (short_no);
CREATE INDEX exchange_receipt ON exchange (receipt_id);
CREATE INDEX exchange_case ON exchange (case_id);
CREATE INDEX exchange_day ON exchange (business_date);
CREATE INDEX exchange_open ON exchange (recorded_at) WHERE state IN ('ordered', 'awaiting_handover');

CREATE TABLE exchange_line (
  id INTEGER PRIMARY KEY,
  exchange_id INTEGER NOT NULL REFERENCES exchange (id),
  line_no INTEGER NOT NULL,
  -- 0 once the goods are given out (the sale of the desk has them) or the exchange is void.
  live INTEGER NOT NULL DEFAULT 1 CHECK (live IN (0, 1)),
  product_id INTEGER REFERENCES product (id),
  sku TEXT NOT NULL DEFAULT '',
  barcode TEXT NOT NULL DEFAULT '',
  name TEXT NOT NULL,
  serial_no TEXT NOT NULL DEFAULT '',
  unit TEXT NOT NULL DEFAULT '',
  units INTEGER NOT NULL CHECK (units >= 1),
  replaces_line_id INTEGER REFERENCES sale_line (id),
  pricing TEXT NOT NULL CHECK (pricing IN ('kept', 'catalogue', 'typed')),
  list_amount INTEGER NOT NULL CHECK (list_amount >= 0),
  rate_discount INTEGER NOT NULL DEFAULT 0 CHECK (rate_discount >= 0),
  discount INTEGER NOT NULL DEFAULT 0 CHECK (discount >= 0),
  discount_reason TEXT NOT NULL DEFAULT '',
  rounding INTEGER NOT NULL DEFAULT 0,
  paid_amount INTEGER NOT NULL CHECK (paid_amount >= 0),
  new_line_id INTEGER REFERENCES sale_line (id),
  UNIQUE (exchange_id, line_no),
  CHECK (serial_no = '' OR units = 1)
) STRICT;
CREATE UNIQUE INDEX exchange_line_serial ON exchange_line (serial_no) WHERE live = 1 AND serial_no <> '';

CREATE TABLE exchange_serial (
  id INTEGER PRIMARY KEY,
  exchange_id INTEGER NOT NULL REFERENCES exchange (id),
  sale_line_id INTEGER NOT NULL REFERENCES sale_line (id),
  unit_no INTEGER NOT NULL CHECK (unit_no >= 1),
  sold_serial_no TEXT NOT NULL DEFAULT '',
  serial_no TEXT NOT NULL DEFAULT '',
  flag TEXT NOT NULL CHECK (flag IN ('match', 'mismatch', 'missing', 'unknown')),
  UNIQUE (exchange_id, sale_line_id, unit_no)
) STRICT;
CREATE INDEX exchange_serial_no ON exchange_serial (serial_no) WHERE serial_no <> '';

CREATE TABLE exchange_tender (
  id INTEGER PRIMARY KEY,
  exchange_id INTEGER NOT NULL REFERENCES exchange (id),
  -- Carried over from a payment of the old sale, set off against what the store owed beside it, or added now.
  role TEXT NOT NULL CHECK (role IN ('carried', 'offset', 'added')),
  from_tender_id INTEGER REFERENCES tender (id),
  kind TEXT NOT NULL CHECK (kind IN ${tenderKinds}),
  label TEXT NOT NULL DEFAULT '',
  reference TEXT NOT NULL DEFAULT '',
  amount INTEGER NOT NULL CHECK (amount > 0),
  gift_part INTEGER NOT NULL DEFAULT 0 CHECK (gift_part >= 0),
  tender_id INTEGER UNIQUE REFERENCES tender (id)
) STRICT;
CREATE INDEX exchange_tender_exchange ON exchange_tender (exchange_id);
CREATE INDEX exchange_tender_from ON exchange_tender (from_tender_id) WHERE from_tender_id IS NOT NULL;

CREATE TABLE exchange_figure (
  id INTEGER PRIMARY KEY,
  exchange_id INTEGER NOT NULL REFERENCES exchange (id),
  position INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('credit', 'goods', 'kept_price', 'rate_discount', 'discount', 'given', 'rounding', 'total')),
  amount INTEGER NOT NULL,
  detail TEXT NOT NULL DEFAULT '{}',
  UNIQUE (exchange_id, position)
) STRICT;

CREATE TABLE exchange_order (
  id INTEGER PRIMARY KEY,
  exchange_id INTEGER NOT NULL UNIQUE REFERENCES exchange (id),
  supplier TEXT NOT NULL DEFAULT '',
  due_at TEXT NOT NULL,
  due_on TEXT NOT NULL CHECK (${isDate('due_on')}),
  owner_id INTEGER NOT NULL REFERENCES operator (id),
  ordered_at TEXT NOT NULL,
  arrived_at TEXT,
  arrived_by INTEGER REFERENCES operator (id)
) STRICT;

CREATE TABLE exchange_settings (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  discount_policy TEXT NOT NULL CHECK (discount_policy IN ('none', 'same_rate')),
  goods_policy TEXT NOT NULL CHECK (goods_policy IN ('any', 'not_cheaper', 'same_family')),
  order_days INTEGER NOT NULL CHECK (order_days BETWEEN 1 AND 60),
  version INTEGER NOT NULL
) STRICT;
`

const additions = `
ALTER TABLE refund ADD COLUMN exchange_id INTEGER REFERENCES exchange (id);
CREATE UNIQUE INDEX refund_exchange ON refund (exchange_id) WHERE exchange_id IS NOT NULL;
-- 1: it left the old sale for the new one and is never paid out.
ALTER TABLE refund_tender ADD COLUMN carried INTEGER NOT NULL DEFAULT 0 CHECK (carried IN (0, 1));
-- The one batch of 'desk' stands for what the desk itself gave out.
ALTER TABLE import_batch ADD COLUMN source TEXT NOT NULL DEFAULT 'file' CHECK (source IN ('file', 'desk'));
CREATE UNIQUE INDEX import_batch_desk ON import_batch (source) WHERE source = 'desk';
`

const appendOnly = ['exchange_serial', 'exchange_figure'].map(
  (table) => `
CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;
CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`,
)

const neverDeleted = ['exchange', 'exchange_line', 'exchange_tender', 'exchange_order'].map(
  (table) => `
CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} rows are voided, never deleted'); END;`,
)

/** Figures stay as they were written; only the serial of ordered goods and the links to the new sale come later. */
const figuresStay = `
CREATE TRIGGER exchange_figures_stay
  BEFORE UPDATE OF number, receipt_id, currency, credit, given, rounding, difference ON exchange
  BEGIN SELECT RAISE(ABORT, 'the figures of an exchange stay'); END;
CREATE TRIGGER exchange_line_figures_stay
  BEFORE UPDATE OF exchange_id, units, list_amount, rate_discount, discount, rounding, paid_amount ON exchange_line
  BEGIN SELECT RAISE(ABORT, 'the figures of an exchange stay'); END;
CREATE TRIGGER exchange_tender_figures_stay
  BEFORE UPDATE OF exchange_id, role, from_tender_id, kind, label, reference, amount, gift_part ON exchange_tender
  BEGIN SELECT RAISE(ABORT, 'the figures of an exchange stay'); END;
`

export const exchanges = {
  version: 10,
  name: 'exchanges',
  sql: [tables, additions, ...appendOnly, ...neverDeleted, figuresStay].join('\n'),
}
