/** A store's sign and design on example papers: logo, head line, terms, a stamp box, and fields that are left out. */
import { createHash } from 'node:crypto'
import { readPoints } from '../../../src-main/attachments/index.ts'
import { drawLogo } from '../../../src-main/papers/logo-pictures.ts'
import type { PaperFrame } from '../../../src-main/printing/layout.ts'
import type { BroughtFile } from '../../../src-main/printing/render-paper.ts'
import { makePng } from '../../support/pictures.ts'
import { frame } from './example-facts.ts'

/** A crane's wing over a round sun, in one ink. */
const drawn = makePng({
  width: 360,
  height: 180,
  isInk: (x, y) => {
    const sun = (x - 90) ** 2 + (y - 90) ** 2
    const wing = y > 60 + (x - 150) ** 2 / 420 && y < 88 + (x - 150) ** 2 / 620
    return (sun < 5_200 && sun > 3_400) || (x > 150 && wing)
  },
})

const pictures = drawLogo(readPoints(drawn, { width: 600, height: 300 }))
if (!pictures) throw new Error('an empty logo')
const { colour, dots } = pictures

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** What papers of this store bring along, by hash. */
export const logoFiles: ReadonlyMap<string, BroughtFile> = new Map(
  [colour, dots].map(({ bytes }) => [
    hashOf(bytes),
    { name: 'logo.png', mediaType: 'image/png', bytes },
  ]),
)

/** The frame of a store that set its papers up. */
export function designed(onRoll: boolean): PaperFrame {
  const { bytes, width, height } = onRoll ? dots : colour
  return {
    ...frame,
    store: {
      ...frame.store,
      logo: { sha256: hashOf(bytes), width, height },
      headLine: { zh: '服务热线 0760-8880 1234', en: 'Service line 0760-8880 1234' },
    },
    words: {
      zh: '营业时间 10:00–22:00，地铁二号线 B 口。',
      en: 'Open 10 to 10, metro line 2, exit B.',
    },
    design: {
      hidden: ['refund.customer', 'refund.packaging', 'card.clerk', 'card.till'],
      said: { 'common.stampHere': { zh: '退货专用章', en: 'Refund stamp' } },
      terms: { zh: '羽绒制品请阴干，勿暴晒。', en: 'Dry down in the shade.' },
      stamp: true,
      roll: onRoll,
    },
  }
}
