/** How figures of reports are written: the same on the screen and on paper. */
import { formatMoney } from './money.ts'
import { percentOf, type Share } from './share.ts'

/** As `reports/figures/contract.ts` has it. */
export type FigureKind = 'text' | 'count' | 'money' | 'share' | 'minutes' | 'days' | 'date'

/** Null: nothing is known, which is not nought. */
export type Figure = null | number | string | Share

export interface FigureText {
  text: string
  /** What a percentage is of: `18/24`. */
  note: string | null
}

const NOTHING = '–'

/** A figure in digits; a percentage carries what it is of, and stands only where enough is behind it. */
export function writeFigure(value: Figure, kind: FigureKind, currency: string): FigureText {
  if (value === null) return { text: NOTHING, note: null }
  if (typeof value === 'object') return writeShare(value)
  if (typeof value === 'string') return { text: value, note: null }
  if (kind === 'money') return { text: formatMoney(value, currency), note: null }
  return { text: groupDigits(value), note: null }
}

function writeShare(share: Share): FigureText {
  if (share.of === 0) return { text: NOTHING, note: null }
  const percent = percentOf(share)
  const parts = `${groupDigits(share.count)}/${groupDigits(share.of)}`
  return percent === null ? { text: parts, note: null } : { text: `${percent}%`, note: parts }
}

/** `-12345` → `-12,345`. */
export function groupDigits(value: number): string {
  const digits = String(Math.abs(value)).replaceAll(/\B(?=(\d{3})+$)/g, ',')
  return value < 0 ? `-${digits}` : digits
}

/** What became of a figure: `+12 (+8%)`; of a share the percentage points. Null where nothing can be said. */
export function writeChange(
  change: { by: number | null; percent: number | null } | undefined,
  kind: FigureKind,
  currency: string,
  points: string,
): string | null {
  if (!change || change.by === null) return null
  const { by, percent } = change
  if (by === 0) return '±0'
  const sign = by > 0 ? '+' : ''
  if (kind === 'share') return `${sign}${groupDigits(by)} ${points}`
  const amount = kind === 'money' ? formatMoney(by, currency) : groupDigits(by)
  if (percent === null) return `${sign}${amount}`
  return `${sign}${amount} (${percent > 0 ? '+' : ''}${groupDigits(percent)}%)`
}
