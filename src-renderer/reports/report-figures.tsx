import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useSearchParams } from 'react-router'

import { writeChange, writeFigure } from '../../src-main/foundation/figure-text.ts'
import type {
  Label,
  ReportColumn,
  ReportRow,
  ReportTable,
} from '../../src-main/reports/figures/contract.ts'
import { Panel } from '../ui/page.tsx'
import { EmptyState } from '../ui/states.tsx'
import { useTongue } from '../ui/use-tongue.ts'
import { figureId, type OpenFigure, readFigure, withFigure } from './report-address.ts'

/** Rows shown before the rest is asked for. */
const FIRST_ROWS = 200
/** More columns than this stand closer, so that fewer have to be scrolled to. */
const manyColumns = 9

type RowFigures = Pick<ReportRow, 'cells' | 'before' | 'change'>

/** A report's figures; each opens what is behind it. */
export function ReportFigures({ table }: { table: ReportTable }) {
  const { t } = useTranslation()
  const tongue = useTongue()
  const [isWhole, showWhole] = useState(false)
  const title = table.title[tongue]
  const rows = isWhole ? table.rows : table.rows.slice(0, FIRST_ROWS)
  if (table.rows.length === 0) {
    return <EmptyState title={t('report-screen:none')} hint={t('report-screen:noneHint')} />
  }
  return (
    <Panel>
      <div className="report-scroll" tabIndex={0} role="region" aria-label={title}>
        <table
          className={
            table.columns.length > manyColumns ? 'figures-table figures-wide' : 'figures-table'
          }
        >
          <caption className="sr-only">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{table.rowHead[tongue]}</th>
              {table.columns.map(({ key, label, meaning }) => (
                <th key={key} scope="col" title={meaning[tongue]}>
                  {label[tongue]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <FigureRow key={row.key} row={row} rowKey={row.key} table={table} name={row.label} />
            ))}
          </tbody>
          <tfoot>
            <FigureRow
              row={table.totals}
              rowKey={null}
              table={table}
              name={t('report-screen:total')}
            />
          </tfoot>
        </table>
      </div>
      {rows.length < table.rows.length ? (
        <Button block onClick={() => showWhole(true)}>
          {t('report-screen:all', { count: table.rows.length })}
        </Button>
      ) : null}
    </Panel>
  )
}

interface FigureRowProps {
  row: RowFigures
  rowKey: string | null
  table: ReportTable
  name: Label
}

function FigureRow({ row, rowKey, table, name }: FigureRowProps) {
  const tongue = useTongue()
  const said = typeof name === 'string' ? name : name[tongue]
  return (
    <tr>
      <th scope="row">{said}</th>
      {table.columns.map((column) => (
        <td key={column.key}>
          <FigureCell row={row} rowKey={rowKey} column={column} table={table} name={said} />
        </td>
      ))}
    </tr>
  )
}

interface FigureCellProps extends Omit<FigureRowProps, 'name'> {
  column: ReportColumn
  name: string
}

function FigureCell({ row, rowKey, column, table, name }: FigureCellProps) {
  const { t } = useTranslation()
  const { key, kind } = column
  const points = t('report-screen:points')
  const change = writeChange(row.change?.[key], kind, table.currency, points)
  const before = row.before?.[key] ?? null
  const isKnown = before !== null && !(typeof before === 'object' && before.of === 0)
  const parts = { rowKey, column, table, name }
  return (
    <>
      <Figure {...parts} value={row.cells[key] ?? null} compared={false} />
      {isKnown ? (
        <span className="figure-before">
          {t('report-screen:before')} <Figure {...parts} value={before} compared />
          {change ? ` · ${change}` : null}
        </span>
      ) : null}
    </>
  )
}

interface FigureProps {
  value: ReportRow['cells'][string]
  rowKey: string | null
  column: ReportColumn
  table: ReportTable
  name: string
  compared: boolean
}

/** A figure as a way to what it counts; of a share also to what it is of. Nothing is behind nought. */
function Figure({ value, rowKey, column, table, name, compared }: FigureProps) {
  const { text, note } = writeFigure(value, column.kind, table.currency)
  const of = (part: OpenFigure['part']): OpenFigure => ({
    row: rowKey,
    column: column.key,
    part,
    compared,
  })
  const about = { column, name }
  if (typeof value !== 'object' || value === null) {
    const opens = column.opens && value !== null && value !== 0
    return opens ? <FigureLink {...about} figure={of('count')} text={text} /> : <>{text}</>
  }
  if (value.of === 0 || !column.opens) return <>{note === null ? text : `${text} ${note}`}</>
  const [count = '', whole = ''] = (note ?? text).split('/')
  const counted = note === null ? count : text
  return (
    <>
      {value.count > 0 ? <FigureLink {...about} figure={of('count')} text={counted} /> : counted}
      <span className={note === null ? undefined : 'figure-of'}>
        {note === null ? '/' : ` ${count}/`}
        <FigureLink {...about} figure={of('of')} text={whole} />
      </span>
    </>
  )
}

interface FigureLinkProps {
  figure: OpenFigure
  column: ReportColumn
  name: string
  text: string
}

function FigureLink({ figure, column, name, text }: FigureLinkProps) {
  const { t } = useTranslation()
  const tongue = useTongue()
  const { pathname } = useLocation()
  const [query] = useSearchParams()
  const open = readFigure(query)
  const id = figureId(figure)
  const isOpen = open !== null && figureId(open) === id
  const label = `${name} ${column.label[tongue]} ${text}`
  return (
    <Link
      id={id}
      className="figure-link"
      aria-current={isOpen || undefined}
      aria-label={figure.part === 'of' ? `${label} ${t('report-screen:whole')}` : label}
      to={`${pathname}?${withFigure(query, figure).toString()}`}
    >
      {text}
    </Link>
  )
}
