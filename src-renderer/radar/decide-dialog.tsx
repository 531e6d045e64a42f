import type { InferClientOutputs } from '@orpc/client'
import { Input, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { radarDecisions } from '../../src-main/radar/contract.ts'
import { desk } from '../app/client.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useCommand } from '../ui/use-command.ts'

type Alert = NonNullable<InferClientOutputs<typeof desk>['radar']['scan']['cells'][number]['alert']>

interface DecideDialogProps {
  alert: Alert
  label: string
  close: () => void
}

/** What is done about an alert; quiet from then on until it gets worse. */
export function DecideDialog({ alert, label, close }: DecideDialogProps) {
  const { t } = useTranslation()
  const [decision, setDecision] = useState<(typeof radarDecisions)[number]>(alert.suggestion)
  const [note, setNote] = useState('')
  const decide = useCommand(desk.radar.decide, { onDone: close })
  return (
    <ConfirmDialog
      open
      title={t('radar:decide.title', { label })}
      confirmLabel={t('radar:do.decide')}
      busy={decide.isPending}
      unready={decision === 'no_fault' && note.trim().length < 2}
      onCancel={close}
      onConfirm={() =>
        decide.mutate({ alertId: alert.id, decision, note: note.trim(), version: alert.version })
      }
    >
      <RefusalAlert error={decide.error} />
      <p className="why">{t('radar:decide.hint')}</p>
      <Radio.Group
        aria-label={t('radar:decide.what')}
        className="radar-choices"
        value={decision}
        options={radarDecisions.map((value) => ({
          value,
          label:
            value === alert.suggestion
              ? `${t(`radar:decision.${value}`)} · ${t('radar:decide.suggested')}`
              : t(`radar:decision.${value}`),
        }))}
        onChange={(event) => setDecision(event.target.value)}
      />
      <Field label={t('radar:decide.note')}>
        {(id) => (
          <Input
            id={id}
            value={note}
            maxLength={300}
            autoComplete="off"
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
    </ConfirmDialog>
  )
}
