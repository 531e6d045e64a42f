import { factsOf } from '../investigations/causes.ts'
import type { DemoCalendar } from './calendar.ts'
import type { DemoClient, Happening } from './desk.ts'
import type { Staff } from './desk-work.ts'

/** Words that tell a complaint of the demo store from the others. */
const lateFridge = '约定周四送到的冰箱没有送'
const phone = '手机买回没几天自动关机'

/** The fridge that came late is settled, paid and waits for its apology; the phone's settlement waits for an answer. */
export function settlementHappenings(calendar: DemoCalendar, staff: Staff): Happening[] {
  return [
    { at: calendar.moment(2, '10:20'), happens: () => findOutAboutFridge(calendar, staff) },
    { at: calendar.moment(2, '16:10'), happens: () => settleFridge(staff) },
    { at: calendar.moment(1, '11:30'), happens: () => payForFridge(staff) },
    { at: calendar.moment(1, '15:00'), happens: () => offerForPhone(calendar, staff) },
  ]
}

async function findComplaint({ clerk }: Staff, words: string): Promise<number> {
  const rows = await clerk.complaints.list({ state: 'open', limit: 50 })
  const found = rows.find(({ text }) => text.startsWith(words))
  if (!found) throw new Error(`the demo complaint “${words}” is not in the store`)
  return found.id
}

/** Settles every fact the class asks for in a few words of its own. */
async function settleFacts(
  client: DemoClient,
  complaintId: number,
  complaintClass: string,
  texts: Readonly<Record<string, string>>,
): Promise<void> {
  for (const { id: fact } of factsOf(complaintClass)) {
    const text = texts[fact]
    await client.investigations.settleFact({
      complaintId,
      fact,
      state: text === undefined ? 'skipped' : 'settled',
      text: text ?? '与本件无关',
    })
  }
}

type Findings = Omit<
  Parameters<DemoClient['investigations']['write']>[0],
  'complaintId' | 'version'
>

async function decide(client: DemoClient, complaintId: number, findings: Findings): Promise<void> {
  const { version } = await client.investigations.of({ complaintId })
  const written = await client.investigations.write({ complaintId, ...findings, version })
  await client.investigations.decide({ complaintId, version: written.version })
}

async function findOutAboutFridge(calendar: DemoCalendar, staff: Staff): Promise<void> {
  const { clerk } = staff
  const complaintId = await findComplaint(staff, lateFridge)
  await settleFacts(clerk, complaintId, 'contract', {
    course: '约定周四 14 点到 17 点送货，承运方未到也未通知，顾客请假等候一下午。',
    wish: '重新送货，补偿误工，给一个说法。',
    proof: '小票和送货单齐全。',
    rules: '送货单写明：承运方未按约定时间送达须提前 4 小时通知顾客。',
    promised: '导购周三电话确认过送货时间。',
    staff: '仓库确认当日已出库，承运方车辆故障后未上报。',
  })
  await clerk.investigations.addOutlay({
    complaintId,
    kind: 'travel',
    what: '到店交涉来回打车',
    amount: 3_800,
    paidOn: calendar.date(2),
    sha256: null,
  })
  await clerk.investigations.addEffort({
    complaintId,
    kind: 'wait',
    minutes: 180,
    note: '在家等候',
  })
  await clerk.investigations.addEffort({ complaintId, kind: 'visit', minutes: 50, note: '' })
  await decide(clerk, complaintId, {
    cause: 'late_delivery',
    analysis: '承运方车辆故障未按规定上报，仓库没有到货回执核对，无人通知顾客。',
    fault: 'no_goods',
    finding: 'founded',
    opinion: '先补偿顾客，再向承运方追偿。',
  })
  await clerk.investigations.split({
    complaintId,
    total: 13_800,
    parties: [
      { party: 'carrier', name: '顺行物流', weight: 80 },
      { party: 'store', weight: 20 },
    ],
  })
}

const carrier = { borneBy: 'carrier', borneName: '顺行物流' } as const

async function settleFridge(staff: Staff): Promise<void> {
  const { floorManager, floorManagerId } = staff
  const complaintId = await findComplaint(staff, lateFridge)
  const [outlay] = (await floorManager.investigations.of({ complaintId })).outlays
  const { id, version } = await floorManager.settlements.propose({
    complaintId,
    version: 0,
    options: [
      {
        title: '补偿 100 元，报销打车费，当面致歉',
        items: [
          {
            kind: 'compensation',
            what: '误工一个下午',
            amount: 10_000,
            payHow: 'wechat',
            outlayId: null,
            ...carrier,
          },
          {
            kind: 'reimbursement',
            what: '到店交涉来回打车',
            amount: 3_800,
            payHow: 'cash',
            outlayId: outlay?.id ?? null,
            ...carrier,
          },
          { kind: 'apology', amount: 0, payHow: null, outlayId: null, borneBy: 'store' },
        ],
      },
    ],
  })
  const [settlement] = (await floorManager.settlements.of({ complaintId })).settlements
  await floorManager.settlements.answer({
    settlementId: id,
    accepts: true,
    optionId: settlement?.options[0]?.id ?? null,
    channel: 'phone',
    words: '可以，希望尽快送到。',
    executorId: floorManagerId,
    version,
  })
}

async function payForFridge(staff: Staff): Promise<void> {
  const { clerk } = staff
  const complaintId = await findComplaint(staff, lateFridge)
  const [settlement] = (await clerk.settlements.of({ complaintId })).settlements
  const items = settlement?.options[0]?.items.filter(({ payHow }) => payHow !== null) ?? []
  let version = settlement?.version ?? 0
  for (const item of items) {
    const done = await clerk.settlements.execute({
      settlementId: settlement?.id ?? 0,
      itemId: item.id,
      version,
    })
    version = done.version
  }
}

async function offerForPhone(calendar: DemoCalendar, staff: Staff): Promise<void> {
  const { clerk, floorManager } = staff
  const complaintId = await findComplaint(staff, phone)
  await settleFacts(clerk, complaintId, 'goods', {
    course: '购机第 6 天和第 8 天各自动关机一次，电量均在 60% 以上。',
    wish: '换一台新机。',
    proof: '小票和三包凭证齐全，在 15 日内。',
    seen: '外观完好，无进液、无拆修痕迹。',
    use: '未安装第三方系统，使用原装充电器。',
    way: '到店自提，开机正常。',
  })
  await clerk.investigations.addCertificate({
    complaintId,
    laboratory: '厂家检测中心',
    number: 'QC-20817',
    testedOn: calendar.date(2),
    result: 'fault',
    summary: '主板电源管理芯片虚焊，属性能故障。',
    fee: 0,
    paidBy: 'store',
    bearer: 'store',
    sha256: null,
  })
  await decide(clerk, complaintId, {
    cause: 'quality',
    analysis: '检测单确认主板虚焊，与使用无关。',
    fault: 'function',
    finding: 'founded',
    opinion: '按三包换同型号新机。',
  })
  await floorManager.settlements.propose({
    complaintId,
    version: 0,
    options: [
      {
        title: '换同型号新机',
        items: [
          {
            kind: 'exchange',
            amount: 0,
            payHow: null,
            outlayId: null,
            borneBy: 'maker',
            borneName: '厂家',
          },
        ],
      },
      {
        title: '退货退款',
        items: [
          {
            kind: 'refund',
            amount: 0,
            payHow: null,
            outlayId: null,
            borneBy: 'maker',
            borneName: '厂家',
          },
        ],
      },
    ],
  })
}
