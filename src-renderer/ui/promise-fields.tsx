import { useQuery } from '@tanstack/react-query'
import { DatePicker, Input, Radio, Select } from 'antd'
import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'

import { api } from '../app/client.ts'
import { Field } from './field.tsx'
import { Moment } from './business-date.tsx'
import { useStore } from './store-context.ts'
import { dueInstant, END_OF_WORK, NEXT_MORNING } from './promise-form.ts'
import type { DuePick, PromiseValues } from './promise-form.ts'
import { useNow } from './use-now.ts'
import './promise-fields.css'

interface PromiseFieldsProps {
  values: PromiseValues
  /** The one to point at; any other word points at none. */
  missing: string | null
  onChange: (part: Partial<PromiseValues>) => void
}

/** Who takes it on, what the customer is promised, and by when. */
export function PromiseFields({ values, missing, onChange }: PromiseFieldsProps) {
  const { t } = useTranslation()
  const { timeZone } = useStore()
  const colleagues = useQuery(api.staff.colleagues.queryOptions({ staleTime: 60_000 }))
  const now = useNow()
  const dueAt = dueInstant(values.due, values.dueLocal, now, timeZone)
  const todayIsOver = dueInstant('today', null, now, timeZone) === null
  const picks: { value: DuePick; label: string; disabled?: boolean }[] = [
    {
      value: 'today',
      label: todayIsOver
        ? t('complaints:due.todayOver')
        : t('complaints:due.today', { time: END_OF_WORK }),
      disabled: todayIsOver,
    },
    { value: 'tomorrow', label: t('complaints:due.tomorrow', { time: NEXT_MORNING }) },
    { value: 'pick', label: t('complaints:due.pick') },
  ]
  return (
    <div className="promise-fields">
      <Field
        label={t('complaints:owner')}
        problem={missing === 'owner' ? t('complaints:missing.owner') : undefined}
      >
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
      <Field
        label={t('complaints:promiseText')}
        problem={missing === 'promiseText' ? t('complaints:missing.promiseText') : undefined}
      >
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
      <fieldset className="field field-wide">
        <legend>{t('complaints:due.title')}</legend>
        <div className="due-picks">
          <Radio.Group
            optionType="button"
            buttonStyle="solid"
            value={values.due}
            options={picks}
            onChange={(event) => onChange({ due: event.target.value })}
          />
          {values.due === 'pick' ? (
            <DatePicker
              aria-label={t('complaints:due.title')}
              showTime={{ format: 'HH:mm', minuteStep: 15 }}
              format="YYYY-MM-DD HH:mm"
              needConfirm={false}
              value={values.dueLocal ? dayjs(values.dueLocal) : null}
              onChange={(at) => onChange({ dueLocal: at ? at.format('YYYY-MM-DDTHH:mm') : null })}
            />
          ) : null}
          {dueAt ? (
            <span className="due-at">
              <Moment at={dueAt} />
            </span>
          ) : null}
        </div>
        {missing === 'due' ? (
          <p className="field-problem" role="alert">
            {t('complaints:missing.due')}
          </p>
        ) : null}
      </fieldset>
    </div>
  )
}
