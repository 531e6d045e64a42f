import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readPdf } from '../documents/support/read-pdf.ts'
import { deskNow, openTestDesk, refusalOf, type TestDesk } from '../support/desk.ts'
import { keep } from '../support/keep-file.ts'
import { makeSignature } from '../support/pictures.ts'
import {
  decideFindings,
  itemOf,
  openComplaint,
  type ProposedItem,
  proposeSigned,
} from '../support/settle.ts'

let test: TestDesk

beforeAll(async () => {
  test = await openTestDesk()
  await test.manager.client.staff.add({
    code: 'F01',
    name: '陈国强',
    phone: '',
    role: 'floor_manager',
    pin: '8642',
  })
})
afterAll(() => test.close())
beforeEach(() => test.setNow(deskNow))

const clerk = () => test.clerk.client
const of = (complaintId: number) => clerk().settlements.of({ complaintId })
const found = (complaintId: number) => clerk().investigations.of({ complaintId })
const eventsOf = async (complaintId: number) =>
  (await clerk().complaints.open({ complaintId })).events.map(({ kind }) => kind)

/** The newest settlement of a complaint. */
async function latest(complaintId: number) {
  const [newest] = (await of(complaintId)).settlements
  if (!newest) throw new Error(`nothing is proposed for complaint ${complaintId}`)
  return newest
}

/** A complaint that is investigated, with options on offer. */
async function offered(items: ProposedItem[] = [itemOf({ kind: 'compensation' })]) {
  const complaint = await openComplaint(test)
  await decideFindings(clerk(), complaint.id)
  await proposeSigned(test, complaint.id, [{ title: '补偿并致歉', items }])
  return { complaint, settlement: await latest(complaint.id) }
}

const accept = async (complaintId: number, part: { promisedAt?: string } = {}) => {
  const { id, options, version, round } = await latest(complaintId)
  const option = options.find((each) => each.round === round)
  return clerk().settlements.answer({
    settlementId: id,
    accepts: true,
    optionId: option?.id ?? 0,
    channel: 'on_site',
    words: '可以',
    executorId: test.clerk.id,
    version,
    ...part,
  })
}

const decline = async (complaintId: number) => {
  const { id, version } = await latest(complaintId)
  return clerk().settlements.answer({
    settlementId: id,
    accepts: false,
    optionId: null,
    channel: 'phone',
    words: '太少了',
    version,
  })
}

const agreedItems = async (complaintId: number) => {
  const settlement = await latest(complaintId)
  const items = settlement.options.find(({ agreed }) => agreed)?.items ?? []
  return { settlement, items }
}

describe('the facts', () => {
  it('are settled before anything is decided, or left out with a reason', async () => {
    const { id } = await openComplaint(test)
    expect(await found(id)).toMatchObject({
      version: 0,
      state: 'open',
      missing: expect.arrayContaining(['facts']),
    })
    await clerk().investigations.settleFact({
      complaintId: id,
      fact: 'course',
      state: 'settled',
      text: '11 月 20 日送货上门',
    })
    const written = await clerk().investigations.write({
      complaintId: id,
      cause: 'warehouse',
      analysis: '入库时堆放过高。',
      fault: 'looks',
      finding: 'partly',
      opinion: '',
      version: 2,
    })
    const early = clerk().investigations.decide({ complaintId: id, version: written.version })
    expect((await refusalOf(early)).reason).toBe('investigations.not_ready')
    const options = [{ title: '道歉', items: [itemOf({ kind: 'apology' })] }]
    const proposal = clerk().settlements.propose({ complaintId: id, options, version: 0 })
    expect((await refusalOf(proposal)).reason).toBe('settlements.facts_open')
    for (const fact of (await found(id)).facts.filter(({ state }) => state === 'open')) {
      await clerk().investigations.settleFact({
        complaintId: id,
        fact: fact.id,
        state: 'skipped',
        text: '顾客未带鞋到店，凭照片判断',
      })
    }
    const { version } = await found(id)
    await clerk().investigations.decide({ complaintId: id, version })
    const decided = await found(id)
    expect(decided).toMatchObject({
      state: 'decided',
      cause: 'warehouse',
      fault: 'looks',
      missing: [],
    })
    const late = clerk().investigations.write({
      complaintId: id,
      cause: 'misuse',
      analysis: '改口',
      fault: 'none',
      finding: 'unfounded',
      opinion: '',
      version: decided.version,
    })
    expect((await refusalOf(late)).reason).toBe('investigations.decided')
    await clerk().investigations.reopen({
      complaintId: id,
      reason: '顾客补充了照片',
      version: decided.version,
    })
    expect((await found(id)).state).toBe('open')
    expect(await eventsOf(id)).toContain('investigation_reopened')
  })

  it('keep every word: the last one of a fact holds, none is rewritten', async () => {
    const { id } = await openComplaint(test)
    for (const text of ['说法一', '说法二']) {
      await clerk().investigations.settleFact({
        complaintId: id,
        fact: 'seen',
        state: 'settled',
        text,
      })
    }
    const seen = (await found(id)).facts.find((fact) => fact.id === 'seen')
    expect(seen).toMatchObject({ state: 'settled', text: '说法二' })
    await expect(
      test.write((w) => sql`UPDATE investigation_fact SET text = 'x'`.execute(w)),
    ).rejects.toThrow('append-only')
  })
})

describe('causes', () => {
  it('name transport, warehouse and wrong goods handed out apart from the product', async () => {
    const causes = await clerk().investigations.causes()
    const groupOf = (id: string) => causes.find((each) => each.id === id)?.group
    expect(groupOf('quality')).toBe('product')
    expect(groupOf('transport')).toBe('way')
    expect(groupOf('warehouse')).toBe('way')
    expect(groupOf('wrong_item')).toBe('store')
    expect(causes.every(({ names }) => names.zh !== '' && names.en !== '')).toBe(true)
  })
})

describe('a test certificate', () => {
  it('has its fee borne by who loses; what the customer laid out is to be paid back', async () => {
    const { id } = await openComplaint(test)
    const certificate = {
      complaintId: id,
      laboratory: '中山市质检所',
      number: 'ZS-2026-118',
      testedOn: '2026-11-20',
      result: 'fault' as const,
      summary: '鞋底剥离强度不合格',
      fee: 30_000,
      paidBy: 'customer' as const,
      bearer: 'store' as const,
      sha256: null,
    }
    const first = await clerk().investigations.addCertificate(certificate)
    expect(await found(id)).toMatchObject({
      certificates: [{ toCustomer: 30_000, byCustomer: 0 }],
      outlays: [{ kind: 'test', amount: 30_000, certificateId: first.id }],
    })
    const twice = clerk().investigations.addCertificate(certificate)
    expect((await refusalOf(twice)).reason).toBe('investigations.certificate_twice')
    const other = { ...certificate, number: 'ZS-2', bearer: 'customer' as const }
    const unexplained = clerk().investigations.addCertificate(other)
    expect((await refusalOf(unexplained)).reason).toBe('investigations.bearer_reason')
    await clerk().investigations.voidCertificate({ certificateId: first.id, reason: '送错样品' })
    expect((await found(id)).outlays).toMatchObject([{ voided: { reason: '送错样品' } }])
  })

  it('of no fault leaves the fee with the customer', async () => {
    const { id } = await openComplaint(test)
    await clerk().investigations.addCertificate({
      complaintId: id,
      laboratory: '中山市质检所',
      number: 'ZS-3',
      testedOn: '2026-11-20',
      result: 'no_fault',
      summary: '',
      fee: 30_000,
      paidBy: 'store',
      bearer: 'customer',
      sha256: null,
    })
    const { certificates, outlays } = await found(id)
    expect(certificates).toMatchObject([{ toCustomer: 0, byCustomer: 30_000 }])
    expect(outlays).toEqual([])
  })
})

describe('liability', () => {
  it('is split in money that sums to the total; a new split replaces the old one', async () => {
    const { id, caseId } = await openComplaint(test)
    const parties = [
      { party: 'store' as const, weight: 1 },
      { party: 'vendor' as const, name: '步云里商贸', weight: 1 },
      { party: 'carrier' as const, name: '顺行物流', weight: 1 },
    ]
    const first = await clerk().investigations.split({ complaintId: id, total: 10_000, parties })
    expect(first.shares.map(({ amount }) => amount)).toEqual([3_334, 3_333, 3_333])
    await clerk().investigations.split({
      complaintId: id,
      total: 10_000,
      parties: [{ party: 'carrier', name: '顺行物流', weight: 10_000 }],
    })
    expect((await found(id)).split?.shares).toMatchObject([{ party: 'carrier', amount: 10_000 }])
    const crooked = test.write((w) =>
      sql`INSERT INTO liability_split (investigation_id, case_id, total, currency, live, at, by)
        SELECT id, ${caseId}, 10, 'CNY', 0, 'now', 1 FROM investigation WHERE complaint_id = ${id}`
        .execute(w)
        .then(() => sql`UPDATE liability_split SET sealed = 1 WHERE sealed = 0`.execute(w)),
    )
    await expect(crooked).rejects.toThrow('sum to its total')
  })

  it('and what the case costs the customer beside money are written down', async () => {
    const { id } = await openComplaint(test)
    for (const kind of ['visit', 'visit', 'call'] as const) {
      await clerk().investigations.addEffort({ complaintId: id, kind, minutes: 40 })
    }
    expect((await found(id)).effort).toMatchObject({
      visits: 2,
      calls: 1,
      minutes: 120,
      signatures: 0,
    })
  })
})

describe('a proposal', () => {
  it('beyond the clerk asks for an approval of exactly these options', async () => {
    const { id } = await openComplaint(test)
    await decideFindings(clerk(), id)
    const options = [{ title: '补偿', items: [itemOf({ kind: 'compensation' })] }]
    const alone = clerk().settlements.propose({ complaintId: id, options, version: 0 })
    expect((await refusalOf(alone)).reason).toBe('approvals.needed')
    await proposeSigned(test, id, options)
    expect(await latest(id)).toMatchObject({
      state: 'offered',
      approved: 10_000,
      approvedBy: '李静',
      options: [{ total: 10_000, items: [{ borneBy: 'carrier', borneName: '顺行物流' }] }],
    })
    const again = clerk().settlements.propose({ complaintId: id, options, version: 0 })
    expect((await refusalOf(again)).reason).toBe('settlements.no_such_step')
  })

  it('of words alone needs nobody, and at risk only the top', async () => {
    const { id } = await openComplaint(test)
    await decideFindings(clerk(), id)
    const options = [{ title: '当面致歉', items: [itemOf({ kind: 'apology' })] }]
    const about = await clerk().settlements.subject({ complaintId: id, options })
    expect(about).toMatchObject({ kinds: [], amount: 0 })
    const { version } = await clerk().complaints.open({ complaintId: id })
    await clerk().complaints.setRisks({ complaintId: id, risks: ['media'], note: '', version })
    const alone = clerk().settlements.propose({ complaintId: id, options, version: 0 })
    expect((await refusalOf(alone)).params).toMatchObject({ role: 'store_manager' })
    const floor = proposeSigned(test, id, options, { code: 'F01', pin: '8642' })
    expect((await refusalOf(floor)).reason).toBe('approvals.no_authority')
    await proposeSigned(test, id, options)
    expect((await latest(id)).state).toBe('offered')
  })

  it('that a risk catches up with is not accepted below the top', async () => {
    const { id } = await openComplaint(test)
    await decideFindings(clerk(), id)
    const options = [{ title: '当面致歉', items: [itemOf({ kind: 'apology' })] }]
    await clerk().settlements.propose({ complaintId: id, options, version: 0 })
    const { version } = await clerk().complaints.open({ complaintId: id })
    await clerk().complaints.setRisks({ complaintId: id, risks: ['lawyer'], note: '', version })
    expect((await refusalOf(accept(id))).reason).toBe('settlements.risk_since')
  })

  it('is declined twice, goes up a level, and ends with the third no', async () => {
    const { complaint } = await offered()
    const { id } = complaint
    await decline(id)
    expect((await latest(id)).state).toBe('declined')
    const more = [{ title: '加到 150', items: [itemOf({ kind: 'compensation', amount: 15_000 })] }]
    await proposeSigned(test, id, more, { version: (await latest(id)).version })
    expect(await latest(id)).toMatchObject({ round: 2, approved: 15_000 })
    await decline(id)
    const second = await latest(id)
    expect(second).toMatchObject({
      state: 'escalated',
      level: 'floor_manager',
      may: { propose: false },
    })
    const floor = await test.signIn('F01', '8642')
    const waiting = (await floor.alerts.inbox()).filter(({ kind }) => kind === 'settlement_level')
    expect(waiting).toMatchObject([{ case: { id: complaint.caseId }, mine: true }])
    const below = clerk().settlements.propose({
      complaintId: id,
      options: more,
      version: second.version,
    })
    expect((await refusalOf(below)).reason).toBe('settlements.level')
    await test.manager.client.settlements.propose({
      complaintId: id,
      options: more,
      version: second.version,
    })
    await decline(id)
    expect((await latest(id)).state).toBe('failed')
    expect(await eventsOf(id)).toEqual(
      expect.arrayContaining(['settlement_declined', 'settlement_escalated', 'settlement_failed']),
    )
  })
})

describe('what was agreed', () => {
  it('is paid once, by the POS, in a ledger apart from refunds, and holds the complaint open', async () => {
    const { complaint } = await offered([
      itemOf({ kind: 'compensation' }),
      itemOf({ kind: 'apology' }),
    ])
    const { id } = complaint
    await accept(id)
    const { settlement, items } = await agreedItems(id)
    const [money, apology] = items
    expect(settlement.timer).toMatchObject({ state: 'running', promised: false })
    const { version } = await clerk().complaints.open({ complaintId: id })
    const solving = clerk().complaints.solve({
      complaintId: id,
      solution: '已补偿',
      satisfied: true,
      version,
    })
    expect((await refusalOf(solving)).reason).toBe('settlements.under_way')
    const step = {
      settlementId: settlement.id,
      itemId: money?.id ?? 0,
      version: settlement.version,
    }
    const requestId = randomUUID()
    const paid = await test.withRequestId(requestId).settlements.execute(step)
    const repeated = await test.withRequestId(requestId).settlements.execute(step)
    expect(repeated).toEqual(paid)
    expect(paid).toMatchObject({
      state: 'agreed',
      compensation: { number: expect.stringMatching(/^BC-/) },
    })
    const twice = clerk().settlements.execute({ ...step, version: paid.version })
    expect((await refusalOf(twice)).reason).toBe('settlements.done_before')
    const done = await clerk().settlements.execute({
      settlementId: settlement.id,
      itemId: apology?.id ?? 0,
      note: '店长当面致歉',
      version: paid.version,
    })
    expect(done.state).toBe('executed')
    expect((await latest(id)).timer?.state).toBe('in_time')
    const { ledger } = await of(id)
    expect(ledger).toMatchObject([
      { amount: 10_000, borneBy: 'carrier', instruction: { state: 'pending' }, voided: null },
    ])
    const { exact } = await clerk().sales.find({ text: settlement.number })
    expect(exact).toMatchObject({ kind: 'complaint', id })
    const told = await clerk().posInstructions.open({ number: paid.instruction ?? '' })
    expect(told).toMatchObject({ amount: 10_000, direction: 'pay_out' })
    await clerk().complaints.solve({
      complaintId: id,
      solution: '已补偿',
      satisfied: true,
      version,
    })
  })

  it('is refused by the database a second time, beyond the approval, and unagreed', async () => {
    const { complaint } = await offered()
    await accept(complaint.id)
    const { settlement, items } = await agreedItems(complaint.id)
    const insert = (amount: number, item = items[0]?.id ?? 0) =>
      test.write((w) =>
        sql`INSERT INTO compensation (number, settlement_id, item_id, complaint_id, case_id, kind, amount, currency,
          borne_by, paid_how, business_date, at, by) VALUES (${`BC-${randomUUID()}`}, ${settlement.id}, ${item},
          ${complaint.id}, ${complaint.caseId}, 'compensation', ${amount}, 'CNY', 'store', 'cash', '2026-11-21', 'now', 1)`.execute(
          w,
        ),
      )
    await expect(insert(9_999)).rejects.toThrow('only what was agreed')
    await test.write((w) =>
      sql`UPDATE settlement SET approved = 9999 WHERE id = ${settlement.id}`.execute(w),
    )
    await expect(insert(10_000)).rejects.toThrow('no more is paid')
    await test.write((w) =>
      sql`UPDATE settlement SET approved = 20000 WHERE id = ${settlement.id}`.execute(w),
    )
    await insert(10_000)
    await expect(insert(10_000)).rejects.toThrow(/UNIQUE/)
    await expect(
      test.write((w) =>
        sql`UPDATE complaint SET state = 'solved' WHERE id = ${complaint.id}`.execute(w),
      ),
    ).rejects.toThrow('not over')
  })

  it('pays back what the customer laid out, once and no more than that', async () => {
    const { id } = await openComplaint(test)
    const outlay = await clerk().investigations.addOutlay({
      complaintId: id,
      kind: 'repair',
      what: '自费粘底',
      amount: 4_500,
      paidOn: '2026-11-19',
      sha256: null,
    })
    await decideFindings(clerk(), id)
    const back = (amount: number) => [
      {
        title: '报销粘底费',
        items: [itemOf({ kind: 'reimbursement', amount, outlayId: outlay.id })],
      },
    ]
    const tooMuch = clerk().settlements.subject({ complaintId: id, options: back(4_501) })
    expect((await refusalOf(tooMuch)).reason).toBe('settlements.bad_outlay')
    await proposeSigned(test, id, back(4_500))
    const takenBack = clerk().investigations.voidOutlay({ outlayId: outlay.id, reason: '记错了' })
    expect((await refusalOf(takenBack)).reason).toBe('investigations.outlay_used')
    await accept(id)
    const { settlement, items } = await agreedItems(id)
    await clerk().settlements.execute({
      settlementId: settlement.id,
      itemId: items[0]?.id ?? 0,
      version: settlement.version,
    })
    expect((await of(id)).ledger).toMatchObject([{ kind: 'reimbursement', amount: 4_500 }])
    const again = clerk().settlements.subject({ complaintId: id, options: back(4_500) })
    expect((await refusalOf(again)).reason).toBe('settlements.bad_outlay')
  })

  it('may be a gift on a voucher; what is owed may not', async () => {
    const gift = itemOf({ kind: 'goodwill', amount: 5_000, payHow: 'voucher', borneBy: 'store' })
    const { complaint } = await offered([gift])
    await accept(complaint.id)
    const { settlement, items } = await agreedItems(complaint.id)
    const { voucher, instruction } = await clerk().settlements.execute({
      settlementId: settlement.id,
      itemId: items[0]?.id ?? 0,
      version: settlement.version,
    })
    expect(instruction).toBeNull()
    const open = await clerk().vouchers.open({ voucherId: voucher?.id ?? 0 })
    expect(open).toMatchObject({ amount: 5_000, balance: 5_000 })
    const owed = [{ title: '补偿', items: [itemOf({ kind: 'compensation', payHow: 'voucher' })] }]
    const refused = clerk().settlements.subject({ complaintId: complaint.id, options: owed })
    expect((await refusalOf(refused)).reason).toBe('settlements.voucher_is_gift')
  })

  it('is taken back by a manager until the POS has paid', async () => {
    const { complaint } = await offered()
    const { id } = complaint
    await accept(id)
    const { settlement, items } = await agreedItems(id)
    const itemId = items[0]?.id ?? 0
    const paid = await clerk().settlements.execute({
      settlementId: settlement.id,
      itemId,
      version: settlement.version,
    })
    const undoing = {
      settlementId: settlement.id,
      itemId,
      reason: '支付方式选错',
      version: paid.version,
    }
    await test.manager.client.settlements.undo(undoing)
    expect((await of(id)).ledger).toMatchObject([
      { voided: { reason: '支付方式选错' }, instruction: { state: 'cancelled' } },
    ])
    const again = await latest(id)
    expect(again.state).toBe('agreed')
    const second = await clerk().settlements.execute({
      settlementId: settlement.id,
      itemId,
      version: again.version,
    })
    const told = await clerk().posInstructions.open({ number: second.instruction ?? '' })
    await clerk().posInstructions.settleByNumber({
      instructions: [{ id: told.id, version: told.version }],
      posNumber: '90017',
      till: 'T01',
      date: '2026-11-21',
    })
    const late = test.manager.client.settlements.undo({ ...undoing, version: second.version })
    expect((await refusalOf(late)).reason).toBe('instructions.already_settled')
  })

  it('is overdue by store hours, or by what the customer was told', async () => {
    const { complaint } = await offered()
    await accept(complaint.id, { promisedAt: '2026-11-21T08:00:00.000Z' })
    await test.setNow('2026-11-21T09:00:00.000Z')
    const { timer } = await latest(complaint.id)
    expect(timer).toMatchObject({ state: 'overdue', promised: true, leftMs: -3_600_000 })
    const [first] = await clerk().settlements.underWay()
    expect(first).toMatchObject({ complaintId: complaint.id, left: 1, of: 1 })
    const told = await clerk().alerts.inbox()
    expect(told.map(({ kind }) => kind)).toContain('execution_overdue')
  })
})

describe('papers', () => {
  it('of a test and of an agreement hang on the complaint; a signature counts as the customer’s effort', async () => {
    const { id } = await openComplaint(test)
    const report = await keep(clerk(), { name: '检测报告.png', bytes: makeSignature() })
    await clerk().investigations.addCertificate({
      complaintId: id,
      laboratory: '中山市质检所',
      number: 'ZS-9',
      testedOn: '2026-11-20',
      result: 'unknown',
      summary: '',
      fee: 0,
      paidBy: 'store',
      bearer: 'store',
      sha256: report.sha256,
    })
    await decideFindings(clerk(), id)
    const options = [{ title: '当面致歉', items: [itemOf({ kind: 'apology' })] }]
    await clerk().settlements.propose({ complaintId: id, options, version: 0 })
    const signed = await keep(clerk(), { name: 'signature.png', bytes: makeSignature() })
    const offer = await latest(id)
    await clerk().settlements.answer({
      settlementId: offer.id,
      accepts: true,
      optionId: offer.options[0]?.id ?? 0,
      channel: 'on_site',
      executorId: test.clerk.id,
      sha256: signed.sha256,
      version: offer.version,
    })
    const subject = { type: 'complaint' as const, id }
    const files = await clerk().attachments.list({ subject })
    expect(files.map(({ role, label }) => [role, label])).toEqual([
      ['document', '中山市质检所 ZS-9'],
      ['signature', offer.number],
    ])
    expect((await latest(id)).answers).toMatchObject([{ accepts: true, signed: true }])
    expect((await found(id)).effort.signatures).toBe(1)
  })

  it('of an agreement say the sum in capitals and that rights stay', async () => {
    const { complaint, settlement } = await offered()
    const early = clerk().papers.preview({
      document: 'settlement_slip',
      settlementId: settlement.id,
    })
    expect((await refusalOf(early)).reason).toBe('settlements.not_agreed')
    await accept(complaint.id)
    const printed = await clerk().papers.print({
      document: 'settlement_slip',
      settlementId: settlement.id,
    })
    expect(printed).toMatchObject({ copyNo: 0, missingGlyphs: [] })
    const { text } = await readPdf(new Uint8Array(await printed.pdf.arrayBuffer()))
    expect(text).toContain('人民币壹佰元整')
    expect(text).toContain('不因签字而减少')
  })
})

describe('the ledger', () => {
  it('balances: parties and kinds each sum to the month, without what was taken back', async () => {
    const { entries, total, byParty, byKind, months, month } = await clerk().settlements.ledger({
      month: null,
    })
    const standing = entries.filter(({ voided }) => voided === null)
    const sum = (list: readonly { amount: number }[]) =>
      list.reduce((all, { amount }) => all + amount, 0)
    expect(entries.length).toBeGreaterThan(standing.length)
    expect(total).toBe(sum(standing))
    expect(sum(byParty)).toBe(total)
    expect(sum(byKind)).toBe(total)
    expect(months).toMatchObject([{ month, amount: total, count: standing.length }])
    const { csv, fileName } = await clerk().settlements.ledgerFile({ month })
    const lines = (await csv.text()).trim().split('\r\n')
    expect(fileName).toBe(`compensations-${month}.csv`)
    expect(lines).toHaveLength(entries.length + 1)
    expect(lines[0]).toContain('补偿编号')
  })
})

describe('a letter of apology', () => {
  it('begins with the facts, is signed by somebody with authority, and proves the apology', async () => {
    const { complaint } = await offered([itemOf({ kind: 'apology' })])
    const { id, number } = complaint
    await accept(id)
    const draft = await clerk().settlements.letterDraft({ complaintId: id })
    expect(draft).toMatchObject({ addressee: '林晓梅' })
    expect(draft.bodyZh).toContain(number)
    expect(draft.bodyZh).toContain('运输')
    expect(draft.bodyEn).toContain('apologise')
    expect(draft.signers.map(({ code }) => code)).toEqual(['001', 'F01'])
    const { signers: _signers, ...text } = draft
    const letter = { ...text, complaintId: id, title: '店长' }
    const byClerk = clerk().settlements.signLetter({ ...letter, code: '002', pin: '1379' })
    expect((await refusalOf(byClerk)).reason).toBe('settlements.letter_authority')
    const unfair = { ...letter, bodyZh: `${draft.bodyZh}本店享有最终解释权。` }
    const forbidden = clerk().settlements.signLetter({ ...unfair, code: '001', pin: '2580' })
    expect((await refusalOf(forbidden)).reason).toBe('papers.unfair_interpretation')
    const signed = await clerk().settlements.signLetter({ ...letter, code: '001', pin: '2580' })
    const { settlement, items } = await agreedItems(id)
    const done = await clerk().settlements.execute({
      settlementId: settlement.id,
      itemId: items[0]?.id ?? 0,
      proofId: signed.id,
      version: settlement.version,
    })
    expect(done.state).toBe('executed')
    const voiding = clerk().settlements.voidLetter({ letterId: signed.id, reason: '写错了' })
    expect((await refusalOf(voiding)).reason).toBe('settlements.letter_used')
    await expect(
      test.write((w) => sql`UPDATE apology_letter SET body_zh = 'x'`.execute(w)),
    ).rejects.toThrow('stays as it was signed')
  })
})
