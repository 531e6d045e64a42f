import {
  CarOutlined,
  CheckCircleOutlined,
  DollarOutlined,
  FileSearchOutlined,
  GiftOutlined,
  PrinterOutlined,
  InboxOutlined,
  SafetyCertificateOutlined,
  ToolOutlined,
} from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useNavigate, useParams, useSearchParams } from 'react-router'

import { formatMoney } from '../../src-main/foundation/money.ts'
import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { useScanner } from '../input/use-scanner.tsx'
import { type Action, ActionBar } from '../ui/action-bar.tsx'
import { AttachmentsPanel } from '../ui/attachment-list.tsx'
import { BusinessDate, Moment } from '../ui/business-date.tsx'
import { CaseTimeline } from '../ui/case-timeline.tsx'
import { HoldMark } from '../ui/hold-mark.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { MaskedPhone } from '../ui/masked-phone.tsx'
import { Money } from '../ui/money.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { MoneyPending } from '../ui/pos-instructions.tsx'
import { printPapers } from '../ui/print-papers.ts'
import { describeTrouble, RefusalAlert } from '../ui/refusal-alert.tsx'
import { LoadingState } from '../ui/states.tsx'
import { Tag } from '../ui/tag.tsx'
import { useSubject } from '../ui/use-subject.ts'
import { HandBackDialog } from './hand-back-dialog.tsx'
import { ItemView } from './item-view.tsx'
import { AnswerDialog, DecideDialog, QuoteDialog, WorkDialog } from './money-dialogs.tsx'
import { PapersDialog } from './papers-dialog.tsx'
import { paperOf, readFormat } from './papers.ts'
import { codeOfScan, type Item, type Repair } from './repair.ts'
import {
  BackDialog,
  CancelDialog,
  CheckDialog,
  DelayDialog,
  EndWaitDialog,
  FinishDialog,
  GiveUpDialog,
  ReceiveDialog,
  ReopenDialog,
  SendDialog,
  StartWaitDialog,
} from './step-dialogs.tsx'
import { Axes, StateSteps } from './steps.tsx'
import {
  LeadDialog,
  LendDialog,
  PromiseDialog,
  RemindDialog,
  RenewDialog,
  TakeLoanDialog,
} from './ticket-dialogs.tsx'
import { TellCustomer } from './tell-customer.tsx'
import { todosOf } from './todo.ts'
import './repairs.css'

/** One repair: where the goods are, who pays, what is still to do, and every step by its key. */
export default function RepairPage() {
  const { t } = useTranslation()
  const repairId = Number(useParams()['repairId'])
  const repair = useQuery(api.repairs.open.queryOptions({ input: { repairId } }))
  if (repair.data) return <RepairView key={repair.data.id} repair={repair.data} />
  return (
    <Page title={t('repairs:one.title')} back={paths.repairs()}>
      <PageHeader title={t('repairs:one.title')} />
      {repair.error ? (
        <RefusalAlert error={repair.error} retry={repair.refetch} />
      ) : (
        <LoadingState />
      )}
    </Page>
  )
}

type Dialog =
  | 'decide'
  | 'quote'
  | 'answer'
  | 'send'
  | 'bringBack'
  | 'startWait'
  | 'endWait'
  | 'work'
  | 'finish'
  | 'check'
  | 'giveUp'
  | 'reopen'
  | 'handBack'
  | 'receive'
  | 'cancel'
  | 'promise'
  | 'remind'
  | 'lend'
  | 'takeLoan'
  | 'renewCode'
  | 'delay'
  | 'toExchange'
  | 'toRefund'
  | 'print'

interface Step {
  dialog: Dialog
  keys: string
  icon?: ReactNode
  danger?: boolean
}

const inHand = ['received', 'with_repairer', 'back']

/** The steps of one item that are possible now, the one that usually comes next first. */
function stepsOf(item: Item): Step[] {
  const may = (action: string) => item.steps.includes(action)
  const isWorkable = item.acceptance === 'free' || item.acceptance === 'paid_consented'
  const isHere = inHand.includes(item.reception)
  const hasOpenQuote = item.quotes.some(({ state }) => state === 'open')
  const hasWork = item.works.length > 0
  const steps: (Step | false)[] = [
    may('hand_back') && { dialog: 'handBack', keys: 'Alt+B', icon: <GiftOutlined /> },
    may('receive') && { dialog: 'receive', keys: 'Alt+V', icon: <InboxOutlined /> },
    item.acceptance === 'undecided' &&
      item.receiptId !== null &&
      may('decide_free') && {
        dialog: 'decide',
        keys: 'Alt+D',
        icon: <SafetyCertificateOutlined />,
      },
    hasOpenQuote && may('consent') && { dialog: 'answer', keys: 'Alt+Y', icon: <DollarOutlined /> },
    item.acceptance === 'paid' &&
      !hasOpenQuote &&
      may('quote') && { dialog: 'quote', keys: 'Alt+Q', icon: <DollarOutlined /> },
    may('pass') && hasWork && { dialog: 'check', keys: 'Alt+V', icon: <CheckCircleOutlined /> },
    may('bring_back') && { dialog: 'bringBack', keys: 'Alt+B', icon: <InboxOutlined /> },
    may('finish') && hasWork && { dialog: 'finish', keys: 'Alt+V', icon: <CheckCircleOutlined /> },
    may('send') && { dialog: 'send', keys: 'Alt+S', icon: <CarOutlined /> },
    isHere && isWorkable && { dialog: 'work', keys: 'Alt+R', icon: <ToolOutlined /> },
    may('fail') && !hasWork && { dialog: 'check', keys: 'Alt+V', icon: <CheckCircleOutlined /> },
  ]
  return steps.filter((each) => each !== false)
}

/** What is possible beside the usual way. */
function otherStepsOf(item: Item, repair: Repair, hasSteps: readonly Step[]): Step[] {
  const may = (action: string) => item.steps.includes(action)
  const isHere = inHand.includes(item.reception)
  const isOpen = repair.state === 'open'
  const taken = new Set(hasSteps.map(({ dialog }) => dialog))
  const isWaiting = item.waits.some(({ endedOn }) => endedOn === null)
  const isLive = item.steps.length > 0
  const canDecide = item.receiptId !== null && item.acceptance !== 'undecided' && isHere
  const canQuote = may('quote') && !taken.has('quote')
  const isSold = item.kind !== 'elsewhere' && isLive && item.receiptId !== null
  const hasLoan = repair.loans.some(({ backAt }) => backAt === null)
  const steps: (Step | false)[] = [
    isWaiting && isHere && { dialog: 'endWait', keys: 'Alt+W' },
    !isWaiting && isHere && { dialog: 'startWait', keys: 'Alt+W' },
    canQuote && { dialog: 'quote', keys: 'Alt+Q' },
    canDecide && { dialog: 'decide', keys: 'Alt+D' },
    may('give_up') && { dialog: 'giveUp', keys: 'Alt+U', danger: true },
    may('reopen') && { dialog: 'reopen', keys: 'Alt+O' },
    may('cancel') && { dialog: 'cancel', keys: 'Delete', danger: true },
    isHere && item.limits.length > 0 && { dialog: 'delay', keys: 'Alt+X' },
    isSold && { dialog: 'toExchange', keys: 'F6' },
    isSold && { dialog: 'toRefund', keys: 'F4' },
    isOpen && { dialog: 'promise', keys: 'Alt+P' },
    isOpen && item.reception === 'ready' && { dialog: 'remind', keys: 'Alt+M' },
    isOpen && hasLoan
      ? { dialog: 'takeLoan', keys: 'Alt+L' }
      : isOpen && { dialog: 'lend', keys: 'Alt+L' },
    isOpen && { dialog: 'renewCode', keys: 'Alt+J' },
  ]
  return steps.filter((each) => each !== false)
}

/** What was scanned to come here. */
function scanOf(state: unknown): string {
  const isScan = typeof state === 'object' && state !== null && 'scan' in state
  return isScan && typeof state.scan === 'string' ? state.scan : ''
}

function RepairView({ repair }: { repair: Repair }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { may } = useSession()
  const [query] = useSearchParams()
  const [at, setAt] = useState(0)
  const location: { state: unknown } = useLocation()
  const isReady = repair.items.some(({ reception }) => reception === 'ready')
  // A scanned stub opens the repair, and is the code its goods are handed back against.
  const [scanned, setScanned] = useState(() => codeOfScan(scanOf(location.state), repair.number))
  const [dialog, open] = useState<Dialog | null>(isReady && scanned !== null ? 'handBack' : null)
  const [isHandedBack, setHandedBack] = useState(false)
  const { message } = App.useApp()
  const item = repair.items[Math.min(at, repair.items.length - 1)]
  const receiptId = repair.items.find((each) => each.receiptId !== null)?.receiptId ?? null
  const lineIds = repair.items.flatMap(({ saleLineId }) => saleLineId ?? [])
  useSubject(receiptId === null ? {} : { receiptId, lineIds })
  const close = () => open(null)
  useScanner((text) => {
    const code = isReady ? codeOfScan(text, repair.number) : null
    if (code === null) return false
    setScanned(code)
    open('handBack')
    return true
  })
  const mayRecord = may('repairs.record')
  const steps = item && mayRecord ? stepsOf(item) : []
  const others = item && mayRecord ? otherStepsOf(item, repair, steps) : []
  useHotkeys([
    {
      keys: 'Alt+T',
      label: t('repairs:one.nextItem'),
      when: repair.items.length > 1,
      run: () => setAt((now) => (now + 1) % repair.items.length),
    },
    ...others.map((step) => ({
      keys: step.keys,
      label: t(`repairs:act.${step.dialog}`),
      run: () => open(step.dialog),
    })),
  ])
  const actions: Action[] = steps.map((step, index) => ({
    keys: index === 0 ? 'Ctrl+Enter' : step.keys,
    label: t(`repairs:act.${step.dialog}`),
    icon: step.icon,
    primary: index === 0,
    run: () => open(step.dialog),
  }))
  actions.push({
    keys: 'F9',
    label: t('repairs:act.print'),
    icon: <PrinterOutlined />,
    run: () => open('print'),
  })
  if (receiptId !== null) {
    actions.push({
      keys: 'Ctrl+↑',
      label: t('repairs:one.toSale'),
      icon: <FileSearchOutlined />,
      run: () => void navigate(paths.sale(receiptId)),
    })
  }
  const promised = repair.promises.findLast(({ state }) => state === 'open')
  const isFresh = query.has('done') || isHandedBack
  if (!item) return null
  return (
    <Page
      title={`${t('repairs:one.title')} ${repair.number}`}
      back={paths.repairs()}
      footer={<ActionBar actions={actions} />}
    >
      <PageHeader
        title={
          <>
            {t('repairs:one.title')} <span className="repair-number">{repair.number}</span>
          </>
        }
        mark={
          <>
            <Tag tone={repair.state === 'open' ? 'soon' : 'good'}>
              {t(`repairs:one.state.${repair.state}`)}
            </Tag>
            <MoneyPending caseId={repair.caseId} /> <HoldMark caseId={repair.caseId} />
          </>
        }
        facts={[
          promised ? (
            <strong key="owner">{t('repairs:one.owner', { name: promised.ownerName })}</strong>
          ) : null,
          promised ? (
            <span key="due" className={promised.overdue ? 'tone-risk' : ''}>
              {promised.text} <BusinessDate date={promised.dueOn} distance="left" />
            </span>
          ) : (
            t('repairs:one.noPromise')
          ),
          <span key="by">
            {t('repairs:one.by', { name: repair.recordedBy })} <Moment at={repair.recordedAt} />
          </span>,
        ]}
        aside={
          repair.due > 0 ? (
            <div className="repair-total">
              <span>{t('repairs:one.due')}</span>
              <Money amount={repair.due} currency={repair.currency} size="large" />
            </div>
          ) : null
        }
      />
      {isFresh ? <TellCustomer repair={repair} handedBack={isHandedBack} /> : null}
      {repair.items.length > 1 ? (
        <div className="repair-tabs" role="group" aria-label={t('repairs:one.items')}>
          {repair.items.map((each, index) => (
            <span
              key={each.id}
              className={each.id === item.id ? 'repair-tab repair-tab-current' : 'repair-tab'}
            >
              <button type="button" aria-pressed={each.id === item.id} onClick={() => setAt(index)}>
                <span className="repair-tab-name">
                  {each.position} {each.name}
                </span>
                <Axes item={each} />
              </button>
            </span>
          ))}
          <KeyCap keys="Alt+T" />
        </div>
      ) : null}
      <div className="repair-head">
        <p className="repair-goods">
          <strong>{item.name}</strong> <Axes item={item} />{' '}
          {item.basis ? <span className="row-note">{t(`repairs:basis.${item.basis}`)}</span> : null}
          {item.outcome ? (
            <>
              {' '}
              <Tag>{t(`repairs:outcome.${item.outcome}`)}</Tag>{' '}
              <span className="row-note">{item.outcomeNote}</span>
            </>
          ) : null}
        </p>
        <StateSteps item={item} />
      </div>
      <div className="repair-page-columns">
        <div>
          <ItemView key={item.id} item={item} currency={repair.currency} />
          <Panel title={t('repairs:one.timeline')}>
            <CaseTimeline events={repair.events} />
          </Panel>
        </div>
        <div>
          <TodoPanel repair={repair} />
          {others.length > 0 ? (
            <Panel title={t('repairs:one.more')}>
              <div className="repair-more">
                {others.map((step) => (
                  <Button
                    key={step.dialog}
                    danger={step.danger ?? false}
                    aria-keyshortcuts={step.keys}
                    onClick={() => open(step.dialog)}
                  >
                    {t(`repairs:act.${step.dialog}`)} <KeyCap keys={step.keys} />
                  </Button>
                ))}
              </div>
            </Panel>
          ) : null}
          <About repair={repair} receiptId={receiptId} item={item} />
          <AttachmentsPanel
            subject={{ type: 'repair', id: repair.id }}
            label={item.name}
            readOnly={repair.state === 'closed'}
          />
        </div>
      </div>
      <Dialogs
        key={`${item.id}-${dialog}`}
        dialog={dialog}
        repair={repair}
        item={item}
        scanned={scanned ?? ''}
        close={close}
        onHandedBack={() => {
          setHandedBack(true)
          if (!may('papers.print')) return
          // The goods are gone, whatever the printer does: F9 prints it again.
          printPapers([paperOf('record', repair.id, readFormat('record'))]).catch(
            (error: unknown) => void message.error(describeTrouble(error, t)),
          )
        }}
      />
    </Page>
  )
}

interface DialogsProps {
  dialog: Dialog | null
  repair: Repair
  item: Item
  scanned: string
  close: () => void
  onHandedBack: () => void
}

function Dialogs({ dialog, repair, item, scanned, close, onHandedBack }: DialogsProps) {
  const sale = useQuery(
    api.sales.open.queryOptions({
      input: { receiptId: item.receiptId ?? 0 },
      enabled: dialog === 'decide' && item.receiptId !== null,
    }),
  )
  const loan = repair.loans.find(({ backAt }) => backAt === null)
  const customer = repair.contact.name
  switch (dialog) {
    case null:
      return null
    case 'decide':
      return (
        <DecideDialog
          item={item}
          soldOn={sale.data?.businessDate ?? repair.businessDate}
          close={close}
        />
      )
    case 'quote':
      return <QuoteDialog item={item} customer={customer} close={close} />
    case 'answer':
      return <AnswerDialog item={item} customer={customer} close={close} />
    case 'send':
      return <SendDialog item={item} close={close} />
    case 'bringBack':
      return <BackDialog item={item} close={close} />
    case 'startWait':
      return <StartWaitDialog item={item} close={close} />
    case 'endWait':
      return <EndWaitDialog item={item} close={close} />
    case 'work':
      return <WorkDialog item={item} close={close} />
    case 'finish':
      return <FinishDialog item={item} close={close} />
    case 'check':
      return <CheckDialog item={item} close={close} />
    case 'giveUp':
      return <GiveUpDialog item={item} close={close} />
    case 'reopen':
      return <ReopenDialog item={item} close={close} />
    case 'receive':
      return <ReceiveDialog item={item} close={close} />
    case 'cancel':
      return <CancelDialog item={item} close={close} />
    case 'delay':
      return <DelayDialog item={item} close={close} />
    case 'toExchange':
      return <LeadDialog item={item} remedy="exchange" close={close} />
    case 'toRefund':
      return <LeadDialog item={item} remedy="refund" close={close} />
    case 'handBack':
      return (
        <HandBackDialog repair={repair} scanned={scanned} close={close} onDone={onHandedBack} />
      )
    case 'print':
      return (
        <PapersDialog
          repair={repair}
          first={repair.state === 'closed' ? 'record' : 'sheet'}
          onClose={close}
        />
      )
    case 'promise':
      return <PromiseDialog repair={repair} close={close} />
    case 'remind':
      return <RemindDialog repair={repair} close={close} />
    case 'lend':
      return <LendDialog repair={repair} close={close} />
    case 'renewCode':
      return <RenewDialog repair={repair} close={close} />
    case 'takeLoan':
      return loan ? <TakeLoanDialog loan={loan} version={repair.version} close={close} /> : null
  }
}

/** What is missing to close: a list to work off, not an error after the click. */
function TodoPanel({ repair }: { repair: Repair }) {
  const { t, i18n } = useTranslation()
  const todos = todosOf(repair, (amount) => formatMoney(amount, repair.currency, i18n.language))
  return (
    <Panel title={t('repairs:todo.title')}>
      {todos.length === 0 ? (
        <Tag tone="good">{t(`repairs:todo.${repair.state === 'closed' ? 'closed' : 'none'}`)}</Tag>
      ) : (
        <ul className="repair-todo">
          {todos.map((todo, index) => (
            // The same thing can be missing of two items of one name.
            <li key={index}>
              <span aria-hidden="true">□</span> {t(`repairs:todo.${todo.what}`, todo.params)}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

interface AboutProps {
  repair: Repair
  receiptId: number | null
  item: Item
}

/** Who brought it and who got it back, loan units, storage, reminders, and the sale behind it. */
function About({ repair, receiptId, item }: AboutProps) {
  const { t, i18n } = useTranslation()
  const { contact, storage } = repair
  return (
    <Panel title={t('repairs:one.about')}>
      <dl className="facts-list">
        <dt>{t('repairs:one.about')}</dt>
        <dd>
          {contact.name || contact.phoneMasked ? contact.name : t('repairs:one.anonymous')}{' '}
          {contact.phoneMasked ? (
            <MaskedPhone
              masked={contact.phoneMasked}
              reveal={(reason) => desk.repairs.revealPhone({ repairId: repair.id, reason })}
            />
          ) : null}
        </dd>
        <dt>{t('complaints:one.receipt')}</dt>
        <dd>
          {receiptId === null ? (
            item.proofSetId === null ? (
              t('repairs:one.elsewhere')
            ) : (
              <Link to={paths.proofs(item.proofSetId)}>{t('repairs:intake.proven')}</Link>
            )
          ) : (
            <Link to={paths.sale(receiptId)}>{item.receiptNo ?? t('repairs:one.toSale')}</Link>
          )}
          {item.cardId === null ? null : (
            <>
              {' · '}
              <Link to={paths.card(item.cardId)}>{t('repairs:one.card')}</Link>
            </>
          )}
        </dd>
        {repair.note ? (
          <>
            <dt>{t('repairs:intake.note')}</dt>
            <dd>{repair.note}</dd>
          </>
        ) : null}
        {repair.loans.length > 0 ? (
          <>
            <dt>{t('repairs:one.loans')}</dt>
            <dd>
              {repair.loans.map((loan) => (
                <p key={loan.id}>
                  {loan.code} {loan.name}{' '}
                  <Tag tone={loan.backAt ? 'good' : 'soon'}>
                    {t(`repairs:one.${loan.backAt ? 'loanBack' : 'loanOut'}`)}
                  </Tag>
                </p>
              ))}
            </dd>
          </>
        ) : null}
        {storage.from ? (
          <>
            <dt>{t('repairs:one.storage')}</dt>
            <dd>
              {t('repairs:one.storageFrom', { days: storage.days })}{' '}
              <BusinessDate date={storage.from} distance="left" />
              {storage.fee > 0 ? (
                <p className="tone-soon">
                  {t('repairs:one.storageFee', {
                    fee: formatMoney(storage.fee, repair.currency, i18n.language),
                  })}
                </p>
              ) : null}
            </dd>
          </>
        ) : null}
        {repair.reminders.length > 0 ? (
          <>
            <dt>{t('repairs:one.reminders')}</dt>
            <dd>
              {repair.reminders.map((each) => (
                <p key={each.at}>
                  <Moment at={each.at} /> · {t(`repairs:remindHow.${each.how}`)} {each.note}
                </p>
              ))}
            </dd>
          </>
        ) : null}
        {repair.handBacks.map((each) => (
          <HandBackFacts key={each.id} handBack={each} />
        ))}
      </dl>
    </Panel>
  )
}

function HandBackFacts({ handBack }: { handBack: Repair['handBacks'][number] }) {
  const { t } = useTranslation()
  return (
    <>
      <dt>{t('repairs:one.handBacks')}</dt>
      <dd>
        {t('repairs:one.handedTo', {
          name: handBack.name,
          whom: t(`repairs:taker.${handBack.whom}`),
        })}
        <p className="row-note">
          <Moment at={handBack.at} /> ·{' '}
          {handBack.proof === 'code'
            ? t('repairs:one.proofCode')
            : t('repairs:one.proofManager', { name: handBack.approvedBy ?? handBack.by })}{' '}
          · {t(`repairs:one.${handBack.signedOnPaper ? 'signedOnPaper' : 'signed'}`)}
        </p>
      </dd>
    </>
  )
}
