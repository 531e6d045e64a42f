import {
  CheckOutlined,
  ClusterOutlined,
  RadarChartOutlined,
  StopOutlined,
  ToolOutlined,
} from '@ant-design/icons'
import type { InferClientOutputs } from '@orpc/client'
import { useQuery } from '@tanstack/react-query'
import { Segmented, Switch } from 'antd'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'

import { radarDimensions } from '../../src-main/radar/contract.ts'
import { api, type desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { ActionBar } from '../ui/action-bar.tsx'
import { BusinessDate, Moment } from '../ui/business-date.tsx'
import { useFaultWords } from '../ui/fault-words.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { ListDetail, PickRow } from '../ui/list-detail.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { Tag } from '../ui/tag.tsx'
import { DecideDialog } from './decide-dialog.tsx'
import { IncidentDialog } from './incident-dialog.tsx'
import { PlanDialog } from './plan-dialog.tsx'
import { SeenList } from './seen-list.tsx'
import { StopDialog } from './stop-dialog.tsx'

type Outputs = InferClientOutputs<typeof desk>['radar']
export type Cell = Outputs['scan']['cells'][number]
type Scan = Outputs['scan']
type Dimension = Cell['dimension'] | 'every'

const tones = { watch: 'plain', alert: 'soon', alarm: 'risk' } as const

/** A chance as people read it: one in so many where it is small. */
function useChance() {
  const { t } = useTranslation()
  return (p: number): string => {
    if (p >= 0.1) return t('radar:chance.percent', { percent: Math.round(p * 100) })
    if (p < 1e-6) return t('radar:chance.tiny')
    const of = Math.round(1 / p)
    return t('radar:chance.oneIn', { of: of.toLocaleString('en') })
  }
}

/** What fails more often than such goods do, the most urgent first, with why. */
export function Findings({ tabs }: { tabs: ReactNode }) {
  const { t } = useTranslation()
  const [dimension, setDimension] = useState<Dimension>('every')
  const [all, setAll] = useState(false)
  const scan = useQuery(
    api.radar.scan.queryOptions({
      input: { dimension: dimension === 'every' ? null : dimension, all },
    }),
  )
  const [chosen, choose] = useState<string | null>(null)
  const cells = scan.data?.cells ?? []
  const current = cells.find(({ key }) => key === chosen) ?? cells[0]
  const { actions, dialogs } = useFindingActions(current)
  const title = t('radar:title')
  return (
    <Page
      title={title}
      back="/"
      footer={
        <ActionBar actions={actions}>{scan.data ? <Basis scan={scan.data} /> : null}</ActionBar>
      }
    >
      <PageHeader title={title} aside={tabs} facts={[t('radar:hint.findings')]} />
      <Tools {...{ dimension, setDimension, all, setAll }} />
      <RefusalAlert error={scan.error} retry={scan.refetch} />
      {scan.isLoading ? <LoadingState text={t('radar:counting')} /> : null}
      {scan.data && cells.length === 0 ? (
        <EmptyState
          icon={<RadarChartOutlined />}
          title={t('radar:empty.findings')}
          hint={t('radar:empty.findingsHint', {
            failures: scan.data.failures,
            sold: scan.data.sold,
            days: scan.data.rule.failureDays,
          })}
        />
      ) : null}
      {current ? (
        <ListDetail
          label={t('radar:view.findings')}
          className="radar-parts"
          rows={cells.map((cell) => (
            <CellRow
              key={cell.key}
              cell={cell}
              current={cell.key === current.key}
              onChoose={() => choose(cell.key)}
            />
          ))}
        >
          <Why key={current.key} cell={current} rule={scan.data?.rule} />
        </ListDetail>
      ) : null}
      {dialogs}
    </Page>
  )
}

function Basis({ scan: { rule, failures, sold, tested, open } }: { scan: Scan }) {
  const { t } = useTranslation()
  return t('radar:basis', {
    failures,
    sold,
    tested,
    open,
    days: rule.failureDays,
    soldDays: rule.soldDays,
  })
}

interface ToolsProps {
  dimension: Dimension
  setDimension: (next: Dimension) => void
  all: boolean
  setAll: (next: boolean) => void
}

function Tools({ dimension, setDimension, all, setAll }: ToolsProps) {
  const { t } = useTranslation()
  const choices: Dimension[] = ['every', ...radarDimensions]
  const next = () =>
    setDimension(choices[(choices.indexOf(dimension) + 1) % choices.length] ?? 'every')
  useHotkeys([
    { keys: 'Alt+F', label: t('radar:filter.next'), run: next },
    { keys: 'Alt+L', label: t('radar:filter.all'), run: () => setAll(!all) },
  ])
  return (
    <div className="radar-tools">
      <Segmented<Dimension>
        aria-label={t('radar:filter.by')}
        value={dimension}
        options={choices.map((value) => ({ value, label: t(`radar:dimension.${value}`) }))}
        onChange={setDimension}
      />
      <KeyCap keys="Alt+F" />
      <label className="radar-switch">
        <Switch size="small" checked={all} onChange={setAll} /> {t('radar:filter.all')}{' '}
        <KeyCap keys="Alt+L" />
      </label>
    </div>
  )
}

interface CellRowProps {
  cell: Cell
  current: boolean
  onChoose: () => void
}

function CellRow({ cell, current, onChoose }: CellRowProps) {
  const { t } = useTranslation()
  const { word } = useFaultWords()
  return (
    <PickRow current={current} onChoose={onChoose}>
      <span className="row-main">
        <span className="row-title radar-title">
          {cell.label} · {cell.fault ? word(cell.fault) : t('radar:anyFault')}
        </span>
        <span className="row-note">
          {[
            t(`radar:dimension.${cell.dimension}`),
            t('radar:row', { count: cell.failures, sold: cell.sold, days: cell.days }),
          ].join(' · ')}
        </span>
      </span>
      <span className="row-side">
        {cell.level ? <Tag tone={tones[cell.level]}>{t(`radar:level.${cell.level}`)}</Tag> : null}
        <span className="row-note">
          {cell.alert?.decision
            ? t(`radar:decision.${cell.alert.decision}`)
            : cell.level
              ? t('radar:undecided')
              : ''}
        </span>
      </span>
    </PickRow>
  )
}

/** Why one finding is one: the figures it rests on, the rule, its cases, and what was decided. */
function Why({ cell, rule }: { cell: Cell; rule: Scan['rule'] | undefined }) {
  const { t } = useTranslation()
  const { word } = useFaultWords()
  const chance = useChance()
  const told = useQuery(api.radar.explain.queryOptions({ input: { key: cell.key } }))
  const figures: [string, ReactNode][] = [
    [t('radar:why.failures'), t('radar:why.failuresValue', { count: cell.failures })],
    [t('radar:why.sold'), t('radar:why.soldValue', { count: cell.sold })],
    [t('radar:why.expected'), cell.expected < 0.01 ? '< 0.01' : cell.expected.toFixed(2)],
    [t('radar:why.ratio'), t('radar:why.ratioValue', { ratio: cell.ratio.toFixed(1) })],
    [t('radar:why.p'), chance(cell.p)],
    [t('radar:why.q'), t('radar:why.qValue', { percent: percentOf(cell.q) })],
    [
      t('radar:why.when'),
      <span key="when">
        <BusinessDate date={cell.firstOn} /> – <BusinessDate date={cell.lastOn} />
      </span>,
    ],
    [t('radar:why.rule'), rule?.version ?? ''],
  ]
  return (
    <Panel
      title={
        <span className="radar-title">
          {cell.label} · {cell.fault ? word(cell.fault) : t('radar:anyFault')}
        </span>
      }
    >
      {cell.suggestion ? (
        <p>
          <strong>{t('radar:why.suggested')}</strong> {t(`radar:suggestion.${cell.suggestion}`)}
        </p>
      ) : null}
      <dl className="radar-why">
        {figures.map(([name, value]) => (
          <div key={name} className="contents">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <RefusalAlert error={told.error} />
      {told.data?.incident ? (
        <p>
          {t('radar:why.incident')}{' '}
          <Link to={paths.incident(told.data.incident.id)}>
            {told.data.incident.number} {told.data.incident.title}
          </Link>
        </p>
      ) : null}
      {told.data?.alerts.map((alert) => (
        <p key={alert.id} className="row-note">
          {t('radar:why.raised', { level: t(`radar:level.${alert.level}`) })}{' '}
          <Moment at={alert.raisedAt} />
          {alert.decision
            ? ` · ${alert.decidedBy ?? ''}：${t(`radar:decision.${alert.decision}`)} ${alert.decisionNote}`
            : ''}
        </p>
      ))}
      <h3>{t('radar:why.cases')}</h3>
      {told.data ? (
        <>
          <SeenList cases={told.data.cases} label={t('radar:why.cases')} />
          {told.data.more > 0 ? (
            <p className="row-note">{t('radar:why.more', { count: told.data.more })}</p>
          ) : null}
        </>
      ) : (
        <LoadingState />
      )}
    </Panel>
  )
}

function percentOf(share: number): string {
  const percent = share * 100
  return percent < 0.1 ? '< 0.1' : percent.toFixed(1)
}

function useFindingActions(cell: Cell | undefined) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { may } = useSession()
  const [dialog, setDialog] = useState<'decide' | 'incident' | 'stop' | 'plan' | null>(null)
  if (!cell || !may('quality.manage')) return { actions: [], dialogs: null }
  const close = () => setDialog(null)
  const actions = [
    {
      keys: 'Ctrl+Enter',
      label: t('radar:do.decide'),
      icon: <CheckOutlined />,
      primary: true,
      ...((!cell.alert || cell.alert.decision) && { unless: t('radar:do.nothingOpen') }),
      run: () => setDialog('decide'),
    },
    {
      keys: 'Alt+O',
      label: t('radar:do.incident'),
      icon: <ClusterOutlined />,
      run: () => setDialog('incident'),
    },
    {
      keys: 'Alt+X',
      label: t('radar:do.stop'),
      icon: <StopOutlined />,
      danger: true,
      ...(cell.productId === null && { unless: t('radar:do.goodsOnly') }),
      run: () => setDialog('stop'),
    },
    {
      keys: 'Alt+J',
      label: t('radar:do.plan'),
      icon: <ToolOutlined />,
      run: () => setDialog('plan'),
    },
  ]
  const dialogs = (
    <>
      {cell.alert && !cell.alert.decision && dialog === 'decide' ? (
        <DecideDialog alert={cell.alert} label={cell.label} close={close} />
      ) : null}
      {dialog === 'incident' ? (
        <IncidentDialog
          cell={cell}
          close={close}
          onDone={(incidentId) => void navigate(paths.incident(incidentId))}
        />
      ) : null}
      {dialog === 'stop' ? (
        <StopDialog
          productId={cell.productId}
          incidentId={null}
          close={close}
          onDone={() => void navigate(paths.radar('stops'))}
        />
      ) : null}
      {dialog === 'plan' ? (
        <PlanDialog
          of={{ cell: cell.key, goods: cell.label }}
          close={close}
          onDone={(actionId) => void navigate(paths.action(actionId))}
        />
      ) : null}
    </>
  )
  return { actions, dialogs }
}
