import path from 'node:path'
import { openSqlite } from '../../src-main/database/sqlite.ts'
import { openTestDesk, type TestDesk } from '../support/desk.ts'
import { addManyCases, addManyDiaryEntries } from '../support/many-cases.ts'
import { type Bench, type Figure, figure, quantile } from './figure.ts'

const cases = 60_000
const shares = [
  { open: 400, name: '400 open' },
  { open: 6_000, name: '6,000 open' },
] as const
const rounds = 40

async function times(count: number, ask: (round: number) => unknown): Promise<number[]> {
  const measured: number[] = []
  for (let round = 0; round < count; round += 1) {
    const started = performance.now()
    await ask(round)
    measured.push(performance.now() - started)
    // Calls of a desk come one by one, each in a turn of its own.
    await new Promise((resolve) => {
      setImmediate(resolve)
    })
  }
  return measured
}

/** What a board cannot do without: open cases by floor and promises due, by prepared statements. */
function rawBoard(test: TestDesk) {
  const db = openSqlite(path.join(test.dir, 'desk.sqlite'), { readonly: true })
  const floors = db.prepare(
    "SELECT floor, count(*) FROM complaint WHERE state = 'open' GROUP BY floor",
  )
  const promises = db.prepare(
    "SELECT count(*), sum(due_at < ?) FROM promise WHERE state = 'open' AND due_on <= ?",
  )
  return {
    read: () => [floors.all(), promises.get('2026-11-21T06:00:00.000Z', '2026-11-21')],
    scanDiary: (word: string) =>
      db.prepare('SELECT id FROM shift_diary WHERE instr(text, ?) > 0 ORDER BY id DESC').all(word),
    close: () => db.close(),
  }
}

async function measure(share: (typeof shares)[number]): Promise<Figure[]> {
  const test = await openTestDesk()
  try {
    await addManyCases(test, { cases, open: share.open })
    if (share.open === 400) await addManyDiaryEntries(test, cases)
    const { client } = test.manager
    const raw = rawBoard(test)
    const plain = await times(rounds, () => raw.read())
    const board = () => client.boards.now({ floor: null, mine: false })
    const [first = 0] = await times(1, board)
    const again = await times(rounds, board)
    const [some] = (await client.clocks.running({ view: 'all', limit: 100 })).rows.filter(
      ({ ownerId }) => ownerId !== 0,
    )
    const changed: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      await client.cases.note({ caseId: some?.caseId ?? 0, about: 'said', text: `第 ${round} 次` })
      changed.push(...(await times(1, board)))
    }
    const floor = await times(rounds, (round) =>
      client.boards.now({ floor: `${(round % 8) + 1}F`, mine: false }),
    )
    const clocks = await times(rounds, () => client.clocks.running({ view: 'overdue', limit: 50 }))
    const open = await times(rounds, () => client.complaints.list({ state: 'open', limit: 50 }))
    const beside = (at: number) => ({
      name: 'the same two counts, raw',
      value: quantile(plain, at),
    })
    const figures = [
      figure(`board, 60k cases, ${share.name}, p50`, quantile(again, 0.5), 'ms', beside(0.5)),
      figure(
        `board, 60k cases, ${share.name}, p95`,
        quantile(again, 0.95),
        'ms',
        beside(0.95),
        '< 30 ms',
      ),
      figure(
        'board right after a change, p95',
        quantile(changed, 0.95),
        'ms',
        beside(0.95),
        '< 30 ms',
      ),
      figure('board of one floor, p95', quantile(floor, 0.95), 'ms', beside(0.95), '< 30 ms'),
      figure('board, first time after start', first, 'ms', beside(0.95)),
      figure('clocks, first page of overdue, p95', quantile(clocks, 0.95), 'ms', beside(0.95)),
      figure('cases, first page of open, p95', quantile(open, 0.95), 'ms', beside(0.95)),
    ]
    if (share.open === 400) {
      // As if somebody had gone on four hundred pages.
      const after = { id: 1_000_000 + cases - 20_000, nextPromiseDueAt: null }
      const far = await times(rounds, () =>
        client.complaints.list({ state: 'all', limit: 50, after }),
      )
      const narrowed = await times(rounds, (round) =>
        client.complaints.list({
          state: 'all',
          limit: 50,
          floor: `${(round % 8) + 1}F`,
          ownerId: 1_000_000 + (round % 40),
          kind: 'enquiry',
        }),
      )
      const counted = await times(rounds, (round) =>
        client.complaints.count({ state: 'all', floor: `${(round % 8) + 1}F` }),
      )
      const scan = await times(rounds, () => raw.scanDiary('停电'))
      const diary = await times(rounds, () => client.shifts.diary({ words: '停电' }))
      const scanned = { name: 'instr over all entries', value: quantile(scan, 0.95) }
      figures.push(
        figure('cases, page 400 of all, p95', quantile(far, 0.95), 'ms', beside(0.95)),
        figure('cases by floor, owner and kind, p95', quantile(narrowed, 0.95), 'ms', beside(0.95)),
        figure('cases of a floor counted, p95', quantile(counted, 0.95), 'ms', beside(0.95)),
        figure(
          'diary by two Hanzi, 60k entries, p95',
          quantile(diary, 0.95),
          'ms',
          scanned,
          '< 30 ms',
        ),
      )
    }
    raw.close()
    return figures
  } finally {
    await test.close()
  }
}

const bench: Bench = {
  name: 'boards',
  async run(): Promise<Figure[]> {
    const figures: Figure[] = []
    for (const share of shares) figures.push(...(await measure(share)))
    return figures
  },
}

export default bench
