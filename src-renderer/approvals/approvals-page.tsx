import { CheckCircleOutlined, SettingOutlined } from '@ant-design/icons'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Button, Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams, useSearchParams } from 'react-router'

import { pageOfHistory } from '../../src-main/approvals/contract.ts'
import { api } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { ActionBar } from '../ui/action-bar.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { MoreRows } from '../ui/more-rows.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { ApprovalDetail } from './approval-detail.tsx'
import { ApprovalList } from './approval-list.tsx'
import { type View, views } from './approval.ts'
import { useDecisions } from './decide.tsx'
import { GoodwillView } from './goodwill-view.tsx'
import { OffersView } from './offers-view.tsx'
import '../ui/list-detail.css'
import './approvals.css'

/** F10: what waits for me, what I wait for, and everything that was ever decided, offered or given. */
export default function ApprovalsPage() {
  const { may } = useSession()
  const { view } = useParams()
  const decides = may('approvals.decide')
  const current =
    views.find((each) => each === view) ?? (decides ? ('for-me' as const) : ('mine' as const))
  if (current === 'offers') return <OffersView tools={<Views current={current} />} />
  if (current === 'goodwill') return <GoodwillView tools={<Views current={current} />} />
  return <Requests key={current} view={current} />
}

/** The five views, by their digits. */
function Views({ current }: { current: View }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { may } = useSession()
  const show = (view: View) => void navigate(paths.approvals(view), { replace: true })
  const counts = useQuery(api.approvals.counts.queryOptions())
  const { forMe = 0, mine = 0 } = counts.data ?? {}
  const count: Partial<Record<View, number>> = { 'for-me': forMe, mine }
  const shown = views.filter((view) => view !== 'for-me' || may('approvals.decide'))
  useHotkeys(
    shown.map((view, index) => ({
      keys: String(index + 1),
      label: t(`approvals:view.${view}`),
      run: () => show(view),
    })),
  )
  return (
    <div className="approvals-tools">
      <Segmented<View>
        aria-label={t('approvals:view.which')}
        value={current}
        options={shown.map((view, index) => ({
          value: view,
          label: (
            <span className="label-with-key">
              {t(`approvals:view.${view}`)}
              {count[view] ? <span className="approvals-count">{count[view]}</span> : null}
              <KeyCap keys={String(index + 1)} />
            </span>
          ),
        }))}
        onChange={show}
      />
      {may('approvals.manage') ? (
        <Button icon={<SettingOutlined />} onClick={() => void navigate(paths.approvalLimits())}>
          {t('approvals:limits.title')}
        </Button>
      ) : null}
    </div>
  )
}

const inputs = {
  'for-me': { view: 'for_me' },
  mine: { view: 'mine' },
  history: { view: 'history' },
} as const

function Requests({ view }: { view: keyof typeof inputs }) {
  const { t } = useTranslation()
  const [query, setQuery] = useSearchParams()
  const list = useInfiniteQuery(
    api.approvals.list.infiniteOptions({
      input: (before: number | undefined) => ({ ...inputs[view], before }),
      initialPageParam: undefined,
      // Only history goes back for good; what waits is all there.
      getNextPageParam: (last) =>
        view === 'history' && last.length === pageOfHistory ? last.at(-1)?.id : undefined,
    }),
  )
  const rows = list.data?.pages.flat() ?? []
  const asked = Number(query.get('id'))
  const chosen = rows.find((each) => each.id === asked) ?? rows[0]
  const { actions, dialog } = useDecisions(chosen)
  const title = t('approvals:title')
  return (
    <Page
      title={title}
      back="/"
      footer={
        <ActionBar actions={actions}>
          {actions.length === 0 && chosen ? t('approvals:nothingToDo') : null}
        </ActionBar>
      }
    >
      <PageHeader title={title} aside={<Views current={view} />} />
      <RefusalAlert error={list.error} retry={list.refetch} />
      {list.isLoading ? <LoadingState /> : null}
      {list.data && rows.length === 0 ? (
        <EmptyState
          icon={<CheckCircleOutlined />}
          title={t(`approvals:empty.${view}.title`)}
          hint={t(`approvals:empty.${view}.hint`)}
        />
      ) : null}
      {chosen ? (
        <div className="list-detail">
          <Panel className="approvals-list">
            <ApprovalList
              label={t(`approvals:view.${view}`)}
              approvals={rows}
              currentId={chosen.id}
              onChoose={(id) => setQuery({ id: String(id) }, { replace: true })}
            />
            <MoreRows
              more={list.hasNextPage}
              loading={list.isFetchingNextPage}
              loadMore={() => void list.fetchNextPage()}
            />
          </Panel>
          <ApprovalDetail key={chosen.id} approvalId={chosen.id} />
        </div>
      ) : null}
      {dialog}
    </Page>
  )
}
