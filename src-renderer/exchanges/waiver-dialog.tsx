import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { shortestWaiver } from '../../src-main/exchanges/handover/contract.ts'
import { desk } from '../app/client.ts'
import { ApproverBox } from '../ui/approver-box.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Money } from '../ui/money.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useApproval } from '../ui/use-approval.ts'
import { useCommand } from '../ui/use-command.ts'
import { MissingList } from './missing-list.tsx'
import type { Handover } from './handover.ts'

interface WaiverDialogProps {
  handover: Handover
  onDone: () => void
  onClose: () => void
}

/** 书面豁免: what the store may lose by it, large, before a store manager puts a name to it. */
export function WaiverDialog({ handover, onDone, onClose }: WaiverDialogProps) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const { approval: question } = handover
  const approval = useApproval(question ? { ...question, caseId: handover.caseId } : null)
  const waive = useCommand(desk.handovers.waive, { onDone })
  const isLongEnough = reason.trim().length >= shortestWaiver
  const isApproved = question?.needed == null || approval.phase === 'granted'
  return (
    <ConfirmDialog
      open
      danger
      width={680}
      title={t('exchanges:waiver.title', { number: handover.number })}
      confirmLabel={t('exchanges:waiver.confirm')}
      busy={waive.isPending}
      unready={!isLongEnough || !isApproved}
      onCancel={onClose}
      onConfirm={() =>
        waive.mutate({
          handoverId: handover.id,
          version: handover.version,
          reason: reason.trim(),
          expectedExposure: handover.exposure,
          approvalIds: approval.approvalId === null ? [] : [approval.approvalId],
        })
      }
    >
      <RefusalAlert error={waive.error} />
      <p className="why">{t('exchanges:waiver.hint')}</p>
      <p className="waiver-exposure">
        <span className="row-note">{t('exchanges:waiver.exposure')}</span>
        <Money amount={handover.exposure} currency={handover.currency} size="big" />
      </p>
      <ul className="waiver-rows">
        {handover.exposures.map((each, index) => (
          // Two units of one kind have nothing but their place to tell them apart.
          <li key={index}>
            <span>
              {t(`exchanges:exposure.${each.kind}`)} · {each.name}
            </span>
            <Money amount={each.amount} currency={handover.currency} />
          </li>
        ))}
      </ul>
      <MissingList handover={handover} />
      <Field
        label={t('exchanges:waiver.reason')}
        hint={t('exchanges:waiver.reasonHint', { count: shortestWaiver })}
      >
        {(id) => (
          <Input.TextArea
            id={id}
            value={reason}
            maxLength={1000}
            autoSize={{ minRows: 2, maxRows: 5 }}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      <ApproverBox approval={approval} />
    </ConfirmDialog>
  )
}
