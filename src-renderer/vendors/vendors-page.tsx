import { PlusOutlined, SearchOutlined, ShopOutlined } from '@ant-design/icons'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Input, Segmented } from 'antd'
import type { InputRef } from 'antd'
import { useDeferredValue, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useSearchParams } from 'react-router'

import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { type Action, ActionBar } from '../ui/action-bar.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { TextField } from '../ui/given-fields.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Money } from '../ui/money.tsx'
import { MoreRows } from '../ui/more-rows.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { RowList } from '../ui/row-list.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { Tag } from '../ui/tag.tsx'
import { useCommand } from '../ui/use-command.ts'
import { ClaimRow } from './claim-row.tsx'
import './vendors.css'

const views = ['vendor', 'carrier', 'open', 'overdue', 'ended'] as const
type View = (typeof views)[number]

/** Vendors and carriers by name, and what is open with them. */
export default function VendorsPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { may } = useSession()
  const [query] = useSearchParams()
  const view = views.find((each) => each === query.get('view')) ?? 'vendor'
  const [text, setText] = useState('')
  const [isAdding, setAdding] = useState(false)
  const words = useDeferredValue(text.trim())
  const title = t('vendors:title')
  const actions: Action[] = [
    {
      keys: 'Alt+D',
      label: t('vendors:month.open'),
      run: () => void navigate(paths.deductions()),
    },
  ]
  if ((view === 'vendor' || view === 'carrier') && may('vendors.manage')) {
    actions.unshift({
      keys: 'Alt+A',
      label: t(`vendors:add.${view}`),
      icon: <PlusOutlined />,
      run: () => setAdding(true),
    })
  }
  return (
    <Page
      title={title}
      back="/"
      footer={<ActionBar actions={actions}>{t('vendors:hint')}</ActionBar>}
    >
      <PageHeader
        title={title}
        aside={
          <div className="vendor-tools">
            <Views current={view} />
            <Search text={text} onText={setText} />
          </div>
        }
      />
      {view === 'vendor' || view === 'carrier' ? (
        <Names key={view} kind={view} words={words} />
      ) : (
        <Claims key={view} view={view} words={words} />
      )}
      {isAdding && (view === 'vendor' || view === 'carrier') ? (
        <AddDialog kind={view} close={() => setAdding(false)} />
      ) : null}
    </Page>
  )
}

/** The lists, by their digits, with what waits in them. */
function Views({ current }: { current: View }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const counts = useQuery(api.vendors.counts.queryOptions())
  const waiting: Partial<Record<View, number | undefined>> = {
    carrier: counts.data?.carriersUntold,
    open: counts.data?.open,
    overdue: counts.data?.overdue,
  }
  const show = (view: View) => void navigate(paths.vendors(view), { replace: true })
  useHotkeys(
    views.map((view, index) => ({
      keys: String(index + 1),
      label: t(`vendors:view.${view}`),
      run: () => show(view),
    })),
  )
  return (
    <Segmented<View>
      aria-label={t('vendors:view.which')}
      value={current}
      options={views.map((view, index) => ({
        value: view,
        label: (
          <span className="vendor-view">
            {t(`vendors:view.${view}`)}
            {waiting[view] ? <strong>{waiting[view]}</strong> : null}
            <KeyCap keys={String(index + 1)} />
          </span>
        ),
      }))}
      onChange={show}
    />
  )
}

function Search({ text, onText }: { text: string; onText: (text: string) => void }) {
  const { t } = useTranslation()
  const field = useRef<InputRef>(null)
  useHotkeys([{ keys: 'Alt+F', label: t('vendors:search'), run: () => field.current?.focus() }])
  return (
    <Input
      ref={field}
      value={text}
      maxLength={80}
      allowClear
      autoComplete="off"
      spellCheck={false}
      prefix={<SearchOutlined aria-hidden="true" />}
      suffix={<KeyCap keys="Alt+F" />}
      placeholder={t('vendors:searchHint')}
      aria-label={t('vendors:search')}
      onChange={(event) => onText(event.target.value)}
    />
  )
}

function Names({ kind, words }: { kind: 'vendor' | 'carrier'; words: string }) {
  const { t } = useTranslation()
  const list = useInfiniteQuery(
    api.vendors.list.infiniteOptions({
      input: (after: { name: string; id: number } | null) => ({ kind, words, after }),
      initialPageParam: null,
      getNextPageParam: (page) => page.next,
    }),
  )
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? []
  if (list.isLoading) return <LoadingState />
  return (
    <>
      <RefusalAlert error={list.error} />
      {list.data && rows.length === 0 ? (
        <EmptyState
          icon={<ShopOutlined />}
          title={t(words ? 'vendors:empty.words' : `vendors:empty.${kind}`)}
          hint={t(words ? 'vendors:empty.wordsHint' : `vendors:empty.${kind}Hint`)}
        />
      ) : null}
      {rows.length > 0 ? (
        <Panel>
          <RowList label={t(`vendors:view.${kind}`)}>
            {rows.map((each) => (
              <li key={each.id}>
                <Link className="row" to={paths.vendor(each.id)}>
                  <span className="row-main">
                    <span className="row-title">{each.name}</span>
                    <span className="row-note">
                      {[each.contact, each.phone].filter(Boolean).join(' · ') ||
                        t('vendors:terms.none')}
                    </span>
                  </span>
                  <span className="row-side">
                    {each.overdueClaims > 0 ? (
                      <Tag tone="risk">
                        {t('vendors:count.overdue', { count: each.overdueClaims })}
                      </Tag>
                    ) : each.openClaims > 0 ? (
                      <Tag tone="soon">{t('vendors:count.open', { count: each.openClaims })}</Tag>
                    ) : null}
                    {each.waiting === 0 ? null : (
                      <span className="row-note">
                        {t('vendors:waiting')} <Money amount={each.waiting} />
                      </span>
                    )}
                  </span>
                </Link>
              </li>
            ))}
          </RowList>
          <MoreRows
            more={list.hasNextPage}
            loading={list.isFetchingNextPage}
            loadMore={() => void list.fetchNextPage()}
          />
        </Panel>
      ) : null}
    </>
  )
}

function Claims({ view, words }: { view: 'open' | 'overdue' | 'ended'; words: string }) {
  const { t } = useTranslation()
  const list = useInfiniteQuery(
    api.vendors.claims.infiniteOptions({
      input: (before: number | null) => ({ view, words, before }),
      initialPageParam: null,
      getNextPageParam: (page) => page.next,
    }),
  )
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? []
  if (list.isLoading) return <LoadingState />
  return (
    <>
      <RefusalAlert error={list.error} />
      {list.data && rows.length === 0 ? (
        <EmptyState title={t(`vendors:empty.${view}`)} hint={t('vendors:empty.claimsHint')} />
      ) : null}
      {rows.length > 0 ? (
        <Panel>
          <RowList label={t(`vendors:view.${view}`)}>
            {rows.map((claim) => (
              <li key={claim.id}>
                <Link className="row" to={paths.caseFile(claim.caseId, 'vendors')}>
                  <ClaimRow claim={claim} />
                </Link>
              </li>
            ))}
          </RowList>
          <MoreRows
            more={list.hasNextPage}
            loading={list.isFetchingNextPage}
            loadMore={() => void list.fetchNextPage()}
          />
        </Panel>
      ) : null}
    </>
  )
}

/** Somebody whose name stands on no sale: a carrier most of all. */
function AddDialog({ kind, close }: { kind: 'vendor' | 'carrier'; close: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const add = useCommand(desk.vendors.add, { onDone: ({ id }) => void navigate(paths.vendor(id)) })
  return (
    <ConfirmDialog
      open
      title={t(`vendors:add.${kind}`)}
      confirmLabel={t(`vendors:add.${kind}`)}
      busy={add.isPending}
      unready={name.trim() === ''}
      onConfirm={() => add.mutate({ kind, name: name.trim() })}
      onCancel={close}
    >
      <RefusalAlert error={add.error} />
      <TextField label={t('vendors:add.name')} value={name} maxLength={80} onChange={setName} />
    </ConfirmDialog>
  )
}
