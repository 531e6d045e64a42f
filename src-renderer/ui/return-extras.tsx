import { DownOutlined, RightOutlined } from '@ant-design/icons'
import { Button, Checkbox, Input, InputNumber, Select } from 'antd'
import { useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { freightLiables, giftRules } from '../../src-main/refunds/contract.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { Field } from './field.tsx'
import { KeyCap } from './key-cap.tsx'
import { MoneyField } from './money-field.tsx'
import { Money } from './money.tsx'
import { Panel } from './page.tsx'
import type {
  FreightLiable,
  GiftRule,
  ReturnChange,
  ReturnExtras,
  ReturnQuote,
  ReturnValues,
} from './return-form.ts'
import './returns.css'

interface ReturnExtrasProps {
  /** What the desk knows of the sale: its gifts, charges and stored value. */
  quote: ReturnQuote
  values: ReturnValues
  onChange: (part: ReturnChange) => void
}

type Change = <Name extends keyof ReturnExtras>(name: Name, part: ReturnExtras[Name]) => void

/** Freight, gifts, tests and charges: closed until they are needed, one key away. */
export function ReturnExtrasPanel({ quote, values, onChange }: ReturnExtrasProps) {
  const { t } = useTranslation()
  const { extras } = values
  const content = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState(isUsed(extras))
  const [byKey, setByKey] = useState(false)
  useLayoutEffect(() => {
    if (open && byKey) content.current?.querySelector('input')?.focus()
  }, [open, byKey])
  const toggle = () => {
    setByKey(true)
    setOpen(!open)
  }
  useHotkeys([{ keys: 'Alt+E', label: t('refunds:extras.title'), run: toggle }])
  const change: Change = (name, part) =>
    onChange((now) => ({ extras: { ...now.extras, [name]: part } }))
  const hints = [
    quote.gifts.out.length > 0 ? t('refunds:extras.hasGifts') : '',
    quote.charges.length > 0 ? t('refunds:extras.hasCharges') : '',
    quote.storedValue.length > 0 ? t('refunds:extras.hasStoredValue') : '',
  ].filter(Boolean)
  return (
    <Panel className="return-extras">
      <Button
        type="text"
        className="extras-toggle"
        icon={open ? <DownOutlined /> : <RightOutlined />}
        aria-expanded={open}
        onClick={toggle}
      >
        {t('refunds:extras.title')} <KeyCap keys="Alt+E" />
        {open ? null : <span className="row-note">{hints.join(' · ')}</span>}
      </Button>
      {open ? (
        <div ref={content} className="extras-parts">
          <FreightFields quote={quote} extras={extras} change={change} />
          <TestFeeFields extras={extras} change={change} />
          <GiftFields quote={quote} extras={extras} change={change} />
          <ChargeFields quote={quote} extras={extras} change={change} />
          <StoredValueFields quote={quote} extras={extras} change={change} />
        </div>
      ) : null}
    </Panel>
  )
}

function isUsed(extras: ReturnExtras): boolean {
  const { freight, testFee, giftRule, earned, charges, giftParts } = extras
  return (
    freight.amount !== null ||
    testFee.amount !== null ||
    giftRule !== null ||
    earned !== null ||
    Object.values(charges).some(Boolean) ||
    Object.keys(giftParts).length > 0
  )
}

interface PartProps {
  quote: ReturnQuote
  extras: ReturnExtras
  change: Change
}

function FreightFields({ quote, extras: { freight }, change }: PartProps) {
  const { t } = useTranslation()
  const set = (part: Partial<ReturnExtras['freight']>) => change('freight', { ...freight, ...part })
  const usual = quote.usualLiable
  const liable = freight.liable ?? usual
  return (
    <>
      <div className="field-row">
        <Field label={t('refunds:freight.amount')}>
          {(id) => (
            <MoneyField
              id={id}
              className="full-width"
              value={freight.amount}
              onChange={(amount) => set({ amount })}
            />
          )}
        </Field>
        <Field label={t('refunds:freight.paidBy')}>
          {(id) => (
            <PaidBySelect id={id} value={freight.paidBy} onChange={(paidBy) => set({ paidBy })} />
          )}
        </Field>
        <Field label={t('refunds:freight.liable')}>
          {(id) => (
            <Select<FreightLiable | 'usual'>
              id={id}
              className="full-width"
              value={freight.liable ?? 'usual'}
              options={[
                {
                  value: 'usual',
                  label: usual
                    ? t('refunds:freight.usual', { who: t(`refunds:liable.${usual}`) })
                    : t('refunds:freight.byReason'),
                },
                ...freightLiables.map((value) => ({ value, label: t(`refunds:liable.${value}`) })),
              ]}
              onChange={(value) => set({ liable: value === 'usual' ? null : value })}
            />
          )}
        </Field>
        {liable === 'shared' ? (
          <Field label={t('refunds:freight.share')}>
            {(id) => (
              <InputNumber
                id={id}
                className="full-width"
                min={0}
                max={100}
                precision={0}
                suffix="%"
                value={freight.sharedPercent}
                onChange={(value) => set({ sharedPercent: value ?? 0 })}
              />
            )}
          </Field>
        ) : null}
      </div>
      {liable === 'carrier' && freight.amount ? (
        <div className="field-row">
          <Field label={t('refunds:freight.carrier')}>
            {(id) => (
              <Input
                id={id}
                value={freight.carrier}
                maxLength={80}
                onChange={(event) => set({ carrier: event.target.value })}
              />
            )}
          </Field>
          <Field label={t('refunds:freight.waybill')}>
            {(id) => (
              <Input
                id={id}
                value={freight.waybill}
                maxLength={60}
                onChange={(event) => set({ waybill: event.target.value })}
              />
            )}
          </Field>
        </div>
      ) : null}
    </>
  )
}

function PaidBySelect({
  id,
  value,
  onChange,
}: {
  id: string
  value: 'store' | 'customer'
  onChange: (value: 'store' | 'customer') => void
}) {
  const { t } = useTranslation()
  return (
    <Select
      id={id}
      className="full-width"
      value={value}
      options={(['customer', 'store'] as const).map((who) => ({
        value: who,
        label: t(`refunds:paidBy.${who}`),
      }))}
      onChange={onChange}
    />
  )
}

function TestFeeFields({ extras: { testFee }, change }: Omit<PartProps, 'quote'>) {
  const { t } = useTranslation()
  const set = (part: Partial<ReturnExtras['testFee']>) => change('testFee', { ...testFee, ...part })
  return (
    <div className="field-row">
      <Field label={t('refunds:testFee.amount')}>
        {(id) => (
          <MoneyField
            id={id}
            className="full-width"
            value={testFee.amount}
            onChange={(amount) => set({ amount })}
          />
        )}
      </Field>
      <Field label={t('refunds:testFee.paidBy')}>
        {(id) => (
          <PaidBySelect id={id} value={testFee.paidBy} onChange={(paidBy) => set({ paidBy })} />
        )}
      </Field>
      <Field label={t('refunds:testFee.bearer')}>
        {(id) => (
          <Select
            id={id}
            className="full-width"
            value={testFee.bearer}
            options={(['store', 'customer', 'shared'] as const).map((value) => ({
              value,
              label: t(`refunds:liable.${value}`),
            }))}
            onChange={(bearer) => set({ bearer })}
          />
        )}
      </Field>
    </div>
  )
}

function GiftFields({ quote, extras, change }: PartProps) {
  const { t } = useTranslation()
  const { out, rule } = quote.gifts
  return (
    <div className="field-row">
      <Field
        label={t('refunds:gifts.title')}
        hint={
          out.length > 0
            ? t('refunds:gifts.out', { names: out.map((gift) => gift.name).join('、') })
            : t('refunds:gifts.none')
        }
      >
        {(id) => (
          <Select<GiftRule | 'usual'>
            id={id}
            className="full-width"
            value={extras.giftRule ?? 'usual'}
            options={[
              {
                value: 'usual',
                label:
                  extras.giftRule === null
                    ? t('refunds:gifts.usual', { rule: t(`refunds:gifts.rule.${rule}`) })
                    : t('refunds:gifts.byReason'),
              },
              ...giftRules.map((value) => ({ value, label: t(`refunds:gifts.rule.${value}`) })),
            ]}
            onChange={(value) => change('giftRule', value === 'usual' ? null : value)}
          />
        )}
      </Field>
      <Field label={t('refunds:gifts.earned')} hint={t('refunds:gifts.earnedHint')}>
        {(id) => (
          <MoneyField
            id={id}
            className="full-width"
            value={extras.earned}
            onChange={(earned) => change('earned', earned)}
          />
        )}
      </Field>
    </div>
  )
}

function ChargeFields({ quote, extras: { charges }, change }: PartProps) {
  const { t } = useTranslation()
  if (quote.charges.length === 0) return null
  return (
    <fieldset className="field extras-charges">
      <legend>{t('refunds:charges.title')}</legend>
      <div>
        {quote.charges.map((charge) => (
          <Checkbox
            key={charge.saleLineId}
            checked={charges[charge.saleLineId] ?? false}
            onChange={(event) =>
              change('charges', { ...charges, [charge.saleLineId]: event.target.checked })
            }
          >
            {charge.name} <Money amount={charge.left} currency={quote.currency} />
          </Checkbox>
        ))}
      </div>
    </fieldset>
  )
}

function StoredValueFields({ quote, extras: { giftParts }, change }: PartProps) {
  const { t } = useTranslation()
  if (quote.storedValue.length === 0) return null
  return (
    <div className="field-row">
      {quote.storedValue.map(({ tenderId, label }) => (
        <Field
          key={tenderId}
          label={t('refunds:storedValue.gift', {
            label: label || t('refunds:tender.stored_value'),
          })}
          hint={t('refunds:storedValue.hint')}
        >
          {(id) => (
            <MoneyField
              id={id}
              className="full-width"
              value={giftParts[tenderId] ?? null}
              onChange={(amount) => change('giftParts', { ...giftParts, [tenderId]: amount })}
            />
          )}
        </Field>
      ))}
    </div>
  )
}
