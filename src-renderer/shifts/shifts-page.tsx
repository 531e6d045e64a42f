import { SwapOutlined } from '@ant-design/icons'
import type { InferClientOutputs } from '@orpc/client'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'

import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { ActionBar } from '../ui/action-bar.tsx'
import { BusinessDate, Moment } from '../ui/business-date.tsx'
import { DutyTabs } from '../ui/duty-tabs.tsx'
import { Field } from '../ui/field.tsx'
import { MoreRows } from '../ui/more-rows.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { RowList } from '../ui/row-list.tsx'
import { LoadingState } from '../ui/states.tsx'
import { Tag } from '../ui/tag.tsx'
import { useCommand } from '../ui/use-command.ts'
import { useDraft } from '../ui/use-draft.ts'
import { ShiftLists } from './shift-lists.tsx'
import './shifts.css'

type ShiftRow = InferClientOutputs<typeof desk>['shifts']['list']['rows'][number]

const draftKey = 'shift-note'

/** What would be handed over now, who has to accept, and the hand-overs there were. */
export default function ShiftsPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { may } = useSession()
  const now = useQuery(api.shifts.now.queryOptions({ refetchInterval: 60_000 }))
  const [note, keep, clear] = useDraft<string>(draftKey, '')
  const give = useCommand(desk.shifts.give, {
    draftKey,
    onDone: ({ id }) => {
      clear()
      void navigate(paths.shift(id))
    },
  })
  const waiting = now.data?.waiting ?? null
  const mayGive = may('complaints.record') && now.data !== undefined && waiting === null
  return (
    <Page
      title={t('shifts:title')}
      back="/"
      footer={
        mayGive ? (
          <ActionBar
            actions={[
              {
                keys: 'Ctrl+Enter',
                label: t('shifts:give'),
                icon: <SwapOutlined />,
                primary: true,
                run: () => give.mutate({ note: note.trim() }),
              },
            ]}
          >
            {t('shifts:hint')}
          </ActionBar>
        ) : undefined
      }
    >
      <PageHeader
        title={t('shifts:title')}
        facts={[t('shifts:hint')]}
        aside={<DutyTabs current="shifts" />}
      />
      <RefusalAlert error={now.error ?? give.error} />
      {now.isLoading ? <LoadingState /> : null}
      {waiting ? (
        <Panel title={t('shifts:waiting', { number: waiting.number })}>
          <RowList label={t('shifts:waiting', { number: waiting.number })}>
            <ShiftLine row={waiting} />
          </RowList>
        </Panel>
      ) : mayGive ? (
        <Panel>
          <Field label={t('shifts:note')} hint={t('shifts:noteHint')}>
            {(id) => (
              <Input.TextArea
                id={id}
                value={note}
                maxLength={2000}
                autoSize={{ minRows: 2, maxRows: 6 }}
                onChange={(event) => keep(event.target.value)}
              />
            )}
          </Field>
        </Panel>
      ) : null}
      {now.data ? (
        <>
          <h2 className="sr-only">{t('shifts:now')}</h2>
          <ShiftLists lists={now.data.lists} />
        </>
      ) : null}
      <PastShifts />
    </Page>
  )
}

function PastShifts() {
  const { t } = useTranslation()
  const past = useInfiniteQuery(
    api.shifts.list.infiniteOptions({
      input: (before: number | undefined) => (before === undefined ? {} : { before }),
      initialPageParam: undefined as number | undefined,
      getNextPageParam: ({ next }) => next ?? undefined,
    }),
  )
  const rows = past.data?.pages.flatMap((page) => page.rows) ?? []
  return (
    <Panel title={t('shifts:past')}>
      <RefusalAlert error={past.error} />
      {past.data && rows.length === 0 ? <p className="row-note">{t('shifts:none')}</p> : null}
      {rows.length > 0 ? (
        <RowList label={t('shifts:past')}>
          {rows.map((row) => (
            <ShiftLine key={row.id} row={row} />
          ))}
        </RowList>
      ) : null}
      <MoreRows
        more={past.hasNextPage}
        loading={past.isFetchingNextPage}
        loadMore={() => void past.fetchNextPage()}
      />
    </Panel>
  )
}

function ShiftLine({ row }: { row: ShiftRow }) {
  const { t } = useTranslation()
  return (
    <li>
      <Link className="row" to={paths.shift(row.id)}>
        <span className="row-main">
          <span className="row-title">
            {row.number} · <BusinessDate date={row.businessDate} />
          </span>
          <span className="row-note">
            {t('shifts:waitingBy', { name: row.givenBy })} · <Moment at={row.givenAt} />
          </span>
        </span>
        <span className="row-side">
          <ShiftState state={row.state} />
          {row.settledBy && row.settledAt ? (
            <span className="row-note">
              {row.settledBy} · <Moment at={row.settledAt} />
            </span>
          ) : null}
        </span>
      </Link>
    </li>
  )
}

const tones = { given: 'soon', accepted: 'good', withdrawn: 'plain' } as const

/** Where a hand-over stands, in a word. */
export function ShiftState({ state }: { state: ShiftRow['state'] }) {
  const { t } = useTranslation()
  return <Tag tone={tones[state]}>{t(`shifts:state.${state}`)}</Tag>
}
