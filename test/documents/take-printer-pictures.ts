/**
 * Draws what a receipt printer makes of slips, `docs/papers/escpos-*.png`, from the bytes it is sent. For looking at, as
 * the pictures of `take-pictures.ts` are.
 */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { encodeSlip } from '../../src-main/printers/escpos/encode.ts'
import { readEscposOptions } from '../../src-main/printers/escpos/options.ts'
import type { RenderedPaper } from '../../src-main/printing/render-paper.ts'
import { decodeEscpos } from '../support/escpos-decoder.ts'
import { pictureOf } from '../support/escpos-picture.ts'
import { ROOT } from '../support/run-command.ts'
import { handover, refund, voucher } from './support/example-facts.ts'
import { renderExample } from './support/render-example.ts'
import { repair } from './support/repair-facts.ts'

async function print(name: string, paper: Promise<RenderedPaper>, width: number): Promise<void> {
  const { slip } = await paper
  if (!slip) throw new Error(`${name} is no slip`)
  const [printed] = decodeEscpos(encodeSlip(slip, readEscposOptions({})).bytes).slips
  if (!printed) throw new Error(`${name} did not come out`)
  const target = path.join(ROOT, 'docs', 'papers', `escpos-${name}.png`)
  writeFileSync(target, pictureOf(printed, width))
}

await print('refund-80mm', renderExample('refund', refund), 576)
await print('voucher-80mm-bilingual', renderExample('voucher', voucher, 'bilingual'), 576)
await print('handover-80mm-dots', renderExample('handover', { ...handover, paper: '80mm' }), 576)
await print(
  'repair-stub-58mm-bilingual',
  renderExample('repair_stub', { ...repair, paper: '58mm' }, 'bilingual'),
  384,
)
