import { useTranslation } from 'react-i18next'

import { Money } from './money.tsx'
import { Tag } from './tag.tsx'
import type { ReturnQuote } from './return-form.ts'
import './returns.css'

type Tender = Omit<ReturnQuote['tenders'][number], 'ways'>

/** Back the way it was paid, and what goes another way. */
export function Tenders({ tenders, currency }: { tenders: readonly Tender[]; currency: string }) {
  const { t } = useTranslation()
  return (
    <ul className="tenders" aria-label={t('refunds:sum.tenders')}>
      {tenders.map((tender, index) => (
        // A refund can go back to two tenders of one kind; their order is all that tells them apart.
        <li key={index}>
          <span className="tender-name">
            {tender.label || t(`refunds:tender.${tender.kind}`)}
            {tender.purpose === 'expenses' ? (
              <span className="row-note">{t('refunds:sum.expenses')}</span>
            ) : null}
            {tender.giftPart > 0 ? <GiftPart tender={tender} currency={currency} /> : null}
            {tender.insteadOf ? (
              <span className="row-note">
                {t('refunds:other.insteadOf', {
                  tender: tender.insteadOf.label || t(`refunds:tender.${tender.insteadOf.kind}`),
                })}
                {tender.insteadOf.needs === 'manager' ? (
                  <>
                    {' '}
                    <Tag tone="soon">{t('refunds:other.needsManager')}</Tag>
                  </>
                ) : null}
              </span>
            ) : null}
          </span>
          <Money amount={tender.amount} currency={currency} size="large" />
        </li>
      ))}
    </ul>
  )
}

function GiftPart({ tender, currency }: { tender: Tender; currency: string }) {
  const { t } = useTranslation()
  return (
    <span className="row-note">
      {t('refunds:sum.principal')}{' '}
      <Money amount={tender.amount - tender.giftPart} currency={currency} /> ·{' '}
      {t('refunds:sum.gift')} <Money amount={tender.giftPart} currency={currency} />
    </span>
  )
}
