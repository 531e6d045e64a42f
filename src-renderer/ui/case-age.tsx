import { useTranslation } from 'react-i18next'

import { daysBetween } from '../../src-main/foundation/business-date.ts'
import { useStore } from './store-context.ts'
import { Tag } from './tag.tsx'

/** Days from which a case presses, and the line of law after which waiting counts as refusing (domain.md §3.3). */
const old = 5
const tooOld = 15

/** How many days a case has waited, the day of recording being the first; the colour says it again. */
export function CaseAge({ since }: { since: string }) {
  const { t } = useTranslation()
  const { today } = useStore()
  const days = daysBetween(since, today)
  const tone = days >= tooOld ? 'risk' : days >= old ? 'soon' : 'plain'
  return <Tag tone={tone}>{t('clocks:age', { day: days + 1 })}</Tag>
}
