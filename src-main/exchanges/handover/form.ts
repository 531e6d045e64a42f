import { approversOf, limitsFor, subjectHash } from '../../approvals/index.ts'
import { cardsOfUnits } from '../../cards/index.ts'
import type { ReadHandle } from '../../database/store.ts'
import { shareOfUnit } from '../../foundation/money.ts'
import { maskPhone } from '../../foundation/phone.ts'
import { refuse } from '../../foundation/errors.ts'
import type { Call } from '../../handlers.ts'
import { countPrints } from '../../printing/store.ts'
import { readFrozen } from '../../rights/index.ts'
import {
  type ExchangeRecord,
  findExchange,
  type GivenLineRecord,
  listGivenLines,
  listOrders,
  listSerials,
} from '../store.ts'
import { handoverSteps } from './contract.ts'
import {
  type BackUnit,
  type Exposure,
  exposuresOf,
  type GivenUnit,
  type HandoverFacts,
  isSimple,
  type Missing,
  missingOf,
  totalOf,
} from './rules.ts'
import {
  type BackFindings,
  findHandover,
  findWaiver,
  type GivenFindings,
  type HandoverRecord,
  listBack,
  listGiven,
  listHandovers,
  listSignatures,
  listUnitsBack,
  type SignatureRecord,
} from './store.ts'

/** A form with everything it is judged by. */
export interface Form {
  handover: HandoverRecord
  exchange: ExchangeRecord
  /** What goes out with this form. */
  lines: readonly GivenLineRecord[]
  /** Number of the form before it, of an exchange in two parts; null for the first. */
  before: string | null
  /** Goods of part 2 are not here yet. */
  isOrdered: boolean
  facts: HandoverFacts
  signatures: readonly SignatureRecord[]
  missing: readonly Missing[]
  exposures: readonly Exposure[]
}

/** Refuses an exchange without a handover (`handover.unknown`): there is none for one that was never recorded here. */
export async function readForm(
  r: ReadHandle,
  by: { id: number } | { exchangeId: number },
): Promise<Form> {
  const handover = (await readHandover(r, by)) ?? refuse('handover.unknown')
  const exchange = await findExchange(r, handover.exchangeId)
  if (!exchange) throw new Error(`handover ${handover.id} has no exchange`)
  const lines = (await listGivenLines(r, exchange.id)).filter(({ part }) => part === handover.part)
  const isFirst = handover.part === 1
  const [before = null] = isFirst ? [] : await listHandovers(r, exchange.id)
  const order = isFirst ? undefined : (await listOrders(r, [exchange.id])).get(exchange.id)
  const signatures = await listSignatures(r, handover.id)
  const facts: HandoverFacts = {
    // What comes back comes with the first form.
    back: isFirst ? await backUnits(r, handover, exchange) : [],
    given: givenUnits(lines, await listGiven(r, handover.id)),
    isGiven: handover.givenAt !== null,
    receiver: {
      who: handover.receiver,
      name: handover.receiverName,
      phone: handover.receiverPhone,
    },
    signed: signatures.map(({ party }) => party),
  }
  return {
    handover,
    exchange,
    lines,
    before: before?.number ?? null,
    isOrdered: exchange.state === 'ordered' || order?.arrivedAt === null,
    facts,
    signatures,
    missing: handover.state === 'signed' || handover.state === 'void' ? [] : missingOf(facts),
    exposures: exposuresOf(facts, await statutoryOf(r, exchange, facts)),
  }
}

/** A form by its id; of an exchange the one that is to be worked on: the first that is open, else the last. */
async function readHandover(
  r: ReadHandle,
  by: { id: number } | { exchangeId: number },
): Promise<HandoverRecord | undefined> {
  if ('id' in by) return findHandover(r, by.id)
  const forms = await listHandovers(r, by.exchangeId)
  return forms.find(({ state }) => state === 'open' || state === 'given') ?? forms.at(-1)
}

const blank = { is: null, reason: '' } as const

async function backUnits(
  r: ReadHandle,
  handover: HandoverRecord,
  exchange: ExchangeRecord,
): Promise<BackUnit[]> {
  const units = await listUnitsBack(r, exchange.refundId)
  const serials = await listSerials(r, exchange.id)
  const cards = await cardsOfUnits(r, units)
  const found = new Map(
    (await listBack(r, handover.id)).map((each) => [`${each.saleLineId}:${each.unitNo}`, each]),
  )
  return units.map((unit): BackUnit => {
    const isThis = (each: { saleLineId: number; unitNo: number }) =>
      each.saleLineId === unit.saleLineId && each.unitNo === unit.unitNo
    const serial = serials.find(isThis)
    const card = cards.find(isThis)
    const findings = found.get(`${unit.saleLineId}:${unit.unitNo}`) ?? nothingFound(unit)
    return {
      ...findings,
      name: unit.name,
      soldSerialNo: serial?.serialNo || serial?.soldSerialNo || '',
      value: unit.value,
      liveCard: card ? { id: card.cardId, number: card.number } : null,
    }
  })
}

function nothingFound({
  saleLineId,
  unitNo,
}: {
  saleLineId: number
  unitNo: number
}): BackFindings {
  return {
    saleLineId,
    unitNo,
    serialNo: '',
    cardNumber: '',
    goods: blank,
    accessories: blank,
    card: blank,
    manual: blank,
    invoice: blank,
  }
}

function givenUnits(
  lines: readonly GivenLineRecord[],
  found: readonly GivenFindings[],
): GivenUnit[] {
  return lines.flatMap((line) =>
    Array.from({ length: line.units }, (_, index): GivenUnit => {
      const unitNo = index + 1
      const findings = found.find((each) => each.lineId === line.id && each.unitNo === unitNo)
      return {
        ...(findings ?? {
          lineId: line.id,
          unitNo,
          serialNo: '',
          seal: blank,
          appearance: blank,
          manual: blank,
          accessories: blank,
        }),
        name: line.name,
        expectedSerialNo: line.serialNo,
        needsSerial: line.serialTracked || line.serialNo !== '',
        value: shareOfUnit(line.paidAmount, line.units, unitNo),
      }
    }),
  )
}

/** What law adds to the price in the decision the exchange went by: the largest addition of each line. */
async function statutoryOf(
  r: ReadHandle,
  exchange: ExchangeRecord,
  facts: HandoverFacts,
): Promise<Exposure[]> {
  const frozen = exchange.rightsId === null ? null : await readFrozen(r, exchange.rightsId)
  return (frozen?.lines ?? []).flatMap((line) => {
    const unit = facts.back.find((each) => each.saleLineId === line.saleLineId)
    const additions = line.verdict.exposures.map(({ amount }) => amount ?? 0)
    const amount = Math.max(0, ...additions)
    return unit && amount > 0 ? [{ kind: 'statutory' as const, name: unit.name, amount }] : []
  })
}

/** What an approval of the waiver is asked for: the amount that is shown is the amount that is approved. */
export function waiverQuestion({ handover, exchange, exposures }: Form) {
  return {
    kinds: ['abnormal' as const],
    atLeast: 'store_manager' as const,
    amount: totalOf(exposures),
    currency: exchange.currency,
    subject: {
      type: 'handover',
      id: String(handover.id),
      hash: subjectHash({ number: handover.number, exposures }),
    },
  }
}

const longestSummary = 200

function summaryOf({ handover, exchange, facts }: Form): string {
  const goods = facts.back.map((unit) => unit.name)
  const text = [handover.number, exchange.number, ...goods].join(' · ')
  return text.length > longestSummary ? `${text.slice(0, longestSummary - 1)}…` : text
}

/** A form as the contract tells it. */
export async function viewOf(r: ReadHandle, call: Call, form: Form) {
  const { handover, exchange, facts, missing, exposures } = form
  const isOpen = handover.state === 'open' || handover.state === 'given'
  const question = waiverQuestion(form)
  const waiver = await findWaiver(r, handover.id)
  return {
    ...handover,
    exchangeNumber: exchange.number,
    currency: exchange.currency,
    steps: handoverSteps.map((step) => ({
      step,
      done: missing.every((each) => each.step !== step),
      simple: isSimple(step, facts),
    })),
    waitsFor: waitsFor(form),
    back: [...facts.back],
    given: [...facts.given],
    receiver: {
      who: handover.receiver,
      name: handover.receiverName,
      phoneMasked: handover.receiverPhone && maskPhone(handover.receiverPhone),
    },
    customer: exchange.customer && {
      name: exchange.customer.name,
      phoneMasked: exchange.customer.phone && maskPhone(exchange.customer.phone),
    },
    signatures: [...form.signatures],
    newReceiptId: exchange.newReceiptId,
    missing: [...missing],
    exposures: [...exposures],
    exposure: totalOf(exposures),
    waiver: waiver ?? null,
    approvedBy: await approversOf(r, { type: 'handover', id: handover.number }),
    approval: isOpen
      ? {
          ...question,
          needed: (await limitsFor(r, call, question)).needed,
          summary: summaryOf(form),
        }
      : null,
    prints: await countPrints(r, 'handover_form', handover.number),
  }
}

/** What has to happen first before the new goods can be given, beside the form itself. */
function waitsFor({ handover, exchange, isOrdered }: Form): 'goods' | 'receive' | 'arrive' | null {
  if (handover.state !== 'open') return null
  if (isOrdered) return 'arrive'
  return exchange.reception === 'awaited' ? 'receive' : null
}
