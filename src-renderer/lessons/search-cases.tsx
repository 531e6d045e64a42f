import { SearchOutlined } from '@ant-design/icons'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import type { InputRef } from 'antd'
import { useDeferredValue, useLayoutEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'

import { api } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { ActionBar } from '../ui/action-bar.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { MoreRows } from '../ui/more-rows.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { PastCase } from '../ui/past-case.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { RowList } from '../ui/row-list.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'

const PAGE_SIZE = 20
const SHORTEST = 2

/** Every past complaint that contains the words, newest first. */
export function SearchCases({ tabs }: { tabs: ReactNode }) {
  const { t } = useTranslation()
  const [query, setQuery] = useSearchParams()
  // The field keeps its own text: the address follows a moment later and must not take a letter back.
  const [text, setText] = useState(query.get('q') ?? '')
  const type = (next: string) => {
    setText(next)
    setQuery(next ? { q: next } : {}, { replace: true })
  }
  const asked = useDeferredValue(text.trim())
  const found = useInfiniteQuery(
    api.lessons.search.infiniteOptions({
      input: (before: number | null) => ({ text: asked, before, limit: PAGE_SIZE }),
      initialPageParam: null as number | null,
      getNextPageParam: (page) => page.before,
      enabled: asked.length >= SHORTEST,
    }),
  )
  const rows = found.data?.pages.flatMap(({ cases }) => cases) ?? []
  const title = t('lessons:title')
  return (
    <Page
      title={title}
      back={paths.complaints()}
      footer={<ActionBar actions={[]}>{t('lessons:hint.cases')}</ActionBar>}
    >
      <PageHeader title={title} aside={tabs} />
      <SearchBox text={text} onText={type} />
      <RefusalAlert error={found.error} retry={found.refetch} />
      {found.isLoading ? <LoadingState /> : null}
      {asked.length < SHORTEST ? (
        <EmptyState
          icon={<SearchOutlined />}
          title={t('lessons:empty.search')}
          hint={t('lessons:empty.searchHint')}
        />
      ) : null}
      {found.data && rows.length === 0 ? (
        <EmptyState
          icon={<SearchOutlined />}
          title={t('lessons:empty.none', { text: asked })}
          hint={t('lessons:empty.noneHint')}
        />
      ) : null}
      {rows.length > 0 ? (
        <Panel>
          <RowList label={t('lessons:view.cases')}>
            {rows.map((row) => (
              <li key={row.complaintId}>
                <Link className="row past-case-row" to={paths.complaint(row.complaintId)}>
                  <span className="row-main">
                    <PastCase row={row} />
                  </span>
                </Link>
              </li>
            ))}
          </RowList>
          <MoreRows
            more={found.hasNextPage}
            loading={found.isFetchingNextPage}
            loadMore={() => void found.fetchNextPage()}
          />
        </Panel>
      ) : null}
    </Page>
  )
}

function SearchBox({ text, onText }: { text: string; onText: (text: string) => void }) {
  const { t } = useTranslation()
  const field = useRef<InputRef>(null)
  useLayoutEffect(() => field.current?.focus(), [])
  useHotkeys([
    { keys: 'Alt+F', label: t('lessons:search.label'), run: () => field.current?.focus() },
  ])
  return (
    <Input
      ref={field}
      className="lessons-search"
      size="large"
      value={text}
      maxLength={80}
      allowClear
      autoComplete="off"
      spellCheck={false}
      prefix={<SearchOutlined aria-hidden="true" />}
      suffix={<KeyCap keys="Alt+F" />}
      placeholder={t('lessons:search.example')}
      aria-label={t('lessons:search.label')}
      onChange={(event) => onText(event.target.value)}
    />
  )
}
