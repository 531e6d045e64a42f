import { useQuery } from '@tanstack/react-query'
import { App, Input, Segmented, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { alertRoles, alertSeverities } from '../../src-main/alerts/contract.ts'
import { api, desk } from '../app/client.ts'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { Field } from './field.tsx'
import { RefusalAlert } from './refusal-alert.tsx'
import { useCommand } from './use-command.ts'

interface SendAlertProps {
  open: boolean
  /** The case it is about, if any. */
  caseId: number | null
  close: () => void
}

type Role = (typeof alertRoles)[number]

/** Writes to a role or to a colleague. */
export function SendAlert({ open, caseId, close }: SendAlertProps) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const people = useQuery(api.staff.colleagues.queryOptions({ staleTime: 60_000 }))
  const [to, setTo] = useState<string>('role:duty_manager')
  const [severity, setSeverity] = useState<(typeof alertSeverities)[number]>('warning')
  const [text, setText] = useState('')
  const send = useCommand(desk.alerts.send, {
    onDone: () => {
      setText('')
      close()
      void message.success(t('alerts:sent'))
    },
  })
  const [kind, id] = to.split(':')
  const role = alertRoles.find((each): each is Role => each === id)
  const confirm = () =>
    send.mutate({
      to: kind === 'role' && role ? { role } : { operatorId: Number(id) },
      severity,
      text: text.trim(),
      caseId,
    })
  return (
    <ConfirmDialog
      open={open}
      title={t('alerts:sendTitle')}
      confirmLabel={t('alerts:send')}
      busy={send.isPending}
      unready={text.trim() === ''}
      onCancel={close}
      onConfirm={confirm}
    >
      <RefusalAlert error={send.error} />
      <Field label={t('alerts:text')}>
        {(fieldId) => (
          <Input.TextArea
            id={fieldId}
            value={text}
            maxLength={500}
            autoSize={{ minRows: 2, maxRows: 6 }}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('alerts:who')}>
        {(fieldId) => (
          <Select
            id={fieldId}
            value={to}
            showSearch={{ optionFilterProp: 'label' }}
            onChange={setTo}
            options={[
              {
                label: t('alerts:whoRole'),
                options: alertRoles.map((each) => ({
                  value: `role:${each}`,
                  label: t(`alerts:role.${each}`),
                })),
              },
              {
                label: t('alerts:whoPerson'),
                options: (people.data ?? []).map((each) => ({
                  value: `person:${each.id}`,
                  label: each.name,
                })),
              },
            ]}
          />
        )}
      </Field>
      <Segmented
        aria-label={t('alerts:level')}
        value={severity}
        onChange={setSeverity}
        options={alertSeverities.map((value) => ({
          value,
          label: t(`alerts:severity.${value}`),
        }))}
      />
    </ConfirmDialog>
  )
}
