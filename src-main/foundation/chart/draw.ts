/**
 * A chart as SVG text: the same on the screen and in a PDF. Runs in a browser and in a worker, reads no clock and
 * draws the same bytes for the same figures.
 */
import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, LegendPlainComponent } from 'echarts/components'
import { init, setPlatformAPI, use as register } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import type { ChartData } from './data.ts'
import type { TextWidth } from './fit-text.ts'
import { type ChartLook, planChart } from './options.ts'

register([BarChart, LineChart, GridComponent, LegendPlainComponent, SVGRenderer])

export interface DrawnChart {
  svg: string
  width: number
  height: number
}

/** Draws a chart; its height follows from how much it shows. */
export function drawChart(data: ChartData, look: ChartLook): DrawnChart {
  const { options, width, height } = planChart(data, look)
  setPlatformAPI({ measureText: measureWith(look.widthOf) })
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption(options)
    return { svg: cleanSvg(chart.renderToSVGString({ useViewBox: true })), width, height }
  } finally {
    chart.dispose()
  }
}

function measureWith(widthOf: TextWidth) {
  return (text: string, font = '') => {
    const size = Number(/([\d.]+)px/.exec(font)?.[1] ?? 12)
    return { width: widthOf(text, size, /\bbold\b/.test(font)) }
  }
}

/** Without what only a live chart needs, and with names that do not count the charts drawn before. */
function cleanSvg(svg: string): string {
  return svg
    .replaceAll(/<style[^]*?<\/style>/g, '')
    .replaceAll(/ (?:ecmeta_\w+|class|pointer-events)="[^"]*"/g, '')
    .replaceAll(/\bzr\d+-(?=[a-z]\d+\b)/g, 'chart-')
}
