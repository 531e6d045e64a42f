/**
 * The code-page check: one slip with the same words in every way a receipt printer may understand. The operator says
 * which lines can be read, and that is what the printer is set to.
 */
import { inflateRawSync } from 'node:zlib'
import { barcodeCommand, qrCommand } from './codes.ts'
import { dotsBytes, endOf, textBytes } from './encode.ts'
import type { EscposOptions } from './options.ts'
import { letterDots } from './roll.ts'
import { sampleDots } from './sample-dots.ts'

const ESC = 0x1b
const FS = 0x1c

/** Hanzi of everyday, the yen sign, and Latin letters with accents: what a slip has. */
const SAMPLE = '退货单 中文 ￥12.50 é·×'
/** Hanzi that are in names and have four bytes each. */
const RARE = '㙓㛃㐂 中文'

/** The bytes of the check for a roll of this format, `80mm` or `58mm`. */
export function encodeCodePageCheck(options: EscposOptions, format = '80mm'): Uint8Array {
  const usual = format === '58mm' ? 384 : 576
  const dots = options.dots === 'usual' ? usual : Number(options.dots)
  const ruler = Array.from({ length: Math.floor(dots / letterDots.width) }, (_, at) =>
    String((at + 1) % 10),
  ).join('')
  const line = (text: string, hanzi: EscposOptions['hanzi']): Uint8Array =>
    textBytes(text, { hanzi })
  const bitmap = inflateRawSync(Buffer.from(sampleDots.packed, 'base64'))
  return new Uint8Array(
    Buffer.concat([
      Uint8Array.of(ESC, 0x40),
      line(ruler, 'gbk'),
      Uint8Array.of(LF, LF, FS, 0x26),
      line(`1  ${SAMPLE}`, 'gbk'),
      Uint8Array.of(LF, LF),
      line(`2  ${RARE}`, 'gb18030'),
      Uint8Array.of(LF, LF, FS, 0x2e),
      dotsBytes({ ...sampleDots, rows: new Uint8Array(bitmap) }),
      Uint8Array.of(LF),
      line('4  Code 128', 'gbk'),
      Uint8Array.of(LF, ...barcodeCommand('GWD1234567', 2, 60), LF),
      line('5  QR', 'gbk'),
      Uint8Array.of(LF, ...qrCommand('GWD|1234567', 5), LF),
      endOf({ ...options, drawer: 'off' }, false),
    ]),
  )
}

const LF = 0x0a
