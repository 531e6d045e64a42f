import { useTranslation } from 'react-i18next'

import { Tag } from '../ui/tag.tsx'
import type { Condition } from './printing.ts'

const conditionTones = {
  ready: 'good',
  busy: 'teal',
  stopped: 'risk',
  paper_out: 'risk',
  cover_open: 'risk',
  unreachable: 'risk',
  unknown: 'plain',
} as const

/** How a printer is, in a word. */
export function ConditionTag({ condition }: { condition: Condition }) {
  const { t } = useTranslation()
  return (
    <Tag tone={conditionTones[condition.state]}>{t(`printers:condition.${condition.state}`)}</Tag>
  )
}
