import type { ReadHandle } from '../database/store.ts'
import { businessDateOf } from '../foundation/business-date.ts'
import type { Call } from '../handlers.ts'
import { frameOf } from '../printing/frame.ts'
import { repairRecordsOf } from '../repairs/index.ts'
import type { CardFacts, CardLineFacts } from './document.ts'
import { codeOfCard } from './seal.ts'
import { requireCard } from './service.ts'
import { type CardRecord, type CardUnitRecord, listCardUnits, listReplaced } from './store.ts'

/**
 * Everything a card prints, as an original, in the language it was issued in: whoever prints it knows which copy
 * it is.
 */
export async function cardFacts(
  r: ReadHandle,
  call: Call,
  cardId: number,
  paper: CardFacts['paper'] = 'A6',
): Promise<{ facts: CardFacts; language: CardRecord['paperLanguage'] }> {
  const card = await requireCard(r, cardId)
  const units = await listCardUnits(r, card.id)
  const replaces = await listReplaced(r, card.id)
  const repairs = await repairRecordsOf(r, card.receiptId, units)
  const code = await codeOfCard(r, call, card, units)
  const facts = { ...factsOf(call, card, units, replaces), paper, repairs, code }
  return { facts, language: card.paperLanguage }
}

function factsOf(
  call: Call,
  card: CardRecord,
  units: CardUnitRecord[],
  replaces: readonly { number: string }[],
): Omit<CardFacts, 'paper' | 'repairs' | 'code'> {
  return {
    frame: frameOf(call),
    number: card.number,
    issuedOn: card.businessDate,
    copy: 0,
    voided:
      card.voidedAt === null
        ? null
        : {
            on: businessDateOf(new Date(card.voidedAt), call.profile),
            reason: card.voidReason ?? '',
          },
    currency: card.currency,
    sale: {
      receiptNo: card.receiptNo,
      soldOn: card.saleDate,
      till: known(card.till),
      invoiceNo: null,
    },
    replaces: replaces.map((each) => each.number),
    consumer: consumerFacts(card),
    lines: units.map(lineFacts),
  }
}

/** Null where nobody knows: the paper leaves a place to write. */
function known(text: string): string | null {
  return text === '' ? null : text
}

function consumerFacts({ consumer }: CardRecord): CardFacts['consumer'] {
  if (Object.values(consumer).every((field) => field === '')) return null
  return {
    name: known(consumer.name),
    address: known(consumer.address),
    postcode: known(consumer.postcode),
    phone: known(consumer.phone),
  }
}

function lineFacts(unit: CardUnitRecord): CardLineFacts {
  return {
    name: unit.name,
    brand: known(unit.brand),
    model: known(unit.model),
    sku: known(unit.sku),
    batchNo: known(unit.batchNo),
    origin: known(unit.origin),
    serialNo: known(unit.serialNo),
    qtyMilli: unit.qtyMilli,
    unit: known(unit.unit),
    paid: unit.paidAmount,
    floor: known(unit.floor),
    counter: known(unit.counter),
    clerk: known(unit.clerk),
    installedOn: unit.installedOn,
    warranty: {
      unit: { months: unit.unitMonths, endsOn: unit.unitEndsOn },
      parts:
        unit.partMonths === null || unit.partEndsOn === null
          ? []
          : [{ name: unit.mainParts, months: unit.partMonths, endsOn: unit.partEndsOn }],
      provider: unit.provider,
      providerName: known(unit.providerName),
      providerContact: known(unit.providerPhone),
      scope: known(unit.scope),
      costBearer: unit.costBearer,
      repairer: null,
    },
    exchangeUntil: null,
    careTip: null,
    exchanged: unit.replaced && {
      on: unit.replaced.on,
      under: unit.replaced.under,
      card: unit.replaced.number,
    },
  }
}
