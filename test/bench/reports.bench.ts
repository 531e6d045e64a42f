import { monitorEventLoopDelay } from 'node:perf_hooks'
import { openSqlite } from '../../src-main/database/sqlite.ts'
import type { Dimension } from '../../src-main/reports/figures/contract.ts'
import { openTestDesk } from '../support/desk.ts'
import { addManyCases } from '../support/many-cases.ts'
import { type Bench, type Figure, figure, quantile } from './figure.ts'

const cases = 60_000
const rounds = 5
/** All of them in the year that is asked for. */
const year = { from: '2025-11-22', to: '2026-11-21' }
const perDay = 170

const asked: { report: string; by: Dimension }[] = [
  { report: 'complaints', by: 'counter' },
  { report: 'complaints', by: 'day' },
  { report: 'service', by: 'floor' },
  { report: 'scorecard', by: 'month' },
  { report: 'recomplaints', by: 'class' },
  { report: 'promises', by: 'person' },
]

/** The longest the desk's own thread could not answer while `work` went on. */
async function stallOf(work: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  await work()
  delay.disable()
  return delay.max / 1e6
}

/** Milliseconds a core worked, whichever thread it worked for. */
function coreMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1000
}

const bench: Bench = {
  name: 'reports',
  async run(): Promise<Figure[]> {
    const test = await openTestDesk()
    try {
      await addManyCases(test, { cases, open: 400, perDay })
      const { client } = test.manager
      const run = (report: string, by: Dimension) =>
        client.reports.run({ report, params: { ...year, by } })
      const first = performance.now()
      await run('complaints', 'floor')
      const started = performance.now() - first
      const db = openSqlite(test.desk.folder.databaseFile, { readonly: true })
      const scan = db.prepare(
        `SELECT complaint.*, complaint_round.*, case_file.owner_id FROM complaint
           JOIN complaint_round ON complaint_round.complaint_id = complaint.id
           JOIN case_file ON case_file.id = complaint.case_id
          WHERE complaint.business_date BETWEEN ? AND ?`,
      )
      const scanned: number[] = []
      for (let round = 0; round < rounds; round += 1) {
        const before = process.cpuUsage()
        scan.all(year.from, year.to)
        scanned.push(coreMs(before))
      }
      db.close()
      const baseline = { name: 'the same rows read raw, core time', value: quantile(scanned, 0.5) }
      const figures: Figure[] = [figure('first report, worker started', started, 'ms', baseline)]
      // What else runs on the machine stalls a desk that does nothing, too.
      const idle = await stallOf(() => new Promise((resolve) => setTimeout(resolve, 3_000)))
      const stalls: number[] = []
      for (const { report, by } of asked) {
        const times: number[] = []
        for (let round = 0; round < rounds; round += 1) {
          const before = process.cpuUsage()
          stalls.push(await stallOf(() => run(report, by)))
          times.push(coreMs(before))
        }
        figures.push(
          figure(
            `${report} by ${by}, a year of 60k cases`,
            quantile(times, 0.5),
            'ms',
            baseline,
            '< 1,000 ms of core time',
          ),
        )
      }
      const row = { report: 'complaints', params: { ...year, by: 'floor' as const }, row: '3F' }
      const before = process.cpuUsage()
      await client.reports.cases({ ...row, column: 'received', offset: 5_000 })
      figures.push(
        figure('page 100 of what is behind a figure', coreMs(before), 'ms', baseline),
        figure(
          'stall of the desk while a report is made, p50',
          quantile(stalls, 0.5),
          'ms',
          { name: 'longest stall doing nothing, 3 s', value: idle },
          '< 25 ms',
        ),
        figure(
          'the longest of these stalls',
          Math.max(...stalls),
          'ms',
          { name: 'longest stall doing nothing, 3 s', value: idle },
          '< 25 ms',
        ),
      )
      return figures
    } finally {
      await test.close()
    }
  },
}

export default bench
