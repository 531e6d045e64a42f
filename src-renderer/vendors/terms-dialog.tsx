import { Input, InputNumber, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { desk } from '../app/client.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { TextField } from '../ui/given-fields.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useCommand } from '../ui/use-command.ts'
import type { Terms, Vendor } from './claim.ts'

/** What the contract says, as a new version: the earlier ones stay. */
export function TermsDialog({ vendor, close }: { vendor: Vendor; close: () => void }) {
  const { t } = useTranslation()
  const [terms, setTerms] = useState<Terms>(vendor.terms)
  const save = useCommand(desk.vendors.saveTerms, { onDone: close })
  const change = (part: Partial<Terms>) => setTerms((before) => ({ ...before, ...part }))
  const { writtenAt: _at, writtenBy: _by, ...written } = terms
  const words = (name: 'contact' | 'phone' | 'address' | 'contractNo', maxLength: number) => (
    <TextField
      label={t(`vendors:terms.${name}`)}
      value={terms[name]}
      maxLength={maxLength}
      onChange={(text) => change({ [name]: text })}
    />
  )
  return (
    <ConfirmDialog
      open
      width={720}
      title={`${t('vendors:terms.edit')} · ${vendor.name}`}
      confirmLabel={t('vendors:terms.save')}
      busy={save.isPending}
      onConfirm={() => save.mutate({ ...written, vendorId: vendor.id })}
      onCancel={close}
    >
      <RefusalAlert error={save.error} />
      <div className="field-row">
        {words('contact', 60)}
        {words('phone', 40)}
      </div>
      <div className="field-row">
        {words('contractNo', 60)}
        {words('address', 200)}
      </div>
      <div className="field-row">
        <NumberField
          name="deductionRate"
          value={terms.deductionRate === null ? null : terms.deductionRate / 100}
          max={100}
          precision={2}
          onChange={(rate) =>
            change({ deductionRate: rate === null ? null : Math.round(rate * 100) })
          }
        />
        <NumberField
          name="paymentDay"
          value={terms.paymentDay}
          min={1}
          max={31}
          onChange={(paymentDay) => change({ paymentDay })}
        />
        <NumberField
          name="responseDays"
          value={terms.responseDays}
          min={1}
          max={90}
          onChange={(responseDays) => change({ responseDays: responseDays ?? 7 })}
        />
        {vendor.kind === 'carrier' ? (
          <NumberField
            name="claimDays"
            value={terms.claimDays}
            min={1}
            max={3660}
            onChange={(claimDays) => change({ claimDays })}
          />
        ) : null}
      </div>
      <Field label={t('vendors:terms.silence')}>
        {(id) => (
          <Radio.Group
            id={id}
            aria-label={t('vendors:terms.silence')}
            value={terms.silence}
            options={(['accepts', 'open'] as const).map((value) => ({
              value,
              label: t(`vendors:silence.${value}`),
            }))}
            onChange={(event) => change({ silence: event.target.value as Terms['silence'] })}
          />
        )}
      </Field>
      {(['duties', 'note'] as const).map((name) => (
        <Field key={name} label={t(`vendors:terms.${name}`)}>
          {(id) => (
            <Input.TextArea
              id={id}
              value={terms[name]}
              maxLength={name === 'duties' ? 4000 : 2000}
              autoSize={{ minRows: 2, maxRows: 5 }}
              onChange={(event) => change({ [name]: event.target.value })}
            />
          )}
        </Field>
      ))}
    </ConfirmDialog>
  )
}

interface NumberFieldProps {
  name: 'deductionRate' | 'paymentDay' | 'responseDays' | 'claimDays'
  value: number | null
  min?: number
  max: number
  precision?: number
  onChange: (value: number | null) => void
}

function NumberField({ name, value, min = 0, max, precision = 0, onChange }: NumberFieldProps) {
  const { t } = useTranslation()
  return (
    <Field label={t(`vendors:terms.${name}`)}>
      {(id) => (
        <InputNumber
          id={id}
          className="full-width"
          controls={false}
          min={min}
          max={max}
          precision={precision}
          value={value}
          onChange={onChange}
        />
      )}
    </Field>
  )
}
