import { IdcardOutlined } from '@ant-design/icons'
import { Checkbox } from 'antd'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { paths } from '../app/paths.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { BusinessDate } from '../ui/business-date.tsx'
import { Money } from '../ui/money.tsx'
import { Tag } from '../ui/tag.tsx'
import type { LineRights, Rights } from '../ui/rights.ts'
import { mainRemedies } from '../ui/rights.ts'
import { unitsLeft, writeQuantity } from './sale.ts'
import type { Sale, SaleLine } from './sale.ts'
import { isSettled, Settled, VerdictCell } from './verdict-cell.tsx'

interface SaleLinesProps {
  sale: Sale
  /** What may be had for each line; absent until the desk has answered. */
  rights: Rights | undefined
  chosen: ReadonlySet<number>
  toggle: (lineId: number, on: boolean) => void
  /** The line the keyboard is on. */
  onCurrent: (lineId: number) => void
}

function Goods({ line, isGift }: { line: SaleLine; isGift: boolean }) {
  const { t } = useTranslation()
  const place = [line.floor, line.counter].filter(Boolean).join(' ')
  const codes = [line.brand, line.barcode || line.sku, place, line.vendor]
    .filter(Boolean)
    .join(' · ')
  return (
    <>
      <span className="line-name">{line.name}</span>
      {line.kind === 'goods' ? null : <Tag>{t(`sales:lineKind.${line.kind}`)}</Tag>}
      {line.promo ? <Tag tone="teal">{line.promo}</Tag> : null}
      {isGift ? <Tag>{t('sales:rights.gift')}</Tag> : null}
      <span className="row-note line-codes" title={codes}>
        {line.serialNo ? `${t('sales:serial', { serial: line.serialNo })} · ` : ''}
        {codes}
      </span>
      <Cards line={line} />
    </>
  )
}

function Returned({ line }: { line: SaleLine }) {
  const { t } = useTranslation()
  if (line.units === 0) return null
  const back = line.returned.length
  if (back === 0) {
    return <span className="row-note">{t('sales:left', { count: line.units })}</span>
  }
  const left = unitsLeft(line)
  return (
    <span className="line-returned">
      <Tag tone={left === 0 ? 'plain' : 'soon'}>
        {t('sales:returned', { back, units: line.units })}
      </Tag>
      <span className="row-note">
        {left > 0 ? t('sales:left', { count: left }) : t('sales:allBack')}
      </span>
    </span>
  )
}

/** A cell for each remedy; one for all of them where the goods are settled already, with the slip that did it. */
function Verdicts({ line, currency }: { line: LineRights | undefined; currency: string }) {
  if (isSettled(line)) {
    return (
      <td colSpan={mainRemedies.length}>
        <Settled line={line} />
      </td>
    )
  }
  return mainRemedies.map((remedy) => (
    <td key={remedy}>
      <VerdictCell line={line} remedy={remedy} currency={currency} />
    </td>
  ))
}

function Cards({ line }: { line: SaleLine }) {
  const { t } = useTranslation()
  return (
    <>
      {line.cards.map((card) => (
        <Link
          key={`${card.cardId}-${card.unitNo}`}
          className="line-card"
          to={paths.card(card.cardId)}
        >
          <IdcardOutlined aria-hidden="true" />
          <span>
            {t('sales:cardUntil')} <BusinessDate date={card.unitEndsOn} />
          </span>
          <span className="sr-only">{card.number}</span>
        </Link>
      ))}
    </>
  )
}

/** The lines of a sale. ↑↓ go from line to line, Space picks the ones a card, refund or complaint is about. */
export function SaleLines({ sale, rights, chosen, toggle, onCurrent }: SaleLinesProps) {
  const { t, i18n } = useTranslation()
  const body = useRef<HTMLTableSectionElement>(null)
  const move = (by: number) => {
    const boxes = [...(body.current?.querySelectorAll<HTMLInputElement>('input:enabled') ?? [])]
    const now = boxes.findIndex((box) => box === document.activeElement)
    boxes[Math.min(Math.max(0, now + by), boxes.length - 1)]?.focus()
  }
  useHotkeys([
    { keys: '↓', label: t('sales:keys.next'), run: () => move(1) },
    { keys: '↑', label: t('sales:keys.previous'), run: () => move(-1) },
    {
      keys: 'Space',
      label: t('sales:keys.choose'),
      // The focused checkbox answers Space itself; this brings the first one into reach.
      run: () =>
        document.activeElement instanceof HTMLInputElement
          ? document.activeElement.click()
          : move(1),
    },
  ])
  return (
    <div className="sale-table">
      <table>
        <caption className="sr-only">{t('sales:lines')}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="sr-only">{t('sales:column.choose')}</span>
            </th>
            <th scope="col">{t('sales:column.goods')}</th>
            <th scope="col" className="figure">
              {t('sales:column.quantity')}
            </th>
            <th scope="col" className="figure">
              {t('sales:column.paid')}
            </th>
            {mainRemedies.map((remedy) => (
              <th key={remedy} scope="col">
                {t(`sales:column.${remedy}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {sale.lines.map((line) => (
            <tr
              key={line.id}
              data-line={line.id}
              onFocus={() => onCurrent(line.id)}
              className={[
                chosen.has(line.id) ? 'line-chosen' : '',
                line.kind === 'goods' ? '' : 'line-aside',
              ].join(' ')}
            >
              <td className="line-choose">
                <Checkbox
                  checked={chosen.has(line.id)}
                  disabled={line.kind !== 'goods'}
                  aria-label={t('sales:choose', { line: line.lineNo, name: line.name })}
                  onChange={(event) => toggle(line.id, event.target.checked)}
                >
                  {line.lineNo}
                </Checkbox>
              </td>
              <td className="line-goods">
                <Goods
                  line={line}
                  isGift={
                    rights?.lines.find((each) => each.saleLineId === line.id)?.isGift ?? false
                  }
                />
              </td>
              <td className="figure line-quantity">
                {writeQuantity(line, i18n.language)} <Returned line={line} />
              </td>
              <td className="figure">
                <Money amount={line.paidAmount} currency={sale.currency} />
                {line.listAmount > line.paidAmount ? (
                  <span className="line-list">
                    <Money amount={line.listAmount} currency={sale.currency} struck />
                  </span>
                ) : null}
              </td>
              <Verdicts
                line={rights?.lines.find((each) => each.saleLineId === line.id)}
                currency={sale.currency}
              />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
