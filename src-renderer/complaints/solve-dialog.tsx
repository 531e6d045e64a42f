import { useQueryClient } from '@tanstack/react-query'
import { Input } from 'antd'
import { useTranslation } from 'react-i18next'

import { desk } from '../app/client.ts'
import { notAsked, RetentionFields, SatisfactionFields } from '../ui/closing-fields.tsx'
import type { RetentionValues, SatisfactionValues } from '../ui/closing-fields.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useCommand } from '../ui/use-command.ts'
import { useDraft } from '../ui/use-draft.ts'
import type { Complaint } from './complaint-form.ts'

interface SolveValues {
  solution: string
  satisfaction: SatisfactionValues
  retention: RetentionValues
}

interface DialogProps {
  complaint: Complaint
  open: boolean
  close: () => void
}

/** Closes a complaint: what was done, how content the customer is with it, and whether they stay. */
export function SolveDialog({ complaint, open, close }: DialogProps) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const draftKey = `solve-complaint-${complaint.id}`
  const [values, keep, clear] = useDraft<SolveValues>(draftKey, {
    solution: '',
    satisfaction: notAsked,
    retention: { outcome: 'unknown', reason: null, note: '' },
  })
  const solve = useCommand(desk.complaints.solve, {
    draftKey,
    onDone: () => {
      clear()
      close()
      void cache.invalidateQueries({ queryKey: [['complaints']] })
    },
  })
  return (
    <ConfirmDialog
      open={open}
      width={680}
      title={t('complaints:solve.title', { number: complaint.number })}
      confirmLabel={t('complaints:solve.confirm')}
      busy={solve.isPending}
      unready={
        values.solution.trim() === '' ||
        (values.retention.outcome === 'lost' && values.retention.reason === null)
      }
      onCancel={close}
      onConfirm={() =>
        solve.mutate({
          complaintId: complaint.id,
          solution: values.solution.trim(),
          satisfaction: values.satisfaction,
          retention: values.retention,
          version: complaint.version,
        })
      }
    >
      <RefusalAlert error={solve.error} />
      <Field label={t('complaints:solve.solution')}>
        {(id) => (
          <Input.TextArea
            id={id}
            autoFocus
            value={values.solution}
            maxLength={4000}
            autoSize={{ minRows: 3, maxRows: 8 }}
            onChange={(event) => keep((now) => ({ ...now, solution: event.target.value }))}
          />
        )}
      </Field>
      <div className="dialog-gap">
        <SatisfactionFields
          value={values.satisfaction}
          onChange={(satisfaction) => keep((now) => ({ ...now, satisfaction }))}
        />
        <RetentionFields
          value={values.retention}
          onChange={(retention) => keep((now) => ({ ...now, retention }))}
        />
      </div>
    </ConfirmDialog>
  )
}
