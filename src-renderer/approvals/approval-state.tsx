import { useTranslation } from 'react-i18next'

import { BusinessDate } from '../ui/business-date.tsx'
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
  approval: { state, level, expired, validUntil },
}: {
  approval: Pick<Approval, 'state'> & Partial<Pick<Approval, 'level' | 'expired' | 'validUntil'>>
}) {
  const { t } = useTranslation()
  const isWaiting = state === 'requested' || state === 'escalated'
  if (expired) return <Tag tone="soon">{t('approvals:state.expired')}</Tag>
  const until = validUntil ? (
    <span className="row-note">
      {t('approvals:fact.validUntil')} <BusinessDate date={validUntil} />
    </span>
  ) : null
  return (
    <>
      <Tag tone={tones[state]}>
        {isWaiting && level
          ? t(`approvals:state.${state}For`, { role: t(`app:role.${level}`) })
          : t(`approvals:state.${state}`)}
      </Tag>
      {until}
    </>
  )
}
