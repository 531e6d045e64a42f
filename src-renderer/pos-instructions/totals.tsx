import { useTranslation } from 'react-i18next'

import { Money } from '../ui/money.tsx'
import { Panel } from '../ui/page.tsx'
import { useTenderName } from '../ui/pos-instructions.tsx'
import type { Reconciliation } from './reconcile.ts'

type Total = Reconciliation['totals'][number]

/** What each side has that the other has not, by tender: two figures that should both come to nothing. */
export function Totals({ totals }: { totals: Reconciliation['totals'] }) {
  const { t } = useTranslation()
  if (totals.length === 0) return null
  return (
    <Panel className="pos-totals">
      {(['desk', 'till'] as const).map((side) => (
        <Side
          key={side}
          title={t(`pos-instructions:totals.${side}`)}
          totals={totals.filter((each) => each.side === side)}
        />
      ))}
    </Panel>
  )
}

function Side({ title, totals }: { title: string; totals: readonly Total[] }) {
  const { t } = useTranslation()
  const nameOf = useTenderName()
  const sums = sumByTender(totals)
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      {sums.length === 0 ? (
        <p className="row-note">{t('pos-instructions:totals.none')}</p>
      ) : (
        <ul>
          {sums.map((sum) => (
            <li key={`${sum.direction} ${sum.tender} ${sum.currency}`}>
              {t(`pos-instructions:direction.${sum.direction}`)}{' '}
              {sum.tender === 'unknown'
                ? t('pos-instructions:unknown')
                : nameOf({ kind: sum.tender.replace(/^other /, ''), label: '' })}{' '}
              <Money amount={sum.amount} currency={sum.currency} />{' '}
              <span className="row-note">
                {t('pos-instructions:totals.count', { count: sum.count })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** Over all days. */
function sumByTender(totals: readonly Total[]): Total[] {
  const sums = new Map<string, Total>()
  for (const total of totals) {
    const key = `${total.direction} ${total.tender} ${total.currency}`
    const sum = sums.get(key)
    sums.set(
      key,
      sum ? { ...sum, count: sum.count + total.count, amount: sum.amount + total.amount } : total,
    )
  }
  return [...sums.values()]
}
