import { useTranslation } from 'react-i18next'

import { daysBetween } from '../../src-main/foundation/business-date.ts'
import { writeDate, writeDistance, writeTime } from './dates.ts'
import { useStore } from './store-context.ts'

interface BusinessDateProps {
  /** `YYYY-MM-DD` in the store's calendar. */
  date: string
  /** `left` counts down to a deadline, `ago` tells how long since; `none` writes the date alone. */
  distance?: 'left' | 'ago' | 'none'
}

/** A business date with its weekday and, when asked, the days left or gone. */
export function BusinessDate({ date, distance = 'none' }: BusinessDateProps) {
  const { t, i18n } = useTranslation()
  const { today } = useStore()
  const text = writeDate(date, today, i18n.language)
  if (distance === 'none') return <time dateTime={date}>{text}</time>
  const days = daysBetween(today, date)
  const tone = distance !== 'left' ? '' : days < 0 ? ' tone-risk' : days <= 3 ? ' tone-soon' : ''
  return (
    <time dateTime={date}>
      {text}
      <span className={`date-distance${tone}`}>
        {writeDistance(date, today, t, distance === 'left')}
      </span>
    </time>
  )
}

interface MomentProps {
  at: string
  /** The time alone. */
  dateless?: boolean
  /** The time alone when it is of today. */
  short?: boolean
}

/** An instant on the store's wall clock: `11月12日 周四 19:42`. */
export function Moment({ at, dateless, short }: MomentProps) {
  const { i18n } = useTranslation()
  const { today, timeZone } = useStore()
  const time = writeTime(at, timeZone)
  const local = dateOf(at, timeZone)
  if (dateless || (short && local === today)) return <time dateTime={at}>{time}</time>
  return (
    <time dateTime={at}>
      {writeDate(local, today, i18n.language)} {time}
    </time>
  )
}

function dateOf(at: string, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date(at))
}
