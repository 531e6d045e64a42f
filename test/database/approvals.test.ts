import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { requireApproval, subjectHash } from '../../src-main/approvals/index.ts'
import type { ApprovalKind, Limit } from '../../src-main/approvals/rules.ts'
import { momentOf } from '../../src-main/cases/index.ts'
import type { WriteHandle } from '../../src-main/database/store.ts'
import { isRefusal } from '../../src-main/foundation/errors.ts'
import type { Call } from '../../src-main/handlers.ts'
import {
  deskNow,
  type DeskClient,
  openTestDesk,
  refusalOf,
  type TestDesk,
} from '../support/desk.ts'

let test: TestDesk
/** A floor manager at the next screen. */
let floor: { id: number; client: DeskClient }
/** The clerk at the other desk. */
let other: { id: number; client: DeskClient }

const PIN = { clerk: '1379', floor: '8642', manager: '2580', other: '1593' }

beforeAll(async () => {
  test = await openTestDesk()
  floor = await hire('F01', '陈国强', 'floor_manager', PIN.floor)
  other = await hire('003', '王芳', 'clerk', PIN.other)
})
afterAll(() => test.close())
beforeEach(() => test.setNow(deskNow))

async function hire(code: string, name: string, role: 'clerk' | 'floor_manager', pin: string) {
  const { id } = await test.manager.client.staff.add({ code, name, phone: '', role, pin })
  return { id, client: await test.signIn(code, pin) }
}

let subjects = 0

/** Something over a clerk's own limit, about a subject nobody asked about yet. */
function matter(
  part: { amount?: number; kinds?: ApprovalKind[]; draft?: string; id?: string } = {},
) {
  subjects += 1
  const { amount = 60_000, kinds = ['normal'], draft = 'boots', id = `S${subjects}` } = part
  return {
    kinds,
    amount,
    currency: 'CNY',
    subject: { type: 'test', id, hash: subjectHash({ draft }) },
  }
}
type Matter = ReturnType<typeof matter>

const ask = (what: Matter, client = test.clerk.client) =>
  client.approvals.request({ ...what, summary: '短靴 37', reason: '质量问题' })

const sign = (approvalId: number, code = 'F01', pin = PIN.floor) =>
  test.clerk.client.approvals.sign({ approvalId, code, pin })

/** What a service does inside its write: the guard, then the deed. */
async function use(what: Matter, approvalId: number | null, actor = test.clerk.id) {
  const late: ((w: WriteHandle) => Promise<void>)[] = []
  const { store } = test.desk.folder
  const operator = await store.read((r) =>
    r.selectFrom('operator').selectAll().where('id', '=', actor).executeTakeFirstOrThrow(),
  )
  const call = {
    actor: operator,
    now: () => new Date(deskNow),
    today: '2026-11-21',
    bookedOn: '2026-11-21',
    profile: { currency: 'CNY', language: 'zh-CN', timeZone: 'Asia/Shanghai', cutoffMinutes: 240 },
    whenRefused: (_scopes: unknown, work: (typeof late)[number]) => late.push(work),
  } as unknown as Call
  try {
    return await store.write((w) =>
      requireApproval(w, call, momentOf(call), {
        ...what,
        approvalIds: approvalId === null ? [] : [approvalId],
        usedFor: { type: 'test', id: 'TH-1' },
      }),
    )
  } catch (error) {
    for (const work of late) await store.write(work)
    throw error
  }
}

async function whyNot(deed: Promise<unknown>): Promise<string> {
  try {
    await deed
  } catch (error) {
    if (isRefusal(error)) return error.reason
    throw error
  }
  throw new Error('it was not refused')
}

const stateOf = async (approvalId: number) =>
  (await test.clerk.client.approvals.open({ approvalId })).state

describe('an approval', () => {
  it('is not needed within one’s own limit, and nobody can be asked for it', async () => {
    const small = matter({ amount: 50_000 })
    expect(await use(small, null)).toBeNull()
    expect(await refusalOf(ask(small))).toMatchObject({ reason: 'approvals.not_needed' })
    expect(await use(matter({ amount: 60_000 }), null, floor.id)).toBeNull()
    expect(await use(matter({ amount: 90_000_000 }), null, test.manager.id)).toBeNull()
  })

  it('above it is needed, and the refusal says whose and from where', async () => {
    const gift = test.clerk.client.approvals.giveGoodwill({ amount: 5_001, what: '补偿交通费' })
    expect(await refusalOf(gift)).toEqual({
      reason: 'approvals.needed',
      params: { role: 'floor_manager', kind: 'goodwill', amount: '¥50.01', limit: '¥50.00' },
    })
    expect(await whyNot(use(matter(), null))).toBe('approvals.needed')
  })

  it('is signed at the desk, named, used once, and tells its whole story', async () => {
    const what = matter()
    const asked = await ask(what)
    expect(asked).toMatchObject({ state: 'requested', level: 'floor_manager', decidedBy: null })
    const signed = await sign(asked.id, 'f01')
    expect(signed).toMatchObject({ state: 'granted', decidedBy: { name: '陈国强' } })
    expect(await use(what, asked.id)).toEqual({
      approvalId: asked.id,
      approverName: '陈国强',
      approverCode: 'F01',
      role: 'floor_manager',
      at: deskNow,
    })
    const { events, usedFor, state } = await test.clerk.client.approvals.open({
      approvalId: asked.id,
    })
    expect({ state, usedFor }).toEqual({ state: 'used', usedFor: { type: 'test', id: 'TH-1' } })
    expect(events.map(({ action, actor }) => [action, actor])).toEqual([
      ['request', '赵敏'],
      ['grant', '陈国强'],
      ['use', '赵敏'],
    ])
    expect(await whyNot(use(what, asked.id))).toBe('approvals.used')
  })

  it('is the same one when asked for the same again', async () => {
    const what = matter()
    const first = await ask(what)
    expect((await ask(what)).id).toBe(first.id)
    expect((await test.clerk.client.approvals.current(what))?.id).toBe(first.id)
    expect(await other.client.approvals.current(what)).toBeNull()
  })

  it('on another case is refused, stays for its own, and the try is on record', async () => {
    const what = matter()
    const { id } = await ask(what)
    await sign(id)
    expect(await whyNot(use({ ...what, subject: matter().subject }, id))).toBe(
      'approvals.other_subject',
    )
    expect(await stateOf(id)).toBe('granted')
    const misuse = await test.desk.folder.store.read((r) =>
      r
        .selectFrom('audit_log')
        .select('subject_id')
        .where('action', '=', 'approvals.misuse')
        .execute(),
    )
    expect(misuse).toContainEqual({ subject_id: String(id) })
    expect(await use(what, id)).toMatchObject({ approvalId: id })
  })

  it.each([
    ['amount', (what: Matter) => ({ ...what, amount: 60_001 })],
    ['draft', (what: Matter) => ({ ...what, subject: { ...what.subject, hash: subjectHash(2) } })],
    ['currency', (what: Matter) => ({ ...what, currency: 'USD' })],
    ['kind', (what: Matter) => ({ ...what, kinds: ['normal', 'no_slip'] as ApprovalKind[] })],
  ])('is void once the %s changed, even when it is changed back', async (_what, change) => {
    const what = matter()
    const { id } = await ask(what)
    await sign(id)
    expect(await whyNot(use(change(what), id))).toBe('approvals.changed')
    expect(await stateOf(id)).toBe('void')
    expect(await whyNot(use(what, id))).toBe('approvals.void')
  })

  it('for a changed draft voids the earlier ones of the same operator', async () => {
    const what = matter()
    const first = await ask(what)
    await sign(first.id)
    const second = await ask({ ...what, amount: 70_000 })
    expect(second.id).not.toBe(first.id)
    expect(await stateOf(first.id)).toBe('void')
  })

  it('is no approval before anybody signed', async () => {
    const what = matter()
    const { id } = await ask(what)
    expect(await whyNot(use(what, id))).toBe('approvals.waiting')
  })

  it('of two desks that want to use it is won by exactly one', async () => {
    const what = matter()
    const { id } = await ask(what)
    await sign(id)
    const both = await Promise.allSettled([use(what, id), use(what, id, other.id)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const lost = both.find((each) => each.status === 'rejected')
    expect(lost?.reason).toMatchObject({ reason: 'approvals.used' })
  })

  it('cannot be forged past the rules: the database refuses', async () => {
    const { id } = await ask(matter())
    const set = (values: Record<string, unknown>) =>
      test.write((w) => w.updateTable('approval').set(values).where('id', '=', id).execute())
    await expect(set({ amount: 1 })).rejects.toThrow('cannot change')
    await expect(set({ state: 'granted' })).rejects.toThrow('CHECK')
    await expect(set({ state: 'granted', decided_by: test.clerk.id })).rejects.toThrow('CHECK')
    await expect(
      test.write((w) => w.deleteFrom('approval').where('id', '=', id).execute()),
    ).rejects.toThrow('never deleted')
    await expect(
      test.write((w) =>
        w.updateTable('approval_event').set({ reason: '' }).where('approval_id', '=', id).execute(),
      ),
    ).rejects.toThrow('append-only')
    await sign(id)
    await expect(set({ state: 'used', used_at: deskNow })).resolves.toBeDefined()
    await expect(set({ state: 'granted', used_at: null })).rejects.toThrow('cannot change')
  })
})

describe('an approver', () => {
  it('is never the one who asked', async () => {
    const { id } = await ask(matter({ amount: 600_000 }), floor.client)
    expect(
      await refusalOf(floor.client.approvals.sign({ approvalId: id, code: 'F01', pin: PIN.floor })),
    ).toMatchObject({ reason: 'approvals.own_request' })
    expect(await stateOf(id)).toBe('requested')
  })

  it('needs the right: not a clerk, nor a role whose limit is lower', async () => {
    const { id } = await ask(matter({ amount: 600_000 }))
    expect(await refusalOf(sign(id))).toEqual({
      reason: 'approvals.no_authority',
      params: { role: 'store_manager' },
    })
    expect(await refusalOf(sign(id, '003', PIN.other))).toMatchObject({
      reason: 'approvals.no_authority',
    })
    expect(await sign(id, '001', PIN.manager)).toMatchObject({ decidedRole: 'store_manager' })
  })

  it('with wrong PINs is locked out as at sign-in, and the PIN is nowhere', async () => {
    const locked = await hire('F02', '林海', 'floor_manager', '7531')
    const { id } = await ask(matter())
    for (const left of [4, 3, 2, 1]) {
      expect(await refusalOf(sign(id, 'F02', '99887766'))).toEqual({
        reason: 'staff.wrong_pin',
        params: { left },
      })
    }
    expect(await refusalOf(sign(id, 'F02', '99887766'))).toMatchObject({
      reason: 'staff.locked_out',
    })
    expect(await refusalOf(sign(id, 'F02', '7531'))).toMatchObject({ reason: 'staff.locked_out' })
    expect(await stateOf(id)).toBe('requested')
    const { approvers } = await test.clerk.client.approvals.open({ approvalId: id })
    expect(approvers.map(({ code }) => code)).not.toContain('F02')
    await test.manager.client.staff.resetPin({ id: locked.id, pin: '7531' })
    expect(await sign(id, 'F02', '7531')).toMatchObject({ state: 'granted' })
    const everything = await test.desk.folder.store.read(async (r) =>
      JSON.stringify([
        await r.selectFrom('audit_log').selectAll().execute(),
        await r.selectFrom('command_log').selectAll().execute(),
        await r.selectFrom('approval_event').selectAll().execute(),
      ]),
    )
    expect(everything).not.toContain('99887766')
    expect(everything).not.toContain('"7531"')
  })

  it('who is nobody is unknown', async () => {
    const { id } = await ask(matter())
    expect(await refusalOf(sign(id, 'X99', '4862'))).toMatchObject({
      reason: 'staff.unknown_operator',
    })
  })

  it('who was switched off cannot sign, and what they signed before is worth nothing', async () => {
    const gone = await hire('F03', '苏雯', 'floor_manager', '7531')
    const what = matter()
    const { id } = await ask(what)
    await sign(id, 'F03', '7531')
    await test.manager.client.staff.change({
      id: gone.id,
      name: '苏雯',
      phone: '',
      role: 'floor_manager',
      active: false,
      version: 1,
    })
    expect(await whyNot(use(what, id))).toBe('approvals.approver_gone')
    const next = await ask(matter())
    expect(await refusalOf(sign(next.id, 'F03', '7531'))).toMatchObject({
      reason: 'staff.unknown_operator',
    })
  })

  it('signs on their own screen with their own PIN', async () => {
    const { id, version } = await ask(matter())
    const pending = await floor.client.approvals.list({ view: 'for_me' })
    expect(pending.map((each) => each.id)).toContain(id)
    expect((await floor.client.approvals.counts()).forMe).toBe(pending.length)
    const grant = (pin: string) =>
      floor.client.approvals.grant({ approvalId: id, version, pin, note: '已看过商品' })
    expect(await refusalOf(grant('0000'))).toMatchObject({ reason: 'staff.wrong_pin' })
    expect(await grant(PIN.floor)).toMatchObject({ state: 'granted', decisionNote: '已看过商品' })
    expect(await refusalOf(grant(PIN.floor))).toMatchObject({ reason: 'desk.changed_meanwhile' })
    expect(await refusalOf(sign(id))).toMatchObject({ reason: 'approvals.no_such_step' })
  })

  it('is asked for by role: a clerk has no list to decide on', async () => {
    await ask(matter())
    expect(await test.clerk.client.approvals.list({ view: 'for_me' })).toEqual([])
    const { id, version } = await ask(matter())
    expect(
      await refusalOf(other.client.approvals.deny({ approvalId: id, version, reason: '不行不行' })),
    ).toMatchObject({ reason: 'staff.not_allowed' })
  })
})

describe('a no', () => {
  it('stays with its reason, blocks asking again, and can go up a level', async () => {
    const what = matter()
    const { id, version } = await ask(what)
    await floor.client.approvals.deny({ approvalId: id, version, reason: '鞋底有明显穿着痕迹' })
    expect(await whyNot(use(what, id))).toBe('approvals.denied')
    expect(await refusalOf(ask(what))).toEqual({
      reason: 'approvals.denied_before',
      params: { name: '陈国强' },
    })
    const up = await test.clerk.client.approvals.escalate({
      approvalId: id,
      version: version + 1,
      reason: '顾客坚持，情绪激动',
    })
    expect(up.state).toBe('escalated')
    const raised = await test.clerk.client.approvals.open({ approvalId: id })
    expect(raised).toMatchObject({ level: 'store_manager', decidedBy: null })
    expect(await refusalOf(sign(id))).toMatchObject({ reason: 'approvals.no_authority' })
    await sign(id, '001', PIN.manager)
    expect(await use(what, id)).toMatchObject({ approverName: '李静', role: 'store_manager' })
  })

  it('of the highest is the last word', async () => {
    const { id, version } = await ask(matter())
    await test.manager.client.approvals.deny({ approvalId: id, version, reason: '证据不足' })
    const seen = await test.clerk.client.approvals.open({ approvalId: id })
    expect(seen.may).toEqual({
      grant: false,
      deny: false,
      escalate: false,
      withdraw: false,
      renew: false,
    })
    expect(
      await refusalOf(
        test.clerk.client.approvals.escalate({
          approvalId: id,
          version: version + 1,
          reason: '再问一次',
        }),
      ),
    ).toMatchObject({ reason: 'approvals.no_higher_level' })
  })

  it('may be left to the next level by who could decide, with a reason', async () => {
    const { id, version } = await ask(matter())
    await floor.client.approvals.escalate({ approvalId: id, version, reason: '媒体在场' })
    expect(
      (await floor.client.approvals.list({ view: 'for_me' })).map((each) => each.id),
    ).not.toContain(id)
    const forManager = await test.manager.client.approvals.list({ view: 'for_me' })
    expect(forManager.map((each) => each.id)).toContain(id)
  })

  it('is not for bystanders, and only who asked takes a request back', async () => {
    const { id, version } = await ask(matter())
    const step = { approvalId: id, version, reason: '试试看' }
    expect(await refusalOf(other.client.approvals.escalate(step))).toMatchObject({
      reason: 'approvals.no_authority',
    })
    expect(await refusalOf(other.client.approvals.withdraw(step))).toMatchObject({
      reason: 'approvals.not_yours',
    })
    expect(await test.clerk.client.approvals.withdraw(step)).toMatchObject({ state: 'void' })
  })
})

describe('limits', () => {
  it('come with the program and change in versions, by the store manager only', async () => {
    const desk = await openTestDesk()
    try {
      const shipped = await desk.clerk.client.approvals.matrix()
      expect(shipped).toMatchObject({ version: 1, currency: 'CNY', changedBy: null })
      expect(shipped.limits).toContainEqual({ kind: 'normal', role: 'clerk', upTo: 50_000 })
      const limits: Limit[] = shipped.limits.map((each) =>
        each.kind === 'normal' && each.role === 'clerk' ? { ...each, upTo: 20_000 } : each,
      )
      const change = { limits, goodwillPerDay: 10_000, highValueFrom: null, note: '年底收紧' }
      expect(
        await refusalOf(desk.clerk.client.approvals.changeMatrix({ ...change, version: 1 })),
      ).toMatchObject({ reason: 'staff.not_allowed' })
      await expect(
        desk.manager.client.approvals.changeMatrix({ ...change, version: 1 }),
      ).resolves.toEqual({ version: 2 })
      expect(
        await refusalOf(desk.manager.client.approvals.changeMatrix({ ...change, version: 1 })),
      ).toMatchObject({ reason: 'desk.changed_meanwhile' })
      const question = { kinds: ['normal' as const], amount: 30_000, currency: 'CNY' }
      expect(await desk.clerk.client.approvals.limits(question)).toMatchObject({
        needed: 'floor_manager',
        limit: 20_000,
        approvers: [{ code: '001' }],
      })
      const history = await desk.manager.client.approvals.matrixHistory()
      expect(history.map(({ version, changedBy, note }) => [version, changedBy, note])).toEqual([
        [2, '李静', '年底收紧'],
        [1, null, ''],
      ])
      await expect(
        desk.write((w) => w.updateTable('approval_limit').set({ up_to: 1 }).execute()),
      ).rejects.toThrow('append-only')
    } finally {
      await desk.close()
    }
  })

  it('are no business of the command line, nor is signing', async () => {
    const matrix = await test.system.approvals.matrix()
    expect(await refusalOf(test.system.approvals.changeMatrix(matrix))).toMatchObject({
      reason: 'approvals.people_only',
    })
    const { id, version } = await ask(matter())
    const grant = { approvalId: id, version, pin: '0000', note: '' }
    expect(await refusalOf(test.system.approvals.grant(grant))).toMatchObject({
      reason: 'approvals.people_only',
    })
    expect(
      await refusalOf(test.system.approvals.deny({ approvalId: id, version, reason: '不行不行' })),
    ).toMatchObject({ reason: 'approvals.people_only' })
    expect(
      await refusalOf(test.system.approvals.sign({ approvalId: id, code: 'SYSTEM', pin: '0000' })),
    ).toMatchObject({ reason: 'staff.wrong_pin' })
    expect(await stateOf(id)).toBe('requested')
  })
})

describe('goodwill', () => {
  it('has a budget per clerk and day; beyond it only with an approval, which does not count', async () => {
    const give = (amount: number, approvalId: number | null = null) =>
      other.client.approvals.giveGoodwill({
        amount,
        what: '赠送护理套装',
        toWhom: '王女士',
        approvalId,
      })
    for (const left of [15_000, 10_000, 5_000]) {
      expect(await give(5_000)).toMatchObject({ left })
    }
    expect(await give(4_000)).toMatchObject({ left: 1_000 })
    expect(await refusalOf(give(1_001))).toMatchObject({
      reason: 'approvals.needed',
      params: { role: 'floor_manager', limit: '¥10.00' },
    })
    const gift = { amount: 4_500, what: '赠送护理套装', toWhom: '王女士' }
    const subject = await other.client.approvals.goodwillSubject(gift)
    const asked = await other.client.approvals.request({
      kinds: ['goodwill'],
      amount: 4_500,
      currency: 'CNY',
      subject,
      summary: '赠送护理套装 王女士',
    })
    await other.client.approvals.sign({ approvalId: asked.id, code: 'F01', pin: PIN.floor })
    expect(await give(4_500, asked.id)).toMatchObject({ left: 1_000 })
    expect(await refusalOf(give(4_500, asked.id))).toMatchObject({ reason: 'approvals.used' })
    const day = await other.client.approvals.goodwill()
    expect(day).toMatchObject({ perDay: 20_000, left: 1_000 })
    expect(day.people).toEqual([
      expect.objectContaining({ code: '003', spent: 19_000, approved: 4_500, left: 1_000 }),
    ])
    expect(day.entries[0]).toMatchObject({ amount: 4_500, approvedBy: '陈国强' })
    await test.setNow('2026-11-22T06:00:00.000Z')
    expect(await test.clerk.client.approvals.goodwill()).toMatchObject({
      left: 20_000,
      entries: [],
    })
  })

  it('asked for one customer leaves what is asked for another alone', async () => {
    const requestFor = async (toWhom: string, amount: number) => {
      const subject = await test.clerk.client.approvals.goodwillSubject({
        amount,
        what: '果篮',
        toWhom,
      })
      return test.clerk.client.approvals.request({
        kinds: ['goodwill'],
        amount,
        currency: 'CNY',
        subject,
        summary: `果篮 ${toWhom}`,
      })
    }
    const [one, two] = [await requestFor('周女士', 9_000), await requestFor('吴先生', 9_000)]
    expect(await stateOf(one.id)).toBe('requested')
    const dearer = await requestFor('周女士', 9_900)
    expect(await stateOf(one.id)).toBe('void')
    expect([await stateOf(two.id), dearer.state]).toEqual(['requested', 'requested'])
  })

  it('shows managers everybody’s day and clerks their own', async () => {
    await test.clerk.client.approvals.giveGoodwill({ amount: 100, what: '停车费' })
    const own = await test.clerk.client.approvals.goodwill()
    expect(own.people.map(({ code }) => code)).toEqual(['002'])
    const all = await floor.client.approvals.goodwill()
    expect(all.people.map(({ code }) => code)).toEqual(expect.arrayContaining(['002', '003']))
    expect(all.left).toBeNull()
  })
})

describe('a verbal offer', () => {
  const offer = (amount: number, part = {}) => ({
    kind: 'compensation' as const,
    amount,
    what: '私下答应赔付，顾客不再投诉',
    toWhom: '顾客刘先生',
    madeBy: { operatorId: test.clerk.id },
    ...part,
  })

  it('of 20,000 yuan by somebody without the authority is logged, flagged, and waits for the store manager', async () => {
    const caseId = await openCase()
    const logged = await floor.client.approvals.recordOffer(offer(2_000_000, { caseId }))
    expect(logged).toMatchObject({
      madeBy: '赵敏',
      recordedBy: '陈国强',
      neededRole: 'store_manager',
      makerRole: 'clerk',
      authorised: false,
      approvalState: 'requested',
    })
    const approvalId = logged.approvalId ?? 0
    const waiting = await test.manager.client.approvals.list({ view: 'for_me' })
    expect(waiting.find((each) => each.id === approvalId)).toMatchObject({
      amount: 2_000_000,
      summary: '私下答应赔付，顾客不再投诉 · 顾客刘先生',
      requestedBy: { code: '002' },
    })
    const { version } = await test.clerk.client.approvals.open({ approvalId })
    const takeBack = test.clerk.client.approvals.withdraw({ approvalId, version, reason: '收回' })
    expect(await refusalOf(takeBack)).toMatchObject({ reason: 'approvals.offer_stays' })
    await test.manager.client.approvals.deny({ approvalId, version, reason: '未上报，不予认可' })
    const [seen] = await floor.client.approvals.offers({ unauthorised: true })
    expect(seen).toMatchObject({ id: logged.id, approvalState: 'denied' })
    const events = await test.desk.folder.store.read((r) =>
      r.selectFrom('case_event').select('kind').where('case_id', '=', caseId).execute(),
    )
    expect(events.map(({ kind }) => kind)).toEqual([
      'complaint_recorded',
      'promised',
      'approval_asked',
      'offer_recorded',
      'approval_denied',
    ])
  })

  it('within the authority of whoever made it is logged and waits for nobody', async () => {
    const logged = await floor.client.approvals.recordOffer(
      offer(50_000, { madeBy: { operatorId: floor.id } }),
    )
    expect(logged).toMatchObject({ authorised: true, approvalId: null, approvalState: null })
  })

  it('of somebody who is no operator is never authorised', async () => {
    const logged = await test.clerk.client.approvals.recordOffer(
      offer(100, { kind: 'goodwill', madeBy: { name: '柜长老周' } }),
    )
    expect(logged).toMatchObject({
      madeBy: '柜长老周',
      makerRole: null,
      authorised: false,
      neededRole: 'floor_manager',
    })
  })

  it('cannot be asked for by hand, changed or removed; clerks see their own', async () => {
    const { id, approvalId } = await other.client.approvals.recordOffer(
      offer(70_000, { madeBy: { operatorId: other.id } }),
    )
    const byHand = ask({
      ...matter(),
      subject: { type: 'offer', id: String(id), hash: subjectHash(1) },
    })
    expect(await refusalOf(byHand)).toMatchObject({ reason: 'approvals.offer_stays' })
    await expect(
      test.write((w) => w.updateTable('offer').set({ authorised: 1 }).execute()),
    ).rejects.toThrow('append-only')
    expect((await other.client.approvals.offers({})).map((each) => each.id)).toEqual([id])
    expect(approvalId).not.toBeNull()
    const unknown = test.clerk.client.approvals.recordOffer(offer(1, { caseId: 999_999 }))
    expect(await refusalOf(unknown)).toMatchObject({ reason: 'approvals.unknown_case' })
  })
})

async function openCase(): Promise<number> {
  const { id } = await test.clerk.client.complaints.record({
    class: 'service',
    text: '要求赔偿',
    context: {
      receiptId: null,
      saleLineId: null,
      cardId: null,
      customerId: null,
      floor: '1F',
      counter: '',
    },
    contact: { name: '', phone: '' },
    outcome: {
      kind: 'open',
      ownerId: test.manager.id,
      promise: { text: '答复', dueAt: '2026-11-22T06:00:00.000Z' },
    },
  })
  const { caseId } = await test.clerk.client.complaints.open({ complaintId: id })
  return caseId
}
