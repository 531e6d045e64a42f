import { Button, Checkbox, Input } from 'antd'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'

import { Field } from '../ui/field.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Panel } from '../ui/page.tsx'
import { PromiseFields } from '../ui/promise-fields.tsx'
import { isOrdered } from './exchange-form.ts'
import type { ExchangeValues, GivenValues } from './exchange-form.ts'

type Order = NonNullable<ExchangeValues['order']>

interface OrderPanelProps {
  order: Order
  given: readonly GivenValues[]
  missing: boolean
  onChange: (part: Partial<Order>) => void
  onCancel: () => void
}

/** The replacement is not here: it is ordered, and somebody promises it by a day. */
export function OrderPanel({ order, given, missing, onChange, onCancel }: OrderPanelProps) {
  const { t } = useTranslation()
  const end = useRef<HTMLDivElement>(null)
  // It opens below what the clerk is looking at.
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  return (
    <Panel
      className="exchange-order"
      title={t('exchanges:order.title')}
      extra={
        <Button size="small" onClick={onCancel}>
          {t('exchanges:order.cancel')} <KeyCap keys="Alt+O" />
        </Button>
      }
    >
      {given.length > 1 ? (
        <fieldset className="exchange-ordered">
          <legend>{t('exchanges:order.which')}</legend>
          {given.map((line) => (
            <Checkbox
              key={line.key}
              checked={isOrdered(order, line)}
              onChange={(event) =>
                onChange({
                  here: event.target.checked
                    ? order.here.filter((each) => each !== line.key)
                    : [...order.here, line.key],
                })
              }
            >
              {line.name}
            </Checkbox>
          ))}
          {order.here.length > 0 ? (
            <p className="row-note">{t('exchanges:order.twoDays')}</p>
          ) : null}
        </fieldset>
      ) : null}
      <PromiseFields values={order} missing={missing ? 'due' : null} onChange={onChange} />
      <Field label={t('exchanges:order.supplier')}>
        {(id) => (
          <Input
            id={id}
            value={order.supplier}
            maxLength={80}
            autoComplete="off"
            onChange={(event) => onChange({ supplier: event.target.value })}
          />
        )}
      </Field>
      <div ref={end} />
    </Panel>
  )
}
