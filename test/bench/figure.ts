/** One measured figure beside the baseline of the same run. */
export interface Figure {
  name: string
  value: number
  unit: string
  baselineName: string
  baselineValue: number
  /** `value / baselineValue`. */
  ratio: number
  /** What the product promises about the ratio or the value, in words. */
  target?: string
}

/** What a `*.bench.ts` module exports as default. */
export interface Bench {
  name: string
  run(): Promise<Figure[]>
}

/** Puts a figure beside its baseline. */
export function figure(
  name: string,
  value: number,
  unit: string,
  baseline: { name: string; value: number },
  target?: string,
): Figure {
  return {
    name,
    value,
    unit,
    baselineName: baseline.name,
    baselineValue: baseline.value,
    ratio: value / baseline.value,
    ...(target === undefined ? {} : { target }),
  }
}

/** The value in the middle of a sorted list, `share` of the way up: 0.5 is the median, 0.95 the p95. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
  if (value === undefined) throw new Error('no values')
  return value
}
