import { DeleteOutlined, DownloadOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Alert, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'

import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { ActionBar } from '../ui/action-bar.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Page, PageHeader } from '../ui/page.tsx'
import { PaperPreview } from '../ui/paper-preview.tsx'
import { PinField } from '../ui/pin-field.tsx'
import { ReasonDialog } from '../ui/reason-dialog.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { saveFile } from '../ui/save-file.ts'
import { useCardCommand } from './customer.ts'
import './customers.css'

/** Everything the store holds of a person: printed and saved for them, or erased at their wish. */
export default function DataPage() {
  const { t } = useTranslation()
  const customerId = Number(useParams()['customerId'])
  const [dialog, setDialog] = useState<'export' | 'erase' | null>(null)
  const [erasureId, setErasureId] = useState<number | null>(null)
  const close = () => setDialog(null)
  const give = useCardCommand(desk.customers.exportData, ({ json, fileName }) => {
    close()
    saveFile(json, fileName)
  })
  const actions = [
    {
      keys: 'Alt+J',
      label: t('customers:data.save'),
      icon: <DownloadOutlined />,
      run: () => setDialog('export'),
    },
    {
      keys: 'Alt+X',
      label: t('customers:data.erase'),
      icon: <DeleteOutlined />,
      danger: true,
      run: () => setDialog('erase'),
    },
  ]
  const title = t('customers:data.title')
  if (erasureId !== null) {
    return (
      <Page title={title} back={paths.customers()}>
        <PageHeader title={t('customers:erased.title')} facts={[t('customers:erased.hint')]} />
        <div className="customer-paper">
          <PaperPreview
            paper={{ document: 'erasure_report', erasureId }}
            label={t('customers:data.report')}
          />
        </div>
      </Page>
    )
  }
  return (
    <Page
      title={title}
      back={paths.customer(customerId)}
      footer={<ActionBar actions={actions}>{t('customers:data.law')}</ActionBar>}
    >
      <PageHeader title={title} facts={[t('customers:data.hint')]} />
      <div className="customer-paper">
        <PaperPreview
          paper={{ document: 'customer_card', customerId, format: 'A4' }}
          label={t('customers:data.copy')}
        />
      </div>
      <ReasonDialog
        open={dialog === 'export'}
        title={t('customers:data.save')}
        hint={t('customers:data.saveHint')}
        label={t('customers:reason')}
        confirmLabel={t('customers:data.save')}
        error={give.error}
        busy={give.isPending}
        onCancel={close}
        onReason={(reason) => give.mutate({ customerId, reason })}
      />
      {dialog === 'erase' ? (
        <EraseDialog customerId={customerId} onDone={setErasureId} onCancel={close} />
      ) : null}
    </Page>
  )
}

const SHORTEST_REASON = 2
const SHORTEST_PIN = 4

interface EraseDialogProps {
  customerId: number
  onDone: (erasureId: number) => void
  onCancel: () => void
}

/** Says what stands in the way; else takes the reason, and somebody else's code and PIN. */
function EraseDialog({ customerId, onDone, onCancel }: EraseDialogProps) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const [code, setCode] = useState('')
  const [pin, setPin] = useState('')
  const found = useQuery(
    api.customers.obstacles.queryOptions({ input: { customerId }, staleTime: 0 }),
  )
  const erase = useCardCommand(desk.customers.erase, ({ erasureId }) => onDone(erasureId))
  const obstacles = [...(found.data?.cases ?? []), ...(found.data?.vouchers ?? [])]
  const isFree = found.data !== undefined && obstacles.length === 0
  const isSigned = code.trim() !== '' && pin.length >= SHORTEST_PIN
  return (
    <ConfirmDialog
      open
      danger
      width={560}
      title={t('customers:data.eraseTitle')}
      confirmLabel={t('customers:data.eraseConfirm')}
      busy={erase.isPending}
      unready={!isFree || !isSigned || reason.trim().length < SHORTEST_REASON}
      onConfirm={() =>
        erase.mutate({
          customerId,
          reason: reason.trim(),
          signature: { code: code.trim(), pin },
        })
      }
      onCancel={onCancel}
    >
      <RefusalAlert error={erase.error ?? found.error} />
      <p className="why">{t('customers:data.eraseHint')}</p>
      {obstacles.length > 0 ? (
        <Alert
          type="warning"
          showIcon
          className="customer-taken"
          title={t('customers:data.obstacles', { numbers: obstacles.join('、') })}
        />
      ) : null}
      <Field label={t('customers:reason')}>
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
      <div className="customer-form">
        <Field label={t('customers:data.second')}>
          {(id) => (
            <Input
              id={id}
              value={code}
              maxLength={12}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setCode(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('customers:data.pin')}>
          {(id) => (
            <PinField
              id={id}
              size="middle"
              value={pin}
              onChange={(event) => setPin(event.target.value)}
            />
          )}
        </Field>
      </div>
    </ConfirmDialog>
  )
}
