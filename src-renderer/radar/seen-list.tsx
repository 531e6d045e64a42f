import type { InferClientOutputs } from '@orpc/client'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { BusinessDate } from '../ui/business-date.tsx'
import { useFaultWords } from '../ui/fault-words.ts'
import { Tag } from '../ui/tag.tsx'

export type Seen = InferClientOutputs<typeof desk>['radar']['explain']['cases'][number]

/** Where a case is opened: as the complaint it is, or as a case. */
export function seenPath({ complaintId, caseId }: Pick<Seen, 'complaintId' | 'caseId'>): string {
  return complaintId === null ? paths.caseFile(caseId) : paths.complaint(complaintId)
}

interface SeenListProps {
  cases: readonly Seen[]
  label: string
  aside?: (seen: Seen) => ReactNode
}

/** Cases with their fault and the days from the sale to it. */
export function SeenList({ cases, label, aside }: SeenListProps) {
  const { t } = useTranslation()
  const { word } = useFaultWords()
  return (
    <ul className="radar-list" aria-label={label}>
      {cases.map((seen) => (
        <li key={seen.caseId}>
          <span className="row-main">
            <span className="radar-seen-head">
              <Link to={seenPath(seen)}>{seen.number}</Link>
              {seen.fault ? (
                <Tag tone={seen.chosen ? 'teal' : 'plain'}>
                  {word(seen.fault)}
                  {seen.chosen ? '' : ` · ${t('radar:seen.fromWords')}`}
                </Tag>
              ) : null}
              <span className="row-note">
                {[
                  seen.goods,
                  seen.daysSinceSale === null
                    ? ''
                    : t('radar:seen.days', { count: seen.daysSinceSale }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
            <p className="radar-excerpt">{seen.excerpt}</p>
          </span>
          <span className="row-side">
            <span className="row-note">
              <BusinessDate date={seen.on} />
            </span>
            {aside?.(seen)}
          </span>
        </li>
      ))}
    </ul>
  )
}
