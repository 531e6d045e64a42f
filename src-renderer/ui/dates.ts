import dayjs from 'dayjs'
import type { TFunction } from 'i18next'

import { daysBetween, localTime } from '../../src-main/foundation/business-date.ts'

/** `12月6日 周日` / `Sun 6 Dec`; with the year when it is not this year's. */
export function writeDate(date: string, today: string, language: string): string {
  const day = dayjs(date).locale(language === 'zh-CN' ? 'zh-cn' : 'en')
  const sameYear = date.slice(0, 4) === today.slice(0, 4)
  if (language === 'zh-CN') return day.format(sameYear ? 'M月D日 ddd' : 'YYYY年M月D日 ddd')
  return day.format(sameYear ? 'ddd D MMM' : 'ddd D MMM YYYY')
}

/** `今天`, `还剩 3 天`, `10 天前` … seen from today. */
export function writeDistance(
  date: string,
  today: string,
  t: TFunction,
  deadline: boolean,
): string {
  const days = daysBetween(today, date)
  if (deadline) {
    if (days > 0) return t('app:date.left', { count: days })
    return days === 0 ? t('app:date.endsToday') : t('app:date.over', { count: -days })
  }
  if (days === 0) return t('app:date.today')
  if (days === -1) return t('app:date.yesterday')
  if (days === 1) return t('app:date.tomorrow')
  return days < 0 ? t('app:date.ago', { count: -days }) : t('app:date.in', { count: days })
}

/** `HH:mm` of an instant on the store's wall clock. */
export function writeTime(instant: string, timeZone: string): string {
  return localTime(new Date(instant), timeZone).slice(11, 16)
}
