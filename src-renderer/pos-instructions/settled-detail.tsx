import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { paths } from '../app/paths.ts'
import { BusinessDate, Moment } from '../ui/business-date.tsx'
import { Money } from '../ui/money.tsx'
import { Panel } from '../ui/page.tsx'
import { useTenderName } from '../ui/pos-instructions.tsx'
import { Grounds } from './grounds.tsx'
import type { Settlement } from './reconcile.ts'

/** A payment of the POS and what it stands for: who put the two together, and why. */
export function SettledDetail({ settled }: { settled: Settlement }) {
  const { t } = useTranslation()
  const nameOf = useTenderName()
  const [first] = settled.instructions
  return (
    <Panel className="pos-detail">
      <h2>
        {settled.receiptId ? (
          <Link to={paths.sale(settled.receiptId)}>{settled.posNumber}</Link>
        ) : (
          settled.posNumber
        )}{' '}
        ↔ {first?.source.number}
      </h2>
      <dl className="pos-facts">
        <dt>{t('pos-instructions:fact.date')}</dt>
        <dd>
          <BusinessDate date={settled.date} />
          {settled.till ? ` · ${t('pos-instructions:till', { till: settled.till })}` : ''}
        </dd>
        <dt>{t('pos-instructions:fact.posAmount')}</dt>
        <dd>
          {settled.posAmount === null ? (
            t('pos-instructions:notImported')
          ) : (
            <Money
              amount={settled.posAmount}
              {...(first ? { currency: first.currency } : {})}
              size="large"
            />
          )}
        </dd>
        <dt>{t('pos-instructions:fact.madeBy')}</dt>
        <dd>
          {settled.madeBy} · <Moment at={settled.madeAt} /> ·{' '}
          {t(`pos-instructions:how.${settled.how}`)}
        </dd>
      </dl>
      <Grounds grounds={settled.why} />
      <h3>{t('pos-instructions:of.title')}</h3>
      <ul className="pos-candidates">
        {settled.instructions.map((each) => (
          <li key={each.id}>
            {each.number} · {nameOf(each.tender)} ·{' '}
            <Money amount={each.amount} currency={each.currency} />
          </li>
        ))}
      </ul>
    </Panel>
  )
}
