import type { DemoCalendar } from './calendar.ts'
import type { Happening } from './desk.ts'
import { type FreshSales, isPaidGoods, openSale, type Staff } from './desk-work.ts'
import type { DemoReceipt } from './sales.ts'

const counter = '步云里女鞋'

/** What customers say of the same boot, and when. */
const stories = [
  { daysAgo: 12, at: '19:10', text: '靴子穿了没几天，左脚鞋底就开胶了。' },
  { daysAgo: 9, at: '19:25', text: '新买的靴子开胶，走路能看见缝，要求换一双。' },
  { daysAgo: 7, at: '19:40', text: '鞋底前掌脱胶，顾客说只在室内穿过。' },
  { daysAgo: 5, at: '19:15', text: '两只鞋底都开胶，顾客要求退货并问是不是整批都这样。' },
] as const

/** The one size of a boot that sold best: a fault of one article is what the radar is to find. */
function bestSold(receipts: readonly DemoReceipt[]): string {
  const counts = new Map<string, number>()
  for (const { lines, isReturn } of receipts) {
    if (isReturn) continue
    for (const line of lines) {
      if (isPaidGoods(line, counter, /靴/)) counts.set(line.name, (counts.get(line.name) ?? 0) + 1)
    }
  }
  const [best] = [...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
  return best?.[0] ?? ''
}

/** A boot whose soles come off, the incident it becomes, and goods that are recalled. */
export function qualityHappenings(
  calendar: DemoCalendar,
  staff: Staff,
  sales: FreshSales,
  receipts: readonly DemoReceipt[],
): Happening[] {
  const name = bestSold(receipts)
  const goods = new RegExp(`^${name}$`)
  const caseIds: number[] = []
  const boot: { productId: number | null } = { productId: null }
  const complaints = stories.flatMap(({ daysAgo, at, text }): Happening[] => {
    const receipt = sales.take(counter, goods, calendar.date(daysAgo))
    if (!receipt) return []
    const happens = async () => {
      const sale = await openSale(staff.clerk, receipt.receiptNo)
      const line = sale.lines.find((each) => isPaidGoods(each, counter, goods))
      const { caseId } = await staff.clerk.complaints.record({
        class: 'goods',
        text,
        context: {
          receiptId: sale.id,
          saleLineId: line?.id ?? null,
          cardId: null,
          customerId: null,
          floor: line?.floor ?? '',
          counter,
        },
        contact: { name: '', phone: '' },
        outcome: { kind: 'solved', solution: '按三包换了同款新鞋。', satisfied: true },
      })
      caseIds.push(caseId)
      boot.productId = line?.productId ?? null
    }
    return [{ at: calendar.moment(daysAgo, at), happens }]
  })
  return [
    ...complaints,
    {
      at: calendar.moment(4, '10:05'),
      happens: async () => {
        if (boot.productId === null) return
        const { incidentId } = await staff.floorManager.radar.openIncident({
          title: `${name} 开胶`,
          cell: `product:${boot.productId}|sole_off`,
          productId: boot.productId,
          fault: 'sole_off',
          ownerId: staff.floorManagerId,
          caseIds: caseIds.slice(0, 3),
        })
        await staff.floorManager.actions.plan({
          title: '到货逐箱做剥离检查',
          cause: 'product',
          rootCause: '胶水固化不足，联营商换了供应商后没有复检。',
          what: '每箱抽两双做剥离检查，不合格整箱退回；联营商书面答复原因。',
          ownerId: staff.floorManagerId,
          dueOn: calendar.date(-5),
          incidentId,
        })
      },
    },
    { at: calendar.moment(6, '09:20'), happens: () => enterRecalls(calendar, staff) },
  ]
}

/** Goods this store does not sell: that they are checked shows when somebody brings them. */
async function enterRecalls(calendar: DemoCalendar, staff: Staff): Promise<void> {
  const recall = { barcode: '', batchNo: '', authority: '市场监督管理局' }
  await staff.floorManager.radar.addRecall({
    ...recall,
    kind: 'recall',
    number: '召回 2026-118 号',
    title: '双人电热毯（温控器可能过热）',
    issuedOn: calendar.date(8),
    brand: '暖家',
    model: 'DR-18*',
    duty: '立即停止销售；通知已购顾客停用，免费更换温控器。',
  })
  await staff.floorManager.radar.addRecall({
    ...recall,
    kind: 'ban',
    number: '通告 2026-42 号',
    title: '儿童磁力珠（易被误吞）',
    issuedOn: calendar.date(20),
    brand: '小磁星',
    model: '',
    duty: '不得销售，库存封存待处理。',
  })
  await staff.floorManager.radar.issueStop({
    incidentId: null,
    productId: null,
    goods: '暖家 双人电热毯 DR-180',
    brand: '暖家',
    model: 'DR-18*',
    reason: '市场监督管理局召回 2026-118 号：温控器可能过热。',
    effectiveOn: calendar.date(6),
    counters: ['3F 清澜家电', '1F 超市百货'],
  })
}
