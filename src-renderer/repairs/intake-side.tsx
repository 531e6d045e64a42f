import { useQuery } from '@tanstack/react-query'
import { Checkbox, DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'

import { api } from '../app/client.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { BusinessDate } from '../ui/business-date.tsx'
import { Field } from '../ui/field.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Panel } from '../ui/page.tsx'
import { useStore } from '../ui/store-context.ts'
import type { IntakeValues } from './intake-form.ts'
import { promisedDay, promisedDays } from './repair.ts'
import { SignField } from '../ui/sign-field.tsx'

interface SideProps {
  values: IntakeValues
  onChange: (part: Partial<IntakeValues>) => void
}

export type PromiseValues = Pick<IntakeValues, 'promiseText' | 'ownerId' | 'dueOn'>

/** Who takes it on, and until which day: Alt+D goes through the usual ones. */
export function PromiseFields({
  values,
  usual,
  onChange,
}: {
  values: PromiseValues
  /** Days until the promised day that the store usually takes. */
  usual: number
  onChange: (part: Partial<PromiseValues>) => void
}) {
  const { t } = useTranslation()
  const { today } = useStore()
  const colleagues = useQuery(api.staff.colleagues.queryOptions({ staleTime: 60_000 }))
  const picks = promisedDays(usual).map((days) => ({ days, on: promisedDay(today, days) }))
  useHotkeys([
    {
      keys: 'Alt+D',
      label: t('repairs:intake.due'),
      run: () => {
        const next = (picks.findIndex(({ on }) => on === values.dueOn) + 1) % picks.length
        onChange({ dueOn: picks[next]?.on ?? values.dueOn })
      },
    },
  ])
  return (
    <>
      <fieldset className="field repair-due">
        <legend>
          {t('repairs:intake.due')} <KeyCap keys="Alt+D" />
        </legend>
        <div className="repair-due-picks">
          {picks.map(({ days, on }) => (
            <button
              key={days}
              type="button"
              className={on === values.dueOn ? 'rights-choice rights-chosen' : 'rights-choice'}
              aria-pressed={on === values.dueOn}
              onClick={() => onChange({ dueOn: on })}
            >
              {t('repairs:intake.days', { count: days })}
            </button>
          ))}
          <DatePicker
            aria-label={t('repairs:intake.duePick')}
            allowClear={false}
            value={dayjs(values.dueOn)}
            minDate={dayjs(today)}
            onChange={(day) => day && onChange({ dueOn: day.format('YYYY-MM-DD') })}
          />
        </div>
        <p className="repair-due-on">
          <BusinessDate date={values.dueOn} distance="left" />
        </p>
      </fieldset>
      <div className="field-row">
        <Field label={t('repairs:intake.promiseText')}>
          {(id) => (
            <Input
              id={id}
              value={values.promiseText}
              maxLength={200}
              autoComplete="off"
              onChange={(event) => onChange({ promiseText: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('repairs:intake.owner')}>
          {(id) => (
            <Select
              id={id}
              className="full-width"
              showSearch={{ optionFilterProp: 'label' }}
              value={values.ownerId}
              loading={colleagues.isPending}
              options={(colleagues.data ?? []).map((each) => ({
                value: each.id,
                label: `${each.name} · ${t(`app:role.${each.role}`)}`,
              }))}
              onChange={(ownerId) => onChange({ ownerId })}
            />
          )}
        </Field>
      </div>
    </>
  )
}

/** Who brings it, what is promised, the loan unit and the signature. */
export function IntakeSide({ values, usual, onChange }: SideProps & { usual: number }) {
  const { t } = useTranslation()
  const { contact } = values
  return (
    <>
      <Panel title={t('repairs:intake.promise')}>
        <PromiseFields values={values} usual={usual} onChange={onChange} />
      </Panel>
      <Panel title={t('repairs:intake.contact')}>
        <div className="field-row">
          {(['name', 'phone'] as const).map((part) => (
            <Field
              key={part}
              label={t(`repairs:intake.${part === 'name' ? 'contactName' : 'contactPhone'}`)}
            >
              {(id) => (
                <Input
                  id={id}
                  value={contact[part]}
                  maxLength={40}
                  inputMode={part === 'phone' ? 'tel' : 'text'}
                  autoComplete="off"
                  onChange={(event) =>
                    onChange({ contact: { ...contact, [part]: event.target.value } })
                  }
                />
              )}
            </Field>
          ))}
        </div>
        <LoanFields values={values} onChange={onChange} />
        <Field label={t('repairs:intake.note')}>
          {(id) => (
            <Input
              id={id}
              value={values.note}
              maxLength={1000}
              autoComplete="off"
              onChange={(event) => onChange({ note: event.target.value })}
            />
          )}
        </Field>
        <SignField
          label={t('repairs:intake.signature')}
          hint={t('repairs:intake.signatureHint')}
          keys="Alt+G"
          value={values.signature}
          onChange={(signature) => onChange({ signature })}
        />
        <Checkbox
          checked={!values.received}
          onChange={(event) => onChange({ received: !event.target.checked })}
        >
          {t('repairs:intake.expected')}
        </Checkbox>
      </Panel>
    </>
  )
}

function LoanFields({ values, onChange }: SideProps) {
  const { t } = useTranslation()
  const units = useQuery(api.repairs.loanUnits.queryOptions())
  const free = (units.data ?? []).filter(({ state }) => state === 'free')
  if (free.length === 0) return null
  const chosen = free.find(({ id }) => id === values.loanUnitId)
  return (
    <div className="field-row">
      <Field label={t('repairs:intake.loan')}>
        {(id) => (
          <Select<number>
            id={id}
            className="full-width"
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={t('repairs:intake.loanNone')}
            value={chosen?.id ?? null}
            options={free.map((unit) => ({ value: unit.id, label: `${unit.code} · ${unit.name}` }))}
            onChange={(loanUnitId) =>
              onChange({
                loanUnitId: loanUnitId ?? null,
                loanCondition: free.find((unit) => unit.id === loanUnitId)?.condition ?? '',
              })
            }
          />
        )}
      </Field>
      {chosen ? (
        <Field label={t('repairs:intake.loanCondition')}>
          {(id) => (
            <Input
              id={id}
              value={values.loanCondition}
              maxLength={200}
              autoComplete="off"
              onChange={(event) => onChange({ loanCondition: event.target.value })}
            />
          )}
        </Field>
      ) : null}
    </div>
  )
}
