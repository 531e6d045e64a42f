import type { DemoCalendar } from './calendar.ts'
import type { DemoClient, Happening } from './desk.ts'
import { approvedBy, type FreshSales, isPaidGoods, openSale, type Staff } from './desk-work.ts'
import type { DemoReceipt } from './sales.ts'

/** A story that hangs on a sale of this counter with such goods. */
interface SaleStory {
  daysAgo: number
  at: string | number
  counter: string
  goods: RegExp
}

type Line = Awaited<ReturnType<typeof openSale>>['lines'][number]

/** Exchanges, a repair on its way and one to fetch, vouchers, a price that fell: what the desk did beside refunds. */
export function remedyHappenings(
  calendar: DemoCalendar,
  staff: Staff,
  sales: FreshSales,
): Happening[] {
  const ofSale = (
    story: SaleStory,
    happens: (receipt: DemoReceipt, line: Line) => Promise<void>,
  ): Happening[] => {
    const receipt = sales.take(story.counter, story.goods, calendar.date(story.daysAgo))
    if (!receipt) return []
    const at = calendar.moment(story.daysAgo, story.at)
    return [{ at, happens: async () => happens(receipt, await lineOf(staff, receipt, story)) }]
  }
  return [
    ...ofSale(sizeSwap, async (receipt, line) => {
      const [other] = await staff.clerk.exchanges.siblings({ saleLineId: line.id })
      if (!other) return
      const { id } = await exchange(staff, receipt, line, other.productId, '大半码，换小一码。')
      await handOver(staff.clerk, id)
    }),
    ...ofSale(dearerCoat, async (receipt, line) => {
      const { goods } = await staff.clerk.exchanges.goods({ text: '双面羊毛大衣' })
      const [coat] = goods
      if (coat) await exchange(staff, receipt, line, coat.productId, '换一件厚的，补差价。')
    }),
    ...ofSale(phoneRepair, (receipt, line) => sendToMaker(staff, calendar, receipt, line)),
    ...ofSale(kettleRepair, (receipt, line) => mendAtDesk(staff, calendar, receipt, line)),
    ...ofSale(priceFall, (receipt, line) => adjustPrice(staff, receipt, line)),
    ...voucherHappenings(calendar, staff),
  ]
}

const sizeSwap: SaleStory = {
  daysAgo: 5,
  at: '15:25',
  counter: '步云里女鞋',
  goods: /短靴|单鞋|乐福鞋/,
}
/** Today, the form still open. */
const dearerCoat: SaleStory = { daysAgo: 0, at: 0.92, counter: '暖屿女装', goods: /羊绒衫/ }
const phoneRepair: SaleStory = {
  daysAgo: 7,
  at: '10:40',
  counter: '极昼手机',
  goods: /X5 手机|Lite 手机/,
}
const kettleRepair: SaleStory = {
  daysAgo: 6,
  at: '11:05',
  counter: '澜石厨电',
  goods: /电饭煲|料理机|水壶/,
}
const priceFall: SaleStory = {
  daysAgo: 3,
  at: '16:30',
  counter: '超市百货',
  goods: /花生油|坚果礼盒|龙井茶/,
}

async function lineOf(staff: Staff, receipt: DemoReceipt, story: SaleStory): Promise<Line> {
  const { lines } = await openSale(staff.clerk, receipt.receiptNo)
  const line = lines.find((each) => isPaidGoods(each, story.counter, story.goods))
  if (!line) throw new Error(`nothing of ${receipt.receiptNo} fits the story`)
  return line
}

async function exchange(
  staff: Staff,
  receipt: DemoReceipt,
  line: Line,
  productId: number,
  note: string,
): Promise<{ id: number }> {
  const { exchanges } = staff.clerk
  const sale = await openSale(staff.clerk, receipt.receiptNo)
  const condition = 'opened' as const
  const ask = {
    receiptId: sale.id,
    reason: 'size' as const,
    lines: [{ saleLineId: line.id, units: 1, condition, packagingIntact: true }],
    given: [{ productId }],
  }
  const { difference: expectedDifference, approval } = await exchanges.preview(ask)
  const approvalIds = await approvedBy(staff, approval, note)
  return exchanges.record({ ...ask, note, expectedDifference, approvalIds })
}

/** The five steps of the form as they usually go, signed on the printed form. */
async function handOver({ handovers }: DemoClient, exchangeId: number): Promise<void> {
  const form = await handovers.ofExchange({ exchangeId })
  const is = <const Found extends string>(found: Found) => ({ is: found, reason: '' })
  const backUnits = form.back.map(({ saleLineId, unitNo }) => ({ saleLineId, unitNo }))
  const givenUnits = form.given.map(({ lineId, unitNo }) => ({ lineId, unitNo }))
  let { version } = form
  const at = () => ({ handoverId: form.id, version })
  ;({ version } = await handovers.saveGoodsBack({
    ...at(),
    units: backUnits.map((unit) => ({
      ...unit,
      serialNo: '',
      goods: is('back'),
      accessories: is('complete'),
    })),
  }))
  ;({ version } = await handovers.savePapersBack({
    ...at(),
    units: backUnits.map((unit) => ({
      ...unit,
      card: is('none'),
      cardNumber: '',
      manual: is('none'),
      invoice: is('stamped'),
    })),
  }))
  ;({ version } = await handovers.saveNewChecked({
    ...at(),
    units: givenUnits.map((unit) => ({
      ...unit,
      serialNo: '',
      seal: is('none'),
      appearance: is('sound'),
    })),
  }))
  ;({ version } = await handovers.give({
    ...at(),
    units: givenUnits.map((unit) => ({
      ...unit,
      manual: is('none'),
      accessories: is('complete'),
    })),
  }))
  await handovers.sign({
    ...at(),
    receiver: { who: 'self' },
    customer: { way: 'paper' },
    store: { way: 'paper' },
  })
}

interface Fault {
  fault: string
  appearance: string
  accessories: { name: string }[]
  contact: { name: string; phone: string }
  /** Days from now until it is promised. */
  promisedIn: number
}

/** Takes goods in for a free repair the rules give. @returns the ticket's only item. */
async function takeIn(
  { clerk, clerkId }: Staff,
  calendar: DemoCalendar,
  receipt: DemoReceipt,
  line: Line,
  told: Fault,
) {
  const { id: receiptId } = await openSale(clerk, receipt.receiptNo)
  const { id: rightsId } = await clerk.rights.freeze({
    receiptId,
    lines: [{ saleLineId: line.id, units: 1 }],
    answers: { all: { reason: 'quality', condition: 'faulty', findings: [] } },
  })
  const { contact, promisedIn, ...seen } = told
  const { id: repairId } = await clerk.repairs.intake({
    items: [{ subject: { kind: 'sold', saleLineId: line.id, unitNo: 1 }, rightsId, ...seen }],
    contact,
    promise: {
      ownerId: clerkId,
      text: '修好后电话通知取机',
      dueAt: calendar.moment(-promisedIn, '18:00').toISOString(),
    },
  })
  return async () => {
    const [item] = (await clerk.repairs.open({ repairId })).items
    if (!item) throw new Error('a demo repair without goods')
    return { itemId: item.id, version: item.version }
  }
}

async function sendToMaker(
  staff: Staff,
  calendar: DemoCalendar,
  receipt: DemoReceipt,
  line: Line,
): Promise<void> {
  const seen = await takeIn(staff, calendar, receipt, line, {
    fault: '充电到一半就停，机身发烫',
    appearance: '背壳右下角轻微磨损',
    accessories: [{ name: '原装充电器' }, { name: '手机壳' }],
    contact: { name: '吴先生', phone: '18600001125' },
    promisedIn: 4,
  })
  const to = { holder: 'maker', name: '极昼江城服务站', contact: '027-00005588' } as const
  await staff.clerk.repairs.send({ ...(await seen()), ...to, waybill: 'SD20260731' })
}

/** Mended by the desk's own repairer: waits to be fetched. */
async function mendAtDesk(
  staff: Staff,
  calendar: DemoCalendar,
  receipt: DemoReceipt,
  line: Line,
): Promise<void> {
  const { repairs } = staff.clerk
  const seen = await takeIn(staff, calendar, receipt, line, {
    fault: '通电后指示灯闪，不加热',
    appearance: '外观完好',
    accessories: [{ name: '电源线' }],
    contact: { name: '马女士', phone: '13600009012' },
    promisedIn: 2,
  })
  await repairs.send({ ...(await seen()), holder: 'repairer', name: '商场维修部' })
  await repairs.recordWork({
    ...(await seen()),
    actualFault: '温控器接点烧蚀',
    work: '更换温控器，通电测试三次正常',
    parts: [{ name: '温控器', partNo: 'WK-17' }],
    doneBy: '维修部 老郑',
  })
  await repairs.bringBack(await seen())
  await repairs.check({ ...(await seen()), ok: true })
}

/** Seen cheaper on the shelf: the goods stay, the difference is paid and somebody above has looked at it. */
async function adjustPrice(staff: Staff, receipt: DemoReceipt, line: Line): Promise<void> {
  const { refunds } = staff.clerk
  const { id: receiptId } = await openSale(staff.clerk, receipt.receiptNo)
  const units = 1
  const seenPrice = Math.floor((line.paidAmount / line.units) * 0.9)
  const asked = { saleLineId: line.id, units, seenPrice }
  const { lines } = await refunds.priceDraft({ receiptId, lines: [asked] })
  const drafted = lines.find(({ saleLineId }) => saleLineId === line.id)
  if (!drafted || drafted.amount === 0) return
  const ask = {
    receiptId,
    reason: 'price' as const,
    allowances: [{ ...asked, amount: drafted.amount }],
  }
  const note = '货架今日起九折，按买贵退差办理。'
  const { amount: expectedAmount, approval } = await refunds.preview(ask)
  const approvalIds = await approvedBy(staff, approval, note)
  await refunds.record({ ...ask, note, expectedAmount, approvalIds })
}

function voucherHappenings(calendar: DemoCalendar, { clerk }: Staff): Happening[] {
  return [
    {
      at: calendar.moment(4, '19:20'),
      happens: async () => {
        const holder = { name: '蔡女士', phone: '13900003358' }
        await clerk.vouchers.issueGoodwill({ amount: 5_000, what: '送货延误致歉', holder })
      },
    },
    {
      at: calendar.moment(1, '12:10'),
      happens: async () => {
        const toWhom = '一位排队的顾客'
        await clerk.vouchers.issueGoodwill({
          amount: 2_000,
          what: '收银排队过久',
          holder: null,
          toWhom,
        })
      },
    },
  ]
}
