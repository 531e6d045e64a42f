import type { InferClientOutputs } from '@orpc/client'
import { DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { actionCauses } from '../../src-main/actions/contract.ts'
import { desk } from '../app/client.ts'
import { useSession } from '../app/session.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { OwnerField } from '../ui/owner-field.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useStore } from '../ui/store-context.ts'
import { useCommand } from '../ui/use-command.ts'

type Action = InferClientOutputs<typeof desk>['actions']['open']

interface PlanDialogProps {
  /** What it is for. */
  of: { cell?: string; goods?: string; incidentId?: number; caseIds?: number[] }
  /** One to change, or to plan anew after it did not help. */
  action?: Action
  close: () => void
  onDone: (actionId: number) => void
}

/** What is done so that it does not happen again: cause, deed, who, by when. */
export function PlanDialog({ of, action, close, onDone }: PlanDialogProps) {
  const { t } = useTranslation()
  const { operator } = useSession()
  const { today } = useStore()
  const [values, setValues] = useState({
    title: action?.title ?? '',
    cause: action?.cause ?? ('product' as (typeof actionCauses)[number]),
    rootCause: action?.rootCause ?? '',
    what: action?.what ?? '',
    ownerId: action?.ownerId ?? operator.id,
    dueOn:
      action && action.dueOn > today
        ? action.dueOn
        : dayjs(today).add(7, 'day').format('YYYY-MM-DD'),
  })
  const change = (part: Partial<typeof values>) => setValues((now) => ({ ...now, ...part }))
  const plan = useCommand(desk.actions.plan, { onDone: ({ actionId }) => onDone(actionId) })
  const edit = useCommand(
    action?.state === 'ineffective' ? desk.actions.planAgain : desk.actions.change,
    { onDone: () => onDone(action?.id ?? 0) },
  )
  const isReady = [values.title, values.rootCause, values.what].every(
    (text) => text.trim().length >= 2,
  )
  const textArea = (name: 'rootCause' | 'what') => (
    <Field label={t(`radar:action.${name}`)} hint={t(`radar:action.${name}Hint`)} wide>
      {(id) => (
        <Input.TextArea
          id={id}
          rows={2}
          value={values[name]}
          maxLength={2000}
          onChange={(event) => change({ [name]: event.target.value })}
        />
      )}
    </Field>
  )
  return (
    <ConfirmDialog
      open
      width={680}
      title={t(action ? 'radar:action.edit' : 'radar:do.plan')}
      confirmLabel={t('radar:action.save')}
      busy={plan.isPending || edit.isPending}
      unready={!isReady}
      onCancel={close}
      onConfirm={() =>
        action
          ? edit.mutate({ ...values, actionId: action.id, version: action.version })
          : plan.mutate({ ...values, ...of })
      }
    >
      <RefusalAlert error={plan.error ?? edit.error} />
      <div className="radar-form">
        <Field label={t('radar:action.title')} wide>
          {(id) => (
            <Input
              id={id}
              value={values.title}
              maxLength={80}
              autoComplete="off"
              onChange={(event) => change({ title: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('radar:action.cause')} wide>
          {(id) => (
            <Select
              id={id}
              className="full-width"
              value={values.cause}
              options={actionCauses.map((value) => ({ value, label: t(`radar:cause.${value}`) }))}
              onChange={(cause) => change({ cause })}
            />
          )}
        </Field>
        {textArea('rootCause')}
        {textArea('what')}
        <OwnerField
          label={t('radar:action.owner')}
          value={values.ownerId}
          onChange={(ownerId) => change({ ownerId })}
        />
        <Field label={t('radar:action.due')}>
          {(id) => (
            <DatePicker
              id={id}
              className="full-width"
              allowClear={false}
              value={dayjs(values.dueOn)}
              onChange={(day) => change({ dueOn: day?.format('YYYY-MM-DD') ?? values.dueOn })}
            />
          )}
        </Field>
      </div>
    </ConfirmDialog>
  )
}
