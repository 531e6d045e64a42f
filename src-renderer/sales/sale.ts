import type { InferClientOutputs } from '@orpc/client'

import type { desk } from '../app/client.ts'

export type Sale = InferClientOutputs<typeof desk>['sales']['open']
export type SaleLine = Sale['lines'][number]

/** Units of a line that have not come back. */
export function unitsLeft(line: SaleLine): number {
  return Math.max(0, line.units - line.returned.length)
}

/** There is something of this line to take back. */
export function canComeBack(line: SaleLine): boolean {
  return line.kind === 'goods' && unitsLeft(line) > 0
}

/** The line a scanned barcode, SKU or serial number belongs to; serial numbers first, they are unique. */
export function lineOfCode(sale: Sale, code: string): SaleLine | undefined {
  const wanted = code.toUpperCase()
  const matches = (value: string) => value !== '' && value.toUpperCase() === wanted
  return (
    sale.lines.find((line) => matches(line.serialNo)) ??
    sale.lines.find((line) => matches(line.barcode) || matches(line.sku))
  )
}

/** `2 双`, `0.535 kg`: thousandths written as people say them. */
export function writeQuantity({ qtyMilli, unit }: SaleLine, language: string): string {
  const amount = new Intl.NumberFormat(language, { maximumFractionDigits: 3 }).format(
    qtyMilli / 1000,
  )
  return unit ? `${amount} ${unit}` : amount
}
