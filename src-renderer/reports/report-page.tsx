import { DownloadOutlined, FilePdfOutlined, TableOutlined } from '@ant-design/icons'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { Button, Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useParams, useSearchParams } from 'react-router'

import type { exportFormats, ReportTable } from '../../src-main/reports/figures/contract.ts'
import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { PaperPreview } from '../ui/paper-preview.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { RowList } from '../ui/row-list.tsx'
import { handOver } from '../ui/print-papers.ts'
import { saveFile } from '../ui/save-file.ts'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { useStore } from '../ui/store-context.ts'
import { useCommand } from '../ui/use-command.ts'
import { useTongue } from '../ui/use-tongue.ts'
import { FigureCases } from './figure-cases.tsx'
import { figureId, readAsked, readFigure, withFigure, type Asked } from './report-address.ts'
import { ReportChart } from './report-chart.tsx'
import { ReportFigures } from './report-figures.tsx'
import { tabs, useTabKeys } from './report-tabs.tsx'
import { type CatalogEntry, ReportTools } from './report-tools.tsx'
import '../ui/list-detail.css'
import './reports.css'
import './figures.css'

/** Every report of the catalogue: which one at the left, what it says at the right, and what is behind a figure. */
export default function ReportPage() {
  const { t } = useTranslation()
  const catalog = useQuery(api.reports.catalog.queryOptions())
  const wanted = useParams()['report']
  if (!catalog.data) {
    return (
      <Page title={t('report-screen:title')} back="/">
        {catalog.error ? <RefusalAlert error={catalog.error} /> : <LoadingState />}
      </Page>
    )
  }
  const report =
    wanted === undefined ? catalog.data[0] : catalog.data.find(({ id }) => id === wanted)
  if (!report) {
    return (
      <Page title={t('report-screen:title')} back={paths.report()}>
        <EmptyState title={t('report-screen:unknown')} />
      </Page>
    )
  }
  return <OneReport key={report.id} report={report} catalog={catalog.data} />
}

interface OneReportProps {
  report: CatalogEntry
  catalog: CatalogEntry[]
}

function OneReport({ report, catalog }: OneReportProps) {
  const { t } = useTranslation()
  const tongue = useTongue()
  const { today } = useStore()
  const [query, setQuery] = useSearchParams()
  const asked = readAsked(report.id, query, today)
  const figure = readFigure(query)
  const isPaper = query.get('view') === 'paper'
  const table = useQuery(
    api.reports.run.queryOptions({ input: asked, placeholderData: keepPreviousData }),
  )
  const change = (next: Record<string, string | null>) => {
    const changed = withFigure(query, null)
    for (const [name, value] of Object.entries(next)) {
      if (value === null) changed.delete(name)
      else changed.set(name, value)
    }
    setQuery(changed, { replace: true })
  }
  const turn = () => change({ view: isPaper ? null : 'paper' })
  const close = () => {
    setQuery(withFigure(query, null), { replace: true })
    if (figure) document.getElementById(figureId(figure))?.focus()
  }
  const paper = { document: 'report' as const, ...asked, language: tongue }
  const print = useCommand(desk.papers.print, { onDone: (file) => void handOver(file) })
  useHotkeys([
    {
      keys: 'Alt+T',
      label: t(isPaper ? 'report-screen:toTable' : 'report-screen:toPaper'),
      run: turn,
    },
    {
      keys: 'F9',
      label: t('app:pdf.print'),
      when: !isPaper && !print.isPending,
      run: () => print.mutate(paper),
    },
  ])
  const title = report.title[tongue]
  const { from, to } = asked.params
  const shown = table.data
  return (
    <Page title={title} back="/">
      <PageHeader
        title={title}
        facts={[
          report.question[tongue],
          <span key="period" className="report-period">{`${from} – ${to}`}</span>,
        ]}
        aside={
          <div className="report-tools">
            <Segmented
              aria-label={t('report-screen:view')}
              value={isPaper ? 'paper' : 'table'}
              options={[
                { value: 'table', icon: <TableOutlined />, label: t('report-screen:table') },
                { value: 'paper', icon: <FilePdfOutlined />, label: t('report-screen:paper') },
              ]}
              onChange={turn}
            />
            <KeyCap keys="Alt+T" />
            <Exports asked={asked} />
          </div>
        }
      />
      <div className={figure ? 'figures-page figures-open' : 'figures-page'}>
        <Catalog catalog={catalog} current={report.id} />
        <div className="figures-main">
          <ReportTools asked={asked} report={report} change={change} />
          <RefusalAlert error={table.error ?? print.error} />
          {isPaper ? (
            <PaperPreview paper={paper} revision={table.dataUpdatedAt} label={title} />
          ) : shown && !table.error ? (
            <div className={table.isPlaceholderData ? 'figures-stale' : undefined}>
              <ReportChart table={shown} />
              <ReportFigures table={shown} />
              <Notes table={shown} />
            </div>
          ) : table.error ? null : (
            <LoadingState />
          )}
        </div>
        {figure && shown ? (
          <FigureCases
            key={figureId(figure)}
            asked={asked}
            figure={figure}
            table={shown}
            onClose={close}
          />
        ) : null}
      </div>
    </Page>
  )
}

/** What of the address belongs to no single report. */
const keptParts = ['from', 'to', 'vs', 'view']

/** The reports there are; the period and what it is narrowed to stay while they are changed. */
function Catalog({ catalog, current }: { catalog: CatalogEntry[]; current: string }) {
  const { t } = useTranslation()
  const tongue = useTongue()
  const { search } = useLocation()
  useTabKeys()
  const kept = new URLSearchParams(
    [...new URLSearchParams(search)].filter(([name]) => keptParts.includes(name)),
  )
  return (
    <Panel className="figures-list" title={t('report-screen:reports')}>
      <RowList label={t('report-screen:reports')}>
        {catalog.map(({ id, title, question }) => (
          <li key={id}>
            <Link
              className={
                id === current ? 'row row-wrap pick-row pick-current' : 'row row-wrap pick-row'
              }
              aria-current={id === current ? 'page' : undefined}
              title={question[tongue]}
              to={`${paths.report(id)}?${kept.toString()}`}
            >
              <span className="row-title">{title[tongue]}</span>
            </Link>
          </li>
        ))}
        {(['day', 'evaluation'] as const).map((name) => (
          <li key={name}>
            <Link className="row pick-row" aria-keyshortcuts={tabs[name].keys} to={tabs[name].to}>
              <span className="row-title">{t(`evaluation:tab.${name}`)}</span>
              <KeyCap keys={tabs[name].keys} />
            </Link>
          </li>
        ))}
      </RowList>
    </Panel>
  )
}

const exportKeys: Record<(typeof exportFormats)[number], string> = { csv: 'Alt+S', xlsx: 'Alt+X' }

function Exports({ asked }: { asked: Asked }) {
  const { t } = useTranslation()
  const language = useTongue()
  const save = useMutation({
    mutationFn: (format: keyof typeof exportKeys) =>
      desk.reports.export({ ...asked, format, language }),
    onSuccess: ({ content, fileName }) => saveFile(content, fileName),
  })
  const formats = Object.entries(exportKeys) as [keyof typeof exportKeys, string][]
  useHotkeys(
    formats.map(([format, keys]) => ({
      keys,
      label: t(`report-screen:export.${format}`),
      when: !save.isPending,
      run: () => save.mutate(format),
    })),
  )
  return (
    <>
      {formats.map(([format, keys]) => (
        <Button
          key={format}
          icon={<DownloadOutlined />}
          loading={save.isPending && save.variables === format}
          aria-keyshortcuts={keys}
          onClick={() => save.mutate(format)}
        >
          {t(`report-screen:export.${format}`)} <KeyCap keys={keys} />
        </Button>
      ))}
      <RefusalAlert error={save.error} />
    </>
  )
}

/** What must be said with the figures, and what each of them counts. */
function Notes({ table }: { table: ReportTable }) {
  const { t } = useTranslation()
  const tongue = useTongue()
  const hasShares = table.columns.some(({ kind }) => kind === 'share')
  return (
    <Panel title={t('report-screen:notes')}>
      <ul className="figures-notes">
        {table.notes.map(({ key, text }) => (
          <li key={key}>{text[tongue]}</li>
        ))}
        {hasShares ? <li>{t('report-screen:least', { count: table.leastForPercent })}</li> : null}
      </ul>
      <dl className="figures-meanings">
        {table.columns.map(({ key, label, meaning }) => (
          <div key={key}>
            <dt>{label[tongue]}</dt>
            <dd>{meaning[tongue]}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  )
}
