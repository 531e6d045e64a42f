import {
  CalendarOutlined,
  DeleteOutlined,
  DisconnectOutlined,
  DollarOutlined,
  FileSearchOutlined,
  ScanOutlined,
} from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useNavigate, useParams } from 'react-router'

import { formatsOf } from '../../src-main/foundation/paper-formats.ts'
import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { ActionBar } from '../ui/action-bar.tsx'
import type { Action } from '../ui/action-bar.tsx'
import { BusinessDate, Moment } from '../ui/business-date.tsx'
import { HoldMark } from '../ui/hold-mark.tsx'
import { MaskedPhone } from '../ui/masked-phone.tsx'
import { Capitals } from '../ui/money-strip.tsx'
import { Money } from '../ui/money.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { PosInstructions } from '../ui/pos-instructions.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { SlipPaper } from '../ui/slip-paper.tsx'
import { LoadingState } from '../ui/states.tsx'
import { CashOutDialog } from './cash-out-dialog.tsx'
import { ExtendDialog } from './extend-dialog.tsx'
import { RedeemDialog } from './redeem-dialog.tsx'
import { type Step, StepDialog } from './step-dialog.tsx'
import { type Voucher, VoucherState } from './voucher.tsx'
import './vouchers.css'

/** A voucher: what is left of it, everything that moved it, and its paper. */
export default function VoucherPage() {
  const { t } = useTranslation()
  const voucherId = Number(useParams()['voucherId'])
  const voucher = useQuery(api.vouchers.open.queryOptions({ input: { voucherId } }))
  if (voucher.data) return <VoucherView key={voucher.data.id} voucher={voucher.data} />
  return (
    <Page title={t('vouchers:one')}>
      <PageHeader title={t('vouchers:one')} />
      {voucher.error ? (
        <RefusalAlert error={voucher.error} retry={voucher.refetch} />
      ) : (
        <LoadingState />
      )}
    </Page>
  )
}

/** Where the remedy lives that a voucher came from. */
function pathOfSource({ source, replaces }: Voucher): string | null {
  if (replaces) return paths.voucher(replaces.id)
  if (source.id === null) return null
  if (source.type === 'exchange') return paths.exchange(source.id)
  if (source.type === 'repair') return paths.repair(source.id)
  return source.type === 'refund' || source.type === 'price_adjustment'
    ? paths.refund(source.id)
    : null
}

type Asked = Step | { kind: 'redeem' | 'extend' | 'cash_out' }

function VoucherView({ voucher }: { voucher: Voucher }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { may } = useSession()
  const scanned = useScanned()
  const [asked, ask] = useState<Asked | null>(null)
  const close = () => ask(null)
  const { state, balance, currency, holder, expiresOn } = voucher
  const isLive = state === 'active'
  const source = pathOfSource(voucher)
  const notLive = isLive ? undefined : t(`vouchers:unless.${state}`)
  const actions: Action[] = []
  if (may('vouchers.redeem')) {
    actions.push({
      keys: 'Alt+U',
      label: t('vouchers:redeem.title'),
      icon: <ScanOutlined />,
      primary: isLive,
      unless: notLive,
      run: () => ask({ kind: 'redeem' }),
    })
  }
  if (may('vouchers.issue')) {
    actions.push(
      {
        keys: 'Alt+E',
        label: t('vouchers:extend.action'),
        icon: <CalendarOutlined />,
        unless: notLive ?? (expiresOn === null ? t('vouchers:unless.endless') : undefined),
        run: () => ask({ kind: 'extend' }),
      },
      {
        keys: 'Alt+C',
        label: t('vouchers:cashOut.action'),
        icon: <DollarOutlined />,
        unless: notLive,
        run: () => ask({ kind: 'cash_out' }),
      },
      {
        keys: 'Alt+L',
        label: t('vouchers:loss.action'),
        icon: <DisconnectOutlined />,
        unless: notLive ?? (holder === null ? t('vouchers:unless.bearer') : undefined),
        run: () => ask({ kind: 'loss' }),
      },
      {
        keys: 'Delete',
        label: t('vouchers:void.action'),
        icon: <DeleteOutlined />,
        danger: true,
        unless: notLive,
        run: () => ask({ kind: 'void' }),
      },
    )
  }
  if (source) {
    actions.push({
      keys: 'Ctrl+↑',
      label: t('vouchers:toSource'),
      icon: <FileSearchOutlined />,
      run: () => void navigate(source),
    })
  }
  return (
    <Page
      title={`${t('vouchers:one')} ${voucher.number}`}
      footer={
        <ActionBar actions={actions}>{t('vouchers:prints', { count: voucher.prints })}</ActionBar>
      }
    >
      <div className="slip-page">
        <div>
          <PageHeader
            title={
              <>
                {t('vouchers:one')} <span className="slip-number">{voucher.number}</span>
              </>
            }
            mark={
              <>
                <VoucherState voucher={voucher} />{' '}
                {voucher.caseId === null ? null : <HoldMark caseId={voucher.caseId} />}
              </>
            }
            facts={[
              holder ? (
                <span key="holder">
                  {holder.name}{' '}
                  <MaskedPhone
                    masked={holder.phoneMasked}
                    reveal={(reason) =>
                      desk.vouchers.revealPhone({ voucherId: voucher.id, reason })
                    }
                  />
                </span>
              ) : (
                t('vouchers:bearer')
              ),
              expiresOn === null ? (
                t('vouchers:endless')
              ) : (
                <span key="until">
                  {t('vouchers:fact.until')} <BusinessDate date={expiresOn} distance="left" />
                </span>
              ),
              <span key="by">
                {voucher.issuedBy} <Moment at={voucher.issuedAt} />
              </span>,
            ]}
          />
          <Links voucher={voucher} source={source} />
          <div className="voucher-amount">
            <Money amount={balance} currency={currency} size="big" struck={!isLive} />
            <span className="row-note">
              {t('vouchers:ofAmount')} <Money amount={voucher.amount} currency={currency} />
            </span>
            <Capitals amount={balance} currency={currency} />
          </div>
          {voucher.instructions.length > 0 ? (
            <PosInstructions instructions={voucher.instructions} isVoid={false} />
          ) : null}
          <Movements voucher={voucher} onUndo={may('vouchers.issue') ? ask : undefined} />
        </div>
        <SlipPaper
          formats={formatsOf.voucher}
          remember="goodwill.voucher-format"
          paperOf={(format) => ({ document: 'voucher', voucherId: voucher.id, format })}
          revision={`${voucher.version} ${voucher.instructions.map((each) => each.state).join(' ')}`}
          label={t('vouchers:paper', { number: voucher.number })}
        />
      </div>
      {asked?.kind === 'redeem' ? (
        <RedeemDialog scanned={scanned} onDone={close} onCancel={close} />
      ) : null}
      {asked?.kind === 'extend' ? (
        <ExtendDialog voucher={voucher} onDone={close} onCancel={close} />
      ) : null}
      {asked?.kind === 'cash_out' ? (
        <CashOutDialog voucher={voucher} scanned={scanned} onDone={close} onCancel={close} />
      ) : null}
      {asked?.kind === 'void' ||
      asked?.kind === 'loss' ||
      asked?.kind === 'undo' ||
      asked?.kind === 'cash_out_undo' ? (
        <StepDialog
          voucher={voucher}
          step={asked}
          onDone={(replacement) => {
            close()
            if (replacement) void navigate(paths.voucher(replacement.id))
          }}
          onCancel={close}
        />
      ) : null}
    </Page>
  )
}

/** The code that was scanned to come here, so that it need not be scanned again to use the voucher. */
function useScanned(): string | undefined {
  const state: unknown = useLocation().state
  const isScan = typeof state === 'object' && state !== null && 'scan' in state
  return isScan && typeof state.scan === 'string' ? state.scan : undefined
}

/** What it came from, and what came after it. */
function Links({ voucher, source }: { voucher: Voucher; source: string | null }) {
  const { t } = useTranslation()
  const { replacedBy, reason } = voucher
  const from = [t(`vouchers:source.${voucher.source.type}`), voucher.source.number]
    .filter(Boolean)
    .join(' ')
  return (
    <>
      <p className="voucher-from">
        {source ? <Link to={source}>{from}</Link> : from}
        {reason ? <> · {reason}</> : null}
      </p>
      {replacedBy ? (
        <Alert
          className="voucher-note"
          type="warning"
          showIcon
          title={
            <>
              {t('vouchers:replacedBy')}{' '}
              <Link to={paths.voucher(replacedBy.id)}>{replacedBy.number}</Link>
            </>
          }
        />
      ) : null}
      {voucher.expired ? (
        <Alert className="voucher-note" type="warning" showIcon title={t('vouchers:overHint')} />
      ) : null}
    </>
  )
}

/** The balance table: what moved it, when, by whom, for what. */
function Movements({
  voucher,
  onUndo,
}: {
  voucher: Voucher
  onUndo: ((step: Step) => void) | undefined
}) {
  const { t } = useTranslation()
  const { currency, movements } = voucher
  return (
    <Panel title={t('vouchers:movements.title')}>
      <table className="voucher-movements">
        <thead>
          <tr>
            <th scope="col">{t('vouchers:movements.what')}</th>
            <th scope="col">{t('vouchers:movements.at')}</th>
            <th scope="col" className="figure">
              {t('vouchers:movements.amount')}
            </th>
            <th scope="col" className="figure">
              {t('vouchers:movements.balance')}
            </th>
          </tr>
        </thead>
        <tbody>
          {movements.map((each) => {
            const { redemptionId, openPayment } = each
            return (
              <tr key={each.id}>
                <td>
                  <strong>{t(`vouchers:kind.${each.kind}`)}</strong> {each.ref?.number ?? ''}
                  {each.reason && each.kind !== 'issue' ? (
                    <span className="row-note">{each.reason}</span>
                  ) : null}
                  {onUndo && redemptionId !== null && each.ref?.type === 'receipt' ? (
                    <Button
                      size="small"
                      type="text"
                      onClick={() => onUndo({ kind: 'undo', redemptionId })}
                    >
                      {t('vouchers:undo.action')}
                    </Button>
                  ) : null}
                  {onUndo && openPayment !== null ? (
                    <Button
                      size="small"
                      type="text"
                      onClick={() => onUndo({ kind: 'cash_out_undo', payment: openPayment })}
                    >
                      {t('vouchers:cash_out_undo.action')}
                    </Button>
                  ) : null}
                </td>
                <td>
                  <Moment at={each.at} />
                  <span className="row-note">
                    {t('vouchers:movements.by', { name: each.actor, desk: each.deskNo })}
                    {each.approvedBy
                      ? ` · ${t('vouchers:movements.approved', { name: each.approvedBy })}`
                      : ''}
                  </span>
                </td>
                <td className="figure">
                  <Money amount={each.amount} currency={currency} />
                </td>
                <td className="figure">
                  <Money amount={each.balance} currency={currency} />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </Panel>
  )
}
