import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { usualHours } from '../../src-main/clocks/opening-hours.ts'
import { openTestDesk, refusalOf, type TestDesk } from '../support/desk.ts'

let test: TestDesk

const reasonOf = async (asked: Promise<unknown>) => (await refusalOf(asked)).reason

beforeEach(async () => {
  test = await openTestDesk()
})
afterEach(() => test.close())

const nowhere = {
  receiptId: null,
  saleLineId: null,
  cardId: null,
  customerId: null,
  floor: '2F',
  counter: '女鞋',
}

type Entry = Parameters<TestDesk['clerk']['client']['complaints']['record']>[0]

/** A complaint taken at 14:00 on a Saturday, to be called back the next day. */
async function complain(change: Partial<Entry> = {}) {
  const { id, number } = await test.clerk.client.complaints.record({
    class: 'goods',
    text: '鞋底开胶',
    context: nowhere,
    contact: { name: '', phone: '' },
    outcome: {
      kind: 'open',
      ownerId: test.clerk.id,
      promise: { text: '回电', dueAt: '2026-11-22T06:00:00.000Z' },
    },
    ...change,
  })
  const { caseId } = await test.clerk.client.complaints.open({ complaintId: id })
  return { id, number, caseId }
}

const clocksOf = (caseId: number) => test.clerk.client.clocks.ofCase({ caseId })

async function statesOf(caseId: number) {
  const { clocks } = await clocksOf(caseId)
  return Object.fromEntries(clocks.map(({ rule, state }) => [rule, state]))
}

const answer = (caseId: number, kind: 'heard' | 'plan') =>
  test.clerk.client.clocks.answer({ caseId, kind, channel: 'phone', text: '已回电' })

const pause = (caseId: number, reason = 'certificate') =>
  test.clerk.client.clocks.pause({ caseId, reason, note: '送市检测中心' })

describe('the clocks of a complaint', () => {
  it('begin with it, are answered and end with it', async () => {
    const { id, caseId } = await complain()
    expect(await statesOf(caseId)).toEqual({
      first_reply: 'running',
      answer_24h: 'running',
      carry_out: 'not_started',
      legal_15_days: 'running',
    })
    await test.setNow('2026-11-21T07:00:00.000Z')
    await answer(caseId, 'heard')
    expect(await statesOf(caseId)).toMatchObject({ first_reply: 'met', answer_24h: 'running' })
    await test.setNow('2026-11-22T05:00:00.000Z')
    await answer(caseId, 'plan')
    expect(await statesOf(caseId)).toMatchObject({ answer_24h: 'met', carry_out: 'running' })
    const { version } = await test.clerk.client.complaints.open({ complaintId: id })
    await test.clerk.client.complaints.solve({
      complaintId: id,
      solution: '换新',
      satisfied: true,
      version,
    })
    const { clocks, open } = await clocksOf(caseId)
    expect(open).toBe(false)
    expect(new Set(clocks.map(({ state }) => state))).toEqual(new Set(['met']))
    const { events } = await test.clerk.client.complaints.open({ complaintId: id })
    expect(events.filter(({ kind }) => kind === 'customer_answered')).toHaveLength(2)
  })

  it('a complaint with a risk is serious: the first answer is due in two hours', async () => {
    const { caseId } = await complain({ risks: ['media'] })
    const { clocks } = await clocksOf(caseId)
    expect(clocks.map(({ rule, dueAt }) => [rule, dueAt])).toContainEqual([
      'first_reply_serious',
      '2026-11-21T08:00:00.000Z',
    ])
  })

  it('one that came through the authority has the regulator’s ten working days as well', async () => {
    const { caseId } = await complain({ details: { mode: 'authority' } })
    expect(await statesOf(caseId)).toMatchObject({ odr: 'running' })
  })

  it('begin anew when it is reopened, the legal one excepted', async () => {
    const { id, caseId } = await complain()
    await answer(caseId, 'plan')
    const before = await test.clerk.client.complaints.open({ complaintId: id })
    await test.clerk.client.complaints.solve({
      complaintId: id,
      solution: '换新',
      satisfied: null,
      version: before.version,
    })
    await test.setNow('2026-11-28T06:00:00.000Z')
    const { version } = await test.clerk.client.complaints.open({ complaintId: id })
    await test.clerk.client.complaints.reopen({
      complaintId: id,
      reason: '又开胶了',
      version,
    })
    const { clocks } = await clocksOf(caseId)
    const ends = Object.fromEntries(clocks.map(({ rule, dueAt, state }) => [rule, [state, dueAt]]))
    expect(ends).toMatchObject({
      first_reply: ['running', '2026-11-28T14:00:00.000Z'],
      carry_out: ['not_started', null],
      legal_15_days: ['running', '2026-12-06T16:00:00.000Z'],
    })
  })

  it('are of complaints: an enquiry has none', async () => {
    const { caseId } = await complain({ kind: 'enquiry' })
    expect(await statesOf(caseId)).toEqual({})
    expect((await test.clerk.client.clocks.running()).rows).toEqual([])
  })

  it('one that is solved at once has nothing left to run', async () => {
    const { caseId } = await complain({ outcome: { kind: 'solved', satisfied: true } })
    expect(Object.values(await statesOf(caseId))).not.toContain('running')
    expect((await test.clerk.client.clocks.running()).rows).toEqual([])
  })

  it('climb the ladder by waiting, and nobody is told at midnight', async () => {
    const { caseId } = await complain()
    const told = async (now: string) => {
      await test.setNow(now)
      const [row] = (await test.clerk.client.clocks.running()).rows
      return [row?.caseId === caseId, row?.told, row?.overdue]
    }
    expect(await told('2026-11-21T06:00:00.000Z')).toEqual([true, null, 0])
    expect(await told('2026-11-21T12:00:00.000Z')).toEqual([true, 'owner', 0])
    // Overdue since closing time; the floor manager hears of it in the morning.
    expect(await told('2026-11-21T16:00:00.000Z')).toEqual([true, 'owner', 1])
    expect(await told('2026-11-22T02:00:00.000Z')).toEqual([true, 'floor_manager', 1])
    expect(await told('2026-11-22T06:00:00.000Z')).toEqual([true, 'store_manager', 1])
  })
})

describe('a pause', () => {
  it('stops the clocks of the store for a named reason and lets them go on', async () => {
    const { id, caseId } = await complain()
    await pause(caseId)
    const paused = await clocksOf(caseId)
    expect(paused.pause).toMatchObject({ reason: 'certificate', by: '赵敏' })
    await test.setNow('2026-11-24T06:00:00.000Z')
    expect(await statesOf(caseId)).toMatchObject({
      first_reply: 'paused',
      answer_24h: 'paused',
      legal_15_days: 'running',
    })
    await test.clerk.client.clocks.resume({ caseId })
    const { clocks, pause: after } = await clocksOf(caseId)
    expect(after).toBeNull()
    expect(clocks.find(({ rule }) => rule === 'answer_24h')?.dueAt).toBe('2026-11-25T06:00:00.000Z')
    expect(clocks.find(({ legal }) => legal)?.dueAt).toBe('2026-12-06T16:00:00.000Z')
    const { events } = await test.clerk.client.complaints.open({ complaintId: id })
    expect(events.slice(-2).map(({ kind, data }) => [kind, data['why']])).toEqual([
      ['clock_paused', '等检测报告'],
      ['clock_resumed', undefined],
    ])
  })

  it('is refused without a known reason, twice, and on what is closed or no complaint', async () => {
    const { id, caseId } = await complain()
    expect(await reasonOf(pause(caseId, 'tired'))).toBe('clocks.unknown_reason')
    expect(await reasonOf(test.clerk.client.clocks.resume({ caseId }))).toBe('clocks.not_paused')
    await pause(caseId)
    expect(await reasonOf(pause(caseId))).toBe('clocks.paused_already')
    const { version } = await test.clerk.client.complaints.open({ complaintId: id })
    await test.clerk.client.complaints.solve({
      complaintId: id,
      solution: '换新',
      satisfied: null,
      version,
    })
    expect(await reasonOf(pause(caseId))).toBe('complaints.already_solved')
    expect(await reasonOf(answer(caseId, 'heard'))).toBe('complaints.already_solved')
    expect(await reasonOf(pause(999))).toBe('clocks.unknown_case')
    // Closing ends the pause: nothing rests in a case that is done.
    expect((await clocksOf(caseId)).pause).toBeNull()
  })

  it('is kept by the database: one at a time, ended once, never deleted', async () => {
    const { caseId } = await complain()
    await pause(caseId)
    await test.clerk.client.clocks.resume({ caseId })
    await expect(test.write((w) => w.deleteFrom('clock_pause').execute())).rejects.toThrow(
      'deleted',
    )
    await expect(
      test.write((w) => w.updateTable('clock_pause').set({ reason: 'goods' }).execute()),
    ).rejects.toThrow('only end')
    await answer(caseId, 'heard')
    await expect(test.write((w) => w.deleteFrom('case_answer').execute())).rejects.toThrow('append')
  })
})

describe('a computer whose clock is wrong', () => {
  it('put back: says so, loses nothing, and goes on when it is right', async () => {
    const { caseId } = await complain()
    await pause(caseId)
    await test.setNow('2026-11-20T06:00:00.000Z')
    expect((await clocksOf(caseId)).clockBehind).toBe(true)
    await answer(caseId, 'heard')
    await test.clerk.client.clocks.resume({ caseId })
    await test.setNow('2026-11-21T09:00:00.000Z')
    const { clockBehind, answers, clocks } = await clocksOf(caseId)
    expect(clockBehind).toBe(false)
    expect(answers.map(({ at, text }) => [at, text])).toEqual([
      ['2026-11-21T06:00:00.000Z', '已回电'],
    ])
    expect(clocks.find(({ rule }) => rule === 'answer_24h')?.dueAt).toBe('2026-11-22T06:00:00.000Z')
  })
})

describe('a clock that jumps', () => {
  it('put forward by mistake and back again: no promise is broken, no clock stopped, by looking', async () => {
    const { caseId, id } = await complain()
    const { client } = test.clerk
    await test.setNow('2027-03-01T06:00:00.000Z')
    const seen = async () =>
      (await client.cases.file({ caseId })).promises.map((each) => each.overdue)
    expect(await seen()).toEqual([true])
    expect((await statesOf(caseId))['answer_24h']).toBe('overdue')
    await test.setNow('2026-11-21T06:30:00.000Z')
    expect(await seen()).toEqual([false])
    expect((await statesOf(caseId))['answer_24h']).toBe('running')
    const { promises, open } = await client.complaints.open({ complaintId: id })
    expect({ open, state: promises[0]?.state }).toEqual({ open: true, state: 'open' })
  })

  it('put back while a promise runs: it can be kept and the complaint closed, in the order it was done', async () => {
    const { caseId, id } = await complain()
    const { client } = test.clerk
    await test.setNow('2026-11-19T06:00:00.000Z')
    expect((await clocksOf(caseId)).clockBehind).toBe(true)
    const given = {
      complaintId: id,
      ownerId: test.clerk.id,
      text: '经理再回电',
      dueAt: '2026-11-19T09:00:00.000Z',
      version: 1,
    }
    await client.complaints.promise(given)
    const [, second] = (await client.cases.file({ caseId })).promises
    await client.cases.settlePromise({
      promiseId: second?.id ?? 0,
      kept: true,
      version: second?.version ?? 0,
    })
    await client.complaints.solve({
      complaintId: id,
      solution: '已解决',
      satisfied: null,
      version: 2,
    })
    await test.setNow('2026-11-21T09:00:00.000Z')
    const { promises, events } = await client.complaints.open({ complaintId: id })
    expect(promises.map(({ state }) => state)).toEqual(['kept', 'kept'])
    // What was written down is in the order it was done, whatever the clock said.
    expect(events.map(({ kind }) => kind)).toEqual([
      'complaint_recorded',
      'promised',
      'promised',
      'promise_kept',
      'promise_kept',
      'complaint_solved',
    ])
  })
})

describe('a pause that names its end', () => {
  it('ends by itself then, and another one can begin', async () => {
    const { caseId } = await complain()
    const { client } = test.clerk
    const rest = (endsAt: string | null) =>
      client.clocks.pause({ caseId, reason: 'certificate', note: '', endsAt })
    expect(await reasonOf(rest('2026-11-21T05:00:00.000Z'))).toBe('clocks.pause_ends_before')
    await rest('2026-11-22T06:00:00.000Z')
    expect((await clocksOf(caseId)).pause?.endsAt).toBe('2026-11-22T06:00:00.000Z')
    const [row] = (await client.clocks.running()).rows
    expect(row?.next?.state).toBe('running')
    await test.setNow('2026-11-22T07:00:00.000Z')
    expect((await clocksOf(caseId)).pause).toBeNull()
    expect(await statesOf(caseId)).toMatchObject({ answer_24h: 'running' })
    expect(await reasonOf(client.clocks.resume({ caseId }))).toBe('clocks.not_paused')
    await rest(null)
    expect(await statesOf(caseId)).toMatchObject({ answer_24h: 'paused' })
    expect(await reasonOf(rest(null))).toBe('clocks.paused_already')
  })
})

describe('the store’s own times', () => {
  const change = (asked: Partial<Parameters<typeof test.manager.client.clocks.changeHouse>[0]>) =>
    test.manager.client.clocks.changeHouse({
      targets: [],
      ladders: [],
      reason: '试行',
      version: 0,
      ...asked,
    })
  const target = (rule: string, amount: number, of: object = {}) => ({
    rule,
    class: null,
    severity: null,
    amount,
    ...of,
  })

  it('hold for every open case at once, the most exact one first, and every version stays', async () => {
    const { caseId } = await complain()
    const dueOf = async (rule: string) =>
      (await clocksOf(caseId)).clocks.find((each) => each.rule === rule)
    await test.manager.client.clocks.changeHouse({
      targets: [target('answer_24h', 2), target('answer_24h', 3, { class: 'goods' })],
      ladders: [{ id: 'usual', minutes: [-60, 0, 60] }],
      reason: '年末客流大',
      version: 0,
    })
    const answer24 = await dueOf('answer_24h')
    expect([answer24?.dueAt, answer24?.names.zh]).toEqual([
      '2026-11-24T06:00:00.000Z',
      '处理答复（3 个营业日）',
    ])
    expect((await dueOf('legal_15_days'))?.dueAt).toBe('2026-12-06T16:00:00.000Z')
    await test.setNow('2026-11-21T12:30:00.000Z')
    const told = async () => (await test.clerk.client.clocks.running()).rows[0]?.told
    expect(await told()).toBeNull()
    await test.setNow('2026-11-21T13:30:00.000Z')
    expect(await told()).toBe('owner')
    expect(await reasonOf(change({}))).toBe('desk.changed_meanwhile')
    await change({ version: 1 })
    expect((await dueOf('answer_24h'))?.dueAt).toBe('2026-11-22T06:00:00.000Z')
    const { history, version } = await test.manager.client.clocks.house()
    expect([version, history.map(({ reason }) => reason)]).toEqual([2, ['试行', '年末客流大']])
  })

  it('never outlast the law, change its lines, or tell somebody above before those below', async () => {
    const refused = (asked: Parameters<typeof change>[0]) => reasonOf(change(asked))
    expect(await refused({ targets: [target('legal_15_days', 15)] })).toBe(
      'clocks.house_legal_rule',
    )
    expect(await refused({ targets: [target('answer_24h', 6), target('carry_out', 8)] })).toBe(
      'clocks.house_longer_than_law',
    )
    expect(await refused({ targets: [target('carry_out', 99)] })).toBe('clocks.house_out_of_bounds')
    expect(await refused({ targets: [target('carry_out', 4), target('carry_out', 3)] })).toBe(
      'clocks.house_target_twice',
    )
    expect(await refused({ ladders: [{ id: 'usual', minutes: [0, -60, 60] }] })).toBe(
      'clocks.house_ladder_order',
    )
    expect(await refused({ ladders: [{ id: 'legal', minutes: [-3600, -60, 60] }] })).toBe(
      'clocks.house_ladder_after_law',
    )
    expect(
      await reasonOf(
        test.clerk.client.clocks.changeHouse({
          targets: [],
          ladders: [],
          reason: '试试',
          version: 0,
        }),
      ),
    ).toBe('staff.not_allowed')
    expect((await test.manager.client.clocks.house()).version).toBe(0)
  })
})

describe('opening hours', () => {
  it('are ten to ten until the manager changes them; then every clock follows', async () => {
    const { caseId } = await complain()
    const { version, openNow, ...hours } = await test.clerk.client.clocks.hours()
    expect({ weekdays: hours.weekdays, version, openNow }).toEqual({
      weekdays: usualHours.weekdays,
      version: 0,
      openNow: true,
    })
    const days = [{ date: '2026-11-22', hours: null, note: '盘点' }]
    const changed = { weekdays: hours.weekdays, days, version: 0 }
    expect(await reasonOf(test.clerk.client.clocks.changeHours(changed))).toBe('staff.not_allowed')
    await test.manager.client.clocks.changeHours(changed)
    const { clocks } = await clocksOf(caseId)
    expect(clocks.find(({ rule }) => rule === 'answer_24h')?.dueAt).toBe('2026-11-23T06:00:00.000Z')
    expect(await reasonOf(test.manager.client.clocks.changeHours(changed))).toBe(
      'desk.changed_meanwhile',
    )
  })

  it('that never open, overlap or name a day twice are refused', async () => {
    const closed = { weekdays: [null, null, null, null, null, null, null], days: [], version: 0 }
    expect(await reasonOf(test.manager.client.clocks.changeHours(closed))).toBe(
      'clocks.hours_never_open',
    )
  })
})
