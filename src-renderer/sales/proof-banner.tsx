import { useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { api } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { RefusalAlert } from '../ui/refusal-alert.tsx'

/** Over a sale that was found without its slip: how strong the other proofs are, and who decides. */
export function ProofBanner({ proofSetId }: { proofSetId: number }) {
  const { t } = useTranslation()
  const set = useQuery(api.rights.openProofs.queryOptions({ input: { proofSetId } }))
  if (set.error) return <RefusalAlert error={set.error} />
  if (!set.data) return null
  const { score, strength, approver } = set.data
  return (
    <Alert
      className="proof-banner"
      type={strength === 'strong' ? 'info' : 'warning'}
      showIcon
      title={
        <>
          {t('sales:proof.banner', { score, strength: t(`rights:proof.strength.${strength}`) })}{' '}
          {t(`rights:proof.decides.${approver}`)}{' '}
          <Link to={paths.proofs(proofSetId)}>{t('sales:proof.show')}</Link>
        </>
      }
    />
  )
}
