import { useTranslation } from 'react-i18next'

import { Panel } from '../ui/page.tsx'
import { describeReason, nameReason, writeCount, writeDecimal } from './import-form.ts'
import type { Job } from './import-form.ts'

/** The figures of a run: rows that add up, totals to compare with the till's, and every refusal with its reason. */
export function JobResult({ job }: { job: Job }) {
  return (
    <>
      <Counts job={job} />
      <div className="result-columns">
        <Totals job={job} />
        <Reasons job={job} />
      </div>
      <Rejects job={job} />
    </>
  )
}

function Counts({ job: { counts } }: { job: Job }) {
  const { t, i18n } = useTranslation()
  const { rows, accepted, unchanged, skipped, rejected } = counts
  // A run that was stopped has read rows of a receipt it did not write.
  const cutOff = rows - accepted - unchanged - skipped - rejected
  const part = (name: string, count: number, sign: string, risk = false) => (
    <div className={risk ? 'count-part risk' : 'count-part'} data-sign={sign}>
      <dt>{t(`imports-screen:counts.${name}`)}</dt>
      <dd>{writeCount(count, i18n.language)}</dd>
    </div>
  )
  return (
    <Panel title={t('imports-screen:counts.title')}>
      <dl className="counts">
        {part(cutOff > 0 ? 'read' : 'rows', rows, '')}
        {part('accepted', accepted, '=')}
        {part('unchanged', unchanged, '+')}
        {part('skipped', skipped, '+')}
        {part('rejected', rejected, '+', rejected > 0)}
        {cutOff > 0 ? part('cutOff', cutOff, '+') : null}
      </dl>
    </Panel>
  )
}

/** Amounts of the rows by what became of them, which add up to the file's; then what the rows made. */
function Totals({ job: { totals } }: { job: Job }) {
  const { t, i18n } = useTranslation()
  const amount = (value: string) => writeDecimal(value, i18n.language)
  const isNone = (value: string) => Number(value) === 0
  const amounts = (['sales', 'returns', 'unchanged', 'skipped', 'rejected'] as const).filter(
    (name) => name === 'sales' || !isNone(totals[name]),
  )
  const counts = (
    [
      'receipts',
      'returnReceipts',
      'lines',
      'returnLines',
      'nonGoodsLines',
      'newProducts',
      'newCustomers',
      'erasedCustomers',
    ] as const
  ).filter((name) => name === 'receipts' || name === 'lines' || totals[name] > 0)
  return (
    <Panel title={t('imports-screen:totals.title')}>
      <dl className="import-totals">
        {amounts.map((name) => (
          <Figure key={name} label={t(`imports-screen:totals.${name}`)} of={amount(totals[name])} />
        ))}
        <Figure label={t('imports-screen:totals.file')} of={amount(totals.file)} isSum />
        {totals.columns.map(({ field, header, sum }) => (
          <Figure
            key={field}
            label={t('imports-screen:totals.column', { header })}
            of={amount(sum)}
          />
        ))}
      </dl>
      {totals.rowsWithoutAmount > 0 ? (
        <p className="row-note">
          {t('imports-screen:totals.withoutAmount', { count: totals.rowsWithoutAmount })}
        </p>
      ) : null}
      <dl className="import-totals">
        {counts.map((name) => (
          <Figure
            key={name}
            label={t(`imports-screen:totals.${name}`)}
            of={writeCount(totals[name], i18n.language)}
          />
        ))}
      </dl>
    </Panel>
  )
}

function Figure({ label, of, isSum = false }: { label: string; of: string; isSum?: boolean }) {
  return (
    <div className={isSum ? 'sum' : undefined}>
      <dt>{label}</dt>
      <dd>{of}</dd>
    </div>
  )
}

function Reasons({ job }: { job: Job }) {
  const { t, i18n } = useTranslation()
  const list = (title: string, reasons: Job['rejectReasons']) =>
    reasons.length === 0 ? null : (
      <>
        <h3>{title}</h3>
        <dl className="import-totals">
          {reasons.map(({ reason, count }) => (
            <div key={reason}>
              <dt>{nameReason(reason, t)}</dt>
              <dd>{writeCount(count, i18n.language)}</dd>
            </div>
          ))}
        </dl>
      </>
    )
  return (
    <Panel title={t('imports-screen:reasons.title')}>
      {job.rejectReasons.length + job.skipReasons.length === 0 ? (
        <p className="row-note">{t('imports-screen:reasons.none')}</p>
      ) : (
        <>
          {list(t('imports-screen:reasons.rejected'), job.rejectReasons)}
          {list(t('imports-screen:reasons.skipped'), job.skipReasons)}
        </>
      )}
    </Panel>
  )
}

function Rejects({ job }: { job: Job }) {
  const { t } = useTranslation()
  if (job.rejects.length === 0) return null
  const title = t('imports-screen:rejects.title', {
    shown: job.rejects.length,
    count: job.counts.rejected,
  })
  return (
    <Panel title={title}>
      <div className="import-scroll" tabIndex={0} role="region" aria-label={title}>
        <table className="import-table">
          <thead>
            <tr>
              <th scope="col" className="figure">
                {t('imports-screen:rejects.line')}
              </th>
              <th scope="col">{t('imports-screen:rejects.reason')}</th>
              <th scope="col">{t('imports-screen:rejects.raw')}</th>
            </tr>
          </thead>
          <tbody>
            {job.rejects.map((row) => (
              <tr key={row.lineNo}>
                <td className="figure">{row.lineNo}</td>
                <td className="reject-reason">{describeReason(row.reason, row.params, t)}</td>
                <td className="reject-raw">
                  <code>{row.raw}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  )
}
