import { isUniqueViolation } from '../database/sqlite.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import type { Clocks, CoverableLine, ProductTerms } from './rules.ts'

export interface CardSale {
  id: number
  receiptNo: string
  kind: 'sale' | 'return'
  till: string
  businessDate: string
  currency: string
  customer: CardCustomer | null
  lines: CardSaleLine[]
}

export interface CardCustomer {
  id: number
  name: string
  phone: string
  address: string
}

/** A sale line with what its product's catalogue entry says. */
export interface CardSaleLine extends CoverableLine {
  paidAmount: number
  serialNo: string
  vendor: string
  counter: string
  sku: string
  brand: string
  model: string
  category: string
  origin: string
  warranty: ProductTerms
}

/** The sale a card is made for, with the state of every unit of its goods. */
export async function findCardSale(
  r: ReadHandle,
  receiptId: number,
): Promise<CardSale | undefined> {
  const receipt = await r
    .selectFrom('receipt')
    .leftJoin('customer', 'customer.id', 'receipt.customer_id')
    .select([
      'receipt.id',
      'receipt.receipt_no',
      'receipt.kind',
      'receipt.till',
      'receipt.business_date',
      'receipt.currency',
      'customer.id as customer_id',
      'customer.name as customer_name',
      'customer.phone as customer_phone',
      'customer.address as customer_address',
    ])
    .where('receipt.id', '=', receiptId)
    .executeTakeFirst()
  if (!receipt) return undefined
  return {
    id: receipt.id,
    receiptNo: receipt.receipt_no,
    kind: receipt.kind,
    till: receipt.till,
    businessDate: receipt.business_date,
    currency: receipt.currency,
    customer:
      receipt.customer_id === null
        ? null
        : {
            id: receipt.customer_id,
            name: receipt.customer_name ?? '',
            phone: receipt.customer_phone ?? '',
            address: receipt.customer_address ?? '',
          },
    lines: await listLines(r, receiptId),
  }
}

async function listLines(r: ReadHandle, receiptId: number): Promise<CardSaleLine[]> {
  const rows = await r
    .selectFrom('sale_line')
    .leftJoin('product', 'product.id', 'sale_line.product_id')
    .select([
      'sale_line.id',
      'sale_line.kind',
      'sale_line.name',
      'sale_line.units',
      'sale_line.paid_amount',
      'sale_line.serial_no',
      'sale_line.vendor',
      'sale_line.counter',
      'sale_line.sku',
      'product.brand',
      'product.model',
      'product.category',
      'product.origin',
      'product.serial_tracked',
      'product.warranty_unit_months',
      'product.warranty_part_months',
      'product.warranty_main_parts',
      'product.warranty_provider',
      'product.warranty_provider_name',
      'product.warranty_provider_phone',
    ])
    .where('sale_line.receipt_id', '=', receiptId)
    .orderBy('sale_line.line_no')
    .execute()
  const returned = await listReturnedUnits(r, receiptId)
  const cards = await listCardNumbers(r, receiptId)
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    name: row.name,
    units: row.units,
    paidAmount: row.paid_amount,
    serialNo: row.serial_no,
    vendor: row.vendor,
    counter: row.counter,
    sku: row.sku,
    brand: row.brand ?? '',
    model: row.model ?? '',
    category: row.category ?? '',
    origin: row.origin ?? '',
    serialTracked: row.serial_tracked === 1,
    returnedUnits: new Set(
      returned.filter((each) => each.sale_line_id === row.id).map((each) => each.unit_no),
    ),
    cardNumbers: new Map(
      cards
        .filter((each) => each.sale_line_id === row.id)
        .map((each) => [each.unit_no, each.number]),
    ),
    warranty: {
      unitMonths: row.warranty_unit_months,
      partMonths: row.warranty_part_months,
      mainParts: row.warranty_main_parts ?? '',
      provider: row.warranty_provider,
      providerName: row.warranty_provider_name ?? '',
      providerPhone: row.warranty_provider_phone ?? '',
    },
  }))
}

function listReturnedUnits(r: ReadHandle, receiptId: number) {
  return r
    .selectFrom('returned_unit')
    .innerJoin('sale_line', 'sale_line.id', 'returned_unit.sale_line_id')
    .select(['returned_unit.sale_line_id', 'returned_unit.unit_no'])
    .where('sale_line.receipt_id', '=', receiptId)
    .where('returned_unit.live', '=', 1)
    .execute()
}

function listCardNumbers(r: ReadHandle, receiptId: number) {
  return r
    .selectFrom('card_line')
    .innerJoin('card', 'card.id', 'card_line.card_id')
    .select(['card_line.sale_line_id', 'card_line.unit_no', 'card.number'])
    .where('card.receipt_id', '=', receiptId)
    .where('card_line.live', '=', 1)
    .execute()
}

/**
 * Number of the live card that already has this serial number. A unit that came back to the store may be sold
 * again: its old card does not stand in the way.
 */
export async function findCardOfSerial(
  r: ReadHandle,
  serialNo: string,
): Promise<string | undefined> {
  const row = await r
    .selectFrom('card_line')
    .innerJoin('card', 'card.id', 'card_line.card_id')
    .leftJoin('returned_unit', (join) =>
      join
        .onRef('returned_unit.sale_line_id', '=', 'card_line.sale_line_id')
        .onRef('returned_unit.unit_no', '=', 'card_line.unit_no')
        .on('returned_unit.live', '=', 1),
    )
    .select('card.number')
    .where('card_line.serial_no', '=', serialNo)
    .where('card_line.serial_no', '<>', '')
    .where('card_line.live', '=', 1)
    .where('returned_unit.id', 'is', null)
    .executeTakeFirst()
  return row?.number
}

export interface NewCard {
  number: string
  receiptId: number
  customerId: number | null
  businessDate: string
  issuedAt: string
  issuedBy: number
  consumer: { name: string; phone: string; address: string; postcode: string }
  paperLanguage: 'zh' | 'en' | 'bilingual'
}

export async function insertCard(w: WriteHandle, card: NewCard): Promise<number> {
  const { id } = await w
    .insertInto('card')
    .values({
      number: card.number,
      receipt_id: card.receiptId,
      customer_id: card.customerId,
      state: 'active',
      business_date: card.businessDate,
      issued_at: card.issuedAt,
      issued_by: card.issuedBy,
      consumer_name: card.consumer.name,
      consumer_phone: card.consumer.phone,
      consumer_address: card.consumer.address,
      consumer_postcode: card.consumer.postcode,
      paper_language: card.paperLanguage,
      voided_at: null,
      voided_by: null,
      void_reason: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export interface CardUnit extends Clocks {
  saleLineId: number
  unitNo: number
  brand: string
  model: string
  name: string
  serialNo: string
  batchNo: string
  origin: string
  paidAmount: number
  installedOn: string | null
  unitMonths: number
  partMonths: number | null
  mainParts: string
  provider: 'maker' | 'store' | 'vendor'
  providerName: string
  providerPhone: string
  scope: string
  costBearer: 'maker' | 'store' | 'vendor' | 'customer'
}

/** Writes one covered unit; the unique index refuses a unit that has a live card already. */
export async function insertCardLine(
  w: WriteHandle,
  cardId: number,
  unit: CardUnit,
): Promise<void> {
  try {
    await w.insertInto('card_line').values(columnsOf(cardId, unit)).execute()
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    const number = await findCardOfUnit(w, unit.saleLineId, unit.unitNo)
    refuse(
      'cards.unit_has_card',
      {
        name: unit.name,
        unitNo: unit.unitNo,
        number: number ?? '',
      },
      error,
    )
  }
}

async function findCardOfUnit(
  r: ReadHandle,
  saleLineId: number,
  unitNo: number,
): Promise<string | undefined> {
  const row = await r
    .selectFrom('card_line')
    .innerJoin('card', 'card.id', 'card_line.card_id')
    .select('card.number')
    .where('card_line.sale_line_id', '=', saleLineId)
    .where('card_line.unit_no', '=', unitNo)
    .where('card_line.live', '=', 1)
    .executeTakeFirst()
  return row?.number
}

function columnsOf(cardId: number, unit: CardUnit) {
  return {
    card_id: cardId,
    sale_line_id: unit.saleLineId,
    unit_no: unit.unitNo,
    brand: unit.brand,
    model: unit.model,
    name: unit.name,
    serial_no: unit.serialNo,
    batch_no: unit.batchNo,
    origin: unit.origin,
    paid_amount: unit.paidAmount,
    starts_on: unit.startsOn,
    installed_on: unit.installedOn,
    unit_months: unit.unitMonths,
    unit_ends_on: unit.unitEndsOn,
    part_months: unit.partMonths,
    part_ends_on: unit.partEndsOn,
    main_parts: unit.mainParts,
    provider: unit.provider,
    provider_name: unit.providerName,
    provider_phone: unit.providerPhone,
    scope: unit.scope,
    cost_bearer: unit.costBearer,
  }
}

/** A unit's live card, for whoever takes the unit back. */
export interface LiveCard {
  cardLineId: number
  cardId: number
  number: string
  version: number
  saleLineId: number
  unitNo: number
}

/** The live cards of particular units of sale lines. */
export async function listLiveCards(
  r: ReadHandle,
  units: readonly { saleLineId: number; unitNo: number }[],
): Promise<LiveCard[]> {
  if (units.length === 0) return []
  const rows = await r
    .selectFrom('card_line')
    .innerJoin('card', 'card.id', 'card_line.card_id')
    .select(['card_line.id', 'card_line.card_id', 'card_line.sale_line_id', 'card_line.unit_no'])
    .select(['card.number', 'card.version'])
    .where(
      'card_line.sale_line_id',
      'in',
      units.map((unit) => unit.saleLineId),
    )
    .where('card_line.live', '=', 1)
    .orderBy('card_line.id')
    .execute()
  return rows
    .map((row) => ({
      cardLineId: row.id,
      cardId: row.card_id,
      number: row.number,
      version: row.version,
      saleLineId: row.sale_line_id,
      unitNo: row.unit_no,
    }))
    .filter((card) =>
      units.some((unit) => unit.saleLineId === card.saleLineId && unit.unitNo === card.unitNo),
    )
}

/** Units a handover took off their cards. */
export async function listTakenOff(r: ReadHandle, under: string): Promise<LiveCard[]> {
  const rows = await r
    .selectFrom('card_line')
    .innerJoin('card', 'card.id', 'card_line.card_id')
    .select(['card_line.id', 'card_line.card_id', 'card_line.sale_line_id', 'card_line.unit_no'])
    .select(['card.number', 'card.version'])
    .where('card_line.replaced_under', '=', under)
    .orderBy('card_line.id')
    .execute()
  return rows.map((row) => ({
    cardLineId: row.id,
    cardId: row.card_id,
    number: row.number,
    version: row.version,
    saleLineId: row.sale_line_id,
    unitNo: row.unit_no,
  }))
}

/** Takes units off their cards because they were exchanged, and links them to the card that stands in for them. */
export async function writeReplaced(
  w: WriteHandle,
  cardLineIds: readonly number[],
  replaced: { on: string; under: string; by: number | null },
): Promise<void> {
  if (cardLineIds.length === 0) return
  await w
    .updateTable('card_line')
    .set({
      live: 0,
      replaced_on: replaced.on,
      replaced_under: replaced.under,
      replaced_by: replaced.by,
    })
    .where('id', 'in', cardLineIds)
    .execute()
}

/** Whether a card still stands for a unit that was not exchanged. */
export async function hasLiveUnits(r: ReadHandle, cardId: number): Promise<boolean> {
  const row = await r
    .selectFrom('card_line')
    .select('id')
    .where('card_id', '=', cardId)
    .where('live', '=', 1)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** The cards a card stands in for after an exchange. */
export async function listReplaced(
  r: ReadHandle,
  cardId: number,
): Promise<{ cardId: number; number: string }[]> {
  return r
    .selectFrom('card_line')
    .innerJoin('card', 'card.id', 'card_line.card_id')
    .select(['card.id as cardId', 'card.number'])
    .where('card_line.replaced_by', '=', cardId)
    .orderBy('card.id')
    .distinct()
    .execute()
}

export interface CardRecord {
  id: number
  number: string
  state: 'active' | 'void'
  receiptId: number
  receiptNo: string
  till: string
  saleDate: string
  currency: string
  businessDate: string
  issuedAt: string
  issuedBy: string
  consumer: { name: string; phone: string; address: string; postcode: string }
  paperLanguage: 'zh' | 'en' | 'bilingual'
  voidedAt: string | null
  voidReason: string | null
  version: number
}

/** The id of a card by its number. */
export async function findCardId(r: ReadHandle, number: string): Promise<number | undefined> {
  const row = await r
    .selectFrom('card')
    .select('id')
    .where('number', '=', number)
    .executeTakeFirst()
  return row?.id
}

export async function findCard(r: ReadHandle, id: number): Promise<CardRecord | undefined> {
  const row = await r
    .selectFrom('card')
    .innerJoin('receipt', 'receipt.id', 'card.receipt_id')
    .innerJoin('operator', 'operator.id', 'card.issued_by')
    .selectAll('card')
    .select([
      'receipt.receipt_no',
      'receipt.till',
      'receipt.business_date as sale_date',
      'receipt.currency',
      'operator.name as issued_by_name',
    ])
    .where('card.id', '=', id)
    .executeTakeFirst()
  if (!row) return undefined
  return {
    id: row.id,
    number: row.number,
    state: row.state,
    receiptId: row.receipt_id,
    receiptNo: row.receipt_no,
    till: row.till,
    saleDate: row.sale_date,
    currency: row.currency,
    businessDate: row.business_date,
    issuedAt: row.issued_at,
    issuedBy: row.issued_by_name,
    consumer: {
      name: row.consumer_name,
      phone: row.consumer_phone,
      address: row.consumer_address,
      postcode: row.consumer_postcode,
    },
    paperLanguage: row.paper_language,
    voidedAt: row.voided_at,
    voidReason: row.void_reason,
    version: row.version,
  }
}

/** A unit on a card, with what its sale line says and whether it came back since. */
export interface CardUnitRecord extends CardUnit {
  returned: boolean
  /** Set once the unit was exchanged: the handover, and the card that stands in for this one where there is one. */
  replaced: { on: string; under: string; cardId: number | null; number: string | null } | null
  sku: string
  unit: string
  /** Quantity of one unit in thousandths: a piece, or the whole of a weighed line. */
  qtyMilli: number
  floor: string
  counter: string
  clerk: string
}

/** The units of a card in the order they were put on it. */
export async function listCardUnits(r: ReadHandle, cardId: number): Promise<CardUnitRecord[]> {
  const rows = await r
    .selectFrom('card_line')
    .innerJoin('sale_line', 'sale_line.id', 'card_line.sale_line_id')
    .leftJoin('returned_unit', (join) =>
      join
        .onRef('returned_unit.sale_line_id', '=', 'card_line.sale_line_id')
        .onRef('returned_unit.unit_no', '=', 'card_line.unit_no')
        .on('returned_unit.live', '=', 1),
    )
    .leftJoin('card as next', 'next.id', 'card_line.replaced_by')
    .selectAll('card_line')
    .select([
      'next.number as next_number',
      'sale_line.sku',
      'sale_line.unit',
      'sale_line.qty_milli',
      'sale_line.units as line_units',
      'sale_line.floor',
      'sale_line.counter',
      'sale_line.clerk',
      'returned_unit.id as returned_id',
    ])
    .where('card_line.card_id', '=', cardId)
    .orderBy('card_line.id')
    .execute()
  return rows.map((row) => ({
    saleLineId: row.sale_line_id,
    unitNo: row.unit_no,
    brand: row.brand,
    model: row.model,
    name: row.name,
    serialNo: row.serial_no,
    batchNo: row.batch_no,
    origin: row.origin,
    paidAmount: row.paid_amount,
    startsOn: row.starts_on,
    installedOn: row.installed_on,
    unitMonths: row.unit_months,
    unitEndsOn: row.unit_ends_on,
    partMonths: row.part_months,
    partEndsOn: row.part_ends_on,
    mainParts: row.main_parts,
    provider: row.provider,
    providerName: row.provider_name,
    providerPhone: row.provider_phone,
    scope: row.scope,
    costBearer: row.cost_bearer,
    returned: row.returned_id !== null,
    replaced:
      row.replaced_on === null
        ? null
        : {
            on: row.replaced_on,
            under: row.replaced_under,
            cardId: row.replaced_by,
            number: row.next_number,
          },
    sku: row.sku,
    unit: row.unit,
    qtyMilli: row.line_units > 1 ? 1_000 : row.qty_milli,
    floor: row.floor,
    counter: row.counter,
    clerk: row.clerk,
  }))
}

/**
 * Declares a card void and frees its units; number and history stay.
 *
 * @returns false when somebody else changed the card since `version`.
 */
export async function writeVoid(
  w: WriteHandle,
  card: { id: number; version: number },
  voided: { at: string; by: number; reason: string },
): Promise<boolean> {
  const result = await w
    .updateTable('card')
    .set({
      state: 'void',
      voided_at: voided.at,
      voided_by: voided.by,
      void_reason: voided.reason,
      version: card.version + 1,
    })
    .where('id', '=', card.id)
    .where('version', '=', card.version)
    .where('state', '=', 'active')
    .executeTakeFirst()
  if (result.numUpdatedRows !== 1n) return false
  await w.updateTable('card_line').set({ live: 0 }).where('card_id', '=', card.id).execute()
  return true
}

/** Live cards of sales of a day in the order they were issued, each with how often it was printed. */
export async function listCardsOfDay(
  r: ReadHandle,
  soldOn: string,
): Promise<{ id: number; number: string; prints: number }[]> {
  return r
    .selectFrom('card')
    .innerJoin('receipt', 'receipt.id', 'card.receipt_id')
    .leftJoin('print_record', (join) =>
      join.onRef('print_record.subject', '=', 'card.number').on('document', '=', 'card'),
    )
    .select(['card.id', 'card.number'])
    .select((row) => row.fn.count<number>('print_record.id').as('prints'))
    .where('receipt.business_date', '=', soldOn)
    .where('card.state', '=', 'active')
    .groupBy(['card.id', 'card.number'])
    .orderBy('card.id')
    .execute()
}
