import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { paths } from '../app/paths.ts'
import { Money } from '../ui/money.tsx'
import { Panel } from '../ui/page.tsx'
import { Tag } from '../ui/tag.tsx'
import { Tenders } from '../ui/tenders.tsx'
import type { Exchange } from './exchange-form.ts'
import { HowStrip } from './figure-strip.tsx'

/** What came back, what goes out, and how the difference came about. */
export function ExchangeFacts({ exchange }: { exchange: Exchange }) {
  const { t } = useTranslation()
  const { currency } = exchange
  return (
    <Panel title={t('exchanges:one.goods')}>
      <div className="exchange-both">
        <div>
          <h3>{t('exchanges:back.title')}</h3>
          <ul className="plain-list">
            {exchange.returned.map((line) => (
              <li key={line.saleLineId} className="exchange-fact">
                <span className="exchange-name">
                  {line.name}
                  {line.units > 1 ? ` × ${line.units}` : ''}
                  <span className="row-note">
                    {' '}
                    {t(`refunds:condition.${line.condition}`)}
                    {line.serials.map((each) => each.serialNo || each.soldSerialNo).filter(Boolean)
                      .length > 0
                      ? ` · ${line.serials
                          .map((each) => each.serialNo || each.soldSerialNo)
                          .filter(Boolean)
                          .join('、')}`
                      : ''}
                  </span>
                  {line.serials.some((each) => each.flag === 'mismatch') ? (
                    <Tag tone="risk">{t('exchanges:one.otherSerial')}</Tag>
                  ) : null}
                </span>
                <Money amount={line.amount} currency={currency} />
              </li>
            ))}
          </ul>
        </div>
        <div>
          <h3>{t('exchanges:give.title')}</h3>
          <ul className="plain-list">
            {exchange.lines.map((line) => (
              <li key={line.id} className="exchange-fact">
                <span className="exchange-name">
                  {line.name}
                  {line.units > 1 ? ` × ${line.units}` : ''}
                  <span className="row-note">
                    {' '}
                    {t(`exchanges:pricing.${line.pricing}`)}
                    {line.serialNo ? ` · ${line.serialNo}` : ''}
                  </span>
                  {line.part === 2 && exchange.later === 'open' ? (
                    <Tag tone="soon">{t('exchanges:one.later')}</Tag>
                  ) : null}
                </span>
                <Money amount={line.paidAmount} currency={currency} />
              </li>
            ))}
          </ul>
        </div>
      </div>
      <p className="exchange-reason">
        <span className="row-note">{t('exchanges:reason')}</span>{' '}
        {t(`refunds:reason.${exchange.reason}`)}
        {exchange.note ? <> · {exchange.note}</> : null}
        {exchange.approvedBy.length > 0 ? (
          <span className="row-note">
            {' '}
            · {t('exchanges:one.approvedBy')}{' '}
            {exchange.approvedBy.map((each) => each.approverName).join('、')}
          </span>
        ) : null}
      </p>
      {exchange.newReceiptId ? (
        <p>
          <Link to={paths.sale(exchange.newReceiptId)}>{t('exchanges:one.newSale')}</Link>
        </p>
      ) : null}
      {exchange.payBacks.length > 0 ? (
        <Tenders tenders={exchange.payBacks} currency={currency} />
      ) : null}
      <h3>{t('refunds:sum.how')}</h3>
      <HowStrip strip={exchange.strip} figures={exchange.figures} currency={currency} />
    </Panel>
  )
}
