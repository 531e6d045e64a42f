import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import type { Proof } from '../../src-main/rights/contract.ts'
import { api } from '../app/client.ts'
import { BusinessDate } from '../ui/business-date.tsx'
import { Money } from '../ui/money.tsx'
import { Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { LoadingState } from '../ui/states.tsx'
import type { ClaimView, Reason } from './proof-form.ts'

interface ClaimVerdictProps {
  goods: { name: string; category: string; units: number; paid: number; soldOn: string }
  reason: Reason | null
  proofs: Proof[]
}

/** What described goods would come to by the same rules as a found sale. */
export function ClaimVerdict({ goods, reason, proofs }: ClaimVerdictProps) {
  const { t } = useTranslation()
  const claim = useQuery(
    api.rights.ofClaim.queryOptions({
      input: { goods, answer: reason ? { reason } : {}, proofs },
      placeholderData: keepPreviousData,
    }),
  )
  return (
    <Panel title={t('rights:proof.verdict')}>
      <RefusalAlert error={claim.error} />
      {claim.data ? (
        <>
          <RemedyList verdict={claim.data.verdict} />
          <p>{t(`rights:proof.decides.${claim.data.needed}`)}</p>
        </>
      ) : claim.error ? null : (
        <LoadingState />
      )}
    </Panel>
  )
}

const marks = { yes: '✓', no: '✗', open: '?' } as const

/** Each remedy with ✓, ✗ or ?, the amount and the last day. */
export function RemedyList({ verdict }: { verdict: ClaimView['verdict'] }) {
  const { t } = useTranslation()
  return (
    <ul className="remedies">
      {verdict.remedies.map((each) => {
        const state = each.allowed ? 'yes' : each.open.length > 0 ? 'open' : 'no'
        return (
          <li key={each.remedy} className={`remedy-${state}`}>
            <strong>
              <span aria-hidden="true">{marks[state]}</span>{' '}
              {t(`rights:remedy.${state}.${each.remedy}`)}
            </strong>
            {each.allowed && each.amount > 0 ? <Money amount={each.amount} /> : null}
            {each.allowed && each.until !== null ? (
              <BusinessDate date={each.until} distance="left" />
            ) : null}
            {each.allowed ? null : (
              <span className="row-note">
                {each.reasons
                  .slice(0, 1)
                  .map(({ key, params }) => t(`policy:${key}`, { ...params, defaultValue: '' }))}
              </span>
            )}
          </li>
        )
      })}
    </ul>
  )
}
