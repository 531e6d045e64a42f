/**
 * Money is an integer number of minor units (分, cents) of one currency: no floats, no decimals.
 * Every function that shares an amount returns parts that sum exactly to it.
 */
export type MinorUnits = number

const largestAmount = Number.MAX_SAFE_INTEGER

/** Throws on anything that is not a safe integer: a fraction of a 分 is a bug in the caller. */
export function assertMinorUnits(amount: number): asserts amount is MinorUnits {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`not an amount in minor units: ${amount}`)
}

/** Sums amounts, refusing to leave the range in which integers are exact. */
export function sumMoney(amounts: Iterable<MinorUnits>): MinorUnits {
  let total = 0
  for (const amount of amounts) {
    assertMinorUnits(amount)
    total += amount
  }
  if (Math.abs(total) > largestAmount) throw new RangeError('amount out of range')
  return total
}

/**
 * Shares `total` over `weights` by largest remainder (domain.md §5.4): each part differs from its exact share by
 * less than one minor unit and the parts sum to `total`. Ties go to the earlier part. All-zero weights share evenly.
 */
export function allocate(total: MinorUnits, weights: readonly number[]): MinorUnits[] {
  assertMinorUnits(total)
  if (weights.length === 0) {
    if (total !== 0) throw new RangeError('nothing to share the amount over')
    return []
  }
  for (const weight of weights) {
    if (!Number.isSafeInteger(weight) || weight < 0) throw new RangeError(`not a weight: ${weight}`)
  }
  const sign = total < 0 ? -1n : 1n
  const amount = BigInt(Math.abs(total))
  const shares = weights.some((weight) => weight > 0) ? weights.map(BigInt) : weights.map(() => 1n)
  const whole = shares.reduce((sum, share) => sum + share, 0n)
  const parts = shares.map((share) => (amount * share) / whole)
  const remainders = shares.map((share, index) => ({ index, rest: (amount * share) % whole }))
  remainders.sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1))
  let left = amount - parts.reduce((sum, part) => sum + part, 0n)
  for (const { index } of remainders) {
    if (left === 0n) break
    parts[index] = (parts[index] ?? 0n) + 1n
    left -= 1n
  }
  return parts.map((part) => Number(sign * part) || 0)
}

/**
 * What unit `unitNo` (1-based) of a line paid for `units` units carries of `paid`. A pure function of its arguments,
 * so every desk computes the same share whatever was returned before; over all units the shares sum to `paid`.
 * The earlier units carry the odd minor units, which is largest remainder for equal weights.
 */
export function shareOfUnit(paid: MinorUnits, units: number, unitNo: number): MinorUnits {
  assertMinorUnits(paid)
  if (!Number.isSafeInteger(units) || units < 1)
    throw new RangeError(`not a number of units: ${units}`)
  if (!Number.isSafeInteger(unitNo) || unitNo < 1 || unitNo > units) {
    throw new RangeError(`no unit ${unitNo} of ${units}`)
  }
  const base = Math.trunc(paid / units)
  const odd = Math.abs(paid - base * units)
  return base + (unitNo <= odd ? Math.sign(paid) : 0)
}

/**
 * `ppm` parts per million of an amount, rounded half up (away from zero) once: 12.5 % of 8.20 is 1.03. The only place
 * where a share is rounded by itself; what must sum to a whole is shared with `allocate`.
 */
export function partOf(amount: MinorUnits, ppm: number): MinorUnits {
  assertMinorUnits(amount)
  if (!Number.isSafeInteger(ppm) || ppm < 0) throw new RangeError(`not a share in ppm: ${ppm}`)
  const whole = 1_000_000n
  const part = (BigInt(Math.abs(amount)) * BigInt(ppm) * 2n + whole) / (2n * whole)
  return Number(amount < 0 ? -part : part) || 0
}

const digitsOf = new Map<string, number>()

/** Decimal digits of a currency's minor unit (ISO 4217): 2 for CNY, 0 for JPY. */
export function minorDigits(currency: string): number {
  const known = digitsOf.get(currency)
  if (known !== undefined) return known
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  digitsOf.set(currency, digits)
  return digits
}

/** `129900` → `¥1,299.00`; symbols as the language writes them, a leading minus for negative amounts. */
export function formatMoney(amount: MinorUnits, currency: string, language = 'zh-CN'): string {
  assertMinorUnits(amount)
  const digits = minorDigits(currency)
  const format = moneyFormat(language, currency)
  const text = decimalText(Math.abs(amount), digits) as unknown as number
  // A decimal string keeps every digit; Intl accepts it at run time where the type says number.
  return (amount < 0 ? '-' : '') + format.format(text)
}

/** `129900` → `1299.00`: plain decimal text for exports and forms. */
export function formatDecimal(amount: MinorUnits, currency: string): string {
  assertMinorUnits(amount)
  return (amount < 0 ? '-' : '') + decimalText(Math.abs(amount), minorDigits(currency))
}

function decimalText(amount: number, digits: number): string {
  const text = String(amount).padStart(digits + 1, '0')
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`
}

const formats = new Map<string, Intl.NumberFormat>()

function moneyFormat(language: string, currency: string): Intl.NumberFormat {
  const key = `${language} ${currency}`
  let format = formats.get(key)
  if (!format) {
    format = new Intl.NumberFormat(language, {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
    })
    formats.set(key, format)
  }
  return format
}
