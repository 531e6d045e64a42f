/** What a chart shows, before anything is drawn: names, figures and how they are written. */

export type ChartKind = 'bar' | 'stacked' | 'line' | 'pareto'

export interface ChartSeries {
  name: string
  /** One for each label; null where nothing is known, which is not zero. */
  values: readonly (number | null)[]
  /** Of the period compared with: drawn paler, behind the one asked for. */
  before?: boolean
}

export interface ChartData {
  kind: ChartKind
  labels: readonly string[]
  series: readonly ChartSeries[]
  /** Labels are days or months in their order, not names. */
  time: boolean
  /** Figures of several labels can be added: counts and money can, rates cannot. */
  additive: boolean
  /** Scale ends here whatever the figures: 100 for percentages. */
  most?: number
  /** Steps of the scale are whole numbers of this: 1 for counts, 100 for money in minor units. */
  step: number
  /** A figure beside its bar or dot. */
  write: (value: number) => string
  /** A figure on the scale. */
  tick: (value: number) => string
}

/** How many names fit on a chart before it stops being one. */
const MOST_NAMES = { bar: 15, stacked: 15, pareto: 12, line: Infinity } as const

export interface Folded {
  data: ChartData
  /** Labels that have no bar of their own. */
  left: number
  /** What they come to, one for each series; empty where it cannot be added or stands in a bar of its own. */
  rest: readonly number[]
}

/**
 * Keeps the first names, which come in order of weight. What the others come to is a bar of its own in a Pareto, whose
 * line ends at the whole; elsewhere it is said beside the chart, because a bar of many names would dwarf every single
 * one. Rates cannot be added: those are left to the table.
 */
export function foldRest(data: ChartData, restName: (count: number) => string): Folded {
  const most = data.time ? Infinity : MOST_NAMES[data.kind]
  const left = data.labels.length - most
  if (left <= 1 || !Number.isFinite(left)) return { data, left: 0, rest: [] }
  const labels = data.labels.slice(0, most)
  const series = data.series.map((each) => ({ ...each, values: each.values.slice(0, most) }))
  const short = { ...data, labels, series }
  if (!data.additive) return { data: short, left, rest: [] }
  const rest = data.series.map(({ values }) => addKnown(values.slice(most)) ?? 0)
  if (data.kind !== 'pareto') return { data: short, left, rest }
  return {
    data: {
      ...short,
      labels: [...labels, restName(left)],
      series: series.map((each, at) => ({ ...each, values: [...each.values, rest[at] ?? 0] })),
    },
    left: 0,
    rest: [],
  }
}

function addKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0)
}

/** What each name and those before it come to, in thousandths of all; empty where there is nothing to share. */
export function accumulate(values: readonly (number | null)[]): number[] {
  const whole = addKnown(values) ?? 0
  if (whole <= 0) return []
  let sum = 0
  return values.map((value) => Math.round(((sum += value ?? 0) * 1000) / whole))
}

export interface Scale {
  min: number
  max: number
  interval: number
}

/**
 * A scale with round steps over all figures, which begins at zero unless some are below it.
 *
 * @param step figures are whole numbers of it, and so are the steps of the scale
 */
export function roundScale(
  values: readonly (number | null)[],
  { step, most, steps = 5 }: { step: number; most?: number | undefined; steps?: number },
): Scale {
  const known = values.filter((value) => value !== null)
  const low = Math.min(0, ...known)
  const high = most ?? Math.max(low === 0 ? step : 0, ...known)
  const interval = roundStep((high - low) / steps / step) * step
  return {
    min: Math.floor(low / interval) * interval,
    max: most ?? Math.ceil(high / interval) * interval,
    interval,
  }
}

/** The next of 1, 2, 5, 10, 20, 50 … that is not below. */
function roundStep(least: number): number {
  let power = 1
  while (power * 10 < least) power *= 10
  return [1, 2, 5, 10].map((each) => each * power).find((each) => each >= least) ?? power
}
