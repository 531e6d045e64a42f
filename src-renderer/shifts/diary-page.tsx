import { EditOutlined } from '@ant-design/icons'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { api, desk } from '../app/client.ts'
import { useSession } from '../app/session.ts'
import { ActionBar } from '../ui/action-bar.tsx'
import { Moment } from '../ui/business-date.tsx'
import { DutyTabs } from '../ui/duty-tabs.tsx'
import { Field } from '../ui/field.tsx'
import { MoreRows } from '../ui/more-rows.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { useCommand } from '../ui/use-command.ts'
import { useDraft } from '../ui/use-draft.ts'
import './shifts.css'

const draftKey = 'shift-diary'

/** What happened on duty, day by day: written once, never changed, found by words, day and author. */
export default function DiaryPage() {
  const { t } = useTranslation()
  const { may } = useSession()
  const [text, keep, clear] = useDraft<string>(draftKey, '')
  const write = useCommand(desk.shifts.writeDiary, { draftKey, onDone: clear })
  const canWrite = text.trim() !== '' && !write.isPending
  return (
    <Page
      title={t('shifts:diary.title')}
      back="/"
      footer={
        may('complaints.record') ? (
          <ActionBar
            actions={[
              {
                keys: 'Ctrl+Enter',
                label: t('shifts:diary.write'),
                icon: <EditOutlined />,
                primary: true,
                run: () => canWrite && write.mutate({ text: text.trim() }),
              },
            ]}
          >
            {t('shifts:diary.hint')}
          </ActionBar>
        ) : undefined
      }
    >
      <PageHeader title={t('shifts:diary.title')} aside={<DutyTabs current="diary" />} />
      {may('complaints.record') ? (
        <Panel>
          <RefusalAlert error={write.error} />
          <Field label={t('shifts:diary.new')}>
            {(id) => (
              <Input.TextArea
                id={id}
                value={text}
                maxLength={4000}
                autoSize={{ minRows: 2, maxRows: 8 }}
                onChange={(event) => keep(event.target.value)}
              />
            )}
          </Field>
        </Panel>
      ) : null}
      <Entries />
    </Page>
  )
}

interface Filter {
  words: string
  on: string | null
  authorId: number | null
}

function Entries() {
  const { t } = useTranslation()
  const [filter, setFilter] = useState<Filter>({ words: '', on: null, authorId: null })
  const asked = useDeferredValue(filter)
  const people = useQuery(api.staff.colleagues.queryOptions())
  const list = useInfiniteQuery(
    api.shifts.diary.infiniteOptions({
      input: (before: number | undefined) => ({
        words: asked.words.trim(),
        ...(asked.on && { on: asked.on }),
        ...(asked.authorId && { authorId: asked.authorId }),
        ...(before && { before }),
      }),
      initialPageParam: undefined as number | undefined,
      getNextPageParam: ({ next }) => next ?? undefined,
    }),
  )
  const rows = list.data?.pages.flatMap((page) => page.rows)
  return (
    <Panel>
      <div className="diary-tools">
        <Input
          className="diary-words"
          aria-label={t('shifts:diary.words')}
          placeholder={t('shifts:diary.words')}
          value={filter.words}
          maxLength={60}
          allowClear
          onChange={(event) => setFilter({ ...filter, words: event.target.value })}
        />
        <DatePicker
          aria-label={t('shifts:diary.on')}
          placeholder={t('shifts:diary.on')}
          value={filter.on ? dayjs(filter.on) : null}
          onChange={(next) => setFilter({ ...filter, on: next?.format('YYYY-MM-DD') ?? null })}
        />
        <Select
          className="diary-author"
          aria-label={t('shifts:diary.author')}
          value={filter.authorId ?? 0}
          options={[
            { value: 0, label: t('shifts:diary.anyone') },
            ...(people.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(authorId) => setFilter({ ...filter, authorId: authorId || null })}
        />
      </div>
      <RefusalAlert error={list.error} />
      {rows ? null : list.error ? null : <LoadingState />}
      {rows?.length === 0 ? (
        <EmptyState
          small
          icon={<EditOutlined />}
          title={t('shifts:diary.none')}
          hint={t('shifts:diary.teach')}
        />
      ) : null}
      {rows?.map((entry) => (
        <article key={entry.id} className="diary-entry">
          <p className="row-note">
            <Moment at={entry.at} /> · {entry.by}
          </p>
          <p className="diary-text">{entry.text}</p>
        </article>
      ))}
      <MoreRows
        more={list.hasNextPage}
        loading={list.isFetchingNextPage}
        loadMore={() => void list.fetchNextPage()}
      />
    </Panel>
  )
}
