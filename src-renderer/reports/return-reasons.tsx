import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { percentOf } from '../../src-main/foundation/share.ts'
import { api } from '../app/client.ts'
import { Money } from '../ui/money.tsx'
import { Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'

/** Why goods came back, the most frequent first, and how few reasons make up most of it. */
export function ReturnReasons({ period }: { period: { from: string; to: string } }) {
  const { t } = useTranslation()
  const found = useQuery(api.reports.returnReasons.queryOptions({ input: period }))
  if (!found.data) return found.error ? <RefusalAlert error={found.error} /> : <LoadingState />
  const { rows, total } = found.data
  if (rows.length === 0) return <EmptyState title={t('evaluation:reasons.none')} />
  const most = rows[0]?.count ?? 1
  return (
    <Panel title={t('evaluation:reasons.title', { count: total })}>
      <table className="evaluation-table">
        <thead>
          <tr>
            {(['reason', 'count', 'exchanges', 'amount', 'upTo'] as const).map((name) => (
              <th key={name} scope="col">
                {t(`evaluation:reasons.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const percent = percentOf({ count: row.upTo, of: total })
            return (
              <tr key={row.reason}>
                <th scope="row">
                  {t(`refunds:reason.${row.reason}`)}
                  <span
                    className="evaluation-bar"
                    aria-hidden="true"
                    style={{ width: `${(row.count / most) * 100}%` }}
                  />
                </th>
                <td>{row.count}</td>
                <td>{row.exchanges}</td>
                <td>
                  <Money amount={row.amount} />
                </td>
                <td>
                  {percent === null ? null : `${t('evaluation:percent', { percent })} `}
                  <span className="row-note">
                    {t('evaluation:of', { count: row.upTo, of: total })}
                  </span>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <p className="row-note">{t('evaluation:reasons.note')}</p>
    </Panel>
  )
}
