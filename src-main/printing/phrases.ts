/** Instants, quantities and lists of parts as papers write them. */
import { localTime } from '../foundation/business-date.ts'

/** An instant as the store's clock shows it: `2026-11-21 18:05`. */
export function formatInstant(instant: string, timeZone: string): string {
  return localTime(new Date(instant), timeZone).replace('T', ' ').slice(0, 16)
}

/** Thousandths as a decimal without trailing zeros: 1000 → 1, 535 → 0.535. */
export function formatQuantity(qtyMilli: number, unit?: string | null): string {
  const digits = String(Math.abs(qtyMilli)).padStart(4, '0')
  const fraction = digits.slice(-3).replace(/0+$/, '')
  const number = `${qtyMilli < 0 ? '-' : ''}${digits.slice(0, -3)}${fraction && `.${fraction}`}`
  return unit ? `${number} ${unit}` : number
}

/** Joins what is known of a list of parts; null when nothing is. */
export function joinKnown(parts: (string | null | undefined)[], separator: string): string | null {
  const known = parts.filter((part) => part !== null && part !== undefined && part.trim() !== '')
  return known.length > 0 ? known.join(separator) : null
}
