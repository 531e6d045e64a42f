import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readFrozen } from '../../src-main/rights/index.ts'
import { managerSignature, openTestDesk, refusalOf, type TestDesk } from '../support/desk.ts'
import { keep } from '../support/keep-file.ts'
import { makePng } from '../support/pictures.ts'
import { addCustomer, addReceipt } from '../support/sold.ts'

let desk: TestDesk
let sale: { id: number; lineIds: number[] }
const contact = { name: '', phone: '' }

const serial = { kind: 'serial_no' as const, serialNo: 'DF37000918' }
const memory = { kind: 'staff_memory' as const, name: '李静', words: '上周在女鞋柜买的' }

const png = makePng()

beforeAll(async () => {
  desk = await openTestDesk()
  await desk.write(async (w) => {
    const customerId = await addCustomer(w, {
      name: '王小明',
      phone: '13812345521',
      memberNo: 'M000123',
    })
    sale = await addReceipt(w, {
      receiptNo: '0312000000004821',
      businessDate: '2026-11-16',
      customerId,
      lines: [{ name: '短靴 37 黑', paid_amount: 59_900, serial_no: 'DF37000918' }],
    })
    await addReceipt(w, {
      receiptNo: '0312000000004822',
      businessDate: '2026-11-10',
      customerId,
      lines: [{ name: '羊毛袜', paid_amount: 3_000 }],
    })
  })
})

afterAll(async () => desk.close())

describe('proofs in place of a slip', () => {
  it('point to sales, the best fit first', async () => {
    const { candidates, alone } = await desk.clerk.client.rights.weighProofs({
      proofs: [serial, { kind: 'member_record', phone: '5521' }],
    })
    expect(candidates.map((each) => [each.receiptId, each.strength])).toEqual([
      [sale.id, 'strong'],
      [sale.id + 1, 'fair'],
    ])
    expect(candidates[0]).toMatchObject({ goods: '短靴 37 黑', customer: '王** 138****5521' })
    expect(alone.strength).toBe('weak')
    expect(JSON.stringify(candidates)).not.toContain('13812345521')
  })

  it('are taken down with a case, and the claim goes on with the sale', async () => {
    const { id } = await desk.clerk.client.rights.recordProofs({
      proofs: [serial, { kind: 'member_record', memberNo: 'M000123' }],
      receiptId: sale.id,
      goods: null,
      contact,
    })
    const set = await desk.clerk.client.rights.openProofs({ proofSetId: id })
    expect(set).toMatchObject({ strength: 'strong', score: 88, receiptId: sale.id })
    const { lines } = await desk.clerk.client.rights.ofReceipt({
      receiptId: sale.id,
      answers: { all: { reason: 'quality' }, lines: [] },
      proofSetId: id,
    })
    const refund = lines[0]?.verdict?.remedies.find((each) => each.remedy === 'refund')
    expect(refund?.allowed).toBe(true)
  })

  it('that are weak are taken down all the same; the decision says so, and who must approve', async () => {
    const { id } = await desk.clerk.client.rights.recordProofs({
      proofs: [{ kind: 'member_record', memberNo: 'M000123' }],
      receiptId: sale.id,
      goods: null,
      contact,
    })
    const { id: rightsId } = await desk.clerk.client.rights.freeze({
      receiptId: sale.id,
      lines: [{ saleLineId: sale.lineIds[0] ?? 0, units: 1 }],
      answers: { all: { reason: 'quality' }, lines: [] },
      proofSetId: id,
    })
    const frozen = await desk.desk.folder.store.read((r) => readFrozen(r, rightsId))
    expect(frozen).toMatchObject({ approver: 'floor_manager', proven: true, proofSetId: id })
    expect(frozen?.lines[0]?.facts.proof.receipt).toBe(false)
  })

  it('that are weak take somebody above the clerk before any money moves', async () => {
    const lineId = sale.lineIds[0] ?? 0
    const { id: proofSetId } = await desk.clerk.client.rights.recordProofs({
      proofs: [{ kind: 'member_record', memberNo: 'M000123' }],
      receiptId: sale.id,
      goods: null,
      contact,
    })
    const { id: rightsId } = await desk.clerk.client.rights.freeze({
      receiptId: sale.id,
      lines: [{ saleLineId: lineId, units: 1 }],
      answers: { all: { reason: 'quality' }, lines: [] },
      proofSetId,
    })
    const refund = desk.clerk.client.refunds.record({
      receiptId: sale.id,
      reason: 'quality',
      rightsId,
      expectedAmount: 59_900,
      lines: [{ saleLineId: lineId, units: 1, condition: 'faulty', packagingIntact: true }],
    })
    expect(await refusalOf(refund)).toMatchObject({
      reason: 'approvals.needed',
      params: { role: 'floor_manager' },
    })
  })

  it('lead to a refund in the case they opened, which is closed with it', async () => {
    const lineId = sale.lineIds[0] ?? 0
    const { client } = desk.clerk
    const { id: proofSetId, caseId } = await client.rights.recordProofs({
      proofs: [serial, { kind: 'member_record', memberNo: 'M000123' }],
      receiptId: sale.id,
      goods: null,
      contact,
    })
    const { id: rightsId } = await client.rights.freeze({
      receiptId: sale.id,
      lines: [{ saleLineId: lineId, units: 1 }],
      answers: { all: { reason: 'quality' }, lines: [] },
      proofSetId,
    })
    expect(await client.rights.openProofs({ proofSetId })).toMatchObject({ isOpen: true })
    const { id } = await desk.manager.client.refunds.record({
      receiptId: sale.id,
      reason: 'quality',
      rightsId,
      expectedAmount: 59_900,
      lines: [{ saleLineId: lineId, units: 1, condition: 'faulty', packagingIntact: true }],
    })
    expect(await client.refunds.open({ refundId: id })).toMatchObject({ caseId, rightsId })
    expect(await client.rights.openProofs({ proofSetId })).toMatchObject({ isOpen: false })
    await desk.manager.client.refunds.void({ refundId: id, reason: '写错了', version: 1 })
  })

  it('that come to nothing are closed with what came of them, once', async () => {
    const { client } = desk.clerk
    const { id: proofSetId } = await client.rights.recordProofs({
      proofs: [{ kind: 'member_record', memberNo: 'M000123' }],
      receiptId: sale.id,
      goods: null,
      contact,
    })
    await client.rights.settleProofs({ proofSetId, outcome: '顾客找到小票，改日再来' })
    expect(await client.rights.openProofs({ proofSetId })).toMatchObject({ isOpen: false })
    const again = client.rights.settleProofs({ proofSetId, outcome: '再来一次' })
    expect(await refusalOf(again)).toMatchObject({ reason: 'cases.already_closed' })
  })

  it('cannot be used for another sale', async () => {
    expect(
      await refusalOf(
        desk.clerk.client.rights.ofReceipt({
          receiptId: sale.id + 1,
          answers: { all: {}, lines: [] },
          proofSetId: 1,
        }),
      ),
    ).toMatchObject({ reason: 'rights.proofs_of_other_sale' })
  })

  it('carry a claim for goods nobody found a sale for', async () => {
    const goods = {
      name: '清澜 对开门冰箱 510 升',
      category: '电冰箱',
      units: 1,
      paid: 429_900,
      soldOn: '2026-11-18',
    }
    const claim = await desk.clerk.client.rights.ofClaim({
      goods,
      answer: { reason: 'quality' },
      proofs: [memory],
    })
    expect(claim.verdict.remedies.find((each) => each.remedy === 'refund')).toMatchObject({
      allowed: true,
      amount: 429_900,
    })
    expect(claim.needed).toBe('store_manager')
    const { id } = await desk.clerk.client.rights.recordProofs({
      proofs: [memory],
      receiptId: null,
      goods,
      answer: { reason: 'quality' },
      contact: { name: '王小明', phone: '13812345521' },
    })
    const set = await desk.clerk.client.rights.openProofs({ proofSetId: id })
    expect(set).toMatchObject({
      receiptId: null,
      strength: 'weak',
      contactPhoneMasked: '138****5521',
      proven: true,
    })
    expect(set.verdict?.remedies.find((each) => each.remedy === 'refund')?.allowed).toBe(true)
  })

  it('stay in sight of the desk that took them', async () => {
    const { recent } = await desk.clerk.client.reports.board()
    expect(recent[0]).toMatchObject({ kind: 'proofs', note: '清澜 对开门冰箱 510 升' })
  })

  it('are refused only where nothing is said at all', async () => {
    const nothing = { proofs: [memory], receiptId: null, goods: null, contact }
    expect(await refusalOf(desk.clerk.client.rights.recordProofs(nothing))).toMatchObject({
      reason: 'rights.nothing_claimed',
    })
    const tomorrow = {
      ...nothing,
      goods: { name: '鞋', category: '', units: 1, paid: 1, soldOn: '2026-11-22' },
    }
    expect(await refusalOf(desk.clerk.client.rights.recordProofs(tomorrow))).toMatchObject({
      reason: 'rights.in_future',
    })
  })
})

describe('a photo as proof', () => {
  it('goes with its proof, and into the chain by its hash', async () => {
    const { sha256 } = await keep(desk.clerk.client, { name: 'slip.png', bytes: png })
    const { id } = await desk.clerk.client.rights.recordProofs({
      proofs: [{ kind: 'slip_photo', receiptNo: '4821', sha256 }],
      receiptId: sale.id,
      goods: null,
      contact,
    })
    const set = await desk.clerk.client.rights.openProofs({ proofSetId: id })
    expect(set.proofs[0]).toMatchObject({ kind: 'slip_photo', sha256 })
    const attached = await desk.clerk.client.attachments.list({ subject: { type: 'proof', id } })
    expect(attached).toMatchObject([{ sha256, role: 'photo', label: 'slip_photo' }])
  })

  it('that was never kept is refused', async () => {
    const unknown = desk.clerk.client.rights.recordProofs({
      proofs: [{ kind: 'slip_photo', receiptNo: '', sha256: 'a'.repeat(64) }],
      receiptId: sale.id,
      goods: null,
      contact,
    })
    expect(await refusalOf(unknown)).toMatchObject({ reason: 'attachments.unknown_file' })
  })
})

describe('a claim without a sale, denied', () => {
  const box = { kind: 'original_box' as const, what: '原盒和吊牌' }
  const take = async (
    proofs: Parameters<typeof desk.clerk.client.rights.recordProofs>[0]['proofs'],
    goods: { name: string; paid: number; soldOn: string },
    reason: 'preference' | 'quality',
  ) => {
    const { id } = await desk.clerk.client.rights.recordProofs({
      proofs,
      receiptId: null,
      goods,
      answer: { reason },
      contact: { name: '赵先生', phone: '13900001234' },
    })
    return id
  }
  const kettle = { name: '电热水壶 1.7L', paid: 19_900, soldOn: '2026-11-18' }

  it('as not proven takes who decides on the proofs, and gets a numbered paper that says so', async () => {
    const { rights, approvals, papers } = desk.clerk.client
    const proofSetId = await take([box], kettle, 'quality')
    const asked = { proofSetId, claim: 'refund', ground: 'not_proven' } as const
    const draft = await rights.draftProofRefusal(asked)
    expect(draft.approval).toMatchObject({ needed: 'store_manager', kinds: ['no_slip'] })
    expect(draft.grounds[0]?.zh).toContain('10 分')
    expect(draft.wayOns.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['more_proof', 'manager', 'hotline_12315']),
    )
    expect(await refusalOf(rights.refuseProofs(asked))).toMatchObject({
      reason: 'approvals.needed',
    })
    if (!draft.approval) throw new Error('no approval is asked for')
    const { needed: _needed, ...request } = draft.approval
    const { id } = await approvals.request({ ...request, reason: '无法核对' })
    await approvals.sign({ approvalId: id, ...managerSignature })
    const other = { ...asked, claim: 'exchange' as const }
    expect(await refusalOf(rights.refuseProofs({ ...other, approvalIds: [id] }))).toMatchObject({
      reason: 'approvals.changed',
    })
    const { id: again } = await approvals.request({ ...request, reason: '无法核对' })
    await approvals.sign({ approvalId: again, ...managerSignature })
    const refused = await rights.refuseProofs({ ...asked, approvalIds: [again] })
    expect(refused.number).toMatch(/^JS-/)
    const paper = await rights.openRefusal({ refusalId: refused.id })
    expect(paper).toMatchObject({
      receiptId: null,
      proofSetId,
      goods: '电热水壶 1.7L',
      contactName: '赵先生',
      proven: true,
      reason: 'quality',
    })
    expect(await rights.openProofs({ proofSetId })).toMatchObject({
      isOpen: false,
      refusal: refused,
    })
    expect(await refusalOf(rights.refuseProofs(asked))).toMatchObject({
      reason: 'cases.already_closed',
    })
    for (const format of ['80mm', 'A4'] as const) {
      const { pdf } = await papers.preview({
        document: 'refusal_slip',
        refusalId: refused.id,
        format,
      })
      expect(pdf.size).toBeGreaterThan(1_000)
    }
  })

  it('by the rules takes nobody: outside the term on the date the customer tells', async () => {
    const { rights } = desk.clerk.client
    const bill = { kind: 'payment_bill', amount: 19_900, paidOn: '2026-08-01' } as const
    const proofs = [bill, serial, { kind: 'member_record', phone: '5521' } as const, memory]
    const proofSetId = await take(proofs, { ...kettle, soldOn: '2023-01-05' }, 'preference')
    const asked = { proofSetId, claim: 'refund', ground: 'rules' } as const
    const draft = await rights.draftProofRefusal(asked)
    expect(draft.grounds[0]?.en).toContain('2023-01-05')
    expect(draft.grounds.length).toBeGreaterThan(1)
    expect(draft.approval).toBeNull()
    const { number } = await rights.refuseProofs(asked)
    expect(number).toMatch(/^JS-/)
  })

  it('is refused where the rules allow it, and where the sale was found', async () => {
    const { rights } = desk.clerk.client
    const proofSetId = await take([box], kettle, 'quality')
    expect(
      await refusalOf(rights.draftProofRefusal({ proofSetId, claim: 'refund', ground: 'rules' })),
    ).toMatchObject({ reason: 'rights.claim_allowed' })
    const { id: found } = await rights.recordProofs({
      proofs: [serial],
      receiptId: sale.id,
      goods: null,
      contact,
    })
    expect(
      await refusalOf(
        rights.draftProofRefusal({ proofSetId: found, claim: 'refund', ground: 'not_proven' }),
      ),
    ).toMatchObject({ reason: 'rights.proofs_have_sale' })
  })
})
