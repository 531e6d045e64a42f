import { useQueryClient } from '@tanstack/react-query'
import { Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { complaintClasses } from '../../src-main/complaints/contract.ts'
import { desk } from '../app/client.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useCommand } from '../ui/use-command.ts'
import type { Complaint, DetailValues } from './complaint-form.ts'
import { DetailFields } from './detail-fields.tsx'

/** Fills in what was not asked while the customer was talking. */
export function DetailDialog({ complaint, close }: { complaint: Complaint; close: () => void }) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const { desired, demand, demandAmount, mode, severity, complainant } = complaint
  const [details, setDetails] = useState<DetailValues>({
    desired,
    demand,
    demandAmount,
    mode,
    severity,
    complainant,
  })
  const [values, setValues] = useState({
    class: complaint.class,
    floor: complaint.floor,
    counter: complaint.counter,
    name: '',
    phone: '',
  })
  const set = (part: Partial<typeof values>) => setValues((now) => ({ ...now, ...part }))
  const save = useCommand(desk.complaints.change, {
    onDone: () => {
      close()
      void cache.invalidateQueries({ queryKey: [['complaints']] })
      void cache.invalidateQueries({ queryKey: [['cases']] })
    },
  })
  const { name, phone, ...rest } = values
  const text = (field: 'floor' | 'counter' | 'name' | 'phone', label: string) => (
    <Field label={label}>
      {(id) => (
        <Input
          id={id}
          value={values[field]}
          maxLength={40}
          autoComplete="off"
          onChange={(event) => set({ [field]: event.target.value })}
        />
      )}
    </Field>
  )
  return (
    <ConfirmDialog
      open
      width={760}
      title={t('complaints:detail.change', { number: complaint.number })}
      confirmLabel={t('complaints:risk.save')}
      busy={save.isPending}
      onCancel={close}
      onConfirm={() =>
        save.mutate({
          complaintId: complaint.id,
          version: complaint.version,
          details,
          ...rest,
          ...(name === '' && phone === '' ? {} : { contact: { name, phone } }),
        })
      }
    >
      <RefusalAlert error={save.error} />
      <DetailFields
        values={details}
        onChange={(part) => setDetails((now) => ({ ...now, ...part }))}
      />
      <div className="detail-fields dialog-gap">
        <Field label={t('complaints:class.title')}>
          {(id) => (
            <Select
              id={id}
              value={values.class}
              options={complaintClasses.map((value) => ({
                value,
                label: t(`complaints:class.${value}`),
              }))}
              onChange={(next) => set({ class: next })}
            />
          )}
        </Field>
        {text('floor', t('complaints:context.floor'))}
        {text('counter', t('complaints:context.counter'))}
        {text('name', t('complaints:contact.name'))}
        {text('phone', t('complaints:contact.phone'))}
      </div>
      <p className="why">{t('complaints:detail.contactKept')}</p>
    </ConfirmDialog>
  )
}
