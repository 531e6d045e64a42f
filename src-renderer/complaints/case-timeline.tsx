import { useTranslation } from 'react-i18next'

import { caseEventKinds } from '../../src-main/cases/contract.ts'
import { Moment } from '../ui/business-date.tsx'
import type { Complaint } from './complaint-form.ts'

type CaseEvent = Complaint['events'][number]

/** Facts of an event that are sentences of their own, written below its heading. */
function detailOf({ data }: CaseEvent): string {
  return ['text', 'solution', 'note', 'reason']
    .map((name) => data[name])
    .filter((value): value is string => typeof value === 'string' && value !== '')
    .join('\n')
}

/** What happened to a case, newest last. */
export function CaseTimeline({ events }: { events: readonly CaseEvent[] }) {
  const { t } = useTranslation()
  return (
    <ol className="timeline">
      {events.map((event) => {
        const known = caseEventKinds.find((kind) => kind === event.kind)
        const dueAt = event.data['dueAt']
        const detail = detailOf(event)
        return (
          <li key={event.id} className={`timeline-${event.kind}`}>
            <p className="timeline-head">
              <strong>
                {known ? t(`complaints:event.${known}`, { ...event.data }) : event.kind}
              </strong>
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
