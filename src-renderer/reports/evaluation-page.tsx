import { DownloadOutlined } from '@ant-design/icons'
import type { InferClientOutputs } from '@orpc/client'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { Button, DatePicker, Segmented, Select } from 'antd'
import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'
import { Navigate, useNavigate, useSearchParams } from 'react-router'

import { isBusinessDate } from '../../src-main/foundation/business-date.ts'
import { evaluationDimensions } from '../../src-main/reports/contract.ts'
import { percentOf, type Share } from '../../src-main/foundation/share.ts'
import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { PaperPreview } from '../ui/paper-preview.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { saveFile } from '../ui/save-file.ts'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { useStore } from '../ui/store-context.ts'
import { ReportTabs } from './report-tabs.tsx'
import { RuleEffect } from './rule-effect.tsx'
import './evaluation.css'

type Evaluation = InferClientOutputs<typeof desk>['reports']['evaluation']
type Figures = Evaluation['all']
type Dimension = (typeof evaluationDimensions)[number]

const views = ['figures', 'card', 'rules'] as const
type View = (typeof views)[number]
const keysOf: Record<View, string> = {
  figures: 'Alt+F',
  card: 'Alt+C',
  rules: 'Alt+P',
}

/** What else is asked of a period stands among the reports. */
const elsewhere = {
  reasons: { keys: 'Alt+R', report: 'return_reasons' },
  goodwill: { keys: 'Alt+G', report: 'goodwill' },
} as const
const elsewhereNames = ['reasons', 'goodwill'] as const

/** How complaints were dealt with in a period, and what came of a changed rule. */
export default function EvaluationPage() {
  const { t } = useTranslation()
  const { today } = useStore()
  const [query, setQuery] = useSearchParams()
  const change = (next: Record<string, string | null>) => {
    const changed = new URLSearchParams(query)
    for (const [name, value] of Object.entries(next)) {
      if (value === null) changed.delete(name)
      else changed.set(name, value)
    }
    setQuery(changed, { replace: true })
  }
  const navigate = useNavigate()
  const asked = query.get('view')
  const view = views.find((each) => each === asked) ?? 'figures'
  const period = readPeriod(query, today)
  const addressOf = (name: keyof typeof elsewhere) => paths.report(elsewhere[name].report, period)
  useHotkeys([
    ...views.map((each) => ({
      keys: keysOf[each],
      label: t(`evaluation:view.${each}`),
      run: () => change({ view: each }),
    })),
    ...elsewhereNames.map((name) => ({
      keys: elsewhere[name].keys,
      label: t(`evaluation:also.${name}`),
      run: () => void navigate(addressOf(name)),
    })),
  ])
  const moved = elsewhereNames.find((name) => name === asked)
  if (moved) return <Navigate to={addressOf(moved)} replace />
  return (
    <Page title={t('evaluation:title')} back="/">
      <PageHeader
        title={t('evaluation:title')}
        facts={view === 'rules' ? [] : [`${period.from} – ${period.to}`]}
        aside={<ReportTabs current="evaluation" />}
      />
      <div className="list-tools duty-views evaluation-tools">
        <Segmented
          aria-label={t('evaluation:which')}
          value={view}
          onChange={(next) => change({ view: next })}
          options={views.map((value) => ({
            value,
            label: (
              <>
                {t(`evaluation:view.${value}`)} <KeyCap keys={keysOf[value]} />
              </>
            ),
          }))}
        />
        {elsewhereNames.map((name) => (
          <Button
            key={name}
            aria-keyshortcuts={elsewhere[name].keys}
            onClick={() => void navigate(addressOf(name))}
          >
            {t(`evaluation:also.${name}`)} <KeyCap keys={elsewhere[name].keys} />
          </Button>
        ))}
        {view === 'rules' ? null : <PeriodTools period={period} today={today} change={change} />}
      </div>
      {view === 'figures' ? <FiguresView period={period} query={query} change={change} /> : null}
      {view === 'card' ? <CardView period={period} query={query} change={change} /> : null}
      {view === 'rules' ? <RuleEffect /> : null}
    </Page>
  )
}

interface Period {
  from: string
  to: string
}

function readPeriod(query: URLSearchParams, today: string): Period {
  const [from, to] = [query.get('from') ?? '', query.get('to') ?? '']
  if (isBusinessDate(from) && isBusinessDate(to) && from <= to) return { from, to }
  return spanOf('month', 0, today)
}

/** This month or quarter, or so many before it; the running one ends today. */
function spanOf(unit: 'month' | 'quarter', before: number, today: string): Period {
  const months = unit === 'month' ? 1 : 3
  const month = dayjs(today).startOf('month')
  const first = unit === 'month' ? month : month.subtract(month.month() % 3, 'month')
  const from = first.subtract(before * months, 'month')
  const last = from.add(months, 'month').subtract(1, 'day').format('YYYY-MM-DD')
  return { from: from.format('YYYY-MM-DD'), to: last < today ? last : today }
}

interface ToolsProps {
  period: Period
  today: string
  change: (next: Record<string, string | null>) => void
}

function PeriodTools({ period, today, change }: ToolsProps) {
  const { t } = useTranslation()
  const spans = (['month', 'quarter'] as const).flatMap((unit) =>
    [0, 1].map((before) => ({ name: `${unit}${before}`, ...spanOf(unit, before, today) })),
  )
  return (
    <span className="list-tools">
      {spans.map(({ name, from, to }) => (
        <Button
          key={name}
          size="small"
          type={from === period.from && to === period.to ? 'primary' : 'default'}
          onClick={() => change({ from, to })}
        >
          {t(`evaluation:span.${name}`)}
        </Button>
      ))}
      {(['from', 'to'] as const).map((edge) => (
        <DatePicker
          key={edge}
          size="small"
          aria-label={t(`evaluation:${edge}`)}
          allowClear={false}
          value={dayjs(period[edge])}
          maxDate={dayjs(today)}
          onChange={(next) => next && change({ ...period, [edge]: next.format('YYYY-MM-DD') })}
        />
      ))}
    </span>
  )
}

interface ViewProps {
  period: Period
  query: URLSearchParams
  change: (next: Record<string, string | null>) => void
}

function FiguresView({ period, query, change }: ViewProps) {
  const { t } = useTranslation()
  const by: Dimension = evaluationDimensions.find((each) => each === query.get('by')) ?? 'owner'
  const found = useQuery(
    api.reports.evaluation.queryOptions({ input: period, placeholderData: keepPreviousData }),
  )
  const save = useMutation({
    mutationFn: () => desk.reports.exportEvaluation({ ...period, by }),
    onSuccess: ({ content, fileName }) => saveFile(content, fileName),
  })
  useHotkeys([{ keys: 'Alt+S', label: t('evaluation:export'), run: () => save.mutate() }])
  if (!found.data) return found.error ? <RefusalAlert error={found.error} /> : <LoadingState />
  return (
    <Panel
      title={
        <Segmented
          aria-label={t('evaluation:by')}
          size="small"
          value={by}
          onChange={(next) => change({ by: next })}
          options={evaluationDimensions.map((value) => ({
            value,
            label: t(`evaluation:dimension.${value}`),
          }))}
        />
      }
      extra={
        <Button
          icon={<DownloadOutlined />}
          loading={save.isPending}
          aria-keyshortcuts="Alt+S"
          onClick={() => save.mutate()}
        >
          {t('evaluation:export')} <KeyCap keys="Alt+S" />
        </Button>
      }
    >
      <RefusalAlert error={save.error} />
      <FiguresTable evaluation={found.data} by={by} />
      <p className="row-note">{t('evaluation:note')}</p>
    </Panel>
  )
}

const shares = [
  'atOnce',
  'sameDay',
  'content',
  'inFifteenDays',
  'reopened',
  'repeats',
  'kept',
] as const

function FiguresTable({ evaluation, by }: { evaluation: Evaluation; by: Dimension }) {
  const { t } = useTranslation()
  const { all } = evaluation
  const groups = evaluation[by]
  if (groups.length === 0) return <EmptyState small title={t('evaluation:none')} />
  const nameOf = (name: string) =>
    by === 'class' ? t(`complaints:class.${name}`) : name || t('boards:noFloor')
  const rows = [
    ...groups.map((each) => ({ ...each, label: nameOf(each.name), isAll: false })),
    { ...all, key: 'all', name: '', label: t('evaluation:all'), isAll: true },
  ]
  return (
    <table className="evaluation-table">
      <thead>
        <tr>
          <th scope="col">{t(`evaluation:dimension.${by}`)}</th>
          <th scope="col">{t('evaluation:received')}</th>
          <th scope="col">{t('evaluation:solved')}</th>
          {shares.map((name) => (
            <th key={name} scope="col">
              {t(`evaluation:${name}`)}
            </th>
          ))}
          <th scope="col">{t('evaluation:points')}</th>
          <th scope="col">{t('evaluation:days')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key || '-'} className={row.isAll ? 'rate-sum' : undefined}>
            <th scope="row">{row.label}</th>
            <td>{row.received}</td>
            <td>{row.solved}</td>
            {shares.map((name) => (
              <td key={name}>
                <ShareText share={row[name]} />
              </td>
            ))}
            <td>
              <Points of={row.points} />
            </td>
            <td>
              {row.days
                ? t('evaluation:daysText', {
                    median: row.days.median,
                    ninetieth: row.days.ninetieth,
                  })
                : '–'}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** A count of what it is of; a percentage only where enough stand behind it. */
function ShareText({ share }: { share: Share }) {
  const { t } = useTranslation()
  if (share.of === 0) return <>–</>
  const percent = percentOf(share)
  const text = t('evaluation:of', { ...share })
  if (percent === null) return <>{text}</>
  return (
    <>
      {t('evaluation:percent', { percent })} <span className="row-note">{text}</span>
    </>
  )
}

function Points({ of: { sum, of } }: { of: Figures['points'] }) {
  const { t } = useTranslation()
  if (of === 0) return <>–</>
  return (
    <>
      {(sum / of).toFixed(1)}{' '}
      <span className="row-note">{t('evaluation:people', { count: of })}</span>
    </>
  )
}

/** The scorecard of one person on paper: their figures beside the store's, month by month. */
function CardView({ period, query, change }: ViewProps) {
  const { t } = useTranslation()
  const people = useQuery(api.staff.colleagues.queryOptions())
  const asked = Number(query.get('owner'))
  const chosen = people.data?.find(({ id }) => id === asked) ?? people.data?.[0]
  const save = useMutation({
    mutationFn: (ownerId: number) =>
      desk.reports.exportEvaluation({ ...period, by: 'month', ownerId }),
    onSuccess: ({ content, fileName }) => saveFile(content, fileName),
  })
  const exportCard = () => chosen && save.mutate(chosen.id)
  useHotkeys([{ keys: 'Alt+S', label: t('evaluation:export'), run: exportCard }])
  if (!chosen) return people.error ? <RefusalAlert error={people.error} /> : <LoadingState />
  return (
    <>
      <div className="list-tools evaluation-person">
        <Select
          className="list-filter"
          aria-label={t('evaluation:person')}
          value={chosen.id}
          options={(people.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(id: number) => change({ owner: String(id) })}
        />
        <Button icon={<DownloadOutlined />} loading={save.isPending} onClick={exportCard}>
          {t('evaluation:export')} <KeyCap keys="Alt+S" />
        </Button>
      </div>
      <RefusalAlert error={save.error} />
      <PaperPreview
        paper={{ document: 'scorecard', ownerId: chosen.id, ...period }}
        label={t('evaluation:cardOf', { name: chosen.name })}
      />
    </>
  )
}
