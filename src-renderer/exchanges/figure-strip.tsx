import { useTranslation } from 'react-i18next'

import { MoneyStrip } from '../ui/money-strip.tsx'
import { Money } from '../ui/money.tsx'
import '../ui/returns.css'
import type { Exchange } from './exchange-form.ts'

interface HowStripProps {
  /** What the returned side is worth, and why. */
  strip: Exchange['strip']
  /** What goes out, and what is left between the two. */
  figures: Exchange['figures']
  currency: string
}

/** How the difference came about, in words a customer can read along: old goods first, then the new ones. */
export function HowStrip({ strip, figures, currency }: HowStripProps) {
  const { t } = useTranslation()
  // The credit says it once more, as what is set against the new goods.
  const returned = strip.filter((figure) => figure.kind !== 'total')
  return (
    <>
      {returned.length > 0 ? <MoneyStrip strip={returned} currency={currency} /> : null}
      <dl className="money-strip" aria-label={t('exchanges:sum.difference')}>
        {figures.map((figure, index) => (
          // Two figures of one kind have nothing but their place to tell them apart.
          <div key={index} className={`strip-row strip-${figure.kind}`}>
            <dt>{t(`exchanges:figure.${figure.kind}`, { ...figure.detail })}</dt>
            <dd>
              <Money amount={figure.amount} currency={currency} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}
