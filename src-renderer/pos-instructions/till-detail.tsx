import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { BusinessDate, Moment } from '../ui/business-date.tsx'
import { Money } from '../ui/money.tsx'
import { Panel } from '../ui/page.tsx'
import { useTenderName } from '../ui/pos-instructions.tsx'
import { Grounds } from './grounds.tsx'
import type { Pair } from './match-dialog.tsx'
import { ShareDialog } from './share-dialog.tsx'
import { paidBy, type Reconciliation, type TillRow } from './reconcile.ts'

interface TillDetailProps {
  payment: TillRow
  list: Reconciliation
  onMatch: (pair: Pair) => void
}

/** One payment of a till, and which instructions it could be the answer to. */
export function TillDetail({ payment, list, onMatch }: TillDetailProps) {
  const { t } = useTranslation()
  const { may } = useSession()
  const nameOf = useTenderName()
  const [sharing, share] = useState(false)
  const candidates = list.candidates
    .filter((each) => each.receiptId === payment.receiptId)
    .flatMap(({ instructionId, grounds }) => {
      const row = list.desk.find((each) => each.id === instructionId)
      return row ? [{ row, grounds }] : []
    })
  return (
    <Panel className="pos-detail">
      <p className="pos-amount">
        <Money amount={payment.amount} currency={payment.currency} size="big" />
      </p>
      <h2>
        <Link to={paths.sale(payment.receiptId)}>{payment.receiptNo}</Link>
      </h2>
      <dl className="pos-facts">
        <dt>{t('pos-instructions:fact.till')}</dt>
        <dd>{payment.till || t('pos-instructions:unknown')}</dd>
        <dt>{t('pos-instructions:fact.at')}</dt>
        <dd>{payment.isDated ? <Moment at={payment.soldAt} /> : t('pos-instructions:undated')}</dd>
        <dt>{t('pos-instructions:fact.tender')}</dt>
        <dd>
          {payment.parts
            ? payment.parts.map(({ tender, amount }, index) => (
                // Two parts of one tender have nothing but their place to tell them apart.
                <span key={index} className="pos-part">
                  {nameOf({ kind: tender.replace(/^other /, ''), label: '' })}{' '}
                  <Money amount={amount} currency={payment.currency} />
                </span>
              ))
            : t('pos-instructions:unknown')}
        </dd>
        <dt>{t('pos-instructions:fact.goods')}</dt>
        <dd>{payment.goods}</dd>
        {payment.originalReceiptId ? (
          <>
            <dt>{t('pos-instructions:fact.sale')}</dt>
            <dd>
              <Link to={paths.sale(payment.originalReceiptId)}>
                {t('pos-instructions:openSale')}
              </Link>
            </dd>
          </>
        ) : null}
        {payment.mentions.length > 0 ? (
          <>
            <dt>{t('pos-instructions:fact.mentions')}</dt>
            <dd>{payment.mentions.join('、')}</dd>
          </>
        ) : null}
      </dl>
      <h3>{t('pos-instructions:candidates.atDesk')}</h3>
      {candidates.length === 0 ? (
        <p className="row-note">{t('pos-instructions:candidates.noneAtDesk')}</p>
      ) : (
        <ul className="pos-candidates">
          {candidates.map(({ row, grounds }) => (
            <li key={row.id}>
              <p>
                <strong>{row.source.number}</strong> · {nameOf(row.tender)} ·{' '}
                <BusinessDate date={row.businessDate} /> ·{' '}
                <Money amount={row.amount} currency={row.currency} />
              </p>
              <Grounds grounds={grounds} />
              {may('instructions.settle') ? (
                <Button
                  size="small"
                  onClick={() =>
                    onMatch({ payment, grounds, rows: paidBy(list.desk, row, payment) })
                  }
                >
                  {t('pos-instructions:match.this')}
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {may('instructions.manage') && list.desk.length > 1 ? (
        <p>
          <Button size="small" onClick={() => share(true)}>
            {t('pos-instructions:share.open')}
          </Button>
        </p>
      ) : null}
      {sharing ? (
        <ShareDialog payment={payment} rows={list.desk} close={() => share(false)} />
      ) : null}
    </Panel>
  )
}
