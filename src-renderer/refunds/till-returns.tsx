import { Alert, Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'

import { useHotkeys } from '../input/hotkeys.tsx'
import { BusinessDate } from '../ui/business-date.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Money } from '../ui/money.tsx'
import type { Quote } from './refund-form.ts'

interface TillReturnsProps {
  returns: Quote['tillReturns']
  currency: string
  /** The clerk has looked: they are others than this one. */
  checked: boolean
  onCheck: (checked: boolean) => void
}

/** A till took these goods back already: the same unit must not be refunded twice. */
export function TillReturns({ returns, currency, checked, onCheck }: TillReturnsProps) {
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
