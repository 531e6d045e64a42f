import { useTranslation } from 'react-i18next'

import { Tag } from '../ui/tag.tsx'
import type { FollowUpRow } from './followups-page.tsx'

/** Where a follow-up stands, in a word or two. */
export function FollowUpState({
  row,
}: {
  row: Pick<FollowUpRow, 'state' | 'result' | 'overdue' | 'tries' | 'mostTries'>
}) {
  const { t } = useTranslation()
  const { state, result, overdue, tries, mostTries } = row
  if (state === 'waiting') {
    return (
      <span>
        {overdue ? <Tag tone="risk">{t('followups:state.overdue')}</Tag> : null}{' '}
        {tries > 0 ? (
          <Tag tone="soon">{t('followups:state.tried', { tries, mostTries })}</Tag>
        ) : (
          <Tag>{t('followups:state.waiting')}</Tag>
        )}
      </span>
    )
  }
  if (result === 'content') return <Tag tone="good">{t('followups:result.content')}</Tag>
  const tone = result === 'not_content' ? 'risk' : 'plain'
  return <Tag tone={tone}>{t(`followups:result.${result}`)}</Tag>
}
