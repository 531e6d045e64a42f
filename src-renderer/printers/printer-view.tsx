import { EditOutlined, PlusOutlined, PrinterOutlined, ReloadOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, InputNumber } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { api, desk } from '../app/client.ts'
import { useSession } from '../app/session.ts'
import { type Action, ActionBar } from '../ui/action-bar.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { writeTime } from '../ui/dates.ts'
import { Field } from '../ui/field.tsx'
import { Page, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { RowList } from '../ui/row-list.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { useStore } from '../ui/store-context.ts'
import { useCommand } from '../ui/use-command.ts'
import { ConditionTag } from './condition-tag.tsx'
import { PrinterDialog } from './printer-dialog.tsx'
import { nameOfTrouble, type Printer } from './printing.ts'
import { TestDialog } from './test-dialog.tsx'

type Dialog = 'add' | 'change' | 'test' | 'retire' | null

/** The printers of this desk, how they are, and what can be done with the one in view. */
export function PrinterView({ header }: { header: ReactNode }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const [chosen, choose] = useState<number | null>(null)
  const [dialog, setDialog] = useState<Dialog>(null)
  const list = useQuery(api.printers.list.queryOptions())
  const printers = list.data ?? []
  const current = printers.find(({ id }) => id === chosen) ?? printers[0]
  const close = () => setDialog(null)
  const tryNow = useCommand(desk.printers.tryNow)
  const retire = useCommand(desk.printers.retire, { onDone: close })
  const mayChange = may('settings.change')
  const actions: Action[] = []
  if (mayChange) {
    actions.push({
      keys: 'Insert',
      label: t('printers:act.add'),
      icon: <PlusOutlined />,
      primary: printers.length === 0,
      run: () => setDialog('add'),
    })
  }
  if (current) {
    actions.push({
      keys: 'Alt+T',
      label: t('printers:act.test'),
      icon: <PrinterOutlined />,
      run: () => setDialog('test'),
    })
    if (current.trouble !== null) {
      actions.push({
        keys: 'Alt+R',
        label: t('printers:act.tryNow'),
        icon: <ReloadOutlined />,
        primary: true,
        run: () => tryNow.mutate({ printerId: current.id }),
      })
    }
    if (mayChange) {
      actions.push(
        {
          keys: 'Alt+E',
          label: t('printers:act.change'),
          icon: <EditOutlined />,
          run: () => setDialog('change'),
        },
        {
          keys: 'Delete',
          label: t('printers:act.retire'),
          danger: true,
          run: () => setDialog('retire'),
        },
      )
    }
  }
  return (
    <Page
      title={t('printers:title')}
      back="/"
      footer={<ActionBar actions={actions}>{t('printers:printers.hint')}</ActionBar>}
    >
      {header}
      <RefusalAlert error={list.error ?? tryNow.error} />
      {list.isLoading ? <LoadingState /> : null}
      <Panel>
        {list.data && printers.length === 0 ? (
          <EmptyState
            icon={<PrinterOutlined />}
            title={t('printers:printers.none')}
            hint={t('printers:printers.noneHint')}
          />
        ) : null}
        <RowList label={t('printers:view.printers')}>
          {printers.map((printer) => (
            <li key={printer.id}>
              <PrinterRow
                printer={printer}
                isCurrent={printer === current}
                choose={() => choose(printer.id)}
              />
            </li>
          ))}
        </RowList>
      </Panel>
      <Expiry mayChange={mayChange} />
      {dialog === 'add' ? <PrinterDialog printer={null} close={close} /> : null}
      {dialog === 'change' && current ? <PrinterDialog printer={current} close={close} /> : null}
      {dialog === 'test' && current ? <TestDialog printer={current} close={close} /> : null}
      {dialog === 'retire' && current ? (
        <ConfirmDialog
          open
          danger
          title={t('printers:retire.title', { name: current.name })}
          confirmLabel={t('printers:act.retire')}
          busy={retire.isPending}
          onConfirm={() => retire.mutate({ printerId: current.id, version: current.version })}
          onCancel={close}
        >
          <RefusalAlert error={retire.error} />
          <p>{t('printers:retire.text', { count: current.waiting + current.asking })}</p>
        </ConfirmDialog>
      ) : null}
    </Page>
  )
}

interface PrinterRowProps {
  printer: Printer
  isCurrent: boolean
  choose: () => void
}

function PrinterRow({ printer, isCurrent, choose }: PrinterRowProps) {
  const { t } = useTranslation()
  const { timeZone } = useStore()
  const look = useQuery(
    api.printers.look.queryOptions({
      input: { printerId: printer.id },
      refetchInterval: 15_000,
      retry: false,
    }),
  )
  const counts = (['waiting', 'sending', 'asking'] as const)
    .filter((each) => printer[each] > 0)
    .map((each) => t(`printers:count.${each}`, { count: printer[each] }))
  const held =
    printer.trouble === null
      ? ''
      : `${nameOfTrouble(printer.trouble, t)} ${printer.nextTryAt ? t('printers:printers.nextTry', { time: writeTime(printer.nextTryAt, timeZone) }) : ''}`
  return (
    <button
      type="button"
      className={
        isCurrent ? 'row row-wrap printer-row printer-current' : 'row row-wrap printer-row'
      }
      aria-current={isCurrent}
      onFocus={choose}
      onClick={choose}
    >
      <span className="row-main">
        <span className="row-title">{printer.name}</span>
        <span className="row-note">
          {[t(`printers:kind.${printer.kind}`), printer.target, ...counts].join(' · ')}
        </span>
        {held ? <span className="row-note">{held}</span> : null}
        {printer.kind === 'escpos' && look.data?.state === 'unknown' ? (
          <span className="row-note">{t('printers:printers.silent')}</span>
        ) : null}
        {look.data?.detail && look.data.detail !== printer.target ? (
          <span className="row-note printer-detail">{look.data.detail}</span>
        ) : null}
      </span>
      <span className="row-side">
        {look.data ? (
          <ConditionTag condition={look.data} />
        ) : (
          <span className="row-note">{t('printers:printers.looking')}</span>
        )}
      </span>
    </button>
  )
}

/** After how long a waiting paper asks a person. */
function Expiry({ mayChange }: { mayChange: boolean }) {
  const { t } = useTranslation()
  const settings = useQuery(api.printers.settings.queryOptions())
  const [minutes, setMinutes] = useState<number | null>(null)
  const save = useCommand(desk.printers.changeSettings, { onDone: () => setMinutes(null) })
  const known = settings.data
  if (!known) return null
  const asked = minutes ?? known.expiryMinutes
  return (
    <Panel title={t('printers:expiry.title')}>
      <RefusalAlert error={save.error} />
      <div className="printer-expiry">
        <Field label={t('printers:expiry.minutes')} hint={t('printers:expiry.hint')}>
          {(id) => (
            <InputNumber
              id={id}
              min={5}
              max={2_880}
              precision={0}
              disabled={!mayChange}
              value={asked}
              onChange={setMinutes}
            />
          )}
        </Field>
        {mayChange && asked !== known.expiryMinutes ? (
          <Button
            loading={save.isPending}
            onClick={() => save.mutate({ expiryMinutes: asked, version: known.version })}
          >
            {t('printers:act.save')}
          </Button>
        ) : null}
      </div>
    </Panel>
  )
}
