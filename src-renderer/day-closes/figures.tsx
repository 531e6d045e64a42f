import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { paths } from '../app/paths.ts'
import { Moment } from '../ui/business-date.tsx'
import { Money as Amount } from '../ui/money.tsx'
import { Panel } from '../ui/page.tsx'
import type { CloseDay } from './day-close-page.tsx'
import { NumberLink, SlipsDialog } from './slips-dialog.tsx'

function Table({
  caption,
  head,
  children,
}: {
  caption: string
  head: readonly { text: string; figure?: boolean }[]
  children: ReactNode
}) {
  return (
    <table className="close-table">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr>
          {head.map(({ text, figure }) => (
            <th key={text} scope="col" className={figure ? 'figure' : ''}>
              {text}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  )
}

type Kind = CloseDay['slips'][number]['kind']

export function Slips({ day }: { day: CloseDay }) {
  const { t } = useTranslation()
  const rows = day.slips.filter(({ count, voided }) => count + voided > 0)
  const title = t('day-closes:slips')
  const [kind, open] = useState<Kind | null>(null)
  if (rows.length === 0) {
    return (
      <Panel title={title}>
        <p className="row-note">{t('day-closes:noSlips')}</p>
      </Panel>
    )
  }
  return (
    <Panel title={title}>
      <Table
        caption={title}
        head={[
          { text: t('day-closes:column.kind') },
          { text: t('day-closes:column.count'), figure: true },
          { text: t('day-closes:column.voided'), figure: true },
          { text: t('day-closes:column.late'), figure: true },
          { text: t('day-closes:column.amount'), figure: true },
        ]}
      >
        {rows.map((row) => (
          <tr key={row.kind}>
            <th scope="row">{t(`day-closes:slip.${row.kind}`)}</th>
            <td className="figure">
              <Button
                type="link"
                size="small"
                aria-label={t('day-closes:openSlips', {
                  count: row.count + row.voided,
                  what: t(`day-closes:slip.${row.kind}`),
                })}
                onClick={() => open(row.kind)}
              >
                {row.count}
              </Button>
            </td>
            <td className="figure">{row.voided || ''}</td>
            <td className="figure">{row.late || ''}</td>
            <td className="figure">
              {row.amount === 0 ? null : <Amount amount={row.amount} currency={day.currency} />}
            </td>
          </tr>
        ))}
      </Table>
      {kind === null ? null : (
        <SlipsDialog date={day.businessDate} kind={kind} close={() => open(null)} />
      )}
    </Panel>
  )
}

export function Money({ day }: { day: CloseDay }) {
  const { t } = useTranslation()
  if (day.money.length === 0) return null
  const title = t('day-closes:money')
  const part = ({ count, amount }: { count: number; amount: number }) =>
    count === 0 ? null : (
      <>
        {t('day-closes:times', { count })} <Amount amount={amount} currency={day.currency} />
      </>
    )
  return (
    <Panel title={title}>
      <Table
        caption={title}
        head={[
          { text: t('day-closes:column.direction') },
          { text: t('day-closes:column.tender') },
          { text: t('day-closes:column.done'), figure: true },
          { text: t('day-closes:column.pending'), figure: true },
        ]}
      >
        {day.money.map((row) => (
          <tr key={`${row.direction} ${row.tender}`}>
            <th scope="row">
              <Link to={paths.posInstructions()}>{t(`day-closes:direction.${row.direction}`)}</Link>
            </th>
            <td>{t(`refunds:tender.${row.tender}`)}</td>
            <td className="figure">{part(row.done)}</td>
            <td className="figure">{part(row.pending)}</td>
          </tr>
        ))}
      </Table>
    </Panel>
  )
}

export function LateEntries({ day }: { day: CloseDay }) {
  const { t } = useTranslation()
  if (day.late.length === 0) return null
  return (
    <Panel title={t('day-closes:late')}>
      <ul className="close-late">
        {day.late.map((entry) => (
          <li key={entry.number}>
            <NumberLink number={entry.number} />{' '}
            <span className="row-note">
              {t('day-closes:writtenAt')} <Moment at={entry.at} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** Closes of the day that were opened again, with what they were. */
export function Versions({ day }: { day: CloseDay }) {
  const { t } = useTranslation()
  const earlier = day.versions.filter(({ reopened }) => reopened !== null)
  if (earlier.length === 0) return null
  return (
    <Panel title={t('day-closes:versions')}>
      <ul className="close-late">
        {earlier.map(({ version, hash, closedAt, closedBy, reopened }) => (
          <li key={version}>
            <strong>{t('day-closes:version', { count: version })}</strong>{' '}
            <code className="close-hash">{hash.slice(0, 16)}</code>{' '}
            <span className="row-note">
              {closedBy} <Moment at={closedAt} />
            </span>
            {reopened ? (
              <p className="row-note">
                {t('day-closes:reopenedBy', { name: reopened.by })} <Moment at={reopened.at} />{' '}
                {reopened.reason}
              </p>
            ) : null}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
