import { type BusinessDate, instantOfLocal } from '../foundation/business-date.ts'
import { refuse } from '../foundation/errors.ts'
import { demoManager, markAsDemo } from '../settings/index.ts'
import { businessDay, DemoCalendar } from './calendar.ts'
import { followUpHappenings } from './follow-ups.ts'
import { demoProducts } from './catalogue.ts'
import { type DemoDesk, letHappen } from './desk.ts'
import { customerHappenings } from './customers.ts'
import {
  cardHappenings,
  approvalHappenings,
  complaintHappenings,
  FreshSales,
  refundHappenings,
  type Staff,
} from './desk-work.ts'
import { inventMembers } from './people.ts'
import { seededChance } from './random.ts'
import { qualityHappenings } from './quality.ts'
import { remedyHappenings } from './remedies.ts'
import { vendorHappenings } from './vendors.ts'
import { inventSales, storeCode } from './sales.ts'
import { settlementHappenings } from './settlements.ts'
import { importExports, storeName, writeTillFiles } from './till-files.ts'

export type { DemoDesk } from './desk.ts'

export interface DemoOptions {
  seed?: number
  /** The day the demo store stands at, at three in the afternoon. */
  today?: BusinessDate
  /** The moment it stands at, where `today` does not say; the real one where neither does. */
  now?: Date
}

/** Who works at the demo desk beside its manager. */
const clerk = { code: 'C01', name: '李静', pin: '1357' }
const floorManager = { code: 'F01', name: '陈国强', pin: '8642' }
const memberCount = 120

/** What the demo store promises beyond the law: seven days for a change of mind, fifteen to exchange, price drops. */
const housePromises = [
  'sample.r43.refund-7',
  'sample.r43.exchange-15',
  'sample.pdl.price-drop-7',
  'sample.offer-order',
]

/**
 * Makes the demo store in an empty data folder: sales of the last ninety days through the product's own import, then
 * two weeks of work at the desk through its own commands, each at its time. The same seed and day make the same
 * store. Refuses with `demo.folder_has_store` where there is one.
 */
export async function createDemoStore(desk: DemoDesk, options: DemoOptions = {}): Promise<void> {
  const { setUp } = await desk.system.settings.status()
  if (setUp) refuse('demo.folder_has_store', { dir: desk.dir })
  const calendar = new DemoCalendar(
    options.today === undefined
      ? (options.now ?? new Date())
      : instantOfLocal(`${options.today}T15:00:00`, businessDay.timeZone),
  )
  const chance = seededChance(options.seed ?? 20_260_101)
  const products = demoProducts()
  const members = inventMembers(chance, memberCount, (one) => calendar.date(one.int(95, 1_400)))
  const receipts = inventSales(chance, products, members, {
    today: calendar.today,
    lastMinute: calendar.minutesOver,
  })
  const data = { products, members, receipts }
  desk.setClock(calendar.moment(15, '16:00'))
  const staff = await openStore(desk, calendar)
  const sales = new FreshSales(receipts)
  desk.setClock(calendar.moment(14, '08:30'))
  await importExports(desk, data)
  await letHappen(desk, [
    ...refundHappenings(calendar, staff, sales),
    ...complaintHappenings(calendar, staff, sales),
    ...cardHappenings(chance, calendar, staff, receipts),
    ...approvalHappenings(calendar, staff),
    ...remedyHappenings(calendar, staff, sales),
    ...settlementHappenings(calendar, staff),
    ...customerHappenings(calendar, staff, members),
    ...qualityHappenings(calendar, staff, sales, receipts),
    ...vendorHappenings(calendar, staff),
    ...followUpHappenings(calendar, staff),
  ])
  await writeTillFiles(desk, chance, calendar, data)
  desk.setClock(calendar.now)
}

async function openStore(desk: DemoDesk, calendar: DemoCalendar): Promise<Staff> {
  const { settings, staff } = desk.system
  await settings.setUp({
    name: storeName,
    storeCode,
    deskNo: storeCode,
    province: '湖北省',
    city: '江城市',
    address: '临江区滨江大道 88 号',
    postcode: '430000',
    phone: '027-00000312',
    currency: 'CNY',
    timeZone: businessDay.timeZone,
    cutoffMinutes: businessDay.cutoffMinutes,
    language: 'zh-CN',
    manager: { ...demoManager, name: '周建国' },
  })
  await desk.store.write((w) => markAsDemo(w))
  await staff.add({ ...clerk, phone: '', role: 'clerk' })
  await staff.add({ code: 'C02', name: '王芳', phone: '', role: 'clerk', pin: '1593' })
  await staff.add({ ...floorManager, phone: '', role: 'floor_manager' })
  // Signed in as of now: a session holds for the hours before it as well.
  const opened = calendar.moment(15, '16:00')
  desk.setClock(calendar.now)
  const [atDesk, onFloor, inCharge] = await Promise.all(
    [clerk, floorManager, demoManager].map((one) => staff.signIn(one)),
  )
  desk.setClock(opened)
  if (!atDesk || !onFloor || !inCharge) throw new Error('nobody is at the demo desk')
  await desk.signedIn(inCharge.token).policy.choose({
    effectiveOn: calendar.date(120),
    country: 'CN',
    region: null,
    profiles: {},
    switches: Object.fromEntries(housePromises.map((id) => [id, true])),
    version: 0,
    pin: demoManager.pin,
    note: '开业时的退换货承诺',
  })
  return {
    clerk: desk.signedIn(atDesk.token),
    floorManager: desk.signedIn(onFloor.token),
    manager: desk.signedIn(inCharge.token),
    floorManagerId: onFloor.operator.id,
    clerkId: atDesk.operator.id,
    signature: { code: floorManager.code, pin: floorManager.pin },
  }
}
