import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Segmented, Switch } from 'antd'
import { EditOutlined } from '@ant-design/icons'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'

import { isSoundOn, keepSound } from '../app/alert-sound.ts'
import { api, desk } from '../app/client.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { ActionBar } from '../ui/action-bar.tsx'
import { type AlertRow, AlertRows, AnswerDialog } from '../ui/alert-rows.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { MoreRows } from '../ui/more-rows.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { SendAlert } from '../ui/send-alert.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { useCommand } from '../ui/use-command.ts'
import { DutyPanel } from './duty-panel.tsx'

const views = ['inbox', 'open', 'answered'] as const
type View = (typeof views)[number]
const keysOf: Record<View, string> = { inbox: 'Alt+F', open: 'Alt+O', answered: 'Alt+D' }
const answerKey = 'Alt+K'

/** What waits for this operator, what waits for anybody, what was dealt with; and who has the duty. */
export default function AlertsPage() {
  const { t } = useTranslation()
  const [query, setQuery] = useSearchParams()
  const view = views.find((each) => each === query.get('view')) ?? 'inbox'
  const show = (next: View) => setQuery(next === 'inbox' ? {} : { view: next }, { replace: true })
  const [sending, setSending] = useState(false)
  const [answering, setAnswering] = useState<AlertRow | null>(null)
  const inbox = useQuery(api.alerts.inbox.queryOptions({ refetchInterval: 60_000 }))
  const rows = inbox.data ?? []
  useSeen(rows)
  const first = view === 'inbox' ? rows[0] : undefined
  useHotkeys([
    ...views.map((each) => ({
      keys: keysOf[each],
      label: t(`alerts:view.${each}`),
      run: () => show(each),
    })),
    {
      keys: answerKey,
      label: t('alerts:answer'),
      when: first !== undefined,
      run: () => setAnswering(first ?? null),
    },
  ])
  return (
    <Page
      title={t('alerts:title')}
      back="/"
      footer={
        <ActionBar
          actions={[
            {
              keys: 'Insert',
              label: t('alerts:send'),
              icon: <EditOutlined />,
              run: () => setSending(true),
            },
          ]}
        >
          {t('alerts:hint')}
        </ActionBar>
      }
    >
      <PageHeader title={t('alerts:title')} aside={<SoundSwitch />} />
      <div className="list-tools duty-views">
        <Segmented
          aria-label={t('alerts:view.title')}
          value={view}
          onChange={show}
          options={views.map((value) => ({
            value,
            label: (
              <>
                {t(`alerts:view.${value}`)}
                {value === 'inbox' && rows.length > 0 ? ` ${rows.length}` : ''}{' '}
                <KeyCap keys={keysOf[value]} />
              </>
            ),
          }))}
        />
      </div>
      {view === 'inbox' ? (
        <>
          <RefusalAlert error={inbox.error} />
          {inbox.data ? (
            <Inbox rows={rows} keyed={first?.key ?? null} onAnswer={setAnswering} />
          ) : inbox.error ? null : (
            <LoadingState />
          )}
        </>
      ) : (
        <Written key={view} state={view} onAnswer={setAnswering} />
      )}
      <DutyPanel />
      <SendAlert open={sending} caseId={null} close={() => setSending(false)} />
      <AnswerDialog row={answering} close={() => setAnswering(null)} />
    </Page>
  )
}

/** What stands on screen has been seen: written down once for each message. */
function useSeen(rows: readonly AlertRow[]): void {
  const see = useCommand(desk.alerts.see)
  const keys = rows.filter(({ seenByMe }) => !seenByMe).map(({ key }) => key)
  const fresh = keys.join('\n')
  const { mutate } = see
  // Written once: what was refused is not tried again until something new is there.
  const written = useRef('')
  useEffect(() => {
    if (fresh === '' || fresh === written.current) return
    written.current = fresh
    mutate({ keys: fresh.split('\n').slice(0, 200) })
  }, [fresh, mutate])
}

interface InboxProps {
  rows: readonly AlertRow[]
  keyed: string | null
  onAnswer: (row: AlertRow) => void
}

function Inbox({ rows, keyed, onAnswer }: InboxProps) {
  const { t } = useTranslation()
  if (rows.length === 0) {
    return (
      <Panel>
        <EmptyState title={t('alerts:none')} hint={t('alerts:noneHint')} />
      </Panel>
    )
  }
  return (
    <Panel>
      <AlertRows
        label={t('alerts:view.inbox')}
        rows={rows}
        onAnswer={onAnswer}
        keyed={keyed}
        answerKey={answerKey}
      />
    </Panel>
  )
}

interface WrittenProps {
  state: 'open' | 'answered'
  onAnswer: (row: AlertRow) => void
}

/** Messages that were written down, of everybody. */
function Written({ state, onAnswer }: WrittenProps) {
  const { t } = useTranslation()
  const list = useInfiniteQuery(
    api.alerts.list.infiniteOptions({
      input: (before: number | undefined) => (before === undefined ? { state } : { state, before }),
      initialPageParam: undefined as number | undefined,
      getNextPageParam: ({ next }) => next ?? undefined,
    }),
  )
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? []
  if (list.isLoading) return <LoadingState />
  return (
    <Panel>
      <RefusalAlert error={list.error} />
      {list.data && rows.length === 0 ? (
        <EmptyState small title={t(state === 'open' ? 'alerts:noneOpen' : 'alerts:noneAnswered')} />
      ) : (
        <AlertRows
          label={t(`alerts:view.${state}`)}
          rows={rows}
          onAnswer={onAnswer}
          answerKey={answerKey}
        />
      )}
      <MoreRows
        more={list.hasNextPage}
        loading={list.isFetchingNextPage}
        loadMore={() => void list.fetchNextPage()}
      />
    </Panel>
  )
}

function SoundSwitch() {
  const { t } = useTranslation()
  const [on, setOn] = useState(isSoundOn)
  return (
    <span className="alert-sound">
      <Switch
        size="small"
        checked={on}
        aria-label={t('alerts:sound')}
        onChange={(next) => {
          keepSound(next)
          setOn(next)
        }}
      />
      {t('alerts:sound')}
    </span>
  )
}
