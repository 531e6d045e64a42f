import {
  AuditOutlined,
  DeleteOutlined,
  FileSearchOutlined,
  InboxOutlined,
  PrinterOutlined,
  SwapOutlined,
} from '@ant-design/icons'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'

import { formatMoney } from '../../src-main/foundation/money.ts'
import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { ActionBar } from '../ui/action-bar.tsx'
import type { Action } from '../ui/action-bar.tsx'
import { BusinessDate, Moment } from '../ui/business-date.tsx'
import { GoodsOfSource } from '../ui/goods-of-source.tsx'
import { Capitals } from '../ui/money-strip.tsx'
import { HoldMark } from '../ui/hold-mark.tsx'
import { Page, PageHeader } from '../ui/page.tsx'
import type { Paper } from '../ui/paper-preview.tsx'
import { PosInstructions } from '../ui/pos-instructions.tsx'
import { printPapers } from '../ui/print-papers.ts'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { LoadingState } from '../ui/states.tsx'
import { useStore } from '../ui/store-context.ts'
import { Tag } from '../ui/tag.tsx'
import { useCommand } from '../ui/use-command.ts'
import { useSubject } from '../ui/use-subject.ts'
import { VoidDialog } from '../ui/void-dialog.tsx'
import { ArriveDialog } from './arrive-dialog.tsx'
import type { Exchange } from './exchange-form.ts'
import { ExchangeFacts } from './exchange-facts.tsx'
import { ExchangePapers } from './exchange-papers.tsx'
import { type Handover, isOpen, isSimple, nextStep } from './handover.ts'
import type { Step } from './handover.ts'
import { HandoverPanel } from './handover-panel.tsx'
import { paperOf } from './exchange-formats.ts'
import { PromiseAgainDialog } from './promise-again-dialog.tsx'
import { SignedMoney } from './signed-money.tsx'
import { useHandover } from './use-handover.ts'
import { WaiverDialog } from './waiver-dialog.tsx'
import './exchanges.css'

/** An exchange on record: where it stands, the handover ①–⑤, the papers, and what to do next. */
export default function ExchangePage() {
  const { t } = useTranslation()
  const exchangeId = Number(useParams()['exchangeId'])
  const exchange = useQuery(api.exchanges.open.queryOptions({ input: { exchangeId } }))
  const handover = useQuery(api.handovers.ofExchange.queryOptions({ input: { exchangeId } }))
  if (exchange.data && handover.data) {
    // A form of its own for what was ordered: its steps begin anew.
    const key = `${exchange.data.id}-${handover.data.id}`
    return <ExchangeView key={key} exchange={exchange.data} handover={handover.data} />
  }
  const error = exchange.error ?? handover.error
  return (
    <Page title={t('exchanges:one.title')}>
      <PageHeader title={t('exchanges:one.title')} />
      {error ? <RefusalAlert error={error} /> : <LoadingState />}
    </Page>
  )
}

type Dialog = 'void' | 'arrive' | 'promise' | 'waive' | null

function ExchangeView({ exchange, handover }: { exchange: Exchange; handover: Handover }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const cache = useQueryClient()
  const { may } = useSession()
  const { today } = useStore()
  const [dialog, setDialog] = useState<Dialog>(null)
  const [step, setStep] = useState<Step | null>(null)
  const [printError, setPrintError] = useState<unknown>(null)
  const control = useHandover(handover)
  const fresh = usePrintOnArrival(exchange, handover, setPrintError)
  useSubject({
    receiptId: exchange.newReceiptId ?? exchange.receiptId,
    lineIds: exchange.newReceiptId === null ? exchange.returned.map((line) => line.saleLineId) : [],
    caseId: exchange.caseId,
  })
  const refresh = () => {
    setDialog(null)
    for (const room of ['exchanges', 'handovers']) {
      void cache.invalidateQueries({ queryKey: [[room]] })
    }
  }
  const voidExchange = useCommand(desk.exchanges.void, { onDone: refresh })
  const receive = useCommand(desk.exchanges.receive, { onDone: refresh })
  const dropOrder = useCommand(desk.exchanges.dropOrder, { onDone: refresh })
  const print = (papers: readonly Paper[]) =>
    void printPapers(papers).catch((error: unknown) => setPrintError(error))
  const seen = { exchangeId: exchange.id, version: exchange.version }
  const open = isOpen(handover)
  const waiting = isWaiting(exchange, handover)

  const papers: Paper[] = [
    paperOf.slip(exchange.id),
    ...(handover.card ? [paperOf.card(handover.card.id)] : []),
    paperOf.form(handover.id),
  ]
  const actions: Action[] = []
  if (waiting) {
    actions.push(
      {
        keys: 'Ctrl+Enter',
        label: t('exchanges:arrive.title'),
        icon: <InboxOutlined />,
        primary: true,
        run: () => setDialog('arrive'),
      },
      {
        keys: 'Alt+O',
        label: t('exchanges:order.again'),
        run: () => setDialog('promise'),
      },
      ...(handover.part === 2
        ? [
            {
              keys: 'Alt+X',
              label: t('exchanges:order.drop'),
              icon: <DeleteOutlined />,
              busy: dropOrder.isPending,
              run: () => dropOrder.mutate(seen),
            },
          ]
        : []),
    )
  } else if (exchange.reception === 'awaited' && exchange.state !== 'void') {
    actions.push({
      keys: 'Ctrl+Enter',
      label: t('exchanges:one.receive'),
      icon: <InboxOutlined />,
      primary: true,
      busy: receive.isPending,
      run: () => receive.mutate(seen),
    })
  } else if (open && isSimple(handover) && step === null) {
    actions.push({
      keys: 'Ctrl+Enter',
      label: t('exchanges:handover.finishOnPaper'),
      icon: <AuditOutlined />,
      primary: true,
      busy: control.busy,
      run: () =>
        void control.finishOnPaper().then((done) => {
          if (done?.cardId) print([paperOf.card(done.cardId)])
        }),
    })
  }
  if (exchange.state !== 'void') {
    actions.push({
      keys: 'Alt+L',
      label: t('exchanges:one.printAll', { count: papers.length }),
      icon: <PrinterOutlined />,
      run: () => print(papers),
    })
  }
  if (open && !waiting) {
    actions.push({
      keys: 'Alt+W',
      label: t('exchanges:waiver.open'),
      icon: <AuditOutlined />,
      run: () => setDialog('waive'),
    })
  }
  actions.push({
    keys: 'Ctrl+↑',
    label: t(exchange.newReceiptId ? 'exchanges:one.toNewSale' : 'refunds:one.toSale'),
    icon: <FileSearchOutlined />,
    run: () => void navigate(paths.sale(exchange.newReceiptId ?? exchange.receiptId)),
  })
  if (may('exchanges.void') && exchange.state !== 'void') {
    actions.push({
      keys: 'Delete',
      label: t('exchanges:one.void'),
      icon: <DeleteOutlined />,
      danger: true,
      run: () => setDialog('void'),
      unless:
        handover.state !== 'open' || exchange.state === 'handed_over'
          ? t('exchanges:one.noVoid')
          : exchange.businessDate === today || exchange.state === 'ordered'
            ? undefined
            : t('refunds:one.notToday'),
    })
  }

  return (
    <Page
      title={t('exchanges:one.of', { number: exchange.number })}
      footer={<ActionBar actions={actions}>{stateLine(exchange, handover, t)}</ActionBar>}
    >
      <div className="exchange-record">
        <div>
          <PageHeader
            title={
              <>
                {t('exchanges:one.title')} <span className="slip-no">{exchange.number}</span>
              </>
            }
            mark={
              <>
                <ExchangeState exchange={exchange} handover={handover} />{' '}
                <HoldMark caseId={exchange.caseId} />
              </>
            }
            facts={[
              <Link key="sale" to={paths.sale(exchange.receiptId)}>
                {t('refunds:ofReceipt', { number: exchange.receiptNo })}
              </Link>,
              <BusinessDate key="sold" date={exchange.saleDate} />,
              exchange.tillReceipt ? (
                <Link key="till" to={paths.sale(exchange.tillReceipt.id)}>
                  {t('exchanges:one.tillReceipt', { number: exchange.tillReceipt.receiptNo })}
                </Link>
              ) : null,
              exchange.customer
                ? [exchange.customer.name, exchange.customer.phoneMasked].filter(Boolean).join(' ')
                : null,
              <span key="at">
                {t('refunds:one.by', { name: exchange.recordedBy })}{' '}
                <Moment at={exchange.recordedAt} />
              </span>,
            ]}
          />
          {exchange.voidReason ? (
            <Alert
              className="exchange-notice"
              type="error"
              showIcon
              title={t('exchanges:one.voidedBecause', { reason: exchange.voidReason })}
            />
          ) : null}
          <RefusalAlert error={receive.error ?? dropOrder.error ?? printError} />
          <Difference exchange={exchange} fresh={fresh} />
          {exchange.order?.arrivedAt === null && exchange.state !== 'void' ? (
            <Ordered exchange={exchange} />
          ) : null}
          {exchange.state === 'void' || waiting ? null : (
            <HandoverPanel
              handover={handover}
              control={control}
              current={step}
              onStep={setStep}
              onPrint={(which) => print(which.map((each) => paperFor(each, handover)))}
            />
          )}
          <ExchangeFacts exchange={exchange} />
          {exchange.instructions.length > 0 ? (
            <PosInstructions
              instructions={exchange.instructions}
              isVoid={exchange.state === 'void'}
            />
          ) : null}
          {/* Its key means something else while both sign. */}
          {step === null ? <GoodsOfSource source={{ type: 'exchange', id: exchange.id }} /> : null}
        </div>
        <ExchangePapers exchange={exchange} handover={handover} />
      </div>
      <VoidDialog
        open={dialog === 'void'}
        title={t('exchanges:void.title', { number: exchange.number })}
        hint={t('exchanges:void.hint')}
        confirmLabel={t('exchanges:void.confirm')}
        error={voidExchange.error}
        busy={voidExchange.isPending}
        onVoid={(reason) => voidExchange.mutate({ ...seen, reason })}
        onCancel={() => setDialog(null)}
      />
      {dialog === 'arrive' ? (
        <ArriveDialog exchange={exchange} onDone={refresh} onClose={() => setDialog(null)} />
      ) : null}
      {dialog === 'promise' ? (
        <PromiseAgainDialog exchange={exchange} onDone={refresh} onClose={() => setDialog(null)} />
      ) : null}
      {dialog === 'waive' ? (
        <WaiverDialog handover={handover} onDone={refresh} onClose={() => setDialog(null)} />
      ) : null}
    </Page>
  )
}

function paperFor(which: 'form' | { cardId: number }, handover: Handover): Paper {
  return which === 'form' ? paperOf.form(handover.id) : paperOf.card(which.cardId)
}

/** Whether nothing can be handed over before what was ordered is here. */
function isWaiting(exchange: Exchange, handover: Handover): boolean {
  return exchange.state === 'ordered' || handover.waitsFor === 'arrive'
}

/** What happens next, for the foot of the screen. */
function stateLine(
  exchange: Exchange,
  handover: Handover,
  t: ReturnType<typeof useTranslation>['t'],
): string {
  if (exchange.state === 'void') return t('exchanges:next.void')
  if (isWaiting(exchange, handover)) return t('exchanges:next.ordered')
  const next = nextStep(handover)
  if (handover.state === 'signed') return t('exchanges:next.signed')
  if (handover.state === 'waived') return t('exchanges:next.waived')
  if (!next) return ''
  return t(next === 'signed' ? 'exchanges:next.signed_step' : `exchanges:next.${next}`)
}

function ExchangeState({ exchange, handover }: { exchange: Exchange; handover: Handover }) {
  const { t } = useTranslation()
  if (exchange.state === 'void') return <Tag tone="risk">{t('exchanges:state.void')}</Tag>
  if (isWaiting(exchange, handover)) {
    return <Tag tone="soon">{t('exchanges:state.ordered')}</Tag>
  }
  if (handover.state === 'signed') return <Tag tone="good">{t('exchanges:state.signed')}</Tag>
  if (handover.state === 'waived') return <Tag tone="risk">{t('exchanges:state.waived')}</Tag>
  return <Tag tone="soon">{t(`exchanges:state.${handover.state}`)}</Tag>
}

/**
 * Right after an exchange is recorded its papers come out: the slip, and where both can sign on paper at once, the
 * form. Returns whether this is that moment.
 */
function usePrintOnArrival(
  exchange: Exchange,
  handover: Handover,
  onError: (error: unknown) => void,
): boolean {
  const [query, setQuery] = useSearchParams()
  const isFresh = query.has('done')
  const [fresh] = useState(isFresh)
  const printed = useRef(false)
  useEffect(() => {
    if (!isFresh || printed.current) return
    printed.current = true
    const rest = new URLSearchParams(query)
    rest.delete('done')
    // A reload must not print again.
    setQuery(rest, { replace: true })
    const papers: Paper[] = [paperOf.slip(exchange.id)]
    if (handover.state === 'open' && exchange.state !== 'ordered' && isSimple(handover)) {
      papers.push(paperOf.form(handover.id))
    }
    void printPapers(papers).catch(onError)
  }, [isFresh, query, setQuery, exchange, handover, onError])
  return fresh
}

/** 多退少补, as it was recorded: the figure, and what to tell the customer. */
function Difference({ exchange, fresh }: { exchange: Exchange; fresh: boolean }) {
  const { t, i18n } = useTranslation()
  const { difference, currency, number } = exchange
  const live = exchange.state !== 'void'
  const kind = difference === 0 ? 'even' : difference > 0 ? 'collect' : 'payBack'
  const amount = formatMoney(Math.abs(difference), currency, i18n.language)
  return (
    <div className="exchange-difference">
      <div>
        <h2>{t(`exchanges:sum.${kind}`)}</h2>
        <SignedMoney amount={difference} currency={currency} struck={!live} />
        {live && difference !== 0 ? (
          <Capitals amount={Math.abs(difference)} currency={currency} />
        ) : null}
      </div>
      {live ? (
        <p className="exchange-tell" role={fresh ? 'status' : undefined}>
          <strong>{t('refunds:tell.title')}</strong>
          {t(`exchanges:tell.${kind}`, { number, amount })}
        </p>
      ) : null}
    </div>
  )
}

function Ordered({ exchange }: { exchange: Exchange }) {
  const { t } = useTranslation()
  const { order } = exchange
  if (!order) return null
  return (
    <Alert
      className="exchange-notice"
      type={order.overdue ? 'error' : 'warning'}
      showIcon
      icon={<SwapOutlined />}
      title={
        <>
          {t(order.overdue ? 'exchanges:order.overdue' : 'exchanges:order.due')}{' '}
          <Moment at={order.dueAt} />
        </>
      }
      description={[t('exchanges:order.owner', { name: order.owner }), order.supplier]
        .filter(Boolean)
        .join(' · ')}
    />
  )
}
