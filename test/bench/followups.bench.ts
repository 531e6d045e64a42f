import { openSqlite } from '../../src-main/database/sqlite.ts'
import { seededChance } from '../../src-main/demo/random.ts'
import { shippedPlans } from '../../src-main/followups/plans.ts'
import { addDays } from '../../src-main/foundation/business-date.ts'
import { openTestDesk, type TestDesk } from '../support/desk.ts'
import { addManyComplaints } from '../support/many-complaints.ts'
import { type Bench, type Figure, figure, quantile } from './figure.ts'

const cases = 60_000
/** Customers who wait for a call; the others were reached over the years. */
const waiting = 6_000
const rounds = 100
const perTransaction = 1_000

/** One follow-up for each case: of the newest ones some wait, due before and after today. */
async function addFollowUps(test: TestDesk): Promise<void> {
  const chance = seededChance(11)
  const plan = JSON.stringify(shippedPlans()[0]?.plan)
  await test.write((w) =>
    w.updateTable('complaint').set({ contact_phone: '13800000000' }).execute(),
  )
  const complaints = await test.write((w) =>
    w.selectFrom('complaint').select(['id', 'case_id', 'business_date']).orderBy('id').execute(),
  )
  for (let from = 0; from < complaints.length; from += perTransaction) {
    await test.write(async (w) => {
      for (const [at, each] of complaints.slice(from, from + perTransaction).entries()) {
        const isWaiting = from + at >= cases - waiting
        const day = isWaiting
          ? addDays('2026-11-21', chance.int(-10, 20))
          : addDays(each.business_date, 3)
        const instant = `${day}T02:${String(chance.int(10, 59))}:00.000Z`
        await w
          .insertInto('followup')
          .values({
            case_id: each.case_id,
            complaint_id: each.id,
            customer_id: null,
            plan_id: 'after_reply',
            plan_version: 0,
            plan,
            purpose: 'after_reply',
            channel: 'phone',
            step: 1,
            steps: 1,
            owner_id: test.manager.id,
            floor: chance.pick(['1F', '2F', '3F', '4F', '5F']),
            made_at: instant,
            made_by: test.manager.id,
            from_at: instant,
            late_after: addDays(day, 2),
            next_at: instant,
            next_on: day,
            state: isWaiting ? 'waiting' : 'reached',
            result: isWaiting ? null : 'content',
            ended_at: isWaiting ? null : instant,
            ended_on: isWaiting ? null : day,
            ended_by: isWaiting ? null : test.manager.id,
          })
          .execute()
      }
    })
  }
}

async function timeAll(asks: readonly (() => Promise<unknown>)[]): Promise<number[]> {
  const times: number[] = []
  for (const ask of asks) {
    const started = performance.now()
    await ask()
    times.push(performance.now() - started)
  }
  return times
}

/** Every row that waits, read and sorted for one page: what the list would be without its indexes. */
function timeWhole(test: TestDesk): number[] {
  const db = openSqlite(test.desk.folder.databaseFile, { readonly: true })
  const statement = db.prepare(
    `SELECT followup.*, complaint.number FROM followup NOT INDEXED
     LEFT JOIN complaint ON complaint.id = followup.complaint_id
     WHERE followup.state = 'waiting' ORDER BY next_at, followup.id`,
  )
  const times = Array.from({ length: 20 }, () => {
    const started = performance.now()
    statement.all()
    return performance.now() - started
  })
  db.close()
  return times
}

const bench: Bench = {
  name: 'followups',
  async run(): Promise<Figure[]> {
    const test = await openTestDesk()
    try {
      await addManyComplaints(test, cases)
      await addFollowUps(test)
      const { followups } = test.clerk.client
      const views = ['due', 'overdue', 'later', 'done'] as const
      const page = (at: number) => () =>
        followups.list({
          view: views[at % views.length] ?? 'due',
          ...(at % 3 === 0 && { floor: '2F' }),
        })
      const { next } = await followups.list({ view: 'later' })
      const asks = Array.from({ length: rounds }, (_each, at) => page(at))
      await timeAll(asks.slice(0, 8))
      const lists = await timeAll(asks)
      const further = await timeAll(
        Array.from(
          { length: rounds },
          () => () => followups.list({ view: 'later', ...(next && { after: next }) }),
        ),
      )
      const counts = await timeAll(Array.from({ length: rounds }, () => () => followups.counts()))
      const whole = timeWhole(test)
      const baseline = (share: number) => ({
        name: 'every waiting row, sorted',
        value: quantile(whole, share),
      })
      return [
        figure('call list, p50, 60k cases', quantile(lists, 0.5), 'ms', baseline(0.5)),
        figure('call list, p95, 60k cases', quantile(lists, 0.95), 'ms', baseline(0.95), '< 30 ms'),
        figure('its second page, p95', quantile(further, 0.95), 'ms', baseline(0.95), '< 30 ms'),
        figure('its counts, p95', quantile(counts, 0.95), 'ms', baseline(0.95), '< 30 ms'),
      ]
    } finally {
      await test.close()
    }
  },
}

export default bench
