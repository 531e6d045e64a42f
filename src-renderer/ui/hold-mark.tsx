import { LockOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { api } from '../app/client.ts'
import { Tag } from './tag.tsx'

/** Says on every page of a frozen case and of its parts that nothing of it can be changed, and for whom. */
export function HoldMark({ caseId }: { caseId: number }) {
  const { t } = useTranslation()
  const { data } = useQuery(api.evidence.hold.queryOptions({ input: { caseId } }))
  if (!data?.now) return null
  return (
    <Tag tone="risk" icon={<LockOutlined aria-hidden="true" />}>
      {t('evidence:hold.mark', { reference: data.now.reference })}
    </Tag>
  )
}
