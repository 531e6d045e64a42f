import { MinusOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Checkbox, Select } from 'antd'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'

import { conditions } from '../../src-main/refunds/contract.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { Money } from '../ui/money.tsx'
import { Tag } from '../ui/tag.tsx'
import { conditionOf, packagingOf, unitsLeft } from '../ui/return-form.ts'
import type { Sale, SaleLine } from '../ui/return-form.ts'
import type { RefundChange, RefundValues } from './refund-form.ts'

interface RefundLinesProps {
  sale: Sale
  values: RefundValues
  current: number
  unitsOf: (lineId: number) => number
  onCurrent: (lineId: number) => void
  onUnits: (lineId: number, units: number) => void
  onChange: (part: RefundChange) => void
}

/** The lines of the sale: how many units come back of each, and in what state. */
export function RefundLines(props: RefundLinesProps) {
  const { t } = useTranslation()
  return (
    <div className="refund-table">
      <table>
        <caption className="sr-only">{t('refunds:lines.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('refunds:lines.goods')}</th>
            <th scope="col" className="figure">
              {t('refunds:lines.paid')}
            </th>
            <th scope="col" className="refund-units-head">
              {t('refunds:lines.units')} <KeyCap keys="-" /> <KeyCap keys="+" />
            </th>
            <th scope="col">{t('refunds:lines.condition')}</th>
            <th scope="col">{t('refunds:lines.packaging')}</th>
          </tr>
        </thead>
        <tbody>
          {props.sale.lines
            .filter((line) => line.kind === 'goods')
            .map((line) => (
              <RefundLine key={line.id} line={line} {...props} />
            ))}
        </tbody>
      </table>
    </div>
  )
}

function RefundLine({ line, ...props }: RefundLinesProps & { line: SaleLine }) {
  const { t } = useTranslation()
  const { sale, values, current, unitsOf, onCurrent, onUnits, onChange } = props
  const row = useRef<HTMLTableRowElement>(null)
  const left = unitsLeft(line)
  const units = unitsOf(line.id)
  const isCurrent = line.id === current && left > 0
  useEffect(() => {
    if (isCurrent) row.current?.scrollIntoView({ block: 'nearest' })
  }, [isCurrent])
  const take = (next: number) => {
    onCurrent(line.id)
    onUnits(line.id, next)
  }
  return (
    <tr
      ref={row}
      className={[isCurrent ? 'refund-current' : '', left === 0 ? 'refund-gone' : ''].join(' ')}
      aria-current={isCurrent ? 'true' : undefined}
    >
      <td>
        <span className="refund-name">
          {line.lineNo} {line.name}
        </span>
        <span className="row-note">
          {[line.brand, line.serialNo || line.barcode || line.sku].filter(Boolean).join(' · ')}
        </span>
        {line.returned.length > 0 ? (
          <Tag tone={left === 0 ? 'plain' : 'soon'}>
            {t('refunds:lines.returned', { back: line.returned.length, units: line.units })}
          </Tag>
        ) : null}
      </td>
      <td className="figure">
        <Money amount={line.paidAmount} currency={sale.currency} />
        <span className="row-note">{t('refunds:lines.forUnits', { count: line.units })}</span>
      </td>
      <td>
        {left === 0 ? (
          <span className="row-note">{t('refunds:lines.none')}</span>
        ) : (
          <span
            className="stepper"
            role="group"
            aria-label={t('refunds:lines.unitsOf', { name: line.name })}
          >
            <Button
              icon={<MinusOutlined />}
              aria-label={t('refunds:lines.less', { name: line.name })}
              disabled={units === 0}
              onClick={() => take(units - 1)}
            />
            <output className="stepper-count" aria-live="polite">
              <strong>{units}</strong> / {left}
            </output>
            <Button
              icon={<PlusOutlined />}
              aria-label={t('refunds:lines.more', { name: line.name })}
              disabled={units >= left}
              onClick={() => take(units + 1)}
            />
          </span>
        )}
      </td>
      <td>
        {units > 0 ? (
          <>
            <Select
              className="refund-condition"
              aria-label={t('refunds:lines.conditionOf', { name: line.name })}
              value={conditionOf(values, line.id)}
              options={conditions.map((value) => ({
                value,
                label: t(`refunds:condition.${value}`),
              }))}
              onChange={(condition) =>
                onChange((now) => ({ condition: { ...now.condition, [line.id]: condition } }))
              }
            />
            {units > 1 ? <span className="row-note">{t('refunds:lines.oneCondition')}</span> : null}
          </>
        ) : null}
      </td>
      <td>
        {units > 0 ? (
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
        ) : null}
      </td>
    </tr>
  )
}
