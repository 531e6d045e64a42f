import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readPdf } from '../documents/support/read-pdf.ts'
import { managerSignature, openTestDesk, refusalOf, type TestDesk } from '../support/desk.ts'
import { addFolderPrinter } from '../support/folder-printer.ts'
import { keep } from '../support/keep-file.ts'
import { jpeg, makeSignature } from '../support/pictures.ts'
import { addCustomer, addReceipt } from '../support/sold.ts'

let test: TestDesk

beforeEach(async () => {
  test = await openTestDesk()
})
afterEach(() => test.close())

const words = `这块表是假的，卖表的李女士电话 13812345678，\n我要退一赔三。𠮷林来的顾客。`

/** A case with everything: words, a photo, a refund with its slip, an offer, the top's word, and a hold. */
async function openCase() {
  const { client } = test.clerk
  const receipt = await test.write(async (w) =>
    addReceipt(w, {
      receiptNo: 'R-77',
      businessDate: '2026-11-20',
      customerId: await addCustomer(w, { name: '王小明' }),
      lines: [{ name: '手表', paid_amount: 20_000 }],
    }),
  )
  const { id, caseId, number } = await client.complaints.record({
    class: 'counterfeit',
    text: words,
    context: {
      receiptId: receipt.id,
      saleLineId: null,
      cardId: null,
      customerId: null,
      floor: '1F',
      counter: '钟表',
    },
    contact: { name: '王小明', phone: '13700001111' },
    details: { desired: '退一赔三', demand: 'compensation', demandAmount: 60_000 },
    risks: ['lawyer'],
    outcome: {
      kind: 'open',
      ownerId: test.clerk.id,
      promise: { text: '三天内答复', dueAt: '2026-11-24T06:00:00.000Z' },
    },
  })
  const subject = { type: 'complaint' as const, id }
  for (const file of [
    { name: '表背.jpg', bytes: jpeg, role: 'photo' as const },
    { name: '签名.png', bytes: makeSignature(), role: 'signature' as const },
  ]) {
    const { sha256 } = await keep(client, file)
    await client.attachments.attach({ sha256, subject, role: file.role, label: '' })
  }
  await client.approvals.recordOffer({
    kind: 'compensation',
    amount: 5_000,
    what: '先赔 50 元',
    caseId,
    madeBy: { operatorId: test.clerk.id },
  })
  await client.approvals.decideCase({ caseId, text: '退一，不赔三', ...managerSignature })
  const refund = await test.manager.client.refunds.record({
    receiptId: receipt.id,
    caseId,
    reason: 'quality',
    expectedAmount: 20_000,
    lines: [
      {
        saleLineId: receipt.lineIds[0] ?? 0,
        units: 1,
        condition: 'faulty',
        packagingIntact: true,
      },
    ],
  })
  await test.manager.client.evidence.placeHold({
    caseId,
    reason: '已起诉',
    reference: '民初 118 号',
  })
  return { id, caseId, number, refund }
}

async function make(caseId: number, masked: boolean) {
  const { evidence } = test.manager.client
  const { jobId } = await evidence.pack({ caseId, reason: '法院调取', masked })
  const job = await follow(jobId)
  expect(job.reason).toBeNull()
  expect(job.state).toBe('done')
  const { pdf, pages, fileName } = await evidence.packFile({ jobId })
  return { jobId, job, pages, fileName, bytes: new Uint8Array(await pdf.arrayBuffer()) }
}

async function follow(jobId: string) {
  for (;;) {
    const job = await test.manager.client.evidence.packJob({ jobId })
    if (job.state !== 'reading' && job.state !== 'setting') return job
    await sleep(50)
  }
}

async function setUp(place: 'refund_slip' | 'evidence_pack', zh: string) {
  const { papers } = test.manager.client
  const found = (await papers.designs()).papers.find((each) => each.place === place)
  if (!found) throw new Error(`no ${place}`)
  const value = { ...found.value, words: { zh, en: '' } }
  await papers.changeDesign({ place, value, version: found.version })
}

const squeeze = (text: string) => text.replaceAll(/\s/g, '')
const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

describe('an evidence pack', () => {
  it('holds words, timeline, papers, photos, decisions, money and the audit trail, with pages and hashes', async () => {
    const { caseId, number, refund } = await openCase()
    await setUp('refund_slip', '凭单退款，十点开门')
    await setUp('evidence_pack', '本包由总服务台制作')
    const { jobId, job, bytes, pages } = await make(caseId, false)
    const { evidence } = test.manager.client
    expect(await evidence.printPack({ jobId })).toEqual({ printer: null })
    const folder = await addFolderPrinter(test, 'evidence_pack')
    expect(await evidence.printPack({ jobId })).toEqual({ printer: folder.name })
    const [copy] = await folder.papers()
    folder.remove()
    expect(sha(copy as Uint8Array)).toBe(sha(bytes))
    const pdf = await readPdf(bytes)
    const text = squeeze(pdf.pages.map((page) => page.text).join('\n'))
    expect(pdf.pages).toHaveLength(pages)
    // The paper fonts have no four-byte Hanzi: the words stand in the file beside them, byte for byte.
    const printed = words.replace('𠮷', '□')
    expect(text).toContain(sha(new TextEncoder().encode(words)))
    for (const said of [
      printed,
      '退一赔三',
      '先赔 50 元',
      '退一，不赔三',
      '民初 118 号',
      refund.number,
      // The pack and each paper in it look as the store set them up.
      '凭单退款，十点开门',
      '本包由总服务台制作',
    ])
      expect(text).toContain(squeeze(said))
    expect(text).toContain(squeeze(`${job.number ?? ''} ${number}`))
    expect(text).toContain(sha(jpeg))
    const [pack] = await test.clerk.client.evidence.packs({ caseId })
    expect(pack).toMatchObject({ number: job.number, pdfHash: sha(bytes), pages, masked: false })
    const cover = pdf.pages[0]?.text ?? ''
    const pageOfStatement = pdf.pages.findIndex((page) => squeeze(page.text).includes('□林')) + 1
    expect(squeeze(cover)).toContain(squeeze(`顾客原话 ${number}${pageOfStatement}`))
    const { timeline } = await test.clerk.client.cases.file({ caseId })
    expect(timeline.at(-1)).toMatchObject({ kind: 'evidence_packed', data: { number: job.number } })
    const kept = process.env['KEEP_PACK']
    if (kept) writeFileSync(kept, bytes)
  })

  it('takes other people out of free text where it is asked to', async () => {
    const { caseId } = await openCase()
    const { bytes } = await make(caseId, true)
    const pdf = await readPdf(bytes)
    const text = squeeze(pdf.pages.map((page) => page.text).join('\n'))
    expect(text).not.toContain('13812345678')
    expect(text).not.toContain('李女士')
    expect(text).toContain('我要退一赔三')
  })

  it('is known again by its bytes, with all it names; another document, or a changed photo, is told', async () => {
    const { caseId } = await openCase()
    const { bytes, job } = await make(caseId, false)
    const { evidence } = test.manager.client
    expect(await evidence.verifyPack({ sha256: sha(bytes) })).toMatchObject({
      ok: true,
      number: job.number,
      partsOk: true,
      auditOk: true,
      lost: [],
      files: 2,
    })
    const other = evidence.verifyPack({ sha256: sha(new Uint8Array([1])) })
    expect(await refusalOf(other)).toMatchObject({ reason: 'evidence.unknown_pack' })
    const photo = sha(jpeg)
    const place = path.join(test.desk.folder.evidenceDir, photo.slice(0, 2), photo)
    const before = readFileSync(place)
    writeFileSync(place, Buffer.concat([before, Buffer.from('x')]))
    expect(await evidence.verifyPack({ sha256: sha(bytes) })).toMatchObject({
      ok: false,
      lost: [photo],
    })
    const { jobId } = await evidence.pack({ caseId, reason: '再做一份', masked: false })
    expect(await follow(jobId)).toMatchObject({ state: 'failed', reason: 'evidence.file_lost' })
    writeFileSync(place, before)
    const rewrite = test.write((w) => w.updateTable('evidence_pack').set({ pages: 1 }).execute())
    await expect(rewrite).rejects.toThrow('cases.under_hold')
  })

  it('is stopped at any time; nothing is handed out, and that it was stopped is on record', async () => {
    const { caseId } = await openCase()
    const { evidence } = test.manager.client
    const { jobId } = await evidence.pack({ caseId, reason: '点错了', masked: false })
    await evidence.cancelPack({ jobId })
    expect(await follow(jobId)).toMatchObject({ state: 'cancelled', number: null })
    expect(await refusalOf(evidence.packFile({ jobId }))).toMatchObject({
      reason: 'evidence.not_ready',
    })
    expect(await evidence.packs({ caseId })).toEqual([])
    const asClerk = test.clerk.client.evidence.pack({ caseId, reason: '法院', masked: false })
    expect(await refusalOf(asClerk)).toMatchObject({ reason: 'staff.not_allowed' })
  })
})
