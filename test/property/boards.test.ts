import path from 'node:path'
import { ORPCError } from '@orpc/client'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openStore } from '../../src-main/database/store.ts'
import { complainedAt, recordComplaint } from '../support/complain.ts'
import { openTestDesk, type TestDesk } from '../support/desk.ts'

let test: TestDesk
let complaintIds: number[] = []

/** What a deed chooses by. */
interface Dice {
  a: number
  b: number
}

const minute = 60_000
const floors = ['1F', '2F', '10F', '']

const pick = <Each>(all: readonly Each[], die: number): Each => {
  const chosen = all[die % all.length]
  if (chosen === undefined) throw new Error('nothing to pick from')
  return chosen
}

/** One of the complaints there are, as it stands; the newest are chosen most. */
async function some({ a }: Dice) {
  const complaintId = pick(complaintIds.slice(-8), a)
  const { caseId, version } = await test.manager.client.complaints.open({ complaintId })
  return { complaintId, caseId, version }
}

async function move(minutes: number) {
  await test.setNow(new Date(test.now().getTime() + minutes * minute).toISOString())
}

async function recordOne({ a, b }: Dice) {
  const { id } = await recordComplaint(test, {
    class: pick(['goods', 'service', 'safety'] as const, b),
    context: complainedAt(pick(floors, a)),
    details: { severity: pick(['slight', 'ordinary', 'serious'] as const, a) },
    outcome: {
      kind: 'open',
      ownerId: pick([test.clerk.id, test.manager.id], b),
      promise: {
        text: '回电',
        dueAt: new Date(test.now().getTime() + ((b % 3) + 1) * 90 * minute).toISOString(),
      },
    },
  })
  complaintIds.push(id)
}

async function changeHours({ a, b }: Dice) {
  const { version, days } = await test.manager.client.clocks.hours()
  const span = { opens: 540 + (a % 4) * 60, closes: 1200 + (b % 4) * 30 }
  const weekdays = Array.from({ length: 7 }, (_, day) => (day === b % 7 ? null : span))
  await test.manager.client.clocks.changeHours({ weekdays, days, version })
}

async function changeTargets({ a }: Dice) {
  const { version, rules } = await test.manager.client.clocks.house()
  const { id, min, max } = pick(
    rules.filter(({ legal }) => !legal),
    a,
  )
  const target = { rule: id, class: null, severity: null, amount: min + (a % (max - min + 1)) }
  await test.manager.client.clocks.changeHouse({
    targets: [target],
    ladders: [],
    reason: '试行',
    version,
  })
}

async function settleOne({ a, b }: Dice) {
  const promises = await test.manager.client.cases.duePromises()
  if (promises.length === 0) return
  const { id: promiseId, version } = pick(promises, a)
  await test.manager.client.cases.settlePromise({ promiseId, kept: b % 2 === 0, version })
}

async function reactToMessage({ a, b }: Dice) {
  const { client } = pick([test.clerk, test.manager], b)
  const inbox = await client.alerts.inbox()
  if (inbox.length === 0) return
  const { key } = pick(inbox, a)
  await (b % 3 === 0 ? client.alerts.answer({ key }) : client.alerts.see({ keys: [key] }))
}

/** What can happen between two looks at the board. */
const deeds: Record<string, (dice: Dice) => Promise<unknown>> = {
  recordOne,
  note: async (dice) => {
    const { caseId } = await some(dice)
    return test.clerk.client.cases.note({ caseId, about: 'said', text: '又来电话' })
  },
  answer: async (dice) => {
    const { caseId } = await some(dice)
    const kind = pick(['heard', 'plan'] as const, dice.b)
    return test.clerk.client.clocks.answer({ caseId, kind, channel: 'phone', text: '在处理' })
  },
  pause: async (dice) => {
    const { caseId } = await some(dice)
    const ends = new Date(test.now().getTime() + (dice.b % 900) * minute).toISOString()
    const endsAt = dice.b % 2 === 0 ? null : ends
    return test.clerk.client.clocks.pause({ caseId, reason: 'certificate', endsAt })
  },
  resume: async (dice) => test.clerk.client.clocks.resume({ caseId: (await some(dice)).caseId }),
  reassign: async (dice) => {
    const { caseId } = await some(dice)
    const toId = pick([test.clerk.id, test.manager.id], dice.b)
    return test.manager.client.cases.reassign({ caseId, toId, reason: '换人跟进' })
  },
  offer: async (dice) => {
    const { caseId } = await some(dice)
    return test.clerk.client.cases.offer({ caseId, toId: test.manager.id, reason: '明天休息' })
  },
  callManager: async (dice) => {
    const { caseId } = await some(dice)
    const managerId = test.manager.id
    return test.clerk.client.cases.callManager({ caseId, managerId, reason: '顾客要见经理' })
  },
  solve: async (dice) => {
    const { complaintId, version } = await some(dice)
    return test.manager.client.complaints.solve({ complaintId, solution: '换新', version })
  },
  reopen: async (dice) => {
    const { complaintId, version } = await some(dice)
    return test.manager.client.complaints.reopen({ complaintId, reason: '又坏了', version })
  },
  change: async (dice) => {
    const { complaintId, version } = await some(dice)
    const severity = pick(['slight', 'ordinary', 'serious'] as const, dice.b)
    const floor = pick(floors, dice.b)
    const details = { severity }
    return test.clerk.client.complaints.change({ complaintId, version, details, floor })
  },
  setRisks: async (dice) => {
    const { complaintId, version } = await some(dice)
    const risks = dice.b % 2 === 0 ? (['media'] as const) : []
    return test.clerk.client.complaints.setRisks({ complaintId, version, risks: [...risks] })
  },
  settleOne,
  reactToMessage,
  changeHours,
  changeTargets,
  wait: ({ a }) => move(a % 240),
  waitLong: ({ a }) => move(a % 3_000),
  putClockBack: ({ a }) => move(-(a % 300)),
}

/** Everything a board, a list of clocks and a bell say. */
async function look() {
  const { manager, clerk } = test
  return {
    whole: await manager.client.boards.now({ floor: null, mine: false }),
    floor: await manager.client.boards.now({ floor: '2F', mine: false }),
    mine: await clerk.client.boards.now({ floor: null, mine: true }),
    waiting: await manager.client.boards.waiting(),
    clocks: await manager.client.clocks.running({ view: 'all', limit: 100 }),
    overdue: await clerk.client.clocks.running({ view: 'overdue', limit: 100 }),
    inbox: await manager.client.alerts.inbox(),
    bells: [await manager.client.alerts.count(), await clerk.client.alerts.count()],
  }
}

/** The same by a desk that has kept nothing in memory: what is kept hangs on the store. */
async function lookAfresh() {
  const { folder } = test.desk
  const { store } = folder
  const fresh = openStore(path.join(test.dir, 'desk.sqlite'))
  try {
    folder.store = fresh
    return await look()
  } finally {
    folder.store = store
    await fresh.close()
  }
}

/** Refusals are part of the life of a desk: what was closed meanwhile is not paused. */
async function attempt(deed: () => Promise<unknown>) {
  try {
    await deed()
  } catch (error) {
    if (!(error instanceof ORPCError && error.code === 'REFUSED')) throw error
  }
}

const die = fc.nat(1_000_000)
const history = fc.array(
  fc.record({ name: fc.constantFrom(...Object.keys(deeds)), a: die, b: die, looks: fc.boolean() }),
  { minLength: 10, maxLength: 40, size: 'max' },
)

/** Lives a history at a desk of its own. @returns what it says at the end, and what it would say afresh. */
async function live(steps: readonly { name: string; a: number; b: number; looks: boolean }[]) {
  test = await openTestDesk()
  complaintIds = []
  try {
    for (const die of [1, 2, 3]) await recordOne({ a: die, b: die })
    for (const { name, a, b, looks } of steps) {
      await attempt(async () => deeds[name]?.({ a, b }))
      if (looks) await look()
    }
    return { kept: await look(), afresh: await lookAfresh() }
  } finally {
    await test.close()
  }
}

describe('the board', () => {
  it('is after any sequence of changes what it would be if everything were counted anew', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (steps) => {
        const { kept, afresh } = await live(steps)
        expect(kept).toEqual(afresh)
      }),
      { numRuns: 8 },
    )
  }, 240_000)
})
