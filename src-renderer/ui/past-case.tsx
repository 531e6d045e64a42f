import type { InferClientOutputs } from '@orpc/client'
import { useTranslation } from 'react-i18next'

import type { desk } from '../app/client.ts'
import { BusinessDate } from './business-date.tsx'
import './past-case.css'

export type PastCaseRow = InferClientOutputs<typeof desk>['lessons']['search']['cases'][number]

const DAY_MS = 86_400_000

/** A past complaint in a few lines: what was said, and what came of it. */
export function PastCase({ row, children }: { row: PastCaseRow; children?: React.ReactNode }) {
  const { t } = useTranslation()
  const outcome = useOutcome(row)
  return (
    <>
      <span className="past-case-head">
        <strong>{t(`complaints:class.${row.class}`)}</strong>
        {row.goods ? <span className="past-case-goods">{row.goods}</span> : null}
        <span className="row-note">
          {row.number} · <BusinessDate date={row.businessDate} />
        </span>
      </span>
      <span className="past-case-text">{row.excerpt}</span>
      <span className="row-note">{outcome.join(' · ')}</span>
      {row.open ? null : (
        <span className="past-case-solution">
          {row.solution || t('lessons:similar.noSolution')}
        </span>
      )}
      {children}
    </>
  )
}

/** How long it took, what was given, and whether the customer was content. */
function useOutcome(row: PastCaseRow): string[] {
  const { t } = useTranslation()
  const satisfied =
    row.satisfied === null
      ? []
      : [t(row.satisfied ? 'lessons:similar.satisfied' : 'lessons:similar.dissatisfied')]
  const remedies = row.remedies.map((kind) => t(`lessons:similar.remedy.${kind}`))
  if (row.open || row.closedAt === null) return [t('lessons:similar.open'), ...remedies]
  const days = Math.floor((Date.parse(row.closedAt) - Date.parse(row.recordedAt)) / DAY_MS)
  const took = row.solvedOnSpot
    ? t('lessons:similar.spot')
    : days === 0
      ? t('lessons:similar.sameDay')
      : t('lessons:similar.days', { count: days })
  return [took, ...remedies, ...satisfied]
}
