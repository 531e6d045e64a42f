/** What a chart looks like, as options of echarts: plain data out of plain data. Lengths are pixels of the drawing. */
import type { BarSeriesOption, LineSeriesOption } from 'echarts/charts'
import type { GridComponentOption, LegendComponentOption } from 'echarts/components'
import type { ComposeOption } from 'echarts/core'
import { accumulate, type ChartData, type ChartSeries, roundScale, type Scale } from './data.ts'
import { estimateWidth, fitText, type TextWidth } from './fit-text.ts'

export type ChartOptions = ComposeOption<
  BarSeriesOption | LineSeriesOption | GridComponentOption | LegendComponentOption
>

/** Colours as `#rrggbb`: one hue, greys, and the ground it stands on. */
export interface ChartColors {
  hue: string
  /** The hue, pale. */
  pale: string
  /** Middle and light grey. */
  grey: string
  faint: string
  ink: string
  soft: string
  line: string
  ground: string
}

/** On paper and on a light screen. */
export const LIGHT_CHART: ChartColors = {
  hue: '#0B6E69',
  pale: '#A9D3CF',
  grey: '#7C8790',
  faint: '#D3D9DC',
  ink: '#12212B',
  soft: '#45555F',
  line: '#DDE3E1',
  ground: '#FFFFFF',
}

export const DARK_CHART: ChartColors = {
  hue: '#3FB5AC',
  pale: '#1E5552',
  grey: '#8796A0',
  faint: '#41525D',
  ink: '#E8EEEC',
  soft: '#B4C1C5',
  line: '#2B3A44',
  ground: '#16212A',
}

export interface ChartLook {
  width: number
  colors: ChartColors
  /** Family as CSS names it. */
  font: string
  widthOf: TextWidth
  /** What the line over a Pareto's bars is called. */
  accumulated: string
}

const SIZE = 12
const LINE = 16
const GAP = 8
const LEGEND_LINE = 20
const LEGEND_BOX = 18
const COLUMNS_HEIGHT = 250

/** The options of one chart and how high it is. */
export interface ChartPlan {
  options: ChartOptions
  width: number
  height: number
}

/** Lays a chart out so that no label covers another or stands outside; its height depends on no face. */
export function planChart(data: ChartData, look: ChartLook): ChartPlan {
  const kind = data.kind
  if (kind === 'pareto' || kind === 'line' || data.time) return planColumns(data, look)
  return planBars(data, look)
}

/** Bars that lie: names to the left, as long as they are, the figure at each bar's end. */
function planBars(data: ChartData, look: ChartLook): ChartPlan {
  const { width, widthOf } = look
  const stacked = data.kind === 'stacked'
  const names = fitLabels(data.labels, { width: width * 0.34, lines: 2 }, look)
  const nameWidth = widest(names.texts, look)
  const high = names.lines * LINE + (names.lines > 1 ? 6 : 8)
  const row = stacked ? high : Math.max(high, 18 * data.series.length + 6)
  const legend = planLegend(data.series.map(nameOf), look, true)
  const totals = stacked ? totalsOf(data) : []
  const shown = [...data.series.flatMap(({ values }) => values), ...totals].filter(isKnown)
  const figure = Math.max(0, ...shown.map((value) => widthOf(data.write(value), SIZE)))
  const isBelow = shown.some((value) => value < 0)
  const scale = { min: Math.min(0, ...shown), max: Math.max(0, ...shown) }
  const grid = {
    left: nameWidth + GAP + (isBelow ? figure + GAP : 0),
    right: figure + GAP,
    top: legend.height,
    height: row * data.labels.length,
    outerBoundsMode: 'none' as const,
  }
  return {
    width,
    height: grid.top + grid.height + 4,
    options: {
      ...base(look),
      legend: legend.options,
      grid,
      xAxis: {
        type: 'value',
        show: false,
        min: scale.min,
        max: data.most ?? (scale.min === scale.max ? data.step : scale.max),
      },
      yAxis: {
        type: 'category',
        inverse: true,
        data: names.texts,
        axisTick: { show: false },
        axisLine: { show: !isBelow, lineStyle: { color: look.colors.grey } },
        axisLabel: {
          interval: 0,
          margin: GAP + (isBelow ? figure + GAP : 0),
          color: look.colors.ink,
          fontSize: SIZE,
          lineHeight: LINE,
        },
      },
      series: [
        ...data.series.map((each, at) => lyingBar(data, each, at, look)),
        ...(stacked ? [sumLabels(totals, data, look)] : []),
      ],
    },
  }
}

function lyingBar(
  data: ChartData,
  series: ChartSeries,
  at: number,
  look: ChartLook,
): BarSeriesOption {
  const stacked = data.kind === 'stacked'
  return {
    ...barOf(series, at, data, look),
    ...(stacked && { stack: 'all' }),
    data: series.values.map((value) => ({
      value: value ?? 0,
      label: {
        show: !stacked,
        position: (value ?? 0) < 0 ? ('left' as const) : ('right' as const),
        distance: 5,
        // A bar that is missing is not one of no length.
        formatter: value === null ? '–' : data.write(value),
        color: look.colors.ink,
        fontSize: SIZE,
      },
    })),
  }
}

/** The whole of each stacked bar at its end: a bar of no length that carries a label. */
function sumLabels(totals: readonly number[], data: ChartData, look: ChartLook): BarSeriesOption {
  return {
    type: 'bar',
    silent: true,
    stack: 'all',
    data: totals.map((total) => ({
      value: 0,
      label: {
        show: true,
        position: 'right' as const,
        distance: 5,
        formatter: data.write(total),
        color: look.colors.ink,
        fontSize: SIZE,
      },
    })),
  }
}

/** Columns or lines that stand on their names: time from left to right, or the reasons of a Pareto. */
function planColumns(data: ChartData, look: ChartLook): ChartPlan {
  const { width, colors } = look
  const isPareto = data.kind === 'pareto'
  const more = isPareto ? [accumulatedLine(data, look)] : []
  const lines = data.kind === 'line'
  const names = [...data.series.map(nameOf), ...more.map(nameOf)]
  const legend = planLegend(names, look, data.kind === 'stacked')
  const scale = isPareto ? scaleOfWhole(data) : roundScale(heightsOf(data), data)
  const estimated = { ...look, widthOf: estimateWidth }
  const left = isPareto ? 0 : widest(ticksOf(scale).map(data.tick), estimated) + GAP
  const right = isPareto ? widest(['100%'], estimated) + GAP : GAP * 2
  const room = (width - left - right) / Math.max(data.labels.length, 1)
  const own = fitLabels(data.labels, { width: Math.max(room - 6, SIZE * 2), lines: 4 }, look)
  const labels = data.time ? { texts: data.labels, lines: 1 } : own
  const grid = {
    left,
    right,
    top: legend.height + LINE,
    height: COLUMNS_HEIGHT,
    outerBoundsMode: 'none' as const,
  }
  return {
    width,
    height: grid.top + grid.height + GAP + labels.lines * LINE + 4,
    options: {
      ...base(look),
      legend: legend.options,
      grid,
      xAxis: {
        type: 'category',
        data: [...labels.texts],
        boundaryGap: true,
        axisTick: { show: false },
        axisLine: { lineStyle: { color: colors.grey } },
        axisLabel: {
          // So many that every shown label has its width, whatever else is shown.
          interval: data.time ? Math.ceil((widest(labels.texts, look) + GAP) / room) - 1 : 0,
          margin: GAP,
          color: colors.ink,
          fontSize: SIZE,
          lineHeight: LINE,
        },
      },
      yAxis: [
        { ...valueAxis(scale, data.tick, colors), show: !isPareto },
        ...(isPareto ? [valueAxis(PERCENT, percentTick, colors)] : []),
      ],
      series: [
        ...data.series.map((each, at) =>
          lines
            ? lineOf(each, at, data, room, look)
            : standingBar(data, each, at, { room, scale, look }),
        ),
        ...more,
      ],
    },
  }
}

function heightsOf(data: ChartData): (number | null)[] {
  return data.kind === 'stacked' ? totalsOf(data) : data.series.flatMap(({ values }) => values)
}

/**
 * Bars of a Pareto are as high as their share of the whole, on the scale of the line over them, which therefore begins
 * at the first bar and stays clear of the others.
 */
function scaleOfWhole(data: ChartData): Scale {
  const sums = data.series.map(({ values }) =>
    values.reduce<number>((sum, value) => sum + (value ?? 0), 0),
  )
  const max = Math.max(data.step, sums[0] ?? 0, ...heightsOf(data).filter(isKnown))
  return { min: 0, max, interval: max }
}

const PERCENT: Scale = { min: 0, max: 1000, interval: 200 }

function percentTick(thousandths: number): string {
  return `${thousandths / 10}%`
}

function valueAxis(
  { min, max, interval }: Scale,
  tick: (value: number) => string,
  colors: ChartColors,
) {
  return {
    type: 'value' as const,
    min,
    max,
    interval,
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: colors.line } },
    axisLabel: { margin: GAP, formatter: tick, color: colors.soft, fontSize: SIZE },
  }
}

function standingBar(
  data: ChartData,
  series: ChartSeries,
  at: number,
  { room, scale, look }: { room: number; scale: Scale; look: ChartLook },
): BarSeriesOption {
  const stacked = data.kind === 'stacked'
  const share = stacked ? room : room / data.series.length
  // The line begins at the top of the first bar.
  const inside = (value: number, place: number) =>
    data.kind === 'pareto' && place === 0 && (value / scale.max) * COLUMNS_HEIGHT > 2 * LINE
  return {
    ...barOf(series, at, data, look),
    ...(stacked && { stack: 'all' }),
    ...(data.kind === 'pareto' && { z: 6 }),
    data: series.values.map((value, place) => ({
      value: value ?? 0,
      label: {
        ...figureLabel(data, value, share, look),
        position: (value ?? 0) < 0 ? ('bottom' as const) : ('top' as const),
        ...(stacked && { show: false }),
        ...(inside(value ?? 0, place) &&
          at === 0 && {
            position: 'insideTop' as const,
            distance: 7,
            color: look.colors.ground,
          }),
        ...(data.kind === 'pareto' && place > 0 && { backgroundColor: look.colors.ground }),
      },
    })),
  }
}

/** The figure at its place, where there is room for it. */
function figureLabel(data: ChartData, value: number | null, room: number, look: ChartLook) {
  const text = value === null ? '' : data.write(value)
  return {
    show: value !== null && look.widthOf(text, SIZE) + 4 <= room,
    distance: 4,
    formatter: text,
    color: look.colors.ink,
    fontSize: SIZE,
  }
}

function barOf(series: ChartSeries, at: number, data: ChartData, look: ChartLook): BarSeriesOption {
  return {
    type: 'bar',
    name: series.name,
    silent: true,
    barMaxWidth: data.kind === 'pareto' || data.time ? 46 : 22,
    barGap: '12%',
    barCategoryGap: '28%',
    itemStyle: fillOf(series.before ? BEFORE : at, look.colors),
  }
}

/** The fill of the period compared with, which is the second series. */
const BEFORE = 2

/** Fills that differ without their colours: full, hatched, light, dotted, dark, hatched the other way. */
function fillOf(at: number, colors: ChartColors): NonNullable<BarSeriesOption['itemStyle']> {
  const { hue, pale, grey, faint, ink, ground } = colors
  const hatch = (color: string, rotation: number, dashArrayY: number[]) => ({
    symbol: 'rect' as const,
    symbolSize: 1,
    color,
    dashArrayX: [1, 0],
    dashArrayY,
    rotation,
  })
  const dots = {
    symbol: 'circle' as const,
    symbolSize: 0.7,
    color: grey,
    dashArrayX: [
      [4, 4],
      [0, 4, 4, 0],
    ],
    dashArrayY: [4, 0],
    rotation: 0,
  }
  const fills: NonNullable<BarSeriesOption['itemStyle']>[] = [
    { color: hue },
    { color: pale, decal: hatch(hue, -Math.PI / 4, [2, 5]) },
    { color: faint },
    { color: ground, borderColor: grey, borderWidth: 1, decal: dots },
    { color: ink },
    { color: ground, borderColor: ink, borderWidth: 1, decal: hatch(ink, Math.PI / 4, [1, 4]) },
  ]
  return fills[at % fills.length] ?? {}
}

function lineOf(
  series: ChartSeries,
  at: number,
  data: ChartData,
  room: number,
  look: ChartLook,
): LineSeriesOption {
  const only = data.series.length === 1
  return {
    ...strokeOf(at, look.colors),
    type: 'line',
    name: series.name,
    silent: true,
    connectNulls: false,
    data: series.values.map((value) => ({
      value: value ?? '-',
      label: {
        ...figureLabel(data, value, room, look),
        backgroundColor: look.colors.ground,
        ...(!only && { show: false }),
      },
    })),
  }
}

/** Lines that differ without their colours: by dash and by mark. */
function strokeOf(at: number, colors: ChartColors): LineSeriesOption {
  const strokes = [
    { color: colors.hue, type: 'solid', symbol: 'circle', fill: colors.hue },
    { color: colors.grey, type: [6, 4], symbol: 'rect', fill: colors.ground },
    { color: colors.ink, type: [2, 3], symbol: 'triangle', fill: colors.ink },
    { color: colors.hue, type: [8, 3, 2, 3], symbol: 'diamond', fill: colors.ground },
  ] as const
  const { color, type, symbol, fill } = strokes[at % strokes.length] ?? strokes[0]
  return {
    symbol,
    symbolSize: 7,
    showAllSymbol: true,
    lineStyle: { color, type: type === 'solid' ? type : [...type], width: 2 },
    itemStyle: { color: fill, borderColor: color, borderWidth: 1.5 },
  }
}

/** Of all: how much this reason and those before it come to. */
function accumulatedLine(data: ChartData, look: ChartLook): LineSeriesOption {
  const values = data.series.find(({ before }) => !before)?.values ?? []
  const { ink, ground } = look.colors
  return {
    ...strokeOf(2, look.colors),
    itemStyle: { color: ink, borderColor: ground, borderWidth: 1 },
    type: 'line',
    name: look.accumulated,
    silent: true,
    yAxisIndex: 1,
    data: accumulate(values),
    z: 7,
  }
}

/** The names of the series in lines of their own, each as wide as the chart. */
function planLegend(names: readonly string[], { width, colors }: ChartLook, isBars: boolean) {
  const lines: string[][] = []
  let used = Infinity
  for (const name of names) {
    const own = LEGEND_BOX + 5 + estimateWidth(name, SIZE) + 2 * GAP
    if (used + own > width) {
      lines.push([])
      used = 0
    }
    lines.at(-1)?.push(name)
    used += own
  }
  const options = lines.map((data, at): LegendComponentOption => ({
    type: 'plain',
    data,
    ...(isBars && { icon: 'rect' }),
    left: 0,
    top: at * LEGEND_LINE,
    padding: 0,
    itemGap: 2 * GAP,
    itemWidth: LEGEND_BOX,
    itemHeight: 11,
    selectedMode: false,
    textStyle: { color: colors.ink, fontSize: SIZE },
  }))
  return { options, height: lines.length * LEGEND_LINE + (lines.length > 0 ? 6 : 2) }
}

/** Labels in at most so many lines, and in how many; the number of lines does not depend on the face. */
function fitLabels(
  labels: readonly string[],
  box: { width: number; lines: number },
  { widthOf }: ChartLook,
): { texts: string[]; lines: number } {
  const about = labels.map((label) =>
    fitText(label, { ...box, size: SIZE, widthOf: estimateWidth }),
  )
  const lines = Math.max(1, ...about.map((text) => text.split('\n').length))
  const fit = { width: box.width, lines, size: SIZE, widthOf }
  return { texts: labels.map((label) => fitText(label, fit)), lines }
}

function base({ font, colors }: ChartLook) {
  return { animation: false, textStyle: { fontFamily: font, color: colors.ink } }
}

function widest(texts: readonly string[], { widthOf }: ChartLook): number {
  const parts = texts.flatMap((text) => text.split('\n'))
  return Math.ceil(Math.max(0, ...parts.map((part) => widthOf(part, SIZE))))
}

function totalsOf({ labels, series }: ChartData): number[] {
  return labels.map((_label, at) => series.reduce((sum, { values }) => sum + (values[at] ?? 0), 0))
}

function ticksOf({ min, max, interval }: Scale): number[] {
  return Array.from(
    { length: Math.round((max - min) / interval) + 1 },
    (_, at) => min + at * interval,
  )
}

function nameOf({ name }: { name?: string | number | undefined }): string {
  return String(name ?? '')
}

function isKnown(value: number | null): value is number {
  return value !== null
}
