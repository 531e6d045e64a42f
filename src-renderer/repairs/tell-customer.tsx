import { useTranslation } from 'react-i18next'

import { formatMoney } from '../../src-main/foundation/money.ts'
import { BusinessDate } from '../ui/business-date.tsx'
import type { Item, Repair } from './repair.ts'

/** What to say now, in words a clerk can read aloud. */
export function TellCustomer({ repair, handedBack }: { repair: Repair; handedBack: boolean }) {
  const { t } = useTranslation()
  const goods = (items: readonly Item[]) => items.map(({ name }) => name).join(t('repairs:and'))
  const promised = repair.promises.findLast(({ state }) => state === 'open')
  const loans = repair.loans.filter(({ backAt }) => backAt === null)
  if (handedBack) {
    const gone = repair.items.filter(({ reception }) => reception === 'handed_back')
    return (
      <div className="repair-tell" role="status">
        <p>
          <strong>{t('repairs:tell.title')}</strong>
          {t('repairs:tell.handedBack', { goods: goods(gone) })}
        </p>
        <p className="repair-tell-next">{t('repairs:tell.print')}</p>
      </div>
    )
  }
  return (
    <div className="repair-tell" role="status">
      <p>
        <strong>{t('repairs:tell.title')}</strong>
        {t('repairs:tell.received', { goods: goods(repair.items), number: repair.number })}
      </p>
      <ul>
        {repair.items.map((item) => (
          <li key={item.id}>
            {repair.items.length > 1 ? `${item.name}${t('repairs:colon')}` : ''}
            <PaySentence item={item} currency={repair.currency} />
          </li>
        ))}
        {promised ? (
          <li>
            <BusinessDate date={promised.dueOn} /> {t('repairs:tell.until')}
            {promised.text}
          </li>
        ) : null}
        <li>{t('repairs:tell.stub')}</li>
        {loans.map(({ id, code }) => (
          <li key={id}>{t('repairs:tell.loan', { code })}</li>
        ))}
      </ul>
      <p className="repair-tell-next">{t('repairs:tell.print')}</p>
    </div>
  )
}

function PaySentence({ item, currency }: { item: Item; currency: string }) {
  const { t, i18n } = useTranslation()
  if (item.acceptance === 'free') return t('repairs:tell.free')
  if (item.acceptance === 'undecided') return t('repairs:tell.undecided')
  const agreed = item.quotes.findLast(({ state }) => state === 'consented')
  return agreed
    ? t('repairs:tell.paid', { limit: formatMoney(agreed.limit, currency, i18n.language) })
    : t('repairs:tell.asked')
}
