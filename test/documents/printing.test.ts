import { afterEach, describe, expect, it } from 'vitest'
import {
  createPrinting,
  PaperRenderCrash,
  type PrintingOptions,
  type Printing,
} from '../../src-main/papers/printing.ts'
import { card, dayReport, refund } from './support/example-facts.ts'
import { readPdf } from './support/read-pdf.ts'
import { renderExample } from './support/render-example.ts'

let printing: Printing | null = null

function open(options: PrintingOptions = {}): Printing {
  printing = createPrinting(options)
  return printing
}

afterEach(async () => {
  await printing?.close()
  printing = null
})

const cardJob = { template: 'card', facts: card, language: 'zh' } as const

describe('printing', () => {
  it('renders papers in the worker as in this process, in the order given', async () => {
    const desk = open()
    const order: string[] = []
    const [cardPdf, slip, report] = await Promise.all([
      desk.renderPdf(cardJob).finally(() => order.push('card')),
      desk
        .renderPdf({ template: 'refund', facts: refund, language: 'en' })
        .finally(() => order.push('refund')),
      desk
        .renderPaper({ template: 'day_report', facts: dayReport(3), language: 'zh' })
        .finally(() => order.push('report')),
    ])
    expect(order).toEqual(['card', 'refund', 'report'])
    expect(Buffer.compare(cardPdf, (await renderExample('card', card, 'zh')).pdf)).toBe(0)
    expect((await readPdf(slip)).text).toContain('Refund slip')
    expect(report.pages).toBe(1)
  })

  it('rejects only the job the worker died on, and goes on with a new worker', async () => {
    const desk = open({ workerUrl: new URL('./support/crashing-worker.ts', import.meta.url) })
    const before = desk.renderPdf(cardJob)
    const crash = desk.renderPdf({ ...cardJob, facts: { ...card, number: 'CRASH' } })
    const after = desk.renderPdf(cardJob)
    await expect(crash).rejects.toBeInstanceOf(PaperRenderCrash)
    expect(Buffer.compare(await before, await after)).toBe(0)
  })

  it('rejects facts that cannot be set, and keeps the worker', async () => {
    const desk = open()
    const broken = { ...card, lines: [{ ...card.lines[0], paid: 0.5 }] } as typeof card
    await expect(desk.renderPdf({ ...cardJob, facts: broken })).rejects.toThrow('minor units')
    const notPlain = { ...card, copy: (() => 1) as unknown as number }
    await expect(desk.renderPdf({ ...cardJob, facts: notPlain })).rejects.toThrow('cloned')
    expect((await desk.renderPdf(cardJob)).length).toBeGreaterThan(1000)
  })

  it('notes which characters no font has', async () => {
    const noted: object[] = []
    const desk = open({ log: { warn: (details) => noted.push(details) } })
    const consumer = { name: '王👍', address: null, postcode: null, phone: null }
    await desk.renderPdf({ ...cardJob, facts: { ...card, consumer } })
    expect(noted).toEqual([{ paper: 'card', glyphs: ['U+1F44D'] }])
  })

  it('rejects what is left when it is closed, and everything after', async () => {
    const desk = open()
    const left = desk.renderPdf(cardJob)
    await Promise.all([expect(left).rejects.toThrow('closed'), desk.close()])
    await expect(desk.renderPdf(cardJob)).rejects.toThrow('closed')
  })

  it('says so when its fonts are not there', async () => {
    const desk = open({ fontsDir: '/nowhere' })
    await expect(desk.renderPdf(cardJob)).rejects.toThrow('NotoSansSC_')
  })
})
