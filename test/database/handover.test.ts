import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  deskNow,
  managerSignature,
  openTestDesk,
  refusalOf,
  type TestDesk,
} from '../support/desk.ts'
import { recordExchange, sellFor, stock } from '../support/exchange-case.ts'
import {
  goodsBack,
  newChecked,
  papersBack,
  papersGiven,
  seen,
  stepUntil,
  takeNextStep,
} from '../support/handover-case.ts'
import { keep } from '../support/keep-file.ts'
import { openHouse } from '../support/open-house.ts'
import { makePng, makeSignature } from '../support/pictures.ts'
import { addCustomer } from '../support/sold.ts'

let test: TestDesk
let goods: Record<string, number>

beforeAll(async () => {
  test = await openTestDesk()
  await test.write((w) => openHouse(w, ['refund', 'exchange', 'repair']))
  await test.write((w) => addCustomer(w, { name: '张伟', phone: '13812345521', memberNo: '1' }))
  goods = await stock(
    test,
    { sku: 'COAT-M', name: '羊毛大衣 M', spec: 'M', brand: '雪峰', listPrice: 89_900 },
    { sku: 'COAT-L', name: '羊毛大衣 L', spec: 'L', brand: '雪峰', listPrice: 89_900 },
    {
      sku: 'FRIDGE',
      name: '清澜 510 升冰箱',
      brand: '清澜',
      model: 'BCD-510',
      listPrice: 429_900,
      serialTracked: true,
    },
  )
})
afterAll(() => test.close())
beforeEach(() => test.setNow(deskNow))

let sales = 0

interface Sold {
  serialNo?: string
  /** Issues a card of so many months on the day of the sale. */
  months?: number
}

/** A fridge on the slip, with a card where one is asked for. */
async function sellFridge({ serialNo = '', months }: Sold = {}) {
  sales += 1
  const serial = serialNo || `OLD-${sales}`
  const sold = await sellFor(
    test,
    `JJ-${sales}`,
    [
      {
        name: '清澜 510 升冰箱',
        product_id: goods['FRIDGE'] ?? null,
        sku: 'FRIDGE',
        serial_no: serial,
        list_amount: 429_900,
        paid_amount: 399_900,
      },
    ],
    [['cash', 399_900]],
  )
  const [line = 0] = sold.lineIds
  const card = months === undefined ? null : await issueCard(sold.receiptId, line, serial, months)
  return { receiptId: sold.receiptId, line, serial, card }
}

function issueCard(receiptId: number, saleLineId: number, serialNo: string, unitMonths: number) {
  return test.clerk.client.cards.issue({
    receiptId,
    consumer: { name: '张伟', phone: '13812345521', address: '', postcode: '' },
    paperLanguage: 'zh',
    units: [
      {
        saleLineId,
        unitNo: 1,
        serialNo,
        unitMonths,
        partMonths: 36,
        mainParts: '压缩机',
        brand: '清澜',
        model: 'BCD-510',
        name: '清澜 510 升冰箱',
        batchNo: '',
        origin: '',
        installedOn: null,
        provider: 'maker' as const,
        providerName: '清澜',
        scope: '性能故障',
        providerPhone: '400-000-7100',
        costBearer: 'maker' as const,
      },
    ],
  })
}

/** Exchanges a sold fridge for the same model. */
async function exchangeFridge(sold: Awaited<ReturnType<typeof sellFridge>>, newSerial: string) {
  const recorded = await recordExchange(test, {
    receiptId: sold.receiptId,
    reason: 'quality',
    lines: [
      {
        saleLineId: sold.line,
        units: 1,
        condition: 'faulty',
        packagingIntact: true,
        serialNos: [sold.serial],
      },
    ],
    given: [{ productId: goods['FRIDGE'] ?? null, serialNo: newSerial }],
  })
  const form = await test.clerk.client.handovers.ofExchange({ exchangeId: recorded.id })
  return { ...recorded, form }
}

/** The size swap: nothing to scan twice, no card. */
async function exchangeCoat() {
  sales += 1
  const sold = await sellFor(
    test,
    `JJ-${sales}`,
    [
      {
        name: '羊毛大衣 M',
        product_id: goods['COAT-M'] ?? null,
        sku: 'COAT-M',
        list_amount: 89_900,
        paid_amount: 71_920,
      },
    ],
    [['cash', 71_920]],
  )
  const recorded = await recordExchange(test, {
    receiptId: sold.receiptId,
    reason: 'size',
    lines: [
      { saleLineId: sold.lineIds[0] ?? 0, units: 1, condition: 'sealed', packagingIntact: true },
    ],
    given: [{ productId: goods['COAT-L'] ?? null }],
  })
  const form = await test.clerk.client.handovers.ofExchange({ exchangeId: recorded.id })
  return { ...recorded, form, receiptId: sold.receiptId }
}

function ofExchange(exchangeId: number) {
  return test.clerk.client.handovers.ofExchange({ exchangeId })
}

const caseState = (id: number) =>
  test.desk.folder.store.read((r) =>
    r.selectFrom('case_file').select('state').where('id', '=', id).executeTakeFirstOrThrow(),
  )

describe('an exchange opens its handover', () => {
  it('with a number of its own, everything to do, and the case left open', async () => {
    const { form, caseId } = await exchangeCoat()
    expect(form.number).toMatch(/^JJ-0312-261121-\d{4}-/)
    expect(form.state).toBe('open')
    expect(form.steps.map((each) => each.done)).toEqual([false, false, false, false, false])
    expect(form.steps.map((each) => each.simple)).toEqual([true, true, true, true, false])
    expect(form.missing.map((each) => each.what)).toEqual([
      'goods',
      'accessories',
      'card',
      'manual',
      'invoice',
      'seal',
      'appearance',
      'new_manual',
      'new_accessories',
      'give',
      'customer_signature',
      'store_signature',
    ])
    expect(await caseState(caseId)).toEqual({ state: 'open' })
    const unsigned = await test.clerk.client.handovers.unsigned()
    expect(unsigned.map((each) => each.number)).toContain(form.number)
  })

  it('whose case the database keeps open, whoever tries to close it', async () => {
    const { caseId } = await exchangeCoat()
    const close = test.write((w) =>
      w
        .updateTable('case_file')
        .set({ state: 'closed', closed_at: deskNow, closed_on: '2026-11-21' })
        .where('id', '=', caseId)
        .execute(),
    )
    await expect(close).rejects.toThrow('the handover of this case is not signed')
  })
})

describe('the steps of a handover', () => {
  it('are saved one at a time, give the goods, and close the case with both signatures', async () => {
    const { id, caseId, form } = await exchangeCoat()
    const taken = []
    for (;;) {
      const step = await takeNextStep(test.clerk.client, id)
      if (step === null) break
      taken.push(step)
      const now = await ofExchange(id)
      expect(now.steps.find((each) => each.step === step)).toMatchObject({ done: true })
      expect(await caseState(caseId)).toEqual({ state: step === 'signed' ? 'closed' : 'open' })
    }
    expect(taken).toEqual(form.steps.map((each) => each.step))
    const signed = await ofExchange(id)
    expect(signed).toMatchObject({ state: 'signed', missing: [], exposure: 0, exposures: [] })
    expect(signed.signatures).toMatchObject([
      { party: 'customer', way: 'paper', confirmedBy: '赵敏' },
      { party: 'store', way: 'paper', confirmedBy: '赵敏' },
    ])
    const exchange = await test.clerk.client.exchanges.open({ exchangeId: id })
    expect(exchange).toMatchObject({ state: 'handed_over', newReceiptId: signed.newReceiptId })
    const unsigned = await test.clerk.client.handovers.unsigned()
    expect(unsigned.map((each) => each.number)).not.toContain(form.number)
  })

  it('cannot be jumped: the new goods wait for the old ones and their papers', async () => {
    const { form } = await exchangeCoat()
    const give = test.clerk.client.handovers.give({ ...seen(form), units: papersGiven(form) })
    expect(await refusalOf(give)).toEqual({
      reason: 'handover.step_first',
      params: { step: 'goods_back', name: '羊毛大衣 M' },
    })
    const sign = test.clerk.client.handovers.sign({
      ...seen(form),
      receiver: { who: 'self' },
      customer: { way: 'paper' },
      store: { way: 'paper' },
    })
    expect(await refusalOf(sign)).toMatchObject({ reason: 'handover.not_given_yet' })
  })

  it('know when somebody else was there meanwhile', async () => {
    const { form } = await exchangeCoat()
    const { handovers } = test.clerk.client
    await handovers.saveGoodsBack({ ...seen(form), units: goodsBack(form) })
    const again = handovers.saveGoodsBack({ ...seen(form), units: goodsBack(form) })
    expect(await refusalOf(again)).toMatchObject({ reason: 'desk.changed_meanwhile' })
  })

  it('may be corrected until the goods are given', async () => {
    const { id, form } = await exchangeCoat()
    const { handovers } = test.clerk.client
    const wanting = goodsBack(form, { accessories: { is: 'missing', reason: '' } })
    const first = await handovers.saveGoodsBack({ ...seen(form), units: wanting })
    expect(first.missing).toContainEqual(expect.objectContaining({ what: 'accessories' }))
    const now = await ofExchange(id)
    await handovers.saveGoodsBack({ ...seen(now), units: goodsBack(now) })
    const given = await stepUntil(test.clerk.client, id, 'papers_given')
    const late = handovers.saveGoodsBack({ ...seen(given), units: goodsBack(given) })
    expect(await refusalOf(late)).toEqual({
      reason: 'handover.given_already',
      params: { number: form.number },
    })
  })

  it('happen once, however often the same request comes', async () => {
    const { id, form } = await exchangeCoat()
    await stepUntil(test.clerk.client, id, 'new_checked')
    const now = await ofExchange(id)
    const client = test.withRequestId(`give-${form.id}`)
    const ask = { ...seen(now), units: papersGiven(now) }
    const [one, two] = [await client.handovers.give(ask), await client.handovers.give(ask)]
    expect(two).toEqual(one)
    const events = await test.desk.folder.store.read((r) =>
      r.selectFrom('handover_event').select('action').where('handover_id', '=', form.id).execute(),
    )
    expect(events.filter((each) => each.action === 'give')).toHaveLength(1)
  })

  it('never let go of goods that did not come back, whatever the reason', async () => {
    const { id, form } = await exchangeCoat()
    const { handovers } = test.clerk.client
    const missing = goodsBack(form, { goods: { is: 'missing', reason: '忘在家里' } })
    const saved = await handovers.saveGoodsBack({ ...seen(form), units: missing })
    expect(saved.missing).toContainEqual(expect.objectContaining({ what: 'goods_not_back' }))
    const papers = await ofExchange(id)
    await handovers.savePapersBack({ ...seen(papers), units: papersBack(papers) })
    const checked = await ofExchange(id)
    await handovers.saveNewChecked({ ...seen(checked), units: newChecked(checked) })
    const now = await ofExchange(id)
    const give = handovers.give({ ...seen(now), units: papersGiven(now) })
    expect(await refusalOf(give)).toMatchObject({ reason: 'handover.step_first' })
  })

  it('leave their trace in the history, the case and the audit chain', async () => {
    const { id, form } = await exchangeCoat()
    await stepUntil(test.clerk.client, id)
    const { events, audit } = await test.desk.folder.store.read(async (r) => ({
      events: await r
        .selectFrom('handover_event')
        .select('action')
        .where('handover_id', '=', form.id)
        .orderBy('id')
        .execute(),
      audit: await r
        .selectFrom('audit_log')
        .select('action')
        .where('subject_id', '=', form.number)
        .orderBy('seq')
        .execute(),
    }))
    const steps = ['open', 'goods_back', 'papers_back', 'new_checked', 'give', 'sign']
    expect(events.map((each) => each.action)).toEqual(steps)
    expect(audit.map((each) => each.action)).toEqual(steps.map((each) => `handovers.${each}`))
    const { ok } = await test.manager.client.settings.verify()
    expect(ok).toBe(true)
  })
})

describe('the cards of an exchange', () => {
  it('are swapped in the step that gives the goods: the old one void and linked, the new one anew', async () => {
    const sold = await sellFridge({ months: 12 })
    const { id, form } = await exchangeFridge(sold, 'NEW-A1')
    expect(form.back[0]?.liveCard?.number).toBe(sold.card?.number)
    const given = await stepUntil(test.clerk.client, id, 'papers_given')
    const { card } = given
    if (!card || !sold.card) throw new Error('no card was issued')
    const { client } = test.clerk
    const old = await client.cards.open({ cardId: sold.card.id })
    expect(old).toMatchObject({ state: 'void', voidReason: form.number })
    expect(old.units[0]?.replaced).toEqual({
      on: '2026-11-21',
      under: form.number,
      cardId: card.id,
      number: card.number,
    })
    const next = await client.cards.open({ cardId: card.id })
    expect(next).toMatchObject({
      state: 'active',
      receiptId: given.newReceiptId,
      replaces: [{ cardId: sold.card.id, number: sold.card.number }],
    })
    expect(next.units).toMatchObject([
      {
        serialNo: 'NEW-A1',
        unitMonths: 12,
        partMonths: 36,
        startsOn: '2026-11-21',
        unitEndsOn: '2027-11-21',
      },
    ])
    expect(given).toMatchObject({ restartsOn: '2026-11-21', endsOn: '2027-11-21' })
  })

  it('of another item are refused by name', async () => {
    const sold = await sellFridge({ months: 12 })
    const other = await sellFridge({ months: 12 })
    const { form } = await exchangeFridge(sold, 'NEW-A2')
    const hand = (cardNumber: string) =>
      test.clerk.client.handovers.savePapersBack({
        ...seen(form),
        units: papersBack(form, { cardNumber }),
      })
    expect(await refusalOf(hand(other.card?.number ?? ''))).toEqual({
      reason: 'handover.other_card',
      params: {
        number: other.card?.number ?? '',
        name: '清澜 510 升冰箱',
        other: '清澜 510 升冰箱',
      },
    })
    expect(await refusalOf(hand('XY-0312-261121-9999-X'))).toMatchObject({
      reason: 'handover.unknown_card',
    })
    await expect(hand(sold.card?.number.replaceAll('-', '') ?? '')).resolves.toBeDefined()
  })

  it('that are lost need a reason, and are void all the same', async () => {
    const sold = await sellFridge({ months: 12 })
    const { id, form } = await exchangeFridge(sold, 'NEW-A3')
    const { handovers, cards } = test.clerk.client
    await handovers.saveGoodsBack({ ...seen(form), units: goodsBack(form) })
    const second = await ofExchange(id)
    const lost = papersBack(second, { card: { is: 'missing', reason: '顾客说丢了，已写说明' } })
    await handovers.savePapersBack({ ...seen(second), units: lost })
    const third = await ofExchange(id)
    expect(third.exposures).toContainEqual(
      expect.objectContaining({ kind: 'not_recovered', amount: 399_900 }),
    )
    await stepUntil(test.clerk.client, id, 'papers_given')
    const old = await cards.open({ cardId: sold.card?.id ?? 0 })
    expect(old.state).toBe('void')
  })

  it('that cover other units too stay, with the stamp on the one that went', async () => {
    sales += 1
    const sold = await sellFor(
      test,
      `JJ-${sales}`,
      [
        {
          name: '清澜 510 升冰箱',
          product_id: goods['FRIDGE'] ?? null,
          sku: 'FRIDGE',
          qty_milli: 2_000,
          units: 2,
          paid_amount: 799_800,
        },
      ],
      [['cash', 799_800]],
    )
    const [line = 0] = sold.lineIds
    const unit = (unitNo: number) => ({
      saleLineId: line,
      unitNo,
      serialNo: `PAIR-${unitNo}`,
      unitMonths: 12,
      partMonths: null,
      brand: '清澜',
      model: 'BCD-510',
      name: '清澜 510 升冰箱',
      batchNo: '',
      origin: '',
      installedOn: null,
      provider: 'maker' as const,
      providerName: '',
      providerPhone: '',
      mainParts: '',
      scope: '',
      costBearer: 'maker' as const,
    })
    const { client } = test.clerk
    const card = await client.cards.issue({
      receiptId: sold.receiptId,
      consumer: { name: '', phone: '', address: '', postcode: '' },
      paperLanguage: 'zh',
      units: [unit(1), unit(2)],
    })
    const { id } = await recordExchange(test, {
      receiptId: sold.receiptId,
      reason: 'quality',
      lines: [
        {
          saleLineId: line,
          units: 1,
          unitNos: [2],
          condition: 'faulty' as const,
          packagingIntact: true,
          serialNos: ['PAIR-2'],
        },
      ],
      given: [{ productId: goods['FRIDGE'] ?? null, serialNo: 'NEW-PAIR' }],
    })
    await stepUntil(client, id, 'papers_given')
    const old = await client.cards.open({ cardId: card.id })
    expect(old.state).toBe('active')
    expect(old.units.map((each) => each.replaced !== null)).toEqual([false, true])
  })
})

describe('serial numbers at the handover', () => {
  it('refuse the old unit as the new one, the new as the old, and any other', async () => {
    const sold = await sellFridge()
    const { form } = await exchangeFridge(sold, 'NEW-S1')
    const { handovers } = test.clerk.client
    const back = (serialNo: string) =>
      handovers.saveGoodsBack({ ...seen(form), units: goodsBack(form, { serialNo }) })
    const fresh = (serialNo: string) =>
      handovers.saveNewChecked({ ...seen(form), units: newChecked(form, { serialNo }) })
    expect(await refusalOf(back('NEW-S1'))).toMatchObject({ reason: 'handover.serial_is_new' })
    expect(await refusalOf(back('X-1'))).toMatchObject({ reason: 'handover.serial_not_sold' })
    expect(await refusalOf(fresh(sold.serial))).toMatchObject({ reason: 'handover.serial_is_old' })
    expect(await refusalOf(fresh('X-1'))).toMatchObject({ reason: 'handover.serial_not_recorded' })
  })

  it('have to be read off the new goods once more', async () => {
    const { form } = await exchangeFridge(await sellFridge(), 'NEW-S2')
    const unread = await test.clerk.client.handovers.saveNewChecked({
      ...seen(form),
      units: newChecked(form, { serialNo: '' }),
    })
    expect(unread.missing).toContainEqual(expect.objectContaining({ what: 'serial' }))
  })
})

describe('signatures', () => {
  /** A form with the goods given. */
  async function given() {
    const { id, caseId } = await exchangeCoat()
    return { id, caseId, form: await stepUntil(test.clerk.client, id, 'papers_given') }
  }

  it('are drawn pictures kept by their hash, or seen on paper by a named clerk', async () => {
    const { id, form, caseId } = await given()
    const { handovers, attachments } = test.clerk.client
    const { sha256 } = await keep(test.clerk.client, { name: 's.png', bytes: makeSignature() })
    const half = await handovers.sign({
      ...seen(form),
      receiver: { who: 'family', name: '张丽', phone: '13900001111' },
      customer: { way: 'drawn', sha256 },
    })
    expect(half).toMatchObject({
      state: 'given',
      missing: [expect.objectContaining({ what: 'store_signature' })],
    })
    expect(await caseState(caseId)).toEqual({ state: 'open' })
    const now = await ofExchange(id)
    const whole = await handovers.sign({
      ...seen(now),
      receiver: { who: 'family', name: '张丽', phone: '13900001111' },
      store: { way: 'paper' },
    })
    expect(whole).toMatchObject({ state: 'signed', missing: [] })
    const files = await attachments.list({ subject: { type: 'handover', id: form.id } })
    expect(files).toMatchObject([{ sha256, role: 'signature' }])
    const { receiver } = await ofExchange(id)
    expect(receiver).toEqual({ who: 'family', name: '张丽', phoneMasked: '139****1111' })
  })

  it('without ink are none, and no hand signs for both', async () => {
    const { form } = await given()
    const { client } = test.clerk
    const empty = await keep(client, { name: 'e.png', bytes: makePng({ width: 120, height: 40 }) })
    const drawn = await keep(client, { name: 's.png', bytes: makeSignature() })
    const sign = (customer: string, store: string) =>
      client.handovers.sign({
        ...seen(form),
        receiver: { who: 'self' },
        customer: { way: 'drawn', sha256: customer },
        store: { way: 'drawn', sha256: store },
      })
    expect(await refusalOf(sign(empty.sha256, drawn.sha256))).toMatchObject({
      reason: 'attachments.signature_empty',
    })
    expect(await refusalOf(sign(drawn.sha256, drawn.sha256))).toMatchObject({
      reason: 'handover.same_signature',
    })
  })

  it('are not replaced', async () => {
    const { id, form } = await given()
    const { handovers } = test.clerk.client
    const receiver = { who: 'self' as const }
    await handovers.sign({ ...seen(form), receiver, customer: { way: 'paper' } })
    const now = await ofExchange(id)
    const again = handovers.sign({ ...seen(now), receiver, customer: { way: 'paper' } })
    expect(await refusalOf(again)).toMatchObject({ reason: 'handover.signed_before' })
  })

  it('want the name and phone of anybody but the customer', async () => {
    const { form } = await given()
    const signed = await test.clerk.client.handovers.sign({
      ...seen(form),
      receiver: { who: 'agent' },
      customer: { way: 'paper' },
      store: { way: 'paper' },
    })
    expect(signed.state).toBe('given')
    expect(signed.missing.map((each) => each.what)).toEqual(['receiver_name', 'receiver_phone'])
  })
})

describe('a written waiver', () => {
  const reason = '旧机三日内由物流上门取回，延误由本店承担'

  /** A fridge the customer still has at home. */
  async function awaited() {
    const sold = await sellFridge({ months: 12 })
    const exchange = await recordExchange(test, {
      receiptId: sold.receiptId,
      reason: 'quality',
      goodsReceived: false,
      lines: [
        {
          saleLineId: sold.line,
          units: 1,
          condition: 'faulty' as const,
          packagingIntact: true,
          serialNos: [sold.serial],
        },
      ],
      given: [{ productId: goods['FRIDGE'] ?? null, serialNo: `W-${sales}` }],
    })
    return { ...exchange, sold, form: await ofExchange(exchange.id) }
  }

  it('takes a store manager, at the amount that was shown, and closes the case', async () => {
    const { id, caseId, form, sold } = await awaited()
    expect(form.exposures).toMatchObject([
      { kind: 'not_recovered', amount: 399_900 },
      { kind: 'not_signed', amount: 399_900 },
    ])
    expect(form.approval).toMatchObject({ needed: 'store_manager', amount: 799_800 })
    const { client } = test.clerk
    const ask = { ...seen(form), reason, expectedExposure: form.exposure }
    expect(await refusalOf(client.handovers.waive(ask))).toMatchObject({
      reason: 'approvals.needed',
    })
    const { needed: _, ...request } = form.approval ?? { needed: null }
    if (!('subject' in request)) throw new Error('nothing to approve')
    const { id: approvalId } = await client.approvals.request({ ...request, caseId })
    await client.approvals.sign({ approvalId, ...managerSignature })
    const waived = await client.handovers.waive({ ...ask, approvalIds: [approvalId] })
    expect(waived.state).toBe('waived')
    const now = await ofExchange(id)
    expect(now).toMatchObject({
      state: 'waived',
      waiver: { reason, amount: 799_800, askedBy: '赵敏' },
      approvedBy: [expect.objectContaining({ approverName: '李静' })],
    })
    expect(await caseState(caseId)).toEqual({ state: 'closed' })
    const card = await client.cards.open({ cardId: sold.card?.id ?? 0 })
    expect(card.state).toBe('void')
    const exchange = await client.exchanges.open({ exchangeId: id })
    expect(exchange.state).toBe('handed_over')
  })

  it('says at least why, and refuses another figure than the one on the screen', async () => {
    const { form } = await awaited()
    const { handovers } = test.manager.client
    await expect(
      handovers.waive({ ...seen(form), reason: '同意', expectedExposure: form.exposure }),
    ).rejects.toThrow('Input validation failed')
    const other = handovers.waive({ ...seen(form), reason, expectedExposure: 1 })
    expect(await refusalOf(other)).toMatchObject({ reason: 'handover.exposure_changed' })
  })

  it('of the store manager needs nobody else, and stays for ever', async () => {
    const { form } = await awaited()
    await test.manager.client.handovers.waive({
      ...seen(form),
      reason,
      expectedExposure: form.exposure,
    })
    const change = test.write((w) =>
      w
        .updateTable('handover_waiver')
        .set({ amount: 0 })
        .where('handover_id', '=', form.id)
        .execute(),
    )
    await expect(change).rejects.toThrow('append-only')
  })
})

describe('the void of an exchange', () => {
  it('voids its form, and frees the case', async () => {
    const { id, form } = await exchangeCoat()
    await test.manager.client.exchanges.void({ exchangeId: id, version: 1, reason: '点错了行' })
    expect(await ofExchange(id)).toMatchObject({ state: 'void', number: form.number })
  })

  it('is refused once the new goods are with the customer', async () => {
    const { id } = await exchangeCoat()
    await stepUntil(test.clerk.client, id, 'papers_given')
    const { version } = await test.clerk.client.exchanges.open({ exchangeId: id })
    const attempt = test.manager.client.exchanges.void({ exchangeId: id, version, reason: '点错' })
    expect(await refusalOf(attempt)).toMatchObject({ reason: 'exchanges.handed_over_already' })
  })
})

describe('the form on paper', () => {
  it('is counted like every other paper', async () => {
    const { id, form } = await exchangeCoat()
    const { papers } = test.clerk.client
    const paper = { document: 'handover_form', handoverId: form.id, format: 'A5' } as const
    const first = await papers.print(paper)
    const second = await papers.print({ ...paper, format: '80mm' })
    expect([first.copyNo, second.copyNo]).toEqual([0, 1])
    expect(await ofExchange(id)).toMatchObject({ prints: 2 })
  })
})
