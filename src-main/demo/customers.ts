import type { DemoCalendar } from './calendar.ts'
import type { Happening } from './desk.ts'
import type { Staff } from './desk-work.ts'
import type { Member } from './people.ts'

/** What the desk has learned of its members: notes after visits, who asked not to be called, who brought whom. */
export function customerHappenings(
  calendar: DemoCalendar,
  staff: Staff,
  members: readonly Member[],
): Happening[] {
  const [first, second, third] = members
  if (!first || !second || !third) return []
  const { clerk, floorManager } = staff
  const idOf = async ({ memberNo }: Member) => {
    const { rows } = await clerk.customers.list({ text: memberNo })
    const [found] = rows
    if (!found) throw new Error(`the demo member ${memberNo} is not in the store`)
    return found.id
  }
  return [
    {
      at: calendar.moment(9, '10:40'),
      happens: async () => {
        const customerId = await idOf(first)
        const note = { customerId, caseId: null }
        await clerk.customers.addNote({
          ...note,
          kind: 'size',
          text: '鞋 37 码，脚背高；外套 M',
        })
        await clerk.customers.addNote({
          ...note,
          kind: 'visit',
          text: '上门看洗衣机时说厨房要换整套，想看嵌入式的。',
        })
        await clerk.customers.addNote({ ...note, kind: 'preference', text: '喜欢浅色、简洁的款式' })
        await clerk.customers.setContactRule({
          customerId,
          channel: 'phone',
          rule: 'never',
          until: calendar.date(-60),
          note: '白天上课，不接电话',
        })
        await clerk.customers.setContactRule({
          customerId,
          channel: 'message',
          rule: 'prefers',
          until: null,
          note: '',
        })
      },
    },
    {
      at: calendar.moment(8, '15:20'),
      happens: async () => {
        const customerId = await idOf(first)
        await clerk.customers.setReferral({
          customerId: await idOf(second),
          referredBy: customerId,
          note: '同小区邻居，冰箱换货办得满意后介绍来的',
        })
        const { version } = await floorManager.customers.open({ customerId })
        await floorManager.customers.setGrade({
          customerId,
          tier: '钻石卡',
          reason: '一年内介绍多位顾客',
          version,
        })
      },
    },
    {
      at: calendar.moment(6, '17:05'),
      happens: async () => {
        await clerk.customers.add({
          memberNo: null,
          name: third.name,
          phone: third.phone,
          address: '滨江大道 12 号',
          note: '忘带会员卡，按电话登记',
        })
      },
    },
  ]
}
