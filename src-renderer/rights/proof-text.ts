import { formatMoney } from '../../src-main/foundation/money.ts'

/** What a proof says, in one line: amounts as money, the rest as it was typed. */
export function formatProofValue(
  detail: Readonly<Record<string, string | number>>,
  currency: string,
  language: string,
): string {
  return Object.values(detail)
    .map((value) => (typeof value === 'number' ? formatMoney(value, currency, language) : value))
    .filter((value) => value !== '')
    .join(' · ')
}
