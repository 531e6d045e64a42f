import { useQueryClient } from '@tanstack/react-query'
import { Input } from 'antd'
import { useTranslation } from 'react-i18next'

import { desk } from '../app/client.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useCommand } from '../ui/use-command.ts'
import { useDraft } from '../ui/use-draft.ts'
import { satisfiedValue } from './complaint-form.ts'
import type { Complaint, Satisfaction } from './complaint-form.ts'
import { SatisfiedField } from './satisfied-field.tsx'

interface SolveValues {
  solution: string
  satisfied: Satisfaction
}

interface DialogProps {
  complaint: Complaint
  open: boolean
  close: () => void
}

/** Closes a complaint: what was done, and whether the customer is content with it. */
export function SolveDialog({ complaint, open, close }: DialogProps) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const draftKey = `solve-complaint-${complaint.id}`
  const [values, keep, clear] = useDraft<SolveValues>(draftKey, {
    solution: '',
    satisfied: 'not_asked',
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
      width={560}
      title={t('complaints:solve.title', { number: complaint.number })}
      confirmLabel={t('complaints:solve.confirm')}
      busy={solve.isPending}
      unready={values.solution.trim() === ''}
      onCancel={close}
      onConfirm={() =>
        solve.mutate({
          complaintId: complaint.id,
          solution: values.solution.trim(),
          satisfied: satisfiedValue(values.satisfied),
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
            onChange={(event) => keep({ ...values, solution: event.target.value })}
          />
        )}
      </Field>
      <div className="dialog-gap">
        <SatisfiedField
          value={values.satisfied}
          onChange={(satisfied) => keep({ ...values, satisfied })}
        />
      </div>
    </ConfirmDialog>
  )
}
