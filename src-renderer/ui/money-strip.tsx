import { useTranslation } from 'react-i18next'

import { toCapital } from '../../src-main/foundation/rmb-capital.ts'
import { Money } from './money.tsx'
import type { ReturnFigure } from './return-form.ts'
import './returns.css'

/** How the amount came about, figure by figure, in words a customer can read along. */
export function MoneyStrip({
  strip,
  currency,
}: {
  strip: readonly ReturnFigure[]
  currency: string
}) {
  const { t } = useTranslation()
  const say = ({ kind, detail }: ReturnFigure) => {
    const liable = detail['liable']
    const bearer = typeof liable === 'string' ? t(`refunds:liable.${liable}`) : ''
    return t(`refunds:strip.${kind}`, { ...detail, bearer })
  }
  return (
    <dl className="money-strip" aria-label={t('refunds:sum.how')}>
      {strip.map((figure, index) => (
        // Two figures of one kind have nothing but their place to tell them apart.
        <div key={index} className={`strip-row strip-${figure.kind}`}>
          <dt>{say(figure)}</dt>
          <dd>
            <Money amount={figure.amount} currency={currency} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** The amount in capitals, as it stands on the slip; other currencies than the renminbi have none. */
export function Capitals({ amount, currency }: { amount: number; currency: string }) {
  const { t } = useTranslation()
  if (currency !== 'CNY') return null
  return (
    <p className="sum-capitals" lang="zh-CN">
      <span className="row-note">{t('refunds:sum.capitals')}</span> {toCapital(amount)}
    </p>
  )
}
