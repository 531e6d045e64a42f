/**
 * The first shape of a store's data. Amounts are integer minor units, quantities integer thousandths, instants
 * UTC ISO text, business dates `YYYY-MM-DD` text; codes that are names are TEXT so that leading zeros survive.
 */
const isDate = (column: string) => `${column} GLOB '????-??-??'`

const store = `
CREATE TABLE store_profile (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  name TEXT NOT NULL,
  store_code TEXT NOT NULL,
  desk_no TEXT NOT NULL CHECK (length(desk_no) = 4),
  province TEXT NOT NULL,
  city TEXT NOT NULL,
  address TEXT NOT NULL DEFAULT '',
  postcode TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL DEFAULT '',
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  time_zone TEXT NOT NULL,
  cutoff_minutes INTEGER NOT NULL CHECK (cutoff_minutes BETWEEN 0 AND 1439),
  language TEXT NOT NULL CHECK (language IN ('zh-CN', 'en')),
  paper_language TEXT NOT NULL CHECK (paper_language IN ('zh', 'en', 'bilingual')),
  idle_lock_minutes INTEGER NOT NULL CHECK (idle_lock_minutes BETWEEN 1 AND 480),
  is_demo INTEGER NOT NULL DEFAULT 0 CHECK (is_demo IN (0, 1)),
  version INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE operator (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  phone TEXT NOT NULL DEFAULT '',
  role TEXT NOT NULL CHECK (role IN ('clerk', 'floor_manager', 'store_manager', 'system')),
  pin_hash TEXT,
  failed_attempts INTEGER NOT NULL DEFAULT 0,
  locked_until TEXT,
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  version INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE command_log (
  request_id TEXT PRIMARY KEY,
  procedure TEXT NOT NULL,
  operator_id INTEGER REFERENCES operator (id),
  input_hash TEXT NOT NULL,
  result TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_log (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  actor_id INTEGER REFERENCES operator (id),
  action TEXT NOT NULL,
  subject_type TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  data TEXT NOT NULL,
  prev_hash TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX audit_log_subject ON audit_log (subject_type, subject_id);

CREATE TABLE document_counter (
  type TEXT NOT NULL,
  desk_no TEXT NOT NULL,
  business_date TEXT NOT NULL CHECK (${isDate('business_date')}),
  last_serial INTEGER NOT NULL CHECK (last_serial BETWEEN 0 AND 9999),
  PRIMARY KEY (type, desk_no, business_date)
) STRICT, WITHOUT ROWID;
`

const imports = `
CREATE TABLE import_profile (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('sales', 'returns', 'products', 'customers')),
  header_signature TEXT NOT NULL,
  mapping TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX import_profile_header ON import_profile (header_signature);

CREATE TABLE import_batch (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('sales', 'returns', 'products', 'customers')),
  file_name TEXT NOT NULL,
  file_size INTEGER NOT NULL,
  file_sha256 TEXT NOT NULL,
  encoding TEXT NOT NULL,
  delimiter TEXT NOT NULL,
  header_line INTEGER NOT NULL,
  mapping TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'finished', 'cancelled', 'failed')),
  operator_id INTEGER REFERENCES operator (id),
  started_at TEXT NOT NULL,
  finished_at TEXT,
  failure TEXT,
  rows_total INTEGER NOT NULL DEFAULT 0,
  rows_accepted INTEGER NOT NULL DEFAULT 0,
  rows_unchanged INTEGER NOT NULL DEFAULT 0,
  rows_skipped INTEGER NOT NULL DEFAULT 0,
  rows_rejected INTEGER NOT NULL DEFAULT 0,
  reject_file TEXT,
  summary TEXT NOT NULL DEFAULT '{}'
) STRICT;
CREATE INDEX import_batch_started ON import_batch (started_at);

CREATE TABLE import_reject (
  id INTEGER PRIMARY KEY,
  import_id INTEGER NOT NULL REFERENCES import_batch (id),
  line_no INTEGER NOT NULL,
  reason TEXT NOT NULL,
  detail TEXT NOT NULL DEFAULT '{}',
  raw TEXT NOT NULL
) STRICT;
CREATE INDEX import_reject_import ON import_reject (import_id, line_no);
`

const people = `
CREATE TABLE customer (
  id INTEGER PRIMARY KEY,
  member_no TEXT UNIQUE,
  name TEXT NOT NULL DEFAULT '',
  name_pinyin TEXT NOT NULL DEFAULT '',
  name_initials TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL DEFAULT '',
  phone_digits TEXT NOT NULL DEFAULT '',
  phone_tail TEXT NOT NULL DEFAULT '',
  address TEXT NOT NULL DEFAULT '',
  joined_on TEXT,
  points INTEGER,
  note TEXT NOT NULL DEFAULT '',
  import_id INTEGER REFERENCES import_batch (id),
  version INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX customer_phone ON customer (phone_digits) WHERE phone_digits <> '';
CREATE INDEX customer_phone_tail ON customer (phone_tail) WHERE phone_tail <> '';
CREATE INDEX customer_name ON customer (name);
CREATE INDEX customer_pinyin ON customer (name_pinyin) WHERE name_pinyin <> '';
CREATE INDEX customer_initials ON customer (name_initials) WHERE name_initials <> '';
`

const sales = `
CREATE TABLE product (
  id INTEGER PRIMARY KEY,
  sku TEXT NOT NULL UNIQUE,
  sku_key TEXT NOT NULL,
  barcode TEXT NOT NULL DEFAULT '',
  name TEXT NOT NULL,
  name_pinyin TEXT NOT NULL DEFAULT '',
  name_initials TEXT NOT NULL DEFAULT '',
  brand TEXT NOT NULL DEFAULT '',
  model TEXT NOT NULL DEFAULT '',
  category TEXT NOT NULL DEFAULT '',
  spec TEXT NOT NULL DEFAULT '',
  unit TEXT NOT NULL DEFAULT '',
  origin TEXT NOT NULL DEFAULT '',
  floor TEXT NOT NULL DEFAULT '',
  counter TEXT NOT NULL DEFAULT '',
  vendor TEXT NOT NULL DEFAULT '',
  serial_tracked INTEGER NOT NULL DEFAULT 0 CHECK (serial_tracked IN (0, 1)),
  list_price INTEGER,
  warranty_unit_months INTEGER CHECK (warranty_unit_months > 0),
  warranty_part_months INTEGER CHECK (warranty_part_months > 0),
  warranty_main_parts TEXT NOT NULL DEFAULT '',
  warranty_provider TEXT CHECK (warranty_provider IN ('maker', 'store', 'vendor')),
  warranty_provider_name TEXT NOT NULL DEFAULT '',
  warranty_provider_phone TEXT NOT NULL DEFAULT '',
  source TEXT NOT NULL CHECK (source IN ('catalogue', 'sale')),
  import_id INTEGER REFERENCES import_batch (id),
  version INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX product_sku_key ON product (sku_key);
CREATE INDEX product_barcode ON product (barcode) WHERE barcode <> '';
CREATE INDEX product_pinyin ON product (name_pinyin) WHERE name_pinyin <> '';
CREATE INDEX product_initials ON product (name_initials) WHERE name_initials <> '';

CREATE TABLE receipt (
  id INTEGER PRIMARY KEY,
  store_code TEXT NOT NULL,
  till TEXT NOT NULL,
  business_date TEXT NOT NULL CHECK (${isDate('business_date')}),
  receipt_no TEXT NOT NULL,
  receipt_key TEXT NOT NULL,
  receipt_key_reversed TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('sale', 'return')),
  sold_at TEXT NOT NULL,
  customer_id INTEGER REFERENCES customer (id),
  member_no TEXT NOT NULL DEFAULT '',
  cashier TEXT NOT NULL DEFAULT '',
  currency TEXT NOT NULL,
  total INTEGER NOT NULL,
  line_count INTEGER NOT NULL,
  original_receipt_id INTEGER REFERENCES receipt (id),
  content_hash TEXT NOT NULL,
  import_id INTEGER NOT NULL REFERENCES import_batch (id),
  UNIQUE (store_code, till, business_date, receipt_no, kind)
) STRICT;
CREATE INDEX receipt_by_key ON receipt (receipt_key, business_date);
CREATE INDEX receipt_by_tail ON receipt (receipt_key_reversed, business_date);
CREATE INDEX receipt_by_amount ON receipt (total, business_date);
CREATE INDEX receipt_by_customer ON receipt (customer_id, sold_at) WHERE customer_id IS NOT NULL;
CREATE INDEX receipt_by_original ON receipt (original_receipt_id) WHERE original_receipt_id IS NOT NULL;

CREATE TABLE sale_line (
  id INTEGER PRIMARY KEY,
  receipt_id INTEGER NOT NULL REFERENCES receipt (id),
  line_no INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('goods', 'non_goods', 'return', 'adjustment')),
  product_id INTEGER REFERENCES product (id),
  sku TEXT NOT NULL DEFAULT '',
  barcode TEXT NOT NULL DEFAULT '',
  -- The barcode where the line's product carries another or none: find looks products up first, so that an
  -- import need not write a second index entry for every line ever sold.
  stray_barcode TEXT,
  name TEXT NOT NULL,
  serial_no TEXT NOT NULL DEFAULT '',
  unit TEXT NOT NULL DEFAULT '',
  qty_milli INTEGER NOT NULL,
  units INTEGER NOT NULL CHECK (units >= 0),
  list_amount INTEGER NOT NULL,
  paid_amount INTEGER NOT NULL,
  promo TEXT NOT NULL DEFAULT '',
  floor TEXT NOT NULL DEFAULT '',
  counter TEXT NOT NULL DEFAULT '',
  vendor TEXT NOT NULL DEFAULT '',
  clerk TEXT NOT NULL DEFAULT '',
  original_line_id INTEGER REFERENCES sale_line (id),
  link_kind TEXT,
  file_amount TEXT,
  UNIQUE (receipt_id, line_no)
) STRICT;
CREATE INDEX sale_line_product ON sale_line (product_id, receipt_id) WHERE product_id IS NOT NULL;
CREATE INDEX sale_line_barcode ON sale_line (stray_barcode) WHERE stray_barcode IS NOT NULL;
CREATE INDEX sale_line_serial ON sale_line (serial_no) WHERE serial_no <> '';
CREATE INDEX sale_line_original ON sale_line (original_line_id) WHERE original_line_id IS NOT NULL;
CREATE INDEX sale_line_unlinked ON sale_line (receipt_id) WHERE kind = 'return' AND original_line_id IS NULL;

CREATE TABLE tender (
  id INTEGER PRIMARY KEY,
  receipt_id INTEGER NOT NULL REFERENCES receipt (id),
  kind TEXT NOT NULL CHECK (kind IN ('cash', 'bank_card', 'alipay', 'wechat', 'stored_value', 'voucher', 'points', 'other')),
  label TEXT NOT NULL DEFAULT '',
  amount INTEGER NOT NULL,
  reference TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX tender_receipt ON tender (receipt_id);

CREATE VIRTUAL TABLE product_grams USING fts5 (grams, content = '', contentless_delete = 1, detail = none);
CREATE VIRTUAL TABLE customer_grams USING fts5 (grams, content = '', contentless_delete = 1, detail = none);
`

const cards = `
CREATE TABLE card (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  receipt_id INTEGER NOT NULL REFERENCES receipt (id),
  customer_id INTEGER REFERENCES customer (id),
  state TEXT NOT NULL CHECK (state IN ('active', 'void')),
  business_date TEXT NOT NULL CHECK (${isDate('business_date')}),
  issued_at TEXT NOT NULL,
  issued_by INTEGER NOT NULL REFERENCES operator (id),
  consumer_name TEXT NOT NULL DEFAULT '',
  consumer_phone TEXT NOT NULL DEFAULT '',
  consumer_address TEXT NOT NULL DEFAULT '',
  consumer_postcode TEXT NOT NULL DEFAULT '',
  paper_language TEXT NOT NULL CHECK (paper_language IN ('zh', 'en', 'bilingual')),
  voided_at TEXT,
  voided_by INTEGER REFERENCES operator (id),
  void_reason TEXT,
  version INTEGER NOT NULL DEFAULT 1,
  short_no TEXT GENERATED ALWAYS AS (substr(number, -6)) VIRTUAL,
  consumer_phone_tail TEXT GENERATED ALWAYS AS (substr(consumer_phone, -4)) VIRTUAL
) STRICT;
CREATE INDEX card_short_no ON card (short_no);
CREATE INDEX card_phone_tail ON card (consumer_phone_tail) WHERE consumer_phone <> '';
CREATE INDEX card_consumer ON card (consumer_name) WHERE consumer_name <> '';
CREATE INDEX card_receipt ON card (receipt_id);
CREATE INDEX card_customer ON card (customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX card_day ON card (business_date);

CREATE TABLE card_line (
  id INTEGER PRIMARY KEY,
  card_id INTEGER NOT NULL REFERENCES card (id),
  sale_line_id INTEGER NOT NULL REFERENCES sale_line (id),
  unit_no INTEGER NOT NULL CHECK (unit_no >= 1),
  live INTEGER NOT NULL DEFAULT 1 CHECK (live IN (0, 1)),
  brand TEXT NOT NULL DEFAULT '',
  model TEXT NOT NULL DEFAULT '',
  name TEXT NOT NULL,
  serial_no TEXT NOT NULL DEFAULT '',
  batch_no TEXT NOT NULL DEFAULT '',
  origin TEXT NOT NULL DEFAULT '',
  paid_amount INTEGER NOT NULL,
  starts_on TEXT NOT NULL CHECK (${isDate('starts_on')}),
  installed_on TEXT CHECK (${isDate('installed_on')}),
  unit_months INTEGER NOT NULL CHECK (unit_months > 0),
  unit_ends_on TEXT NOT NULL CHECK (${isDate('unit_ends_on')}),
  part_months INTEGER CHECK (part_months > 0),
  part_ends_on TEXT CHECK (${isDate('part_ends_on')}),
  main_parts TEXT NOT NULL DEFAULT '',
  provider TEXT NOT NULL CHECK (provider IN ('maker', 'store', 'vendor')),
  provider_name TEXT NOT NULL DEFAULT '',
  provider_phone TEXT NOT NULL DEFAULT '',
  scope TEXT NOT NULL DEFAULT '',
  cost_bearer TEXT NOT NULL CHECK (cost_bearer IN ('maker', 'store', 'vendor', 'customer'))
) STRICT;
CREATE INDEX card_line_card ON card_line (card_id);
CREATE UNIQUE INDEX card_line_once ON card_line (sale_line_id, unit_no) WHERE live = 1;
CREATE INDEX card_line_serial ON card_line (serial_no) WHERE serial_no <> '';
`

const cases = `
CREATE TABLE case_file (
  id INTEGER PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
  business_date TEXT NOT NULL CHECK (${isDate('business_date')}),
  opened_at TEXT NOT NULL,
  opened_by INTEGER NOT NULL REFERENCES operator (id),
  owner_id INTEGER NOT NULL REFERENCES operator (id),
  receipt_id INTEGER REFERENCES receipt (id),
  customer_id INTEGER REFERENCES customer (id),
  closed_at TEXT,
  closed_on TEXT CHECK (${isDate('closed_on')}),
  version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX case_file_receipt ON case_file (receipt_id) WHERE receipt_id IS NOT NULL;
CREATE INDEX case_file_customer ON case_file (customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX case_file_open ON case_file (owner_id) WHERE state = 'open';
CREATE INDEX case_file_day ON case_file (business_date);
CREATE INDEX case_file_closed ON case_file (closed_on) WHERE closed_on IS NOT NULL;

CREATE TABLE case_event (
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES case_file (id),
  at TEXT NOT NULL,
  actor_id INTEGER NOT NULL REFERENCES operator (id),
  kind TEXT NOT NULL,
  data TEXT NOT NULL
) STRICT;
CREATE INDEX case_event_case ON case_event (case_id, id);

CREATE TABLE promise (
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES case_file (id),
  owner_id INTEGER NOT NULL REFERENCES operator (id),
  text TEXT NOT NULL,
  due_at TEXT NOT NULL,
  due_on TEXT NOT NULL CHECK (${isDate('due_on')}),
  state TEXT NOT NULL CHECK (state IN ('open', 'kept', 'broken')),
  settled_at TEXT,
  settled_by INTEGER REFERENCES operator (id),
  created_at TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX promise_case ON promise (case_id);
CREATE INDEX promise_open ON promise (due_at) WHERE state = 'open';
CREATE INDEX promise_due_on ON promise (due_on);
`

const refunds = `
CREATE TABLE refund (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  case_id INTEGER NOT NULL REFERENCES case_file (id),
  receipt_id INTEGER NOT NULL REFERENCES receipt (id),
  state TEXT NOT NULL CHECK (state IN ('recorded', 'void')),
  business_date TEXT NOT NULL CHECK (${isDate('business_date')}),
  recorded_at TEXT NOT NULL,
  recorded_by INTEGER NOT NULL REFERENCES operator (id),
  reason TEXT NOT NULL CHECK (reason IN ('quality', 'size', 'preference', 'wrong_item', 'damaged', 'price', 'other')),
  note TEXT NOT NULL DEFAULT '',
  currency TEXT NOT NULL,
  amount INTEGER NOT NULL CHECK (amount >= 0),
  voided_at TEXT,
  voided_on TEXT CHECK (${isDate('voided_on')}),
  voided_by INTEGER REFERENCES operator (id),
  void_reason TEXT,
  version INTEGER NOT NULL DEFAULT 1,
  short_no TEXT GENERATED ALWAYS AS (substr(number, -6)) VIRTUAL
) STRICT;
CREATE INDEX refund_short_no ON refund (short_no);
CREATE INDEX refund_receipt ON refund (receipt_id);
CREATE INDEX refund_case ON refund (case_id);
CREATE INDEX refund_day ON refund (business_date);

CREATE TABLE refund_line (
  id INTEGER PRIMARY KEY,
  refund_id INTEGER NOT NULL REFERENCES refund (id),
  sale_line_id INTEGER NOT NULL REFERENCES sale_line (id),
  units INTEGER NOT NULL CHECK (units >= 1),
  amount INTEGER NOT NULL CHECK (amount >= 0),
  condition TEXT NOT NULL CHECK (condition IN ('sealed', 'opened', 'used', 'faulty', 'damaged')),
  packaging_intact INTEGER NOT NULL CHECK (packaging_intact IN (0, 1)),
  UNIQUE (refund_id, sale_line_id)
) STRICT;
CREATE INDEX refund_line_sale_line ON refund_line (sale_line_id);

CREATE TABLE refund_tender (
  id INTEGER PRIMARY KEY,
  refund_id INTEGER NOT NULL REFERENCES refund (id),
  tender_id INTEGER REFERENCES tender (id),
  kind TEXT NOT NULL CHECK (kind IN ('cash', 'bank_card', 'alipay', 'wechat', 'stored_value', 'voucher', 'points', 'other')),
  label TEXT NOT NULL DEFAULT '',
  amount INTEGER NOT NULL CHECK (amount >= 0)
) STRICT;
CREATE INDEX refund_tender_refund ON refund_tender (refund_id);
CREATE INDEX refund_tender_tender ON refund_tender (tender_id) WHERE tender_id IS NOT NULL;

CREATE TABLE returned_unit (
  id INTEGER PRIMARY KEY,
  sale_line_id INTEGER NOT NULL REFERENCES sale_line (id),
  unit_no INTEGER NOT NULL CHECK (unit_no >= 1),
  amount INTEGER NOT NULL CHECK (amount >= 0),
  live INTEGER NOT NULL DEFAULT 1 CHECK (live IN (0, 1)),
  refund_id INTEGER REFERENCES refund (id),
  pos_return_line_id INTEGER REFERENCES sale_line (id),
  CHECK ((refund_id IS NULL) <> (pos_return_line_id IS NULL))
) STRICT;
CREATE UNIQUE INDEX returned_unit_once ON returned_unit (sale_line_id, unit_no) WHERE live = 1;
CREATE INDEX returned_unit_refund ON returned_unit (refund_id) WHERE refund_id IS NOT NULL;
CREATE INDEX returned_unit_pos ON returned_unit (pos_return_line_id) WHERE pos_return_line_id IS NOT NULL;
`

const complaints = `
CREATE TABLE complaint (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  case_id INTEGER NOT NULL REFERENCES case_file (id),
  class TEXT NOT NULL CHECK (class IN ('goods', 'service', 'price', 'safety', 'counterfeit', 'promotion', 'contract', 'metering', 'dignity', 'other')),
  text TEXT NOT NULL,
  solution TEXT NOT NULL DEFAULT '',
  solved_on_spot INTEGER NOT NULL CHECK (solved_on_spot IN (0, 1)),
  business_date TEXT NOT NULL CHECK (${isDate('business_date')}),
  recorded_at TEXT NOT NULL,
  recorded_by INTEGER NOT NULL REFERENCES operator (id),
  receipt_id INTEGER REFERENCES receipt (id),
  sale_line_id INTEGER REFERENCES sale_line (id),
  card_id INTEGER REFERENCES card (id),
  customer_id INTEGER REFERENCES customer (id),
  contact_name TEXT NOT NULL DEFAULT '',
  contact_phone TEXT NOT NULL DEFAULT '',
  floor TEXT NOT NULL DEFAULT '',
  counter TEXT NOT NULL DEFAULT '',
  vendor TEXT NOT NULL DEFAULT '',
  satisfied INTEGER CHECK (satisfied IN (0, 1)),
  version INTEGER NOT NULL DEFAULT 1,
  short_no TEXT GENERATED ALWAYS AS (substr(number, -6)) VIRTUAL,
  contact_phone_tail TEXT GENERATED ALWAYS AS (substr(contact_phone, -4)) VIRTUAL
) STRICT;
CREATE INDEX complaint_short_no ON complaint (short_no);
CREATE INDEX complaint_phone_tail ON complaint (contact_phone_tail) WHERE contact_phone <> '';
CREATE INDEX complaint_contact ON complaint (contact_name) WHERE contact_name <> '';
CREATE INDEX complaint_case ON complaint (case_id);
CREATE INDEX complaint_day ON complaint (business_date);
CREATE INDEX complaint_receipt ON complaint (receipt_id) WHERE receipt_id IS NOT NULL;
`

const papers = `
CREATE TABLE print_record (
  id INTEGER PRIMARY KEY,
  document TEXT NOT NULL CHECK (document IN ('card', 'refund_slip', 'day_report')),
  subject TEXT NOT NULL,
  format TEXT NOT NULL,
  copy_no INTEGER NOT NULL CHECK (copy_no >= 0),
  printed_at TEXT NOT NULL,
  printed_by INTEGER NOT NULL REFERENCES operator (id),
  UNIQUE (document, subject, copy_no)
) STRICT;
`

/** History can only grow: the database itself refuses to change or remove it. */
function appendOnly(...tables: string[]): string {
  return tables
    .map(
      (table) => `
CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;
CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`,
    )
    .join('')
}

function neverDeleted(...tables: string[]): string {
  return tables
    .map(
      (table) => `
CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} rows are voided, never deleted'); END;`,
    )
    .join('')
}

export const firstStore = {
  version: 1,
  name: 'first-store',
  sql: [
    store,
    imports,
    people,
    sales,
    cards,
    cases,
    refunds,
    complaints,
    papers,
    appendOnly(
      'audit_log',
      'command_log',
      'case_event',
      'refund_line',
      'refund_tender',
      'print_record',
    ),
    neverDeleted('operator', 'receipt', 'sale_line', 'tender', 'card', 'card_line', 'case_file'),
    neverDeleted('promise', 'refund', 'returned_unit', 'complaint'),
  ].join('\n'),
}
