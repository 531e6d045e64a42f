import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { InferClientOutputs } from '@orpc/client'

import { refundReasons } from '../../src-main/refunds/contract.ts'
import type { desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { Moment } from '../ui/business-date.tsx'
import { Money } from '../ui/money.tsx'
import { Panel } from '../ui/page.tsx'
import { Tag } from '../ui/tag.tsx'

type DayReport = InferClientOutputs<typeof desk>['reports']['day']

interface Column {
  title: string
  figure?: boolean
  width?: string
}

/** A plain table with a caption and headers: readable by eye and by screen reader. */
function ReportTable({
  caption,
  columns,
  children,
}: {
  caption: string
  columns: readonly Column[]
  children: ReactNode
}) {
  return (
    <div className="report-scroll" tabIndex={0} role="region" aria-label={caption}>
      <table className="report-table">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.title}
                scope="col"
                className={column.figure ? 'figure' : ''}
                style={column.width ? { width: column.width } : undefined}
              >
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}

/** The day's figures and rows, the same that stand on the paper. */
export function DayTables({ report }: { report: DayReport }) {
  return (
    <div className="report-tables">
      <Totals report={report} />
      <Beside report={report} />
      <ByFloor report={report} />
      <StandOut report={report} />
      <ComplaintTable report={report} />
      <PromiseTable report={report} />
      <RefundTable report={report} />
    </div>
  )
}

/** A figure of the day that opens what is behind it, where a report counts the same. */
function Behind(props: {
  date: string
  figure: Parameters<typeof paths.figureOfDay>[1]
  children: ReactNode
}) {
  return (
    <Link className="figure-link" to={paths.figureOfDay(props.date, props.figure)}>
      {props.children}
    </Link>
  )
}

const received = { report: 'complaints', by: 'floor', col: 'received' } as const
const slips = { report: 'returns', by: 'kind' } as const

function Totals({ report: { totals, currency, businessDate } }: { report: DayReport }) {
  const { t } = useTranslation()
  const behind = (figure: Parameters<typeof paths.figureOfDay>[1], text: ReactNode) => (
    <Behind date={businessDate} figure={figure}>
      {text}
    </Behind>
  )
  const figures: [string, ReactNode, boolean?][] = [
    ['received', behind(received, totals.received)],
    ['solvedOnSpot', totals.solvedOnSpot],
    ['closedSameDay', totals.closedSameDay],
    ['closedFromEarlier', totals.closedFromEarlier],
    ['carriedOver', totals.carriedOver],
    ['overduePromises', totals.overduePromises, totals.overduePromises > 0],
    ['satisfied', totals.satisfied],
    ['dissatisfied', totals.dissatisfied],
    ['notAsked', totals.notAsked],
    ['refunds', behind({ ...slips, row: 'return', col: 'slips' }, totals.refunds)],
    [
      'refundAmount',
      behind(
        { ...slips, row: 'return', col: 'paidBack' },
        <Money amount={totals.refundAmount} currency={currency} />,
      ),
    ],
    ['exchanges', totals.exchanges],
    [
      'exchangeDifferences',
      <span key="differences">
        <Money amount={totals.exchangeCollected} currency={currency} />
        {' / '}
        <Money amount={totals.exchangePaidBack} currency={currency} />
      </span>,
    ],
    ['moneyPending', totals.moneyPending, totals.moneyPending > 0],
    ['pendingAmount', <Money key="pending" amount={totals.pendingAmount} currency={currency} />],
    ...(totals.priceAdjustments > 0
      ? [
          [
            'priceAdjustments',
            behind({ ...slips, row: 'price_adjustment', col: 'slips' }, totals.priceAdjustments),
          ] satisfies [string, ReactNode],
          [
            'priceAdjustmentAmount',
            behind(
              { ...slips, row: 'price_adjustment', col: 'paidBack' },
              <Money amount={totals.priceAdjustmentAmount} currency={currency} />,
            ),
          ] satisfies [string, ReactNode],
        ]
      : []),
    ['cardsIssued', totals.cardsIssued],
  ]
  return (
    <Panel title={t('reports:totals.title')}>
      <dl className="totals">
        {figures.map(([name, value, risk]) => (
          <div key={name} className={risk ? 'total total-risk' : 'total'}>
            <dt>{t(`reports:totals.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  )
}

/** What was given beyond what was owed, what repairs came to, and who handed the desk over. */
function Beside({ report }: { report: DayReport }) {
  const { t } = useTranslation()
  const { beyond, repairs, currency, businessDate } = report
  const behind = (figure: Parameters<typeof paths.figureOfDay>[1], text: ReactNode) => (
    <Behind date={businessDate} figure={figure}>
      {text}
    </Behind>
  )
  const money = (amount: number) => <Money amount={amount} currency={currency} />
  const figures: [string, ReactNode, boolean?][] = [
    ['compensated', money(beyond.compensationAmount)],
    [
      'goodwill',
      behind(
        { report: 'goodwill', by: 'person', col: 'goodwillCost' },
        money(beyond.goodwillAmount),
      ),
    ],
    [
      'goodwillMost',
      money(beyond.goodwillMostByOne),
      beyond.goodwillMostByOne > beyond.goodwillLimit,
    ],
    ['goodwillLimit', money(beyond.goodwillLimit)],
    ['granted', beyond.granted],
    ['grantedAmount', money(beyond.grantedAmount)],
    ['denied', beyond.denied],
    ['repairsIn', behind({ report: 'repairs', by: 'repairer', col: 'takenIn' }, repairs.takenIn)],
    ['repairsOut', repairs.givenBack],
    ['inRepair', repairs.inRepair],
    ['repairsOverdue', repairs.overdue, repairs.overdue > 0],
    ['dueTomorrow', report.promisesTomorrow],
  ]
  return (
    <Panel title={t('reports:beside.title')}>
      <dl className="totals">
        {figures.map(([name, value, risk]) => (
          <div key={name} className={risk ? 'total total-risk' : 'total'}>
            <dt>{t(`reports:beside.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {report.shifts.map((shift) => (
        <p key={shift.number} className="row-note">
          {t('reports:shift')} <Moment at={shift.givenAt} dateless />{' '}
          {t('reports:shiftOf', {
            from: shift.givenBy,
            to: shift.takenBy ?? t('reports:notTaken'),
          })}
        </p>
      ))}
    </Panel>
  )
}

/** Vendors with the most complaints, what fails again and again, and the example of the day. */
function StandOut({ report }: { report: DayReport }) {
  const { t, i18n } = useTranslation()
  const { topVendors, findings, lesson } = report
  return (
    <>
      {topVendors.length > 0 ? (
        <Panel title={t('reports:topVendors')}>
          <ReportTable
            caption={t('reports:topVendors')}
            columns={[
              { title: t('reports:vendor') },
              { title: t('reports:column.sum'), figure: true, width: '120px' },
            ]}
          >
            {topVendors.map(({ vendor, count }) => (
              <tr key={vendor}>
                <th scope="row">{vendor}</th>
                <td className="figure">
                  <Behind
                    date={report.businessDate}
                    figure={{ ...received, by: 'vendor', row: vendor }}
                  >
                    {count}
                  </Behind>
                </td>
              </tr>
            ))}
          </ReportTable>
        </Panel>
      ) : null}
      {findings.length > 0 ? (
        <Panel title={t('reports:findings')}>
          <ReportTable
            caption={t('reports:findings')}
            columns={[
              { title: t('reports:goodsOrStyle') },
              { title: t('reports:fault') },
              { title: t('reports:failed'), figure: true, width: '140px' },
            ]}
          >
            {findings.map((each) => (
              <tr key={each.id}>
                <th scope="row">{each.label}</th>
                <td>{each.fault?.[i18n.language === 'en' ? 'en' : 'zh'] ?? '—'}</td>
                <td className="figure">
                  {each.failures} / {each.sold}
                </td>
              </tr>
            ))}
          </ReportTable>
        </Panel>
      ) : null}
      {lesson ? (
        <Panel title={t('reports:lesson')}>
          <p>
            <Link to={paths.complaint(lesson.complaintId)}>{lesson.number}</Link> {lesson.title}
          </p>
          <p className="row-note">{lesson.takeaway}</p>
        </Panel>
      ) : null}
    </>
  )
}

function ByFloor({ report }: { report: DayReport }) {
  const { t } = useTranslation()
  const classes = report.byClass.filter((each) => each.count > 0)
  if (classes.length === 0) return null
  return (
    <Panel title={t('reports:byFloor')}>
      <ReportTable
        caption={t('reports:byFloor')}
        columns={[
          { title: t('reports:column.floor') },
          ...classes.map((each) => ({
            title: t(`complaints:class.${each.class}`),
            figure: true,
          })),
          { title: t('reports:column.sum'), figure: true },
        ]}
      >
        {report.byFloor.map((floor) => (
          <tr key={floor.floor}>
            <th scope="row">{floor.floor || t('reports:noFloor')}</th>
            {classes.map((each) => (
              <td key={each.class} className="figure">
                {floor.counts.find((count) => count.class === each.class)?.count ?? 0}
              </td>
            ))}
            <td className="figure figure-strong">
              <Behind date={report.businessDate} figure={{ ...received, row: floor.floor }}>
                {floor.total}
              </Behind>
            </td>
          </tr>
        ))}
        <tr className="report-sum">
          <th scope="row">{t('reports:column.sum')}</th>
          {classes.map((each) => (
            <td key={each.class} className="figure">
              <Behind date={report.businessDate} figure={{ ...received, class: each.class }}>
                {each.count}
              </Behind>
            </td>
          ))}
          <td className="figure">
            <Behind date={report.businessDate} figure={received}>
              {report.totals.received}
            </Behind>
          </td>
        </tr>
      </ReportTable>
    </Panel>
  )
}

function ComplaintTable({ report }: { report: DayReport }) {
  const { t } = useTranslation()
  const title = t('reports:complaints', { count: report.complaints.length })
  return (
    <Panel title={title}>
      {report.complaints.length === 0 ? (
        <p className="row-note">{t('reports:emptyDay')}</p>
      ) : (
        <ReportTable
          caption={title}
          columns={[
            { title: t('reports:column.number'), width: '178px' },
            { title: t('reports:column.class'), width: '96px' },
            { title: t('reports:column.text') },
            { title: t('reports:column.handling') },
            { title: t('reports:column.place'), width: '120px' },
            { title: t('reports:column.state'), width: '120px' },
          ]}
        >
          {report.complaints.map((row) => (
            <tr key={row.id}>
              <td>
                <Link to={paths.complaint(row.id)}>{row.number}</Link>
                <span className="row-note">
                  <Moment at={row.recordedAt} dateless /> · {row.recordedBy}
                </span>
              </td>
              <td>{t(`complaints:class.${row.class}`)}</td>
              <td className="report-text">
                {row.text}
                <span className="row-note">
                  {[row.customer, row.goods].filter(Boolean).join(' · ')}
                </span>
              </td>
              <td className="report-text">
                {row.solution || (row.promise ? row.promise.text : '—')}
                {row.open && row.promise ? (
                  <span className="row-note">
                    {row.ownerName} · <Moment at={row.promise.dueAt} />
                  </span>
                ) : null}
              </td>
              <td>{[row.floor, row.counter].filter(Boolean).join(' ') || '—'}</td>
              <td>
                {row.open ? (
                  <Tag tone="soon">{t('complaints:state.open')}</Tag>
                ) : (
                  <Tag tone="good">
                    {row.solvedOnSpot
                      ? t('complaints:state.solvedOnSpot')
                      : t('complaints:state.closed')}
                  </Tag>
                )}
              </td>
            </tr>
          ))}
        </ReportTable>
      )}
    </Panel>
  )
}

function PromiseTable({ report }: { report: DayReport }) {
  const { t } = useTranslation()
  const title = t('reports:promises')
  return (
    <Panel title={title}>
      {report.openPromises.length === 0 ? (
        <p className="row-note">{t('reports:noPromises')}</p>
      ) : (
        <ReportTable
          caption={title}
          columns={[
            { title: t('reports:column.due'), width: '190px' },
            { title: t('reports:column.promise') },
            { title: t('reports:column.owner'), width: '140px' },
            { title: t('reports:column.number'), width: '190px' },
          ]}
        >
          {report.openPromises.map((promise) => (
            <tr key={promise.id}>
              <td>
                <Moment at={promise.dueAt} />{' '}
                {promise.overdue ? <Tag tone="risk">{t('complaints:promise.overdue')}</Tag> : null}
              </td>
              <td className="report-text">{promise.text}</td>
              <td>{promise.ownerName}</td>
              <td>{promise.complaintNumber}</td>
            </tr>
          ))}
        </ReportTable>
      )}
    </Panel>
  )
}

function RefundTable({ report }: { report: DayReport }) {
  const { t } = useTranslation()
  const title = t('reports:refunds', { count: report.refunds.length })
  if (report.refunds.length === 0) return null
  return (
    <Panel title={title}>
      <ReportTable
        caption={title}
        columns={[
          { title: t('reports:column.number'), width: '190px' },
          { title: t('reports:column.goods') },
          { title: t('reports:column.reason'), width: '120px' },
          { title: t('reports:column.amount'), figure: true, width: '140px' },
        ]}
      >
        {report.refunds.map((refund) => {
          const reason = refundReasons.find((each) => each === refund.reason)
          return (
            <tr key={refund.id}>
              <td>
                <Link to={paths.refund(refund.id)}>{refund.number}</Link>
              </td>
              <td className="report-text">{refund.goods}</td>
              <td>
                {refund.kind === 'price_adjustment'
                  ? t('reports:priceAdjustment')
                  : reason
                    ? t(`refunds:reason.${reason}`)
                    : refund.reason}
              </td>
              <td className="figure">
                <Money amount={refund.amount} currency={report.currency} />
              </td>
            </tr>
          )
        })}
      </ReportTable>
    </Panel>
  )
}
