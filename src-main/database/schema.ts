import type { Generated, GeneratedAlways } from 'kysely'

/**
 * The rows of the newest schema as Kysely sees them; `test/database/schema.test.ts` compares them with the tables
 * the migrations make.
 */

export interface StoreProfileTable {
  id: number
  name: string
  store_code: string
  desk_no: string
  province: string
  city: string
  address: Generated<string>
  postcode: Generated<string>
  phone: Generated<string>
  currency: string
  time_zone: string
  cutoff_minutes: number
  language: 'zh-CN' | 'en'
  paper_language: 'zh' | 'en' | 'bilingual'
  idle_lock_minutes: number
  is_demo: Generated<0 | 1>
  version: Generated<number>
  created_at: string
}

export interface OperatorTable {
  id: Generated<number>
  code: string
  name: string
  phone: Generated<string>
  role: 'clerk' | 'floor_manager' | 'store_manager' | 'system'
  pin_hash: string | null
  failed_attempts: Generated<number>
  locked_until: string | null
  active: Generated<0 | 1>
  version: Generated<number>
  created_at: string
}

export interface CommandLogTable {
  request_id: string
  procedure: string
  operator_id: number | null
  input_hash: string
  result: string
  at: string
}

export interface AuditLogTable {
  seq: Generated<number>
  at: string
  actor_id: number | null
  action: string
  subject_type: string
  subject_id: string
  data: string
  prev_hash: string
  hash: string
}

export interface DocumentCounterTable {
  type: string
  desk_no: string
  business_date: string
  last_serial: number
}

export interface ImportProfileTable {
  id: Generated<number>
  name: string
  kind: 'sales' | 'returns' | 'products' | 'customers'
  header_signature: string
  mapping: string
  version: Generated<number>
  created_at: string
}

export interface ImportBatchTable {
  id: Generated<number>
  kind: 'sales' | 'returns' | 'products' | 'customers'
  file_name: string
  file_size: number
  file_sha256: string
  encoding: string
  delimiter: string
  header_line: number
  mapping: string
  state: 'running' | 'finished' | 'cancelled' | 'failed'
  operator_id: number | null
  started_at: string
  finished_at: string | null
  failure: string | null
  rows_total: Generated<number>
  rows_accepted: Generated<number>
  rows_unchanged: Generated<number>
  rows_skipped: Generated<number>
  rows_rejected: Generated<number>
  reject_file: string | null
  summary: Generated<string>
  /** One batch of `desk` stands for what the desk itself gave out; it is no import. */
  source: Generated<'file' | 'desk'>
}

export interface ImportRejectTable {
  id: Generated<number>
  import_id: number
  line_no: number
  reason: string
  detail: Generated<string>
  raw: string
}

export interface CustomerTable {
  id: Generated<number>
  member_no: string | null
  name: Generated<string>
  name_pinyin: Generated<string>
  name_initials: Generated<string>
  phone: Generated<string>
  phone_digits: Generated<string>
  phone_tail: Generated<string>
  address: Generated<string>
  joined_on: string | null
  points: number | null
  note: Generated<string>
  import_id: number | null
  version: Generated<number>
  created_at: string
  /** As the store's club names it, e.g. 金卡; empty for none. */
  tier: Generated<string>
  /** `hand`: given by somebody here; the file's is not taken until it is given back. */
  tier_source: Generated<'import' | 'hand'>
  /** Who stands for both since they were found to be one person. */
  merged_into: number | null
  /** The person was erased; the row stays for what hangs on it. */
  erased_at: string | null
}

/** How a customer wants to be spoken to, or not at all. */
export interface CustomerContactRuleTable {
  id: Generated<number>
  customer_id: number
  channel: 'any' | 'phone' | 'message' | 'mail' | 'visit'
  rule: 'never' | 'prefers'
  /** Last day it holds; null until somebody ends it. */
  until: string | null
  note: Generated<string>
  set_at: string
  set_by: number
  ended_at: string | null
  ended_by: number | null
}

/** What helps with the next sale. */
export interface CustomerNoteTable {
  id: Generated<number>
  customer_id: number
  kind: 'preference' | 'size' | 'visit' | 'care'
  text: string
  case_id: number | null
  business_date: string
  written_at: string
  written_by: number
  ended_at: string | null
  ended_by: number | null
}

export interface CustomerGradeTable {
  id: Generated<number>
  customer_id: number
  before: string
  tier: string
  source: 'import' | 'hand'
  reason: Generated<string>
  given_at: string
  given_by: number | null
}

export interface CustomerReferralTable {
  id: Generated<number>
  customer_id: number
  referred_by: number
  note: Generated<string>
  said_at: string
  said_by: number
  ended_at: string | null
  ended_by: number | null
}

/** Which personal details the store asks for at all. */
export interface CustomerSettingsTable {
  id: number
  occupation: Generated<0 | 1>
  birth_year: Generated<0 | 1>
  gender: Generated<0 | 1>
  version: Generated<number>
}

export interface CustomerConsentWordingTable {
  version: Generated<number>
  wording: string
  written_at: string
  written_by: number
}

/** A personal detail with the consent it stands on; the value goes with the consent. */
export interface CustomerDetailTable {
  id: Generated<number>
  customer_id: number
  field: 'occupation' | 'birth_year' | 'gender'
  value: string
  wording_version: number
  agreed_how: 'signed' | 'spoken' | 'message'
  agreed_at: string
  taken_by: number
  ended_at: string | null
  ended_by: number | null
  end_cause: 'withdrawn' | 'replaced' | 'switched_off' | 'erased' | null
}

export interface CustomerMergeTable {
  id: Generated<number>
  survivor_id: number
  merged_id: number
  reason: string
  /** JSON list of fields taken from the merged one. */
  taken: string
  merged_at: string
  merged_by: number
  undone_at: string | null
  undone_by: number | null
  undo_reason: string | null
}

/** What a survivor's row said by itself, and what was put there for its merges; both JSON. */
export interface CustomerOwnTable {
  customer_id: Generated<number>
  own: string
  shown: string
}

export interface CustomerErasureTable {
  id: Generated<number>
  customer_id: number
  reason: string
  business_date: string
  erased_at: string
  asked_by: number
  confirmed_by: number
  summary: string
}

/** Keyed hash of a phone or member number of somebody who was erased. */
export interface ErasedKeyTable {
  hash: string
  kind: 'phone' | 'member'
  erasure_id: number
}

export interface ErasureSecretTable {
  id: number
  secret: string
}

export interface CustomerDistinctTable {
  lower_id: number
  higher_id: number
  said_at: string
  said_by: number
}

export interface ProductTable {
  id: Generated<number>
  sku: string
  sku_key: string
  barcode: Generated<string>
  name: string
  name_pinyin: Generated<string>
  name_initials: Generated<string>
  brand: Generated<string>
  model: Generated<string>
  category: Generated<string>
  spec: Generated<string>
  unit: Generated<string>
  origin: Generated<string>
  floor: Generated<string>
  counter: Generated<string>
  vendor: Generated<string>
  serial_tracked: Generated<0 | 1>
  list_price: number | null
  warranty_unit_months: number | null
  warranty_part_months: number | null
  warranty_main_parts: Generated<string>
  warranty_provider: 'maker' | 'store' | 'vendor' | null
  warranty_provider_name: Generated<string>
  warranty_provider_phone: Generated<string>
  source: 'catalogue' | 'sale'
  import_id: number | null
  version: Generated<number>
  created_at: string
}

export interface ReceiptTable {
  id: Generated<number>
  store_code: string
  till: string
  business_date: string
  receipt_no: string
  receipt_key: string
  kind: 'sale' | 'return'
  sold_at: string
  customer_id: number | null
  member_no: Generated<string>
  cashier: Generated<string>
  currency: string
  total: number
  line_count: number
  original_receipt_id: number | null
  content_hash: string
  import_id: number
}

/** Receipts by what they are looked for; see `sale-lookups.ts`. */
export interface ReceiptOfProductTable {
  product_id: number
  receipt_id: number
}

export interface ReceiptByTailTable {
  receipt_key_reversed: string
  business_date: string
  receipt_id: number
}

export interface ReceiptByAmountTable {
  total: number
  business_date: string
  receipt_id: number
}

/** The newest line and receipt the look-up tables know. */
export interface SaleLookupProgressTable {
  id: number
  line_id: number
  receipt_id: number
}

export interface SaleLineTable {
  id: Generated<number>
  receipt_id: number
  line_no: number
  kind: 'goods' | 'non_goods' | 'return' | 'adjustment'
  product_id: number | null
  sku: Generated<string>
  barcode: Generated<string>
  stray_barcode: string | null
  name: string
  serial_no: Generated<string>
  unit: Generated<string>
  qty_milli: number
  units: number
  list_amount: number
  paid_amount: number
  promo: Generated<string>
  floor: Generated<string>
  counter: Generated<string>
  vendor: Generated<string>
  clerk: Generated<string>
  original_line_id: number | null
  link_kind: string | null
  /** The exact decimal amount as the file wrote it, where it is finer than a minor unit; null otherwise. */
  file_amount: string | null
}

export interface TenderTable {
  id: Generated<number>
  receipt_id: number
  kind: 'cash' | 'bank_card' | 'alipay' | 'wechat' | 'stored_value' | 'voucher' | 'points' | 'other'
  label: Generated<string>
  amount: number
  reference: Generated<string>
}

export interface CardTable {
  id: Generated<number>
  number: string
  receipt_id: number
  customer_id: number | null
  state: 'active' | 'void'
  business_date: string
  issued_at: string
  issued_by: number
  consumer_name: Generated<string>
  consumer_phone: Generated<string>
  consumer_address: Generated<string>
  consumer_postcode: Generated<string>
  paper_language: 'zh' | 'en' | 'bilingual'
  voided_at: string | null
  voided_by: number | null
  void_reason: string | null
  version: Generated<number>
  /** Serial and check character of `number`, as clerks say them: computed by the database. */
  short_no: GeneratedAlways<string>
  consumer_phone_tail: GeneratedAlways<string>
}

export interface CardLineTable {
  id: Generated<number>
  card_id: number
  sale_line_id: number
  unit_no: number
  live: Generated<0 | 1>
  brand: Generated<string>
  model: Generated<string>
  name: string
  serial_no: Generated<string>
  batch_no: Generated<string>
  origin: Generated<string>
  paid_amount: number
  starts_on: string
  installed_on: string | null
  unit_months: number
  unit_ends_on: string
  part_months: number | null
  part_ends_on: string | null
  main_parts: Generated<string>
  provider: 'maker' | 'store' | 'vendor'
  provider_name: Generated<string>
  provider_phone: Generated<string>
  scope: Generated<string>
  cost_bearer: 'maker' | 'store' | 'vendor' | 'customer'
  /** Set when the unit was exchanged: the day, the handover's number, and the card that stands in for this one. */
  replaced_on: string | null
  replaced_under: Generated<string>
  replaced_by: number | null
}

export interface CaseFileTable {
  id: Generated<number>
  state: 'open' | 'closed'
  business_date: string
  opened_at: string
  opened_by: number
  owner_id: number
  receipt_id: number | null
  customer_id: number | null
  closed_at: string | null
  closed_on: string | null
  version: Generated<number>
}

export interface CaseEventTable {
  id: Generated<number>
  case_id: number
  at: string
  actor_id: number
  kind: string
  data: string
}

/** Who stands behind a case beside the customer; a cleared one stays as it was. */
export interface CaseRiskTable {
  id: Generated<number>
  case_id: number
  flag: 'media' | 'lawyer' | 'regulator' | 'injury'
  raised_at: string
  raised_by: number
  cleared_at: string | null
  cleared_by: number | null
}

export interface PromiseTable {
  id: Generated<number>
  case_id: number
  owner_id: number
  text: string
  due_at: string
  due_on: string
  state: 'open' | 'kept' | 'broken'
  settled_at: string | null
  settled_by: number | null
  created_at: string
  version: Generated<number>
  /** What it was given for; with none of them its case as a whole. */
  complaint_id: number | null
  repair_id: number | null
  exchange_id: number | null
}

export interface RefundTable {
  id: Generated<number>
  number: string
  case_id: number
  receipt_id: number
  state: 'recorded' | 'void'
  business_date: string
  recorded_at: string
  recorded_by: number
  reason: 'quality' | 'size' | 'preference' | 'wrong_item' | 'damaged' | 'price' | 'other'
  note: Generated<string>
  currency: string
  amount: number
  voided_at: string | null
  voided_on: string | null
  voided_by: number | null
  void_reason: string | null
  version: Generated<number>
  /** Serial and check character of `number`, as clerks say them: computed by the database. */
  short_no: GeneratedAlways<string>
  /** JSON list of the approvals it was recorded under. */
  approval_ids: Generated<string>
  rights_id: number | null
  /** The exchange whose returned side it is: never paid out by itself, and no refund of its own. */
  exchange_id: number | null
  /** Goods that came back, or a price difference for goods that stayed. */
  slip_kind: Generated<'return' | 'price_adjustment'>
  compensation: Generated<number>
}

export interface RefundLineTable {
  id: Generated<number>
  refund_id: number
  sale_line_id: number
  units: number
  amount: number
  condition: 'sealed' | 'opened' | 'used' | 'faulty' | 'damaged'
  packaging_intact: 0 | 1
  fee_kind: 'depreciation' | 'grade' | 'restock' | 'daily' | null
  fee: Generated<number>
  fee_days: Generated<number>
  price_rise: Generated<number>
}

export interface RefundTenderTable {
  id: Generated<number>
  refund_id: number
  tender_id: number | null
  kind: TenderTable['kind']
  label: Generated<string>
  amount: number
  purpose: Generated<'goods' | 'expenses'>
  rounding: Generated<number>
  gift_part: Generated<number>
  paid_kind: TenderTable['kind'] | null
  paid_label: Generated<string>
  needs: 'form' | 'manager' | null
  form_reason: Generated<string>
  /** It left the old sale for the new one and is not paid out. */
  carried: Generated<0 | 1>
}

export interface RefundFigureTable {
  id: Generated<number>
  refund_id: number
  position: number
  kind:
    | 'list'
    | 'discount'
    | 'paid'
    | 'before'
    | 'price_rise'
    | 'allowance'
    | 'charge'
    | 'depreciation'
    | 'grade'
    | 'restock'
    | 'daily'
    | 'gift'
    | 'freight'
    | 'test_fee'
    | 'rounding'
    | 'total'
  amount: number
  detail: Generated<string>
}

export interface RefundChargeTable {
  id: Generated<number>
  refund_id: number
  sale_line_id: number
  amount: number
}

export interface RefundAllowanceTable {
  id: Generated<number>
  refund_id: number
  sale_line_id: number
  unit_no: number
  amount: number
}

export interface RefundGiftTable {
  id: Generated<number>
  refund_id: number
  sale_line_id: number | null
  kind: 'gift' | 'voucher' | 'points'
  name: string
  value: number
  came_back: 0 | 1
  kept: number
}

export interface RefundCostTable {
  id: Generated<number>
  refund_id: number
  kind: 'freight' | 'test_fee'
  liable: 'store' | 'carrier' | 'vendor' | 'customer' | 'shared' | null
  amount: number
  paid_by: 'store' | 'customer'
  customer_amount: number
  store_amount: number
}

export interface CarrierClaimTable {
  id: Generated<number>
  refund_id: number
  case_id: number
  carrier: Generated<string>
  waybill: Generated<string>
  currency: string
  freight_amount: number
  goods_amount: number
  state: 'open' | 'settled' | 'dropped'
  opened_on: string
  opened_at: string
  opened_by: number
  closed_at: string | null
  closed_by: number | null
  received_amount: number | null
  note: Generated<string>
  version: Generated<number>
}

/** How much of a stored-value payment was the store's gift, where the till's file does not say. */
export interface TenderGiftTable {
  id: Generated<number>
  tender_id: number
  gift_amount: number
  recorded_at: string
  recorded_by: number
}

/** The store's rules for refund money; the usual ones hold while there is no row. */
export interface RefundSettingsTable {
  id: number
  original_only: 0 | 1
  ways: string
  rounding_step: 'none' | 'jiao' | 'yuan'
  rounding_mode: 'half_up' | 'down'
  grades: string
  version: number
}

export interface ReturnedUnitTable {
  id: Generated<number>
  sale_line_id: number
  unit_no: number
  amount: number
  live: Generated<0 | 1>
  refund_id: number | null
  pos_return_line_id: number | null
}

/** What comes back is its refund row, what goes out becomes the sale `new_receipt_id` when it is handed over. */
export interface ExchangeTable {
  id: Generated<number>
  number: string
  case_id: number
  receipt_id: number
  new_receipt_id: number | null
  /** The till's own receipt of the same exchange, once it is matched. */
  pos_receipt_id: number | null
  state: 'ordered' | 'awaiting_handover' | 'handed_over' | 'void'
  reception: 'awaited' | 'received'
  acceptance: 'owed' | 'conceded'
  business_date: string
  recorded_at: string
  recorded_by: number
  reason: RefundTable['reason']
  note: Generated<string>
  currency: string
  credit: number
  given: number
  /** Of cash paid back; what is collected in cash is rounded within the lines given. */
  rounding: number
  /** Positive: the customer pays it; negative: it is paid back. */
  difference: number
  approval_ids: Generated<string>
  rights_id: number | null
  received_at: string | null
  received_by: number | null
  handed_over_at: string | null
  handed_over_on: string | null
  handed_over_by: number | null
  voided_at: string | null
  voided_on: string | null
  voided_by: number | null
  void_reason: string | null
  version: Generated<number>
  /** Serial and check character of `number`, as clerks say them: computed by the database. */
  short_no: GeneratedAlways<string>
}

/** Goods that go out; `live` until they are a line of the desk's sale or the exchange is void. */
export interface ExchangeLineTable {
  id: Generated<number>
  exchange_id: number
  line_no: number
  live: Generated<0 | 1>
  product_id: number | null
  sku: Generated<string>
  barcode: Generated<string>
  name: string
  serial_no: Generated<string>
  unit: Generated<string>
  units: number
  replaces_line_id: number | null
  pricing: 'kept' | 'catalogue' | 'typed'
  list_amount: number
  rate_discount: Generated<number>
  discount: Generated<number>
  discount_reason: Generated<string>
  rounding: Generated<number>
  paid_amount: number
  new_line_id: number | null
  /** 2: ordered while the rest went out at once; it has a handover of its own. */
  part: Generated<1 | 2>
}

/** The serial number of a unit that came back, beside the one that was sold. */
export interface ExchangeSerialTable {
  id: Generated<number>
  exchange_id: number
  sale_line_id: number
  unit_no: number
  sold_serial_no: Generated<string>
  serial_no: Generated<string>
  flag: 'match' | 'mismatch' | 'missing' | 'unknown'
}

/** What pays for the goods that go out; `tender_id` is its row in the desk's sale. */
export interface ExchangeTenderTable {
  id: Generated<number>
  exchange_id: number
  role: 'carried' | 'offset' | 'added'
  from_tender_id: number | null
  kind: TenderTable['kind']
  label: Generated<string>
  reference: Generated<string>
  amount: number
  gift_part: Generated<number>
  tender_id: number | null
}

export interface ExchangeFigureTable {
  id: Generated<number>
  exchange_id: number
  position: number
  kind:
    | 'credit'
    | 'goods'
    | 'kept_price'
    | 'rate_discount'
    | 'discount'
    | 'given'
    | 'rounding'
    | 'total'
  amount: number
  detail: Generated<string>
}

/** Replacement goods that had to be ordered. */
export interface ExchangeOrderTable {
  id: Generated<number>
  exchange_id: number
  supplier: Generated<string>
  due_at: string
  due_on: string
  owner_id: number
  ordered_at: string
  arrived_at: string | null
  arrived_by: number | null
}

/** The store's own rules for exchanges; the usual ones hold while there is no row. */
export interface ExchangeSettingsTable {
  id: number
  discount_policy: 'none' | 'same_rate'
  goods_policy: 'any' | 'not_cheaper' | 'same_family'
  order_days: number
  version: number
}

/** 换货交接: open until the new goods are given, given until both have signed or a manager waived it in writing. */
export interface HandoverTable {
  id: Generated<number>
  number: string
  exchange_id: number
  /** Which goods of the exchange it hands over. */
  part: Generated<1 | 2>
  case_id: number
  state: 'open' | 'given' | 'signed' | 'waived' | 'void'
  business_date: string
  opened_at: string
  opened_by: number
  receiver: 'self' | 'family' | 'agent' | null
  receiver_name: Generated<string>
  receiver_phone: Generated<string>
  given_at: string | null
  /** First and last day of the new goods' term, where anything promises one. */
  restarts_on: string | null
  ends_on: string | null
  card_id: number | null
  closed_at: string | null
  closed_on: string | null
  closed_by: number | null
  version: Generated<number>
  /** Serial and check character of `number`, as clerks say them: computed by the database. */
  short_no: GeneratedAlways<string>
}

/** What came back with one unit; null until somebody looked. */
export interface HandoverBackTable {
  handover_id: number
  sale_line_id: number
  unit_no: number
  serial_no: Generated<string>
  card_number: Generated<string>
  goods: 'back' | 'missing' | null
  goods_reason: Generated<string>
  accessories: 'complete' | 'missing' | 'none' | null
  accessories_reason: Generated<string>
  card: 'back' | 'missing' | 'none' | null
  card_reason: Generated<string>
  manual: 'back' | 'missing' | 'none' | null
  manual_reason: Generated<string>
  invoice: 'stamped' | 'missing' | 'none' | null
  invoice_reason: Generated<string>
}

/** How one new unit was checked and what was given with it. */
export interface HandoverGivenTable {
  handover_id: number
  exchange_line_id: number
  unit_no: number
  serial_no: Generated<string>
  seal: 'opened_before_customer' | 'was_open' | 'none' | null
  seal_reason: Generated<string>
  appearance: 'sound' | 'flawed' | null
  appearance_reason: Generated<string>
  manual: 'given' | 'missing' | 'none' | null
  manual_reason: Generated<string>
  accessories: 'complete' | 'missing' | 'none' | null
  accessories_reason: Generated<string>
}

export interface HandoverSignatureTable {
  id: Generated<number>
  handover_id: number
  party: 'customer' | 'store'
  way: 'drawn' | 'paper'
  /** The drawing, by the hash of its file; null where it stands on the paper. */
  sha256: string | null
  at: string
  confirmed_by: number
}

/** A store manager's written waiver, with the exposure it was given for. */
export interface HandoverWaiverTable {
  id: Generated<number>
  handover_id: number
  at: string
  business_date: string
  asked_by: number
  reason: string
  amount: number
  currency: string
  exposures: string
  missing: string
  approval_ids: string
}

export interface HandoverEventTable {
  id: Generated<number>
  handover_id: number
  at: string
  actor_id: number
  action:
    | 'open'
    | 'goods_back'
    | 'papers_back'
    | 'new_checked'
    | 'give'
    | 'signature'
    | 'sign'
    | 'waive'
    | 'void'
  state: HandoverTable['state']
  data: string
}

export interface ComplaintTable {
  id: Generated<number>
  number: string
  case_id: number
  class:
    | 'goods'
    | 'service'
    | 'price'
    | 'safety'
    | 'counterfeit'
    | 'promotion'
    | 'contract'
    | 'metering'
    | 'dignity'
    | 'other'
  text: string
  solution: Generated<string>
  solved_on_spot: 0 | 1
  business_date: string
  recorded_at: string
  recorded_by: number
  receipt_id: number | null
  sale_line_id: number | null
  card_id: number | null
  customer_id: number | null
  contact_name: Generated<string>
  contact_phone: Generated<string>
  floor: Generated<string>
  counter: Generated<string>
  vendor: Generated<string>
  satisfied: 0 | 1 | null
  version: Generated<number>
  /** Serial and check character of `number`, as clerks say them: computed by the database. */
  short_no: GeneratedAlways<string>
  contact_phone_tail: GeneratedAlways<string>
  kind: Generated<
    'complaint' | 'enquiry' | 'opinion' | 'staff_tip' | 'exit_alarm' | 'cashier_error'
  >
  state: Generated<'open' | 'solved'>
  desired: Generated<string>
  demand: 'refund' | 'exchange' | 'repair' | 'compensation' | 'apology' | 'other' | null
  demand_amount: number | null
  currency: string | null
  mode: Generated<'on_site' | 'afterwards' | 'phone' | 'message' | 'letter' | 'authority'>
  severity: Generated<'slight' | 'ordinary' | 'serious'>
  complainant: Generated<'customer' | 'staff'>
  /** The contact's number without separators: what looks for the same customer compares. */
  contact_digits: Generated<string>
  product_id: number | null
  /** The customer said they will not come back. */
  says_leaving: Generated<0 | 1>
}

/** From being said to being solved; a complaint that comes up again has another round under its old number. */
export interface ComplaintRoundTable {
  id: Generated<number>
  complaint_id: number
  no: number
  opened_at: string
  opened_on: string
  opened_by: number
  reason: Generated<string>
  solved_at: string | null
  solved_on: string | null
  solution: Generated<string>
  /** Content or not; with points it follows from them. Null: not asked, or see `would_not_say`. */
  satisfied: 0 | 1 | null
  points: number | null
  would_not_say: Generated<0 | 1>
  satisfaction_reason: string | null
  satisfaction_note: Generated<string>
  retention: 'stays' | 'lost' | 'unknown' | null
  retention_reason: string | null
  retention_note: Generated<string>
  /** Null where it was solved before this was kept. */
  solved_by: number | null
}

/** A plan of follow-ups as the store wrote it; every version stays. */
export interface FollowupPlanTable {
  id: Generated<number>
  plan_id: string
  version: number
  /** JSON: `followUpPlan` in `followups/plan.ts`. */
  body: string
  in_use: 0 | 1
  note: Generated<string>
  written_at: string
  written_by: number
}

/** One customer to be contacted once, with the plan as it was when it was made. */
export interface FollowupTable {
  id: Generated<number>
  case_id: number
  complaint_id: number | null
  customer_id: number | null
  plan_id: string
  plan_version: number
  plan: string
  purpose:
    | 'after_reply'
    | 'installed'
    | 'thanks'
    | 'win_back'
    | 'maintenance'
    | 'upgrade'
    | 'contact'
  channel: 'phone' | 'message' | 'letter' | 'visit'
  step: number
  steps: number
  reason: Generated<string>
  owner_id: number
  floor: Generated<string>
  made_at: string
  made_by: number
  from_at: string
  late_after: string
  next_at: string
  next_on: string
  tries: Generated<number>
  state: 'waiting' | 'reached' | 'unreached' | 'called_off'
  result:
    | 'content'
    | 'not_content'
    | 'no_answer'
    | 'wrong_number'
    | 'not_to_be_called'
    | 'reopened'
    | 'erased'
    | 'merged'
    | 'called_off'
    | null
  ended_at: string | null
  ended_on: string | null
  ended_by: number | null
  end_note: Generated<string>
  version: Generated<number>
}

/** One try to reach a customer, and what came of it. */
export interface FollowupTryTable {
  id: Generated<number>
  followup_id: number
  no: number
  at: string
  business_date: string
  by_id: number
  channel: 'phone' | 'message' | 'letter' | 'visit'
  outcome:
    | 'content'
    | 'not_content'
    | 'no_answer'
    | 'wrong_number'
    | 'not_to_be_called'
    | 'postponed'
  answer: 'given' | 'not_asked' | 'would_not_say' | null
  points: number | null
  reason: string | null
  note: Generated<string>
  learnt_about: 'preference' | 'size' | 'need' | 'goods' | 'service' | 'price' | null
  learnt: Generated<string>
  next_at: string | null
}

/** Somebody who asked not to be contacted, by the print of their number. */
export interface ContactBanTable {
  id: Generated<number>
  phone_hash: string
  channel: 'any' | 'phone' | 'message' | 'letter' | 'visit'
  reason: string
  set_at: string
  set_by: number
  lifted_at: string | null
  lifted_by: number | null
  lift_reason: string | null
}

export interface FollowupSettingsTable {
  id: number
  call_from: number
  call_until: number
  on_holidays: 0 | 1
  version: Generated<number>
}

/** A sample of the cases that were closed on some days. */
export interface ReviewDrawTable {
  id: Generated<number>
  from_on: string
  until_on: string
  seed: string
  rule: string
  closed: number
  drawn_at: string
  drawn_by: number
}

/** One closed complaint that is read again by somebody else. */
export interface CaseReviewTable {
  id: Generated<number>
  draw_id: number
  complaint_id: number
  round_no: number
  case_id: number
  why: 'serious' | 'sample'
  floor: string
  class: string
  owner_id: number
  state: 'waiting' | 'in_order' | 'returned' | 'answered'
  answers: string | null
  notes: Generated<string>
  reviewed_at: string | null
  reviewed_by: number | null
  answer: Generated<string>
  answered_at: string | null
  answered_by: number | null
  version: Generated<number>
}

/** What a complaint is about beside its sale, one row each. */
export interface ComplaintItemTable {
  id: Generated<number>
  complaint_id: number
  type: 'sale_line' | 'card' | 'repair'
  ref_id: number
  linked_at: string
  linked_by: number
  unlinked_at: string | null
  unlinked_by: number | null
}

/** A complaint that repeats an earlier one, and why the desk thinks so. */
export interface RecomplaintTable {
  id: Generated<number>
  complaint_id: number
  first_id: number
  basis: 'item' | 'customer' | 'cause' | 'by_hand'
  days: number
  linked_at: string
  linked_by: number
  dropped_at: string | null
  dropped_by: number | null
  drop_reason: string | null
}

export interface ComplaintSettingsTable {
  id: number
  recomplaint_days: number
  by_customer: 0 | 1
  by_item: 0 | 1
  by_cause: 0 | 1
  version: Generated<number>
}

/** A version of what helps with a class or kind of complaint: steps and sentences in both languages, as JSON. */
export interface ComplaintGuideTable {
  id: Generated<number>
  subject:
    | 'goods'
    | 'service'
    | 'price'
    | 'safety'
    | 'counterfeit'
    | 'promotion'
    | 'contract'
    | 'metering'
    | 'dignity'
    | 'other'
    | 'enquiry'
    | 'opinion'
    | 'staff_tip'
    | 'exit_alarm'
    | 'cashier_error'
  body: string
  note: string
  written_at: string
  written_by: number
}

/** A case offered to somebody, and the answer. */
export interface CaseHandOverTable {
  id: Generated<number>
  case_id: number
  from_id: number
  to_id: number
  reason: string
  state: 'offered' | 'accepted' | 'declined' | 'taken_back' | 'lapsed'
  offered_at: string
  offered_by: number
  answered_at: string | null
  answered_by: number | null
  answer: Generated<string>
}

/** The second person on a hard case. */
export interface CaseSecondTable {
  id: Generated<number>
  case_id: number
  operator_id: number
  reason: string
  since: string
  asked_by: number
  until: string | null
  ended_by: number | null
}

/** The duty manager called to a case, and the arrival. */
export interface DutyCallTable {
  id: Generated<number>
  case_id: number
  manager_id: number
  reason: string
  state: 'called' | 'arrived' | 'called_off'
  called_at: string
  called_by: number
  answered_at: string | null
  answered_by: number | null
}

/** A message to a person or a role; answered once. */
export interface AlertTable {
  id: Generated<number>
  key: string
  kind: string
  severity: 'info' | 'urgent' | 'warning'
  to_operator_id: number | null
  to_role: 'clerk' | 'duty_manager' | 'floor_manager' | 'store_manager' | null
  floor: Generated<string>
  subject_type: string
  subject_id: string
  case_id: number | null
  params: Generated<string>
  raised_at: string
  raised_by: number | null
  answered_at: string | null
  answered_by: number | null
  answer: Generated<string>
}

export interface AlertSeenTable {
  alert_id: number
  operator_id: number
  seen_at: string
}

/** Who has the duty of a day and a floor: the last row. */
export interface DutyRosterTable {
  id: Generated<number>
  business_date: string
  floor: Generated<string>
  operator_id: number
  note: Generated<string>
  set_at: string
  set_by: number
}

/** The top's word on a case at risk. */
export interface TopDecisionTable {
  id: Generated<number>
  case_id: number
  text: string
  risk_ids: string
  demand_amount: Generated<number>
  rounds: number
  business_date: string
  decided_at: string
  decided_by: number
}

/** A case that is frozen for a court, an authority or a claim. */
export interface LegalHoldTable {
  id: Generated<number>
  case_id: number
  reason: string
  reference: string
  placed_at: string
  placed_by: number
  released_at: string | null
  released_by: number | null
  release_reason: Generated<string>
}

/** What was handed out of a case as evidence. */
export interface EvidencePackTable {
  id: Generated<number>
  number: string
  case_id: number
  reason: string
  masked: 0 | 1
  parts: string
  parts_hash: string
  pdf_hash: string
  pages: number
  audit_entries: number
  audit_head: string
  business_date: string
  made_at: string
  made_by: number
}

export interface CardBatchTable {
  id: Generated<number>
  format: 'A4' | 'A6'
  language: 'zh' | 'en' | 'bilingual' | null
  state: 'running' | 'done' | 'cancelled' | 'failed'
  asked_at: string
  asked_by: number
}

export interface CardBatchItemTable {
  batch_id: number
  position: number
  card_id: number
  print_id: number | null
  copy_no: number | null
}

export interface PrintRecordTable {
  id: Generated<number>
  document: string
  subject: string
  format: string
  copy_no: number
  round: Generated<number>
  printed_at: string
  printed_by: number
}

export interface PrinterTable {
  id: Generated<number>
  name: string
  kind: 'system' | 'escpos' | 'folder' | 'pdf'
  target: string
  options: string
  version: number
  created_at: string
  created_by: number
  retired_at: string | null
}

export interface PrintRouteTable {
  document: string
  format: string
  printer_id: number | null
  copies: number
  offset_x: number
  offset_y: number
  media_source: string
  sides: 'one' | 'long_edge' | 'short_edge'
  version: number
}

export interface PrintSettingsTable {
  id: number
  expiry_minutes: number
  version: number
}

export interface PrintJobTable {
  id: Generated<number>
  print_id: number | null
  printer_id: number
  document: string
  subject: string
  format: string
  copy_no: number
  pages: number
  copies: number
  offset_x: number
  offset_y: number
  media_source: string
  sides: 'one' | 'long_edge' | 'short_edge'
  state: 'queued' | 'sending' | 'sent' | 'unknown' | 'failed' | 'confirmed' | 'cancelled'
  trouble: string | null
  detail: string
  attempts: number
  reference: string | null
  spooled_at: string | null
  cleared_at: string | null
  queued_at: string
  changed_at: string
  created_at: string
  created_by: number
}

export interface PrintJobEventTable {
  id: Generated<number>
  job_id: number
  action: string
  state: string
  trouble: string | null
  detail: string
  printer_id: number
  at: string
  by: number | null
}

export interface ClockHoursTable {
  id: number
  weekdays: string
  days: string
  version: number
}

export interface CaseAnswerTable {
  id: Generated<number>
  case_id: number
  kind: 'heard' | 'plan'
  channel: 'phone' | 'in_person' | 'message' | 'letter'
  text: string
  answered_at: string
  answered_by: number
}

export interface ClockPauseTable {
  id: Generated<number>
  case_id: number
  reason: string
  note: string
  paused_at: string
  paused_by: number
  resumed_at: string | null
  resumed_by: number | null
  ends_at: string | null
}

export interface ClockRulesTable {
  version: Generated<number>
  body: string
  reason: string
  changed_at: string
  changed_by: number
}

export interface BoardChoiceTable {
  operator_id: Generated<number>
  floor: string | null
}

export interface ShiftHandoverTable {
  id: Generated<number>
  number: string
  desk_no: string
  business_date: string
  state: 'given' | 'accepted' | 'withdrawn'
  lists: string
  note: string
  given_at: string
  given_by: number
  settled_at: string | null
  settled_by: number | null
  remark: Generated<string>
  version: Generated<number>
}

export interface ShiftDiaryTable {
  id: Generated<number>
  desk_no: string
  business_date: string
  text: string
  written_at: string
  written_by: number
}

export interface ApprovalMatrixTable {
  version: Generated<number>
  goodwill_per_day: number
  high_value_from: number | null
  note: Generated<string>
  changed_at: string
  changed_by: number | null
}

export interface ApprovalLimitTable {
  id: Generated<number>
  matrix_version: number
  kind:
    | 'normal'
    | 'no_slip'
    | 'abnormal'
    | 'goodwill'
    | 'compensation'
    | 'high_value'
    | 'risk_flag'
    | 'other_tender'
  role: 'clerk' | 'floor_manager' | 'store_manager'
  up_to: number | null
}

export interface ApprovalTable {
  id: Generated<number>
  state: 'requested' | 'escalated' | 'granted' | 'denied' | 'void' | 'used'
  kinds: string
  amount: number
  currency: string
  subject_type: string
  subject_id: string
  subject_hash: string
  summary: string
  reason: Generated<string>
  case_id: number | null
  requested_by: number
  requested_at: string
  business_date: string
  level: 'clerk' | 'floor_manager' | 'store_manager'
  decided_by: number | null
  decided_at: string | null
  decided_role: 'clerk' | 'floor_manager' | 'store_manager' | null
  decision_note: Generated<string>
  used_at: string | null
  used_for_type: string | null
  used_for_id: string | null
  version: Generated<number>
  compensation: number | null
}

export interface ApprovalEventTable {
  id: Generated<number>
  approval_id: number
  at: string
  actor_id: number
  action: 'request' | 'grant' | 'deny' | 'escalate' | 'void' | 'use'
  state: ApprovalTable['state']
  level: 'clerk' | 'floor_manager' | 'store_manager'
  reason: Generated<string>
}

export interface OfferTable {
  id: Generated<number>
  at: string
  business_date: string
  recorded_by: number
  made_by: number | null
  made_by_name: Generated<string>
  kind: ApprovalLimitTable['kind']
  amount: number
  currency: string
  what: string
  to_whom: Generated<string>
  case_id: number | null
  needed_role: 'clerk' | 'floor_manager' | 'store_manager'
  maker_role: 'clerk' | 'floor_manager' | 'store_manager' | null
  authorised: 0 | 1
  matrix_version: number
}

export interface GoodwillEntryTable {
  id: Generated<number>
  at: string
  business_date: string
  operator_id: number
  amount: number
  currency: string
  what: string
  to_whom: Generated<string>
  case_id: number | null
  approval_id: number | null
}

/** What the desk decided a customer may have: facts, rules and answer, as they were. */
export interface RightsVerdictTable {
  id: Generated<number>
  receipt_id: number | null
  proof_set_id: number | null
  business_date: string
  decided_at: string
  decided_by: number
  content: string
  hash: string
}

/** A claim that was denied, with the grounds the customer was given. */
export interface ClaimRefusalTable {
  id: Generated<number>
  number: string
  case_id: number
  rights_id: number
  receipt_id: number | null
  sale_line_id: number | null
  goods: string
  units: number
  claim: 'refund' | 'exchange' | 'repair' | 'price_difference'
  reason: string
  statement: Generated<string>
  note: Generated<string>
  content: string
  customer_id: number | null
  contact_name: Generated<string>
  contact_phone: Generated<string>
  owner_id: number
  business_date: string
  recorded_at: string
  recorded_by: number
  /** Serial and check character of `number`, as clerks say them: computed by the database. */
  short_no: GeneratedAlways<string>
}

/** Proofs in place of a lost slip, taken together. */
export interface ProofSetTable {
  id: Generated<number>
  case_id: number
  receipt_id: number | null
  goods: string
  category: Generated<string>
  units: number
  paid_amount: number
  currency: string
  sold_on: string
  score: number
  strength: 'strong' | 'fair' | 'weak'
  approver: 'clerk' | 'floor_manager' | 'store_manager'
  note: Generated<string>
  customer_id: number | null
  contact_name: Generated<string>
  contact_phone: Generated<string>
  business_date: string
  recorded_at: string
  recorded_by: number
}

/** What head office is told, one line each; a range of it is the same whenever it is written. */
export interface HeadOfficeLineTable {
  seq: Generated<number>
  stream: 'ledger' | 'case' | 'day_close'
  key: string
  data: string
}

/** How far each source was read into the lines. */
export interface HeadOfficeProgressTable {
  source: string
  last_id: number
}

/** A range of the lines that was written for somebody. */
export interface HeadOfficeExportTable {
  id: Generated<number>
  target: string
  from_seq: number
  to_seq: number
  people: 'none' | 'masked' | 'full'
  reason: Generated<string>
  folder: string
  store: string
  desk_no: string
  state: 'begun' | 'finished'
  /** Hash of the manifest before it. */
  previous: string
  manifest_sha256: string | null
  begun_at: string
  begun_by: number
  finished_at: string | null
}

/** Public keys by which cards are checked; private keys are never in the database. */
export interface SealKeyTable {
  id: Generated<number>
  /** 32 bytes in hex. */
  public_key: string
  /** The key as it is given to other desks. */
  code: string
  role: 'signing' | 'retired' | 'known'
  store: string
  desk_no: string
  made_on: string
  void_from: string | null
  void_reason: Generated<string>
  added_at: string
  added_by: number
  version: Generated<number>
}

export interface ProofTable {
  id: Generated<number>
  proof_set_id: number
  kind:
    | 'signed_card'
    | 'member_record'
    | 'payment_bill'
    | 'serial_no'
    | 'barcode'
    | 'slip_photo'
    | 'staff_memory'
    | 'original_box'
  detail: string
  file_sha256: string | null
  standing: 'agrees' | 'alone' | 'contradicts'
  weight: number
}

/** A photo kept in the data folder under the hash of its bytes. */
export interface EvidenceFileTable {
  sha256: string
  media_type: 'image/jpeg' | 'image/png' | 'image/webp' | 'application/pdf'
  bytes: number
  name: string
  /** Pixels as coded; null for a PDF, and for photos kept before sizes were read. */
  width: number | null
  height: number | null
  /** 1 where something is written on it as a pad writes. */
  inked: Generated<0 | 1>
  stored_at: string
  stored_by: number
  /** It went with a person who was erased; the hash stays. */
  erased_at: string | null
}

export interface AttachmentTable {
  id: Generated<number>
  sha256: string
  /** As `subjectTypes` of the attachments' contract has it. */
  subject_type: string
  subject_id: number
  case_id: number | null
  role: 'photo' | 'signature' | 'document'
  label: Generated<string>
  business_date: string
  attached_at: string
  attached_by: number
  voided_at: string | null
  voided_by: number | null
  void_reason: string | null
}

export interface GoodsUnitTable {
  id: Generated<number>
  /** The text of its label. */
  tag: string
  sale_line_id: number
  unit_no: number
  name: string
  serial_no: Generated<string>
  qty_milli: number
  unit: Generated<string>
  condition: 'sealed' | 'opened' | 'used' | 'faulty' | 'damaged'
  category: string | null
  floor: Generated<string>
  counter: Generated<string>
  vendor: Generated<string>
  value: number
  currency: string
  source_type: 'refund' | 'exchange'
  source_id: number
  source_number: string
  case_id: number | null
  state:
    | 'at_desk'
    | 'in_quarantine'
    | 'for_vendor'
    | 'in_repair'
    | 'on_floor'
    | 'with_vendor'
    | 'scrapped'
    | 'with_customer'
    | 'back_in_repair'
  destination: 'floor' | 'quarantine' | 'vendor_return' | 'repair' | 'scrap'
  /** The rule of resources/goods/routing.json that proposed it. */
  rule_id: string
  /** 1 while the desk answers for it. */
  live: 0 | 1
  business_date: string
  received_at: string
  received_by: number
  moved_at: string
  version: Generated<number>
}

/** The custody log: who moved what, from where to where, when. */
export interface GoodsMovementTable {
  id: Generated<number>
  goods_unit_id: number
  at: string
  business_date: string
  actor_id: number
  action:
    | 'receive'
    | 'redirect'
    | 'to_floor'
    | 'to_quarantine'
    | 'to_vendor'
    | 'to_repair'
    | 'to_scrap'
    | 'vendor_took'
    | 'vendor_sent_back'
    | 'give_back'
    | 'back_to_repair'
  from_state: GoodsUnitTable['state'] | null
  to_state: GoodsUnitTable['state']
  destination: GoodsUnitTable['destination']
  reason: Generated<string>
  /** Shelf, or who took it. */
  place: Generated<string>
  approval_id: number | null
}

export interface PolicyVersionTable {
  id: Generated<number>
  rule_id: string
  version: number
  layer: 'chain' | 'store' | 'brand' | 'tier'
  jurisdiction: string
  effect: 'remedy' | 'term' | 'exclusion' | 'adjustment' | 'void' | 'exposure' | 'duty'
  /** The whole rule as JSON, as `policy/rule.ts` defines it. */
  rule: string
  valid_from: string
  valid_to: string | null
  enabled: 0 | 1
  origin: 'edit' | 'roll_back' | 'import'
  /** The version a roll-back went back to. */
  origin_version: number | null
  note: Generated<string>
  made_by: number
  made_at: string
}

export interface PolicyDecisionTable {
  id: Generated<number>
  rule_id: string
  version: number
  decision: 'signed' | 'withdrawn'
  /** Business date of the signature, or the first day the version no longer holds. */
  effective_on: string
  note: Generated<string>
  decided_by: number
  decided_at: string
}

export interface PolicyChoiceTable {
  id: Generated<number>
  effective_on: string
  country: string
  /** Null: where the store profile says it stands. */
  region: string | null
  /** JSON: profile group to chosen code. */
  profiles: string
  /** JSON: id of a shipped rule to on or off. */
  switches: string
  note: Generated<string>
  made_by: number
  made_at: string
}

/** Full-text index over the bigrams of a name or text; rowid is the id of the product, customer or complaint. */
export interface GramsTable {
  rowid: number
  grams: string
}

/** 典型案例: a case kept as an example. */
export interface LessonTable {
  id: Generated<number>
  complaint_id: number
  state: 'shown' | 'withdrawn'
  business_date: string
  marked_at: string
  marked_by: number
  withdrawn_at: string | null
  withdrawn_by: number | null
  withdraw_reason: string | null
  version: Generated<number>
}

/** Each wording of an example; the one of the lesson's version is shown. */
export interface LessonTextTable {
  lesson_id: number
  version: number
  title: string
  story: string
  handling: string
  takeaway: string
  written_at: string
  written_by: number
}

export interface PaperDesignTable {
  /** `sign`, or a kind of paper. */
  place: string
  version: number
  /** JSON. */
  design: string
  /** The earlier version it brings back. */
  restores: number | null
  changed_at: string
  changed_by: number
}

/** One payment of the POS that stands for one document of the desk. */
export interface PosSettlementTable {
  id: Generated<number>
  source_type: 'refund' | 'exchange' | 'repair' | 'voucher' | 'price_adjustment' | 'compensation'
  source_id: number
  direction: 'pay_out' | 'collect'
  how: 'number' | 'original' | 'by_hand' | 'typed'
  pos_number: string
  pos_key: string
  pos_till: Generated<string>
  pos_date: string
  receipt_id: number | null
  pos_amount: number | null
  why: string
  live: Generated<0 | 1>
  made_at: string
  made_by: number
  undone_at: string | null
  undone_by: number | null
  undo_reason: string | null
  /** The settlement that holds the receipt this one has a share of. */
  shares_id: number | null
}

/** One movement of money the POS is told to make. */
export interface PosInstructionTable {
  id: Generated<number>
  number: string
  direction: 'pay_out' | 'collect'
  source_type: PosSettlementTable['source_type']
  source_id: number
  source_number: string
  case_id: number | null
  receipt_id: number | null
  tender_kind: TenderTable['kind']
  tender_label: Generated<string>
  tender_reference: Generated<string>
  amount: number
  currency: string
  state: 'pending' | 'ambiguous' | 'settled' | 'cancelled'
  doubt: Generated<'none' | 'several' | 'amount_differs' | 'tender_differs'>
  business_date: string
  raised_at: string
  raised_by: number
  settlement_id: number | null
  settled_at: string | null
  settled_on: string | null
  settled_by: number | null
  cancelled_at: string | null
  cancelled_by: number | null
  cancel_reason: string | null
  version: Generated<number>
  /** Serial and check character of `number`, as clerks say them: computed by the database. */
  short_no: GeneratedAlways<string>
}

export interface PosInstructionEventTable {
  id: Generated<number>
  instruction_id: number
  at: string
  actor_id: number
  action: 'raise' | 'doubt' | 'clear' | 'settle' | 'confirm' | 'undo' | 'cancel'
  state: PosInstructionTable['state']
  data: string
}

/** Instructions a till's receipt names: the cashier scanned the slip. */
export interface TillMentionTable {
  receipt_id: number
  number: string
}

export interface PosExportTable {
  id: Generated<number>
  business_date: string
  sequence: number
  format: 'csv' | 'json'
  file_name: string
  folder: string
  rows: number
  sha256: string
  exported_at: string
  exported_by: number
}

export interface PosInstructionSettingsTable {
  id: number
  export_folder: string
  window_days: number
  version: number
}

/** A repair ticket: what a customer left together, with one pickup code. */
export interface RepairTable {
  id: Generated<number>
  number: string
  case_id: number
  state: Generated<'open' | 'closed'>
  customer_id: number | null
  contact_name: Generated<string>
  contact_phone: Generated<string>
  currency: string
  note: Generated<string>
  pickup_code: string
  wrong_codes: Generated<number>
  storage_days: number
  storage_fee: number
  signature_sha256: string | null
  business_date: string
  recorded_at: string
  recorded_by: number
  closed_at: string | null
  closed_on: string | null
  version: Generated<number>
  /** Serial and check character of `number`, as clerks say them: computed by the database. */
  short_no: GeneratedAlways<string>
  contact_phone_tail: GeneratedAlways<string>
}

export interface RepairItemTable {
  id: Generated<number>
  repair_id: number
  position: number
  kind: 'sold' | 'proven' | 'elsewhere'
  receipt_id: number | null
  sale_line_id: number | null
  unit_no: number | null
  card_id: number | null
  proof_set_id: number | null
  rights_id: number | null
  former_item_id: number | null
  is_refailure: Generated<0 | 1>
  name: string
  brand: Generated<string>
  model: Generated<string>
  category: Generated<string>
  serial_no: Generated<string>
  fault: string
  fault_code: string | null
  part: string | null
  appearance: Generated<string>
  reception:
    | 'expected'
    | 'received'
    | 'with_repairer'
    | 'back'
    | 'ready'
    | 'handed_back'
    | 'kept'
    | 'cancelled'
  acceptance: 'undecided' | 'free' | 'paid' | 'paid_consented' | 'declined'
  basis: 'rights' | 'repair_warranty' | 'bought_elsewhere' | null
  received_on: string | null
  ready_on: string | null
  ended_on: string | null
  outcome:
    | 'repaired'
    | 'unrepairable'
    | 'no_fault'
    | 'declined'
    | 'withdrawn'
    | 'replaced'
    | 'refunded'
    | null
  outcome_note: Generated<string>
  leads_to: 'exchange' | 'refund' | null
  remedy_number: string | null
  delayed_by: 'repairer' | 'other' | null
  warranty_days: number | null
  version: Generated<number>
}

export interface RepairAccessoryTable {
  id: Generated<number>
  item_id: number
  position: number
  name: string
  note: Generated<string>
  returned_at: string | null
}

/** Passwords and what is on a device; null once it is erased. */
export interface RepairPrivateNoteTable {
  id: Generated<number>
  item_id: number
  note: string | null
  kept_at: string
  erased_at: string | null
}

export interface RepairMovementTable {
  id: Generated<number>
  item_id: number
  at: string
  business_date: string
  actor_id: number
  action: string
  reception: string
  holder: 'desk' | 'vendor' | 'maker' | 'repairer' | 'workshop' | 'customer'
  holder_name: Generated<string>
  holder_contact: Generated<string>
  waybill: Generated<string>
  is_diagnosis: Generated<0 | 1>
  note: Generated<string>
}

export interface RepairWaitTable {
  id: Generated<number>
  item_id: number
  part: string
  started_on: string
  started_by: number
  ended_on: string | null
  ended_by: number | null
}

export interface RepairWorkTable {
  id: Generated<number>
  item_id: number
  at: string
  by: number
  actual_fault: string
  work: string
  done_by: Generated<string>
  minutes: Generated<number>
  hour_fee: Generated<number>
}

export interface RepairPartTable {
  id: Generated<number>
  work_id: number
  name: string
  part_no: Generated<string>
  serial_no: Generated<string>
}

export interface RepairFeeTable {
  id: Generated<number>
  work_id: number
  kind: 'material' | 'labour' | 'transport' | 'inspection' | 'other'
  text: Generated<string>
  amount: number
}

export interface RepairCheckTable {
  id: Generated<number>
  item_id: number
  at: string
  by: number
  result: 'ok' | 'not_ok' | 'given_up'
  note: Generated<string>
}

export interface RepairQuoteTable {
  id: Generated<number>
  item_id: number
  at: string
  by: number
  estimate: number
  limit_amount: number
  note: Generated<string>
  state: Generated<'open' | 'consented' | 'declined' | 'superseded'>
  answered_at: string | null
  answered_by: number | null
  consent_how: 'signed' | 'phone' | 'message' | null
  consent_by: Generated<string>
  signature_sha256: string | null
}

export interface RepairHandBackTable {
  id: Generated<number>
  repair_id: number
  at: string
  business_date: string
  by: number
  proof: 'code' | 'manager'
  approval_id: number | null
  whom: 'self' | 'family' | 'agent'
  name: string
  phone: Generated<string>
  identity: Generated<string>
  signature_sha256: string | null
  signed_on_paper: 0 | 1
}

export interface RepairHandBackItemTable {
  hand_back_id: number
  item_id: number
}

export interface RepairReminderTable {
  id: Generated<number>
  repair_id: number
  at: string
  business_date: string
  by: number
  how: 'phone' | 'message' | 'letter'
  note: Generated<string>
}

/** A unit the store lends while a customer's own is in repair. */
export interface LoanUnitTable {
  id: Generated<number>
  code: string
  name: string
  serial_no: Generated<string>
  condition: Generated<string>
  retired: Generated<0 | 1>
  created_at: string
  created_by: number
  version: Generated<number>
}

export interface RepairLoanTable {
  id: Generated<number>
  repair_id: number
  loan_unit_id: number
  out_at: string
  out_by: number
  out_condition: Generated<string>
  back_at: string | null
  back_by: number | null
  back_ok: 0 | 1 | null
  back_condition: Generated<string>
}

/** The store's numbers for repairs; the usual ones hold while there is no row. */
export interface RepairSettingsTable {
  id: number
  storage_days: number
  storage_fee: number
  warranty_days: number
  promise_days: number
  version: number
}

export interface VoucherTable {
  id: Generated<number>
  number: string
  /** Whoever has it has the money: it leaves the room on paper alone. */
  code: string
  state: 'active' | 'spent' | 'void' | 'lost'
  source_type: 'refund' | 'exchange' | 'repair' | 'price_adjustment' | 'goodwill' | 'loss'
  source_id: number | null
  source_number: Generated<string>
  case_id: number | null
  customer_id: number | null
  currency: string
  amount: number
  /** That of the last movement: kept by the database. */
  balance: Generated<number>
  is_named: 0 | 1
  holder_name: Generated<string>
  holder_phone: Generated<string>
  reason: Generated<string>
  business_date: string
  issued_at: string
  issued_by: number
  expires_on: string | null
  approval_id: number | null
  replaces_id: number | null
  version: Generated<number>
  short_no: GeneratedAlways<string>
  holder_phone_tail: GeneratedAlways<string>
}

export interface VoucherMovementTable {
  id: Generated<number>
  voucher_id: number
  seq: number
  kind:
    | 'issue'
    | 'redeem'
    | 'redeem_undo'
    | 'credit'
    | 'credit_undo'
    | 'cash_out'
    | 'cash_out_undo'
    | 'extend'
    | 'loss'
    | 'void'
  amount: number
  balance: number
  at: string
  business_date: string
  actor_id: number
  desk_no: string
  ref_type:
    | 'receipt'
    | 'exchange'
    | 'refund'
    | 'repair'
    | 'price_adjustment'
    | 'goodwill'
    | 'voucher'
    | 'instruction'
    | null
  ref_number: Generated<string>
  reason: Generated<string>
  approval_id: number | null
  redemption_id: number | null
}

export interface VoucherRedemptionTable {
  id: Generated<number>
  voucher_id: number
  movement_id: number
  for_type: 'receipt' | 'exchange'
  for_number: string
  till: Generated<string>
  receipt_date: string | null
  receipt_key: Generated<string>
  amount: number
  live: Generated<0 | 1>
}

export interface VoucherSettingsTable {
  id: number
  issuer: 'legal_person' | 'other'
  expiry_months: number | null
  gift_expiry_months: number | null
  give_back: 'credit' | 'new_voucher'
  version: number
  cash_out_up_to: number | null
}

/** What was found out about a complaint before anything is decided. */
export interface InvestigationTable {
  id: Generated<number>
  complaint_id: number
  case_id: number
  state: 'open' | 'decided'
  cause: Generated<string>
  analysis: Generated<string>
  fault: 'none' | 'looks' | 'function' | 'both' | 'no_goods' | null
  finding: 'founded' | 'partly' | 'unfounded' | 'unclear' | null
  opinion: Generated<string>
  opened_at: string
  opened_by: number
  decided_at: string | null
  decided_by: number | null
  version: Generated<number>
}

export interface InvestigationFactTable {
  id: Generated<number>
  investigation_id: number
  fact: string
  state: 'settled' | 'skipped'
  text: string
  at: string
  by: number
}

export interface TestCertificateTable {
  id: Generated<number>
  investigation_id: number
  case_id: number
  laboratory: string
  number: string
  tested_on: string
  result: 'fault' | 'no_fault' | 'unknown'
  summary: Generated<string>
  fee: number
  currency: string
  paid_by: 'store' | 'customer'
  bearer: 'store' | 'customer' | 'shared'
  bearer_reason: Generated<string>
  sha256: string | null
  at: string
  by: number
  voided_at: string | null
  voided_by: number | null
  void_reason: string | null
}

/** What the customer paid because of a complaint. */
export interface CustomerOutlayTable {
  id: Generated<number>
  investigation_id: number
  case_id: number
  kind: 'repair' | 'travel' | 'postage' | 'test' | 'medical' | 'other'
  what: string
  amount: number
  currency: string
  paid_on: string
  certificate_id: number | null
  sha256: string | null
  at: string
  by: number
  voided_at: string | null
  voided_by: number | null
  void_reason: string | null
}

/** What a case costs the customer besides money. */
export interface CustomerEffortTable {
  id: Generated<number>
  investigation_id: number
  case_id: number
  kind: 'visit' | 'call' | 'wait'
  minutes: number
  note: Generated<string>
  business_date: string
  at: string
  by: number
}

/** Who is liable for how much; the shares of a sealed split sum to its total. */
export interface LiabilitySplitTable {
  id: Generated<number>
  investigation_id: number
  case_id: number
  total: number
  currency: string
  note: Generated<string>
  sealed: Generated<0 | 1>
  live: Generated<0 | 1>
  at: string
  by: number
}

export interface LiabilityShareTable {
  id: Generated<number>
  split_id: number
  case_id: number
  party: 'store' | 'vendor' | 'carrier' | 'maker' | 'customer'
  party_name: Generated<string>
  weight: number
  amount: number
}

/** How a complaint is settled, from the first proposal to the last item carried out. */
export interface SettlementTable {
  id: Generated<number>
  number: string
  complaint_id: number
  case_id: number
  state: 'offered' | 'declined' | 'escalated' | 'agreed' | 'executed' | 'failed' | 'void'
  round: Generated<number>
  level: 'clerk' | 'floor_manager' | 'store_manager'
  currency: string
  approved: number
  approval_id: number | null
  option_id: number | null
  agreed_at: string | null
  executor_id: number | null
  promised_at: string | null
  business_date: string
  proposed_at: string
  proposed_by: number
  closed_at: string | null
  closed_by: number | null
  close_reason: Generated<string>
  version: Generated<number>
  short_no: GeneratedAlways<string>
}

export interface SettlementOptionTable {
  id: Generated<number>
  settlement_id: number
  round: number
  no: number
  title: string
}

export interface SettlementItemTable {
  id: Generated<number>
  settlement_id: number
  option_id: number
  no: number
  kind:
    | 'refund'
    | 'exchange'
    | 'repair'
    | 'voucher'
    | 'price_adjustment'
    | 'compensation'
    | 'reimbursement'
    | 'goodwill'
    | 'apology'
    | 'other'
  what: Generated<string>
  amount: number
  borne_by: 'store' | 'vendor' | 'carrier' | 'maker' | 'customer'
  borne_name: Generated<string>
  pay_how: 'cash' | 'bank_card' | 'alipay' | 'wechat' | 'voucher' | null
  outlay_id: number | null
}

export interface SettlementAnswerTable {
  settlement_id: number
  round: number
  accepts: 0 | 1
  option_id: number | null
  channel: 'on_site' | 'phone' | 'message' | 'letter' | 'visit'
  words: Generated<string>
  sha256: string | null
  at: string
  by: number
}

export interface SettlementExecutionTable {
  id: Generated<number>
  settlement_id: number
  item_id: number
  proof_type: 'refund' | 'exchange' | 'repair' | 'voucher' | 'compensation' | 'letter' | 'note'
  proof_id: number | null
  proof_number: Generated<string>
  note: Generated<string>
  sha256: string | null
  business_date: string
  at: string
  by: number
  voided_at: string | null
  voided_by: number | null
  void_reason: string | null
}

/** Money beyond what was paid for the goods, apart from refunds. */
export interface CompensationTable {
  id: Generated<number>
  number: string
  settlement_id: number
  item_id: number
  complaint_id: number
  case_id: number
  kind: 'compensation' | 'reimbursement' | 'goodwill'
  what: Generated<string>
  amount: number
  currency: string
  borne_by: 'store' | 'vendor' | 'carrier' | 'maker' | 'customer'
  borne_name: Generated<string>
  paid_how: 'cash' | 'bank_card' | 'alipay' | 'wechat' | 'voucher'
  outlay_id: number | null
  voucher_id: number | null
  business_date: string
  at: string
  by: number
  voided_at: string | null
  voided_by: number | null
  void_reason: string | null
  short_no: GeneratedAlways<string>
}

export interface ApologyLetterTable {
  id: Generated<number>
  number: string
  complaint_id: number
  case_id: number
  language: 'zh' | 'en' | 'bilingual'
  addressee: Generated<string>
  body_zh: Generated<string>
  body_en: Generated<string>
  signer_id: number
  signer_title: string
  business_date: string
  at: string
  by: number
  voided_at: string | null
  voided_by: number | null
  void_reason: string | null
}

/** The fault of a case; the newest row holds, an empty fault says the goods had none. */
export interface CaseFaultTable {
  id: Generated<number>
  case_id: number
  fault: string
  batch_no: Generated<string>
  at: string
  by: number
}

/** Units sold by week (its Monday). */
export interface RadarSoldTable {
  week: string
  product_id: number
  counter: string
  vendor: string
  units: number
}

/** The last sale line that is counted in `radar_sold`. */
export interface RadarProgressTable {
  id: number
  line_id: number
}

/** A finding of the radar as it was raised, and what was decided. */
export interface RadarAlertTable {
  id: Generated<number>
  cell: string
  dimension: 'batch' | 'product' | 'style' | 'brand' | 'counter' | 'vendor'
  product_id: number | null
  label: string
  fault: string | null
  level: 'watch' | 'alert' | 'alarm'
  failures: number
  sold: number
  expected_milli: number
  p_ppb: number
  rule_version: string
  suggestion: 'watch' | 'test_stock' | 'notify_vendor' | 'pull_from_sale'
  case_ids: string
  first_on: string
  last_on: string
  business_date: string
  raised_at: string
  decision: 'watch' | 'test_stock' | 'notify_vendor' | 'pull_from_sale' | 'no_fault' | null
  decision_note: Generated<string>
  decided_at: string | null
  decided_by: number | null
  version: Generated<number>
}

/** Several cases of one matter. */
export interface IncidentTable {
  id: Generated<number>
  number: string
  title: string
  product_id: number | null
  goods: string
  brand: Generated<string>
  vendor: Generated<string>
  batch_no: Generated<string>
  fault: string | null
  cell: string | null
  state: 'open' | 'contained' | 'closed'
  owner_id: number
  business_date: string
  opened_at: string
  opened_by: number
  closed_at: string | null
  conclusion: Generated<string>
  version: Generated<number>
}

export interface IncidentCaseTable {
  id: Generated<number>
  incident_id: number
  case_id: number
  added_at: string
  added_by: number
  removed_at: string | null
  removed_by: number | null
  remove_reason: Generated<string>
}

export interface IncidentEventTable {
  id: Generated<number>
  incident_id: number
  at: string
  actor_id: number
  kind: string
  data: string
}

/** 下架通知: goods out of sale. */
export interface SaleStopTable {
  id: Generated<number>
  number: string
  incident_id: number | null
  product_id: number | null
  goods: string
  barcode: Generated<string>
  model: Generated<string>
  brand: Generated<string>
  batch_no: Generated<string>
  reason: string
  effective_on: string
  state: 'in_force' | 'lifted'
  business_date: string
  issued_at: string
  issued_by: number
  lifted_at: string | null
  lifted_by: number | null
  lift_reason: Generated<string>
  version: Generated<number>
}

export interface SaleStopCounterTable {
  stop_id: number
  counter: string
  acknowledged_at: string | null
  acknowledged_by: number | null
  person: Generated<string>
  units: number | null
}

/** Goods an authority recalled or banned. */
export interface RecallTable {
  id: Generated<number>
  kind: 'recall' | 'ban'
  authority: string
  number: string
  title: string
  issued_on: string
  barcode: Generated<string>
  brand: Generated<string>
  model: Generated<string>
  batch_no: Generated<string>
  duty: Generated<string>
  source: 'hand' | 'file'
  state: 'in_force' | 'withdrawn'
  entered_at: string
  entered_by: number
  withdrawn_at: string | null
  withdrawn_by: number | null
  withdraw_reason: Generated<string>
  version: Generated<number>
}

/** 纠正措施. */
export interface CorrectiveActionTable {
  id: Generated<number>
  number: string
  title: string
  incident_id: number | null
  cell: string | null
  goods: Generated<string>
  cause:
    | 'product'
    | 'transport'
    | 'storage'
    | 'handling'
    | 'information'
    | 'service'
    | 'process'
    | 'unknown'
  root_cause: string
  what: string
  owner_id: number
  due_on: string
  state: 'planned' | 'done' | 'effective' | 'ineffective' | 'cancelled'
  business_date: string
  planned_at: string
  planned_by: number
  done_on: string | null
  proof: Generated<string>
  check_on: string | null
  version: Generated<number>
}

export interface CorrectiveActionCaseTable {
  action_id: number
  case_id: number
}

export interface CorrectiveActionEventTable {
  id: Generated<number>
  action_id: number
  at: string
  actor_id: number
  kind: string
  data: string
}

/** A vendor (联营商) or a carrier; the names of vendors come with the goods they sell. */
export interface VendorTable {
  id: Generated<number>
  kind: 'vendor' | 'carrier'
  name: string
}

/** What the contract says, by version. */
export interface VendorTermsTable {
  id: Generated<number>
  vendor_id: number
  version: number
  contact: string
  phone: string
  address: string
  contract_no: string
  deduction_rate: number | null
  payment_day: number | null
  duties: string
  response_days: number
  silence: 'accepts' | 'open'
  claim_days: number | null
  note: string
  written_at: string
  written_by: number
}

export interface VendorClaimTable {
  id: Generated<number>
  number: string
  case_id: number
  vendor_id: number
  kind: VendorTable['kind']
  carrier_claim_id: number | null
  state:
    | 'drafted'
    | 'sent'
    | 'negotiating'
    | 'escalated'
    | 'disputed'
    | 'agreed'
    | 'deemed'
    | 'ruled'
    | 'withdrawn'
    | 'reversed'
  goods: string
  fault: string
  asks: string
  currency: string
  asked_amount: number
  terms_version: number
  silence: VendorTermsTable['silence']
  business_date: string
  opened_at: string
  opened_by: number
  sent_at: string | null
  sent_on: string | null
  reply_by: string | null
  first_reply_at: string | null
  ended_at: string | null
  ended_on: string | null
  version: Generated<number>
}

export interface VendorClaimUnitTable {
  id: Generated<number>
  claim_id: number
  case_id: number
  kind: VendorTable['kind']
  sale_line_id: number | null
  unit_no: number
  live: Generated<0 | 1>
}

export interface VendorClaimEventTable {
  id: Generated<number>
  claim_id: number
  at: string
  business_date: string
  actor_id: number
  action:
    | 'open'
    | 'send'
    | 'reply'
    | 'offer'
    | 'note'
    | 'escalate'
    | 'dispute'
    | 'agree'
    | 'deem'
    | 'rule'
    | 'withdraw'
    | 'reverse'
  said_by: 'store' | 'vendor'
  person: Generated<string>
  channel: 'in_person' | 'phone' | 'message' | 'mail' | 'letter' | 'courier' | null
  amount: number | null
  text: Generated<string>
}

export interface VendorSplitTable {
  id: Generated<number>
  claim_id: number
  basis: 'agreed' | 'deemed' | 'ruled'
  total: number
  vendor_amount: number
  store_amount: number
  signer: string
  signature_sha256: string | null
  on_paper: 0 | 1
  grounds: string
  approval_id: number | null
  at: string
  by: number
}

/** The ledger of charge-backs: only grows. */
export interface ChargeBackTable {
  id: Generated<number>
  vendor_id: number
  claim_id: number
  kind: 'charge' | 'reversal'
  reverses_id: number | null
  /** Negative for a reversal. */
  amount: number
  currency: string
  reason: Generated<string>
  business_date: string
  at: string
  by: number
}

export interface DeductionListTable {
  id: Generated<number>
  number: string
  vendor_id: number
  month: string
  currency: string
  entries: number
  total: number
  closed_on: string
  closed_at: string
  closed_by: number
}

export interface DeductionListEntryTable {
  id: Generated<number>
  charge_back_id: number
  list_id: number
  position: number
}

export interface ShipmentTable {
  id: Generated<number>
  case_id: number
  direction: 'to_customer' | 'from_customer' | 'to_vendor' | 'from_vendor'
  carrier: string
  waybill: string
  goods: string
  sent_on: string
  recorded_at: string
  recorded_by: number
  arrived_on: string | null
  arrived_by: number | null
  arrival_note: Generated<string>
}

/** 日结: a business day of a desk, frozen with its ledger and signed. */
export interface DayCloseTable {
  id: Generated<number>
  desk_no: string
  business_date: string
  version: number
  ledger: string
  ledger_hash: string
  late: number
  facts: string
  audit_seq: number
  audit_hash: string
  prev_hash: string
  hash: string
  closed_at: string
  closed_by: number
  reopened_at: string | null
  reopened_by: number | null
  reopen_reason: Generated<string>
}

/** Who counted what of the goods that came back. */
export interface DayCountTable {
  id: Generated<number>
  desk_no: string
  business_date: string
  destination: GoodsUnitTable['destination']
  recorded: number
  counted: number
  note: Generated<string>
  counted_at: string
  counted_by: number
}

/** The store's own way of closing a day; the usual one holds while there is no row. */
export interface DayCloseSettingsTable {
  id: number
  signers: number
  remind_minutes: number
  papers: string
  version: number
}

/** Where files that leave the desk are put; the usual places are empty. */
export interface OutgoingFoldersTable {
  id: number
  exports: Generated<string>
  drafts: Generated<string>
  version: Generated<number>
}

/** What a manager says of a business day; the last wording holds. */
export interface DayNoteTable {
  id: Generated<number>
  business_date: string
  note: string
  written_at: string
  written_by: number
}

/** Papers made by themselves at closing time. */
export interface ClosingPrintTable {
  desk_no: string
  business_date: string
  papers: string
  made_at: string
}

export interface Schema {
  store_profile: StoreProfileTable
  operator: OperatorTable
  command_log: CommandLogTable
  audit_log: AuditLogTable
  document_counter: DocumentCounterTable
  import_profile: ImportProfileTable
  import_batch: ImportBatchTable
  import_reject: ImportRejectTable
  customer: CustomerTable
  customer_contact_rule: CustomerContactRuleTable
  customer_note: CustomerNoteTable
  customer_grade: CustomerGradeTable
  customer_referral: CustomerReferralTable
  customer_settings: CustomerSettingsTable
  customer_consent_wording: CustomerConsentWordingTable
  customer_detail: CustomerDetailTable
  customer_merge: CustomerMergeTable
  customer_own: CustomerOwnTable
  customer_distinct: CustomerDistinctTable
  customer_erasure: CustomerErasureTable
  erased_key: ErasedKeyTable
  erasure_secret: ErasureSecretTable
  product: ProductTable
  receipt: ReceiptTable
  sale_line: SaleLineTable
  receipt_of_product: ReceiptOfProductTable
  receipt_by_tail: ReceiptByTailTable
  receipt_by_amount: ReceiptByAmountTable
  sale_lookup_progress: SaleLookupProgressTable
  tender: TenderTable
  card: CardTable
  card_line: CardLineTable
  case_file: CaseFileTable
  case_event: CaseEventTable
  case_risk: CaseRiskTable
  promise: PromiseTable
  refund: RefundTable
  refund_line: RefundLineTable
  refund_tender: RefundTenderTable
  refund_figure: RefundFigureTable
  refund_charge: RefundChargeTable
  refund_allowance: RefundAllowanceTable
  refund_gift: RefundGiftTable
  refund_cost: RefundCostTable
  carrier_claim: CarrierClaimTable
  tender_gift: TenderGiftTable
  refund_settings: RefundSettingsTable
  returned_unit: ReturnedUnitTable
  exchange: ExchangeTable
  exchange_line: ExchangeLineTable
  exchange_serial: ExchangeSerialTable
  exchange_tender: ExchangeTenderTable
  exchange_figure: ExchangeFigureTable
  exchange_order: ExchangeOrderTable
  exchange_settings: ExchangeSettingsTable
  handover: HandoverTable
  handover_back: HandoverBackTable
  handover_given: HandoverGivenTable
  handover_signature: HandoverSignatureTable
  handover_waiver: HandoverWaiverTable
  handover_event: HandoverEventTable
  complaint: ComplaintTable
  complaint_round: ComplaintRoundTable
  complaint_item: ComplaintItemTable
  followup_plan: FollowupPlanTable
  followup: FollowupTable
  followup_try: FollowupTryTable
  contact_ban: ContactBanTable
  followup_settings: FollowupSettingsTable
  review_draw: ReviewDrawTable
  case_review: CaseReviewTable
  recomplaint: RecomplaintTable
  complaint_settings: ComplaintSettingsTable
  complaint_guide: ComplaintGuideTable
  case_hand_over: CaseHandOverTable
  investigation: InvestigationTable
  investigation_fact: InvestigationFactTable
  test_certificate: TestCertificateTable
  customer_outlay: CustomerOutlayTable
  customer_effort: CustomerEffortTable
  liability_split: LiabilitySplitTable
  liability_share: LiabilityShareTable
  settlement: SettlementTable
  settlement_option: SettlementOptionTable
  settlement_item: SettlementItemTable
  settlement_answer: SettlementAnswerTable
  settlement_execution: SettlementExecutionTable
  compensation: CompensationTable
  apology_letter: ApologyLetterTable
  case_second: CaseSecondTable
  duty_call: DutyCallTable
  alert: AlertTable
  alert_seen: AlertSeenTable
  duty_roster: DutyRosterTable
  top_decision: TopDecisionTable
  legal_hold: LegalHoldTable
  evidence_pack: EvidencePackTable
  print_record: PrintRecordTable
  printer: PrinterTable
  print_route: PrintRouteTable
  print_settings: PrintSettingsTable
  print_job: PrintJobTable
  print_job_event: PrintJobEventTable
  clock_hours: ClockHoursTable
  case_answer: CaseAnswerTable
  clock_pause: ClockPauseTable
  clock_rules: ClockRulesTable
  board_choice: BoardChoiceTable
  shift_handover: ShiftHandoverTable
  shift_diary: ShiftDiaryTable
  paper_design: PaperDesignTable
  card_batch: CardBatchTable
  card_batch_item: CardBatchItemTable
  approval_matrix: ApprovalMatrixTable
  approval_limit: ApprovalLimitTable
  approval: ApprovalTable
  approval_event: ApprovalEventTable
  offer: OfferTable
  goodwill_entry: GoodwillEntryTable
  policy_version: PolicyVersionTable
  policy_decision: PolicyDecisionTable
  policy_choice: PolicyChoiceTable
  rights_verdict: RightsVerdictTable
  claim_refusal: ClaimRefusalTable
  proof_set: ProofSetTable
  proof: ProofTable
  seal_key: SealKeyTable
  head_office_line: HeadOfficeLineTable
  head_office_progress: HeadOfficeProgressTable
  head_office_export: HeadOfficeExportTable
  evidence_file: EvidenceFileTable
  pos_settlement: PosSettlementTable
  pos_instruction: PosInstructionTable
  pos_instruction_event: PosInstructionEventTable
  till_mention: TillMentionTable
  pos_export: PosExportTable
  pos_instruction_settings: PosInstructionSettingsTable
  repair: RepairTable
  repair_item: RepairItemTable
  repair_accessory: RepairAccessoryTable
  repair_private_note: RepairPrivateNoteTable
  repair_movement: RepairMovementTable
  repair_wait: RepairWaitTable
  repair_work: RepairWorkTable
  repair_part: RepairPartTable
  repair_fee: RepairFeeTable
  repair_check: RepairCheckTable
  repair_quote: RepairQuoteTable
  repair_hand_back: RepairHandBackTable
  repair_hand_back_item: RepairHandBackItemTable
  repair_reminder: RepairReminderTable
  loan_unit: LoanUnitTable
  repair_loan: RepairLoanTable
  repair_settings: RepairSettingsTable
  voucher: VoucherTable
  voucher_movement: VoucherMovementTable
  voucher_redemption: VoucherRedemptionTable
  voucher_settings: VoucherSettingsTable
  attachment: AttachmentTable
  goods_unit: GoodsUnitTable
  goods_movement: GoodsMovementTable
  product_grams: GramsTable
  customer_grams: GramsTable
  complaint_grams: GramsTable
  shift_diary_grams: GramsTable
  lesson: LessonTable
  lesson_text: LessonTextTable
  vendor: VendorTable
  vendor_terms: VendorTermsTable
  vendor_claim: VendorClaimTable
  vendor_claim_unit: VendorClaimUnitTable
  vendor_claim_event: VendorClaimEventTable
  vendor_split: VendorSplitTable
  charge_back: ChargeBackTable
  deduction_list: DeductionListTable
  deduction_list_entry: DeductionListEntryTable
  shipment: ShipmentTable
  day_note: DayNoteTable
  outgoing_folders: OutgoingFoldersTable
  case_fault: CaseFaultTable
  radar_sold: RadarSoldTable
  radar_progress: RadarProgressTable
  radar_alert: RadarAlertTable
  incident: IncidentTable
  incident_case: IncidentCaseTable
  incident_event: IncidentEventTable
  sale_stop: SaleStopTable
  sale_stop_counter: SaleStopCounterTable
  recall: RecallTable
  corrective_action: CorrectiveActionTable
  corrective_action_case: CorrectiveActionCaseTable
  corrective_action_event: CorrectiveActionEventTable
  day_close: DayCloseTable
  day_count: DayCountTable
  day_close_settings: DayCloseSettingsTable
  closing_print: ClosingPrintTable
}
