import { CheckCircleOutlined, CheckOutlined, CloseOutlined } from '@ant-design/icons'
import type { InferClientOutputs } from '@orpc/client'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Button, Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'

import { promiseViews } from '../../src-main/promises/contract.ts'
import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { Moment } from '../ui/business-date.tsx'
import { DutyTabs } from '../ui/duty-tabs.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { MoreRows } from '../ui/more-rows.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { PaperKey } from '../ui/paper-key.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { Tag } from '../ui/tag.tsx'
import { useCommand } from '../ui/use-command.ts'
import { KeptRates } from './kept-rates.tsx'
import './promises.css'

type PromiseRow = InferClientOutputs<typeof desk>['promises']['list']['rows'][number]
type Cursor = NonNullable<InferClientOutputs<typeof desk>['promises']['list']['next']>

const views = [...promiseViews, 'rate'] as const
type View = (typeof views)[number]
const keysOf: Record<View, string> = {
  due: 'Alt+D',
  overdue: 'Alt+O',
  mine: 'Alt+I',
  all: 'Alt+L',
  rate: 'Alt+R',
}

/** Every promise to a customer: what is due, what is late, whose it is, and how many were kept. */
export default function PromisesPage() {
  const { t } = useTranslation()
  const { may } = useSession()
  const [query, setQuery] = useSearchParams()
  const seen = views.filter((each) => each !== 'rate' || may('reports.read'))
  const view = seen.find((each) => each === query.get('view')) ?? 'due'
  const asked = query.get('floor')
  const floor = asked === '-' ? '' : asked
  const show = (next: View) =>
    setQuery(asked === null ? { view: next } : { view: next, floor: asked }, { replace: true })
  const counts = useQuery(api.promises.counts.queryOptions({ refetchInterval: 60_000 }))
  useHotkeys(
    seen.map((each) => ({
      keys: keysOf[each],
      label: t(`promises:view.${each}`),
      run: () => show(each),
    })),
  )
  const countOf: Partial<Record<View, number>> = counts.data ?? {}
  return (
    <Page title={t('promises:title')} back="/">
      <PageHeader
        title={t('promises:title')}
        facts={[floor === null ? null : floor || t('boards:noFloor'), t('promises:hint')]}
        aside={
          <div className="paper-keys">
            <PaperKey
              keys="F9"
              label={t('promises:paper.show')}
              title={t('promises:paper.title')}
              paper={{ document: 'promise_list', floor }}
            />
            <DutyTabs current="promises" />
          </div>
        }
      />
      <div className="list-tools duty-views">
        <Segmented
          aria-label={t('promises:which')}
          value={view}
          onChange={(next) => show(next)}
          options={seen.map((value) => ({
            value,
            label: (
              <>
                {t(`promises:view.${value}`)} {countOf[value] ?? ''} <KeyCap keys={keysOf[value]} />
              </>
            ),
          }))}
        />
      </div>
      {view === 'rate' ? <KeptRates /> : <PromiseBook key={view} view={view} floor={floor} />}
    </Page>
  )
}

interface PromiseBookProps {
  view: (typeof promiseViews)[number]
  floor: string | null
}

function PromiseBook({ view, floor }: PromiseBookProps) {
  const { t } = useTranslation()
  const list = useInfiniteQuery(
    api.promises.list.infiniteOptions({
      input: (after: Cursor | undefined) => ({
        view,
        ...(floor !== null && { floor }),
        ...(after && { after }),
      }),
      initialPageParam: undefined as Cursor | undefined,
      getNextPageParam: ({ next }) => next ?? undefined,
    }),
  )
  const rows = list.data?.pages.flatMap((page) => page.rows)
  if (!rows) return list.error ? <RefusalAlert error={list.error} /> : <LoadingState />
  if (rows.length === 0) {
    return (
      <Panel>
        <EmptyState
          icon={<CheckCircleOutlined />}
          title={t('promises:none')}
          hint={t('promises:teach')}
        />
      </Panel>
    )
  }
  return (
    <>
      <Panel title={t(`promises:view.${view}`)}>
        <ul className="promise-book" aria-label={t('promises:title')}>
          {rows.map((row) => (
            <PromiseLine key={row.id} row={row} />
          ))}
        </ul>
      </Panel>
      <MoreRows
        more={list.hasNextPage}
        loading={list.isFetchingNextPage}
        loadMore={() => void list.fetchNextPage()}
      />
    </>
  )
}

function StateTag({ row }: { row: PromiseRow }) {
  const { t } = useTranslation()
  if (row.overdue) return <Tag tone="risk">{t('promises:state.overdue')}</Tag>
  if (row.state === 'kept') return <Tag tone="good">{t('promises:state.kept')}</Tag>
  if (row.state === 'broken') return <Tag tone="risk">{t('promises:state.broken')}</Tag>
  return <Tag tone="soon">{t('promises:state.open')}</Tag>
}

function PromiseLine({ row }: { row: PromiseRow }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const settle = useCommand(desk.cases.settlePromise)
  const settleAs = (kept: boolean) =>
    settle.mutate({ promiseId: row.id, kept, version: row.version })
  return (
    <li className="promise-line">
      <div>
        <p className="promise-told">{row.text}</p>
        <p className="row-note">
          <Source row={row} /> · {t('promises:by', { name: row.ownerName })}
          {row.floor ? ` · ${row.floor}` : ''}
          {row.settledAt ? (
            <>
              {' · '}
              {t('promises:settled')} <Moment at={row.settledAt} />
            </>
          ) : null}
        </p>
        <RefusalAlert error={settle.error} />
      </div>
      <p className="promise-when">
        <StateTag row={row} />
        <span>
          {t('promises:until')} <Moment at={row.dueAt} />
        </span>
      </p>
      {row.state === 'open' && may('complaints.record') ? (
        <span className="promise-settle">
          <Button
            size="small"
            icon={<CheckOutlined />}
            aria-label={t('promises:keepOf', { text: row.text })}
            disabled={settle.isPending}
            onClick={() => settleAs(true)}
          >
            {t('promises:keep')}
          </Button>
          <Button
            size="small"
            icon={<CloseOutlined />}
            aria-label={t('promises:breakOf', { text: row.text })}
            disabled={settle.isPending}
            onClick={() => settleAs(false)}
          >
            {t('promises:break')}
          </Button>
        </span>
      ) : (
        <span />
      )}
    </li>
  )
}

/** What the promise was given for. */
function Source({ row: { complaint, repair, caseId } }: { row: PromiseRow }) {
  if (complaint) return <Link to={paths.complaint(complaint.id)}>{complaint.number}</Link>
  if (repair) return <Link to={paths.repair(repair.id)}>{repair.number}</Link>
  return <>#{caseId}</>
}
