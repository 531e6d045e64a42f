import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDesk, refusalOf, type TestDesk } from '../support/desk.ts'
import { addCustomer, addProduct, addReceipt } from '../support/sold.ts'

let test: TestDesk

type Entry = Parameters<TestDesk['clerk']['client']['complaints']['record']>[0]
type Solve = Parameters<TestDesk['clerk']['client']['complaints']['solve']>[0]
type Settle = Parameters<TestDesk['clerk']['client']['followups']['settle']>[0]

const nowhere = {
  receiptId: null,
  saleLineId: null,
  cardId: null,
  customerId: null,
  floor: '2F',
  counter: '女鞋',
}

let phones = 13_900_000_000

/** A complaint with a number to call, solved. */
async function solved(change: Partial<Entry> = {}, end: Partial<Solve> = {}) {
  phones += 1
  const { id, caseId, number } = await test.clerk.client.complaints.record({
    class: 'goods',
    text: '鞋底开胶',
    context: nowhere,
    contact: { name: '王小明', phone: String(phones) },
    outcome: {
      kind: 'open',
      ownerId: test.clerk.id,
      promise: { text: '回电', dueAt: '2027-11-22T06:00:00.000Z' },
    },
    ...change,
  })
  const { version } = await test.clerk.client.complaints.solve({
    complaintId: id,
    solution: '换新',
    version: 1,
    ...end,
  })
  return { id, caseId, number, version }
}

const ofCase = (caseId: number) => test.clerk.client.followups.ofCase({ caseId })

async function onlyOf(caseId: number) {
  const { rows } = await ofCase(caseId)
  const [row] = rows
  if (!row) throw new Error('no follow-up')
  return row
}

function settle(
  row: { id: number; version: number },
  change: Partial<Settle> & Pick<Settle, 'outcome'>,
) {
  return test.clerk.client.followups.settle({
    followUpId: row.id,
    version: row.version,
    channel: 'phone',
    ...change,
  })
}

const given = (points: number) => ({ answer: 'given' as const, points, reason: null, note: '' })

beforeAll(async () => {
  test = await openTestDesk()
})
afterAll(() => test.close())

describe('a complaint that is solved', () => {
  it('is followed up three days later in calling hours, made with its closing, its plan as it was', async () => {
    const { caseId } = await solved()
    expect(await onlyOf(caseId)).toMatchObject({
      purpose: 'after_reply',
      step: 1,
      steps: 1,
      name: '王小明',
      phoneMasked: expect.stringContaining('****'),
      nextAt: '2026-11-24T02:00:00.000Z',
      lateAfter: '2026-11-26',
      state: 'waiting',
      overdue: false,
    })
    const plans = await test.manager.client.followups.plans()
    const shipped = plans.find(({ planId }) => planId === 'after_reply')
    const [step] = shipped?.plan.steps ?? []
    if (!shipped || !step) throw new Error('no plan')
    await test.manager.client.followups.writePlan({
      planId: 'after_reply',
      version: 0,
      plan: {
        ...shipped.plan,
        name: { zh: '五天后', en: 'After five days' },
        steps: [{ ...step, afterDays: 5 }],
      },
      inUse: true,
      note: '三天太急',
    })
    expect((await onlyOf(caseId)).planName.zh).toBe('答复后三天')
    const later = await solved()
    expect(await onlyOf(later.caseId)).toMatchObject({
      planName: { zh: '五天后' },
      nextAt: '2026-11-26T02:00:00.000Z',
    })
    const versions = await test.manager.client.followups.planVersions({ planId: 'after_reply' })
    expect(versions.map(({ version }) => version)).toEqual([1, 0])
    const stale = {
      planId: 'after_reply',
      version: 0,
      plan: shipped.plan,
      inUse: true,
      note: '旧的',
    }
    expect((await refusalOf(test.manager.client.followups.writePlan(stale))).reason).toBe(
      'desk.changed_meanwhile',
    )
    await test.manager.client.followups.writePlan({ ...stale, version: 1, note: '改回三天' })
  })

  it('twice in thirty days where it is about installed goods', async () => {
    const lineId = await test.write(async (w) => {
      const product_id = await addProduct(w, { sku: 'AC1', name: '空调 1.5 匹' })
      const sale = await addReceipt(w, {
        receiptNo: 'AC-1',
        lines: [{ name: '空调挂机', product_id, paid_amount: 259_900 }],
      })
      return sale.lineIds[0] ?? 0
    })
    const { caseId } = await solved({ context: { ...nowhere, saleLineId: lineId } })
    const { rows } = await ofCase(caseId)
    expect(rows.map(({ step, steps, purpose }) => [step, steps, purpose])).toEqual([
      [1, 2, 'installed'],
      [2, 2, 'installed'],
    ])
  })

  it('twice to win back who is lost, and nobody where no number was left or staff spoke', async () => {
    const lost = await solved({}, { retention: { outcome: 'lost', reason: 'service', note: '' } })
    expect((await ofCase(lost.caseId)).rows.map(({ purpose }) => purpose)).toEqual([
      'win_back',
      'win_back',
    ])
    const silent = await solved({ contact: { name: '', phone: '' } })
    expect(await ofCase(silent.caseId)).toMatchObject({ rows: [], reachable: false })
    const staff = await solved({ details: { complainant: 'staff' } })
    expect((await ofCase(staff.caseId)).rows).toEqual([])
  })

  it('ends its follow-ups with the reason when it is opened again', async () => {
    const { id, caseId, version } = await solved()
    await test.clerk.client.complaints.reopen({ complaintId: id, reason: '又开胶', version })
    expect(await onlyOf(caseId)).toMatchObject({ state: 'called_off', result: 'reopened' })
    const { events } = await test.clerk.client.complaints.open({ complaintId: id })
    expect(events.map(({ kind }) => kind)).toContain('followup_called_off')
  })
})

describe('a call', () => {
  it('shows on one screen what was said, promised and done, and what to ask', async () => {
    const { caseId } = await solved()
    const row = await onlyOf(caseId)
    const open = await test.clerk.client.followups.open({ followUpId: row.id })
    expect(open).toMatchObject({
      said: '鞋底开胶',
      solution: '换新',
      promises: [{ text: '回电', state: 'kept' }],
      callable: true,
      banned: false,
      reachable: true,
    })
    expect(open.ask.length).toBeGreaterThan(0)
    const { phone } = await test.clerk.client.followups.revealPhone({ followUpId: row.id })
    expect(phone).toBe(String(phones))
    const logged = await test.write((w) =>
      w
        .selectFrom('audit_log')
        .select('action')
        .where('action', '=', 'followups.reveal_phone')
        .execute(),
    )
    expect(logged).toHaveLength(1)
  })

  it('that reaches a content customer ends it with points, reason and what it taught', async () => {
    const { caseId } = await solved()
    const row = await onlyOf(caseId)
    expect(
      await settle(row, {
        outcome: 'content',
        satisfaction: { ...given(5), reason: 'kept_word' },
        learntAbout: 'size',
        learnt: '穿 37 码，喜欢软底',
      }),
    ).toMatchObject({ state: 'reached', nextAt: null })
    const after = await onlyOf(caseId)
    expect(after).toMatchObject({ state: 'reached', result: 'content' })
    expect(after.history).toMatchObject([
      { outcome: 'content', points: 5, learnt: '穿 37 码，喜欢软底' },
    ])
    const learnt = await test.clerk.client.followups.learnt({ caseId, before: null })
    expect(learnt.rows).toMatchObject([{ about: 'size', text: '穿 37 码，喜欢软底' }])
    expect((await refusalOf(settle({ ...row, version: 2 }, { outcome: 'content' }))).reason).toBe(
      'followups.over',
    )
  })

  it('that nobody answers is tried again by the rule, at another time of day, and then given up', async () => {
    const { caseId } = await solved()
    const nexts: (string | null)[] = []
    for (const local of ['2026-11-24T10:30', '2026-11-24T15:00', '2026-11-25T18:00']) {
      await test.setNow(new Date(`${local}:00+08:00`).toISOString())
      const { nextAt } = await settle(await onlyOf(caseId), { outcome: 'no_answer' })
      nexts.push(nextAt)
    }
    expect(nexts).toEqual(['2026-11-24T05:30:00.000Z', '2026-11-24T10:00:00.000Z', null])
    expect(await onlyOf(caseId)).toMatchObject({
      state: 'unreached',
      result: 'no_answer',
      tries: 3,
      mostTries: 3,
    })
    await test.setNow('2026-11-25T10:00:00.000Z')
  })

  it('is postponed to when the customer asked, never into quiet hours', async () => {
    const { caseId } = await solved()
    const row = await onlyOf(caseId)
    const night = settle(row, { outcome: 'postponed', nextAt: '2026-11-27T13:30:00.000Z' })
    expect((await refusalOf(night)).reason).toBe('followups.quiet_hours')
    const past = settle(row, { outcome: 'postponed', nextAt: '2026-11-20T03:00:00.000Z' })
    expect((await refusalOf(past)).reason).toBe('followups.time_is_past')
    expect((await refusalOf(settle(row, { outcome: 'postponed' }))).reason).toBe(
      'followups.needs_time',
    )
    const kept = await settle(row, { outcome: 'postponed', nextAt: '2026-11-27T03:00:00.000Z' })
    expect(kept).toMatchObject({ state: 'waiting', nextAt: '2026-11-27T03:00:00.000Z' })
    expect(await onlyOf(caseId)).toMatchObject({ nextAt: '2026-11-27T03:00:00.000Z', tries: 0 })
  })

  it('takes no points that contradict its outcome, and no discontent without what was said', async () => {
    const { caseId } = await solved()
    const row = await onlyOf(caseId)
    const reasons = [
      await refusalOf(settle(row, { outcome: 'content', satisfaction: given(2) })),
      await refusalOf(settle(row, { outcome: 'not_content', satisfaction: given(5), note: '?' })),
      await refusalOf(settle(row, { outcome: 'no_answer', satisfaction: given(5) })),
      await refusalOf(settle(row, { outcome: 'not_content' })),
    ].map(({ reason }) => reason)
    expect(reasons).toEqual([
      'followups.points_differ',
      'followups.points_differ',
      'followups.points_differ',
      'followups.needs_note',
    ])
  })

  it('with a customer who is not content opens the complaint again, or a new one of the case', async () => {
    const first = await solved()
    const again = async (caseId: number, takeUp: 'reopen' | 'new') => {
      const row = await onlyOf(caseId)
      return test.clerk.client.complaints.takeUpAgain({
        followUpId: row.id,
        version: row.version,
        channel: 'phone',
        outcome: 'not_content',
        satisfaction: given(1),
        note: '换的鞋又开胶了\n要退货',
        takeUp,
        promise: '再次答复',
      })
    }
    expect(await again(first.caseId, 'reopen')).toEqual({ complaintId: first.id })
    expect(await test.clerk.client.complaints.open({ complaintId: first.id })).toMatchObject({
      open: true,
      reopened: 1,
    })
    expect(await onlyOf(first.caseId)).toMatchObject({ state: 'reached', result: 'not_content' })
    const second = await solved()
    const { complaintId } = await again(second.caseId, 'new')
    expect(complaintId).not.toBe(second.id)
    expect(await test.clerk.client.complaints.open({ complaintId })).toMatchObject({
      open: true,
      caseId: second.caseId,
      text: '换的鞋又开胶了\n要退货',
      mode: 'phone',
      promises: expect.arrayContaining([expect.objectContaining({ text: '再次答复' })]),
    })
  })
})

describe('somebody who asked not to be called', () => {
  it('is called for no matter, until it is lifted; the number itself is not kept with it', async () => {
    const phone = '13700000001'
    const contact = { name: '李女士', phone }
    const one = await solved({ contact })
    const two = await solved({ contact: { ...contact, phone: '137 0000 0001' } })
    await settle(await onlyOf(one.caseId), { outcome: 'not_to_be_called', note: '别再打了' })
    expect(await onlyOf(two.caseId)).toMatchObject({
      state: 'unreached',
      result: 'not_to_be_called',
    })
    const three = await solved({ contact })
    expect(await ofCase(three.caseId)).toMatchObject({ rows: [], bans: ['phone'] })
    const begin = () =>
      test.clerk.client.followups.begin({ caseId: three.caseId, planId: 'contact' })
    expect((await refusalOf(begin())).reason).toBe('followups.do_not_contact')
    // A message is another way.
    const upgrade = { caseId: three.caseId, planId: 'upgrade' }
    expect(await test.clerk.client.followups.begin(upgrade)).toEqual({ made: 1 })
    expect(
      (await test.write((w) => w.selectFrom('contact_ban').selectAll().execute()))[0],
    ).not.toEqual(expect.objectContaining({ phone_hash: expect.stringContaining('137') }))
    const lift = { caseId: three.caseId, channel: 'phone' as const, reason: '顾客来电同意' }
    expect((await refusalOf(test.clerk.client.followups.liftBan(lift))).reason).toBe(
      'staff.not_allowed',
    )
    await test.manager.client.followups.liftBan(lift)
    expect(await begin()).toEqual({ made: 1 })
  })
})

describe('a follow-up whose customer is gone', () => {
  it('is over by itself once the person is erased, says so, and keeps what there was', async () => {
    const { id, caseId } = await solved()
    const row = await onlyOf(caseId)
    await settle(row, { outcome: 'postponed', nextAt: '2026-11-26T03:00:00.000Z' })
    await test.write((w) =>
      w
        .updateTable('complaint')
        .set({ contact_name: '', contact_phone: '', contact_digits: '' })
        .where('id', '=', id)
        .execute(),
    )
    const after = await onlyOf(caseId)
    expect(after).toMatchObject({ state: 'called_off', result: 'erased', name: '' })
    expect(after.history).toHaveLength(1)
    for (const view of ['due', 'overdue', 'later'] as const) {
      const { rows } = await test.clerk.client.followups.list({ view })
      expect(rows.map((each) => each.id)).not.toContain(row.id)
    }
    const settled = settle({ ...row, version: after.version }, { outcome: 'content' })
    expect((await refusalOf(settled)).reason).toBe('followups.nobody_to_call')
    const reveal = test.clerk.client.followups.revealPhone({ followUpId: row.id })
    expect((await refusalOf(reveal)).reason).toBe('followups.nobody_to_call')
  })

  it('or turns out to be one who was reached already is not called twice for the same', async () => {
    const ids = await test.write(async (w) => [
      await addCustomer(w, { name: '陈一', phone: '13500000001' }),
      await addCustomer(w, { name: '陈一', phone: '13500000002' }),
    ])
    const contact = { name: '', phone: '' }
    const of = (customerId = 0) => solved({ contact, context: { ...nowhere, customerId } })
    const one = await of(ids[0])
    const two = await of(ids[1])
    await test.write((w) =>
      w
        .updateTable('customer')
        .set({ merged_into: ids[0] ?? 0 })
        .where('id', '=', ids[1] ?? 0)
        .execute(),
    )
    await settle(await onlyOf(one.caseId), { outcome: 'content', satisfaction: given(5) })
    expect(await onlyOf(two.caseId)).toMatchObject({ state: 'called_off', result: 'merged' })
  })

  it('or whose card forbids it is neither planned nor called', async () => {
    const customerId = await test.write((w) =>
      addCustomer(w, { name: '孙二', phone: '13500000003' }),
    )
    const contact = { name: '', phone: '' }
    const context = { ...nowhere, customerId }
    const before = await solved({ contact, context })
    const row = await onlyOf(before.caseId)
    await test.write((w) =>
      w
        .insertInto('customer_contact_rule')
        .values({
          customer_id: customerId,
          channel: 'phone',
          rule: 'never',
          until: null,
          note: '',
          set_at: '2026-11-21T06:00:00.000Z',
          set_by: test.manager.id,
          ended_at: null,
          ended_by: null,
        })
        .execute(),
    )
    const reveal = test.clerk.client.followups.revealPhone({ followUpId: row.id })
    expect((await refusalOf(reveal)).reason).toBe('followups.do_not_contact')
    const after = await solved({ contact, context })
    expect(await ofCase(after.caseId)).toMatchObject({ rows: [], bans: ['phone'] })
  })
})

describe('the call list', () => {
  it('is whoever is due now, mine or of a floor, a page at a time, and the same every time', async () => {
    await test.setNow('2026-12-01T03:00:00.000Z')
    const list = (change: object = {}) =>
      test.clerk.client.followups.list({ view: 'due', ...change })
    const all = await list()
    expect(all.rows.length).toBeGreaterThan(0)
    expect(all.rows.every(({ state }) => state === 'waiting')).toBe(true)
    expect(all.rows.map(({ nextAt }) => nextAt)).toEqual(
      all.rows.map(({ nextAt }) => nextAt).toSorted(),
    )
    expect(await list()).toEqual(all)
    const [first] = all.rows
    if (!first) throw new Error('nobody is due')
    const { handTo } = test.clerk.client.followups
    await handTo({ followUpId: first.id, ownerId: test.manager.id, version: first.version })
    expect((await list({ whose: 'mine' })).rows.map(({ id }) => id)).not.toContain(first.id)
    expect((await list({ floor: '9F' })).rows).toEqual([])
    expect((await list({ view: 'overdue' })).rows.every(({ overdue }) => overdue)).toBe(true)
    const counts = await test.clerk.client.followups.counts()
    expect(counts).toMatchObject({ due: all.rows.length, floors: ['2F'] })
  })

  it('moves a call that new quiet hours reach, whenever it was planned', async () => {
    const settings = await test.manager.client.followups.settings()
    await test.manager.client.followups.changeSettings({ ...settings, from: 14 * 60 })
    const { rows } = await test.clerk.client.followups.list({ view: 'later' })
    for (const { nextAt } of rows) {
      expect(Number(nextAt.slice(11, 13))).toBeGreaterThanOrEqual(6)
    }
    const row = (await test.clerk.client.followups.list({ view: 'due' })).rows[0]
    const reveal = test.clerk.client.followups.revealPhone({ followUpId: row?.id ?? 0 })
    expect((await refusalOf(reveal)).reason).toBe('followups.quiet_hours')
    await test.manager.client.followups.changeSettings({
      ...settings,
      version: settings.version + 1,
    })
  })

  it('takes a call planned by hand for a day, and a manager’s own plan', async () => {
    const { caseId } = await solved()
    const { planId } = await test.manager.client.followups.writePlan({
      planId: null,
      version: 0,
      plan: {
        name: { zh: '鞋类保养', en: 'Shoe care' },
        purpose: 'maintenance',
        starts: 'by_hand',
        priority: 40,
        for: {},
        channel: 'phone',
        steps: [{ afterDays: 30, withinDays: 3, ask: [{ zh: '要不要上油', en: 'Polish?' }] }],
        retry: { tries: 1, minutesBetween: 60, otherTimeOfDay: false },
      },
      inUse: true,
      note: '新开',
    })
    const asked = { caseId, planId, onDate: '2026-12-10', reason: '答应过' }
    await test.clerk.client.followups.begin(asked)
    const { rows } = await ofCase(caseId)
    expect(rows.at(-1)).toMatchObject({
      purpose: 'maintenance',
      nextAt: '2026-12-10T02:00:00.000Z',
      reason: '答应过',
    })
    const past = test.clerk.client.followups.begin({ ...asked, onDate: '2026-11-01' })
    expect((await refusalOf(past)).reason).toBe('followups.time_is_past')
    const row = rows.at(-1)
    if (!row) throw new Error('no row')
    await test.clerk.client.followups.callOff({
      followUpId: row.id,
      reason: '顾客自己来过了',
      version: row.version,
    })
    expect((await ofCase(caseId)).rows.at(-1)).toMatchObject({ result: 'called_off' })
  })
})

describe('the rates', () => {
  it('count at the close and at the call, by floor and person, each with its denominators', async () => {
    await test.setNow('2027-03-01T03:00:00.000Z')
    const day = '2027-03-01'
    const customerId = await test.write((w) =>
      addCustomer(w, { name: '回头客', phone: '13600000009' }),
    )
    const context = { ...nowhere, floor: '5F', customerId }
    const asked = (points: number) => ({ satisfaction: given(points) })
    const one = await solved({ context }, asked(5))
    await solved({ context: { ...nowhere, floor: '5F' } }, asked(2))
    const unsaid = { answer: 'would_not_say' as const, points: null, reason: null, note: '' }
    await solved(
      { context: { ...nowhere, floor: '5F' } },
      {
        satisfaction: unsaid,
        retention: { outcome: 'lost', reason: 'goods', note: '' },
      },
    )
    await solved({ context: { ...nowhere, floor: '6F' } })
    await settle(await onlyOf(one.caseId), { outcome: 'content', satisfaction: given(4) })
    const report = () => test.manager.client.followups.report({ from: day, to: day })
    const before = await report()
    expect(before.all.closed).toMatchObject({
      all: 4,
      asked: 3,
      notAsked: 1,
      wouldNotSay: 1,
      answered: 2,
      content: 1,
    })
    expect(before.floors.map(({ name, closed }) => [name, closed.all])).toEqual([
      ['5F', 3],
      ['6F', 1],
    ])
    expect(before.people.map(({ name }) => name)).toEqual(['赵敏'])
    expect(before.all.called).toMatchObject({ all: 1, answered: 1, content: 1 })
    expect(before.retention).toEqual({ stays: 0, lost: 1, unknown: 0, notNoted: 3 })
    expect(before.cameBack).toMatchObject({ known: 1, back: 0, contentKnown: 1 })
    await test.write((w) =>
      addReceipt(w, {
        receiptNo: 'BACK-1',
        customerId,
        businessDate: '2027-03-20',
        lines: [{ name: '袜子', paid_amount: 3_000 }],
      }),
    )
    expect((await report()).cameBack).toMatchObject({ known: 1, back: 1, contentBack: 1 })
    const backwards = test.manager.client.followups.report({ from: '2027-03-02', to: day })
    expect((await refusalOf(backwards)).reason).toBe('followups.period_backwards')
  })
})
