import { daysBetween } from '../foundation/business-date.ts'
import type { DemoCalendar } from './calendar.ts'
import type { DemoClient, Happening } from './desk.ts'
import { inventName, inventPhone } from './people.ts'
import type { Chance } from './random.ts'
import type { DemoReceipt } from './sales.ts'
import {
  type ComplaintStory,
  complaintStories,
  type RefundStory,
  refundStories,
} from './stories.ts'

/** Who works at the demo desk. */
export interface Staff {
  clerk: DemoClient
  floorManager: DemoClient
  /** Of the whole store. */
  manager: DemoClient
  floorManagerId: number
  clerkId: number
  /** What the floor manager types to sign at the clerk's desk. */
  signature: { code: string; pin: string }
}

/** Sales the desk's work can hang on; each is used once, so that no story contradicts another. */
export class FreshSales {
  readonly #receipts: readonly DemoReceipt[]
  readonly #used: Set<string>

  constructor(receipts: readonly DemoReceipt[]) {
    this.#receipts = receipts
    this.#used = new Set(receipts.map((receipt) => receipt.originalReceiptNo))
  }

  /** The newest unused sale before `date` with such goods of `counter`, paid for. */
  take(counter: string, goods: RegExp, date: string): DemoReceipt | undefined {
    const found = this.#receipts.findLast(
      (receipt) =>
        !receipt.isReturn &&
        receipt.date < date &&
        !this.#used.has(receipt.receiptNo) &&
        receipt.lines.some((line) => isPaidGoods(line, counter, goods)),
    )
    if (found) this.#used.add(found.receiptNo)
    return found
  }
}

/** Goods of a counter that were paid for. */
export function isPaidGoods(
  line: { counter: string; name: string; paidAmount: number },
  counter: string,
  goods: RegExp,
): boolean {
  return line.counter === counter && line.paidAmount > 0 && goods.test(line.name)
}

/** A sale of the demo store as the desk shows it. */
export async function openSale(client: DemoClient, receiptNo: string) {
  const { exact } = await client.sales.find({ text: receiptNo })
  if (exact?.receiptId == null) throw new Error(`the demo sale ${receiptNo} is not in the store`)
  return client.sales.open({ receiptId: exact.receiptId })
}

const mostCards = 14

/** 信誉卡 for what has a serial number, on the morning after it was sold, the last one today; one was a mistake. */
export function cardHappenings(
  chance: Chance,
  calendar: DemoCalendar,
  staff: Staff,
  receipts: readonly DemoReceipt[],
): Happening[] {
  const covered = receipts.filter(
    (receipt) =>
      !receipt.isReturn &&
      receipt.date >= calendar.date(14) &&
      receipt.date < calendar.today &&
      receipt.lines.some((line) => line.serialNo !== ''),
  )
  const wanted = covered.slice(-mostCards)
  return wanted.map((receipt, index) => {
    const isLast = index === wanted.length - 1
    const daysAgo = isLast ? 0 : daysBetween(receipt.date, calendar.today) - 1
    const at =
      daysAgo === 0
        ? calendar.moment(0, 0.4 + index / 100)
        : calendar.moment(daysAgo, `09:${10 + index * 3}`)
    const consumer = {
      name: inventName(chance),
      phone: inventPhone(chance),
      address: '',
      postcode: '',
    }
    return { at, happens: () => issueCard(staff, receipt, consumer, index === 1) }
  })
}

type Consumer = Parameters<DemoClient['cards']['issue']>[0]['consumer']

async function issueCard(
  staff: Staff,
  receipt: DemoReceipt,
  stranger: Consumer,
  byMistake: boolean,
): Promise<void> {
  const sale = await openSale(staff.clerk, receipt.receiptNo)
  const draft = await staff.clerk.cards.draft({ receiptId: sale.id })
  const units = draft.units.flatMap((unit) =>
    unit.serialNo !== '' && unit.blocked === null && unit.unitMonths !== null
      ? [{ ...unit, unitMonths: unit.unitMonths }]
      : [],
  )
  if (units.length === 0) return
  const consumer = draft.consumer.name === '' ? stranger : draft.consumer
  const card = { receiptId: sale.id, consumer, paperLanguage: 'zh', units } as const
  const { id } = await staff.clerk.cards.issue(card)
  if (!byMistake) return
  const { version } = await staff.clerk.cards.open({ cardId: id })
  await staff.floorManager.cards.void({ cardId: id, reason: '顾客姓名写错，重开', version })
  await staff.clerk.cards.issue(card)
}

export function refundHappenings(
  calendar: DemoCalendar,
  staff: Staff,
  sales: FreshSales,
): Happening[] {
  return refundStories.flatMap((story) => {
    const sale = sales.take(story.counter, story.goods, calendar.date(story.daysAgo))
    if (!sale) return []
    return [
      {
        at: calendar.moment(story.daysAgo, story.at),
        happens: () => recordRefund(staff, sale, story),
      },
    ]
  })
}

/** Has the floor manager sign at the clerk's desk where it takes more than the clerk. @returns what was signed. */
export async function approvedBy(
  { clerk, signature }: Staff,
  {
    needed,
    ...request
  }: Parameters<DemoClient['approvals']['request']>[0] & {
    needed: string | null
  },
  reason: string,
): Promise<number[]> {
  if (needed === null) return []
  const { id } = await clerk.approvals.request({ ...request, reason })
  await clerk.approvals.sign({ approvalId: id, ...signature })
  return [id]
}

async function recordRefund(staff: Staff, receipt: DemoReceipt, story: RefundStory): Promise<void> {
  const { clerk } = staff
  const sale = await openSale(clerk, receipt.receiptNo)
  const line = sale.lines.find((each) => isPaidGoods(each, story.counter, story.goods))
  if (!line) throw new Error(`nothing of ${receipt.receiptNo} can come back`)
  const choice = { saleLineId: line.id, units: 1 }
  const { reason, note, condition, packagingIntact } = story
  const ask = { receiptId: sale.id, reason, lines: [{ ...choice, condition }] }
  const { amount, approval } = await clerk.refunds.preview(ask)
  const approvalIds = await approvedBy(staff, approval, note)
  const { id: refundId } = await clerk.refunds.record({
    receiptId: sale.id,
    reason,
    note,
    expectedAmount: amount,
    approvalIds,
    lines: [{ ...choice, condition, packagingIntact }],
  })
  if (story.daysAgo === 0) return
  await putAway(clerk, refundId)
  if (!story.tillForgot) await tellTillNumber(clerk, refundId, receipt)
}

/** What came back lies where the rules sent it: on the shelf, in quarantine, with what the vendor fetches. */
async function putAway({ goods }: DemoClient, refundId: number): Promise<void> {
  for (const unit of await goods.ofSource({ type: 'refund', id: refundId })) {
    if (unit.destination === 'scrap') continue
    await goods.move({ unitId: unit.id, to: unit.destination, version: unit.version })
  }
}

/** The tills have paid what was refunded before today, but for one; today's money is pending. */
async function tellTillNumber(
  clerk: Staff['clerk'],
  refundId: number,
  { receiptNo }: DemoReceipt,
): Promise<void> {
  const { instructions, businessDate } = await clerk.refunds.open({ refundId })
  if (instructions.length === 0) return
  await clerk.posInstructions.settleByNumber({
    instructions: instructions.map(({ id, version }) => ({ id, version })),
    posNumber: `T${receiptNo.slice(-6)}`,
    date: businessDate,
  })
}

/** What the clerk gave and said today: within the budget, beyond it and waiting, and beyond all authority. */
export function approvalHappenings(calendar: DemoCalendar, staff: Staff): Happening[] {
  const { clerk, floorManager, clerkId } = staff
  const large = { amount: 8_000, what: '送果篮一份，安抚顾客', toWhom: '邓先生' }
  return [
    {
      at: calendar.moment(0, 0.62),
      happens: async () => {
        await clerk.approvals.giveGoodwill({ amount: 1_500, what: '停车费', toWhom: '马女士' })
      },
    },
    {
      at: calendar.moment(0, 0.88),
      happens: async () => {
        const subject = await clerk.approvals.goodwillSubject(large)
        await clerk.approvals.request({
          kinds: ['goodwill'],
          amount: large.amount,
          currency: 'CNY',
          subject,
          summary: `${large.what} · ${large.toWhom}`,
          reason: '电饭煲冒烟，顾客受惊',
        })
      },
    },
    {
      at: calendar.moment(0, 0.9),
      happens: async () => {
        await floorManager.approvals.recordOffer({
          kind: 'compensation',
          amount: 200_000,
          what: '口头答应赔付 2000 元，请顾客不要发到网上',
          toWhom: '邓先生',
          madeBy: { operatorId: clerkId },
        })
      },
    },
  ]
}

export function complaintHappenings(
  calendar: DemoCalendar,
  staff: Staff,
  sales: FreshSales,
): Happening[] {
  return complaintStories.flatMap((story) => {
    const { goods } = story
    const sale = goods ? sales.take(story.counter, goods, calendar.date(story.daysAgo)) : undefined
    const recorded: { id?: number } = {}
    const happenings: Happening[] = [
      {
        at: calendar.moment(story.daysAgo, story.at),
        happens: async () => {
          recorded.id = await recordComplaint(calendar, staff, story, sale)
        },
      },
    ]
    const { solvedLater } = story
    if (solvedLater) {
      happenings.push({
        at: calendar.moment(story.daysAgo - solvedLater.days, solvedLater.clock),
        happens: () => solveComplaint(staff, recorded.id ?? 0, solvedLater),
      })
    }
    return happenings
  })
}

async function recordComplaint(
  calendar: DemoCalendar,
  staff: Staff,
  story: ComplaintStory,
  receipt: DemoReceipt | undefined,
): Promise<number> {
  const sale = receipt && (await openSale(staff.clerk, receipt.receiptNo))
  const line = sale?.lines.find(
    (each) => story.goods && isPaidGoods(each, story.counter, story.goods),
  )
  const { promise, solved } = story
  const { id } = await staff.clerk.complaints.record({
    class: story.class,
    text: story.text,
    context: {
      receiptId: sale?.id ?? null,
      saleLineId: line?.id ?? null,
      cardId: null,
      customerId: null,
      floor: '',
      counter: story.counter,
    },
    contact: story.contact ?? { name: '', phone: '' },
    outcome: promise
      ? {
          kind: 'open',
          ownerId: staff.floorManagerId,
          promise: {
            text: promise.text,
            dueAt: calendar.moment(story.daysAgo - promise.days, promise.clock).toISOString(),
          },
        }
      : { kind: 'solved', solution: solved?.solution ?? '', satisfied: solved?.satisfied ?? null },
  })
  return id
}

async function solveComplaint(
  { floorManager }: Staff,
  complaintId: number,
  { solution, satisfied }: { solution: string; satisfied: boolean | null },
): Promise<void> {
  const { version } = await floorManager.complaints.open({ complaintId })
  const points = satisfied === null ? null : satisfied ? 5 - (complaintId % 2) : 2
  await floorManager.complaints.solve({
    complaintId,
    solution,
    version,
    satisfaction: {
      answer: points === null ? 'not_asked' : 'given',
      points,
      reason: points === null ? null : satisfied ? 'kept_word' : 'slow',
      note: '',
    },
    retention: {
      outcome: satisfied ? 'stays' : 'unknown',
      reason: satisfied ? 'remedy' : null,
      note: '',
    },
  })
}
