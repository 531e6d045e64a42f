import { useTranslation } from 'react-i18next'

import { Tag } from '../ui/tag.tsx'
import type { Approval } from './approval.ts'

const tones = {
  requested: 'soon',
  escalated: 'soon',
  granted: 'good',
  used: 'good',
  denied: 'risk',
  void: 'plain',
} as const

/** Where an approval stands, in a word; waiting ones say for whom. */
export function ApprovalState({
  approval: { state, level },
}: {
  approval: Pick<Approval, 'state'> & { level?: Approval['level'] }
}) {
  const { t } = useTranslation()
  const isWaiting = state === 'requested' || state === 'escalated'
  return (
    <Tag tone={tones[state]}>
      {isWaiting && level
        ? t(`approvals:state.${state}For`, { role: t(`app:role.${level}`) })
        : t(`approvals:state.${state}`)}
    </Tag>
  )
}
