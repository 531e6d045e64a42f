import type { InferClientOutputs } from '@orpc/client'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'

import { caseEventKinds } from '../../src-main/cases/contract.ts'
import type { desk } from '../app/client.ts'
import { Moment } from './business-date.tsx'
import './case-timeline.css'

type CaseEvent = InferClientOutputs<typeof desk>['complaints']['open']['events'][number]

/** Facts of an event that are sentences of their own, written below its heading unless that says them already. */
function detailsOf({ data }: CaseEvent, heading: string): string[] {
  return ['text', 'solution', 'note', 'reason']
    .map((name) => data[name])
    .filter((value): value is string => typeof value === 'string' && value !== '')
    .filter((value) => !heading.includes(value))
}

/** Which risks were raised and which were cleared, in words. */
function riskChange({ kind, data }: CaseEvent, t: TFunction): string[] {
  if (kind !== 'risks_changed') return []
  return (['raised', 'cleared'] as const).flatMap((change) => {
    const codes = String(data[change] ?? '')
    if (codes === '') return []
    const names = codes.split(' ').map((code) => t(`complaints:risk.${code}`))
    return [t(`complaints:risk.${change}`, { names: names.join('、') })]
  })
}

/** Facts of an event as its sentence names them. */
function factsOf({ kind, data }: CaseEvent, t: TFunction): CaseEvent['data'] {
  if (kind !== 'complaint_recorded') return { ...data }
  return { ...data, what: t(`complaints:kind.${String(data['kind'] ?? 'complaint')}`) }
}

/** What happened to a case, newest last. */
export function CaseTimeline({ events }: { events: readonly CaseEvent[] }) {
  const { t } = useTranslation()
  return (
    <ol className="timeline">
      {events.map((event) => {
        const known = caseEventKinds.find((kind) => kind === event.kind)
        const dueAt = event.data['dueAt']
        const heading = known ? t(`complaints:event.${known}`, factsOf(event, t)) : event.kind
        const detail = [...riskChange(event, t), ...detailsOf(event, heading)].join('\n')
        return (
          <li key={event.id} className={`timeline-${event.kind}`}>
            <p className="timeline-head">
              <strong>{heading}</strong>
              <span className="row-note">
                {event.actor} · <Moment at={event.at} />
              </span>
            </p>
            {detail ? <p className="timeline-detail">{detail}</p> : null}
            {typeof dueAt === 'string' ? (
              <p className="row-note">
                {t('complaints:event.until')} <Moment at={dueAt} />
              </p>
            ) : null}
          </li>
        )
      })}
    </ol>
  )
}
