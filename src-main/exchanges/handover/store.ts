import type {
  HandoverBackTable,
  HandoverEventTable,
  HandoverGivenTable,
  HandoverTable,
} from '../../database/schema.ts'
import type { ReadHandle, WriteHandle } from '../../database/store.ts'
import type { Exposure, HandoverAction, HandoverState, Missing } from './rules.ts'

export interface HandoverRecord {
  id: number
  number: string
  exchangeId: number
  /** Which goods of the exchange it hands over. */
  part: 1 | 2
  caseId: number
  state: HandoverState
  businessDate: string
  openedAt: string
  openedBy: string
  receiver: HandoverTable['receiver']
  receiverName: string
  receiverPhone: string
  givenAt: string | null
  restartsOn: string | null
  endsOn: string | null
  card: { id: number; number: string } | null
  closedAt: string | null
  closedBy: string | null
  version: number
}

function selectHandovers(r: ReadHandle) {
  return r
    .selectFrom('handover')
    .innerJoin('operator as opener', 'opener.id', 'handover.opened_by')
    .leftJoin('operator as closer', 'closer.id', 'handover.closed_by')
    .leftJoin('card', 'card.id', 'handover.card_id')
    .selectAll('handover')
    .select(['opener.name as opened_by_name', 'closer.name as closed_by_name'])
    .select('card.number as card_number')
}

type HandoverRow = Awaited<ReturnType<ReturnType<typeof selectHandovers>['execute']>>[number]

function recordOf(row: HandoverRow): HandoverRecord {
  return {
    id: row.id,
    number: row.number,
    exchangeId: row.exchange_id,
    part: row.part,
    caseId: row.case_id,
    state: row.state,
    businessDate: row.business_date,
    openedAt: row.opened_at,
    openedBy: row.opened_by_name,
    receiver: row.receiver,
    receiverName: row.receiver_name,
    receiverPhone: row.receiver_phone,
    givenAt: row.given_at,
    restartsOn: row.restarts_on,
    endsOn: row.ends_on,
    card: row.card_id === null ? null : { id: row.card_id, number: row.card_number ?? '' },
    closedAt: row.closed_at,
    closedBy: row.closed_by_name,
    version: row.version,
  }
}

export async function findHandover(r: ReadHandle, id: number): Promise<HandoverRecord | undefined> {
  const row = await selectHandovers(r).where('handover.id', '=', id).executeTakeFirst()
  return row && recordOf(row)
}

/** The forms of an exchange, in the order of its parts. */
export async function listHandovers(r: ReadHandle, exchangeId: number): Promise<HandoverRecord[]> {
  const rows = await selectHandovers(r)
    .where('handover.exchange_id', '=', exchangeId)
    .orderBy('handover.part')
    .execute()
  return rows.map(recordOf)
}

/** Forms nobody has closed, the oldest first. */
export async function listUnsigned(r: ReadHandle): Promise<HandoverRecord[]> {
  const rows = await selectHandovers(r)
    .where('handover.state', 'in', ['open', 'given'])
    .orderBy('handover.opened_at')
    .orderBy('handover.id')
    .execute()
  return rows.map(recordOf)
}

export async function insertHandover(
  w: WriteHandle,
  handover: {
    number: string
    exchangeId: number
    part: 1 | 2
    caseId: number
    businessDate: string
    openedAt: string
    openedBy: number
  },
): Promise<number> {
  const { id } = await w
    .insertInto('handover')
    .values({
      number: handover.number,
      exchange_id: handover.exchangeId,
      part: handover.part,
      case_id: handover.caseId,
      state: 'open',
      business_date: handover.businessDate,
      opened_at: handover.openedAt,
      opened_by: handover.openedBy,
      receiver: null,
      given_at: null,
      restarts_on: null,
      ends_on: null,
      card_id: null,
      closed_at: null,
      closed_on: null,
      closed_by: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** The columns of a step; each moves the version on. */
export type StepColumns = Partial<
  Pick<
    HandoverTable,
    | 'state'
    | 'receiver'
    | 'given_at'
    | 'restarts_on'
    | 'ends_on'
    | 'card_id'
    | 'closed_at'
    | 'closed_on'
    | 'closed_by'
  > & { receiver_name: string; receiver_phone: string }
>

/** @returns false when somebody else changed the form since `version`. */
export async function writeStep(
  w: WriteHandle,
  handover: { id: number; version: number },
  columns: StepColumns,
): Promise<boolean> {
  const result = await w
    .updateTable('handover')
    .set({ ...columns, version: handover.version + 1 })
    .where('id', '=', handover.id)
    .where('version', '=', handover.version)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export async function insertHandoverEvent(
  w: WriteHandle,
  event: {
    handoverId: number
    at: string
    actorId: number
    action: HandoverAction | 'open'
    state: HandoverEventTable['state']
    data: unknown
  },
): Promise<void> {
  await w
    .insertInto('handover_event')
    .values({
      handover_id: event.handoverId,
      at: event.at,
      actor_id: event.actorId,
      action: event.action,
      state: event.state,
      data: JSON.stringify(event.data),
    })
    .execute()
}

interface Finding<Value extends string> {
  is: Value | null
  reason: string
}

type Found<Column extends keyof Table, Table> = Finding<Extract<Table[Column], string>>

/** What was found of one unit that comes back. */
export interface BackFindings {
  saleLineId: number
  unitNo: number
  serialNo: string
  cardNumber: string
  goods: Found<'goods', HandoverBackTable>
  accessories: Found<'accessories', HandoverBackTable>
  card: Found<'card', HandoverBackTable>
  manual: Found<'manual', HandoverBackTable>
  invoice: Found<'invoice', HandoverBackTable>
}

export async function listBack(r: ReadHandle, handoverId: number): Promise<BackFindings[]> {
  const rows = await r
    .selectFrom('handover_back')
    .selectAll()
    .where('handover_id', '=', handoverId)
    .execute()
  return rows.map((row) => ({
    saleLineId: row.sale_line_id,
    unitNo: row.unit_no,
    serialNo: row.serial_no,
    cardNumber: row.card_number,
    goods: { is: row.goods, reason: row.goods_reason },
    accessories: { is: row.accessories, reason: row.accessories_reason },
    card: { is: row.card, reason: row.card_reason },
    manual: { is: row.manual, reason: row.manual_reason },
    invoice: { is: row.invoice, reason: row.invoice_reason },
  }))
}

type BackPart = Pick<BackFindings, 'saleLineId' | 'unitNo'> & Partial<BackFindings>

/** Writes what a step found of a unit; what other steps found of it stays. */
export async function saveBack(w: WriteHandle, handoverId: number, unit: BackPart): Promise<void> {
  const columns = {
    ...(unit.serialNo !== undefined && { serial_no: unit.serialNo }),
    ...(unit.cardNumber !== undefined && { card_number: unit.cardNumber }),
    ...(unit.goods && { goods: unit.goods.is, goods_reason: unit.goods.reason }),
    ...(unit.accessories && {
      accessories: unit.accessories.is,
      accessories_reason: unit.accessories.reason,
    }),
    ...(unit.card && { card: unit.card.is, card_reason: unit.card.reason }),
    ...(unit.manual && { manual: unit.manual.is, manual_reason: unit.manual.reason }),
    ...(unit.invoice && { invoice: unit.invoice.is, invoice_reason: unit.invoice.reason }),
  }
  const blank = { goods: null, accessories: null, card: null, manual: null, invoice: null }
  await w
    .insertInto('handover_back')
    .values({
      handover_id: handoverId,
      sale_line_id: unit.saleLineId,
      unit_no: unit.unitNo,
      ...blank,
      ...columns,
    })
    .onConflict((conflict) =>
      conflict.columns(['handover_id', 'sale_line_id', 'unit_no']).doUpdateSet(columns),
    )
    .execute()
}

/** How one new unit was checked and what went with it. */
export interface GivenFindings {
  lineId: number
  unitNo: number
  serialNo: string
  seal: Found<'seal', HandoverGivenTable>
  appearance: Found<'appearance', HandoverGivenTable>
  manual: Found<'manual', HandoverGivenTable>
  accessories: Found<'accessories', HandoverGivenTable>
}

export async function listGiven(r: ReadHandle, handoverId: number): Promise<GivenFindings[]> {
  const rows = await r
    .selectFrom('handover_given')
    .selectAll()
    .where('handover_id', '=', handoverId)
    .execute()
  return rows.map((row) => ({
    lineId: row.exchange_line_id,
    unitNo: row.unit_no,
    serialNo: row.serial_no,
    seal: { is: row.seal, reason: row.seal_reason },
    appearance: { is: row.appearance, reason: row.appearance_reason },
    manual: { is: row.manual, reason: row.manual_reason },
    accessories: { is: row.accessories, reason: row.accessories_reason },
  }))
}

type GivenPart = Pick<GivenFindings, 'lineId' | 'unitNo'> & Partial<GivenFindings>

/** Writes what a step found of a new unit; what other steps found of it stays. */
export async function saveGiven(
  w: WriteHandle,
  handoverId: number,
  unit: GivenPart,
): Promise<void> {
  const columns = {
    ...(unit.serialNo !== undefined && { serial_no: unit.serialNo }),
    ...(unit.seal && { seal: unit.seal.is, seal_reason: unit.seal.reason }),
    ...(unit.appearance && {
      appearance: unit.appearance.is,
      appearance_reason: unit.appearance.reason,
    }),
    ...(unit.manual && { manual: unit.manual.is, manual_reason: unit.manual.reason }),
    ...(unit.accessories && {
      accessories: unit.accessories.is,
      accessories_reason: unit.accessories.reason,
    }),
  }
  const blank = { seal: null, appearance: null, manual: null, accessories: null }
  await w
    .insertInto('handover_given')
    .values({
      handover_id: handoverId,
      exchange_line_id: unit.lineId,
      unit_no: unit.unitNo,
      ...blank,
      ...columns,
    })
    .onConflict((conflict) =>
      conflict.columns(['handover_id', 'exchange_line_id', 'unit_no']).doUpdateSet(columns),
    )
    .execute()
}

export interface SignatureRecord {
  party: 'customer' | 'store'
  way: 'drawn' | 'paper'
  sha256: string | null
  at: string
  confirmedBy: string
}

export async function listSignatures(
  r: ReadHandle,
  handoverId: number,
): Promise<SignatureRecord[]> {
  return r
    .selectFrom('handover_signature')
    .innerJoin('operator', 'operator.id', 'handover_signature.confirmed_by')
    .select(['party', 'way', 'sha256', 'at', 'operator.name as confirmedBy'])
    .where('handover_id', '=', handoverId)
    .orderBy('handover_signature.id')
    .execute()
}

export async function insertSignature(
  w: WriteHandle,
  signature: {
    handoverId: number
    party: 'customer' | 'store'
    way: 'drawn' | 'paper'
    sha256: string | null
    at: string
    confirmedBy: number
  },
): Promise<void> {
  await w
    .insertInto('handover_signature')
    .values({
      handover_id: signature.handoverId,
      party: signature.party,
      way: signature.way,
      sha256: signature.sha256,
      at: signature.at,
      confirmed_by: signature.confirmedBy,
    })
    .execute()
}

export interface WaiverRecord {
  reason: string
  amount: number
  currency: string
  exposures: Exposure[]
  missing: Missing[]
  at: string
  askedBy: string
}

export async function findWaiver(
  r: ReadHandle,
  handoverId: number,
): Promise<WaiverRecord | undefined> {
  const row = await r
    .selectFrom('handover_waiver')
    .innerJoin('operator', 'operator.id', 'handover_waiver.asked_by')
    .selectAll('handover_waiver')
    .select('operator.name as asked_by_name')
    .where('handover_id', '=', handoverId)
    .executeTakeFirst()
  return (
    row && {
      reason: row.reason,
      amount: row.amount,
      currency: row.currency,
      exposures: JSON.parse(row.exposures) as Exposure[],
      missing: JSON.parse(row.missing) as Missing[],
      at: row.at,
      askedBy: row.asked_by_name,
    }
  )
}

export async function insertWaiver(
  w: WriteHandle,
  waiver: {
    handoverId: number
    at: string
    businessDate: string
    askedBy: number
    reason: string
    amount: number
    currency: string
    exposures: readonly Exposure[]
    missing: readonly Missing[]
    approvalIds: readonly number[]
  },
): Promise<void> {
  await w
    .insertInto('handover_waiver')
    .values({
      handover_id: waiver.handoverId,
      at: waiver.at,
      business_date: waiver.businessDate,
      asked_by: waiver.askedBy,
      reason: waiver.reason,
      amount: waiver.amount,
      currency: waiver.currency,
      exposures: JSON.stringify(waiver.exposures),
      missing: JSON.stringify(waiver.missing),
      approval_ids: JSON.stringify(waiver.approvalIds),
    })
    .execute()
}

/** Units an exchange took back, with what each is worth. */
export async function listUnitsBack(r: ReadHandle, refundId: number) {
  return r
    .selectFrom('returned_unit')
    .innerJoin('sale_line', 'sale_line.id', 'returned_unit.sale_line_id')
    .select([
      'returned_unit.sale_line_id as saleLineId',
      'returned_unit.unit_no as unitNo',
      'returned_unit.amount as value',
      'sale_line.name',
    ])
    .where('returned_unit.refund_id', '=', refundId)
    .orderBy('returned_unit.id')
    .execute()
}

/** The card a number names, and the units it stands for today. */
export async function findCardByNumber(r: ReadHandle, number: string) {
  const rows = await r
    .selectFrom('card')
    .leftJoin('card_line', (join) =>
      join.onRef('card_line.card_id', '=', 'card.id').on('card_line.live', '=', 1),
    )
    .select(['card.id', 'card.number', 'card.state'])
    .select(['card_line.sale_line_id as saleLineId', 'card_line.unit_no as unitNo'])
    .select('card_line.name')
    .where('card.number', '=', number)
    .execute()
  const [first] = rows
  if (!first) return undefined
  return {
    id: first.id,
    number: first.number,
    state: first.state,
    units: rows.flatMap(({ saleLineId, unitNo, name }) =>
      saleLineId === null || unitNo === null ? [] : [{ saleLineId, unitNo, name: name ?? '' }],
    ),
  }
}
