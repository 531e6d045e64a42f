import type { z } from 'zod'
import { record } from '../audit/index.ts'
import {
  addEvent,
  givePromise,
  isCaseOpen,
  joinCase,
  type Moment,
  momentOf,
  openCase,
  requireOwner,
} from '../cases/index.ts'
import { takeDocumentNumber } from '../database/document-counter.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import type { BusinessDate } from '../foundation/business-date.ts'
import { refuse } from '../foundation/errors.ts'
import { maskPhone } from '../foundation/phone.ts'
import type { Call } from '../handlers.ts'
import type { AskedGoods, intake, intakeItem } from './contract.ts'
import { insertMovement } from './course-store.ts'
import { decideRepair } from './decision.ts'
import { attachAll, itemLabel } from './evidence.ts'
import {
  findProvenGoods,
  findReceiptOfLine,
  findRepairSale,
  type RepairSale,
} from './goods-store.ts'
import { isWithinWarranty, lastOfSerial, lastOfUnit } from './history.ts'
import { lendUnit } from './loans.ts'
import { drawPickupCode } from './pickup-code.ts'
import { answerQuote, writeQuote } from './quotes.ts'
import { readRepairSettings } from './settings.ts'
import {
  findItem,
  insertAccessories,
  insertItem,
  insertPrivateNote,
  insertRepair,
  listItemsOfReceipt,
  type NewItem,
  type RepairItemRecord,
} from './store.ts'
import { followUp, openWork, requireRepair, tell } from './ticket.ts'

type Intake = z.output<typeof intake>
type IntakeItem = z.output<typeof intakeItem>

/** What the desk knows of one item that is brought. */
interface Goods extends Pick<
  NewItem,
  | 'kind'
  | 'receiptId'
  | 'saleLineId'
  | 'unitNo'
  | 'cardId'
  | 'proofSetId'
  | 'name'
  | 'brand'
  | 'model'
  | 'category'
  | 'serialNo'
> {
  customer: { id: number | null; name: string; phone: string } | null
  caseId: number | null
  former: RepairItemRecord | null
}

/**
 * Takes goods in: one ticket, one case, one pickup code, whatever the number of items. Refuses a unit that is back in
 * the store or in another repair, goods without a name, a decision that is missing where there is something to decide,
 * and a promise in the past.
 */
export async function takeIn(
  w: WriteHandle,
  call: Call,
  input: Intake,
): Promise<{ id: number; number: string }> {
  const moment = momentOf(call)
  const goods: Goods[] = []
  for (const item of input.items) {
    if (item.subject.kind === 'elsewhere' && item.name === '') refuse('repairs.goods_unnamed')
    goods.push(await goodsOf(w, item, moment.today))
  }
  const customer = goods.find((each) => each.customer !== null)?.customer ?? null
  await requireOwner(w, input.promise.ownerId)
  const caseId = await caseOf(w, moment, goods, input, customer?.id ?? null)
  const number = await takeDocumentNumber(w, 'WX', call.profile.deskNo, moment.businessDate)
  const settings = await readRepairSettings(w)
  const id = await insertRepair(w, {
    number,
    caseId,
    customerId: customer?.id ?? null,
    contact: contactOf(input, customer),
    currency: call.profile.currency,
    note: input.note,
    pickupCode: drawPickupCode(),
    storageDays: settings.storageDays,
    storageFee: settings.storageFee,
    signature: input.signature,
    businessDate: moment.businessDate,
    recordedAt: moment.at,
    recordedBy: moment.actorId,
  })
  await addEvent(w, moment, caseId, 'repair_recorded', {
    repairId: id,
    number,
    items: goods.length,
    names: goods.map(({ name }) => name).join('、'),
  })
  await record(
    w,
    call,
    'repairs.intake',
    { type: 'repair', id: number },
    { items: goods.length, received: input.received, signature: input.signature },
  )
  for (const [index, item] of input.items.entries()) {
    const known = goods[index]
    if (known) await takeItemIn(w, call, { repairId: id, position: index + 1, item, known, input })
  }
  await attachAll(w, call, moment, {
    repair: { id, caseId },
    files: [input.signature],
    role: 'signature',
    label: number,
  })
  await givePromise(w, call, moment, { caseId, ...input.promise }, { repairId: id })
  if (input.loan) await lendUnit(w, call, moment, { repairId: id, ...input.loan })
  await followUp(w, call, moment, id)
  return { id, number }
}

/**
 * The case of the visit where the clerk named one: a complaint and a repair are one case. A claim without a slip has a
 * case already, and the repair is what came of it.
 */
async function caseOf(
  w: WriteHandle,
  moment: Moment,
  goods: readonly Goods[],
  input: Intake,
  customerId: number | null,
): Promise<number> {
  const subject = {
    state: 'open' as const,
    ownerId: input.promise.ownerId,
    receiptId: goods.find(({ receiptId }) => receiptId !== null)?.receiptId ?? null,
    customerId,
  }
  if (input.caseId !== null) return joinCase(w, moment, input.caseId, subject)
  for (const { caseId } of goods)
    if (caseId !== null && (await isCaseOpen(w, caseId))) return caseId
  return openCase(w, moment, subject)
}

/** The draft shows a customer's phone masked; left as it was, it stands for the number on file (domain.md §5.3). */
function contactOf({ contact }: Intake, customer: Goods['customer']): Intake['contact'] {
  const { name, phone } = contact
  if (!phone.includes('*')) return contact
  if (customer && phone === maskPhone(customer.phone)) return { name, phone: customer.phone }
  refuse('repairs.phone_masked')
}

async function takeItemIn(
  w: WriteHandle,
  call: Call,
  asked: { repairId: number; position: number; item: IntakeItem; known: Goods; input: Intake },
): Promise<void> {
  const { repairId, position, item, known, input } = asked
  const moment = momentOf(call)
  const isRefailure = cameBack(known, moment.today)
  const { customer: _customer, caseId: _caseId, former, ...goods } = known
  const decision = await decideRepair(w, call, { ...goods, isRefailure }, item.rightsId)
  const reception = input.received ? 'received' : 'expected'
  const itemId = await insertItem(w, {
    ...goods,
    repairId,
    position,
    rightsId: item.rightsId,
    formerItemId: former?.id ?? null,
    isRefailure,
    fault: item.fault,
    faultCode: item.faultCode,
    part: item.part,
    appearance: item.appearance,
    reception,
    acceptance: decision?.owes ?? 'undecided',
    basis: decision?.basis ?? null,
    receivedOn: input.received ? moment.today : null,
  })
  await insertMovement(w, {
    itemId,
    at: moment.at,
    businessDate: moment.businessDate,
    actorId: moment.actorId,
    action: input.received ? 'receive' : 'expect',
    reception,
    holder: input.received ? 'desk' : 'customer',
  })
  await insertAccessories(w, itemId, item.accessories)
  if (item.privateNote !== '') await insertPrivateNote(w, itemId, item.privateNote, moment.at)
  const work = await openWork(w, call, { itemId, version: 1 })
  await attachAll(w, call, moment, {
    repair: work.repair,
    files: item.photos,
    role: 'photo',
    label: itemLabel(position),
  })
  await tell(work, 'repairs.take_in', {
    event: input.received ? 'repair_received' : 'repair_expected',
    data: {
      acceptance: decision?.owes ?? 'undecided',
      refailure: isRefailure,
      former: former === null ? null : (await requireRepair(w, former.repairId)).number,
    },
    audit: {
      rightsId: item.rightsId,
      photos: item.photos,
      accessories: item.accessories.length,
      privateNote: item.privateNote !== '',
    },
  })
  await quoteAtIntake(w, call, itemId, item)
}

async function quoteAtIntake(
  w: WriteHandle,
  call: Call,
  itemId: number,
  { quote, consent }: IntakeItem,
): Promise<void> {
  if (quote === null) {
    if (consent !== null) refuse('repairs.nothing_quoted')
    return
  }
  const quoteId = await writeQuote(await openWork(w, call, { itemId, version: 1 }), quote)
  if (consent === null) return
  const item = await findItem(w, itemId)
  const work = await openWork(w, call, { itemId, version: item?.version ?? 1 })
  await answerQuote(work, quoteId, { consent })
}

/** Back within the days its last repair has to hold. */
function cameBack({ former }: Pick<Goods, 'former'>, on: BusinessDate): boolean {
  return former !== null && isWithinWarranty(former, on)
}

/** What there is to decide about: goods that are just being brought, or those of a ticket. */
export async function goodsAsked(
  r: ReadHandle,
  call: Call,
  asked: AskedGoods,
): Promise<
  Pick<
    RepairItemRecord,
    'kind' | 'name' | 'receiptId' | 'saleLineId' | 'unitNo' | 'proofSetId' | 'isRefailure'
  >
> {
  if ('itemId' in asked) {
    return (await findItem(r, asked.itemId)) ?? refuse('repairs.unknown_item')
  }
  const goods = await goodsOf(r, { name: '', brand: '', model: '', ...asked }, call.today)
  return { ...goods, isRefailure: cameBack(goods, call.today) }
}

type Described = Pick<
  IntakeItem,
  'subject' | 'name' | 'brand' | 'model' | 'serialNo' | 'formerItemId'
>

async function goodsOf(r: ReadHandle, item: Described, today: BusinessDate): Promise<Goods> {
  const { subject } = item
  if (subject.kind === 'sold') return soldGoods(r, item, subject)
  const typed = { brand: item.brand, model: item.model, serialNo: item.serialNo }
  const former = await formerOf(r, item)
  const nothing = { receiptId: null, saleLineId: null, unitNo: null, cardId: null }
  if (subject.kind === 'elsewhere') {
    return {
      ...nothing,
      ...typed,
      kind: 'elsewhere',
      proofSetId: null,
      name: item.name,
      category: '',
      customer: null,
      caseId: null,
      former,
    }
  }
  const proven = await findProvenGoods(r, subject.proofSetId)
  if (!proven || proven.soldOn > today) refuse('repairs.unknown_goods')
  if (proven.receiptId !== null) refuse('repairs.sale_is_known')
  return {
    ...nothing,
    ...typed,
    kind: 'proven',
    proofSetId: proven.id,
    name: item.name || proven.goods,
    category: proven.category,
    customer: { id: proven.customerId, ...proven.contact },
    caseId: proven.caseId,
    former,
  }
}

/** The former repair somebody names, or the one of the same serial number. */
async function formerOf(r: ReadHandle, item: Described): Promise<RepairItemRecord | null> {
  if (item.formerItemId !== null) {
    const named = await findItem(r, item.formerItemId)
    if (named?.reception !== 'handed_back' || named.kind === 'sold') refuse('repairs.unknown_item')
    return named
  }
  if (item.serialNo === '') return null
  const found = await lastOfSerial(r, item.serialNo)
  return found && found.kind !== 'sold' ? found : null
}

async function soldGoods(
  r: ReadHandle,
  item: Described,
  subject: Extract<IntakeItem['subject'], { kind: 'sold' }>,
): Promise<Goods> {
  const receiptId = await findReceiptOfLine(r, subject.saleLineId)
  const sale = receiptId === undefined ? undefined : await findRepairSale(r, receiptId)
  const line = sale?.lines.find((each) => each.id === subject.saleLineId)
  if (!sale || !line) refuse('repairs.unknown_goods')
  const { unitNo } = subject
  refuseUnit(sale, line, unitNo)
  const card = line.cards.get(unitNo)
  if (subject.cardId !== null && card?.id !== subject.cardId) {
    refuse('repairs.card_of_other_goods', { name: line.name })
  }
  const before = await listItemsOfReceipt(r, sale.id)
  return {
    kind: 'sold',
    receiptId: sale.id,
    saleLineId: line.id,
    unitNo,
    cardId: card?.id ?? null,
    proofSetId: null,
    name: item.name || line.name,
    brand: item.brand || line.brand,
    model: item.model || line.model,
    category: line.category,
    serialNo: item.serialNo || card?.serialNo || (line.units === 1 ? line.serialNo : ''),
    customer: sale.customer,
    caseId: null,
    former: lastOfUnit(before, line.id, unitNo) ?? null,
  }
}

function refuseUnit(
  { kind, receiptNo }: RepairSale,
  line: RepairSale['lines'][number],
  unitNo: number,
): void {
  const { name } = line
  if (kind === 'return') refuse('repairs.return_receipt', { receiptNo })
  if (line.kind !== 'goods' || unitNo > line.units) refuse('repairs.not_goods', { name })
  if (line.returnedUnits.has(unitNo)) refuse('repairs.unit_returned', { name })
}
