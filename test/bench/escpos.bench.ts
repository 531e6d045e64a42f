/** Slips as bytes for a receipt printer: in its own letters beside the same slip as dots, both through the worker. */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { type EscposOptions, readEscposOptions } from '../../src-main/printers/escpos/options.ts'
import { SlipEncoder } from '../../src-main/printers/escpos/slip-encoder.ts'
import type { SlipContent } from '../../src-main/printing/slip.ts'
import { manyRefundLines, refund } from '../documents/support/example-facts.ts'
import { renderExample } from '../documents/support/render-example.ts'
import { type Bench, type Figure, figure, quantile } from './figure.ts'

/** One slip, where the roll is. */
const once = { copies: 1, offset: { right: 0, down: 0 } }

const ROUNDS = 40

async function run(): Promise<Figure[]> {
  const usual = (await renderExample('refund', refund)).slip as SlipContent
  const long = (await renderExample('refund', manyRefundLines(40))).slip as SlipContent
  const encoder = new SlipEncoder()
  try {
    const first = await timed(encoder, usual, readEscposOptions({ mode: 'dots' }))
    const delay = monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    const figures = [
      ...(await compare('refund slip', usual, encoder)),
      ...(await compare('refund slip of 40 lines', long, encoder)),
    ]
    delay.disable()
    return [
      ...figures,
      figure('first slip as dots, with the start of the worker', first, 'ms', {
        name: 'two seconds to the slip',
        value: 2_000,
      }),
      figure(
        'main thread stall meanwhile',
        delay.max / 1e6,
        'ms',
        { name: 'longest stall allowed', value: 25 },
        'at most 1×',
      ),
      figure('what a job keeps of a slip', JSON.stringify(usual).length / 1024, 'kB', {
        name: 'its PDF',
        value: (await renderExample('refund', refund)).pdf.length / 1024,
      }),
    ]
  } finally {
    await encoder.close()
  }
}

/** Medians of warm runs, taken in turns so that both see the same machine; bytes beside each other too. */
async function compare(name: string, slip: SlipContent, encoder: SlipEncoder): Promise<Figure[]> {
  const [text, dots] = [readEscposOptions({}), readEscposOptions({ mode: 'dots' })]
  const times: Record<'text' | 'dots', number[]> = { text: [], dots: [] }
  for (let round = -3; round < ROUNDS; round++) {
    const [own, other] = [await timed(encoder, slip, text), await timed(encoder, slip, dots)]
    if (round < 0) continue
    times.text.push(own)
    times.dots.push(other)
  }
  const size = async (options: EscposOptions): Promise<number> =>
    (await encoder.encode(slip, options, once)).bytes.length / 1024
  return [
    figure(`${name} in letters, median`, quantile(times.text, 0.5), 'ms', {
      name: 'the same as dots',
      value: quantile(times.dots, 0.5),
    }),
    figure(`${name} in letters, bytes`, await size(text), 'kB', {
      name: 'the same as dots',
      value: await size(dots),
    }),
  ]
}

async function timed(
  encoder: SlipEncoder,
  slip: SlipContent,
  options: EscposOptions,
): Promise<number> {
  const start = performance.now()
  await encoder.encode(slip, options, once)
  return performance.now() - start
}

export default { name: 'escpos', run } satisfies Bench
