import { EditOutlined, FilePdfOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams } from 'react-router'

import { addDays } from '../../src-main/foundation/business-date.ts'
import { api } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { type Action, ActionBar } from '../ui/action-bar.tsx'
import { BusinessDate, Moment } from '../ui/business-date.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Money } from '../ui/money.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { RowList } from '../ui/row-list.tsx'
import { LoadingState } from '../ui/states.tsx'
import { useStore } from '../ui/store-context.ts'
import { Tag } from '../ui/tag.tsx'
import type { Vendor } from './claim.ts'
import { ClaimRow } from './claim-row.tsx'
import { PaperDialog } from './paper-dialog.tsx'
import { Table } from './table.tsx'
import { TermsDialog } from './terms-dialog.tsx'
import './vendors.css'

/** One vendor or carrier: the contract, what is open, what keeps going wrong, and what he owes. */
export default function VendorPage() {
  const { t } = useTranslation()
  const vendorId = Number(useParams()['vendorId'])
  const vendor = useQuery(api.vendors.open.queryOptions({ input: { vendorId } }))
  if (vendor.data) return <VendorView key={vendor.data.id} vendor={vendor.data} />
  const title = t('vendors:title')
  return (
    <Page title={title} back={paths.vendors()}>
      <PageHeader title={title} />
      {vendor.error ? <RefusalAlert error={vendor.error} /> : <LoadingState />}
    </Page>
  )
}

const periods = [30, 90, 365] as const

function VendorView({ vendor }: { vendor: Vendor }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { may } = useSession()
  const { today } = useStore()
  const [dialog, setDialog] = useState<'terms' | 'sheet' | null>(null)
  const [days, setDays] = useState<(typeof periods)[number]>(90)
  const period = { from: addDays(today, 1 - days), to: today }
  const { terms } = vendor
  const close = () => setDialog(null)
  const actions: Action[] = []
  if (may('vendors.manage')) {
    actions.push({
      keys: 'Alt+E',
      label: t('vendors:terms.edit'),
      icon: <EditOutlined />,
      run: () => setDialog('terms'),
    })
  }
  if (vendor.kind === 'vendor') {
    actions.push({
      keys: 'Alt+P',
      label: t('vendors:sheet.open'),
      icon: <FilePdfOutlined />,
      run: () => setDialog('sheet'),
    })
  }
  actions.push({
    keys: 'Alt+D',
    label: t('vendors:month.open'),
    run: () => void navigate(paths.deductions(today.slice(0, 7), vendor.id)),
  })
  return (
    <Page
      title={vendor.name}
      back={paths.vendors(vendor.kind)}
      footer={<ActionBar actions={actions} />}
    >
      <PageHeader
        title={vendor.name}
        mark={<Tag>{t(`vendors:kind.${vendor.kind}`)}</Tag>}
        facts={[
          [terms.contact, terms.phone].filter(Boolean).join(' ') || null,
          vendor.counters.join('、') || null,
        ]}
        aside={
          vendor.waiting === 0 ? undefined : (
            <span>
              {t('vendors:waiting')} <strong>{<Money amount={vendor.waiting} />}</strong>
            </span>
          )
        }
      />
      <div className="vendor-columns">
        <div>
          <Faults vendor={vendor} period={period} days={days} onDays={setDays} />
          <Ledger vendor={vendor} />
        </div>
        <div>
          <OpenClaims vendor={vendor} />
          <TermsPanel vendor={vendor} />
        </div>
      </div>
      {dialog === 'terms' ? <TermsDialog vendor={vendor} close={close} /> : null}
      {dialog === 'sheet' ? (
        <PaperDialog
          title={t('vendors:sheet.title', { name: vendor.name })}
          paper={{ document: 'fault_sheet', vendorId: vendor.id, ...period }}
          close={close}
        />
      ) : null}
    </Page>
  )
}

interface FaultsProps {
  vendor: Vendor
  period: { from: string; to: string }
  days: (typeof periods)[number]
  onDays: (days: (typeof periods)[number]) => void
}

/** What keeps going wrong, beside what was sold. */
function Faults({ vendor, period, days, onDays }: FaultsProps) {
  const { t } = useTranslation()
  const faults = useQuery(
    api.vendors.faults.queryOptions({ input: { vendorId: vendor.id, ...period } }),
  )
  useHotkeys(
    periods.map((each, index) => ({
      keys: String(index + 1),
      label: t('vendors:faults.days', { count: each }),
      run: () => onDays(each),
    })),
  )
  const { data } = faults
  const columns = [
    { title: t('vendors:faults.product') },
    { title: t('vendors:faults.fault') },
    { title: t('vendors:faults.place') },
    { title: t('vendors:faults.count'), figure: true },
    { title: t('vendors:faults.sold'), figure: true },
  ]
  return (
    <Panel
      title={t('vendors:faults.title')}
      extra={
        <Segmented
          aria-label={t('vendors:faults.period')}
          value={days}
          options={periods.map((each, index) => ({
            value: each,
            label: (
              <span className="vendor-view">
                {t('vendors:faults.days', { count: each })} <KeyCap keys={String(index + 1)} />
              </span>
            ),
          }))}
          onChange={onDays}
        />
      }
    >
      <RefusalAlert error={faults.error} retry={faults.refetch} />
      {data ? (
        <p className="vendor-sums">
          {t('vendors:faults.cases', { count: data.cases })} · {t('vendors:faults.returned')}{' '}
          <Money amount={data.returned} currency={data.currency} /> · {t('vendors:faults.soldFor')}{' '}
          <Money amount={data.soldAmount} currency={data.currency} /> ·{' '}
          {t('vendors:faults.charged')} <Money amount={data.charged} currency={data.currency} />
        </p>
      ) : null}
      {data?.rows.length === 0 ? <p className="row-note">{t('vendors:faults.none')}</p> : null}
      {data && data.rows.length > 0 ? (
        <Table caption={t('vendors:faults.title')} columns={columns}>
          {data.rows.map((row) => (
            <tr key={[row.source, row.sku, row.product, row.fault, row.counter, row.batch].join()}>
              <th scope="row">
                {row.product || t('vendors:faults.unknown')}
                <span className="row-note">{row.sku}</span>
              </th>
              <td>
                {t(`vendors:source.${row.source}`)}
                <span className="row-note">{faultName(row, t)}</span>
              </td>
              <td>
                {row.counter}
                <span className="row-note">{row.batch}</span>
              </td>
              <td className="figure">{row.count}</td>
              <td className="figure">{row.sold === null ? '–' : row.sold / 1000}</td>
            </tr>
          ))}
        </Table>
      ) : null}
    </Panel>
  )
}

function faultName(
  { source, fault }: { source: 'complaint' | 'return' | 'repair'; fault: string },
  t: ReturnType<typeof useTranslation>['t'],
): string {
  if (source === 'complaint') return t(`complaints:class.${fault}`)
  return source === 'return' ? t(`refunds:reason.${fault}`) : fault
}

function OpenClaims({ vendor }: { vendor: Vendor }) {
  const { t } = useTranslation()
  const { openClaims, replies } = vendor
  return (
    <Panel title={t('vendors:claims.title')}>
      {openClaims.length === 0 ? <p className="row-note">{t('vendors:claims.none')}</p> : null}
      <RowList label={t('vendors:claims.title')}>
        {openClaims.map((claim) => (
          <li key={claim.id}>
            <Link className="row row-wrap" to={paths.caseFile(claim.caseId, 'vendors')}>
              <ClaimRow claim={claim} named={false} />
            </Link>
          </li>
        ))}
      </RowList>
      {replies.sent > 0 ? (
        <p className="row-note">
          {t('vendors:claims.replies', {
            sent: replies.sent,
            answered: replies.answered,
            inTime: replies.inTime,
          })}
          {replies.median === null
            ? null
            : ` · ${t('vendors:claims.median', { count: replies.median })}`}
        </p>
      ) : null}
    </Panel>
  )
}

function TermsPanel({ vendor: { terms, kind, history } }: { vendor: Vendor }) {
  const { t } = useTranslation()
  if (terms.version === 0) {
    return (
      <Panel title={t('vendors:terms.title')}>
        <p className="row-note">{t('vendors:terms.noneHint')}</p>
      </Panel>
    )
  }
  const facts: [string, string | null][] = [
    ['contractNo', terms.contractNo],
    ['address', terms.address],
    ['deductionRate', terms.deductionRate === null ? null : `${terms.deductionRate / 100} %`],
    ['paymentDay', terms.paymentDay === null ? null : String(terms.paymentDay)],
    ['responseDays', t('vendors:terms.workdays', { count: terms.responseDays })],
    ['silence', t(`vendors:silence.${terms.silence}`)],
    [
      'claimDays',
      kind === 'carrier' && terms.claimDays !== null
        ? t('vendors:terms.days', { count: terms.claimDays })
        : null,
    ],
    ['duties', terms.duties],
    ['note', terms.note],
  ]
  return (
    <Panel title={t('vendors:terms.title')}>
      <dl className="vendor-facts">
        {facts
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{t(`vendors:terms.${name}`)}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      <ul className="vendor-log row-note">
        {history.map((each) => (
          <li key={each.version}>
            {t('vendors:terms.version', { version: each.version, name: each.writtenBy ?? '' })}{' '}
            {each.writtenAt ? <Moment at={each.writtenAt} /> : null}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** Charges and what took them back, the newest first. */
function Ledger({ vendor }: { vendor: Vendor }) {
  const { t } = useTranslation()
  const columns = [
    { title: t('vendors:list.date') },
    { title: t('vendors:list.claim') },
    { title: t('vendors:list.goods') },
    { title: t('vendors:list.onList') },
    { title: t('vendors:list.amount'), figure: true },
  ]
  return (
    <Panel title={t('vendors:ledger.title')}>
      {vendor.ledger.length === 0 ? (
        <p className="row-note">{t('vendors:ledger.none')}</p>
      ) : (
        <Table caption={t('vendors:ledger.title')} columns={columns}>
          {vendor.ledger.map((entry) => (
            <tr key={entry.id}>
              <td>
                <BusinessDate date={entry.businessDate} />
              </td>
              <td>
                {entry.claimNumber}
                <span className="row-note">{t(`vendors:entry.${entry.kind}`)}</span>
              </td>
              <td>
                {entry.goods}
                <span className="row-note">{entry.reason}</span>
              </td>
              <td>{entry.listNumber ?? t('vendors:list.waits')}</td>
              <td className="figure">
                <Money amount={entry.amount} currency={entry.currency} />
              </td>
            </tr>
          ))}
        </Table>
      )}
    </Panel>
  )
}
