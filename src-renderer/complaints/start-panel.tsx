import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { type About, paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { Panel } from '../ui/page.tsx'

/** What can be begun within this case: one visit can bring a complaint, a return and a repair. */
export function StartPanel({ about }: { about: About }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const hasSale = about.receiptId !== undefined
  const ways = [
    {
      what: 'refund',
      keys: 'F4',
      to: paths.newRefund(about),
      when: hasSale && may('refunds.record'),
    },
    {
      what: 'exchange',
      keys: 'F6',
      to: paths.newExchange(about),
      when: hasSale && may('exchanges.record'),
    },
    { what: 'repair', keys: 'F7', to: paths.newRepair(about), when: may('repairs.record') },
    {
      what: 'complaint',
      keys: 'F8',
      to: paths.newComplaint(about),
      when: may('complaints.record'),
    },
  ] as const
  const shown = ways.filter(({ when }) => when)
  if (shown.length === 0) return null
  return (
    <Panel title={t('cases:start.title')}>
      <p className="people-keys">
        {shown.map(({ what, keys, to }) => (
          <Link key={what} className="start-link" to={to}>
            {t(`cases:start.${what}`)} <KeyCap keys={keys} />
          </Link>
        ))}
      </p>
      {hasSale ? null : <p className="row-note">{t('cases:start.needsSale')}</p>}
    </Panel>
  )
}
