import { ExportOutlined, FilePdfOutlined, FileTextOutlined, LockOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'

import { addMonths } from '../../src-main/foundation/business-date.ts'
import { type ListFormat, listFormats } from '../../src-main/vendors/contract.ts'
import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { type Action, ActionBar } from '../ui/action-bar.tsx'
import { BusinessDate } from '../ui/business-date.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { KeyChoices } from '../ui/key-choices.tsx'
import { ListDetail, PickRow } from '../ui/list-detail.tsx'
import { Money } from '../ui/money.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { saveFile } from '../ui/save-file.ts'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { useStore } from '../ui/store-context.ts'
import { Tag } from '../ui/tag.tsx'
import { useCommand } from '../ui/use-command.ts'
import type { DeductionList } from './claim.ts'
import { PaperDialog } from './paper-dialog.tsx'
import { Table } from './table.tsx'
import './vendors.css'

/** What a month takes off the money of vendors: one list each, closed once. */
export default function DeductionsPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { today } = useStore()
  const [query] = useSearchParams()
  const asked = useParams()['month'] ?? ''
  const month = /^\d{4}-(0[1-9]|1[0-2])$/.test(asked) ? asked : today.slice(0, 7)
  const found = useQuery(api.vendors.month.queryOptions({ input: { month } }))
  const rows = found.data?.rows ?? []
  const of = Number(query.get('of'))
  const chosen = rows.find(({ vendor }) => vendor.id === of) ?? rows[0]
  const go = (to: string, vendorId?: number) =>
    void navigate(paths.deductions(to, vendorId), { replace: true })
  const title = t('vendors:month.title', { month })
  return (
    <Page
      title={title}
      back={paths.vendors()}
      footer={
        <ListActions
          key={`${month} ${chosen?.vendor.id}`}
          month={month}
          vendorId={chosen?.vendor.id ?? null}
          toFolder={rows.some(({ list }) => list !== null)}
        />
      }
    >
      <PageHeader
        title={title}
        aside={<MonthTools month={month} thisMonth={today.slice(0, 7)} go={go} />}
      />
      <RefusalAlert error={found.error} retry={found.refetch} />
      {found.isLoading ? <LoadingState /> : null}
      {found.data && !chosen ? (
        <EmptyState title={t('vendors:month.none')} hint={t('vendors:month.noneHint')} />
      ) : null}
      {chosen ? (
        <ListDetail
          label={title}
          rows={rows.map(({ vendor, list, entries, total }) => (
            <PickRow
              key={vendor.id}
              current={vendor.id === chosen.vendor.id}
              onChoose={() => go(month, vendor.id)}
              byPressOnly
            >
              <span className="row-main">
                <span className="row-title">{vendor.name}</span>
                <span className="row-note">
                  {list?.number ?? t('vendors:month.entries', { count: entries })}
                </span>
              </span>
              <span className="row-side">
                {list ? (
                  <Tag tone="good">{t('vendors:month.closed')}</Tag>
                ) : (
                  <Tag tone="soon">{t('vendors:month.notClosed')}</Tag>
                )}
                <Money amount={total} />
              </span>
            </PickRow>
          ))}
        >
          <ListView month={month} vendorId={chosen.vendor.id} />
        </ListDetail>
      ) : null}
    </Page>
  )
}

function MonthTools({
  month,
  thisMonth,
  go,
}: {
  month: string
  thisMonth: string
  go: (month: string) => void
}) {
  const { t } = useTranslation()
  const step = (by: number) => addMonths(`${month}-01`, by).slice(0, 7)
  const steps = [
    { keys: 'Alt+B', label: t('vendors:month.before'), to: step(-1), when: true },
    { keys: 'Alt+V', label: t('vendors:month.after'), to: step(1), when: month < thisMonth },
  ]
  useHotkeys(steps.map(({ keys, label, to, when }) => ({ keys, label, when, run: () => go(to) })))
  return (
    <div className="vendor-tools">
      {steps.map(({ keys, label, to, when }) => (
        <Button key={keys} disabled={!when} aria-keyshortcuts={keys} onClick={() => go(to)}>
          {label} <KeyCap keys={keys} />
        </Button>
      ))}
    </div>
  )
}

function useList(month: string, vendorId: number | null) {
  return useQuery(
    api.vendors.deductionList.queryOptions({
      input: { vendorId: vendorId ?? 0, month },
      enabled: vendorId !== null,
    }),
  )
}

function ListView({ month, vendorId }: { month: string; vendorId: number }) {
  const { t } = useTranslation()
  const found = useList(month, vendorId)
  if (!found.data) return found.error ? <RefusalAlert error={found.error} /> : <LoadingState />
  const list = found.data
  const columns = [
    { title: t('vendors:list.date') },
    { title: t('vendors:list.claim') },
    { title: t('vendors:list.goods') },
    { title: t('vendors:list.amount'), figure: true },
  ]
  return (
    <Panel
      title={`${list.vendor.name} · ${list.number ?? t('vendors:month.notClosed')}`}
      extra={<Link to={paths.vendor(list.vendor.id)}>{t('vendors:claim.toVendor')}</Link>}
    >
      {list.closedOn ? (
        <p className="row-note">
          {t('vendors:month.closedBy', { name: list.closedBy ?? '' })}{' '}
          <BusinessDate date={list.closedOn} />
        </p>
      ) : (
        <p className="row-note">{t('vendors:month.openHint')}</p>
      )}
      {list.entries.length === 0 ? (
        <p>{t('vendors:month.noneHint')}</p>
      ) : (
        <Table caption={t('vendors:month.title', { month })} columns={columns}>
          {list.entries.map((entry) => (
            <tr key={entry.id}>
              <td>
                <BusinessDate date={entry.businessDate} />
              </td>
              <td>
                <Link to={paths.caseFile(entry.caseId, 'vendors')}>{entry.claimNumber}</Link>
                <span className="row-note">
                  {t(`vendors:entry.${entry.kind}`)} · {t(`vendors:basis.${entry.basis}`)}
                </span>
              </td>
              <td>
                {entry.goods}
                <span className="row-note">{entry.reason}</span>
              </td>
              <td className="figure">
                <Money amount={entry.amount} currency={entry.currency} />
              </td>
            </tr>
          ))}
          <tr className="vendor-sum">
            <th scope="row" colSpan={3}>
              {t(list.total < 0 ? 'vendors:list.totalBack' : 'vendors:list.total')}
            </th>
            <td className="figure">
              <Money amount={list.total} currency={list.currency} />
            </td>
          </tr>
        </Table>
      )}
    </Panel>
  )
}

interface ListActionsProps {
  month: string
  vendorId: number | null
  /** Some list of the month is closed and can go into the folder. */
  toFolder: boolean
}

function ListActions({ month, vendorId, toFolder }: ListActionsProps) {
  const { t } = useTranslation()
  const { may } = useSession()
  const found = useList(month, vendorId)
  const [dialog, setDialog] = useState<'close' | 'paper' | 'file' | 'folder' | null>(null)
  const close = () => setDialog(null)
  const list = found.data
  const actions: Action[] = []
  if (list?.mayClose) {
    actions.push({
      keys: 'Ctrl+Enter',
      label: t('vendors:month.close'),
      icon: <LockOutlined />,
      primary: true,
      run: () => setDialog('close'),
    })
  }
  if (list && list.entries.length > 0) {
    actions.push(
      {
        keys: 'Alt+P',
        label: t('vendors:month.paper'),
        icon: <FilePdfOutlined />,
        run: () => setDialog('paper'),
      },
      {
        keys: 'Alt+S',
        label: t('vendors:month.file'),
        icon: <FileTextOutlined />,
        run: () => setDialog('file'),
      },
    )
  }
  if (toFolder && may('vendors.manage')) {
    actions.push({
      keys: 'Alt+X',
      label: t('vendors:month.folder'),
      icon: <ExportOutlined />,
      run: () => setDialog('folder'),
    })
  }
  return (
    <>
      <ActionBar actions={actions}>{t('vendors:month.hint')}</ActionBar>
      {list && dialog === 'close' ? <CloseDialog list={list} close={close} /> : null}
      {list && dialog === 'paper' ? (
        <PaperDialog
          title={`${list.vendor.name} ${month}`}
          paper={{ document: 'deduction_list', vendorId: list.vendor.id, month }}
          revision={`${list.number} ${list.entries.length} ${list.total}`}
          close={close}
        />
      ) : null}
      {list && dialog === 'file' ? (
        <FileDialog vendorId={list.vendor.id} month={month} close={close} />
      ) : null}
      {dialog === 'folder' ? <FolderDialog month={month} close={close} /> : null}
    </>
  )
}

function CloseDialog({ list, close }: { list: DeductionList; close: () => void }) {
  const { t } = useTranslation()
  const closing = useCommand(desk.vendors.closeMonth, { onDone: close })
  return (
    <ConfirmDialog
      open
      title={t('vendors:month.closeTitle', { name: list.vendor.name, month: list.month })}
      confirmLabel={t('vendors:month.close')}
      busy={closing.isPending}
      onConfirm={() =>
        closing.mutate({
          vendorId: list.vendor.id,
          month: list.month,
          expected: { entries: list.entries.length, total: list.total },
        })
      }
      onCancel={close}
    >
      <RefusalAlert error={closing.error} />
      <p>
        {t('vendors:month.entries', { count: list.entries.length })} ·{' '}
        <strong>
          <Money amount={list.total} currency={list.currency} />
        </strong>
      </p>
      <p className="why">{t('vendors:month.closeHint')}</p>
    </ConfirmDialog>
  )
}

function FormatChoice({
  format,
  onFormat,
}: {
  format: ListFormat
  onFormat: (format: ListFormat) => void
}) {
  const { t } = useTranslation()
  return (
    <KeyChoices<ListFormat>
      legend={t('vendors:file.format')}
      value={format}
      choices={listFormats.map((value, index) => ({
        keys: String(index + 1),
        value,
        label: t(`vendors:file.${value}`),
      }))}
      onChoose={onFormat}
    />
  )
}

function FileDialog({
  vendorId,
  month,
  close,
}: {
  vendorId: number
  month: string
  close: () => void
}) {
  const { t } = useTranslation()
  const [format, setFormat] = useState<ListFormat>('xlsx')
  const save = useMutation({
    mutationFn: () => desk.vendors.listFile({ vendorId, month, format }, { context: {} }),
    onSuccess: ({ content, fileName }) => {
      saveFile(content, fileName)
      close()
    },
  })
  return (
    <ConfirmDialog
      open
      title={t('vendors:month.file')}
      confirmLabel={t('vendors:file.save')}
      busy={save.isPending}
      focusField={false}
      onConfirm={() => save.mutate()}
      onCancel={close}
    >
      <RefusalAlert error={save.error} />
      <FormatChoice format={format} onFormat={setFormat} />
    </ConfirmDialog>
  )
}

function FolderDialog({ month, close }: { month: string; close: () => void }) {
  const { t } = useTranslation()
  const [format, setFormat] = useState<ListFormat>('csv')
  const put = useCommand(desk.vendors.exportMonth)
  return (
    <ConfirmDialog
      open
      title={t('vendors:month.folder')}
      confirmLabel={t('vendors:file.put')}
      busy={put.isPending}
      focusField={false}
      onConfirm={() => put.mutate({ month, format })}
      onCancel={close}
    >
      <RefusalAlert error={put.error} />
      {put.data ? (
        <Alert
          type="success"
          showIcon
          role="status"
          title={t('vendors:file.done', {
            count: put.data.files.length,
            folder: put.data.folder,
          })}
        />
      ) : null}
      <p className="why">{t('vendors:file.folderHint')}</p>
      <FormatChoice format={format} onFormat={setFormat} />
    </ConfirmDialog>
  )
}
