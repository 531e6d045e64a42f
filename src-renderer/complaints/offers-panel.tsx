import { useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { api } from '../app/client.ts'
import { useSession } from '../app/session.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { Moment } from '../ui/business-date.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Money } from '../ui/money.tsx'
import { OfferDialog } from '../ui/offer-dialog.tsx'
import { Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { Tag } from '../ui/tag.tsx'

/** What was offered in this case by word of mouth, by whom, and whether they were entitled to (domain.md §3.6 row 27). */
export function OffersPanel({ caseId, open }: { caseId: number; open: boolean }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const cache = useQueryClient()
  const { may } = useSession()
  const mayAsk = may('approvals.request')
  const offers = useQuery(api.approvals.offers.queryOptions({ input: { caseId }, enabled: mayAsk }))
  const [adding, add] = useState(false)
  const mayAdd = mayAsk && open
  useHotkeys([
    { keys: 'Alt+V', label: t('approvals:offer.add'), when: mayAdd, run: () => add(true) },
  ])
  const rows = offers.data ?? []
  if (!mayAdd && rows.length === 0) return null
  return (
    <Panel
      title={t('cases:offers.title')}
      extra={
        mayAdd ? (
          <Button size="small" onClick={() => add(true)}>
            {t('approvals:offer.add')} <KeyCap keys="Alt+V" />
          </Button>
        ) : undefined
      }
    >
      <RefusalAlert error={offers.error} />
      {rows.length === 0 ? <p className="row-note">{t('cases:offers.none')}</p> : null}
      <ul className="case-parts">
        {rows.map((offer) => (
          <li key={offer.id}>
            <p className="promise-head">
              <Money amount={offer.amount} currency={offer.currency} /> {offer.what}{' '}
              {offer.authorised ? (
                <Tag tone="good">{t('approvals:offer.authorised')}</Tag>
              ) : (
                <Tag tone="risk">{t('approvals:offer.unauthorised')}</Tag>
              )}
            </p>
            <p className="row-note">
              {offer.madeBy} · {t(`approvals:kind.${offer.kind}`)} · <Moment at={offer.at} />
              {offer.authorised
                ? null
                : ` · ${t('cases:offers.needs', { role: t(`app:role.${offer.neededRole}`) })}`}
            </p>
          </li>
        ))}
      </ul>
      {adding ? (
        <OfferDialog
          caseId={caseId}
          onCancel={() => add(false)}
          onDone={({ authorised }) => {
            add(false)
            for (const room of ['approvals', 'cases', 'complaints']) {
              void cache.invalidateQueries({ queryKey: [[room]] })
            }
            if (authorised) void message.success(t('approvals:offer.added'))
            else void message.warning(t('approvals:offer.addedUnauthorised'))
          }}
        />
      ) : null}
    </Panel>
  )
}
