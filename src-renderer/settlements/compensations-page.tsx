import { DownloadOutlined, WalletOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'

import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { BusinessDate } from '../ui/business-date.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Money } from '../ui/money.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { saveFile } from '../ui/save-file.ts'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { Tag } from '../ui/tag.tsx'
import type { LedgerEntry } from './remedy.ts'
import { SettlementTabs } from './settlement-tabs.tsx'
import './settlements.css'

/** Money beyond the goods, month by month: who bears it, how it was paid, and the file of it. */
export default function CompensationsPage() {
  const { t } = useTranslation()
  const [query, setQuery] = useSearchParams()
  const month = query.get('month')
  const ledger = useQuery(api.settlements.ledger.queryOptions({ input: { month } }))
  const [trouble, setTrouble] = useState<unknown>(null)
  const shown = ledger.data?.month ?? ''
  const months = [...new Set([shown, ...(ledger.data?.months.map((each) => each.month) ?? [])])]
    .filter(Boolean)
    .toSorted()
    .toReversed()
  const show = (next: string | undefined) => next && setQuery({ month: next }, { replace: true })
  const save = () => {
    setTrouble(null)
    desk.settlements
      .ledgerFile({ month: shown })
      .then(({ csv, fileName }) => saveFile(csv, fileName))
      .catch(setTrouble)
  }
  const at = months.indexOf(shown)
  useHotkeys([
    {
      keys: 'Alt+←',
      label: t('settlements:ledger.earlier'),
      when: at < months.length - 1,
      run: () => show(months[at + 1]),
    },
    {
      keys: 'Alt+→',
      label: t('settlements:ledger.later'),
      when: at > 0,
      run: () => show(months[at - 1]),
    },
    { keys: 'Alt+S', label: t('settlements:ledger.file'), when: shown !== '', run: save },
  ])
  return (
    <Page title={t('settlements:tabs.compensations')} back="/">
      <PageHeader
        title={t('settlements:tabs.compensations')}
        facts={[t('settlements:ledger.hint')]}
        aside={<SettlementTabs current="compensations" />}
      />
      <RefusalAlert error={ledger.error ?? trouble} />
      {ledger.data ? (
        <>
          <div className="list-tools ledger-tools">
            <Segmented
              aria-label={t('settlements:ledger.month')}
              value={shown}
              options={months.map((value) => ({ value, label: value }))}
              onChange={show}
            />
            <span className="row-note">
              <KeyCap keys="Alt+←" /> <KeyCap keys="Alt+→" />
            </span>
            <Button icon={<DownloadOutlined />} aria-keyshortcuts="Alt+S" onClick={save}>
              {t('settlements:ledger.file')} <KeyCap keys="Alt+S" />
            </Button>
          </div>
          {ledger.data.entries.length === 0 ? (
            <Panel>
              <EmptyState
                icon={<WalletOutlined />}
                title={t('settlements:ledger.none')}
                hint={t('settlements:ledger.teach')}
              />
            </Panel>
          ) : (
            <>
              <Totals ledger={ledger.data} />
              <Panel title={t('settlements:ledger.entries')}>
                <Entries entries={ledger.data.entries} marked={Number(query.get('entry'))} />
              </Panel>
            </>
          )}
        </>
      ) : ledger.error ? null : (
        <LoadingState />
      )}
    </Page>
  )
}

type Ledger = Awaited<ReturnType<typeof desk.settlements.ledger>>

function Totals({ ledger }: { ledger: Ledger }) {
  const { t } = useTranslation()
  const { currency } = ledger
  return (
    <div className="ledger-totals">
      <Panel title={t('settlements:ledger.byParty')}>
        <table className="remedy-table">
          <tbody>
            {ledger.byParty.map(({ party, name, count, amount }) => (
              <tr key={`${party} ${name}`}>
                <th scope="row">
                  {t(`settlements:party.${party}`)} {name}
                </th>
                <td className="num">{count}</td>
                <td className="num">
                  <Money amount={amount} currency={currency} />
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t('settlements:ledger.total')}</th>
              <td className="num">{ledger.entries.filter(({ voided }) => !voided).length}</td>
              <td className="num">
                <Money amount={ledger.total} currency={currency} />
              </td>
            </tr>
          </tfoot>
        </table>
      </Panel>
      <Panel title={t('settlements:ledger.byKind')}>
        <table className="remedy-table">
          <tbody>
            {ledger.byKind.map(({ kind, count, amount }) => (
              <tr key={kind}>
                <th scope="row">{t(`settlements:kind.${kind}`)}</th>
                <td className="num">{count}</td>
                <td className="num">
                  <Money amount={amount} currency={currency} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
    </div>
  )
}

function Entries({ entries, marked }: { entries: readonly LedgerEntry[]; marked: number }) {
  const { t } = useTranslation()
  const heads = ['number', 'date', 'complaint', 'what', 'party', 'paid'] as const
  return (
    <div
      className="table-scroll"
      role="region"
      tabIndex={0}
      aria-label={t('settlements:ledger.entries')}
    >
      <table className="remedy-table ledger-table">
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {t(`settlements:ledger.${head}`)}
              </th>
            ))}
            <th scope="col" className="num">
              {t('settlements:ledger.amount')}
            </th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr
              key={entry.id}
              className={entry.voided ? 'entry-void' : undefined}
              aria-current={entry.id === marked ? 'true' : undefined}
            >
              <th scope="row">{entry.number}</th>
              <td>
                <BusinessDate date={entry.businessDate} />
              </td>
              <td>
                <Link to={paths.remedyOf(entry.complaintId)}>{entry.complaintNumber}</Link>
              </td>
              <td>
                {t(`settlements:kind.${entry.kind}`)}
                {entry.what ? ` · ${entry.what}` : ''}
              </td>
              <td>
                {t(`settlements:party.${entry.borneBy}`)} {entry.borneName}
              </td>
              <td>
                {t(`settlements:pay.${entry.paidHow}`)}{' '}
                {entry.voided ? (
                  <Tag>{t('settlements:ledger.voided')}</Tag>
                ) : entry.voucher ? (
                  <Link to={paths.voucher(entry.voucher.id)}>{entry.voucher.number}</Link>
                ) : entry.instruction ? (
                  <>
                    {entry.instruction.number}{' '}
                    <Tag tone={entry.instruction.state === 'settled' ? 'good' : 'soon'}>
                      {t(`settlements:instruction.${entry.instruction.state}`)}
                    </Tag>
                  </>
                ) : null}
              </td>
              <td className="num">
                <Money
                  amount={entry.amount}
                  currency={entry.currency}
                  struck={entry.voided !== null}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
