import { CheckCircleOutlined, SearchOutlined } from '@ant-design/icons'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Input, Segmented } from 'antd'
import type { InputRef } from 'antd'
import { useDeferredValue, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams, useSearchParams } from 'react-router'

import { listViews } from '../../src-main/goods/contract.ts'
import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { useScanner } from '../input/use-scanner.tsx'
import { ActionBar } from '../ui/action-bar.tsx'
import { type GoodsUnit, placeOf, toneOf } from '../ui/goods-unit.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { ListDetail, PickRow } from '../ui/list-detail.tsx'
import { Page, PageHeader } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { Tag } from '../ui/tag.tsx'
import { GoodsDetail } from './goods-detail.tsx'
import { useMoves } from './use-moves.tsx'
import './goods.css'

type View = (typeof listViews)[number]

/** The text of a goods label: a paper's number without dashes, a dot and a place. */
const LABEL = /^[A-Z]{2}[0-9A-Z]{12,}\.\d{1,5}$/i

const viewOfState: Record<GoodsUnit['state'], View> = {
  at_desk: 'at_desk',
  in_quarantine: 'in_quarantine',
  for_vendor: 'for_vendor',
  in_repair: 'in_repair',
  on_floor: 'gone',
  with_vendor: 'gone',
  scrapped: 'gone',
  with_customer: 'gone',
  back_in_repair: 'gone',
}

/** Goods that came back: what lies at the desk, in quarantine, for the vendor or in repair, and what became of the rest. */
export default function GoodsPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [query] = useSearchParams()
  const asked = Number(query.get('id')) || null
  const { view: inAddress } = useParams()
  const named = listViews.find((each) => each === inAddress)
  const one = useQuery(
    api.goods.open.queryOptions({ input: { unitId: asked ?? 0 }, enabled: asked !== null }),
  )
  // A link to a unit opens the list it is in now; who works through a list stays in it.
  const view = named ?? (one.data ? viewOfState[one.data.state] : 'at_desk')
  const [text, setText] = useState('')
  const shownText = useDeferredValue(text.trim())
  const list = useQuery(
    api.goods.list.queryOptions({
      input: { view, text: shownText },
      placeholderData: keepPreviousData,
    }),
  )
  const rows = list.data ?? []
  const chosen = rows.find(({ id }) => id === asked) ?? rows[0]
  const { actions, dialog } = useMoves(chosen)
  const open = (unit: { unitId: number }) => void navigate(paths.goods(undefined, unit.unitId))
  useScanner((scanned) => {
    if (!LABEL.test(scanned.trim())) return false
    setText('')
    // A tag nobody knows, or a desk that does not answer: the list says so.
    const show = () => setText(scanned.trim())
    void desk.goods
      .byTag({ tag: scanned.trim() })
      .then((found) => (found ? open(found) : show()), show)
    return true
  })
  const title = t('goods:title')
  return (
    <Page
      title={title}
      back="/"
      footer={
        <ActionBar actions={actions}>
          {chosen ? t(`goods:hint.${chosen.state}`) : t('goods:scanHint')}
        </ActionBar>
      }
    >
      <PageHeader
        title={title}
        aside={
          <div className="goods-tools">
            <Views current={view} />
            <Filter text={text} onText={setText} />
          </div>
        }
      />
      <RefusalAlert error={list.error} retry={list.refetch} />
      {list.isLoading ? <LoadingState /> : null}
      {list.data && rows.length === 0 ? (
        <EmptyState
          icon={<CheckCircleOutlined />}
          title={shownText ? t('goods:empty.filtered') : t(`goods:empty.${view}.title`)}
          hint={shownText ? t('goods:empty.filteredHint') : t(`goods:empty.${view}.hint`)}
        />
      ) : null}
      {chosen ? (
        <ListDetail
          label={t(`goods:view.${view}`)}
          rows={rows.map((unit) => (
            <Row
              key={unit.id}
              unit={unit}
              current={unit.id === chosen.id}
              onChoose={() => void navigate(paths.goods(view, unit.id), { replace: true })}
            />
          ))}
        >
          <GoodsDetail key={chosen.id} unitId={chosen.id} />
        </ListDetail>
      ) : null}
      {dialog}
    </Page>
  )
}

/** The five lists, by their digits, each with what waits in it. */
function Views({ current }: { current: View }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const counts = useQuery(api.goods.counts.queryOptions())
  const waiting: Partial<Record<View, number | undefined>> = {
    at_desk: counts.data?.atDesk,
    in_quarantine: counts.data?.inQuarantine,
    for_vendor: counts.data?.forVendor,
    in_repair: counts.data?.inRepair,
  }
  const show = (view: View) => void navigate(paths.goods(view), { replace: true })
  useHotkeys(
    listViews.map((view, index) => ({
      keys: String(index + 1),
      label: t(`goods:view.${view}`),
      run: () => show(view),
    })),
  )
  return (
    <Segmented<View>
      aria-label={t('goods:view.which')}
      value={current}
      options={listViews.map((view, index) => ({
        value: view,
        label: (
          <span className="goods-tab">
            {t(`goods:view.${view}`)}
            {waiting[view] ? <strong>{waiting[view]}</strong> : null}
            <KeyCap keys={String(index + 1)} />
          </span>
        ),
      }))}
      onChange={show}
    />
  )
}

function Filter({ text, onText }: { text: string; onText: (text: string) => void }) {
  const { t } = useTranslation()
  const field = useRef<InputRef>(null)
  useHotkeys([{ keys: 'Alt+F', label: t('goods:filter'), run: () => field.current?.focus() }])
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
      placeholder={t('goods:filterHint')}
      aria-label={t('goods:filter')}
      onChange={(event) => onText(event.target.value)}
    />
  )
}

/** Days in quarantine after which somebody should decide. */
const LONG = 3

interface RowProps {
  unit: GoodsUnit
  current: boolean
  onChoose: () => void
}

function Row({ unit, current, onChoose }: RowProps) {
  const { t } = useTranslation()
  return (
    <PickRow current={current} onChoose={onChoose}>
      <span className="row-main">
        <span className="row-title goods-name">{unit.name}</span>
        <span className="row-note">
          {unit.tag} · {t(`refunds:condition.${unit.condition}`)}
          {unit.serialNo ? <> · {unit.serialNo}</> : null}
        </span>
      </span>
      <Standing unit={unit} />
    </PickRow>
  )
}

/** Where it is and for how long. */
function Standing({ unit }: { unit: GoodsUnit }) {
  const { t } = useTranslation()
  const waits = unit.state === 'at_desk' || unit.state === 'in_quarantine'
  return (
    <span className="row-side">
      <Tag tone={toneOf[unit.destination]}>{placeOf(unit, t)}</Tag>
      <span className={waits && unit.age >= LONG ? 'row-note tone-soon' : 'row-note'}>
        {unit.age === 0 ? t('goods:today') : t('goods:age', { count: unit.age })}
      </span>
    </span>
  )
}
