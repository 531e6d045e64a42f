import { Button, Input } from 'antd'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'

import { Field } from '../ui/field.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Panel } from '../ui/page.tsx'
import { PromiseFields } from '../ui/promise-fields.tsx'
import type { ExchangeValues } from './exchange-form.ts'

type Order = NonNullable<ExchangeValues['order']>

interface OrderPanelProps {
  order: Order
  missing: boolean
  onChange: (part: Partial<Order>) => void
  onCancel: () => void
}

/** The replacement is not here: it is ordered, and somebody promises it by a day. */
export function OrderPanel({ order, missing, onChange, onCancel }: OrderPanelProps) {
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
