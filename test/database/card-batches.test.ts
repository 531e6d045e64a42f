import { rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readPdf } from '../documents/support/read-pdf.ts'
import { openTestDesk, refusalOf, type TestDesk } from '../support/desk.ts'
import { addFolderPrinter } from '../support/folder-printer.ts'
import { openHouse } from '../support/open-house.ts'
import { addReceipt } from '../support/sold.ts'

const deaths = path.join(os.tmpdir(), `goodwill-deaths-${process.pid}`)
let test: TestDesk

beforeAll(async () => {
  const pdfWorker = new URL('../documents/support/dying-worker.ts', import.meta.url)
  test = await openTestDesk({ pdfWorker })
  await test.write(openHouse)
})
afterAll(async () => {
  await test.close()
  rmSync(deaths, { force: true })
})
beforeEach(() => writeFileSync(deaths, '0'))

/** A worker loads ten megabytes of fonts: milliseconds for three of them on a busy machine. */
const SEVERAL_WORKERS = 90_000

let days = 0

/** A day of sales with a card for each of so many kettles. */
async function dayOfCards(count: number): Promise<{ soldOn: string; cardIds: number[] }> {
  days += 1
  const soldOn = `2026-11-${String(days).padStart(2, '0')}`
  const { id: receiptId, lineIds } = await test.write((w) =>
    addReceipt(w, {
      receiptNo: `BATCH-${days}`,
      businessDate: soldOn,
      lines: Array.from({ length: count }, (_, index) => ({
        name: `电水壶 ${index + 1}`,
        paid_amount: 9_900,
      })),
    }),
  )
  const cardIds: number[] = []
  for (const saleLineId of lineIds) {
    const { id } = await test.clerk.client.cards.issue({
      receiptId,
      consumer: { name: '', phone: '', address: '', postcode: '' },
      paperLanguage: 'zh',
      units: [kettle(saleLineId)],
    })
    cardIds.push(id)
  }
  return { soldOn, cardIds }
}

function kettle(saleLineId: number) {
  return {
    saleLineId,
    unitNo: 1,
    brand: '',
    model: '',
    name: '电水壶',
    serialNo: '',
    batchNo: '',
    origin: '',
    installedOn: null,
    unitMonths: 12,
    partMonths: null,
    mainParts: '',
    provider: 'store' as const,
    providerName: '',
    providerPhone: '',
    scope: '',
    costBearer: 'store' as const,
  }
}

async function ended(batchId: number) {
  const { client } = test.clerk
  for (;;) {
    const batch = (await client.cardBatches.list()).find(({ id }) => id === batchId)
    if (!batch) throw new Error('no such batch')
    if (batch.state !== 'running') return batch
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

async function printsOf(cardIds: readonly number[]): Promise<number[]> {
  const cards = cardIds.map((cardId) => test.clerk.client.cards.open({ cardId }))
  return (await Promise.all(cards)).map(({ prints }) => prints)
}

async function textOf(batchId: number) {
  const { pdf, pages } = await test.clerk.client.cardBatches.file({ batchId })
  const read = await readPdf(new Uint8Array(await pdf.arrayBuffer()))
  expect(pages).toBe(read.pages.length)
  return read
}

describe('a batch of cards', () => {
  it('prints every card of a day once, in one file, as originals', async () => {
    const { client } = test.clerk
    const { soldOn, cardIds } = await dayOfCards(10)
    expect(await client.cardBatches.ofDay({ soldOn })).toEqual({ all: 10, unprinted: 10 })
    const cards = { soldOn, isUnprinted: true }
    const { batchId, total } = await client.cardBatches.start({ cards, format: 'A6' })
    expect(total).toBe(10)
    const batch = await ended(batchId)
    expect(batch).toMatchObject({ state: 'done', done: 10, left: [], hasFile: true })
    const { pages, text } = await textOf(batchId)
    expect(pages).toHaveLength(20)
    for (const number of batch.printed) expect(text).toContain(number)
    expect(text).not.toContain('COPY')
    expect(await printsOf(cardIds)).toEqual(cardIds.map(() => 1))
    expect(await client.cardBatches.ofDay({ soldOn })).toEqual({ all: 10, unprinted: 0 })
    const again = client.cardBatches.start({ cards, format: 'A6' })
    expect(await refusalOf(again)).toMatchObject({ reason: 'papers.batch_empty' })
  })

  it('puts four cards on an A4 sheet, fronts before backs, each page whole', async () => {
    const { client } = test.clerk
    const { cardIds } = await dayOfCards(5)
    const { batchId } = await client.cardBatches.start({
      cards: { cardIds: [...cardIds, ...cardIds] },
      format: 'A4',
      language: 'en',
    })
    expect(await ended(batchId)).toMatchObject({ state: 'done', total: 5 })
    const { pages } = await textOf(batchId)
    expect(pages).toHaveLength(4)
    const counts = pages.map(({ text }) => [
      text.split('Page 1 of 2').length - 1,
      text.split('Page 2 of 2').length - 1,
    ])
    expect(counts).toEqual([
      [4, 0],
      [0, 4],
      [1, 0],
      [0, 1],
    ])
  })

  it('goes the way of its paper as one job, once', async () => {
    const { client } = test.clerk
    const { cardIds } = await dayOfCards(5)
    const { batchId } = await client.cardBatches.start({ cards: { cardIds }, format: 'A4' })
    await ended(batchId)
    expect(await client.cardBatches.print({ batchId })).toEqual({ printer: null })
    const folder = await addFolderPrinter(test, 'card', { offsetX: 10, offsetY: -5 })
    const { name: printer } = folder
    expect(await client.cardBatches.print({ batchId })).toEqual({ printer })
    expect(await ended(batchId)).toMatchObject({ sentTo: printer })
    const again = client.cardBatches.print({ batchId })
    expect(await refusalOf(again)).toMatchObject({
      reason: 'papers.batch_sent',
      params: { printer },
    })
    const [saved] = await folder.papers()
    folder.remove()
    expect((await readPdf(saved as Uint8Array)).pages).toHaveLength(4)
    const { jobs, total } = await client.printers.jobs({ view: 'all' })
    expect([total, jobs[0]?.document, jobs[0]?.pages]).toEqual([1, 'card_batch', 4])
    expect(await printsOf(cardIds)).toEqual(cardIds.map(() => 1))
  })

  it('that is stopped hands over what it counted, and says what is left', async () => {
    const { client } = test.clerk
    const { cardIds } = await dayOfCards(60)
    const { batchId } = await client.cardBatches.start({ cards: { cardIds }, format: 'A6' })
    const meanwhile = client.cardBatches.start({ cards: { cardIds }, format: 'A6' })
    expect(await refusalOf(meanwhile)).toMatchObject({ reason: 'papers.batch_running' })
    await client.cardBatches.cancel({ batchId })
    const batch = await ended(batchId)
    expect(batch.state).toBe('cancelled')
    expect(batch.printed.length + batch.left.length).toBe(60)
    const prints = await printsOf(cardIds)
    expect(prints).toEqual(cardIds.map((_, index) => (index < batch.printed.length ? 1 : 0)))
    if (batch.hasFile) expect((await textOf(batchId)).pages).toHaveLength(2 * batch.printed.length)
    else expect(batch.printed).toEqual([])
    expect(await refusalOf(client.cardBatches.resume({ batchId }))).toMatchObject({
      reason: 'papers.batch_over',
    })
  })

  it('survives the death of its worker and counts nothing twice', async () => {
    writeFileSync(deaths, '1')
    const { cardIds } = await dayOfCards(14)
    const { client } = test.clerk
    const { batchId } = await client.cardBatches.start({ cards: { cardIds }, format: 'A6' })
    expect(await ended(batchId)).toMatchObject({ state: 'done', done: 14 })
    expect(await printsOf(cardIds)).toEqual(cardIds.map(() => 1))
    expect((await textOf(batchId)).text).not.toContain('COPY')
  })

  it(
    'whose worker keeps dying fails, and goes on later with the numbers it gave',
    async () => {
      writeFileSync(deaths, '2')
      const { cardIds } = await dayOfCards(14)
      const { client } = test.clerk
      const { batchId } = await client.cardBatches.start({ cards: { cardIds }, format: 'A6' })
      const failed = await ended(batchId)
      expect(failed).toMatchObject({ state: 'failed', hasFile: false })
      expect(failed.printed).toHaveLength(12)
      expect(await refusalOf(client.cardBatches.file({ batchId }))).toMatchObject({
        reason: 'papers.batch_no_file',
      })
      await client.cardBatches.resume({ batchId })
      expect(await ended(batchId)).toMatchObject({ state: 'done', done: 14, left: [] })
      expect(await printsOf(cardIds)).toEqual(cardIds.map(() => 1))
      const { pages, text } = await textOf(batchId)
      expect(pages).toHaveLength(28)
      expect(text).not.toContain('COPY')
    },
    SEVERAL_WORKERS,
  )
})
