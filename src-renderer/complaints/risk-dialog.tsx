import { useQueryClient } from '@tanstack/react-query'
import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { RiskFlag } from '../../src-main/cases/contract.ts'
import { desk } from '../app/client.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useCommand } from '../ui/use-command.ts'
import type { Complaint } from './complaint-form.ts'
import { RiskField } from './risk-field.tsx'

/** Raises and clears risks of an open case; what was said before stays in its history. */
export function RiskDialog({ complaint, close }: { complaint: Complaint; close: () => void }) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const [risks, setRisks] = useState<RiskFlag[]>([...complaint.risks])
  const [note, setNote] = useState('')
  const save = useCommand(desk.complaints.setRisks, {
    onDone: () => {
      close()
      void cache.invalidateQueries({ queryKey: [['complaints']] })
    },
  })
  const isSame =
    risks.length === complaint.risks.length && risks.every((each) => complaint.risks.includes(each))
  return (
    <ConfirmDialog
      open
      width={680}
      title={t('complaints:risk.change', { number: complaint.number })}
      confirmLabel={t('complaints:risk.save')}
      busy={save.isPending}
      unready={isSame}
      onCancel={close}
      onConfirm={() =>
        save.mutate({
          complaintId: complaint.id,
          risks,
          note: note.trim(),
          version: complaint.version,
        })
      }
    >
      <RefusalAlert error={save.error} />
      <RiskField value={risks} onChange={setRisks} />
      <p className="why">{t('complaints:risk.why')}</p>
      <Field label={t('complaints:risk.note')} wide>
        {(id) => (
          <Input
            id={id}
            value={note}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
    </ConfirmDialog>
  )
}
