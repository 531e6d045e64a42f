import { DownloadOutlined, KeyOutlined, PlusOutlined, ReloadOutlined } from '@ant-design/icons'
import type { InferClientOutputs } from '@orpc/client'
import { useQuery } from '@tanstack/react-query'
import { Button, DatePicker, Input, QRCode } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { useScanner } from '../input/use-scanner.tsx'
import { type Action, ActionBar } from '../ui/action-bar.tsx'
import { BusinessDate, Moment } from '../ui/business-date.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { ReasonDialog } from '../ui/reason-dialog.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { saveFile } from '../ui/save-file.ts'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { useStore } from '../ui/store-context.ts'
import { Tag } from '../ui/tag.tsx'
import { useCommand } from '../ui/use-command.ts'
import { AddKeyDialog } from './add-key-dialog.tsx'
import './seals.css'

type SealKey = InferClientOutputs<typeof desk>['seals']['keys'][number]

/** The keys cards are checked by: this desk's own, and those of other desks that a manager took. */
export default function KeysPage() {
  const { t } = useTranslation()
  const { may } = useSession()
  const keys = useQuery(api.seals.keys.queryOptions())
  const [shown, show] = useState<SealKey | null>(null)
  const [withdrawn, withdraw] = useState<SealKey | null>(null)
  const [adding, setAdding] = useState<string | null>(null)
  const [rotating, setRotating] = useState(false)
  const rotate = useCommand(desk.seals.rotate, { onDone: () => setRotating(false) })
  const isManager = may('seals.manage')
  useScanner((text) => {
    if (!isManager || !/^GWK\d/i.test(text)) return false
    setAdding(text)
    return true
  })
  const own = keys.data?.find((key) => key.role === 'signing')
  const unless = isManager ? undefined : t('seals:keys.managerOnly')
  const actions: Action[] = [
    {
      keys: 'Alt+A',
      label: t('seals:keys.add'),
      icon: <PlusOutlined />,
      unless,
      run: () => setAdding(''),
    },
    ...(own
      ? [
          {
            keys: 'Alt+E',
            label: t('seals:keys.export'),
            icon: <DownloadOutlined />,
            run: () => show(own),
          },
        ]
      : []),
    {
      keys: 'Alt+R',
      label: t('seals:keys.rotate'),
      icon: <ReloadOutlined />,
      unless,
      run: () => setRotating(true),
    },
  ]
  return (
    <Page
      title={t('seals:keys.title')}
      back={paths.verify()}
      footer={<ActionBar actions={actions} />}
    >
      <PageHeader title={t('seals:keys.title')} facts={[t('seals:keys.hint')]} />
      <RefusalAlert error={keys.error} retry={keys.refetch} />
      {keys.isLoading ? <LoadingState /> : null}
      {keys.data?.length === 0 ? (
        <EmptyState icon={<KeyOutlined />} title={t('seals:keys.none')} />
      ) : null}
      {keys.data && keys.data.length > 0 ? (
        <Panel>
          <table className="seal-keys">
            <caption className="sr-only">{t('seals:keys.title')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('seals:keys.desk')}</th>
                <th scope="col">{t('seals:keys.fingerprint')}</th>
                <th scope="col">{t('seals:keys.state')}</th>
                <th scope="col">{t('seals:keys.added')}</th>
                <th scope="col">
                  <span className="sr-only">{t('seals:keys.tools')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {keys.data.map((key) => (
                <KeyRow
                  key={key.id}
                  of={key}
                  isManager={isManager}
                  onShow={() => show(key)}
                  onWithdraw={() => withdraw(key)}
                />
              ))}
            </tbody>
          </table>
        </Panel>
      ) : null}
      {shown ? <ShowKey of={shown} onClose={() => show(null)} /> : null}
      {withdrawn ? <WithdrawDialog of={withdrawn} onClose={() => withdraw(null)} /> : null}
      {adding === null ? null : <AddKeyDialog brought={adding} onClose={() => setAdding(null)} />}
      <ReasonDialog
        open={rotating}
        title={t('seals:keys.rotate')}
        hint={t('seals:keys.rotateHint')}
        label={t('seals:keys.reason')}
        confirmLabel={t('seals:keys.rotateNow')}
        error={rotate.error}
        busy={rotate.isPending}
        onReason={(reason) => rotate.mutate({ reason })}
        onCancel={() => setRotating(false)}
      />
    </Page>
  )
}

interface KeyRowProps {
  of: SealKey
  isManager: boolean
  onShow: () => void
  onWithdraw: () => void
}

function KeyRow({ of, isManager, onShow, onWithdraw }: KeyRowProps) {
  const { t } = useTranslation()
  const name = t('seals:keys.deskOf', of)
  return (
    <tr>
      <th scope="row">
        {name}
        <p className="row-note">{t(`seals:keys.role.${of.role}`)}</p>
      </th>
      <td className="fingerprint">{of.fingerprint}</td>
      <td>
        {of.voidFrom === null ? (
          <Tag tone="good">{t('seals:keys.trusted')}</Tag>
        ) : (
          <>
            <Tag tone="risk">{t('seals:keys.voidFrom', { date: of.voidFrom })}</Tag>
            <p className="row-note">{of.voidReason}</p>
          </>
        )}
      </td>
      <td>
        <Moment at={of.addedAt} />
        <p className="row-note">
          {of.addedBy === 'SYSTEM' ? t('seals:keys.bySystem') : of.addedBy} ·{' '}
          {t('seals:keys.madeOn')} <BusinessDate date={of.madeOn} />
        </p>
      </td>
      <td>
        <div className="seal-key-tools">
          <Button
            size="small"
            aria-label={`${t('seals:keys.show')} ${name} ${of.fingerprint}`}
            onClick={onShow}
          >
            {t('seals:keys.show')}
          </Button>
          {isManager ? (
            <Button
              size="small"
              aria-label={`${t('seals:keys.withdraw')} ${name} ${of.fingerprint}`}
              onClick={onWithdraw}
            >
              {t('seals:keys.withdraw')}
            </Button>
          ) : null}
        </div>
      </td>
    </tr>
  )
}

/** A public key to give away: scanned from this screen, or as a file; and what the other manager is read aloud. */
function ShowKey({ of, onClose }: { of: SealKey; onClose: () => void }) {
  const { t } = useTranslation()
  const key = useQuery(api.seals.publicKey.queryOptions({ input: { id: of.id } }))
  const { data } = key
  const save = () => {
    if (data) saveFile(new Blob([data.content], { type: 'text/plain' }), data.fileName)
  }
  return (
    <ConfirmDialog
      open
      width={640}
      title={t('seals:keys.deskOf', of)}
      confirmLabel={t('seals:keys.saveFile')}
      unready={!data}
      onConfirm={save}
      onCancel={onClose}
    >
      <RefusalAlert error={key.error} />
      <p className="why">{t('seals:keys.showHint')}</p>
      <p className="fingerprint-large">{of.fingerprint}</p>
      {data ? (
        <div className="show-key">
          <QRCode value={data.text} type="svg" size={220} errorLevel="M" bordered={false} />
          <p className="show-key-text">{data.text}</p>
        </div>
      ) : (
        <LoadingState />
      )}
    </ConfirmDialog>
  )
}

/** From which day cards of a key are not believed; without a day it is trusted again. */
function WithdrawDialog({ of, onClose }: { of: SealKey; onClose: () => void }) {
  const { t } = useTranslation()
  const { today } = useStore()
  const [voidFrom, setVoidFrom] = useState<string | null>(of.voidFrom ?? today)
  const [reason, setReason] = useState('')
  const withdraw = useCommand(desk.seals.withdraw, { onDone: onClose })
  return (
    <ConfirmDialog
      open
      danger
      title={t('seals:keys.withdrawOf', of)}
      confirmLabel={t(`seals:keys.${voidFrom === null ? 'trustNow' : 'withdrawNow'}`)}
      busy={withdraw.isPending}
      unready={reason.trim().length < 2}
      onConfirm={() =>
        withdraw.mutate({ id: of.id, version: of.version, voidFrom, reason: reason.trim() })
      }
      onCancel={onClose}
    >
      <RefusalAlert error={withdraw.error} />
      <p className="why">
        {t(of.role === 'signing' ? 'seals:keys.withdrawOwnHint' : 'seals:keys.withdrawHint')}
      </p>
      <Field label={t('seals:keys.voidDay')} hint={t('seals:keys.voidDayHint')}>
        {(id) => (
          <DatePicker
            id={id}
            className="full-width"
            maxDate={dayjs(today)}
            value={voidFrom ? dayjs(voidFrom) : null}
            onChange={(day) => setVoidFrom(day ? day.format('YYYY-MM-DD') : null)}
          />
        )}
      </Field>
      <Field label={t('seals:keys.reason')}>
        {(id) => (
          <Input
            id={id}
            value={reason}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
    </ConfirmDialog>
  )
}
