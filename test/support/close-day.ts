import { managerSignature, type TestDesk } from './desk.ts'

export const clerkSignature = { code: '002', pin: '1379' }
export const floorSignature = { code: '003', pin: '8642' }

/** The desk lead, the floor manager and the duty manager, each with a PIN. */
export const signatures = [
  { role: 'desk_lead' as const, how: 'pin' as const, ...clerkSignature },
  { role: 'floor_manager' as const, how: 'pin' as const, ...floorSignature },
  { role: 'duty_manager' as const, how: 'pin' as const, ...managerSignature },
]

/** The third person whom a close needs. */
export async function addFloorManager(test: TestDesk): Promise<void> {
  await test.system.staff.add({
    code: floorSignature.code,
    name: '周涛',
    role: 'floor_manager',
    pin: floorSignature.pin,
  })
}

/** Counts all goods of a day as they are recorded. */
export async function countAllGoods(test: TestDesk, businessDate: string): Promise<void> {
  const { dayCloses } = test.clerk.client
  const { goods } = await dayCloses.open({ businessDate })
  for (const { destination, recorded } of goods.filter((each) => each.recorded > 0)) {
    await dayCloses.count({ businessDate, destination, counted: recorded })
  }
}

/** What closes a day as it stands, with a note on everything that asks for one. */
export async function closeInputOf(test: TestDesk, businessDate: string) {
  const { checks, ledgerHash } = await test.clerk.client.dayCloses.open({ businessDate })
  const notes = checks
    .filter(({ state }) => state === 'note')
    .map(({ kind }) => ({ kind, note: '已知' }))
  return { businessDate, ledgerHash, notes, signatures }
}

/** Counts, notes, signs and closes. */
export async function closeDay(test: TestDesk, businessDate: string) {
  await countAllGoods(test, businessDate)
  return test.clerk.client.dayCloses.close(await closeInputOf(test, businessDate))
}
