import { CheckCircleOutlined } from '@ant-design/icons'
import type { InferClientOutputs } from '@orpc/client'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'

import { runningViews } from '../../src-main/clocks/contract.ts'
import { api } from '../app/client.ts'
import type { desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { ClockTag, DueMoment, sayDuration, sayLeft } from '../ui/clock-tag.tsx'
import { DutyTabs } from '../ui/duty-tabs.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { MoreRows } from '../ui/more-rows.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { RowList } from '../ui/row-list.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { Tag } from '../ui/tag.tsx'
import { useTongue } from '../ui/use-tongue.ts'

type Running = InferClientOutputs<typeof desk>['clocks']['running']
type Row = Running['rows'][number]
type Cursor = NonNullable<Running['next']>

const views = runningViews
type View = (typeof views)[number]
const keysOf: Record<View, string> = {
  forMe: 'Alt+F',
  overdue: 'Alt+O',
  due: 'Alt+D',
  all: 'Alt+L',
}

/** What of the open cases is late or due, how long it has waited, and at whom it is. */
export default function ClocksPage() {
  const { t } = useTranslation()
  const [query, setQuery] = useSearchParams()
  const view = views.find((each) => each === query.get('view')) ?? 'overdue'
  const asked = query.get('floor')
  const floor = asked === '-' ? '' : asked
  const show = (next: View) =>
    setQuery(asked === null ? { view: next } : { view: next, floor: asked }, { replace: true })
  const list = useInfiniteQuery(
    api.clocks.running.infiniteOptions({
      input: (after: Cursor | undefined) => ({
        view,
        ...(floor !== null && { floor }),
        ...(after && { after }),
      }),
      initialPageParam: undefined as Cursor | undefined,
      getNextPageParam: ({ next }) => next ?? undefined,
      placeholderData: keepPreviousData,
      refetchInterval: 60_000,
    }),
  )
  useHotkeys(
    views.map((each) => ({
      keys: keysOf[each],
      label: t(`clocks:list.${each}`),
      run: () => show(each),
    })),
  )
  const rows = list.data?.pages.flatMap((page) => page.rows)
  const counts = list.data?.pages[0]?.counts
  return (
    <Page title={t('clocks:list.title')} back="/">
      <PageHeader
        title={t('clocks:list.title')}
        facts={[floor === null ? null : floor || t('boards:noFloor'), t('clocks:list.hint')]}
        aside={<DutyTabs current="clocks" />}
      />
      <div className="list-tools duty-views">
        <Segmented
          aria-label={t('clocks:list.which')}
          value={view}
          onChange={(next) => show(next)}
          options={views.map((value) => ({
            value,
            label: (
              <>
                {t(`clocks:list.${value}`)} {counts?.[value] ?? ''} <KeyCap keys={keysOf[value]} />
              </>
            ),
          }))}
        />
      </div>
      <RefusalAlert error={list.error} />
      {rows ? (
        <ClockedCases rows={rows} count={counts?.[view] ?? rows.length} />
      ) : list.error ? null : (
        <LoadingState />
      )}
      <MoreRows
        more={list.hasNextPage}
        loading={list.isFetchingNextPage}
        loadMore={() => void list.fetchNextPage()}
      />
    </Page>
  )
}

function ClockedCases({ rows, count }: { rows: readonly Row[]; count: number }) {
  const { t } = useTranslation()
  const tongue = useTongue()
  if (rows.length === 0) {
    return (
      <Panel>
        <EmptyState
          icon={<CheckCircleOutlined />}
          title={t('clocks:list.none')}
          hint={t('clocks:list.teach')}
        />
      </Panel>
    )
  }
  return (
    <Panel title={t('clocks:list.count', { count })}>
      <RowList label={t('clocks:list.title')}>
        {rows.map((row) => (
          <li key={row.caseId}>
            <Link className="row" to={paths.complaint(row.complaintId)}>
              <span className="row-main">
                <span className="row-title">{row.text}</span>
                <span className="row-note">
                  {[
                    row.number,
                    row.floor,
                    row.counter,
                    t('clocks:list.owner', { name: row.ownerName }),
                    t('clocks:list.waited', { time: sayDuration(row.waitedMs, false, t) }),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </span>
              <span className="row-side">
                <span>
                  {row.told ? (
                    <>
                      <Tag>
                        {t('clocks:list.atLevel')} {t(`clocks:level.${row.told}`)}
                      </Tag>{' '}
                    </>
                  ) : null}
                  {row.next ? <ClockTag clock={row.next} /> : null}
                </span>
                {row.next ? (
                  <span className="row-note">
                    {row.next.names[tongue]} · {sayLeft(row.next, t)} ·{' '}
                    <DueMoment clock={row.next} />
                  </span>
                ) : null}
              </span>
            </Link>
          </li>
        ))}
      </RowList>
    </Panel>
  )
}
