import { useTranslation } from 'react-i18next'

import { Tag } from '../ui/tag.tsx'
import type { ComplaintRow } from './complaint-form.ts'

/** This one may cost the store a customer, and why the desk thinks so. */
export function LosingTag({ signs }: { signs: ComplaintRow['losing'] }) {
  const { t } = useTranslation()
  if (signs.length === 0) return null
  const why = signs.map((sign) => t(`complaints:losing.${sign}`)).join('、')
  return (
    <span title={why}>
      <Tag tone="risk">{t('complaints:losing.tag')}</Tag>
    </span>
  )
}
