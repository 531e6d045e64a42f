import type { InferClientOutputs } from '@orpc/client'
import { useTranslation } from 'react-i18next'

import type { desk } from '../app/client.ts'
import { Moment } from '../ui/business-date.tsx'
import { Money } from '../ui/money.tsx'
import { Panel } from '../ui/page.tsx'
import './shifts.css'

type ShiftList = InferClientOutputs<typeof desk>['shifts']['now']['lists'][number]

/** What is left to the next shift, kind by kind; empty ones say so. */
export function ShiftLists({ lists }: { lists: readonly ShiftList[] }) {
  const { t } = useTranslation()
  return (
    <div className="shift-lists">
      {lists.map(({ kind, count, rows }) => (
        <Panel key={kind} title={`${t(`shifts:kinds.${kind}`)} ${count}`}>
          {rows.length === 0 ? <p className="row-note">{t('shifts:empty')}</p> : null}
          <ul className="shift-list">
            {rows.map((row, at) => (
              // A list as it stood: its rows never change places.
              <li key={at}>
                <span>{row.text || row.number}</span>
                <span className="row-note">
                  {[row.text ? row.number : '', row.who].filter(Boolean).join(' · ')}
                  {row.dueAt ? (
                    <>
                      {' · '}
                      <Moment at={row.dueAt} />
                    </>
                  ) : null}
                  {row.amount === null ? null : (
                    <>
                      {' · '}
                      <Money amount={row.amount} />
                    </>
                  )}
                </span>
              </li>
            ))}
          </ul>
          {count > rows.length ? (
            <p className="row-note">{t('shifts:and', { count: count - rows.length })}</p>
          ) : null}
        </Panel>
      ))}
    </div>
  )
}
