import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  type DeskClient,
  deskNow,
  openTestDesk,
  refusalOf,
  type TestDesk,
} from '../support/desk.ts'

let test: TestDesk
let floor: { id: number; client: DeskClient }
let other: { id: number; client: DeskClient }

async function hire(code: string, name: string, role: 'clerk' | 'floor_manager') {
  const pin = `14${code}7`
  const { id } = await test.system.staff.add({ code, name, role, pin, phone: `8801${code}` })
  return { id, client: await test.signIn(code, pin) }
}

/** Everybody signs in again at another time. */
async function comeBackAt(now: string): Promise<void> {
  await test.setNow(now)
  floor.client = await test.signIn('011', '140117')
  other.client = await test.signIn('012', '140127')
}

/** A clerk who does not work here any more. */
async function leave(id: number, name: string): Promise<void> {
  const people = await test.manager.client.staff.list()
  const { version } = people.find((each) => each.id === id) ?? { version: 0 }
  const gone = { id, name, phone: '', role: 'clerk' as const, active: false, version }
  await test.manager.client.staff.change(gone)
}

beforeAll(async () => {
  test = await openTestDesk()
  floor = await hire('011', '周强', 'floor_manager')
  other = await hire('012', '孙丽', 'clerk')
})
afterAll(() => test.close())
beforeEach(() => test.setNow(deskNow))

/** An open complaint of the clerk, with a promise of theirs. */
async function openCase(ownerId = test.clerk.id): Promise<{ caseId: number; complaintId: number }> {
  const { id, caseId } = await test.clerk.client.complaints.record({
    class: 'goods',
    text: '开胶',
    context: {
      receiptId: null,
      saleLineId: null,
      cardId: null,
      customerId: null,
      floor: '2F',
      counter: '女鞋',
    },
    contact: { name: '', phone: '' },
    outcome: {
      kind: 'open',
      ownerId,
      promise: { text: '回电', dueAt: '2026-11-22T09:00:00.000Z' },
    },
  })
  return { complaintId: id, caseId }
}

const file = (caseId: number, client = test.clerk.client) => client.cases.file({ caseId })
const kinds = async (caseId: number) => (await file(caseId)).timeline.map(({ kind }) => kind)

describe('handing a case over', () => {
  it('leaves it with its owner until it is accepted; its promises go along', async () => {
    const { caseId } = await openCase()
    const { handOverId } = await test.clerk.client.cases.offer({
      caseId,
      toId: other.id,
      reason: '我下班了',
    })
    const offered = await file(caseId)
    expect(offered.owner).toMatchObject({ name: '赵敏', active: true })
    expect(offered.handOver).toMatchObject({ to: { name: '孙丽', phone: '8801012' } })
    expect((await other.client.cases.forMe()).offers).toMatchObject([{ id: handOverId, caseId }])
    expect((await test.clerk.client.cases.forMe()).unanswered).toMatchObject([{ id: handOverId }])
    expect((await file(caseId, other.client)).may).toContain('accept')
    expect((await file(caseId, floor.client)).may).not.toContain('accept')
    await other.client.cases.answerOffer({ handOverId, answer: 'accept' })
    const accepted = await file(caseId)
    expect(accepted).toMatchObject({ owner: { name: '孙丽' }, handOver: null })
    expect(accepted.promises).toMatchObject([{ ownerName: '孙丽', state: 'open' }])
    expect((await kinds(caseId)).slice(2)).toEqual([
      'hand_over_offered',
      'hand_over_accepted',
      'owner_changed',
    ])
    expect(
      await refusalOf(other.client.cases.answerOffer({ handOverId, answer: 'accept' })),
    ).toMatchObject({ reason: 'cases.offer_answered' })
  })

  it('can be declined with a reason, and offered to somebody else then', async () => {
    const { caseId } = await openCase()
    const { client } = test.clerk
    const { handOverId } = await client.cases.offer({ caseId, toId: other.id, reason: '请接手' })
    expect(
      await refusalOf(client.cases.offer({ caseId, toId: floor.id, reason: '请接手' })),
    ).toEqual({ reason: 'cases.offered_already', params: { name: '孙丽' } })
    const answer = (reason?: string) =>
      other.client.cases.answerOffer({
        handOverId,
        answer: 'decline',
        ...(reason === undefined ? {} : { reason }),
      })
    expect(await refusalOf(answer())).toMatchObject({ reason: 'cases.needs_reason' })
    await answer('手上还有三件')
    expect(await file(caseId)).toMatchObject({ owner: { name: '赵敏' }, handOver: null })
    await client.cases.offer({ caseId, toId: floor.id, reason: '请接手' })
    expect((await file(caseId)).handOver?.to.name).toBe('周强')
  })

  it('nobody accepts is shown, can be taken back, and ends with the case', async () => {
    const { caseId, complaintId } = await openCase()
    const { client } = test.clerk
    const { handOverId } = await client.cases.offer({ caseId, toId: other.id, reason: '请接手' })
    expect(
      await refusalOf(other.client.cases.answerOffer({ handOverId, answer: 'take_back' })),
    ).toMatchObject({ reason: 'cases.not_yours' })
    await client.cases.answerOffer({ handOverId, answer: 'take_back' })
    expect((await file(caseId)).handOver).toBeNull()
    await client.cases.offer({ caseId, toId: other.id, reason: '请接手' })
    await client.complaints.solve({ complaintId, solution: '换新', satisfied: true, version: 1 })
    const waiting = await other.client.cases.forMe()
    expect(waiting.offers.map((each) => each.caseId)).not.toContain(caseId)
    expect(await file(caseId)).toMatchObject({ state: 'closed', handOver: null, may: [] })
    expect(
      await refusalOf(client.cases.offer({ caseId, toId: other.id, reason: '请接手' })),
    ).toMatchObject({ reason: 'cases.already_closed' })
  })

  it('is for its owner and managers, to somebody who works here and has it not already', async () => {
    const { caseId } = await openCase(test.manager.id)
    const offer = (client: DeskClient, toId: number) =>
      refusalOf(client.cases.offer({ caseId, toId, reason: '请接手' }))
    expect(await offer(other.client, floor.id)).toMatchObject({ reason: 'cases.not_yours' })
    expect(await offer(floor.client, test.manager.id)).toMatchObject({
      reason: 'cases.has_it_already',
    })
    expect(await offer(floor.client, 9_999)).toMatchObject({ reason: 'cases.unknown_owner' })
    const unknown = test.clerk.client.cases.answerOffer({ handOverId: 9_999, answer: 'accept' })
    expect(await refusalOf(unknown)).toMatchObject({ reason: 'cases.unknown_offer' })
  })

  it('of two answers one counts', async () => {
    const { caseId } = await openCase()
    const { handOverId } = await test.clerk.client.cases.offer({
      caseId,
      toId: other.id,
      reason: '请接手',
    })
    const answers = await Promise.allSettled([
      other.client.cases.answerOffer({ handOverId, answer: 'accept' }),
      test.clerk.client.cases.answerOffer({ handOverId, answer: 'take_back' }),
    ])
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })
})

describe('an owner who left the store', () => {
  it('is shown, and a manager gives the case to somebody', async () => {
    const leaver = await hire('013', '钱进', 'clerk')
    const { caseId, complaintId } = await openCase(leaver.id)
    await leave(leaver.id, '钱进')
    expect((await file(caseId)).owner).toMatchObject({ name: '钱进', active: false })
    const [row] = (await test.clerk.client.complaints.list({ state: 'open' })).filter(
      ({ id }) => id === complaintId,
    )
    expect(row).toMatchObject({ ownerName: '钱进', ownerActive: false })
    expect((await floor.client.cases.forMe()).orphans).toMatchObject([
      { caseId, ownerName: '钱进', complaintId },
    ])
    expect((await test.clerk.client.cases.forMe()).orphans).toEqual([])
    const given = { caseId, toId: other.id, reason: '钱进已离职' }
    expect(await refusalOf(test.clerk.client.cases.reassign(given))).toMatchObject({
      reason: 'staff.not_allowed',
    })
    await floor.client.cases.reassign(given)
    expect(await file(caseId)).toMatchObject({
      owner: { name: '孙丽' },
      promises: [{ ownerName: '孙丽' }],
    })
    expect((await floor.client.cases.forMe()).orphans).toEqual([])
  })
})

describe('somebody who left with much of theirs open', () => {
  it('gives it all away in one step: cases, their promises, and what was promised in cases of others', async () => {
    const leaver = await hire('014', '吴迪', 'clerk')
    const own = [await openCase(leaver.id), await openCase(leaver.id)]
    const theirs = await openCase()
    await test.clerk.client.complaints.promise({
      complaintId: theirs.complaintId,
      ownerId: leaver.id,
      text: '送样检测',
      dueAt: '2026-11-23T09:00:00.000Z',
      version: 1,
    })
    const given = { fromId: leaver.id, toId: other.id, reason: '吴迪已离职' }
    expect(await refusalOf(floor.client.cases.reassignAll(given))).toMatchObject({
      reason: 'cases.still_here',
    })
    await leave(leaver.id, '吴迪')
    expect((await floor.client.cases.forMe()).leavers).toEqual([
      { operatorId: leaver.id, name: '吴迪', cases: 2, promises: 3 },
    ])
    expect(await refusalOf(test.clerk.client.cases.reassignAll(given))).toMatchObject({
      reason: 'staff.not_allowed',
    })
    expect(
      await refusalOf(floor.client.cases.reassignAll({ ...given, toId: leaver.id })),
    ).toMatchObject({ reason: 'cases.unknown_owner' })
    expect(await floor.client.cases.reassignAll(given)).toEqual({ cases: 2, promises: 3 })
    expect((await floor.client.cases.forMe()).leavers).toEqual([])
    for (const { caseId } of own) {
      expect(await file(caseId)).toMatchObject({
        owner: { name: '孙丽' },
        promises: [{ ownerName: '孙丽', state: 'open' }],
      })
    }
    const kept = await file(theirs.caseId)
    expect(kept.owner.name).toBe('赵敏')
    expect(kept.promises.map(({ ownerName }) => ownerName)).toEqual(['赵敏', '孙丽'])
    expect(await kinds(theirs.caseId)).toContain('promises_moved')
    // Nothing is left to give: done again it changes nothing.
    expect(await floor.client.cases.reassignAll(given)).toEqual({ cases: 0, promises: 0 })
  })
})

describe('an offer nobody answers', () => {
  it('stands with every manager after half an open hour, and stays with its owner all the while', async () => {
    const { caseId } = await openCase()
    const { client } = test.clerk
    const { handOverId } = await client.cases.offer({ caseId, toId: other.id, reason: '请接手' })
    const seen = async (by: DeskClient) =>
      (await by.clocks.handOvers()).find((each) => each.caseId === caseId)
    expect(await seen(floor.client)).toMatchObject({ waitedMinutes: 0, overdue: false })
    // Offered at 14:00, seen at 10:30 the next day: eight hours until closing and half an hour since, not the night.
    await comeBackAt('2026-11-22T02:30:00.000Z')
    expect(await seen(floor.client)).toMatchObject({
      waitedMinutes: 510,
      overdue: true,
      fromName: '赵敏',
      toName: '孙丽',
    })
    expect(await seen(client)).toMatchObject({ handOverId, overdue: true, isMine: false })
    expect(await seen(other.client)).toMatchObject({ isMine: true })
    expect(await file(caseId)).toMatchObject({ state: 'open', owner: { name: '赵敏' } })
    await floor.client.cases.reassign({ caseId, toId: floor.id, reason: '无人接手' })
    expect(await seen(floor.client)).toBeUndefined()
    expect(await file(caseId)).toMatchObject({ owner: { name: '周强' }, handOver: null })
    await comeBackAt(deskNow)
  })

  it('is overdue at once where the one asked has left', async () => {
    const leaver = await hire('015', '郑重', 'clerk')
    const { caseId } = await openCase()
    await test.clerk.client.cases.offer({ caseId, toId: leaver.id, reason: '请接手' })
    await leave(leaver.id, '郑重')
    const [row] = (await floor.client.clocks.handOvers()).filter((each) => each.caseId === caseId)
    expect(row).toMatchObject({ toActive: false, overdue: true, waitedMinutes: 0 })
  })
})

describe('a hard case', () => {
  it('has one second person at a time, who can leave again', async () => {
    const { caseId } = await openCase()
    const { client } = test.clerk
    const ask = (operatorId: number | null, by = client) =>
      by.cases.setSecond({ caseId, operatorId, reason: '顾客情绪激动' })
    expect(await refusalOf(ask(other.id, other.client))).toMatchObject({
      reason: 'cases.not_yours',
    })
    expect(await refusalOf(ask(test.clerk.id))).toMatchObject({ reason: 'cases.second_is_owner' })
    await ask(floor.id)
    expect((await file(caseId)).second).toMatchObject({ person: { name: '周强' } })
    expect(await refusalOf(ask(floor.id))).toMatchObject({ reason: 'cases.second_already' })
    await ask(other.id)
    expect((await file(caseId)).second).toMatchObject({ person: { name: '孙丽' } })
    await ask(null, other.client)
    expect((await file(caseId)).second).toBeNull()
    expect(await refusalOf(ask(null))).toMatchObject({ reason: 'cases.no_second' })
  })

  it('calls the duty manager once, and logs when they came', async () => {
    const { caseId } = await openCase()
    const { client } = test.clerk
    const call = (managerId: number) =>
      client.cases.callManager({ caseId, managerId, reason: '顾客要见经理' })
    expect(await refusalOf(call(other.id))).toMatchObject({ reason: 'cases.no_manager' })
    const { callId } = await call(floor.id)
    expect(await refusalOf(call(test.manager.id))).toEqual({
      reason: 'cases.called_already',
      params: { name: '周强' },
    })
    expect((await floor.client.cases.forMe()).calls).toMatchObject([{ id: callId, isMine: true }])
    await test.setNow('2026-11-21T06:04:30.000Z')
    await client.cases.answerCall({ callId, answer: 'arrive' })
    expect((await file(caseId)).dutyCall).toMatchObject({
      state: 'arrived',
      answeredAt: '2026-11-21T06:04:30.000Z',
    })
    const arrived = (await file(caseId)).timeline.at(-1)
    expect(arrived).toMatchObject({ kind: 'manager_arrived', data: { name: '周强', minutes: 4 } })
    expect(await refusalOf(client.cases.answerCall({ callId, answer: 'call_off' }))).toMatchObject({
      reason: 'cases.call_answered',
    })
  })
})

describe('the story of a case', () => {
  it('takes notes by what they are about and how the customer was spoken to', async () => {
    const { caseId } = await openCase()
    await other.client.cases.note({
      caseId,
      about: 'contact',
      channel: 'phone',
      text: '电话无人接听\n稍后再打',
    })
    await other.client.cases.note({ caseId, about: 'seller_promise', text: '卖时说可以换' })
    const lines = (await file(caseId)).timeline.slice(-2)
    expect(lines).toMatchObject([
      { kind: 'note_added', actor: '孙丽', data: { about: 'contact', channel: 'phone' } },
      { kind: 'note_added', data: { about: 'seller_promise', text: '卖时说可以换' } },
    ])
  })

  it('and who was asked for it cannot be rewritten or removed', async () => {
    const { caseId } = await openCase()
    const { handOverId } = await test.clerk.client.cases.offer({
      caseId,
      toId: other.id,
      reason: '请接手',
    })
    await other.client.cases.answerOffer({ handOverId, answer: 'accept' })
    const rewrite = test.write((w) =>
      w
        .updateTable('case_hand_over')
        .set({ reason: '别的' })
        .where('id', '=', handOverId)
        .execute(),
    )
    await expect(rewrite).rejects.toThrow('is over')
    const remove = test.write((w) => w.deleteFrom('case_hand_over').execute())
    await expect(remove).rejects.toThrow('never deleted')
    const { auditBrokenAt } = await test.manager.client.settings.verify()
    expect(auditBrokenAt).toBeNull()
  })
})
