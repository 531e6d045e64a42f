import { PhoneOutlined } from '@ant-design/icons'
import type { InferClientOutputs } from '@orpc/client'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Checkbox, Segmented, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'

import { listViews } from '../../src-main/followups/contract.ts'
import { api } from '../app/client.ts'
import type { desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { BusinessDate, Moment } from '../ui/business-date.tsx'
import { useWords } from '../ui/closing-fields.tsx'
import { DutyTabs } from '../ui/duty-tabs.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { MoreRows } from '../ui/more-rows.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { RowList } from '../ui/row-list.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { FollowUpState } from './follow-up-state.tsx'
import { Learnt } from './learnt.tsx'
import { Plans } from './plans.tsx'
import { Rates } from './rates.tsx'
import './followups.css'

export type FollowUpRow = InferClientOutputs<typeof desk>['followups']['list']['rows'][number]
type Cursor = NonNullable<InferClientOutputs<typeof desk>['followups']['list']['next']>

const views = [...listViews, 'rates', 'learnt', 'plans'] as const
type View = (typeof views)[number]

/** Customers to be called, how content they are, what calls taught, and the plans behind it. */
export default function FollowUpsPage() {
  const { t } = useTranslation()
  const { may } = useSession()
  const [query, setQuery] = useSearchParams()
  const seen = views.filter((each) => each !== 'rates' || may('reports.read'))
  const view = seen.find((each) => each === query.get('view')) ?? 'due'
  const counts = useQuery(api.followups.counts.queryOptions({ refetchInterval: 60_000 }))
  const show = (next: View) => setQuery({ view: next }, { replace: true })
  useHotkeys(
    seen.map((each, at) => ({
      keys: String(at + 1),
      label: t(`followups:view.${each}`),
      run: () => show(each),
    })),
  )
  const countOf: Partial<Record<View, number>> = counts.data
    ? { due: counts.data.due, overdue: counts.data.overdue }
    : {}
  const isList = listViews.find((each) => each === view)
  return (
    <Page title={t('followups:title')} back="/">
      <PageHeader
        title={t('followups:title')}
        facts={[
          t('followups:hint'),
          counts.data && !counts.data.callable ? (
            <strong key="quiet" className="tone-soon">
              {t('followups:quietUntil')} <Moment at={counts.data.nextAt} />
            </strong>
          ) : null,
        ]}
        aside={<DutyTabs current="followups" />}
      />
      <div className="list-tools duty-views">
        <Segmented<View>
          aria-label={t('followups:which')}
          value={view}
          onChange={show}
          options={seen.map((value, at) => ({
            value,
            label: (
              <>
                {t(`followups:view.${value}`)} {countOf[value] ?? ''}{' '}
                <KeyCap keys={String(at + 1)} />
              </>
            ),
          }))}
        />
      </div>
      {isList ? <CallList key={isList} view={isList} floors={counts.data?.floors ?? []} /> : null}
      {view === 'rates' ? <Rates /> : null}
      {view === 'learnt' ? <Learnt caseId={null} /> : null}
      {view === 'plans' ? <Plans /> : null}
    </Page>
  )
}

const MINE = 'Alt+N'

function CallList({
  view,
  floors,
}: {
  view: (typeof listViews)[number]
  floors: readonly string[]
}) {
  const { t } = useTranslation()
  const [query, setQuery] = useSearchParams()
  const whose = query.get('whose') === 'mine' ? 'mine' : 'all'
  const floor = query.get('floor') ?? undefined
  const filter = (part: { whose?: string; floor?: string | undefined }) => {
    const next = { view, whose, ...(floor && { floor }), ...part }
    const kept = Object.entries(next).filter((each): each is [string, string] => Boolean(each[1]))
    setQuery(kept, { replace: true })
  }
  const list = useInfiniteQuery(
    api.followups.list.infiniteOptions({
      input: (after: Cursor | undefined) => ({
        view,
        whose,
        ...(floor && { floor }),
        ...(after && { after }),
      }),
      initialPageParam: undefined as Cursor | undefined,
      getNextPageParam: ({ next }) => next ?? undefined,
    }),
  )
  const turn = () => filter({ whose: whose === 'mine' ? 'all' : 'mine' })
  useHotkeys([{ keys: MINE, label: t('followups:mine'), run: turn }])
  const rows = list.data?.pages.flatMap((page) => page.rows)
  return (
    <>
      <Panel
        title={t(`followups:view.${view}`)}
        extra={
          <span className="list-tools">
            <Checkbox checked={whose === 'mine'} aria-keyshortcuts={MINE} onChange={turn}>
              {t('followups:mine')} <KeyCap keys={MINE} />
            </Checkbox>
            <Select
              aria-label={t('followups:floor')}
              className="followup-floor"
              allowClear
              placeholder={t('followups:allFloors')}
              value={floor}
              options={floors.map((each) => ({ value: each, label: each }))}
              onChange={(next: string | undefined) => filter({ floor: next })}
            />
          </span>
        }
      >
        <RefusalAlert error={list.error} />
        {rows ? <Rows rows={rows} /> : list.error ? null : <LoadingState />}
      </Panel>
      <MoreRows
        more={list.hasNextPage}
        loading={list.isFetchingNextPage}
        loadMore={() => void list.fetchNextPage()}
      />
    </>
  )
}

function Rows({ rows }: { rows: readonly FollowUpRow[] }) {
  const { t } = useTranslation()
  const say = useWords()
  if (rows.length === 0) {
    return (
      <EmptyState
        icon={<PhoneOutlined />}
        title={t('followups:none')}
        hint={t('followups:teach')}
      />
    )
  }
  return (
    <RowList label={t('followups:title')}>
      {rows.map((row) => (
        <li key={row.id}>
          <Link className="row followup-row" to={paths.followUp(row.id)}>
            <span className="row-main">
              <span className="row-title">{row.text}</span>
              <span className="row-note">
                {[row.number, say(row.planName), row.floor].filter(Boolean).join(' · ')}
                {row.steps > 1
                  ? ` · ${t('followups:step', { step: row.step, steps: row.steps })}`
                  : ''}
              </span>
            </span>
            <span className="followup-who">
              <span>{row.name || t('followups:nameless')}</span>
              <span className="row-note">{row.phoneMasked}</span>
            </span>
            <span className="row-side">
              <FollowUpState row={row} />
              <span className="row-note">
                {row.ownerName} ·{' '}
                {row.endedAt ? <Moment at={row.endedAt} /> : <Moment at={row.nextAt} />}
                {row.state === 'waiting' ? (
                  <>
                    {' · '}
                    {t('followups:lateAfter')} <BusinessDate date={row.lateAfter} />
                  </>
                ) : null}
              </span>
            </span>
          </Link>
        </li>
      ))}
    </RowList>
  )
}
