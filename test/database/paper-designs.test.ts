import { readdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listAuditOf } from '../../src-main/audit/index.ts'
import { findFormLength } from '../../src-main/printing/store.ts'
import { countPictures, readPdf } from '../documents/support/read-pdf.ts'
import { openTestDesk, refusalOf, type TestDesk } from '../support/desk.ts'
import { upload } from '../support/keep-file.ts'
import { openHouse } from '../support/open-house.ts'
import { makePng } from '../support/pictures.ts'
import { addCustomer, addReceipt } from '../support/sold.ts'

let test: TestDesk

/** A square of ink in the middle of see-through ground. */
const drawnLogo = (width: number, height: number) =>
  makePng({
    width,
    height,
    isInk: (x, y) => Math.abs(x - width / 2) < height / 3 && Math.abs(y - height / 2) < height / 3,
  })

beforeAll(async () => {
  test = await openTestDesk()
  await test.write(openHouse)
})
afterAll(() => test.close())

const thanks = { zh: '营业时间 10:00–22:00\n谢谢光临', en: 'Open 10 to 10' }
type Place = Awaited<ReturnType<typeof designs>>['papers'][number]['place']

const designs = () => test.manager.client.papers.designs()

async function paperOf(place: Place) {
  const found = (await designs()).papers.find((each) => each.place === place)
  if (!found) throw new Error(`no ${place}`)
  return found
}

async function change(place: Place, value: object, more: { restores?: number } = {}) {
  const { value: now, version } = await paperOf(place)
  return test.manager.client.papers.changeDesign({
    place,
    value: { ...now, ...value },
    version,
    ...more,
  })
}

async function sign(value: object) {
  const { sign: now } = await designs()
  return test.manager.client.papers.changeSign({
    value: { ...now.value, ...value },
    version: now.version,
  })
}

let slips = 0

async function printSlip(format: '80mm' | '241mm' = '80mm'): Promise<Uint8Array> {
  const { id, lineIds } = await test.write(async (w) =>
    addReceipt(w, {
      receiptNo: `W-${(slips += 1)}`,
      customerId: await addCustomer(w, { name: '欧阳静怡', phone: '13812345678' }),
      lines: [{ name: '电水壶', paid_amount: 9_900 }],
    }),
  )
  const { client } = test.clerk
  const refund = await client.refunds.record({
    receiptId: id,
    reason: 'quality',
    expectedAmount: 9_900,
    lines: [{ saleLineId: lineIds[0] ?? 0, units: 1, condition: 'faulty', packagingIntact: true }],
  })
  const { pdf } = await client.papers.print({
    document: 'refund_slip',
    refundId: refund.id,
    format,
  })
  return new Uint8Array(await pdf.arrayBuffer())
}

const printedText = async () => (await readPdf(await printSlip())).text

describe('the design of a paper', () => {
  it('prints from the next paper on, in the language of the paper', async () => {
    expect(await printedText()).not.toContain('谢谢光临')
    await change('refund_slip', {
      words: thanks,
      terms: { zh: '保养：请勿水洗', en: 'Care: do not wash' },
      stamp: { on: true, caption: { zh: '退货专用章', en: 'Refund stamp' } },
    })
    const text = await printedText()
    for (const words of ['谢谢光临', '保养：请勿水洗', '退货专用章']) expect(text).toContain(words)
    expect(text).not.toContain('Open 10 to 10')
    expect(await paperOf('refund_slip')).toMatchObject({ version: 1, value: { words: thanks } })
  })

  it('leaves the name out unless the store wants it, and other fields where it does not', async () => {
    const usual = await printedText()
    expect(usual).not.toContain('欧阳静怡')
    expect(usual).toContain('138****5678')
    await change('refund_slip', {
      fields: { 'refund.customer': true, 'refund.phone': false, 'refund.packaging': false },
    })
    const text = await printedText()
    expect(text).toContain('欧阳静怡')
    for (const words of ['138****5678', '原包装完好']) expect(text).not.toContain(words)
  })

  it('keeps every version, and brings one back as a new one', async () => {
    const { version } = await paperOf('refund_slip')
    const [first] = (
      await test.manager.client.papers.designVersions({ place: 'refund_slip' })
    ).filter((each) => each.version === 1)
    if (!first) throw new Error('no first version')
    await change('refund_slip', first.value, { restores: 1 })
    const versions = await test.manager.client.papers.designVersions({ place: 'refund_slip' })
    expect(versions.map((each) => each.version)).toEqual([version + 1, version, 1])
    expect(versions[0]).toMatchObject({ restores: 1, value: first.value })
    expect(versions.every(({ changedBy, changedAt }) => changedBy && changedAt)).toBe(true)
    const entries = await test.desk.folder.store.read((r) =>
      listAuditOf(r, { type: 'paper_design', ids: ['refund_slip'] }),
    )
    expect(entries.map(({ action }) => action)).toEqual(versions.map(() => 'papers.change_design'))
  })

  it('is refused where law forbids its words, in any text and language, and nothing changes', async () => {
    const before = await paperOf('voucher')
    for (const [value, reason] of [
      [{ words: { zh: '特价商品概不退换', en: '' } }, 'papers.unfair_rights'],
      [{ words: { zh: '', en: 'No refunds.' } }, 'papers.unfair_rights'],
      [{ terms: { zh: '最终解释权归本店', en: '' } }, 'papers.unfair_interpretation'],
      [{ stamp: { on: true, caption: { zh: '离柜概不负责', en: '' } } }, 'papers.unfair_liability'],
      [
        { terms: { zh: '特价商品概', en: '' }, words: { zh: '不退换', en: '' } },
        'papers.unfair_rights',
      ],
    ] as const) {
      expect(await refusalOf(change('voucher', value))).toMatchObject({ reason })
    }
    expect(await refusalOf(sign({ headLine: { zh: '本店保留最终解释权', en: '' } }))).toMatchObject(
      { reason: 'papers.unfair_interpretation' },
    )
    expect(await paperOf('voucher')).toEqual(before)
  })

  it('keeps what the law wants on a paper', async () => {
    for (const [place, value, reason] of [
      ['card', { fields: { 'card.repairer': false } }, 'papers.required_card'],
      ['card', { stamp: { on: false, caption: { zh: '', en: '' } } }, 'papers.required_card'],
      ['repair_record', { fields: { 'repair.work': false } }, 'papers.required_repair'],
      ['voucher', { fields: { 'voucher.expiresOn': false } }, 'papers.required_voucher'],
      ['voucher', { fields: { 'card.repairer': false } }, 'papers.unknown_field'],
    ] as const) {
      expect(await refusalOf(change(place, value))).toMatchObject({ reason })
    }
  })

  it('is refused where its paper does not hold it, and the preview says so before', async () => {
    const long = { zh: '本店每日十点开门，晚上十点关门，欢迎光临。'.repeat(19), en: '' }
    const value = { words: long, terms: long }
    const refusal = {
      reason: 'papers.design_too_long',
      params: { format: 'A6', pages: 3, most: 2 },
    }
    expect(await refusalOf(change('card', value))).toMatchObject(refusal)
    const { sign: now } = await designs()
    const card = await paperOf('card')
    const preview = await test.manager.client.papers.previewDesign({
      place: 'card',
      format: 'A6',
      language: 'zh',
      design: { ...card.value, ...value },
      sign: now.value,
    })
    expect(preview.trouble).toMatchObject(refusal)
    expect((await paperOf('card')).version).toBe(card.version)
    expect(await refusalOf(change('repair_stub', { ...value, terms: value.words }))).toMatchObject({
      reason: 'papers.roll_too_long',
    })
  })

  it('holds for the papers of the office too, and what they say of rights stays', async () => {
    await change('day_close', {
      words: { zh: '财务部存档', en: '' },
    })
    const { pdf } = await test.manager.client.papers.preview({
      document: 'day_close',
      businessDate: '2026-11-21',
      format: 'A4',
    })
    const { text } = await readPdf(new Uint8Array(await pdf.arrayBuffer()))
    expect(text).toContain('财务部存档')
    for (const [place, value, reason] of [
      ['settlement_slip', { fields: { 'settlement.rights': false } }, 'papers.required_complaint'],
      [
        'apology_letter',
        { words: { zh: '最终解释权归本店', en: '' } },
        'papers.unfair_interpretation',
      ],
      ['vendor_notice', { fields: { 'vendorNotice.goods': false } }, 'papers.unknown_field'],
    ] as const) {
      expect(await refusalOf(change(place, value))).toMatchObject({ reason })
    }
  })

  it('is changed by a store manager only, and by one at a time', async () => {
    const { value, version } = await paperOf('card')
    const asked = { place: 'card' as const, value, version }
    expect(await refusalOf(test.clerk.client.papers.changeDesign(asked))).toMatchObject({
      reason: 'staff.not_allowed',
    })
    await test.manager.client.papers.changeDesign(asked)
    expect(await refusalOf(test.manager.client.papers.changeDesign(asked))).toMatchObject({
      reason: 'desk.changed_meanwhile',
    })
  })
})

describe('the length of continuous forms', () => {
  it('is the store’s, on the example of a draft and on the next paper', async () => {
    const card = await paperOf('card')
    const { sign: now } = await designs()
    const { pdf, trouble } = await test.manager.client.papers.previewDesign({
      place: 'card',
      format: '241mm',
      language: 'en',
      design: card.value,
      sign: { ...now.value, formLength: 280 },
    })
    expect(trouble).toBeNull()
    const pages = (await readPdf(new Uint8Array(await pdf.arrayBuffer()))).pages
    expect(pages.map(({ height }) => Math.round((height * 25.4) / 72))).toEqual([280])
    await sign({ formLength: 93 })
    const [slip] = (await readPdf(await printSlip('241mm'))).pages
    expect(Math.round(((slip?.height ?? 0) * 25.4) / 72)).toBe(93)
    const length = await test.desk.folder.store.read((r) => findFormLength(r))
    expect(length).toBe(93)
    await sign({ formLength: 140 })
  })
})

describe('the logo', () => {
  const chosen = drawnLogo(400, 160)
  const keep = async (file: { name: string; bytes: Uint8Array }, small = file.bytes) => {
    const { client } = test.manager
    const uploadId = await upload(client, file)
    return client.papers.keepLogo({ uploadId, small: new Blob([new Uint8Array(small)]) })
  }

  it('is known by its bytes, and refused where it is none, with nothing changed', async () => {
    const before = (await designs()).sign
    const text = new TextEncoder()
    for (const [file, reason] of [
      [{ name: 'logo.png', bytes: text.encode('not a picture at all') }, 'papers.logo_wrong_type'],
      [{ name: 'logo.png', bytes: text.encode('<svg onload="x()"/>') }, 'papers.logo_svg'],
      [{ name: 'logo.pdf', bytes: text.encode('%PDF-1.4 …') }, 'papers.logo_wrong_type'],
      [{ name: 'dot.png', bytes: drawnLogo(1, 1) }, 'papers.logo_too_small'],
      [{ name: 'wide.png', bytes: makePng({ width: 20_000, height: 40 }) }, 'papers.logo_too_wide'],
      [{ name: 'half.png', bytes: chosen.subarray(0, 200) }, 'attachments.damaged'],
      [{ name: 'large.png', bytes: new Uint8Array(30 * 1024 * 1024) }, 'attachments.too_large'],
      [
        { name: 'padded.png', bytes: Buffer.concat([chosen, new Uint8Array(9 * 1024 * 1024)]) },
        'papers.logo_too_large',
      ],
      [{ name: 'white.png', bytes: makePng({ width: 200, height: 100 }) }, 'papers.logo_blank'],
    ] as const) {
      expect(await refusalOf(keep(file)), file.name).toMatchObject({ reason })
    }
    const other = keep({ name: 'logo.png', bytes: chosen }, drawnLogo(200, 200))
    expect(await refusalOf(other)).toMatchObject({ reason: 'attachments.damaged' })
    expect((await designs()).sign).toEqual(before)
  })

  it('is kept small beside the attachments, printed, and does without where it is lost', async () => {
    const logo = await keep({ name: 'our sign.png', bytes: chosen })
    expect(logo.colour).toMatchObject({ width: 400, height: 160 })
    expect(logo.shapes).toMatchObject({ width: 320, height: 128 })
    expect(logo.shapes.sha256).not.toBe(logo.dots.sha256)
    const hashes = Object.values(logo).map(({ sha256 }) => sha256)
    const unknown = { ...logo, dots: { ...logo.dots, sha256: '0'.repeat(64) } }
    expect(await refusalOf(sign({ logo: unknown }))).toMatchObject({
      reason: 'attachments.unknown_file',
    })
    expect(countPictures(await printSlip())).toBe(0)
    await sign({ logo, onRolls: 'dots', headLine: { zh: '服务热线 0760-8880 1234', en: '' } })
    const slip = await printSlip()
    expect(countPictures(slip)).toBe(1)
    expect((await readPdf(slip)).text).toContain('服务热线 0760-8880 1234')
    await sign({ onRolls: 'none' })
    expect(countPictures(await printSlip())).toBe(0)
    await sign({ onRolls: 'shapes' })
    await change('refund_slip', { logo: false })
    expect(countPictures(await printSlip())).toBe(0)
    await change('refund_slip', { logo: true })

    const place = (sha256: string) =>
      path.join(test.desk.folder.evidenceDir, sha256.slice(0, 2), sha256)
    for (const sha256 of hashes) expect((await readFile(place(sha256))).length).toBeGreaterThan(60)
    for (const sha256 of hashes) await rm(place(sha256))
    expect(countPictures(await printSlip())).toBe(0)
    expect((await readdir(path.dirname(place(logo.colour.sha256)))).length).toBe(0)
  })
})
