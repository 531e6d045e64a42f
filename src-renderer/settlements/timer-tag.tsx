import { useTranslation } from 'react-i18next'

import { Moment } from '../ui/business-date.tsx'
import { Tag } from '../ui/tag.tsx'
import { useTongue } from '../ui/use-tongue.ts'
import type { Timer } from './remedy.ts'

const tones = { running: 'teal', overdue: 'risk', in_time: 'good', late: 'soon' } as const

/** How much of the time to carry it out is left, in the store's hours. */
export function TimerTag({ timer }: { timer: Timer }) {
  const { t } = useTranslation()
  const tongue = useTongue()
  const { state, leftMs, dueAt } = timer
  const minutes = Math.floor(Math.abs(leftMs) / 60_000)
  const span = t('settlements:timer.span', {
    hours: Math.floor(minutes / 60),
    minutes: minutes % 60,
  })
  return (
    <>
      <Tag tone={tones[state]}>{t(`settlements:timer.${state}`, { span })}</Tag>
      <span className="row-note">
        {timer.promised ? t('settlements:timer.promised') : timer.names[tongue]} ·{' '}
        <Moment at={dueAt} />
      </span>
    </>
  )
}
