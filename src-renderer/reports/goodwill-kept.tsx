import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { api } from '../app/client.ts'
import { Money } from '../ui/money.tsx'
import { Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { LoadingState } from '../ui/states.tsx'

/** What goodwill cost, beside what its customers bought afterwards: two numbers side by side, no proof. */
export function GoodwillKept({ period }: { period: { from: string; to: string } }) {
  const { t } = useTranslation()
  const found = useQuery(api.reports.goodwillKept.queryOptions({ input: period }))
  if (!found.data) return found.error ? <RefusalAlert error={found.error} /> : <LoadingState />
  const { data } = found
  return (
    <Panel title={t('evaluation:goodwill.title')}>
      <dl className="evaluation-facts">
        <dt>{t('evaluation:goodwill.cost', { count: data.entries })}</dt>
        <dd>
          <Money amount={data.cost} />
        </dd>
        <dt>{t('evaluation:goodwill.unknown', { count: data.unknown })}</dt>
        <dd>
          <Money amount={data.unknownCost} />
        </dd>
        <dt>{t('evaluation:goodwill.cameBack', { days: data.days })}</dt>
        <dd>{t('evaluation:of', { count: data.cameBack, of: data.customers })}</dd>
        <dt>{t('evaluation:goodwill.revenue', { count: data.receipts })}</dt>
        <dd>
          <Money amount={data.revenue} />
        </dd>
        <dt>{t('evaluation:goodwill.refunds', { count: data.refunds })}</dt>
        <dd>
          <Money amount={data.refundAmount} />
        </dd>
      </dl>
      <p className="row-note">{t('evaluation:goodwill.note')}</p>
    </Panel>
  )
}
