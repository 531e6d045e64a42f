import { useTranslation } from 'react-i18next'

import type { RiskFlag } from '../../src-main/cases/contract.ts'
import { Tag } from '../ui/tag.tsx'

/** Who stands behind a case beside the customer, in red. */
export function RiskTags({ risks }: { risks: readonly RiskFlag[] }) {
  const { t } = useTranslation()
  if (risks.length === 0) return null
  return (
    <span className="risk-tags">
      {risks.map((risk) => (
        <Tag key={risk} tone="risk">
          {t(`complaints:risk.${risk}`)}
        </Tag>
      ))}
    </span>
  )
}
