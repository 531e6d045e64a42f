import { describe, expect, it } from 'vitest'
import { accumulate, foldRest, roundScale } from '../../src-main/foundation/chart/data.ts'
import { drawChart } from '../../src-main/foundation/chart/draw.ts'
import { estimateWidth, fitText, type TextWidth } from '../../src-main/foundation/chart/fit-text.ts'
import { type ChartedTable, chartOfTable } from '../../src-main/foundation/chart/of-table.ts'
import { LIGHT_CHART, planChart } from '../../src-main/foundation/chart/options.ts'
import { writeChange, writeFigure } from '../../src-main/foundation/figure-text.ts'
import { exampleCharts, falling, namesOf } from '../support/example-charts.ts'

const look = {
  width: 820,
  colors: LIGHT_CHART,
  font: 'Noto Sans SC',
  accumulated: '累计',
  widthOf: estimateWidth,
}

const rest = (count: number) => `其余 ${count} 项`

describe('what a chart shows', () => {
  it('is the first names, and in a Pareto the others as one bar that completes the whole', () => {
    const { pareto, bar, many } = exampleCharts
    const folded = foldRest(pareto!, rest)
    expect(folded.data.labels).toHaveLength(13)
    expect(folded.data.labels.at(-1)).toBe('其余 8 项')
    const sum = (values: readonly (number | null)[]) =>
      values.reduce<number>((a, b) => a + (b ?? 0), 0)
    expect(sum(folded.data.series[0]!.values)).toBe(sum(falling(20)))
    expect(accumulate(folded.data.series[0]!.values).at(-1)).toBe(1000)

    expect(foldRest(bar!, rest)).toMatchObject({ left: 0, rest: [] })
    const bars = foldRest(many!, rest)
    expect(bars).toMatchObject({ left: 45, rest: [sum(falling(60, 9000).slice(15))] })
    expect(bars.data.labels).toHaveLength(15)
  })

  it('never adds rates up', () => {
    const rates = {
      ...exampleCharts['shares']!,
      labels: namesOf(30),
      series: [{ name: '满意', values: falling(30, 90) }],
    }
    expect(foldRest(rates, rest)).toMatchObject({ left: 15, rest: [] })
  })

  it('stands on round steps that begin at zero unless something is below it', () => {
    expect(roundScale([3, 7], { step: 1 })).toEqual({ min: 0, max: 8, interval: 2 })
    expect(roundScale([0, 0], { step: 1 })).toEqual({ min: 0, max: 1, interval: 1 })
    expect(roundScale([], { step: 1 })).toEqual({ min: 0, max: 1, interval: 1 })
    expect(roundScale([-40, 12], { step: 1 })).toEqual({ min: -40, max: 20, interval: 20 })
    expect(roundScale([93], { step: 1, most: 100 })).toEqual({ min: 0, max: 100, interval: 20 })
    expect(roundScale([1234567], { step: 100 })).toEqual({ min: 0, max: 1500000, interval: 500000 })
  })
})

describe('labels', () => {
  const box = { width: 60, lines: 2, size: 10, widthOf: estimateWidth }

  it('break between Hanzi and between words, and end in an ellipsis where they do not fit', () => {
    expect(fitText('投诉', box)).toBe('投诉')
    expect(fitText('三楼东区女装部', box)).toBe('三楼东区女装\n部')
    expect(fitText('欧莱雅有限公司上海分公司专柜', box)).toBe('欧莱雅有限公\n司上海分公…')
    expect(fitText('Café Zürich', box)).toBe('Café\nZürich')
    expect(fitText('An Donaudampfer', box)).toBe('An\nDonaudam…')
    expect(fitText('Donaudampfschifffahrt', { ...box, lines: 1 })).toBe('Donaudam…')
    expect(fitText('', box)).toBe('')
  })

  it('do not change how high a chart is, whatever face they are set in', () => {
    const narrow: TextWidth = (text, size) => estimateWidth(text, size) * 0.8
    for (const data of Object.values(exampleCharts)) {
      const shown = foldRest(data, rest).data
      expect(planChart(shown, { ...look, widthOf: narrow }).height).toBe(
        planChart(shown, look).height,
      )
    }
  })
})

describe('a drawn chart', () => {
  it('is the same text each time, with no trace of a live one', () => {
    for (const data of Object.values(exampleCharts)) {
      const shown = foldRest(data, rest).data
      const { svg, width, height } = drawChart(shown, look)
      expect(drawChart(shown, look).svg).toBe(svg)
      expect(svg).toContain(`viewBox="0 0 ${width} ${height}"`)
      expect(svg).not.toMatch(/<style|class=|ecmeta|zr\d|NaN|undefined/)
    }
  })

  it('takes nothing a name says for markup', () => {
    const data = { ...exampleCharts['single']!, labels: ['<b onload="x">&甲 class="y"'] }
    expect(drawChart(data, look).svg).toContain(
      '&lt;b onload=&quot;x&quot;&gt;&amp;甲 class=&quot;y&quot;',
    )
  })
})

describe('the chart of a report', () => {
  const column = {
    key: 'received',
    label: { zh: '受理', en: 'Received' },
    kind: 'count' as const,
    adds: true,
  }
  const table: ChartedTable = {
    by: 'floor',
    currency: 'CNY',
    columns: [
      column,
      { key: 'content', label: { zh: '满意', en: 'Content' }, kind: 'share', adds: false },
    ],
    rows: [
      {
        label: '1F',
        cells: { received: 30, content: { count: 18, of: 24 } },
        before: { received: 20 },
      },
      {
        label: { zh: '未注明', en: 'Not stated' },
        cells: { received: 2, content: { count: 1, of: 2 } },
        before: { received: 0 },
      },
    ],
    chart: { kind: 'bar', series: ['received'] },
    compared: null,
  }

  it('draws the columns it names, in the language that is read', () => {
    expect(chartOfTable(table, 'en')).toMatchObject({
      labels: ['1F', 'Not stated'],
      series: [{ name: 'Received', values: [30, 2] }],
      additive: true,
    })
  })

  it('puts the other period beside a single figure', () => {
    const compared = { from: '2026-10-01', to: '2026-10-31' }
    expect(chartOfTable({ ...table, compared }, 'zh')?.series).toEqual([
      { name: '受理', values: [30, 2] },
      { name: '受理 2026-10-01 – 2026-10-31', values: [20, 0], before: true },
    ])
  })

  it('draws no percentage of a few', () => {
    const chart = { kind: 'bar' as const, series: ['content'] }
    expect(chartOfTable({ ...table, chart }, 'zh')).toMatchObject({
      most: 100,
      additive: false,
      series: [{ values: [75, null] }],
    })
  })

  it('is none where there is nothing to see', () => {
    expect(chartOfTable({ ...table, chart: null }, 'zh')).toBeNull()
    expect(chartOfTable({ ...table, rows: [] }, 'zh')).toBeNull()
    const rows = [{ label: '1F', cells: { received: 0 }, before: null }]
    expect(chartOfTable({ ...table, rows }, 'zh')).toBeNull()
  })

  it('leaves the year out of days that share it', () => {
    const row = (label: string) => ({ label, cells: { received: 1 }, before: null })
    const rows = [row('2026-10-01'), row('2026-10-02')]
    expect(chartOfTable({ ...table, by: 'day', rows }, 'zh')?.labels).toEqual(['10-01', '10-02'])
    const turn = [row('2025-12-31'), row('2026-01-01')]
    expect(chartOfTable({ ...table, by: 'day', rows: turn }, 'zh')?.labels[0]).toBe('2025-12-31')
  })
})

describe('figures', () => {
  it('are written with what they are of', () => {
    expect(writeFigure({ count: 18, of: 24 }, 'share', 'CNY')).toEqual({
      text: '75%',
      note: '18/24',
    })
    expect(writeFigure({ count: 1, of: 2 }, 'share', 'CNY')).toEqual({ text: '1/2', note: null })
    expect(writeFigure({ count: 0, of: 0 }, 'share', 'CNY').text).toBe('–')
    expect(writeFigure(null, 'count', 'CNY').text).toBe('–')
    expect(writeFigure(1234567, 'count', 'CNY').text).toBe('1,234,567')
    expect(writeFigure(-129900, 'money', 'CNY').text).toBe('-¥1,299.00')
  })

  it('change by so much, and by a percentage only where it is known', () => {
    expect(writeChange({ by: 12, percent: 8 }, 'count', 'CNY', '个百分点')).toBe('+12 (+8%)')
    expect(writeChange({ by: -5, percent: null }, 'count', 'CNY', '个百分点')).toBe('-5')
    expect(writeChange({ by: -3, percent: null }, 'share', 'CNY', '个百分点')).toBe('-3 个百分点')
    expect(writeChange({ by: 0, percent: 0 }, 'money', 'CNY', '个百分点')).toBe('±0')
    expect(writeChange({ by: null, percent: null }, 'share', 'CNY', '个百分点')).toBeNull()
  })
})
