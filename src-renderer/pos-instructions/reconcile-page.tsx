import {
  BarcodeOutlined,
  CheckCircleOutlined,
  DeleteOutlined,
  ExportOutlined,
  SettingOutlined,
  UndoOutlined,
} from '@ant-design/icons'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, DatePicker, Segmented } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'

import { api, desk } from '../app/client.ts'
import { useSession } from '../app/session.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { ActionBar, type Action } from '../ui/action-bar.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { SettleDialog } from '../ui/pos-instructions.tsx'
import { ReasonDialog } from '../ui/reason-dialog.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { useStore } from '../ui/store-context.ts'
import { useCommand } from '../ui/use-command.ts'
import { VoidDialog } from '../ui/void-dialog.tsx'
import { ExportDialog } from './export-dialog.tsx'
import { InstructionDetail } from './instruction-detail.tsx'
import { DeskList, SettledList, TillList } from './lists.tsx'
import { MatchDialog, type Pair } from './match-dialog.tsx'
import { type Reconciliation, siblingsOf, usualRange, type View, views } from './reconcile.ts'
import { SettingsDialog } from './settings-dialog.tsx'
import { SettledDetail } from './settled-detail.tsx'
import { TillDetail } from './till-detail.tsx'
import { Totals } from './totals.tsx'
import '../ui/list-detail.css'
import './pos-instructions.css'

/** What the desk told the POS beside what the POS did: whatever does not agree waits here for a person. */
export default function ReconcilePage() {
  const { t } = useTranslation()
  const { today } = useStore()
  const [range, setRange] = useState(() => usualRange(today))
  const list = useQuery(
    api.posInstructions.reconcile.queryOptions({
      input: range,
      placeholderData: keepPreviousData,
      refetchInterval: 60_000,
    }),
  )
  if (list.data) return <Reconcile list={list.data} range={range} onRange={setRange} />
  return (
    <Page title={t('pos-instructions:title')} back="/">
      <PageHeader title={t('pos-instructions:title')} />
      {list.error ? <RefusalAlert error={list.error} retry={list.refetch} /> : <LoadingState />}
    </Page>
  )
}

interface ReconcileProps {
  list: Reconciliation
  range: { from: string; to: string }
  onRange: (range: { from: string; to: string }) => void
}

type Dialog = 'number' | 'cancel' | 'undo' | 'export' | 'settings' | null

function Reconcile({ list, range, onRange }: ReconcileProps) {
  const { t } = useTranslation()
  const { may } = useSession()
  const { today } = useStore()
  const cache = useQueryClient()
  const [query, setQuery] = useSearchParams()
  const [dialog, setDialog] = useState<Dialog>(null)
  const [pair, setPair] = useState<Pair | null>(null)
  const view = views.find((each) => each === query.get('view')) ?? 'desk'
  const show = (next: View, id?: number | string) =>
    setQuery({ view: next, ...(id === undefined ? {} : { id: String(id) }) }, { replace: true })
  const number = query.get('number')
  const asked = Number(query.get('id'))
  const row = number
    ? list.desk.find((each) => each.number === number)
    : (list.desk.find((each) => each.id === asked) ?? list.desk[0])
  const payment = list.till.find((each) => each.receiptId === asked) ?? list.till[0]
  const settledRows = [
    ...list.differing,
    ...list.settled.filter((each) => !list.differing.some(({ id }) => id === each.id)),
  ]
  const settled = settledRows.find((each) => each.id === asked) ?? settledRows[0]
  const close = () => setDialog(null)
  const done = () => {
    close()
    void cache.invalidateQueries()
  }
  const cancel = useCommand(desk.posInstructions.cancel, { onDone: done })
  const undo = useCommand(desk.posInstructions.undo, { onDone: done })
  const counts: Record<View, number> = {
    desk: list.desk.length,
    till: list.till.length,
    settled: settledRows.length,
  }
  useHotkeys(
    views.map((each, index) => ({
      keys: String(index + 1),
      label: t(`pos-instructions:view.${each}`),
      run: () => show(each),
    })),
  )
  const actions: Action[] = []
  if (view === 'desk' && may('instructions.settle')) {
    actions.push({
      keys: 'Alt+P',
      label: t('pos-instructions:settle.title'),
      icon: <BarcodeOutlined />,
      primary: true,
      unless: row ? undefined : t('pos-instructions:nothingChosen'),
      run: () => setDialog('number'),
    })
  }
  if (view === 'desk' && may('instructions.manage')) {
    actions.push({
      keys: 'Delete',
      label: t('pos-instructions:cancel.do'),
      icon: <DeleteOutlined />,
      danger: true,
      unless: row ? undefined : t('pos-instructions:nothingChosen'),
      run: () => setDialog('cancel'),
    })
  }
  if (view === 'settled' && may('instructions.manage')) {
    actions.push({
      keys: 'Delete',
      label: t('pos-instructions:undo.do'),
      icon: <UndoOutlined />,
      danger: true,
      unless: settled ? undefined : t('pos-instructions:nothingChosen'),
      run: () => setDialog('undo'),
    })
  }
  actions.push({
    keys: 'Alt+X',
    label: t('pos-instructions:export.title'),
    icon: <ExportOutlined />,
    run: () => setDialog('export'),
  })
  const title = t('pos-instructions:title')
  return (
    <Page title={title} back="/" footer={<ActionBar actions={actions} />}>
      <PageHeader
        title={title}
        aside={
          <div className="pos-tools">
            <Segmented<View>
              aria-label={t('pos-instructions:view.which')}
              value={view}
              options={views.map((each, index) => ({
                value: each,
                label: (
                  <span className="label-with-key">
                    {t(`pos-instructions:view.${each}`)}
                    {counts[each] > 0 ? <span className="pos-count">{counts[each]}</span> : null}
                    <KeyCap keys={String(index + 1)} />
                  </span>
                ),
              }))}
              onChange={(next) => show(next)}
            />
            <DatePicker.RangePicker
              aria-label={t('pos-instructions:days')}
              allowClear={false}
              value={[dayjs(range.from), dayjs(range.to)]}
              maxDate={dayjs(today)}
              onChange={(days) => {
                const [from, to] = days ?? []
                if (from && to)
                  onRange({ from: from.format('YYYY-MM-DD'), to: to.format('YYYY-MM-DD') })
              }}
            />
            {may('settings.change') ? (
              <Button
                icon={<SettingOutlined />}
                aria-label={t('pos-instructions:settings.title')}
                title={t('pos-instructions:settings.title')}
                onClick={() => setDialog('settings')}
              />
            ) : null}
          </div>
        }
      />
      <Totals totals={list.totals} />
      {counts[view] === 0 && !(view === 'desk' && number) ? (
        <EmptyState
          icon={<CheckCircleOutlined />}
          title={t(`pos-instructions:empty.${view}.title`)}
          hint={t(`pos-instructions:empty.${view}.hint`)}
        />
      ) : (
        <div className="list-detail pos-columns">
          <Panel className="pos-list">
            {view === 'desk' ? (
              <DeskList
                rows={list.desk}
                more={list.moreAtDesk}
                currentId={row?.id}
                onChoose={(id) => show('desk', id)}
              />
            ) : view === 'till' ? (
              <TillList
                rows={list.till}
                more={list.moreAtTills}
                currentId={payment?.receiptId}
                onChoose={(id) => show('till', id)}
              />
            ) : (
              <SettledList
                rows={settledRows}
                currentId={settled?.id}
                onChoose={(id) => show('settled', id)}
              />
            )}
          </Panel>
          {view === 'desk' && (row || number) ? (
            <InstructionDetail
              key={row?.number ?? number}
              number={row?.number ?? number ?? ''}
              row={row}
              list={list}
              onMatch={setPair}
            />
          ) : null}
          {view === 'till' && payment ? (
            <TillDetail key={payment.receiptId} payment={payment} list={list} onMatch={setPair} />
          ) : null}
          {view === 'settled' && settled ? (
            <SettledDetail key={settled.id} settled={settled} />
          ) : null}
        </div>
      )}
      {row ? (
        <SettleDialog
          key={`number-${row.id}-${String(dialog)}`}
          open={dialog === 'number'}
          instructions={siblingsOf(list.desk, row)}
          close={close}
        />
      ) : null}
      <MatchDialog
        key={pair ? `${pair.payment.receiptId}` : 'none'}
        pair={pair}
        close={() => setPair(null)}
      />
      {row ? (
        <VoidDialog
          open={dialog === 'cancel'}
          title={t('pos-instructions:cancel.title', { number: row.number })}
          hint={t('pos-instructions:cancel.hint')}
          confirmLabel={t('pos-instructions:cancel.do')}
          error={cancel.error}
          busy={cancel.isPending}
          onVoid={(reason) =>
            cancel.mutate({ instruction: { id: row.id, version: row.version }, reason })
          }
          onCancel={close}
        />
      ) : null}
      {settled ? (
        <ReasonDialog
          open={dialog === 'undo'}
          danger
          title={t('pos-instructions:undo.title', { number: settled.posNumber })}
          hint={t('pos-instructions:undo.hint')}
          label={t('pos-instructions:undo.reason')}
          confirmLabel={t('pos-instructions:undo.do')}
          error={undo.error}
          busy={undo.isPending}
          onReason={(reason) => undo.mutate({ settlementId: settled.id, reason })}
          onCancel={close}
        />
      ) : null}
      <ExportDialog open={dialog === 'export'} close={close} />
      {may('settings.change') ? (
        <SettingsDialog
          key={String(dialog === 'settings')}
          open={dialog === 'settings'}
          close={close}
        />
      ) : null}
    </Page>
  )
}
