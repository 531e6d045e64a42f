import { FileSearchOutlined } from '@ant-design/icons'
import type { InferClientOutputs } from '@orpc/client'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, DatePicker, Segmented } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'

import { reviewViews } from '../../src-main/case-reviews/contract.ts'
import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { BusinessDate, Moment } from '../ui/business-date.tsx'
import { DutyTabs } from '../ui/duty-tabs.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { MoreRows } from '../ui/more-rows.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { RowList } from '../ui/row-list.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { Tag } from '../ui/tag.tsx'
import { useCommand } from '../ui/use-command.ts'

type Row = InferClientOutputs<typeof desk>['caseReviews']['list']['rows'][number]
type Draws = InferClientOutputs<typeof desk>['caseReviews']['draws']

const views = [...reviewViews, 'draws'] as const
type View = (typeof views)[number]

/** Closed cases that somebody else reads again: what waits, what came back, and how far each sample is. */
export default function ReviewsPage() {
  const { t } = useTranslation()
  const [query, setQuery] = useSearchParams()
  const view = views.find((each) => each === query.get('view')) ?? 'waiting'
  const counts = useQuery(api.caseReviews.counts.queryOptions())
  const show = (next: View) => setQuery({ view: next }, { replace: true })
  useHotkeys(
    views.map((each, at) => ({
      keys: String(at + 1),
      label: t(`case-reviews:view.${each}`),
      run: () => show(each),
    })),
  )
  const countOf: Partial<Record<View, number>> = counts.data ?? {}
  return (
    <Page title={t('case-reviews:title')} back="/">
      <PageHeader
        title={t('case-reviews:title')}
        facts={[t('case-reviews:hint')]}
        aside={<DutyTabs current="reviews" />}
      />
      <div className="list-tools duty-views">
        <Segmented<View>
          aria-label={t('case-reviews:which')}
          value={view}
          onChange={show}
          options={views.map((value, at) => ({
            value,
            label: (
              <>
                {t(`case-reviews:view.${value}`)} {countOf[value] ?? ''}{' '}
                <KeyCap keys={String(at + 1)} />
              </>
            ),
          }))}
        />
      </div>
      {view === 'draws' ? <Samples /> : <ReviewList key={view} view={view} />}
    </Page>
  )
}

function ReviewList({ view }: { view: (typeof reviewViews)[number] }) {
  const { t } = useTranslation()
  const list = useInfiniteQuery(
    api.caseReviews.list.infiniteOptions({
      input: (afterId: number | null) => ({ view, ...(afterId !== null && { afterId }) }),
      initialPageParam: null as number | null,
      getNextPageParam: ({ next }) => next ?? undefined,
    }),
  )
  const rows = list.data?.pages.flatMap((page) => page.rows)
  return (
    <>
      <Panel title={t(`case-reviews:view.${view}`)}>
        <RefusalAlert error={list.error} />
        {rows ? null : list.error ? null : <LoadingState />}
        {rows?.length === 0 ? (
          <EmptyState
            icon={<FileSearchOutlined />}
            title={t('case-reviews:none')}
            hint={t('case-reviews:teach')}
          />
        ) : null}
        {rows && rows.length > 0 ? (
          <RowList label={t('case-reviews:title')}>
            {rows.map((row) => (
              <li key={row.id}>
                <Link className="row" to={paths.caseReview(row.id)}>
                  <span className="row-main">
                    <span className="row-title">{row.text}</span>
                    <span className="row-note">
                      {[row.number, t(`complaints:class.${row.class}`), row.floor]
                        .filter(Boolean)
                        .join(' · ')}
                    </span>
                  </span>
                  <span className="row-side">
                    <ReviewTags row={row} />
                    <span className="row-note">
                      {row.ownerName} · <BusinessDate date={row.solvedOn} />
                    </span>
                  </span>
                </Link>
              </li>
            ))}
          </RowList>
        ) : null}
      </Panel>
      <MoreRows
        more={list.hasNextPage}
        loading={list.isFetchingNextPage}
        loadMore={() => void list.fetchNextPage()}
      />
    </>
  )
}

/** Why it is in the sample, where it stands, and whether somebody else has to look at it. */
export function ReviewTags({ row }: { row: Pick<Row, 'why' | 'state' | 'isOwn'> }) {
  const { t } = useTranslation()
  const tone = { waiting: 'plain', in_order: 'good', returned: 'risk', answered: 'teal' } as const
  return (
    <span>
      {row.why === 'serious' ? <Tag tone="risk">{t('case-reviews:serious')}</Tag> : null}{' '}
      {row.isOwn && row.state === 'waiting' ? <Tag tone="soon">{t('case-reviews:own')}</Tag> : null}{' '}
      <Tag tone={tone[row.state]}>{t(`case-reviews:state.${row.state}`)}</Tag>
    </span>
  )
}

function Samples() {
  const { t } = useTranslation()
  const { may } = useSession()
  const draws = useQuery(api.caseReviews.draws.queryOptions())
  return (
    <Panel title={t('case-reviews:view.draws')}>
      <RefusalAlert error={draws.error} />
      {draws.isLoading ? <LoadingState /> : null}
      {draws.data && may('reviews.manage') ? (
        draws.data.next ? (
          <DrawForm key={draws.data.next.from} next={draws.data.next} />
        ) : (
          <p className="row-note">{t('case-reviews:draw.nothing')}</p>
        )
      ) : null}
      {draws.data && draws.data.draws.length > 0 ? <DrawTable draws={draws.data.draws} /> : null}
      <p className="row-note">{t('case-reviews:draw.rule')}</p>
    </Panel>
  )
}

const DRAW = 'Alt+W'

function DrawForm({ next }: { next: NonNullable<Draws['next']> }) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const { message } = App.useApp()
  const [period, setPeriod] = useState({ from: next.from, until: next.until })
  const draw = useCommand(desk.caseReviews.draw, {
    onDone: ({ sampled, closed }) => {
      void message.success(t('case-reviews:draw.drawn', { sampled, closed }))
      void cache.invalidateQueries({ queryKey: [['caseReviews']] })
    },
  })
  const run = () => draw.mutate(period)
  useHotkeys([{ keys: DRAW, label: t('case-reviews:draw.do'), run }])
  return (
    <>
      <RefusalAlert error={draw.error} />
      <div className="list-tools duty-views">
        {(['from', 'until'] as const).map((edge) => (
          <DatePicker
            key={edge}
            aria-label={t(`case-reviews:draw.${edge}`)}
            prefix={t(`case-reviews:draw.${edge}`)}
            allowClear={false}
            value={dayjs(period[edge])}
            minDate={dayjs(next.from)}
            maxDate={dayjs(next.until)}
            onChange={(day) => day && setPeriod({ ...period, [edge]: day.format('YYYY-MM-DD') })}
          />
        ))}
        <Button type="primary" loading={draw.isPending} aria-keyshortcuts={DRAW} onClick={run}>
          {t('case-reviews:draw.do')} <KeyCap keys={DRAW} />
        </Button>
        <span className="row-note">{t('case-reviews:draw.closed', { count: next.closed })}</span>
      </div>
    </>
  )
}

/** Each sample with its coverage: closed, sampled, reviewed, and how many had findings. */
function DrawTable({ draws }: { draws: Draws['draws'] }) {
  const { t } = useTranslation()
  const numbers = ['closed', 'sampled', 'serious', 'reviewed', 'withFindings'] as const
  return (
    <table className="rate-table">
      <caption>{t('case-reviews:draw.coverage')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('case-reviews:draw.days')}</th>
          {numbers.map((name) => (
            <th key={name} scope="col">
              {t(`case-reviews:draw.of_${name}`)}
            </th>
          ))}
          <th scope="col">{t('case-reviews:draw.by')}</th>
          <th scope="col">{t('case-reviews:draw.check')}</th>
        </tr>
      </thead>
      <tbody>
        {draws.map((each) => (
          <tr key={each.id}>
            <th scope="row">
              <BusinessDate date={each.from} /> – <BusinessDate date={each.until} />
            </th>
            {numbers.map((name) => (
              <td key={name}>{each[name]}</td>
            ))}
            <td>
              {each.drawnBy} <Moment at={each.drawnAt} />
            </td>
            <td>
              <CheckAgain drawId={each.id} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Draws the sample once more from its seed: whoever doubts it sees that nobody picked it. */
function CheckAgain({ drawId }: { drawId: number }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const [asked, ask] = useState(false)
  const check = useQuery({
    ...api.caseReviews.check.queryOptions({ input: { drawId } }),
    enabled: asked,
  })
  if (!may('reviews.manage')) return null
  if (check.data) {
    return (
      <Tag tone={check.data.same ? 'good' : 'risk'}>
        {t(check.data.same ? 'case-reviews:draw.same' : 'case-reviews:draw.differs')}
      </Tag>
    )
  }
  return (
    <Button size="small" loading={asked && check.isLoading} onClick={() => ask(true)}>
      {t('case-reviews:draw.checkAgain')}
    </Button>
  )
}
