import { MinusOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Checkbox, Input, Select } from 'antd'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'

import { conditions } from '../../src-main/refunds/contract.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Money } from '../ui/money.tsx'
import { conditionOf, packagingOf, unitsLeft } from '../ui/return-form.ts'
import type { Sale, SaleLine } from '../ui/return-form.ts'
import { Tag } from '../ui/tag.tsx'
import type { ExchangeChange, ExchangeValues, Quote } from './exchange-form.ts'

interface BackPaneProps {
  sale: Sale
  values: ExchangeValues
  quote: Quote | undefined
  active: boolean
  current: number
  unitsOf: (lineId: number) => number
  onCurrent: (lineId: number) => void
  onUnits: (lineId: number, units: number) => void
  /** Something was chosen: the other side is next. */
  onDone: () => void
  onChange: (part: ExchangeChange) => void
}

/** 收回: the lines of the sale, with what of them comes back. */
export function BackPane(props: BackPaneProps) {
  const { sale, active, current, unitsOf, onCurrent, onUnits, onDone } = props
  const { t } = useTranslation()
  const free = sale.lines.filter((line) => unitsLeft(line) > 0)
  const move = (by: number) => {
    const index = free.findIndex((line) => line.id === current)
    const next = free[Math.min(Math.max(0, index + by), free.length - 1)]
    if (next) onCurrent(next.id)
  }
  const step = (by: number) => onUnits(current, unitsOf(current) + by)
  const toggle = () => {
    const isChosen = unitsOf(current) > 0
    onUnits(current, isChosen ? 0 : 1)
    if (!isChosen) onDone()
  }
  useHotkeys(
    active
      ? [
          { keys: '↓', label: t('refunds:keys.next'), run: () => move(1), when: free.length > 1 },
          {
            keys: '↑',
            label: t('refunds:keys.previous'),
            run: () => move(-1),
            when: free.length > 1,
          },
          { keys: '+', label: t('exchanges:keys.more'), run: () => step(1) },
          { keys: '=', label: t('exchanges:keys.more'), run: () => step(1) },
          { keys: '-', label: t('exchanges:keys.less'), run: () => step(-1) },
          { keys: 'Space', label: t('exchanges:keys.toggle'), run: toggle },
        ]
      : [],
  )
  return (
    <section
      className={active ? 'exchange-pane exchange-active' : 'exchange-pane'}
      aria-label={t('exchanges:back.title')}
    >
      <header className="exchange-pane-head">
        <h2>
          {t('exchanges:back.title')} <span className="row-note">{t('exchanges:back.hint')}</span>
        </h2>
        {active ? null : <KeyCap keys="←" />}
      </header>
      <ul className="exchange-lines">
        {free.map((line) => (
          <BackLine key={line.id} line={line} {...props} />
        ))}
      </ul>
    </section>
  )
}

function BackLine({ line, ...props }: BackPaneProps & { line: SaleLine }) {
  const { t } = useTranslation()
  const { sale, values, quote, active, current, unitsOf, onCurrent, onUnits, onDone, onChange } =
    props
  const row = useRef<HTMLLIElement>(null)
  const left = unitsLeft(line)
  const units = unitsOf(line.id)
  const isCurrent = active && line.id === current
  const returned = quote?.returned.find((each) => each.saleLineId === line.id)
  useEffect(() => {
    if (isCurrent) row.current?.scrollIntoView({ block: 'nearest' })
  }, [isCurrent])
  const take = (next: number) => {
    onCurrent(line.id)
    onUnits(line.id, next)
    if (units === 0 && next > 0) onDone()
  }
  return (
    <li
      ref={row}
      className={[
        'exchange-line',
        isCurrent ? 'exchange-current' : '',
        units > 0 ? 'exchange-chosen' : '',
      ].join(' ')}
      aria-current={isCurrent ? 'true' : undefined}
    >
      <div className="exchange-line-head">
        <span className="exchange-name">
          {units > 0 ? '✓ ' : ''}
          {line.name}
        </span>
        <Money amount={line.paidAmount} currency={sale.currency} />
      </div>
      <div className="exchange-line-parts">
        <span className="row-note exchange-codes">
          {[line.brand, line.serialNo || line.barcode || line.sku].filter(Boolean).join(' · ')}
        </span>
        <span
          className="stepper"
          role="group"
          aria-label={t('exchanges:back.unitsOf', { name: line.name })}
        >
          <Button
            size="small"
            icon={<MinusOutlined />}
            aria-label={t('exchanges:back.less', { name: line.name })}
            disabled={units === 0}
            onClick={() => take(units - 1)}
          />
          <output className="stepper-count" aria-live="polite">
            <strong>{units}</strong> / {left}
          </output>
          <Button
            size="small"
            icon={<PlusOutlined />}
            aria-label={t('exchanges:back.more', { name: line.name })}
            disabled={units >= left}
            onClick={() => take(units + 1)}
          />
        </span>
      </div>
      {units > 0 ? (
        <div className="exchange-line-parts">
          <Select
            size="small"
            className="exchange-condition"
            aria-label={t('refunds:lines.conditionOf', { name: line.name })}
            value={conditionOf(values, line.id)}
            options={conditions.map((value) => ({ value, label: t(`refunds:condition.${value}`) }))}
            onChange={(condition) =>
              onChange((now) => ({ condition: { ...now.condition, [line.id]: condition } }))
            }
          />
          <Checkbox
            checked={packagingOf(values, line.id)}
            aria-label={t('refunds:lines.packagingOf', { name: line.name })}
            onChange={(event) =>
              onChange((now) => ({
                packaging: { ...now.packaging, [line.id]: event.target.checked },
              }))
            }
          >
            {t('refunds:lines.intact')}
          </Checkbox>
          {line.serialNo !== '' || (returned?.soldSerialNos.length ?? 0) > 0 ? (
            <Input
              size="small"
              className="exchange-serial"
              value={values.serials[line.id] ?? ''}
              maxLength={600}
              autoComplete="off"
              spellCheck={false}
              placeholder={t('exchanges:back.serial')}
              aria-label={t('exchanges:back.serialOf', { name: line.name })}
              onChange={(event) =>
                onChange((now) => ({ serials: { ...now.serials, [line.id]: event.target.value } }))
              }
            />
          ) : null}
        </div>
      ) : null}
      {returned ? (
        <p className="exchange-marks">
          {returned.serials
            .filter(({ flag }) => flag === 'mismatch' || flag === 'missing')
            .map((serial) => (
              <Tag key={serial.unitNo} tone="risk">
                {t(`exchanges:serial.${serial.flag}`, { serialNo: serial.serialNo })}
              </Tag>
            ))}
          {returned.granted === false ? (
            <Tag tone="soon">{t('exchanges:back.notGranted')}</Tag>
          ) : null}
        </p>
      ) : null}
    </li>
  )
}
