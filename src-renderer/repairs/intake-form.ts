import type { Draft, DraftUnit, IntakeInput } from './repair.ts'
import { missingOfConsent, noConsent, noQuote, quoteOf, consentOf } from './quote-fields.tsx'
import type { ConsentValues, QuoteValues } from './quote-fields.tsx'
import type { Brought, Decision } from './verdict.ts'

export interface Photo {
  sha256: string
  name: string
  mediaType: string
}

type FaultCode = IntakeInput['items'][number]['faultCode']

/** One item as the form holds it. */
export interface ItemValues {
  key: string
  saleLineId: number | null
  unitNo: number | null
  cardId: number | null
  /** Goods whose purchase is proven without a slip; absent in drafts written before there were any. */
  proofSetId?: number | null
  name: string
  brand: string
  model: string
  serialNo: string
  fault: string
  faultCode: FaultCode
  appearance: string
  accessories: string[]
  photos: Photo[]
  quote: QuoteValues
  consent: ConsentValues
}

/** Everything the form holds; kept as a draft, but for private notes. */
export interface IntakeValues {
  /** Lines the form was opened for; another choice begins with those. */
  askedLines: string
  items: ItemValues[]
  at: number
  contact: { name: string; phone: string }
  received: boolean
  promiseText: string
  ownerId: number | null
  dueOn: string
  loanUnitId: number | null
  loanCondition: string
  note: string
  signature: string | null
}

const noItem = {
  name: '',
  brand: '',
  model: '',
  serialNo: '',
  fault: '',
  faultCode: null,
  appearance: '',
  accessories: [],
  photos: [],
  quote: noQuote,
  consent: noConsent,
}

export const unitKey = (unit: Pick<DraftUnit, 'saleLineId' | 'unitNo'>) =>
  `${unit.saleLineId}:${unit.unitNo}`

export function itemOfUnit(unit: DraftUnit): ItemValues {
  const { saleLineId, unitNo, cardId, name, brand, model, serialNo } = unit
  return { ...noItem, key: unitKey(unit), saleLineId, unitNo, cardId, name, brand, model, serialNo }
}

export function itemElsewhere(items: readonly ItemValues[]): ItemValues {
  const key = `elsewhere-${items.length + 1}-${items.map((each) => each.key).join()}`
  return { ...noItem, key, saleLineId: null, unitNo: null, cardId: null }
}

/** Goods proven without a slip; what they are called stands with the proofs. */
function itemProven({ proofSetId, name }: NonNullable<Draft['proven']>): ItemValues {
  const nothing = { saleLineId: null, unitNo: null, cardId: null }
  return { ...noItem, ...nothing, key: `proven-${proofSetId}`, proofSetId, name }
}

/** Units that can be taken in and are not on the form yet. */
export function unitsToAdd(draft: Draft, items: readonly ItemValues[]): DraftUnit[] {
  return draft.units.filter(
    (unit) => unit.blocked === null && !items.some(({ key }) => key === unitKey(unit)),
  )
}

/** What the form begins with: one unit of each chosen line, or the only thing on the sale. */
export function startItems(draft: Draft, lineIds: readonly number[]): ItemValues[] {
  if (draft.proven) return [itemProven(draft.proven)]
  if (draft.receipt === null) return [itemElsewhere([])]
  const free = unitsToAdd(draft, [])
  if (lineIds.length === 0) {
    const [only] = free
    return only && free.length === 1 ? [itemOfUnit(only)] : []
  }
  return lineIds.flatMap((lineId) => {
    const unit = free.find(({ saleLineId }) => saleLineId === lineId)
    return unit ? [itemOfUnit(unit)] : []
  })
}

/** What an item is to the desk: a sold unit, goods whose purchase is proven, or goods from elsewhere. */
function subjectOf(item: ItemValues): IntakeInput['items'][number]['subject'] {
  const { saleLineId, unitNo, cardId, proofSetId } = item
  if (saleLineId !== null && unitNo !== null) return { kind: 'sold', saleLineId, unitNo, cardId }
  return typeof proofSetId === 'number' ? { kind: 'proven', proofSetId } : { kind: 'elsewhere' }
}

export function broughtOf(item: ItemValues, formerItemId: number | null): Brought {
  const serialNo = item.serialNo.trim()
  return { of: { subject: subjectOf(item), serialNo, formerItemId }, saleLineId: item.saleLineId }
}

export type Missing =
  | 'goods'
  | 'name'
  | 'fault'
  | 'quote'
  | 'consentBy'
  | 'signature'
  | 'owner'
  | 'promise'
  | 'due'

/** The first thing an intake lacks, and of which item. */
export function missingOf(
  values: IntakeValues,
  decisions: readonly Decision[],
  dueAt: string | null,
): { what: Missing; at: number } | null {
  if (values.items.length === 0) return { what: 'goods', at: 0 }
  for (const [at, item] of values.items.entries()) {
    const what = missingOfItem(item, decisions[at])
    if (what) return { what, at }
  }
  const { at } = values
  if (values.ownerId === null) return { what: 'owner', at }
  if (values.promiseText.trim() === '') return { what: 'promise', at }
  return dueAt === null ? { what: 'due', at } : null
}

function missingOfItem(item: ItemValues, decision: Decision | undefined): Missing | null {
  if (item.saleLineId === null && item.name.trim() === '') return 'name'
  if (item.fault.trim() === '') return 'fault'
  if (decision?.owes !== 'paid') return null
  const { quote, consent } = item
  const isQuoted = quote.estimate !== null || quote.limit !== null || consent.how !== null
  if (isQuoted && quoteOf(quote) === null) return 'quote'
  return missingOfConsent(consent)
}

/** An item as the desk takes it. */
export function askOfItem(
  item: ItemValues,
  decision: Decision | undefined,
  more: { privateNote: string; rightsId: number | null },
): IntakeInput['items'][number] {
  const { saleLineId } = item
  const isPaid = decision?.owes === 'paid'
  const quote = isPaid ? quoteOf(item.quote) : null
  return {
    subject: subjectOf(item),
    name: saleLineId === null ? item.name.trim() : '',
    brand: saleLineId === null ? item.brand.trim() : '',
    model: saleLineId === null ? item.model.trim() : '',
    serialNo: item.serialNo.trim(),
    fault: item.fault.trim(),
    faultCode: item.faultCode ?? null,
    part: decision?.answer.part ?? null,
    appearance: item.appearance.trim(),
    accessories: item.accessories.map((name) => ({ name })),
    photos: item.photos.map(({ sha256 }) => sha256),
    privateNote: more.privateNote.trim(),
    rightsId: more.rightsId,
    quote,
    consent: quote ? consentOf(item.consent) : null,
  }
}
