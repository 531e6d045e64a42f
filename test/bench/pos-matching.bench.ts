import { seededChance } from '../../src-main/demo/random.ts'
import { addDays } from '../../src-main/foundation/business-date.ts'
import { candidatesFor } from '../../src-main/pos-instructions/candidates.ts'
import {
  type MatchingFacts,
  matchPayments,
  type OpenInstruction,
  type TillPayment,
} from '../../src-main/pos-instructions/matching.ts'
import { type Bench, type Figure, figure, quantile } from './figure.ts'

const openCount = 10_000
const returnCount = 100_000
const rounds = 5
/** What the list shows of each side at once. */
const shownOpen = 2_000
const shownReturns = 4_000
const from = '2026-06-01'

/** Prices end in a few ways, so neighbours of one amount are the rule. */
const prices = [1_990, 2_990, 4_990, 5_900, 9_900, 12_900, 19_900, 29_900, 59_900]
const tenders = ['cash', 'wechat', 'alipay', 'bank_card']

function factsOf(): MatchingFacts {
  const chance = seededChance(29)
  const instructions: OpenInstruction[] = []
  const payments: TillPayment[] = []
  for (let id = 1; id <= openCount; id += 1) {
    instructions.push({
      id,
      number: `ZF-${id}`,
      source: `refund ${id}`,
      sourceNumber: `TH-${id}`,
      direction: 'pay_out',
      receiptId: chance.int(1, openCount),
      tender: chance.pick(tenders),
      amount: chance.pick(prices),
      currency: 'CNY',
      businessDate: addDays(from, chance.int(0, 120)),
      raisedAt: `${from}T06:00:00.000Z`,
      lineIds: [],
    })
  }
  for (let at = 0; at < returnCount; at += 1) {
    const told = at < openCount * 0.8 ? instructions[at] : undefined
    const amount = told?.amount ?? chance.pick(prices)
    payments.push({
      receiptId: 1_000_000 + at,
      direction: 'pay_out',
      posKey: `R${at}`,
      till: '01',
      businessDate: told ? addDays(told.businessDate, 1) : addDays(from, chance.int(0, 120)),
      isDated: true,
      currency: 'CNY',
      amount,
      parts: [{ tender: told?.tender ?? chance.pick(tenders), amount }],
      // One in five was scanned at the till.
      mentions: told && at % 5 === 0 ? [told.number] : [],
      originalReceiptId: told?.receiptId ?? chance.int(1, openCount * 4),
      lineIds: [],
      knownAt: '2026-12-01T00:00:00.000Z',
    })
  }
  return {
    instructions,
    payments,
    told: [],
    rejected: new Set(),
    known: new Map(instructions.map((each) => [each.number, each.source])),
    repeatable: new Set(),
    windowDays: 7,
  }
}

/** The least that can be done: every payment put beside the instructions of its sale. */
function joinBySale({ instructions, payments }: MatchingFacts): number {
  const bySale = new Map<number | null, OpenInstruction[]>()
  for (const each of instructions) {
    const found = bySale.get(each.receiptId)
    if (found) found.push(each)
    else bySale.set(each.receiptId, [each])
  }
  let pairs = 0
  for (const { originalReceiptId, amount } of payments) {
    const found = bySale.get(originalReceiptId) ?? []
    pairs += found.filter((each) => each.amount === amount).length
  }
  return pairs
}

function timed(work: () => unknown): number {
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now()
    work()
    times.push(performance.now() - start)
  }
  return quantile(times, 0.5)
}

async function run(): Promise<Figure[]> {
  const facts = factsOf()
  const { matches, doubts } = matchPayments(facts)
  const page = {
    ...facts,
    instructions: facts.instructions.slice(0, shownOpen),
    payments: facts.payments.slice(0, shownReturns),
  }
  const baseline = { name: 'hash join by sale and amount', value: timed(() => joinBySale(facts)) }
  const sizes = `${openCount.toLocaleString('en')} open, ${returnCount.toLocaleString('en')} till returns`
  const outcome = `${matches.length} matched, ${doubts.size} for a person`
  return [
    figure(
      `match ${sizes} (${outcome})`,
      timed(() => matchPayments(facts)),
      'ms',
      baseline,
    ),
    figure(
      `candidates of a whole page, ${shownOpen.toLocaleString('en')} open beside ${shownReturns.toLocaleString('en')} of tills`,
      timed(() => candidatesFor(page.instructions, page.payments, facts.windowDays)),
      'ms',
      { name: baseline.name, value: timed(() => joinBySale(page)) },
    ),
  ]
}

export default { name: 'pos-matching', run } satisfies Bench
