import { SearchOutlined, UserAddOutlined, UserOutlined } from '@ant-design/icons'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import type { InputRef } from 'antd'
import { useDeferredValue, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useSearchParams } from 'react-router'

import { api } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { ActionBar } from '../ui/action-bar.tsx'
import type { Action } from '../ui/action-bar.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { MoreRows } from '../ui/more-rows.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { RowList } from '../ui/row-list.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { Tag } from '../ui/tag.tsx'
import type { CustomerRow } from './customer.ts'
import { PersonDialog } from './person-dialog.tsx'
import './customers.css'

/** Everybody the store knows, found by name, sound, the end of a phone number or a member number. */
export default function CustomersPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { may } = useSession()
  const [query, setQuery] = useSearchParams()
  // The field keeps its own text: the address follows a moment later and must not take a letter back.
  const [text, setText] = useState(query.get('q') ?? '')
  const [adding, setAdding] = useState(false)
  const asked = useDeferredValue(text.trim())
  const list = useInfiniteQuery(
    api.customers.list.infiniteOptions({
      input: (before: number | undefined) => ({ text: asked, before }),
      initialPageParam: undefined,
      getNextPageParam: (last) => (last.more && asked === '' ? last.rows.at(-1)?.id : undefined),
    }),
  )
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? []
  const type = (next: string) => {
    setText(next)
    setQuery(next ? { q: next } : {}, { replace: true })
  }
  const actions: Action[] = []
  if (may('customers.edit')) {
    actions.push({
      keys: 'Alt+A',
      label: t('customers:add.open'),
      icon: <UserAddOutlined />,
      run: () => setAdding(true),
    })
  }
  const title = t('customers:title')
  return (
    <Page
      title={title}
      back="/"
      footer={<ActionBar actions={actions}>{t('customers:hint.masked')}</ActionBar>}
    >
      <PageHeader title={title} />
      <SearchBox text={text} onText={type} />
      <RefusalAlert error={list.error} retry={list.refetch} />
      {list.isLoading ? <LoadingState /> : null}
      {list.data && rows.length === 0 ? (
        <EmptyState
          icon={<UserOutlined />}
          title={asked ? t('customers:empty.none', { text: asked }) : t('customers:empty.all')}
          hint={asked ? t('customers:empty.noneHint') : t('customers:empty.allHint')}
        />
      ) : null}
      {rows.length > 0 ? (
        <Panel>
          <RowList label={title}>
            {rows.map((row) => (
              <CustomerLine key={row.id} row={row} />
            ))}
          </RowList>
          <MoreRows
            more={list.hasNextPage}
            loading={list.isFetchingNextPage}
            loadMore={() => void list.fetchNextPage()}
          />
          {asked && list.data?.pages[0]?.more ? (
            <p className="row-note">{t('customers:hint.narrow')}</p>
          ) : null}
        </Panel>
      ) : null}
      {adding ? (
        <PersonDialog
          customer={null}
          onDone={(id) => void navigate(paths.customer(id))}
          onCancel={() => setAdding(false)}
        />
      ) : null}
    </Page>
  )
}

function CustomerLine({ row }: { row: CustomerRow }) {
  const { t } = useTranslation()
  return (
    <li>
      <Link className="row" to={paths.customer(row.id)}>
        <span className="row-main">
          <span className="row-title">
            {row.name || row.memberNo || t('customers:unnamed')}{' '}
            {row.tier ? <Tag tone="teal">{row.tier}</Tag> : null}
          </span>
          <span className="row-note">
            {[row.memberNo, row.foundAs ? t('customers:foundAs', { text: row.foundAs }) : null]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </span>
        <span className="row-side customer-phone">{row.phoneMasked}</span>
      </Link>
    </li>
  )
}

function SearchBox({ text, onText }: { text: string; onText: (text: string) => void }) {
  const { t } = useTranslation()
  const field = useRef<InputRef>(null)
  useLayoutEffect(() => field.current?.focus(), [])
  useHotkeys([
    { keys: 'Alt+F', label: t('customers:search.label'), run: () => field.current?.focus() },
  ])
  return (
    <Input
      ref={field}
      className="customers-search"
      size="large"
      value={text}
      maxLength={80}
      allowClear
      autoComplete="off"
      spellCheck={false}
      prefix={<SearchOutlined aria-hidden="true" />}
      suffix={<KeyCap keys="Alt+F" />}
      placeholder={t('customers:search.example')}
      aria-label={t('customers:search.label')}
      onChange={(event) => onText(event.target.value)}
    />
  )
}
