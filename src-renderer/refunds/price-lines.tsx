import { Checkbox, InputNumber } from 'antd'
import { useTranslation } from 'react-i18next'

import { BusinessDate } from '../ui/business-date.tsx'
import { MoneyField } from '../ui/money-field.tsx'
import { Money } from '../ui/money.tsx'
import { useReasonText } from '../ui/use-reason-text.ts'
import {
  type AdjustedLine,
  amountOf,
  type DraftLine,
  isAdjusted,
  type PriceValues,
} from './price-form.ts'

interface PriceLinesProps {
  lines: readonly DraftLine[]
  currency: string
  values: PriceValues
  /** Chosen on the sale. */
  lineIds: readonly number[]
  onChange: (saleLineId: number, part: Partial<AdjustedLine>) => void
}

/** The goods of the sale with what they cost then and now, and what the rules grant of it. */
export function PriceLines({ lines, currency, values, lineIds, onChange }: PriceLinesProps) {
  const { t } = useTranslation()
  return (
    <div className="refund-table">
      <table>
        <thead>
          <tr>
            <th scope="col">{t('refunds:lines.goods')}</th>
            <th scope="col">{t('refunds:price.units')}</th>
            <th scope="col" className="figure">
              {t('refunds:price.paid')}
            </th>
            <th scope="col">{t('refunds:price.today')}</th>
            <th scope="col">{t('refunds:price.difference')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => {
            const said = values.lines[line.saleLineId]
            return (
              <Row
                key={line.saleLineId}
                line={line}
                said={said}
                isChosen={isAdjusted(line, said, lineIds)}
                currency={currency}
                onChange={(part) => onChange(line.saleLineId, part)}
              />
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

interface RowProps {
  line: DraftLine
  said: AdjustedLine | undefined
  isChosen: boolean
  currency: string
  onChange: (part: Partial<AdjustedLine>) => void
}

function Row({ line, said, isChosen, currency, onChange }: RowProps) {
  const { t } = useTranslation()
  const { name, units, unitsLeft, paid, given, price } = line
  return (
    <tr>
      <td>
        <Checkbox
          checked={isChosen}
          onChange={(event) => onChange({ isChosen: event.target.checked })}
        >
          <span className="refund-name">{name}</span>
        </Checkbox>
        <Verdict line={line} />
      </td>
      <td>
        <InputNumber
          aria-label={t('refunds:price.unitsOf', { name })}
          min={1}
          max={unitsLeft}
          precision={0}
          value={units}
          onChange={(count) => onChange({ units: count ?? 1, isChosen: true })}
        />
        <span className="row-note">{t('refunds:price.of', { count: unitsLeft })}</span>
      </td>
      <td className="figure">
        <Money amount={paid} currency={currency} />
        {given > 0 ? (
          <span className="row-note">
            {t('refunds:price.given')} <Money amount={given} currency={currency} />
          </span>
        ) : null}
      </td>
      <td>
        {price === null ? (
          <span className="row-note">{t('refunds:price.unknown')}</span>
        ) : (
          <Money amount={price} currency={currency} />
        )}
        <MoneyField
          className="price-seen"
          aria-label={t('refunds:price.seenOf', { name })}
          placeholder={t('refunds:price.seen')}
          value={said?.seenPrice ?? null}
          onChange={(seenPrice) => onChange({ seenPrice, isChosen: true })}
        />
      </td>
      <td>
        <MoneyField
          aria-label={t('refunds:lines.differenceOf', { name })}
          value={isChosen ? amountOf(line, said) : null}
          disabled={!isChosen}
          onChange={(amount) => onChange({ amount, isChosen: true })}
        />
      </td>
    </tr>
  )
}

/** What the rules say, in a sentence a clerk can read aloud. */
function Verdict({ line }: { line: DraftLine }) {
  const { t, i18n } = useTranslation()
  const say = useReasonText()
  const { amount, until, basis, reasons } = line
  const language = i18n.language === 'en' ? 'en' : 'zh'
  if (amount === 0) {
    return <span className="row-note">{reasons.slice(0, 1).map(say).join('')}</span>
  }
  return (
    <span className="row-note">
      {basis.map((each) => each[language]).join(t('refunds:price.and'))}
      {until ? (
        <>
          {' · '}
          {t('refunds:price.until')} <BusinessDate date={until} distance="left" />
        </>
      ) : null}
    </span>
  )
}
