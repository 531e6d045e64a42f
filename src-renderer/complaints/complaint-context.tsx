import { CloseOutlined, IdcardOutlined, ShopOutlined, UserOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { api } from '../app/client.ts'
import { writeDate } from '../ui/dates.ts'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useStore } from '../ui/store-context.ts'
import type { ComplaintContext } from './complaint-form.ts'

interface ComplaintContextProps {
  context: ComplaintContext
  onChange: (part: Partial<ComplaintContext>) => void
}

function Chip({
  icon,
  removeLabel,
  onRemove,
  children,
}: {
  icon: ReactNode
  removeLabel: string
  onRemove: () => void
  children: ReactNode
}) {
  return (
    <span className="context-chip">
      <span aria-hidden="true">{icon}</span>
      <span className="context-text">{children}</span>
      <Button
        type="text"
        size="small"
        icon={<CloseOutlined />}
        aria-label={removeLabel}
        onClick={onRemove}
      />
    </span>
  )
}

const WHOLE_SALE = 0

/** What the complaint is about: what was on screen, or scanned since; every part can be taken off. */
export function ComplaintContextBar({ context, onChange }: ComplaintContextProps) {
  const { t, i18n } = useTranslation()
  const { today } = useStore()
  const receiptId = context.receiptId ?? 0
  const receipt = useQuery(
    api.sales.open.queryOptions({ input: { receiptId }, enabled: receiptId > 0 }),
  )
  const cardId = context.cardId ?? 0
  const card = useQuery(api.cards.open.queryOptions({ input: { cardId }, enabled: cardId > 0 }))
  const customerId = context.customerId ?? 0
  const customer = useQuery(
    api.customers.open.queryOptions({
      input: { customerId },
      enabled: customerId > 0 && receiptId === 0,
    }),
  )
  const goods =
    receiptId > 0 ? (receipt.data?.lines ?? []).filter((line) => line.kind === 'goods') : []
  const line = goods.find((each) => each.id === context.saleLineId)
  const place = line ? [line.floor, line.counter].filter(Boolean).join(' ') : ''
  const only = goods.length === 1 ? goods[0] : undefined

  // Once per sale: taking the line off again must hold.
  const suggestedFor = useRef<number | null>(null)
  useEffect(() => {
    if (!receipt.data || suggestedFor.current === receipt.data.id) return
    suggestedFor.current = receipt.data.id
    if (only && context.saleLineId === null) onChange({ saleLineId: only.id })
  }, [receipt.data, only, context.saleLineId, onChange])

  return (
    <div className="context">
      <RefusalAlert error={receipt.error ?? card.error} />
      <div className="context-chips">
        {card.data && cardId > 0 ? (
          <Chip
            icon={<IdcardOutlined />}
            removeLabel={t('complaints:context.removeCard')}
            onRemove={() => onChange({ cardId: null })}
          >
            {t('complaints:context.card', { number: card.data.number })}
          </Chip>
        ) : null}
        {receipt.data && receiptId > 0 ? (
          <Chip
            icon={<ShopOutlined />}
            removeLabel={t('complaints:context.removeSale')}
            onRemove={() => onChange({ receiptId: null, saleLineId: null })}
          >
            {t('complaints:context.sale', {
              number: receipt.data.receiptNo,
              date: writeDate(receipt.data.businessDate, today, i18n.language),
            })}
          </Chip>
        ) : null}
        {customer.data ? (
          <Chip
            icon={<UserOutlined />}
            removeLabel={t('complaints:context.removeCustomer')}
            onRemove={() => onChange({ customerId: null })}
          >
            {[customer.data.name, customer.data.phoneMasked].filter(Boolean).join(' ')}
          </Chip>
        ) : null}
        {goods.length > 0 ? (
          <Select
            className="context-line"
            aria-label={t('complaints:context.line')}
            value={context.saleLineId ?? WHOLE_SALE}
            options={[
              { value: WHOLE_SALE, label: t('complaints:context.wholeSale') },
              ...goods.map((each) => ({ value: each.id, label: `${each.lineNo} ${each.name}` })),
            ]}
            onChange={(id) => onChange({ saleLineId: id === WHOLE_SALE ? null : id })}
          />
        ) : null}
        {place ? (
          <span className="row-note">{place}</span>
        ) : (
          <>
            <Input
              className="context-floor"
              value={context.floor}
              maxLength={40}
              autoComplete="off"
              aria-label={t('complaints:context.floor')}
              placeholder={t('complaints:context.floor')}
              onChange={(event) => onChange({ floor: event.target.value })}
            />
            <Input
              className="context-counter"
              value={context.counter}
              maxLength={60}
              autoComplete="off"
              aria-label={t('complaints:context.counter')}
              placeholder={t('complaints:context.counter')}
              onChange={(event) => onChange({ counter: event.target.value })}
            />
          </>
        )}
        {receiptId === 0 && cardId === 0 ? (
          <span className="row-note">{t('complaints:context.scan')}</span>
        ) : null}
      </div>
    </div>
  )
}
