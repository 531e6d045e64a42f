import {
  AlertOutlined,
  IdcardOutlined,
  RollbackOutlined,
  StopOutlined,
  SwapOutlined,
  ToolOutlined,
  TagOutlined,
} from '@ant-design/icons'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'

import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { useScanner } from '../input/use-scanner.tsx'
import { ActionBar } from '../ui/action-bar.tsx'
import { BusinessDate, Moment } from '../ui/business-date.tsx'
import { MaskedPhone } from '../ui/masked-phone.tsx'
import { Money } from '../ui/money.tsx'
import { Page, PageHeader } from '../ui/page.tsx'
import { GoodsWarnings } from '../ui/goods-warnings.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { LoadingState } from '../ui/states.tsx'
import { deniedClaims } from '../ui/refuse-dialog.tsx'
import { Tag } from '../ui/tag.tsx'
import { useCommand } from '../ui/use-command.ts'
import { useSubject } from '../ui/use-subject.ts'
import { ProofBanner } from './proof-banner.tsx'
import { answerOf, lineInFocus, linesAsked, nextQuestion } from '../ui/rights.ts'
import { RefuseLine } from './refuse-line.tsx'
import { RightsDetails } from './rights-details.tsx'
import { RightsPanel } from './rights-panel.tsx'
import { RightsQuestion } from '../ui/rights-question.tsx'
import { RightsTrace } from './rights-trace.tsx'
import { canComeBack, lineOfCode } from './sale.ts'
import type { Sale } from './sale.ts'
import { SaleHistory } from './sale-history.tsx'
import { SaleLines } from './sale-lines.tsx'
import { useAnswers } from '../ui/use-answers.ts'
import './sales.css'

function SaleHeader({ sale }: { sale: Sale }) {
  const { t } = useTranslation()
  const facts = [
    <Moment key="sold" at={sale.soldAt} />,
    <strong key="day" className="sale-day">
      {t('sales:daysSince', { count: sale.daysSince })}
    </strong>,
    sale.till ? t('sales:till', { till: sale.till }) : null,
    sale.cashier ? t('sales:cashier', { name: sale.cashier }) : null,
    sale.customer ? (
      <span key="customer">
        <Link to={paths.customer(sale.customer.id)}>
          {sale.customer.name}{' '}
          {sale.customer.phoneMasked ? <MaskedPhone masked={sale.customer.phoneMasked} /> : null}
        </Link>{' '}
        {sale.customer.tier ? <Tag>{sale.customer.tier}</Tag> : null}
      </span>
    ) : null,
    ...sale.tenders.map((tender) => (
      <span key={tender.id}>
        {tender.label || t(`sales:tender.${tender.kind}`)}{' '}
        <Money amount={tender.amount} currency={sale.currency} />
      </span>
    )),
  ]
  return (
    <PageHeader
      title={t('sales:title', { number: sale.receiptNo })}
      mark={sale.kind === 'return' ? <Tag tone="soon">{t('sales:posReturn')}</Tag> : null}
      facts={facts}
      aside={
        <div className="sale-total">
          <span>{t('sales:total')}</span>
          <Money amount={sale.total} currency={sale.currency} size="large" />
        </div>
      }
    />
  )
}

function readLines(query: URLSearchParams): ReadonlySet<number> {
  return new Set((query.get('lines') ?? '').split(',').map(Number).filter(Boolean))
}

/** The chosen lines live in the address: going back to the sale, F8 over it and a reload all keep them. */
function useChosenLines(): {
  chosen: ReadonlySet<number>
  toggle: (lineId: number, on: boolean) => void
} {
  const [query, setQuery] = useSearchParams()
  const chosen = readLines(query)
  // Two quick toggles come before the address has changed once.
  const latest = useRef<ReadonlySet<number>>(chosen)
  useEffect(() => {
    latest.current = readLines(query)
  }, [query])
  const toggle = (lineId: number, on: boolean) => {
    const lines = new Set(latest.current)
    if (on) lines.add(lineId)
    else lines.delete(lineId)
    latest.current = lines
    const next = new URLSearchParams(query)
    if (lines.size > 0) next.set('lines', [...lines].join(','))
    else next.delete('lines')
    setQuery(next, { replace: true })
  }
  return { chosen, toggle }
}

function SaleScreen({ sale }: { sale: Sale }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { may } = useSession()
  const { chosen, toggle } = useChosenLines()
  const lineIds = sale.lines.filter((line) => chosen.has(line.id)).map((line) => line.id)
  const about = {
    receiptId: sale.id,
    lineIds,
    ...(sale.customer ? { customerId: sale.customer.id } : {}),
  }
  useSubject(about)

  useScanner((code) => {
    const line = lineOfCode(sale, code)
    if (!line) return false
    toggle(line.id, true)
    return true
  })

  const [query] = useSearchParams()
  const proofSetId = Number(query.get('proof')) || null
  const { answers, putOff, say, putOffQuestion, undo } = useAnswers(sale.id)
  const rights = useQuery(
    api.rights.ofReceipt.queryOptions({
      input: { receiptId: sale.id, answers, proofSetId },
      placeholderData: keepPreviousData,
    }),
  )
  const [current, setCurrent] = useState<number | null>(null)
  const [tracing, trace] = useState(false)
  const [detailing, tellMore] = useState(false)
  const [refusing, refuseNow] = useState(false)
  const asked = linesAsked(sale, chosen, rights.data)
  const inFocus = lineInFocus(sale, current, asked)
  const lineRights = rights.data?.lines.find((each) => each.saleLineId === inFocus?.id)
  const verdict = lineRights?.verdict
  // A no needs a reason: while nobody has said why the customer is here, there is nothing to deny.
  const reason = inFocus && answerOf(answers, inFocus.id).reason
  const denied = verdict && reason ? deniedClaims(verdict, reason) : []
  const open = rights.data ? nextQuestion(rights.data, asked, answers, putOff) : null
  useHotkeys([
    {
      keys: 'F1',
      label: t('sales:rights.why'),
      when: verdict !== undefined && verdict !== null,
      run: () => trace(true),
    },
    {
      keys: 'Alt+M',
      label: t('sales:rights.details.open'),
      when: verdict !== undefined && verdict !== null,
      run: () => tellMore(true),
    },
    {
      keys: 'Ctrl+Z',
      label: t('sales:rights.undo'),
      when: undo !== undefined,
      run: () => undo?.(),
    },
  ])

  // The decision is written down as the clerk sees it; the form carries it, so that it can be proven later.
  const form = useRef<typeof paths.newRefund>(paths.newRefund)
  const freeze = useCommand(desk.rights.freeze, {
    onDone: ({ id }, { answers: said }) => {
      const reason =
        said.all?.reason ?? said.lines?.find((each) => each.answer.reason)?.answer.reason
      void navigate(form.current(about, { rights: id, ...(reason ? { reason } : {}) }))
    },
  })
  const openForm = (path: typeof paths.newRefund) => {
    form.current = path
    const lines = (rights.data?.lines ?? [])
      .filter((each) => asked.includes(each.saleLineId) && each.units > 0)
      .map(({ saleLineId, units }) => ({ saleLineId, units }))
    // Without a reason there is no decision to write down yet: the form asks for it.
    const decided = lines.every(({ saleLineId }) => answerOf(answers, saleLineId).reason)
    if (lines.length === 0 || !decided) void navigate(path(about))
    else freeze.mutate({ receiptId: sale.id, lines, answers, proofSetId })
  }

  const goods = sale.lines.filter((line) => lineIds.length === 0 || chosen.has(line.id))
  const notASale =
    sale.kind === 'return'
      ? t('sales:unless.posReturn')
      : sale.standsFor
        ? t('sales:unless.mirrored')
        : undefined
  const noRefund = may('refunds.record')
    ? goods.some(canComeBack)
      ? notASale
      : t('sales:unless.allBack')
    : t('sales:unless.role')
  const noRepair = may('repairs.record')
    ? goods.some(canComeBack)
      ? notASale
      : t('sales:unless.notRepairable')
    : t('sales:unless.role')
  const noExchange = may('exchanges.record')
    ? goods.some(canComeBack)
      ? notASale
      : t('sales:unless.allBack')
    : t('sales:unless.role')
  const noCard = may('cards.issue')
    ? goods.some((line) => line.kind === 'goods')
      ? notASale
      : t('sales:unless.noGoods')
    : t('sales:unless.role')

  return (
    <Page
      title={t('sales:title', { number: sale.receiptNo })}
      footer={
        <ActionBar
          actions={[
            {
              keys: 'F4',
              label: t('sales:action.refund'),
              icon: <RollbackOutlined />,
              primary: true,
              busy: freeze.isPending,
              unless: noRefund,
              run: () => openForm(paths.newRefund),
            },
            {
              keys: 'F6',
              label: t('sales:action.exchange'),
              icon: <SwapOutlined />,
              unless: noExchange,
              run: () => openForm(paths.newExchange),
            },
            {
              keys: 'F7',
              label: t('sales:action.repair'),
              icon: <ToolOutlined />,
              unless: noRepair,
              // What was answered here is kept: the form goes on asking from there.
              run: () => void navigate(paths.newRepair(about)),
            },
            {
              keys: 'Alt+B',
              label: t('sales:action.price'),
              icon: <TagOutlined />,
              unless: noRefund,
              run: () => void navigate(paths.priceAdjustment(about)),
            },
            {
              keys: 'F3',
              label: t('sales:action.card'),
              icon: <IdcardOutlined />,
              unless: noCard,
              run: () => void navigate(paths.newCard(about)),
            },
            {
              keys: 'F8',
              label: t('sales:action.complaint'),
              icon: <AlertOutlined />,
              unless: may('complaints.record') ? undefined : t('sales:unless.role'),
              run: () => void navigate(paths.newComplaint(about)),
            },
            ...(denied.length > 0 && may('refunds.record')
              ? [
                  {
                    keys: 'Alt+J',
                    label: t('sales:action.refuse'),
                    icon: <StopOutlined />,
                    run: () => refuseNow(true),
                  },
                ]
              : []),
          ]}
        >
          {lineIds.length > 0
            ? t('sales:chosen', { count: lineIds.length })
            : t('sales:chooseHint')}
        </ActionBar>
      }
    >
      <SaleHeader sale={sale} />
      {sale.standsFor ? (
        <Alert
          className="sale-stands-for"
          type="warning"
          showIcon
          title={t('sales:standsFor', { number: sale.standsFor.number })}
        />
      ) : null}
      {sale.original ? (
        <p className="sale-original">
          {t('sales:originalSale')}{' '}
          <Link to={paths.sale(sale.original.id)}>{sale.original.receiptNo}</Link>{' '}
          <BusinessDate date={sale.original.businessDate} distance="ago" />
        </p>
      ) : null}
      {proofSetId === null ? null : <ProofBanner proofSetId={proofSetId} />}
      <SaleHistory sale={sale} />
      <GoodsWarnings receiptId={sale.id} />
      <RefusalAlert error={rights.error ?? freeze.error} />
      <SaleLines
        sale={sale}
        rights={rights.data}
        chosen={chosen}
        toggle={toggle}
        onCurrent={setCurrent}
      />
      {rights.data && inFocus && verdict ? (
        <RightsPanel
          line={inFocus}
          verdict={verdict}
          answer={answerOf(answers, inFocus.id)}
          rights={rights.data}
          settled={!rights.isPlaceholderData && !rights.isFetching}
          onWhy={() => trace(true)}
          onDetails={() => tellMore(true)}
          onUndo={undo}
        >
          {open ? (
            <RightsQuestion
              open={open}
              soldOn={sale.businessDate}
              onAnswer={(answer) => say(answer, lineIds)}
              onPutOff={putOffQuestion}
            />
          ) : null}
        </RightsPanel>
      ) : null}
      {refusing && inFocus && lineRights && denied.length > 0 ? (
        <RefuseLine
          sale={sale}
          line={inFocus}
          rights={lineRights}
          claims={denied}
          answers={answers}
          onClose={() => refuseNow(false)}
        />
      ) : null}
      {detailing && inFocus ? (
        <RightsDetails
          name={lineIds.length > 1 ? t('sales:chosen', { count: lineIds.length }) : inFocus.name}
          answer={answerOf(answers, inFocus.id)}
          onAnswer={(answer) => say(answer, lineIds)}
          onClose={() => tellMore(false)}
        />
      ) : null}
      {tracing && inFocus ? (
        <RightsTrace
          receiptId={sale.id}
          line={inFocus}
          answers={answers}
          onClose={() => trace(false)}
        />
      ) : null}
    </Page>
  )
}

/** A sale with everything that hangs on it: lines and what came back, cards, slips, cases. */
export default function SalePage() {
  const { t } = useTranslation()
  const receiptId = Number(useParams()['receiptId'])
  const sale = useQuery(api.sales.open.queryOptions({ input: { receiptId } }))
  if (sale.data) return <SaleScreen key={sale.data.id} sale={sale.data} />
  return (
    <Page title={t('sales:sale')}>
      <RefusalAlert error={sale.error} retry={sale.refetch} />
      {sale.error ? null : <LoadingState />}
    </Page>
  )
}
