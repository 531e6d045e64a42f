/** Charts where they are seldom wanted: the library that draws them takes its time to open, and a card must not wait. */
import type { ChartData } from './data.ts'
import type { DrawnChart } from './draw.ts'
import type { ChartLook } from './options.ts'

let draw: ((data: ChartData, look: ChartLook) => DrawnChart) | null = null

/** Opens the library; once. */
export async function loadCharts(): Promise<void> {
  draw ??= (await import('./draw.ts')).drawChart
}

/** As `drawChart`; throws where `loadCharts` has not been waited for. */
export function drawLoadedChart(data: ChartData, look: ChartLook): DrawnChart {
  if (draw === null) throw new Error('charts are not loaded')
  return draw(data, look)
}
