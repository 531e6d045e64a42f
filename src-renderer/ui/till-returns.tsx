import { Alert, Checkbox } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useHotkeys } from '../input/hotkeys.tsx'
import { BusinessDate } from './business-date.tsx'
import { KeyCap } from './key-cap.tsx'
import { Money } from './money.tsx'
import type { ReturnQuote } from './return-form.ts'

type TillReturn = ReturnQuote['tillReturns'][number]

interface SeenReturns {
  returns: readonly TillReturn[]
  /** Those the clerk has looked at, for the desk. */
  seen: number[]
  /** The clerk has looked at all of them: they are others than this one. */
  checked: boolean
  onCheck: (checked: boolean) => void
}

/** What tills took back of the goods on the form, and whether the clerk has looked; ticked anew where more come. */
export function useSeenReturns(returns: readonly TillReturn[] = []): SeenReturns {
  const [seen, setSeen] = useState<number[]>([])
  return {
    returns,
    seen,
    checked: returns.every(({ receiptId }) => seen.includes(receiptId)),
    onCheck: (checked) => setSeen(checked ? returns.map(({ receiptId }) => receiptId) : []),
  }
}

/** A till took these goods back already: the same unit must not come back twice. */
export function TillReturns({ of, currency }: { of: SeenReturns; currency: string }) {
  const { returns, checked, onCheck } = of
  const { t } = useTranslation()
  useHotkeys([
    {
      keys: 'Alt+K',
      label: t('refunds:tillReturns.check'),
      run: () => onCheck(!checked),
      when: returns.length > 0,
    },
  ])
  if (returns.length === 0) return null
  return (
    <Alert
      className="till-returns"
      type={checked ? 'info' : 'warning'}
      showIcon
      title={t('refunds:tillReturns.title', { count: returns.length })}
      description={
        <>
          <ul>
            {returns.map((each) => (
              <li key={each.receiptId}>
                {each.receiptNo}
                {each.till ? ` · ${t('refunds:tillReturns.till', { till: each.till })}` : ''} ·{' '}
                <BusinessDate date={each.businessDate} distance="ago" /> ·{' '}
                <Money amount={each.amount} currency={currency} />
              </li>
            ))}
          </ul>
          <Checkbox checked={checked} onChange={(event) => onCheck(event.target.checked)}>
            {t('refunds:tillReturns.check')} <KeyCap keys="Alt+K" />
          </Checkbox>
        </>
      }
    />
  )
}
