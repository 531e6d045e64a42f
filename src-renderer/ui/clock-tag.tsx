import {
  ClockCircleOutlined,
  ExclamationCircleOutlined,
  FieldTimeOutlined,
  PauseCircleOutlined,
} from '@ant-design/icons'
import type { InferClientOutputs } from '@orpc/client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'

import { addDays, localTime } from '../../src-main/foundation/business-date.ts'
import { api } from '../app/client.ts'
import type { desk } from '../app/client.ts'
import { Moment } from './business-date.tsx'
import { writeDate } from './dates.ts'
import { useStore } from './store-context.ts'
import { useTongue } from './use-tongue.ts'
import { Tag } from './tag.tsx'
import './clocks.css'

export type Clock = InferClientOutputs<typeof desk>['clocks']['ofCase']['clocks'][number]

const minute = 60_000
const hour = 60
const day = 24 * hour

const looks = {
  not_started: { tone: 'plain', icon: <ClockCircleOutlined /> },
  running: { tone: 'teal', icon: <ClockCircleOutlined /> },
  soon: { tone: 'soon', icon: <FieldTimeOutlined /> },
  overdue: { tone: 'risk', icon: <ExclamationCircleOutlined /> },
  paused: { tone: 'plain', icon: <PauseCircleOutlined /> },
  met: { tone: 'good', icon: undefined },
  late: { tone: 'risk', icon: <ExclamationCircleOutlined /> },
} as const

/** How long, in words: whole days only for a line that law counts in days. */
export function sayDuration(milliseconds: number, inDays: boolean, t: TFunction): string {
  const minutes = Math.floor(Math.abs(milliseconds) / minute)
  const hours = Math.floor(minutes / hour)
  if (inDays && minutes >= day) {
    return t('clocks:days', { days: Math.floor(minutes / day), hours: hours % 24 })
  }
  if (hours >= 10) return t('clocks:hoursOnly', { hours })
  if (hours > 0) return t('clocks:hours', { hours, minutes: minutes % hour })
  return t('clocks:minutes', { minutes })
}

/** `还剩 3 小时营业时间`, `超时 20 分`: how much a clock has left, as it counts. */
export function sayLeft({ leftMs, legal }: Clock, t: TFunction): string {
  if (leftMs === null) return ''
  const time = sayDuration(leftMs, legal, t)
  const which = leftMs < 0 ? 'over' : 'left'
  return t(legal ? `clocks:${which}` : `clocks:${which}Open`, { time })
}

/** Where a clock stands, in a word; the colour is never the only sign. */
export function ClockTag({ clock }: { clock: Clock }) {
  const { t } = useTranslation()
  const { tone, icon } = looks[clock.state]
  return (
    <Tag tone={tone} icon={icon}>
      {t(`clocks:state.${clock.state}`)}
    </Tag>
  )
}

/** The last moment: a time of day, or for a legal line the day that ends with it. */
export function DueMoment({ clock }: { clock: Clock }) {
  const { t, i18n } = useTranslation()
  const { today, timeZone } = useStore()
  if (clock.dueAt === null) return null
  if (!clock.legal) {
    return (
      <>
        {t('clocks:dueBy')} <Moment at={clock.dueAt} />
      </>
    )
  }
  const last = addDays(localTime(new Date(clock.dueAt), timeZone).slice(0, 10), -1)
  return (
    <time dateTime={clock.dueAt}>
      {t('clocks:endOfDay', { date: writeDate(last, today, i18n.language) })}
    </time>
  )
}

export type NextClock = InferClientOutputs<typeof desk>['clocks']['nextOf'][number]

/** What comes due next in the cases a list shows, by case. */
export function useNextClocks(caseIds: readonly number[]): ReadonlyMap<number, NextClock> {
  const { data } = useQuery(
    api.clocks.nextOf.queryOptions({
      input: { caseIds: [...caseIds] },
      enabled: caseIds.length > 0,
      placeholderData: keepPreviousData,
      refetchInterval: 60_000,
    }),
  )
  return new Map((data ?? []).map((each) => [each.caseId, each]))
}

/** In a list of cases: what comes due next, how long is left, and who has been told. */
export function NextDue({ row }: { row: NextClock | undefined }) {
  const { t } = useTranslation()
  const tongue = useTongue()
  if (!row?.next) return null
  return (
    <span className="next-due">
      <ClockTag clock={row.next} /> {row.next.names[tongue]} · {sayLeft(row.next, t)}
      {row.told !== null && row.told !== 'owner' ? (
        <> · {t('clocks:told', { level: t(`clocks:level.${row.told}`) })}</>
      ) : null}
    </span>
  )
}
