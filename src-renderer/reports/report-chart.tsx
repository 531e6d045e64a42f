import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { foldRest } from '../../src-main/foundation/chart/data.ts'
import { drawChart } from '../../src-main/foundation/chart/draw.ts'
import type { TextWidth } from '../../src-main/foundation/chart/fit-text.ts'
import { chartOfTable } from '../../src-main/foundation/chart/of-table.ts'
import { DARK_CHART, LIGHT_CHART } from '../../src-main/foundation/chart/options.ts'
import type { ReportTable } from '../../src-main/reports/figures/contract.ts'
import { useAppearance } from '../app/appearance.tsx'
import { Panel } from '../ui/page.tsx'
import { useTongue } from '../ui/use-tongue.ts'

/** Below this a chart would be all labels. */
const LEAST_WIDTH = 360

/** The chart of a report, as it is printed; screen readers are told to read the table, which says the same. */
export function ReportChart({ table }: { table: ReportTable }) {
  const { t } = useTranslation()
  const tongue = useTongue()
  const { mode } = useAppearance()
  const [frame, width] = useWidth()
  const picture = useRef<HTMLDivElement>(null)
  const folded = useMemo(() => {
    const data = chartOfTable(table, tongue)
    return data && foldRest(data, (count) => t('report-screen:rest', { count }))
  }, [table, tongue, t])
  const accumulated = t('report-screen:accumulated')
  const svg = useMemo(() => {
    if (!folded || width === 0) return null
    const font = getComputedStyle(document.body).fontFamily
    const look = {
      width: Math.max(width, LEAST_WIDTH),
      colors: mode === 'dark' ? DARK_CHART : LIGHT_CHART,
      // A chart is text of its own: quotes of the family would end its attribute.
      font: font.replaceAll('"', "'"),
      widthOf: measureWith(font),
      accumulated,
    }
    return drawChart(folded.data, look).svg
  }, [folded, width, mode, accumulated])
  useEffect(() => {
    if (svg === null) return
    const drawn = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement
    picture.current?.replaceChildren(document.importNode(drawn, true))
  }, [svg])
  if (!folded) return null
  const { left, rest, data } = folded
  const figures = rest.map((value, at) => `${data.series[at]?.name ?? ''} ${data.write(value)}`)
  return (
    <Panel>
      <figure className="report-chart" ref={frame}>
        <div ref={picture} aria-hidden="true" />
        <figcaption className="sr-only">
          {t('report-screen:chart', { title: table.title[tongue] })}
        </figcaption>
      </figure>
      {left > 0 ? (
        <p className="row-note">
          {figures.length > 0
            ? t('report-screen:restSum', {
                count: left,
                figures: figures.join(t('report-screen:comma')),
              })
            : t('report-screen:restTable', { count: left })}
        </p>
      ) : null}
    </Panel>
  )
}

function useWidth() {
  const [width, setWidth] = useState(0)
  const frame = useRef<HTMLElement>(null)
  useEffect(() => {
    const target = frame.current
    if (!target) return undefined
    const observer = new ResizeObserver(() => setWidth(Math.floor(target.clientWidth)))
    observer.observe(target)
    return () => observer.disconnect()
  }, [])
  return [frame, width] as const
}

function measureWith(family: string): TextWidth {
  const context = document.createElement('canvas').getContext('2d')
  return (text, size, bold = false) => {
    if (!context) return text.length * size
    context.font = `${bold ? 'bold ' : ''}${size}px ${family}`
    return context.measureText(text).width
  }
}
