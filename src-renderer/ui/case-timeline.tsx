import type { InferClientOutputs } from '@orpc/client'
import i18next, { type TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { aroundKinds, caseEventKinds } from '../../src-main/cases/contract.ts'
import type { desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { Moment } from './business-date.tsx'
import { faultWord } from './fault-words.ts'
import './case-timeline.css'
import { Tag } from './tag.tsx'

type Outputs = InferClientOutputs<typeof desk>
/** A line of a case's own history, or of everything around it, which leads somewhere. */
type CaseEvent =
  | Outputs['complaints']['open']['events'][number]
  | Outputs['cases']['file']['timeline'][number]

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
  if (kind === 'fault_set') {
    const code = String(data['fault'] ?? '')
    return {
      ...data,
      fault: code === '' ? t('radar:case.sound') : faultWord(code, i18next.language),
    }
  }
  if (kind !== 'complaint_recorded') return { ...data }
  return { ...data, what: t(`complaints:kind.${String(data['kind'] ?? 'complaint')}`) }
}

/** The sentence of a line: of the case itself, of its sale, or of another case. */
function headingOf(event: CaseEvent, t: TFunction): string {
  const known = caseEventKinds.find((kind) => kind === event.kind)
  if (known) return t(`complaints:event.${known}`, factsOf(event, t))
  const around = aroundKinds.find((kind) => kind === event.kind)
  return around ? t(`complaints:around.${around}`, { ...event.data }) : event.kind
}

/** How content the customer is and whether they stay, as far as somebody noted it. */
function closingOf(data: CaseEvent['data'], t: TFunction): string[] {
  const { points, answer, retention } = data
  const said =
    typeof points === 'number'
      ? t('complaints:satisfied.given', {
          points,
          words: t(`complaints:satisfied.points.${points}`),
        })
      : answer === 'would_not_say'
        ? t('complaints:satisfied.would_not_say')
        : ''
  const stays = retention === 'stays' || retention === 'lost'
  return [[said, stays ? t(`complaints:retention.${retention}`) : ''].filter(Boolean).join(' · ')]
}

/** What a note is about, and what was filled in, in words. */
function namesOf({ kind, data }: CaseEvent, t: TFunction): string[] {
  if (kind === 'note_added') {
    const about = t(`complaints:note.${String(data['about'])}`)
    const { channel } = data
    return [channel ? `${about} · ${t(`complaints:channel.${String(channel)}`)}` : about]
  }
  if (kind === 'complaint_changed') {
    const fields = String(data['fields']).split(' ').filter(Boolean)
    return [fields.map((field) => t(`complaints:changed.${field}`)).join('、')]
  }
  if (kind === 'complaint_solved') return closingOf(data, t)
  if (kind.startsWith('alert_') || kind === 'case_escalated') {
    const what = data['alert'] ? t(`alerts:short.${String(data['alert'])}`) : ''
    const role = data['role'] ? t(`alerts:role.${String(data['role'])}`) : ''
    return [[what, String(data['name'] ?? ''), role].filter(Boolean).join(' · ')]
  }
  if (kind === 'followup_tried') {
    const { points } = data
    const outcome = t(`followups:outcome.${String(data['outcome'])}`)
    return [typeof points === 'number' ? `${outcome} · ${points}` : outcome]
  }
  if (kind === 'followup_called_off') return [t(`followups:result.${String(data['result'])}`)]
  if (kind === 'contact_banned' || kind === 'contact_allowed') {
    return [t(`followups:ban.${String(data['channel'])}`)]
  }
  if (kind === 'case_reviewed') return [t(`case-reviews:state.${String(data['verdict'])}`)]
  if (kind === 'complaint_repeats') return [t(`complaints:repeats.${String(data['basis'])}`)]
  return []
}

const linkOf = { sale: paths.sale, card: paths.card, case: paths.caseFile } as const

/** Lines that were added while the case was frozen: between a hold and its release. */
function addedUnderHold(events: readonly CaseEvent[]): ReadonlySet<CaseEvent> {
  const added = new Set<CaseEvent>()
  let isHeld = false
  for (const event of events) {
    if (event.kind === 'hold_placed') isHeld = true
    else if (event.kind === 'hold_released') isHeld = false
    else if (isHeld && !('link' in event && event.link)) added.add(event)
  }
  return added
}

/** What happened to a case, newest last. */
export function CaseTimeline({ events }: { events: readonly CaseEvent[] }) {
  const { t } = useTranslation()
  const added = addedUnderHold(events)
  return (
    <ol className="timeline">
      {events.map((event) => {
        const dueAt = event.data['dueAt']
        const heading = headingOf(event, t)
        const detail = [
          ...riskChange(event, t),
          ...namesOf(event, t),
          ...detailsOf(event, heading),
        ].join('\n')
        const link = 'link' in event ? event.link : null
        return (
          <li
            key={'key' in event ? event.key : event.id}
            className={`timeline-${event.kind} ${link ? 'timeline-around' : ''}`}
          >
            <p className="timeline-head">
              <strong>
                {link ? <Link to={linkOf[link.type](link.id)}>{heading}</Link> : heading}
              </strong>
              {added.has(event) ? <Tag tone="risk">{t('evidence:hold.during')}</Tag> : null}
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
