import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { computeCheckCharacter } from '../../src-main/foundation/check-character.ts'
import { deskNow, openTestDesk, refusalOf, type TestDesk } from '../support/desk.ts'
import { readPdf } from '../documents/support/read-pdf.ts'
import { recordExchange } from '../support/exchange-case.ts'
import { keep } from '../support/keep-file.ts'
import { jpeg, makePng, makeSignature } from '../support/pictures.ts'
import { openRepairDesk, type RepairDesk } from '../support/repair-desk.ts'

const fridge = 0
const kettles = 1
const phone = 2

let desk: TestDesk
let at: RepairDesk

beforeAll(async () => {
  desk = await openTestDesk()
})
beforeEach(async () => {
  await desk.setNow(deskNow)
  at = await openRepairDesk(desk)
})
afterAll(async () => desk.close())

const seen = ({ id, version }: { id: number; version: number }) => ({ itemId: id, version })

async function rightsOf(line: number, unitNo?: number) {
  const { lines } = await at.client.rights.ofReceipt({
    receiptId: at.sale.id,
    answers: { all: { reason: 'quality', findings: [], ...(unitNo && { unitNo }) } },
  })
  return lines[line]?.verdict
}

const remedyOf = async (line: number, remedy: string) =>
  (await rightsOf(line))?.remedies.find((each) => each.remedy === remedy)

describe('taking goods in', () => {
  it('keeps the words, the looks, the accessories, the decision and the promise', async () => {
    const { id, number } = await at.takeIn([
      at.sold(fridge, {
        rightsId: await at.decide(fridge),
        appearance: '左门有划痕',
        accessories: [{ name: '搁架' }, { name: '说明书', note: '少一页' }],
        faultCode: 'cooling',
      }),
    ])
    expect(number).toMatch(/^WX-0312-261121-\d{4}-/)
    const repair = await at.open(id)
    expect(repair).toMatchObject({
      state: 'open',
      contact: { name: '王小明', phoneMasked: '138****5521' },
      due: 0,
      storage: { days: 30, from: null },
    })
    expect(repair.promises).toHaveLength(1)
    const [item] = repair.items
    expect(item).toMatchObject({
      tagNo: `${number}/1`,
      name: '清澜 对开门冰箱 510 升',
      serialNo: 'QL510A0093321',
      reception: 'received',
      acceptance: 'free',
      basis: 'rights',
      receivedOn: '2026-11-21',
      appearance: '左门有划痕',
      holder: { kind: 'desk' },
    })
    expect(item?.accessories.map((each) => each.tagNo)).toEqual([`${number}/1.1`, `${number}/1.2`])
    expect(JSON.stringify(repair)).not.toContain(await at.codeOf(id))
  })

  it('asks the rules before anybody pays: without a decision nothing is settled', async () => {
    const { id } = await at.takeIn([at.sold(fridge)])
    const item = await at.item(id)
    expect(item.acceptance).toBe('undecided')
    const work = { actualFault: '坏', work: '修' }
    const refused = await refusalOf(at.client.repairs.recordWork({ ...seen(item), ...work }))
    expect(refused.reason).toBe('repairs.needs_consent')
    const sent = { holder: 'maker', name: '售后' } as const
    expect((await refusalOf(at.client.repairs.send({ ...seen(item), ...sent }))).reason).toBe(
      'repairs.needs_consent',
    )
    await at.client.repairs.send({ ...seen(item), ...sent, isDiagnosis: true })
    const decided = await at.client.repairs.decide({
      ...seen(await at.item(id)),
      rightsId: await at.decide(fridge),
      part: null,
    })
    expect(decided.acceptance).toBe('free')
  })

  it('refuses a decision about other goods, and one with questions left', async () => {
    const rightsId = await at.decide(phone)
    const wrong = await refusalOf(at.takeIn([at.sold(fridge, { rightsId })]))
    expect(wrong).toMatchObject({ reason: 'repairs.unknown_rights' })
  })

  it('lets a unit into one repair at a time, and its twin into another', async () => {
    const first = await at.takeIn([at.sold(kettles)])
    const again = await refusalOf(at.takeIn([at.sold(kettles)]))
    expect(again).toMatchObject({
      reason: 'repairs.unit_in_repair',
      params: { number: first.number },
    })
    await at.takeIn([at.sold(kettles, {}, 2)])
    const { units } = await at.client.repairs.draft({ receiptId: at.sale.id })
    expect(units.map(({ unitNo, blocked }) => [unitNo, blocked])).toEqual([
      [1, null],
      [1, 'in_repair'],
      [2, 'in_repair'],
      [1, null],
    ])
  })

  it('takes several items on one ticket, each with its own way', async () => {
    const { id } = await at.takeIn([
      at.sold(phone, { rightsId: await at.decide(phone) }),
      { subject: { kind: 'elsewhere' }, name: '充电器', fault: '不充电' },
    ])
    const { items } = await at.open(id)
    expect(items.map(({ acceptance, basis }) => [acceptance, basis])).toEqual([
      ['free', 'rights'],
      ['paid', 'bought_elsewhere'],
    ])
  })

  it('writes the same intake once, however often it is sent', async () => {
    const once = desk.withRequestId('intake-1')
    const input = {
      items: [at.sold(fridge)],
      contact: { name: '王小明', phone: '13812345521' },
      promise: { ownerId: desk.clerk.id, text: '通知', dueAt: '2027-01-01T00:00:00.000Z' },
    }
    const first = await once.repairs.intake(input)
    expect(await once.repairs.intake(input)).toEqual(first)
    const open = await at.client.repairs.ofReceipt({ receiptId: at.sale.id })
    expect(open.map(({ id }) => id)).toEqual([first.id])
  })

  it('waits for goods that are announced only', async () => {
    const { id } = await at.takeIn([at.sold(fridge)], { received: false })
    const expected = await at.item(id)
    expect(expected).toMatchObject({ reception: 'expected', receivedOn: null, repairDays: 0 })
    await at.client.repairs.receive({ ...seen(expected), appearance: '完好' })
    expect(await at.item(id)).toMatchObject({ reception: 'received', appearance: '完好' })
  })

  it('closes a ticket whose goods never come', async () => {
    const { id } = await at.takeIn([at.sold(fridge)], { received: false })
    await at.client.repairs.cancel({ ...seen(await at.item(id)), reason: '顾客自己修好了' })
    expect((await at.open(id)).state).toBe('closed')
    await at.takeIn([at.sold(fridge)])
  })
})

describe('free or paid', () => {
  const answers = [{}, { findings: [] }, { findings: ['misuse' as const] }]

  it('is shown before it is written, by the code that writes it', async () => {
    const { client } = at
    for (const line of [fridge, kettles, phone]) {
      for (const answer of answers) {
        const item = at.sold(line)
        const of = { subject: item.subject }
        const shown = await client.rights.forRepair({ of, answer })
        const { id: rightsId } = await client.rights.freezeForRepair({ of, answer })
        const taken = at.takeIn([{ ...item, rightsId }])
        if (shown.owes === 'undecided') {
          expect(await refusalOf(taken)).toMatchObject({ reason: 'repairs.decision_open' })
          continue
        }
        const { id } = await taken
        const { acceptance, basis } = await at.item(id)
        expect({ owes: acceptance, basis }).toEqual({ owes: shown.owes, basis: shown.basis })
        const own = await at.item(id)
        expect(await client.rights.forRepair({ of: { itemId: own.id }, answer })).toMatchObject({
          owes: shown.owes,
        })
        await client.repairs.giveUp({ ...seen(own), reason: 'withdrawn' })
        await at.handBack(id)
      }
    }
  })

  it('goes by the proofs where there is no slip, in the case the claim began', async () => {
    const { client } = at
    const { id: proofSetId, caseId } = await client.rights.recordProofs({
      proofs: [
        { kind: 'payment_bill', amount: 429_900, paidOn: '2026-11-01' },
        { kind: 'original_box', what: '外箱' },
      ],
      receiptId: null,
      goods: { name: '清澜 对开门冰箱', category: '电冰箱', paid: 429_900, soldOn: '2026-11-01' },
      answer: { reason: 'quality' },
      contact: { name: '周先生', phone: '13812345521' },
    })
    const draft = await client.repairs.draft({ proofSetId })
    expect(draft).toMatchObject({
      receipt: null,
      proven: { proofSetId, name: '清澜 对开门冰箱', soldOn: '2026-11-01' },
      contact: { name: '周先生', phone: '138****5521' },
    })
    const subject = { kind: 'proven' as const, proofSetId }
    const question = { of: { subject }, answer: { findings: [] } }
    const shown = await client.rights.forRepair(question)
    expect(shown.owes).not.toBe('undecided')
    const { id: rightsId } = await client.rights.freezeForRepair(question)
    const { id } = await at.takeIn([{ subject, fault: '不制冷', rightsId }], {
      contact: draft.contact,
    })
    expect(await at.open(id)).toMatchObject({
      caseId,
      items: [{ kind: 'proven', acceptance: shown.owes, basis: 'rights' }],
    })
  })

  it('is for the desk to say of goods from elsewhere too', async () => {
    const of = { subject: { kind: 'elsewhere' as const } }
    expect(await at.client.rights.forRepair({ of })).toMatchObject({
      owes: 'paid',
      basis: 'bought_elsewhere',
      verdict: null,
    })
    expect(await refusalOf(at.client.rights.freezeForRepair({ of }))).toMatchObject({
      reason: 'repairs.unknown_goods',
    })
  })
})

describe('a free repair', () => {
  it('goes out, is worked on, comes back, is looked over and given back', async () => {
    const { id } = await at.takeIn([at.sold(fridge, { rightsId: await at.decide(fridge) })])
    await at.mend(id)
    await desk.setNow('2026-11-25T06:00:00.000Z')
    await at.handBack(id)
    const repair = await at.open(id)
    expect(repair).toMatchObject({ state: 'closed', due: 0, pending: 0 })
    expect(repair.handBacks).toMatchObject([{ proof: 'code', whom: 'self', signedOnPaper: true }])
    const [item] = repair.items
    expect(item).toMatchObject({
      reception: 'handed_back',
      outcome: 'repaired',
      endedOn: '2026-11-25',
      repairDays: 4,
      warrantyDays: 30,
      warrantyUntil: '2026-12-25',
    })
    expect(item?.movements.map(({ action, holder }) => [action, holder])).toEqual([
      ['receive', 'desk'],
      ['send', 'maker'],
      ['bring_back', 'desk'],
      ['pass', 'desk'],
      ['hand_back', 'customer'],
    ])
    expect(repair.promises.map(({ state }) => state)).toEqual(['kept'])
  })

  it('charges nothing, whatever it cost', async () => {
    const { id } = await at.takeIn([at.sold(fridge, { rightsId: await at.decide(fridge) })])
    await at.mend(id, { fees: [{ kind: 'material', amount: 12_000 }], minutes: 90, hourFee: 8_000 })
    expect(await at.open(id)).toMatchObject({ due: 0, pending: 0 })
    expect(await at.item(id)).toMatchObject({ fees: 24_000, due: 0 })
  })

  it('goes back to work when it is not in order', async () => {
    const { id } = await at.takeIn([at.sold(fridge, { rightsId: await at.decide(fridge) })])
    const { client } = at
    await client.repairs.send({ ...seen(await at.item(id)), holder: 'maker', name: '售后' })
    await client.repairs.bringBack(seen(await at.item(id)))
    const unsaid = client.repairs.check({ ...seen(await at.item(id)), ok: false })
    expect((await refusalOf(unsaid)).reason).toBe('repairs.say_what_is_wrong')
    await client.repairs.check({ ...seen(await at.item(id)), ok: false, note: '仍有异响' })
    expect(await at.item(id)).toMatchObject({ reception: 'received', outcome: null })
    const nothingDone = client.repairs.finish(seen(await at.item(id)))
    expect((await refusalOf(nothingDone)).reason).toBe('repairs.no_work')
  })

  it('adds its days to the term, waiting for parts included, no day twice', async () => {
    const before = (await rightsOf(fridge))?.clocks[0]
    const { id } = await at.takeIn([at.sold(fridge, { rightsId: await at.decide(fridge) })])
    await at.client.repairs.startWait({
      ...seen(await at.item(id)),
      part: '启动器',
      since: null,
    })
    await desk.setNow('2026-12-05T06:00:00.000Z')
    const [wait] = (await at.item(id)).waits
    await at.client.repairs.endWait({
      ...seen(await at.item(id)),
      waitId: wait?.id ?? 0,
      on: '2026-12-04',
    })
    await at.mend(id)
    await at.handBack(id)
    expect(await at.item(id)).toMatchObject({ repairDays: 14, waitDays: 13 })
    const after = (await rightsOf(fridge))?.clocks[0]
    expect(after?.extendedDays).toBe(14)
    expect((after?.endsOn ?? '') > (before?.endsOn ?? '')).toBe(true)
  })
})

describe('a paid repair', () => {
  const broken = { findings: ['misuse' as const] }

  it('needs the customer’s consent, and a new one beyond its limit', async () => {
    const { id } = await at.takeIn([
      at.sold(phone, {
        rightsId: await at.decide(phone, broken),
        quote: { estimate: 30_000, limit: 40_000 },
      }),
    ])
    expect(await at.item(id)).toMatchObject({ acceptance: 'paid' })
    const work = { actualFault: '屏幕碎裂', work: '更换屏幕' }
    const early = at.client.repairs.recordWork({ ...seen(await at.item(id)), ...work })
    expect((await refusalOf(early)).reason).toBe('repairs.needs_consent')
    const [quote] = (await at.item(id)).quotes
    await at.client.repairs.consent({
      ...seen(await at.item(id)),
      quoteId: quote?.id ?? 0,
      consent: { how: 'phone', by: '王小明' },
    })
    const dear = at.client.repairs.recordWork({
      ...seen(await at.item(id)),
      ...work,
      fees: [{ kind: 'material', amount: 45_000 }],
    })
    expect(await refusalOf(dear)).toMatchObject({
      reason: 'repairs.over_limit',
      params: { fees: '¥450.00', limit: '¥400.00' },
    })
    await at.client.repairs.quote({
      ...seen(await at.item(id)),
      quote: { estimate: 45_000, limit: 45_000 },
      consent: { how: 'message', by: '王小明' },
    })
    await at.mend(id, { ...work, fees: [{ kind: 'material', amount: 45_000 }] })
    const repair = await at.open(id)
    expect(repair).toMatchObject({ due: 45_000, pending: 45_000 })
    expect(repair.items[0]?.quotes.map(({ state }) => state)).toEqual(['superseded', 'consented'])
  })

  it('closes at hand-back, not at payment, and shows the money pending', async () => {
    const { id } = await at.takeIn([
      at.sold(phone, {
        rightsId: await at.decide(phone, broken),
        quote: { estimate: 30_000, limit: 40_000 },
        consent: { how: 'signed', by: '王小明' },
      }),
    ])
    await at.mend(id, { fees: [{ kind: 'labour', amount: 20_000 }] })
    await at.handBack(id)
    expect(await at.open(id)).toMatchObject({ state: 'closed', due: 20_000, pending: 20_000 })
  })

  it('takes back what the POS was told when the goods go back to work', async () => {
    const { id } = await at.takeIn([
      at.sold(phone, {
        rightsId: await at.decide(phone, broken),
        quote: { estimate: 30_000, limit: 40_000 },
        consent: { how: 'signed', by: '王小明' },
      }),
    ])
    await at.mend(id, { fees: [{ kind: 'labour', amount: 20_000 }] })
    await at.client.repairs.reopen({ ...seen(await at.item(id)), note: '触摸失灵' })
    expect(await at.open(id)).toMatchObject({ due: 0, pending: 0 })
  })

  it('costs nothing where the customer declines', async () => {
    const { id } = await at.takeIn([
      at.sold(phone, {
        rightsId: await at.decide(phone, broken),
        quote: { estimate: 30_000, limit: 40_000 },
      }),
    ])
    const [quote] = (await at.item(id)).quotes
    await at.client.repairs.decline({ ...seen(await at.item(id)), quoteId: quote?.id ?? 0 })
    await at.client.repairs.giveUp({ ...seen(await at.item(id)), reason: 'declined' })
    await at.handBack(id)
    expect(await at.open(id)).toMatchObject({ state: 'closed', due: 0 })
    expect((await at.item(id)).outcome).toBe('declined')
  })
})

describe('goods that come back', () => {
  async function repairOnce() {
    const { id, number } = await at.takeIn([at.sold(fridge, { rightsId: await at.decide(fridge) })])
    await at.mend(id)
    await at.handBack(id)
    return { id, number }
  }

  it('raise the right to an exchange by themselves after the second repair that failed', async () => {
    expect(await remedyOf(fridge, 'exchange')).toMatchObject({ allowed: false })
    const first = await repairOnce()
    await desk.setNow('2026-11-30T06:00:00.000Z')
    expect(await remedyOf(fridge, 'exchange')).toMatchObject({ allowed: false })
    const second = await repairOnce()
    expect(await at.item(second.id)).toMatchObject({
      former: { number: first.number, isRefailure: true },
      exchangeRight: { failed: 1, needed: 2, reached: false },
    })
    await desk.setNow('2026-12-10T06:00:00.000Z')
    expect(await remedyOf(fridge, 'exchange')).toMatchObject({ allowed: true })
    const third = await at.takeIn([at.sold(fridge, { rightsId: await at.decide(fridge) })])
    expect(await at.item(third.id)).toMatchObject({
      exchangeRight: { failed: 2, needed: 2, reached: true, ruleId: 'cn.sb-2r' },
    })
  })

  it('count a unit that could not be repaired', async () => {
    await repairOnce()
    await desk.setNow('2026-12-01T06:00:00.000Z')
    const { id } = await at.takeIn([at.sold(fridge, { rightsId: await at.decide(fridge) })])
    await at.client.repairs.giveUp({
      ...seen(await at.item(id)),
      reason: 'unrepairable',
      note: '压缩机无法修复',
    })
    expect(await at.item(id)).toMatchObject({ exchangeRight: { failed: 2, reached: true } })
  })

  it('are repaired again free within the days a repair must hold, paid before or not', async () => {
    const { id } = await at.takeIn([
      {
        subject: { kind: 'elsewhere' },
        name: '旧收音机',
        serialNo: 'RADIO-77',
        fault: '没声音',
        quote: { estimate: 5_000, limit: 5_000 },
        consent: { how: 'signed', by: '王小明' },
      },
    ])
    await at.mend(id)
    await at.handBack(id)
    await desk.setNow('2026-12-20T06:00:00.000Z')
    const known = await at.client.repairs.formerOf({ serialNo: 'RADIO-77' })
    expect(known).toMatchObject({ isRefailure: true, daysSince: 29 })
    const again = await at.takeIn([
      { subject: { kind: 'elsewhere' }, name: '旧收音机', serialNo: 'RADIO-77', fault: '又没声音' },
    ])
    expect(await at.item(again.id)).toMatchObject({
      acceptance: 'free',
      basis: 'repair_warranty',
    })
    expect((await at.item(id)).later?.number).toBe(again.number)
  })
})

describe('goods in repair and other remedies', () => {
  const ask = (saleLineId: number) => ({
    receiptId: at.sale.id,
    reason: 'quality' as const,
    lines: [{ saleLineId, units: 1, condition: 'faulty' as const, packagingIntact: false }],
  })

  it('cannot be refunded behind the repair’s back; the refusal names it', async () => {
    const { number } = await at.takeIn([at.sold(fridge)])
    const saleLineId = at.sale.lineIds[fridge] ?? 0
    expect(await refusalOf(at.client.refunds.preview(ask(saleLineId)))).toMatchObject({
      reason: 'refunds.unit_in_repair',
      params: { number },
    })
  })

  it('leave the twin of a unit in repair alone', async () => {
    await at.takeIn([at.sold(kettles)])
    const saleLineId = at.sale.lineIds[kettles] ?? 0
    const { lines } = await at.client.refunds.preview(ask(saleLineId))
    expect(lines[0]?.unitNos).toEqual([2])
  })

  it('end with the refund the repair led to, and come back when it is void', async () => {
    const { id } = await at.takeIn([at.sold(fridge, { rightsId: await at.decide(fridge) })])
    await at.client.repairs.leadTo({
      ...seen(await at.item(id)),
      remedy: 'refund',
      rightsId: null,
    })
    const { client } = desk.manager
    const saleLineId = at.sale.lineIds[fridge] ?? 0
    const { amount } = await client.refunds.preview(ask(saleLineId))
    const refund = await client.refunds.record({
      ...ask(saleLineId),
      expectedAmount: amount,
      note: '',
    })
    expect(await at.open(id)).toMatchObject({ state: 'closed' })
    expect(await at.item(id)).toMatchObject({
      reception: 'kept',
      outcome: 'refunded',
      remedyNumber: refund.number,
    })
    await client.refunds.void({ refundId: refund.id, reason: '金额有误', version: 1 })
    expect(await at.open(id)).toMatchObject({ state: 'open' })
    expect(await at.item(id)).toMatchObject({ reception: 'received', leadsTo: 'refund' })
  })
})

describe('goods in repair and an exchange', () => {
  it('is refused for another repair’s goods, ends the repair that led to it, and resumes it when void', async () => {
    const { id, number } = await at.takeIn([at.sold(fridge, { rightsId: await at.decide(fridge) })])
    await at.client.repairs.send({ ...seen(await at.item(id)), holder: 'maker', name: '清澜售后' })
    const { product_id: productId } = await desk.desk.folder.store.read((r) =>
      r
        .selectFrom('sale_line')
        .select('product_id')
        .where('id', '=', at.sale.lineIds[fridge] ?? 0)
        .executeTakeFirstOrThrow(),
    )
    const draft = {
      receiptId: at.sale.id,
      reason: 'quality' as const,
      lines: [
        {
          saleLineId: at.sale.lineIds[fridge] ?? 0,
          units: 1,
          condition: 'faulty' as const,
          packagingIntact: false,
        },
      ],
      given: [{ productId: productId ?? 0 }],
    }
    expect(await refusalOf(at.client.exchanges.preview(draft))).toMatchObject({
      reason: 'refunds.unit_in_repair',
      params: { number },
    })
    await at.client.repairs.leadTo({
      ...seen(await at.item(id)),
      remedy: 'exchange',
      rightsId: null,
    })
    const exchange = await recordExchange(desk, draft)
    expect(await at.open(id)).toMatchObject({ state: 'closed' })
    expect(await at.item(id)).toMatchObject({
      reception: 'kept',
      outcome: 'replaced',
      remedyNumber: exchange.number,
      holder: { kind: 'maker', name: '清澜售后' },
    })
    const { exchanges } = desk.manager.client
    const { version } = await exchanges.open({ exchangeId: exchange.id })
    await exchanges.void({ exchangeId: exchange.id, version, reason: '顾客改主意' })
    expect(await at.open(id)).toMatchObject({ state: 'open' })
    // Nobody sent it back meanwhile: it is where it was.
    expect(await at.item(id)).toMatchObject({
      reception: 'with_repairer',
      outcome: null,
      holder: { kind: 'maker', name: '清澜售后' },
    })
  })
})

describe('who has a unit', () => {
  const exchangeOf = (saleLineId: number) => ({
    receiptId: at.sale.id,
    reason: 'quality' as const,
    lines: [{ saleLineId, units: 1, condition: 'faulty' as const, packagingIntact: false }],
    given: [{ name: '清澜 对开门冰箱 510 升', unitPrice: 429_900 }],
  })
  const lineOf = (line: number) => at.sale.lineIds[line] ?? 0
  const lead = async (id: number) =>
    at.client.repairs.leadTo({
      ...seen(await at.item(id)),
      remedy: 'exchange',
      rightsId: null,
    })
  const routed = (exchangeId: number) =>
    at.client.goods.ofSource({ type: 'exchange', id: exchangeId })

  it('passes from the repair to the store with the exchange, and back when that is void', async () => {
    const { id, number } = await at.takeIn([at.sold(fridge, { rightsId: await at.decide(fridge) })])
    await at.client.repairs.send({ ...seen(await at.item(id)), holder: 'maker', name: '清澜售后' })
    await lead(id)
    // The customer need not bring what is at the maker's.
    const made = await recordExchange(desk, { ...exchangeOf(lineOf(fridge)), goodsReceived: false })
    const { exchanges, goods } = desk.manager.client
    const exchange = await exchanges.open({ exchangeId: made.id })
    expect(exchange.reception).toBe('received')
    const [unit] = await routed(made.id)
    expect(unit).toMatchObject({ state: 'in_repair', saleLineId: lineOf(fridge) })
    const unitId = unit?.id ?? 0
    expect((await goods.open({ unitId })).log).toMatchObject([{ place: '清澜售后' }])
    // It comes home and is looked at; then the customer thinks again.
    await goods.move({ unitId, to: 'quarantine', reason: '厂家送回', version: 1 })
    await exchanges.void({ exchangeId: made.id, version: exchange.version, reason: '顾客改主意' })
    expect(await at.item(id)).toMatchObject({ reception: 'received', holder: { kind: 'desk' } })
    const after = await goods.open({ unitId })
    expect(after).toMatchObject({ state: 'back_in_repair' })
    expect(after.log.at(-1)).toMatchObject({ action: 'back_to_repair', place: number })
  })

  it('is the customer while a repair is only announced: the exchange ends it, and waits for them', async () => {
    const { id } = await at.takeIn([at.sold(fridge)], { received: false })
    await lead(id)
    const made = await recordExchange(desk, { ...exchangeOf(lineOf(fridge)), goodsReceived: false })
    expect(await at.item(id)).toMatchObject({ reception: 'cancelled' })
    expect(await routed(made.id)).toEqual([])
    const { exchanges } = desk.manager.client
    const { version, reception } = await exchanges.open({ exchangeId: made.id })
    expect(reception).toBe('awaited')
    await exchanges.receive({ exchangeId: made.id, version })
    expect(await routed(made.id)).toMatchObject([{ state: 'at_desk' }])
  })

  it('is never two: the database refuses what the code forgot', async () => {
    await at.takeIn([at.sold(fridge)])
    const other = await at.takeIn([at.sold(phone)])
    const unit = { sale_line_id: lineOf(fridge), unit_no: 1 }
    const { id: exchangeId } = await recordExchange(desk, exchangeOf(lineOf(kettles)))
    const [goods] = await routed(exchangeId)
    const goodsUnit = (columns: object) =>
      desk.write((w) =>
        w
          .updateTable('goods_unit')
          .set({ ...columns })
          .where('id', '=', goods?.id ?? 0)
          .execute(),
      )
    await goodsUnit({ state: 'on_floor', live: 0 })
    const taken = goodsUnit({ state: 'at_desk', live: 1, sale_line_id: lineOf(fridge) })
    await expect(taken).rejects.toThrow('unit is in repair')
    const paidBack = desk.write(async (w) => {
      const old = await w.selectFrom('returned_unit').selectAll().executeTakeFirstOrThrow()
      await w
        .insertInto('returned_unit')
        .values({ ...old, ...unit, id: undefined, live: 1 })
        .execute()
    })
    await expect(paidBack).rejects.toThrow('unit is in repair')
    const mended = desk.write((w) =>
      w
        .updateTable('repair_item')
        .set({ sale_line_id: lineOf(kettles), unit_no: goods?.unitNo ?? 0, reception: 'back' })
        .where('repair_id', '=', other.id)
        .execute(),
    )
    await expect(mended).rejects.toThrow('unit is with the store')
  })
})

describe('handing back', () => {
  async function ready() {
    const { id } = await at.takeIn([
      at.sold(fridge, {
        rightsId: await at.decide(fridge),
        privateNote: '锁屏密码 2468',
        accessories: [{ name: '搁架' }],
      }),
    ])
    await at.mend(id)
    return at.open(id)
  }
  const give = async (
    repair: Awaited<ReturnType<typeof ready>>,
    more: Partial<Parameters<typeof at.client.repairs.handBack>[0]> = {},
    client = at.client,
  ) =>
    client.repairs.handBack({
      repairId: repair.id,
      version: repair.version,
      itemIds: repair.items.map(({ id }) => id),
      code: await at.codeOf(repair.id),
      taker: { whom: 'self', name: '王小明' },
      signature: null,
      signedOnPaper: true,
      ...more,
    })

  it('wants the pickup code; a slip of the finger is no guess, five guesses lock it', async () => {
    const repair = await ready()
    const code = await at.codeOf(repair.id)
    const guess = `23456${computeCheckCharacter('23456')}`
    const slip = (code.startsWith('2') ? '3' : '2') + code.slice(1)
    expect((await refusalOf(give(repair, { code: slip }))).reason).toBe('repairs.code_mistyped')
    for (let left = 4; left >= 0; left -= 1) {
      expect(await refusalOf(give(repair, { code: guess }))).toMatchObject({
        reason: 'repairs.wrong_code',
        params: { left },
      })
    }
    expect((await refusalOf(give(repair, { code }))).reason).toBe('repairs.code_locked')
    const { version } = await at.client.repairs.renewCode({
      repairId: repair.id,
      reason: '取机单丢失，已核对身份',
      version: repair.version,
    })
    expect(await at.codeOf(repair.id)).not.toBe(code)
    await give({ ...repair, version }, { code: await at.codeOf(repair.id) })
  })

  it('or an identity and somebody who may stand for it', async () => {
    const repair = await ready()
    const other = {
      code: null,
      taker: { whom: 'family' as const, name: '李红', phone: '13900001111' },
    }
    expect((await refusalOf(give(repair, other))).reason).toBe('repairs.needs_identity')
    const shown = { ...other, taker: { ...other.taker, identity: '身份证 尾号 4417' } }
    expect((await refusalOf(give(repair, shown))).reason).toBe('approvals.needed')
    await give(repair, shown, desk.manager.client)
    expect((await at.open(repair.id)).handBacks).toMatchObject([
      { proof: 'manager', whom: 'family', phoneMasked: '139****1111' },
    ])
  })

  it('erases the private note; until then it is shown on purpose only, to some, and audited', async () => {
    const repair = await ready()
    const [item] = repair.items
    const ask = { itemId: item?.id ?? 0, reason: '维修人需要解锁测试' }
    expect(JSON.stringify(repair)).not.toContain('2468')
    expect((await refusalOf(at.client.repairs.revealNote(ask))).reason).toBe('staff.not_allowed')
    expect(await desk.manager.client.repairs.revealNote(ask)).toEqual({ note: '锁屏密码 2468' })
    await give(repair)
    expect((await refusalOf(desk.manager.client.repairs.revealNote(ask))).reason).toBe(
      'repairs.note_erased',
    )
    const left = await desk.desk.folder.store.read(async (r) => [
      await r.selectFrom('repair_private_note').selectAll().execute(),
      await r.selectFrom('command_log').select('result').execute(),
      await r.selectFrom('audit_log').select('data').execute(),
    ])
    expect(JSON.stringify(left)).not.toContain('2468')
  })

  it('needs a signature or the word that there is one on paper', async () => {
    const repair = await ready()
    const refused = await refusalOf(give(repair, { signedOnPaper: false }))
    expect(refused.reason).toBe('repairs.needs_signature')
  })

  it('gives nothing back that is not ready', async () => {
    const { id } = await at.takeIn([at.sold(phone)])
    expect((await refusalOf(give(await at.open(id)))).reason).toBe('repairs.not_ready')
  })
})

describe('loan units', () => {
  it('are with one customer at a time and keep the ticket open while out', async () => {
    const { client: manager } = desk.manager
    const loanUnit = { code: 'BY-01', name: '备用手机', serialNo: '869999000011112' }
    const { id: loanUnitId } = await manager.repairs.addLoanUnit({
      ...loanUnit,
      condition: '九成新',
    })
    const { id } = await at.takeIn([at.sold(phone, { rightsId: await at.decide(phone) })], {
      loan: { loanUnitId },
    })
    const other = await at.takeIn([at.sold(fridge)])
    const taken = at.client.repairs.lend({ repairId: other.id, loanUnitId, version: 1 })
    expect(await refusalOf(taken)).toMatchObject({ reason: 'repairs.loan_out' })
    await at.mend(id)
    await at.handBack(id)
    const repair = await at.open(id)
    expect(repair.state).toBe('open')
    expect(await at.client.repairs.loanUnits()).toMatchObject([{ state: 'out' }])
    const back = await at.client.repairs.takeLoanBack({
      repairId: id,
      loanId: repair.loans[0]?.id ?? 0,
      ok: false,
      condition: '屏幕有新划痕',
      version: repair.version,
    })
    expect(back.closed).toBe(true)
    expect(await at.client.repairs.loanUnits()).toMatchObject([{ state: 'free', loan: null }])
  })
})

describe('the lists', () => {
  it('show what passes a limit of the rules: 30 days for the repairer, 90 for parts, 60 for phones', async () => {
    const a = await at.takeIn([at.sold(fridge, { rightsId: await at.decide(fridge) })])
    const b = await at.takeIn([at.sold(phone, { rightsId: await at.decide(phone) })])
    await at.client.repairs.startWait({ ...seen(await at.item(b.id)), part: '屏幕', since: null })
    const overdue = async () =>
      (await at.client.repairs.overdue()).filter(({ number }) =>
        [a.number, b.number].includes(number),
      )
    expect(await overdue()).toEqual([])
    await desk.setNow('2026-12-22T06:00:00.000Z')
    expect(await overdue()).toMatchObject([
      { number: a.number, ruleId: 'cn.sb-30', days: 30, daysOver: 1, overdue: true },
    ])
    await desk.setNow('2027-01-21T06:00:00.000Z')
    const late = await overdue()
    expect(late.map(({ number, days, daysOver }) => [number, days, daysOver])).toEqual([
      [a.number, 30, 31],
      [b.number, 60, 1],
    ])
    await at.client.repairs.noteDelay({ ...seen(await at.item(a.id)), delayedBy: 'other' })
    expect((await overdue()).map(({ number }) => number)).toEqual([b.number])
    expect(await remedyOf(phone, 'exchange')).toMatchObject({ allowed: true })
  })

  const clocksOf = async (number: string) => {
    const rows = await at.client.repairs.overdue()
    const row = (await at.client.repairs.list({ state: 'open' })).find(
      (each) => each.number === number,
    )
    return {
      clocks: rows
        .filter((each) => each.number === number)
        .map(({ ruleId, days, dueOn, daysOver }) => [ruleId, days, dueOn, daysOver]),
      isLate: row?.overdue,
    }
  }

  it('show ninety days of waiting for a part, in which the repairer’s thirty do not run', async () => {
    const { id, number } = await at.takeIn([at.sold(fridge, { rightsId: await at.decide(fridge) })])
    await at.client.repairs.startWait({ ...seen(await at.item(id)), part: '压缩机', since: null })
    const ninety = (daysOver: number) => [['cn.sb-90', 90, '2027-02-19', daysOver]]
    await desk.setNow('2027-02-11T06:00:00.000Z')
    expect(await clocksOf(number)).toEqual({ clocks: [], isLate: false })
    // The last day counts.
    await desk.setNow('2027-02-19T06:00:00.000Z')
    expect(await clocksOf(number)).toEqual({ clocks: ninety(0), isLate: false })
    await desk.setNow('2027-02-20T06:00:00.000Z')
    expect(await clocksOf(number)).toEqual({ clocks: ninety(1), isLate: true })
  })

  it('show the five days of a province for what is sold once its rules were chosen', async () => {
    const { policy } = desk.manager.client
    const { version } = await policy.choices()
    await policy.choose({
      effectiveOn: '2026-11-21',
      country: 'CN',
      region: 'CN-33',
      profiles: {},
      switches: { 'cn-33.repair-5': true },
      pin: '2580',
      note: '',
      version,
    })
    await desk.write((w) =>
      w
        .updateTable('receipt')
        .set({ business_date: '2026-11-21' })
        .where('id', '=', at.sale.id)
        .execute(),
    )
    const { id, number } = await at.takeIn([at.sold(fridge, { rightsId: await at.decide(fridge) })])
    const five = (daysOver: number) => [['cn-33.repair-5', 5, '2026-11-26', daysOver]]
    expect(await clocksOf(number)).toEqual({ clocks: five(-5), isLate: false })
    await desk.setNow('2026-11-26T06:00:00.000Z')
    expect(await clocksOf(number)).toEqual({ clocks: five(0), isLate: false })
    await desk.setNow('2026-11-27T06:00:00.000Z')
    expect(await clocksOf(number)).toEqual({ clocks: five(1), isLate: true })
    // The province lets the store lend a unit instead: while one is out nothing is overdue.
    const { id: loanUnitId } = await desk.manager.client.repairs.addLoanUnit({
      code: 'BY-05',
      name: '备用冰箱',
      serialNo: 'BY-05-1',
      condition: '完好',
    })
    const repair = await at.open(id)
    await at.client.repairs.lend({ repairId: id, loanUnitId, version: repair.version })
    expect(await clocksOf(number)).toEqual({ clocks: [], isLate: false })
    const lent = await at.open(id)
    const limits = lent.items[0]?.limits ?? []
    expect(limits.find(({ ruleId }) => ruleId === 'cn-33.repair-5')).toMatchObject({
      dueOn: null,
      overdue: false,
    })
    await at.client.repairs.takeLoanBack({
      repairId: id,
      loanId: lent.loans[0]?.id ?? 0,
      ok: true,
      condition: '完好',
      version: lent.version,
    })
    expect(await clocksOf(number)).toEqual({ clocks: five(1), isLate: true })
  })

  it('remind of goods nobody comes for, with the storage fee as it stands', async () => {
    const { client: manager } = desk.manager
    const { version, ...numbers } = await manager.repairs.settings()
    await manager.repairs.changeSettings({ ...numbers, storageDays: 10, storageFee: 200, version })
    const { id, number } = await at.takeIn([at.sold(fridge, { rightsId: await at.decide(fridge) })])
    await at.mend(id)
    await desk.setNow('2026-12-01T06:00:00.000Z')
    const unclaimed = async () =>
      (await at.client.repairs.unclaimed()).filter((each) => each.number === number)
    expect(await unclaimed()).toEqual([])
    await desk.setNow('2026-12-03T06:00:00.000Z')
    const repair = await at.open(id)
    await at.client.repairs.remind({ repairId: id, how: 'phone', version: repair.version })
    expect(await unclaimed()).toMatchObject([
      { number, days: 12, storageFrom: '2026-12-02', storageFee: 400, reminders: 1 },
    ])
  })
})

describe('the books', () => {
  it('keep every step in the history and the audit chain, with serial numbers', async () => {
    const { id, number } = await at.takeIn([at.sold(fridge, { rightsId: await at.decide(fridge) })])
    await at.mend(id)
    await at.handBack(id)
    const { events } = await at.open(id)
    expect(events.map(({ kind }) => kind)).toEqual([
      'repair_recorded',
      'repair_received',
      'promised',
      'repair_sent',
      'repair_worked',
      'repair_back',
      'repair_ready',
      'promise_kept',
      'repair_handed_back',
    ])
    const rows = await desk.desk.folder.store.read((r) =>
      r
        .selectFrom('audit_log')
        .select(['action', 'data'])
        .where('subject_type', '=', 'repair')
        .where('subject_id', '=', number)
        .execute(),
    )
    expect(rows.map(({ action }) => action)).toContain('repairs.hand_back')
    expect(rows.some(({ data }) => data.includes('QL510A0093321'))).toBe(true)
    expect((await desk.manager.client.settings.verify()).ok).toBe(true)
  })

  it('let nobody change custody, work, checks or answered quotes', async () => {
    const { id } = await at.takeIn([
      {
        subject: { kind: 'elsewhere' },
        name: '收音机',
        fault: '没声音',
        quote: { estimate: 5_000, limit: 5_000 },
        consent: { how: 'signed', by: '王小明' },
      },
    ])
    await at.mend(id)
    for (const table of ['repair_movement', 'repair_work', 'repair_check'] as const) {
      await expect(desk.write((w) => w.deleteFrom(table).execute())).rejects.toThrow('append-only')
    }
    await expect(
      desk.write((w) => w.updateTable('repair_quote').set({ estimate: 1 }).execute()),
    ).rejects.toThrow('an answered quote stays')
  })
})

describe('photos and signatures', () => {
  it('can show two items of one ticket, each with the same photo', async () => {
    const { sha256: photo } = await keep(at.client, { name: 'both.jpg', bytes: jpeg })
    const { id } = await at.takeIn([
      at.sold(fridge, { photos: [photo] }),
      at.sold(phone, { photos: [photo] }),
    ])
    expect((await at.open(id)).items.map(({ photos }) => photos)).toEqual([[photo], [photo]])
  })

  it('are attached to the repair, shown with their item, and in the audit chain by hash', async () => {
    const { client } = desk.clerk
    const photo = await keep(client, { name: 'front.jpg', bytes: jpeg })
    const signature = await keep(client, { name: 'signature.png', bytes: makeSignature() })
    const { id, number } = await at.takeIn(
      [
        { subject: { kind: 'elsewhere' }, name: '台灯', fault: '不亮' },
        at.sold(phone, { photos: [photo.sha256] }),
      ],
      { signature: signature.sha256 },
    )
    const { items } = await at.open(id)
    expect(items.map(({ photos }) => photos)).toEqual([[], [photo.sha256]])
    const other = await keep(client, { name: 'base.png', bytes: makePng() })
    await client.repairs.addPhotos({
      itemId: items[0]?.id ?? 0,
      photos: [other.sha256],
      label: '底座',
    })
    expect((await at.open(id)).items[0]?.photos).toEqual([other.sha256])
    const rows = await desk.desk.folder.store.read((r) =>
      r.selectFrom('audit_log').select('data').where('subject_type', '=', 'repair').execute(),
    )
    const said = rows.map(({ data }) => data).join()
    expect(said).toContain(photo.sha256)
    expect(said).toContain(signature.sha256)
    const unknown = at.takeIn([at.sold(fridge, { photos: ['0'.repeat(64)] })])
    expect((await refusalOf(unknown)).reason).toBe('attachments.unknown_file')
    expect(await client.repairs.ofReceipt({ receiptId: at.sale.id })).toMatchObject([{ number }])
  })
})

describe('the papers', () => {
  it('come out for every repair, counted, and the record on the card fills itself', async () => {
    const { client } = desk.clerk
    const card = await client.cards.issue({
      receiptId: at.sale.id,
      consumer: { name: '王小明', phone: '13812345521', address: '', postcode: '' },
      paperLanguage: 'zh',
      units: [
        {
          saleLineId: at.sale.lineIds[phone] ?? 0,
          unitNo: 1,
          brand: '清澜',
          model: 'X3',
          name: '清澜 手机 X3 128G',
          serialNo: '861234567890123',
          batchNo: '',
          origin: '',
          installedOn: null,
          unitMonths: 12,
          partMonths: null,
          mainParts: '',
          provider: 'maker',
          providerName: '',
          providerPhone: '',
          scope: '',
          costBearer: 'maker',
        },
      ],
    })
    const { id: repairId, number } = await at.takeIn([
      at.sold(phone, { rightsId: await at.decide(phone), accessories: [{ name: '充电器' }] }),
    ])
    expect((await at.item(repairId)).cardId).toBe(card.id)
    await at.mend(repairId)
    await at.handBack(repairId)
    const print = async (paper: Parameters<typeof client.papers.print>[0]) => {
      const { pdf, ...rest } = await client.papers.print(paper)
      return { ...rest, text: (await readPdf(new Uint8Array(await pdf.arrayBuffer()))).text }
    }
    const code = await at.codeOf(repairId)
    const stub = await print({ document: 'repair_stub', repairId, format: '58mm' })
    expect(stub.text).toContain(`${code.slice(0, 3)} ${code.slice(3)}`)
    const again = await print({ document: 'repair_stub', repairId, format: '80mm' })
    expect([stub.copyNo, again.copyNo]).toEqual([0, 1])
    expect(again.text).toContain(`${code.slice(0, 3)} ${code.slice(3)}`)
    const sheet = await print({ document: 'repair_sheet', repairId, format: 'A5' })
    expect(sheet.text).toContain(number)
    expect(sheet.text).not.toContain(code)
    const record = await print({ document: 'repair_record', repairId, format: 'A5' })
    expect(record.text).toContain('更换启动器')
    const tags = await print({ document: 'repair_tag', repairId })
    expect(tags.fileName).toBe(`repair-tag-${number}-70x50.pdf`)
    expect((await at.open(repairId)).prints).toEqual({ sheet: 1, stub: 2, tag: 1, record: 1 })
    const { text } = await print({ document: 'card', cardId: card.id })
    expect(text.replaceAll(/\s/g, '')).toContain('压缩机启动器损坏')
  })
})
