/** Papers as PDF beside Chromium's printToPDF of a page with the same content, paper and fonts. */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Page } from 'playwright-core'
import en from '../../resources/locales/en/documents.json' with { type: 'json' }
import zh from '../../resources/locales/zh-CN/documents.json' with { type: 'json' }
import {
  composePaperOf,
  type PaperFacts,
  type PaperTemplate,
} from '../../src-main/papers/templates.ts'
import type { Block, Content } from '../../src-main/printing/content.ts'
import { createPrinting, type PaperJob, type Printing } from '../../src-main/papers/printing.ts'
import { makeLabels } from '../../src-main/printing/labels.ts'
import type { PaperDefinition } from '../../src-main/printing/layout.ts'
import { loadCharts } from '../../src-main/foundation/chart/loaded.ts'
import { estimateWidth } from '../../src-main/foundation/chart/fit-text.ts'
import { card, dayReport } from '../documents/support/example-facts.ts'
import { reportOf } from '../documents/support/report-facts.ts'
import { launchBrowser } from '../support/chromium.ts'
import { type Bench, type Figure, figure, quantile } from './figure.ts'

const CARDS = 40
const REPORTS = 8

async function run(): Promise<Figure[]> {
  const printing = createPrinting()
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage()
    const cardJob = { template: 'card', facts: card, language: 'zh' } as const
    const reportJob = { template: 'day_report', facts: dayReport(500), language: 'zh' } as const
    const facts = reportOf({ rows: 500, chart: 'bar' })
    const figuresJob = { template: 'report', facts, language: 'zh' } as const
    const cold = await timed(() => printing.renderPdf(cardJob))
    return [
      ...(await compare('card A6', cardJob, CARDS, printing, page, 'at most 0.15×')),
      ...(await compare(
        'day report, 500 rows',
        reportJob,
        REPORTS,
        printing,
        page,
        'at most 0.5×',
      )),
      ...(await compare(
        'report with its chart, 500 rows',
        figuresJob,
        REPORTS,
        printing,
        page,
        'at most 0.5×',
      )),
      figure('first card after start', cold, 'ms', {
        name: 'two seconds to the slip',
        value: 2000,
      }),
      await measureStalls(printing, reportJob),
      ...(await measureBatch(printing)),
      await measureMemory(),
    ]
  } finally {
    await browser.close()
    await printing.close()
  }
}

/** Medians of warm runs, taken in turns so that both see the same machine. */
async function compare(
  name: string,
  job: PaperJob,
  rounds: number,
  printing: Printing,
  page: Page,
  target?: string,
): Promise<Figure[]> {
  await loadCharts()
  const definition = definitionOf(job.template, job.facts)
  await page.setContent(htmlOf(definition), { waitUntil: 'load' })
  await page.evaluate('document.fonts.ready')
  const ours: number[] = []
  const theirs: number[] = []
  for (let round = -3; round < rounds; round++) {
    const own = await timed(() => printing.renderPdf(job))
    const other = await timed(() => page.pdf({ preferCSSPageSize: true, printBackground: true }))
    // The first rounds warm both up.
    if (round < 0) continue
    ours.push(own)
    theirs.push(other)
  }
  const baseline = { name: 'Chromium printToPDF, page loaded', value: quantile(theirs, 0.5) }
  return [figure(`${name}, median`, quantile(ours, 0.5), 'ms', baseline, target)]
}

/** The longest time the main thread did not answer while the worker set reports. */
async function measureStalls(printing: Printing, job: PaperJob): Promise<Figure> {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  for (let round = 0; round < 3; round++) await printing.renderPdf(job)
  delay.disable()
  const baseline = { name: 'longest stall allowed', value: 25 }
  return figure('main thread stall while printing', delay.max / 1e6, 'ms', baseline, 'at most 1×')
}

const BATCH = 200
const SLICE = 4

/** Cards of a batch into one PDF of A4 sheets, slice by slice as the desk does it, and how long it held this thread. */
async function measureBatch(printing: Printing): Promise<Figure[]> {
  const jobs = Array.from({ length: BATCH }, (_, index) => ({
    ...({ template: 'card', language: 'zh' } as const),
    facts: { ...card, paper: 'A4' as const, copy: index % 3 },
  }))
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const stack = printing.openStack()
  const time = await timed(async () => {
    for (let from = 0; from < BATCH; from += SLICE) await stack.add(jobs.slice(from, from + SLICE))
    await stack.finish()
  })
  delay.disable()
  await stack.close()
  return [
    figure(`batch of ${BATCH} cards on A4`, time, 'ms', { name: 'ten seconds', value: 10_000 }),
    figure(
      'main thread stall while a batch is set',
      delay.max / 1e6,
      'ms',
      { name: 'longest stall allowed', value: 25 },
      'at most 1×',
    ),
  ]
}

/** What the process grows by over a thousand papers, cards and reports mixed, beside what it grew by over the first hundred. */
async function measureMemory(): Promise<Figure> {
  const printing = createPrinting()
  const one = async (index: number) => {
    const isReport = index % 10 === 0
    await printing.renderPdf(
      isReport
        ? { template: 'day_report', facts: dayReport(20), language: 'zh' }
        : { template: 'card', facts: card, language: 'zh' },
    )
  }
  const megabytes = () => process.memoryUsage.rss() / 1024 / 1024
  const empty = megabytes()
  for (let index = 0; index < 100; index++) await one(index)
  const warm = megabytes()
  let most = warm
  for (let index = 100; index < 1_000; index++) {
    await one(index)
    most = Math.max(most, megabytes())
  }
  await printing.close()
  return figure('memory of the PDF worker, 1,000 papers, most', most - empty, 'MB', {
    name: 'after the first 100',
    value: warm - empty,
  })
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

function definitionOf(template: PaperTemplate, facts: PaperFacts[PaperTemplate]): PaperDefinition {
  return composePaperOf[template](facts as never, makeLabels({ zh, en }, 'zh'))
}

/** The same blocks as a page of HTML: texts, tables with repeated heads, bar codes as SVG. */
function htmlOf(definition: PaperDefinition): string {
  const { width, height, margins } = definition.page
  const footer = definition.footer?.(1, 2)
  const style = `
    @page { size: ${width}pt ${height}pt;
      margin: ${margins.top}pt ${margins.right}pt ${margins.bottom}pt ${margins.left}pt; }
    body { margin: 0; font: 7.5pt 'Noto Sans SC', 'Noto Sans CJK SC', sans-serif; line-height: 1.34; }
    table { border-collapse: collapse; width: 100%; } tr { break-inside: avoid; }
    td { border: 0.4pt solid #8d939a; padding: 1.2pt 3pt; vertical-align: top; }
    .columns { display: flex; } .columns > * { flex: 1; } .break { break-before: page; }`
  const body = definition.content.map(blockOf).join('\n')
  return `<!doctype html><html lang="zh-CN"><title>${definition.title}</title><style>${style}</style>
    ${body}${footer ? blockOf(footer) : ''}</html>`
}

function blockOf(content: Content): string {
  if (typeof content === 'string') return `<span>${escapeHtml(content)}</span>`
  const look = [
    content.bold ? 'font-weight:700' : '',
    content.fontSize ? `font-size:${content.fontSize}pt` : '',
    content.alignment ? `text-align:${content.alignment}` : '',
  ].join(';')
  const tag = content.pageBreak ? 'class="break"' : ''
  return `<div ${tag} style="${look}">${insideOf(content)}</div>`
}

function insideOf(block: Block): string {
  if (block.stack) return block.stack.map(blockOf).join('')
  if (block.columns) return `<div class="columns">${block.columns.map(blockOf).join('')}</div>`
  if (block.table) return tableOf(block.table)
  if (block.canvas) return block.canvas.map(svgOf).join('')
  if (Array.isArray(block.text)) return block.text.map((part) => spanOf(part)).join('')
  return escapeHtml(block.text ?? '')
}

function spanOf(content: Content): string {
  return typeof content === 'string'
    ? escapeHtml(content)
    : `<span style="${content.bold ? 'font-weight:700' : ''}">${insideOf(content)}</span>`
}

function tableOf({ body, headerRows = 0 }: NonNullable<Block['table']>): string {
  const rows = body.map(
    (cells) =>
      `<tr>${cells
        .filter((cell) => cell !== '')
        .map((cell) => {
          const span = typeof cell === 'string' ? 1 : (cell.colSpan ?? 1)
          return `<td colspan="${span}">${blockOf(cell)}</td>`
        })
        .join('')}</tr>`,
  )
  const head = rows.slice(0, headerRows).join('')
  return `<table><thead>${head}</thead><tbody>${rows.slice(headerRows).join('')}</tbody></table>`
}

function svgOf(shape: NonNullable<Block['canvas']>[number]): string {
  if (shape.draw) return shape.draw(estimateWidth)
  const path = (shape.cells ?? []).map(([x, y, w, h]) => `M${x} ${y}h${w}v${h}h${-w}z`).join('')
  return `<svg width="${shape.w}pt" height="${shape.h}pt" viewBox="0 0 ${shape.w} ${shape.h}"><path d="${path}"/></svg>`
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\n', '<br>')
}

export default { name: 'papers', run } satisfies Bench
