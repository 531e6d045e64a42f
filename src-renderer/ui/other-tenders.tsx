import { SwapOutlined } from '@ant-design/icons'
import { Button, Input, Select } from 'antd'
import { useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useHotkeys } from '../input/hotkeys.tsx'
import { Field } from './field.tsx'
import { HolderFields, noHolder } from './holder-fields.tsx'
import { KeyCap } from './key-cap.tsx'
import { tenderKey } from './return-form.ts'
import type { ReturnChange, ReturnQuote, ReturnValues, TenderKind } from './return-form.ts'
import './returns.css'

interface OtherTendersProps {
  quote: Pick<ReturnQuote, 'tenders' | 'managerAmount'>
  values: ReturnValues
  onChange: (part: ReturnChange) => void
}

/** The customer asks for another way than the one the sale was paid: the form that goes with it. */
export function OtherTenders({ quote, values, onChange }: OtherTendersProps) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const rows = quote.tenders.filter((tender) => tender.ways.length > 0 || tender.insteadOf)
  const isAsked = Object.keys(values.otherWays).length > 0
  const [open, setOpen] = useState(isAsked)
  const [wasOpened, setOpened] = useState(false)
  useLayoutEffect(() => {
    if (wasOpened) box.current?.querySelector('input')?.focus()
  }, [wasOpened])
  const toggle = () => {
    setOpened(!open)
    setOpen(!open)
    if (open) onChange({ otherWays: {}, otherReason: '' })
  }
  useHotkeys([
    { keys: 'Alt+W', label: t('refunds:other.title'), run: toggle, when: rows.length > 0 },
  ])
  if (rows.length === 0) return null
  const choose = (tenderId: number | null, to: TenderKind | '') =>
    onChange((now) => {
      const { [tenderKey(tenderId)]: _before, ...others } = now.otherWays
      return { otherWays: to === '' ? others : { ...others, [tenderKey(tenderId)]: to } }
    })
  const seen = new Set<string>()
  return (
    <div className="other-tenders">
      <Button size="small" icon={<SwapOutlined />} aria-expanded={open} onClick={toggle}>
        {open ? t('refunds:other.cancel') : t('refunds:other.title')} <KeyCap keys="Alt+W" />
      </Button>
      {open ? (
        <div ref={box} className="other-form">
          {rows.map((tender) => {
            const key = tenderKey(tender.tenderId)
            if (seen.has(key)) return null
            seen.add(key)
            const from = tender.insteadOf ?? tender
            const name = from.label || t(`refunds:tender.${from.kind}`)
            return (
              <Field key={key} label={t('refunds:other.back', { tender: name })}>
                {(id) => (
                  <Select<TenderKind | ''>
                    id={id}
                    className="full-width"
                    value={values.otherWays[key] ?? ''}
                    options={[
                      { value: '', label: t('refunds:other.original') },
                      ...tender.ways.map((way) => ({
                        value: way.to,
                        label: t(`refunds:other.way.${way.needs}`, {
                          tender: t(`refunds:tender.${way.to}`),
                        }),
                      })),
                    ]}
                    onChange={(to) => choose(tender.tenderId, to)}
                  />
                )}
              </Field>
            )
          })}
          <Field label={t('refunds:other.reason')}>
            {(id) => (
              <Input
                id={id}
                value={values.otherReason}
                maxLength={200}
                placeholder={t('refunds:other.reasonExample')}
                onChange={(event) => onChange({ otherReason: event.target.value })}
              />
            )}
          </Field>
          {Object.values(values.otherWays).includes('voucher') ? (
            <HolderFields
              value={values.voucherHolder ?? noHolder}
              hint={t('vouchers:holder.refundHint')}
              onChange={(voucherHolder) => onChange({ voucherHolder })}
            />
          ) : null}
          {quote.managerAmount > 0 ? (
            <p className="row-note">{t('refunds:other.managerHint')}</p>
          ) : null}
        </div>
      ) : null}
    </div>
  )
}
