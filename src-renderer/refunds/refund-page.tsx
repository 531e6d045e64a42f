import { DeleteOutlined, FileSearchOutlined, WalletOutlined } from '@ant-design/icons'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'

import { formatMoney } from '../../src-main/foundation/money.ts'
import { formatsOf } from '../../src-main/foundation/paper-formats.ts'
import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { ActionBar } from '../ui/action-bar.tsx'
import type { Action } from '../ui/action-bar.tsx'
import { AttachmentsPanel } from '../ui/attachment-list.tsx'
import { BusinessDate, Moment } from '../ui/business-date.tsx'
import { GoodsOfSource } from '../ui/goods-of-source.tsx'
import { HoldMark } from '../ui/hold-mark.tsx'
import { Capitals, MoneyStrip } from '../ui/money-strip.tsx'
import { Money } from '../ui/money.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { isWaiting, PosInstructions } from '../ui/pos-instructions.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { SlipPaper } from '../ui/slip-paper.tsx'
import { LoadingState } from '../ui/states.tsx'
import { useStore } from '../ui/store-context.ts'
import { Tag } from '../ui/tag.tsx'
import { Tenders } from '../ui/tenders.tsx'
import { useCommand } from '../ui/use-command.ts'
import { useSubject } from '../ui/use-subject.ts'
import { VoidDialog } from '../ui/void-dialog.tsx'
import type { Refund } from './refund-form.ts'
import { CarrierClaim } from './carrier-claim.tsx'
import './refunds.css'

/** A refund on record: what to tell the customer, the slip, and void on the same day. */
export default function RefundPage() {
  const { t } = useTranslation()
  const refundId = Number(useParams()['refundId'])
  const refund = useQuery(api.refunds.open.queryOptions({ input: { refundId } }))
  if (refund.data) return <RefundView key={refund.data.id} refund={refund.data} />
  return (
    <Page title={t('refunds:one.title')}>
      <PageHeader title={t('refunds:one.title')} />
      {refund.error ? <RefusalAlert error={refund.error} /> : <LoadingState />}
    </Page>
  )
}

function RefundView({ refund }: { refund: Refund }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const cache = useQueryClient()
  const { may } = useSession()
  const { today } = useStore()
  const [query] = useSearchParams()
  const [voiding, setVoiding] = useState(false)
  const live = refund.state === 'recorded'
  const title = t(refund.kind === 'return' ? 'refunds:one.title' : 'refunds:one.adjustment')
  const slip = t(`refunds:slip.${refund.kind}`)
  useSubject({
    receiptId: refund.receiptId,
    lineIds: refund.lines.map((line) => line.saleLineId),
    caseId: refund.caseId,
  })
  const voidRefund = useCommand(desk.refunds.void, {
    onDone: () => {
      setVoiding(false)
      void cache.invalidateQueries({ queryKey: [['refunds']] })
    },
  })
  const actions: Action[] = [
    {
      keys: 'Ctrl+↑',
      label: t('refunds:one.toSale'),
      icon: <FileSearchOutlined />,
      run: () => void navigate(paths.sale(refund.receiptId)),
    },
  ]
  const issued = refund.vouchers.find(({ how }) => how === 'issued')
  if (issued) {
    actions.push({
      keys: 'Alt+V',
      label: t('vouchers:refund.open'),
      icon: <WalletOutlined />,
      primary: live,
      run: () => void navigate(paths.voucher(issued.voucherId)),
    })
  }
  if (may('refunds.void')) {
    actions.push({
      keys: 'Delete',
      label: t('refunds:one.void'),
      icon: <DeleteOutlined />,
      danger: true,
      unless: !live
        ? t('refunds:one.isVoid', { slip })
        : refund.businessDate === today
          ? undefined
          : t('refunds:one.notToday'),
      run: () => setVoiding(true),
    })
  }
  return (
    <Page
      title={`${title} ${refund.number}`}
      footer={
        <ActionBar actions={actions}>{t('refunds:one.prints', { count: refund.prints })}</ActionBar>
      }
    >
      <div className="slip-page">
        <div>
          <PageHeader
            title={
              <>
                {title} <span className="slip-number">{refund.number}</span>
              </>
            }
            mark={
              <>
                {live ? (
                  <>
                    <Tag tone="good">{t('refunds:state.recorded')}</Tag>{' '}
                    {refund.instructions.some(isWaiting) ? (
                      <Tag tone="soon">{t('pos-instructions:moneyPending')}</Tag>
                    ) : null}
                  </>
                ) : (
                  <Tag tone="risk">{t('refunds:state.void')}</Tag>
                )}{' '}
                <HoldMark caseId={refund.caseId} />
              </>
            }
            facts={[
              <Link key="sale" to={paths.sale(refund.receiptId)}>
                {t('refunds:ofReceipt', { number: refund.receiptNo })}
              </Link>,
              <BusinessDate key="sold" date={refund.saleDate} />,
              <span key="at">
                {t('refunds:one.by', { name: refund.recordedBy })} <Moment at={refund.recordedAt} />
              </span>,
            ]}
          />
          {refund.voidReason ? (
            <Alert
              className="slip-note"
              type="error"
              showIcon
              title={t('refunds:one.voidedBecause', { slip, reason: refund.voidReason })}
            />
          ) : null}
          <div className="slip-amount">
            <Money amount={refund.amount} currency={refund.currency} size="big" struck={!live} />
            {live ? <Capitals amount={refund.amount} currency={refund.currency} /> : null}
          </div>
          {live ? <Tell refund={refund} fresh={query.has('done')} /> : null}
          <PosInstructions instructions={refund.instructions} isVoid={!live} />
          <RefundVouchers refund={refund} />
          {refund.carrierClaim ? <CarrierClaim claim={refund.carrierClaim} /> : null}
          <GoodsOfSource source={{ type: 'refund', id: refund.id }} />
          <RefundFacts refund={refund} />
          <AttachmentsPanel
            subject={{ type: 'refund', id: refund.id }}
            label={refund.lines[0]?.name ?? refund.number}
            readOnly={!live}
          />
        </div>
        <SlipPaper
          formats={formatsOf.refund_slip}
          remember="goodwill.refund-slip-format"
          paperOf={(format) => ({ document: 'refund_slip', refundId: refund.id, format })}
          revision={`${refund.state} ${refund.instructions.map((each) => each.posNumber ?? '').join(' ')}`}
          label={t('refunds:one.paper', { slip, number: refund.number })}
        />
      </div>
      <VoidDialog
        open={voiding}
        title={t('refunds:void.title', { slip, number: refund.number })}
        hint={t(refund.kind === 'return' ? 'refunds:void.hint' : 'refunds:void.priceHint')}
        confirmLabel={t('refunds:void.confirm')}
        error={voidRefund.error}
        busy={voidRefund.isPending}
        onVoid={(reason) =>
          voidRefund.mutate({ refundId: refund.id, reason, version: refund.version })
        }
        onCancel={() => setVoiding(false)}
      />
    </Page>
  )
}

/** What happens next, in words a clerk can read aloud: the till pays, the desk does not. */
function Tell({ refund, fresh }: { refund: Refund; fresh: boolean }) {
  const { t, i18n } = useTranslation()
  const money = (amount: number) => formatMoney(amount, refund.currency, i18n.language)
  const slip = t(`refunds:slip.${refund.kind}`)
  const onVouchers = refund.vouchers.reduce((sum, { amount }) => sum + amount, 0)
  const atTill = refund.amount - onVouchers
  return (
    <div className="slip-tell" role={fresh ? 'status' : undefined}>
      <p>
        <strong>{t('refunds:tell.title')}</strong>
        {atTill === 0 && onVouchers > 0
          ? t('refunds:tell.noTill', { amount: money(onVouchers) })
          : t('refunds:tell.goToTill', { slip, number: refund.number, amount: money(atTill) })}
      </p>
      <ul>
        {refund.tenders.map((tender, index) => (
          // Two tenders of one kind have nothing but their place to tell them apart.
          <li key={index}>
            {t(`refunds:tell.${tellOf(tender)}`, {
              amount: money(tender.amount),
              label: tender.label || t(`refunds:tender.${tender.kind}`),
            })}
          </li>
        ))}
      </ul>
      {fresh ? <p className="slip-next">{t('refunds:tell.print', { slip })}</p> : null}
    </div>
  )
}

/** The sentence for a payment: a voucher of this desk is handed over here, everything else is the till's. */
function tellOf({ purpose, kind, insteadOf }: Refund['tenders'][number]) {
  if (purpose === 'expenses') return 'expenses'
  return kind === 'voucher' && insteadOf ? 'voucherIssued' : kind
}

/** Vouchers it issued or put money back on: each has a paper of its own. */
function RefundVouchers({ refund }: { refund: Refund }) {
  const { t } = useTranslation()
  const { vouchers } = refund
  if (vouchers.length === 0) return null
  return (
    <Panel title={t('vouchers:refund.title')}>
      <ul className="slip-vouchers">
        {vouchers.map((voucher) => (
          <li key={voucher.voucherId}>
            <span>
              {t(`vouchers:refund.${voucher.how}`)}{' '}
              <Link className="slip-number" to={paths.voucher(voucher.voucherId)}>
                {voucher.number}
              </Link>
            </span>
            <Money amount={voucher.amount} currency={refund.currency} />
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function RefundFacts({ refund }: { refund: Refund }) {
  const { t } = useTranslation()
  const isReturn = refund.kind === 'return'
  return (
    <Panel title={t(isReturn ? 'refunds:one.lines' : 'refunds:one.adjustedLines')}>
      <table className="slip-lines">
        <thead>
          <tr>
            <th scope="col">{t('refunds:lines.goods')}</th>
            <th scope="col" className="figure">
              {t('refunds:lines.units')}
            </th>
            {isReturn ? <th scope="col">{t('refunds:lines.condition')}</th> : null}
            <th scope="col" className="figure">
              {t('refunds:lines.amount')}
            </th>
          </tr>
        </thead>
        <tbody>
          {refund.lines.map((line) => (
            <tr key={line.saleLineId}>
              <td>{line.name}</td>
              <td className="figure">{line.units}</td>
              <td>
                {t(`refunds:condition.${line.condition}`)}
                <span className="row-note">
                  {line.packagingIntact ? t('refunds:lines.intact') : t('refunds:lines.notIntact')}
                </span>
              </td>
              <td className="figure">
                <Money amount={line.amount} currency={refund.currency} />
              </td>
            </tr>
          ))}
          {refund.adjusted.map((line) => (
            <tr key={`adjusted-${line.saleLineId}`}>
              <td>
                {line.name}
                {isReturn ? null : <span className="row-note">{t('refunds:price.kept')}</span>}
              </td>
              <td className="figure">{line.units}</td>
              {isReturn ? <td>{t('refunds:price.kept')}</td> : null}
              <td className="figure">
                <Money amount={line.amount} currency={refund.currency} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="slip-reason">
        <span className="row-note">{t('refunds:reason.title')}</span>{' '}
        {t(`refunds:reason.${refund.reason}`)}
        {refund.note ? <> · {refund.note}</> : null}
      </p>
      <Tenders tenders={refund.tenders} currency={refund.currency} />
      {refund.strip.length > 0 ? (
        <>
          <h3>{t('refunds:sum.how')}</h3>
          <MoneyStrip strip={refund.strip} currency={refund.currency} />
        </>
      ) : null}
    </Panel>
  )
}
