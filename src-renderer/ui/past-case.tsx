import type { InferClientOutputs } from '@orpc/client'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { BusinessDate } from './business-date.tsx'
import './past-case.css'

export type PastCaseRow = InferClientOutputs<typeof desk>['lessons']['search']['cases'][number]

const DAY_MS = 86_400_000

interface PastCaseProps {
  row: PastCaseRow
  /** Its number leads to it; not inside a form, which nobody wants to leave. */
  linked?: boolean
  children?: ReactNode
}

/** A past complaint in a few lines: what was said, and what came of it. */
export function PastCase({ row, linked = false, children }: PastCaseProps) {
  const { t } = useTranslation()
  const outcome = useOutcome(row)
  return (
    <>
      <span className="past-case-head">
        <strong>{t(`complaints:class.${row.class}`)}</strong>
        {row.goods ? <span className="past-case-goods">{row.goods}</span> : null}
        <span className="row-note">
          {linked ? <Link to={paths.complaint(row.complaintId)}>{row.number}</Link> : row.number} ·{' '}
          <BusinessDate date={row.businessDate} />
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
