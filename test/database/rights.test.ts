import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answers } from '../../src-main/rights/contract.ts'
import { readFrozen } from '../../src-main/rights/index.ts'
import { openTestDesk, refusalOf, type TestDesk } from '../support/desk.ts'
import { ownRule } from '../support/house-rules.ts'
import { addCustomer, addProduct, addReceipt } from '../support/sold.ts'

const today = '2026-11-21'

let desk: TestDesk
let sale: { id: number; lineIds: number[] }
let other: { id: number; lineIds: number[] }

const ask = (all: Answers['all'] = {}, lines: Answers['lines'] = []): Answers => ({ all, lines })
const rightsOf = async (answers: Answers = ask(), receiptId = sale.id) =>
  desk.clerk.client.rights.ofReceipt({ receiptId, answers })

beforeAll(async () => {
  desk = await openTestDesk()
  await desk.write(async (w) => {
    const customerId = await addCustomer(w, { name: '王小明', phone: '13812345521' })
    const fridge = await addProduct(w, {
      sku: 'F-1',
      name: '清澜 对开门冰箱 510 升',
      brand: '清澜',
    })
    await w.updateTable('product').set({ category: '电冰箱' }).where('id', '=', fridge).execute()
    sale = await addReceipt(w, {
      receiptNo: '0312000000004821',
      businessDate: '2026-11-16',
      customerId,
      lines: [
        { name: '清澜 对开门冰箱 510 升', paid_amount: 429_900, product_id: fridge },
        { name: '护理套装', paid_amount: 0, list_amount: 3_900, promo: '满500赠' },
        { name: '羊毛袜', paid_amount: 6_000, units: 2, qty_milli: 2_000 },
        { name: '购物袋', paid_amount: 50, kind: 'non_goods', units: 0 },
      ],
    })
    other = await addReceipt(w, {
      receiptNo: '0312000000004822',
      businessDate: '2026-09-01',
      lines: [{ name: '清澜 对开门冰箱 510 升', paid_amount: 429_900, product_id: fridge }],
    })
  })
})

afterAll(async () => desk.close())

describe('the rights of a sale', () => {
  it('answer for every line, before anybody is asked anything', async () => {
    const { lines } = await rightsOf()
    expect(lines.map((line) => [line.state, line.units, line.paid, line.isGift])).toEqual([
      ['open', 1, 429_900, false],
      ['open', 1, 0, true],
      ['open', 2, 6_000, false],
      ['not_goods', 0, 50, false],
    ])
    const [fridge, , , bag] = lines
    expect(fridge?.category).toBe('fridge')
    expect(fridge?.verdict?.questions).toContain('reason')
    expect(fridge?.foreseen.map((each) => each.reason)).toEqual(['quality', 'preference'])
    const fault = fridge?.foreseen[0]?.remedies.find((each) => each.remedy === 'refund')
    expect(fault).toMatchObject({ allowed: true, until: '2026-11-23' })
    expect(bag?.verdict).toBeNull()
  })

  it('follow each answer at once: five days after the sale a fault gives the customer the choice', async () => {
    const { lines, rules } = await rightsOf(ask({ reason: 'quality' }))
    expect(rules.length).toBeGreaterThan(0)
    const verdict = lines[0]?.verdict
    const refund = verdict?.remedies.find((each) => each.remedy === 'refund')
    expect(refund).toMatchObject({ allowed: true, amount: 429_900, chooser: 'customer' })
    expect(lines[0]?.foreseen).toEqual([])
    const misused = await rightsOf(ask({ reason: 'quality', findings: ['misuse'] }))
    expect(
      misused.lines[0]?.verdict?.remedies.find((each) => each.remedy === 'refund')?.allowed,
    ).toBe(false)
  })

  it('let one line say something else than the rest', async () => {
    const lineId = sale.lineIds[2] ?? 0
    const { lines } = await rightsOf(
      ask({ reason: 'quality' }, [{ saleLineId: lineId, answer: { reason: 'preference' } }]),
    )
    const refundOf = (at: number) =>
      lines[at]?.verdict?.remedies.find((each) => each.remedy === 'refund')?.allowed
    expect([refundOf(0), refundOf(2)]).toEqual([true, false])
  })

  it('name the rules, and the trace shows them all with their sources', async () => {
    const trace = await desk.clerk.client.rights.trace({
      receiptId: sale.id,
      saleLineId: sale.lineIds[0] ?? 0,
      answers: ask({ reason: 'quality' }),
    })
    expect(trace.steps.some((step) => step.applies)).toBe(true)
    for (const step of trace.steps) {
      const rule = trace.rules.find((each) => each.id === step.rule.id)
      expect(rule?.basis.zh, step.rule.id).toBeTruthy()
      expect(rule?.source, step.rule.id).toBeTruthy()
    }
    const seven = trace.rules.find((rule) => rule.id === 'cn.sb-07')
    expect(seven).toMatchObject({ unverified: true })
    expect(await desk.clerk.client.policy.open({ ruleId: 'cn.sb-07' })).toMatchObject({
      unverified: true,
    })
    expect(trace.facts.line.category).toBe('fridge')
    expect(trace.clocks.some((clock) => clock.of === 'unit')).toBe(true)
  })

  it('refuse what cannot be: an unknown sale, a day before the sale, a day to come', async () => {
    expect(await refusalOf(rightsOf(ask(), 9_999))).toMatchObject({ reason: 'rights.unknown_sale' })
    expect(await refusalOf(rightsOf(ask({ deliveredOn: '2026-11-15' })))).toMatchObject({
      reason: 'rights.before_sale',
    })
    expect(await refusalOf(rightsOf(ask({ installedOn: '2026-12-01' })))).toMatchObject({
      reason: 'rights.in_future',
    })
  })
})

describe('a decision written down', () => {
  it('keeps facts, rules and answer, and proves that nobody changed them', async () => {
    const lineId = sale.lineIds[0] ?? 0
    const { id, hash } = await desk.clerk.client.rights.freeze({
      receiptId: sale.id,
      lines: [{ saleLineId: lineId, units: 1 }],
      answers: ask({ reason: 'quality' }),
    })
    const frozen = await desk.desk.folder.store.read((r) => readFrozen(r, id))
    expect(frozen).toMatchObject({ receiptId: sale.id, hash, proven: true })
    const [line] = frozen?.lines ?? []
    expect(line?.facts).toMatchObject({ reason: 'quality', today: '2026-11-21' })
    expect(line?.rules.length).toBeGreaterThan(0)
    expect(line?.verdict.remedies.find((each) => each.remedy === 'refund')?.allowed).toBe(true)
  })

  it('can be neither changed nor removed', async () => {
    for (const table of ['rights_verdict'] as const) {
      await expect(
        desk.write((w) => w.updateTable(table).set({ content: '{}' }).execute()),
      ).rejects.toThrow('append-only')
      await expect(desk.write((w) => w.deleteFrom(table).execute())).rejects.toThrow('append-only')
    }
  })

  it('refuses more units than are still out, and lines of another sale', async () => {
    const freeze = (saleLineId: number, units: number) =>
      desk.clerk.client.rights.freeze({
        receiptId: sale.id,
        lines: [{ saleLineId, units }],
        answers: ask({ reason: 'quality' }),
      })
    expect(await refusalOf(freeze(sale.lineIds[2] ?? 0, 3))).toMatchObject({
      reason: 'rights.more_than_left',
      params: { units: 3, left: 2 },
    })
    expect(await refusalOf(freeze(other.lineIds[0] ?? 0, 1))).toMatchObject({
      reason: 'rights.line_not_of_sale',
    })
    expect(await refusalOf(freeze(sale.lineIds[3] ?? 0, 1))).toMatchObject({
      reason: 'rights.not_goods',
    })
  })
})

describe('a claim denied', () => {
  const claim = (answers: Answers, kind: 'refund' | 'exchange' = 'refund', receipt = sale) => ({
    receiptId: receipt.id,
    saleLineId: receipt.lineIds[receipt === sale ? 2 : 0] ?? 0,
    units: 1,
    claim: kind,
    answers,
  })
  const taste = ask({ reason: 'preference', condition: 'opened', complete: true })

  it('gets a number, a case, grounds with their rules and what is left to do', async () => {
    const draft = await desk.clerk.client.rights.draftRefusal(claim(taste))
    expect(draft.grounds.length).toBeGreaterThan(0)
    expect(draft.wayOns.map((each) => each.kind)).toEqual(
      expect.arrayContaining(['manager', 'hotline_12315']),
    )
    const { id, number } = await desk.clerk.client.rights.refuseClaim({
      ...claim(taste),
      statement: '不喜欢这个颜色',
      contact: { name: '', phone: '' },
    })
    expect(number).toMatch(/^JS-0312-261121-0001-/)
    const refusal = await desk.clerk.client.rights.openRefusal({ refusalId: id })
    expect(refusal).toMatchObject({
      number,
      goods: '羊毛袜',
      claim: 'refund',
      reason: 'preference',
      statement: '不喜欢这个颜色',
      contactName: '王小明',
      contactPhoneMasked: '138****5521',
      proven: true,
      grounds: draft.grounds,
      wayOns: draft.wayOns,
    })
    const [listed] = await desk.clerk.client.rights.refusalsOf({ receiptId: sale.id })
    expect(listed).toMatchObject({ id, number })
  })

  it('prints as an original and then as copies', async () => {
    const print = () =>
      desk.clerk.client.papers.print({ document: 'refusal_slip', refusalId: 1, format: '80mm' })
    expect((await print()).copyNo).toBe(0)
    expect((await print()).copyNo).toBe(1)
    const { prints } = await desk.clerk.client.rights.openRefusal({ refusalId: 1 })
    expect(prints).toBe(2)
  })

  it('is refused itself where law allows the claim, and nothing is written', async () => {
    const fridge = { ...claim(ask({ reason: 'quality' })), saleLineId: sale.lineIds[0] ?? 0 }
    expect(await refusalOf(desk.clerk.client.rights.refuseClaim(fridge))).toMatchObject({
      reason: 'rights.claim_allowed',
    })
    expect(await refusalOf(desk.clerk.client.rights.refuseClaim(claim(ask())))).toMatchObject({
      reason: 'rights.facts_missing',
    })
    expect(await desk.clerk.client.rights.refusalsOf({ receiptId: sale.id })).toHaveLength(1)
  })

  it('happens once however often it is asked', async () => {
    const twice = desk.withRequestId('refuse-once')
    const first = await twice.rights.refuseClaim(claim(taste, 'exchange'))
    expect(await twice.rights.refuseClaim(claim(taste, 'exchange'))).toEqual(first)
    expect(await desk.clerk.client.rights.refusalsOf({ receiptId: sale.id })).toHaveLength(2)
  })
})

describe('a refusal slip', () => {
  it('is found by its number, whole or as it is spoken', async () => {
    const { number } = await desk.clerk.client.rights.openRefusal({ refusalId: 1 })
    const { exact } = await desk.clerk.client.sales.find({ text: number })
    expect(exact).toMatchObject({ kind: 'refusal', id: 1, receiptId: sale.id, label: number })
    const spoken = await desk.clerk.client.sales.find({ text: number.slice(-6) })
    expect(spoken.groups.flatMap((group) => group.hits)).toContainEqual(
      expect.objectContaining({ kind: 'refusal', id: 1 }),
    )
  })
})

describe('a refund that leaves the rights screen out', () => {
  const socks = (reason: 'quality' | 'preference', receiptId: number, saleLineId: number) => ({
    receiptId,
    reason,
    expectedAmount: 3_000,
    lines: [{ saleLineId, units: 1, condition: 'opened' as const, packagingIntact: true }],
  })
  let sold: { id: number; lineIds: number[] }

  beforeAll(async () => {
    sold = await desk.write((w) =>
      addReceipt(w, {
        receiptNo: '0312000000004823',
        businessDate: '2026-11-16',
        lines: [{ name: '羊毛袜', paid_amount: 6_000, units: 2, qty_milli: 2_000 }],
      }),
    )
  })

  it('goes by the rules all the same, and what they said is written down with it', async () => {
    const { client } = desk.clerk
    const { id } = await client.refunds.record(socks('quality', sold.id, sold.lineIds[0] ?? 0))
    const { rightsId } = await client.refunds.open({ refundId: id })
    const frozen = await desk.desk.folder.store.read((r) => readFrozen(r, rightsId ?? 0))
    expect(frozen).toMatchObject({ proven: true, receiptId: sold.id })
    expect(frozen?.lines[0]).toMatchObject({
      saleLineId: sold.lineIds[0],
      units: 1,
      facts: { reason: 'quality', condition: 'opened', complete: true },
    })
    expect(frozen?.lines[0]?.rules.length).toBeGreaterThan(0)
  })

  it('is above a clerk where no rule grants it, shown before and refused when recorded', async () => {
    const { client } = desk.clerk
    const asked = socks('preference', sold.id, sold.lineIds[0] ?? 0)
    const { approval } = await client.refunds.preview(asked)
    expect(approval).toMatchObject({
      kinds: ['normal', 'abnormal'],
      needed: 'floor_manager',
    })
    expect(await refusalOf(client.refunds.record(asked))).toMatchObject({
      reason: 'approvals.needed',
    })
  })

  it('takes somebody above the clerk for a price difference no rule grants', async () => {
    const { approval } = await desk.clerk.client.refunds.preview({
      receiptId: sold.id,
      reason: 'price',
      allowances: [{ saleLineId: sold.lineIds[0] ?? 0, units: 1, amount: 500 }],
    })
    expect(approval).toMatchObject({
      kinds: ['normal', 'abnormal', 'compensation'],
      needed: 'floor_manager',
    })
  })

  it('decides anew where the goods are in another condition than was said', async () => {
    const { client } = desk.clerk
    const saleLineId = sold.lineIds[0] ?? 0
    const { id: rightsId } = await client.rights.freeze({
      receiptId: sold.id,
      lines: [{ saleLineId, units: 1 }],
      answers: { all: { reason: 'quality', condition: 'opened', findings: ['misuse'] }, lines: [] },
      proofSetId: null,
    })
    const asked = { ...socks('quality', sold.id, saleLineId), rightsId }
    const kindsOf = async (condition: 'opened' | 'damaged') => {
      const lines = asked.lines.map((line) => ({ ...line, condition }))
      return (await client.refunds.preview({ ...asked, lines })).approval.kinds
    }
    // What was found on the rights screen is not forgotten.
    expect(await kindsOf('opened')).toContain('abnormal')
    expect(await kindsOf('damaged')).toContain('abnormal')
  })

  it('decides anew where goods were said to be complete and are not', async () => {
    const { id: _id, version: _version, ...own } = ownRule()
    const { policy } = desk.manager.client
    const { id: ruleId, version } = await policy.save({
      ruleId: null,
      version: null,
      rule: { ...own, validFrom: today, needs: { complete: true, receipt: true } },
    })
    await policy.sign({ ruleId, version, pin: '2580' })
    const bought = await desk.write((w) =>
      addReceipt(w, {
        receiptNo: 'T-1',
        businessDate: today,
        lines: [{ name: '羊毛袜', paid_amount: 3_000 }],
      }),
    )
    const { client } = desk.clerk
    const saleLineId = bought.lineIds[0] ?? 0
    const { id: rightsId } = await client.rights.freeze({
      receiptId: bought.id,
      lines: [{ saleLineId, units: 1 }],
      answers: ask({ reason: 'preference', condition: 'opened', complete: true }),
      proofSetId: null,
    })
    const asked = { ...socks('preference', bought.id, saleLineId), rightsId }
    const kindsOf = async (packagingIntact: boolean) => {
      const lines = asked.lines.map((line) => ({ ...line, packagingIntact }))
      return (await client.refunds.preview({ ...asked, lines })).approval.kinds
    }
    expect(await kindsOf(true)).not.toContain('abnormal')
    expect(await kindsOf(false)).toContain('abnormal')
  })
})
