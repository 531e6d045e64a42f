import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { api, desk } from '../app/client.ts'
import { useSession } from '../app/session.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { useFaultWords } from '../ui/fault-words.ts'
import { Field } from '../ui/field.tsx'
import { OwnerField } from '../ui/owner-field.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useCommand } from '../ui/use-command.ts'
import type { Cell } from './findings.tsx'

interface IncidentDialogProps {
  cell: Cell
  close: () => void
  onDone: (incidentId: number) => void
}

/** Opens an incident for a finding, with the cases that are in none yet. */
export function IncidentDialog({ cell, close, onDone }: IncidentDialogProps) {
  const { t } = useTranslation()
  const { operator } = useSession()
  const { word } = useFaultWords()
  const told = useQuery(api.radar.explain.queryOptions({ input: { key: cell.key } }))
  const free = (told.data?.cases ?? []).filter(({ incident }) => incident === null)
  const what = cell.fault ? word(cell.fault) : t('radar:anyFault')
  const [title, setTitle] = useState(`${cell.label} ${what}`.slice(0, 80))
  const [ownerId, setOwnerId] = useState<number>(operator.id)
  const open = useCommand(desk.radar.openIncident, {
    onDone: ({ incidentId }) => onDone(incidentId),
  })
  return (
    <ConfirmDialog
      open
      title={t('radar:do.incident')}
      confirmLabel={t('radar:incident.open', { count: free.length })}
      busy={open.isPending}
      unready={title.trim().length < 2 || !told.data}
      onCancel={close}
      onConfirm={() =>
        open.mutate({
          title: title.trim(),
          cell: cell.key,
          productId: cell.productId,
          fault: cell.fault,
          ownerId,
          caseIds: free.map(({ caseId }) => caseId),
        })
      }
    >
      <RefusalAlert error={open.error ?? told.error} />
      <Field label={t('radar:incident.title')}>
        {(id) => (
          <Input
            id={id}
            value={title}
            maxLength={80}
            autoComplete="off"
            onChange={(event) => setTitle(event.target.value)}
          />
        )}
      </Field>
      <OwnerField label={t('radar:incident.owner')} value={ownerId} onChange={setOwnerId} />
    </ConfirmDialog>
  )
}
