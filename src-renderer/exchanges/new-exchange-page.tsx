import { SwapOutlined } from '@ant-design/icons'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Checkbox, Input } from 'antd'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useSearchParams } from 'react-router'

import { api, desk } from '../app/client.ts'
import { paths, readAbout } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { useScanner } from '../input/use-scanner.tsx'
import { ActionBar } from '../ui/action-bar.tsx'
import { ApproverBox } from '../ui/approver-box.tsx'
import { BusinessDate } from '../ui/business-date.tsx'
import { Field } from '../ui/field.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { dueInstant } from '../ui/promise-form.ts'
import { ReasonTiles } from '../ui/reason-tiles.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { ReturnExtrasPanel } from '../ui/return-extras.tsx'
import {
  chosenLines,
  followTold,
  noExtras,
  reasonOf,
  startUnits,
  unitsLeft,
} from '../ui/return-form.ts'
import type { Reason, Sale } from '../ui/return-form.ts'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { useStore } from '../ui/store-context.ts'
import { StrayScanAlert, useStrayScan } from '../ui/stray-scan.tsx'
import { TillReturns, useSeenReturns } from '../ui/till-returns.tsx'
import { useApproval } from '../ui/use-approval.ts'
import { useCommand } from '../ui/use-command.ts'
import { useDraft } from '../ui/use-draft.ts'
import { useNow } from '../ui/use-now.ts'
import { useSubject } from '../ui/use-subject.ts'
import { useTold } from '../ui/use-told.ts'
import { BackPane } from './back-pane.tsx'
import {
  addGoods,
  addTyped,
  askOf,
  isSerialOf,
  lineOfScan,
  missingOf,
  recordOf,
  usualCollect,
  wantedLines,
} from './exchange-form.ts'
import type { ExchangeChange, ExchangeValues, Goods, Quote } from './exchange-form.ts'
import { ExchangeSum } from './exchange-sum.tsx'
import { GivePane } from './give-pane.tsx'
import { OrderPanel } from './order-panel.tsx'
import { ScanTrouble } from './scan-trouble.ts'
import './exchanges.css'

/** F6: what comes back on the left, what goes out on the right, the difference between them in large figures. */
export default function NewExchangePage() {
  const { t } = useTranslation()
  const [query] = useSearchParams()
  const about = useMemo(() => readAbout(query), [query])
  const receiptId = about.receiptId ?? 0
  const sale = useQuery(
    api.sales.open.queryOptions({ input: { receiptId }, enabled: receiptId > 0 }),
  )
  useSubject(about)
  if (sale.data) {
    return (
      <ExchangeForm
        key={sale.data.id}
        sale={sale.data}
        lineIds={about.lineIds ?? []}
        reason={reasonOf(query.get('reason'))}
        rightsId={Number(query.get('rights')) || null}
        caseId={about.caseId ?? null}
      />
    )
  }
  return (
    <Page title={t('exchanges:record.title')}>
      <PageHeader title={t('exchanges:record.title')} />
      <RefusalAlert error={sale.error} retry={sale.refetch} />
      {receiptId === 0 ? (
        <EmptyState
          icon={<SwapOutlined />}
          title={t('exchanges:record.noSale')}
          hint={t('exchanges:record.noSaleHint')}
        />
      ) : sale.error ? null : (
        <LoadingState />
      )}
    </Page>
  )
}

interface FormProps {
  sale: Sale
  lineIds: readonly number[]
  /** What the rights screen has settled already: why, and the decision as it was written down. */
  reason: Reason | null
  rightsId: number | null
  /** The case it joins. */
  caseId: number | null
}

/** Form state that starts with what the sale screen has chosen and is kept over Esc, lock and reload. */
function useExchangeDraft({ sale, lineIds, reason, rightsId }: FormProps) {
  const [initial] = useState<ExchangeValues>(() => ({
    askedLines: lineIds.join(','),
    units: startUnits(sale, lineIds),
    condition: {},
    packaging: {},
    reason,
    note: '',
    extras: noExtras,
    otherWays: {},
    otherReason: '',
    serials: {},
    given: [],
    collect: usualCollect(sale),
    voucherCode: '',
    goodsReceived: true,
    order: null,
  }))
  const [kept, keep, clear] = useDraft<ExchangeValues>(`exchange-for-sale-${sale.id}`, initial)
  const [left] = useState(() => new Map(sale.lines.map((line) => [line.id, unitsLeft(line)])))
  const told = useTold(sale, reason, rightsId)
  const follow = (before: ExchangeValues): ExchangeValues => {
    const now = followTold(before, told)
    return now.askedLines === initial.askedLines
      ? { ...now, units: withinLeft(now.units, left) }
      : { ...now, askedLines: initial.askedLines, units: initial.units }
  }
  const change = (part: ExchangeChange) =>
    keep((before) => {
      const now = follow(before)
      return { ...now, ...(typeof part === 'function' ? part(now) : part) }
    })
  return { values: follow(kept), change, clear }
}

/** A draft asks for no more than there was when the form was opened; what goes meanwhile is the desk's to tell. */
function withinLeft(
  units: ExchangeValues['units'],
  left: ReadonlyMap<number, number>,
): ExchangeValues['units'] {
  return Object.fromEntries(
    Object.entries(units).map(([id, count]) => [id, Math.min(count, left.get(Number(id)) ?? 0)]),
  )
}

/** Which of the two panes scans and arrows speak to. */
type Side = 'back' | 'give'

function ExchangeForm(props: FormProps) {
  const { sale, rightsId, caseId } = props
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { timeZone } = useStore()
  const { operator } = useSession()
  const now = useNow()
  const { values, change, clear } = useExchangeDraft(props)

  const free = sale.lines.filter((line) => unitsLeft(line) > 0)
  const chosen = chosenLines(sale, values)
  const wanted = wantedLines(sale, values)
  const unitsOf = (lineId: number) => chosen.find((each) => each.saleLineId === lineId)?.units ?? 0
  const [side, setSide] = useState<Side>(chosen.length > 0 ? 'give' : 'back')
  const [currentId, setCurrent] = useState(chosen[0]?.saleLineId ?? free[0]?.id ?? 0)
  const replaces = chosen[0]?.saleLineId ?? null
  const setUnits = (lineId: number, units: number) => {
    const line = free.find((each) => each.id === lineId)
    if (!line) return
    change((before) => ({
      units: { ...before.units, [lineId]: Math.min(Math.max(0, units), unitsLeft(line)) },
    }))
  }
  const takeBack = (lineId: number, units: number) => {
    setCurrent(lineId)
    setUnits(lineId, units)
    if (units > 0) setSide('give')
  }

  const [scanError, setScanError] = useState<unknown>(null)
  const keys = useRef(0)
  const nextKey = () => `${now.getTime()}-${(keys.current += 1)}`
  const give = (goods: Goods) => {
    setScanError(null)
    setSide('give')
    change((before) => ({ given: addGoods(before.given, goods, nextKey()) }))
  }
  const giveTyped = (name: string) =>
    change((before) => ({ given: addTyped(before.given, name, nextKey()) }))
  /** A code that is no goods is the serial number of the last line that still lacks one. */
  const giveCode = async (code: string) => {
    const isOld = free.some((line) => unitsOf(line.id) > 0 && isSerialOf(line, code))
    if (isOld) return setScanError(new ScanTrouble('isOld', code))
    const found = await desk.exchanges.goods({ text: code, replaces }).catch(setScanError)
    if (!found) return undefined
    if (found.exact) return give(found.exact)
    const waiting = values.given.find((line) => line.serialTracked && line.serialNo === '')
    if (!waiting) return setScanError(new ScanTrouble('unknown', code))
    setScanError(null)
    change((before) => ({
      given: before.given.map((line) =>
        line.key === waiting.key ? { ...line, serialNo: code } : line,
      ),
    }))
    return undefined
  }

  const ask = { ...askOf(sale, values, rightsId, t('refunds:extras.earnedName')), caseId }
  const preview = useQuery(
    api.exchanges.preview.queryOptions({
      input: ask,
      placeholderData: keepPreviousData,
      staleTime: 0,
      enabled: wanted.length > 0,
    }),
  )
  // What is known of the sale stays on screen while a choice is refused.
  const [known, setKnown] = useState<Quote>()
  if (preview.data && preview.data !== known) setKnown(preview.data)
  const quote = preview.error || chosen.length === 0 ? undefined : preview.data
  const settled = quote !== undefined && !preview.isPlaceholderData && !preview.isFetching
  const tillReturns = useSeenReturns(known?.tillReturns)
  const { order } = values
  const dueAt = order && dueInstant(order.due, order.dueLocal, now, timeZone)
  const missing = missingOf(sale, values, dueAt)
  const authority = missing === null && settled ? quote.approval : null
  const approval = useApproval(authority)

  const record = useCommand(desk.exchanges.record, {
    draftKey: `exchange-for-sale-${sale.id}`,
    onDone: ({ id }) => {
      clear()
      void navigate(paths.exchange(id, { done: true }), { replace: true })
    },
  })
  const send = () => {
    if (!quote || missing !== null) return
    const { difference } = quote
    const input = recordOf(values, ask, {
      difference,
      dueAt,
      approvalId: approval.approvalId,
      tillReturns: tillReturns.seen,
    })
    if (input) record.mutate(input)
  }
  const unless =
    missing !== null
      ? t(`exchanges:record.missing.${missing}`)
      : preview.error
        ? t('exchanges:record.refused')
        : !tillReturns.checked
          ? t('refunds:tillReturns.first')
          : authority?.needed && approval.phase !== 'granted'
            ? t('refunds:record.approvalFirst')
            : undefined
  // Pressed while the last key is still being counted: done as soon as it is, at the figure that was on screen then.
  const pressedAt = useRef<number | null>(null)
  const commit = () => {
    if (settled) send()
    else pressedAt.current = quote?.difference ?? null
  }
  useEffect(() => {
    if (pressedAt.current === null || !settled) return
    const isAsSeen = quote.difference === pressedAt.current
    pressedAt.current = null
    if (isAsSeen && unless === undefined) send()
  })

  const stray = useStrayScan()
  useScanner((code) => {
    const line = lineOfScan(free, code)
    stray.forget()
    if (line && (side === 'back' || chosen.length === 0)) {
      takeBack(line.id, unitsOf(line.id) + 1)
      if (isSerialOf(line, code)) {
        change((before) => ({ serials: { ...before.serials, [line.id]: code } }))
      }
      return true
    }
    if (chosen.length === 0) stray.check(code)
    else void giveCode(code)
    return true
  })
  useHotkeys([
    {
      keys: '→',
      label: t('exchanges:keys.give'),
      run: () => setSide('give'),
      when: chosen.length > 0 && side === 'back',
    },
    {
      keys: '←',
      label: t('exchanges:keys.back'),
      run: () => setSide('back'),
      when: side === 'give',
    },
    {
      keys: 'Alt+O',
      label: t('exchanges:order.title'),
      when: chosen.length > 0,
      run: () =>
        change((before) => ({
          order: before.order
            ? null
            : {
                ownerId: operator.id,
                promiseText: t('exchanges:order.usual'),
                due: 'pick',
                dueLocal: null,
                supplier: '',
                here: [],
              },
        })),
    },
  ])

  return (
    <Page
      title={t('exchanges:record.title')}
      back={paths.sale(sale.id)}
      footer={
        <ActionBar
          actions={[
            {
              keys: 'Ctrl+Enter',
              label: t(order ? 'exchanges:record.commitOrder' : 'exchanges:record.commit'),
              icon: <SwapOutlined />,
              primary: true,
              busy: record.isPending,
              unless: unless ?? (quote ? undefined : t('exchanges:record.counting')),
              run: commit,
            },
          ]}
        >
          {unless ?? t('exchanges:record.ready')}
        </ActionBar>
      }
    >
      <PageHeader
        title={t('exchanges:record.title')}
        facts={[
          <Link key="sale" to={paths.sale(sale.id)}>
            {t('refunds:ofReceipt', { number: sale.receiptNo })}
          </Link>,
          <BusinessDate key="date" date={sale.businessDate} distance="ago" />,
          sale.customer
            ? [sale.customer.name, sale.customer.phoneMasked].filter(Boolean).join(' ')
            : null,
        ]}
      />
      <RefusalAlert error={record.error ?? preview.error} />
      <StrayScanAlert name={stray.name} room="exchanges" />
      {free.length === 0 ? (
        <EmptyState
          icon={<SwapOutlined />}
          title={t('exchanges:record.allBack')}
          hint={t('exchanges:record.allBackHint')}
        />
      ) : (
        <div className="exchange-columns">
          <div>
            <div className="exchange-panes">
              <BackPane
                sale={sale}
                values={values}
                quote={quote}
                active={side === 'back'}
                current={currentId}
                unitsOf={unitsOf}
                onCurrent={setCurrent}
                onUnits={setUnits}
                onDone={() => setSide('give')}
                onChange={change}
              />
              <GivePane
                values={values}
                quote={quote}
                replaces={replaces}
                active={side === 'give'}
                error={scanError}
                onActive={() => setSide('give')}
                onGive={give}
                onTyped={giveTyped}
                onChange={change}
              />
            </div>
            <Panel className="exchange-why">
              <ReasonTiles
                title={t('exchanges:reason')}
                value={values.reason}
                onChoose={(reason) => change({ reason })}
              />
              <div className="exchange-note">
                <Field label={t('refunds:note.label')}>
                  {(id) => (
                    <Input
                      id={id}
                      value={values.note}
                      maxLength={1000}
                      autoComplete="off"
                      placeholder={t('refunds:note.example')}
                      onChange={(event) => change({ note: event.target.value })}
                    />
                  )}
                </Field>
                <Checkbox
                  checked={!values.goodsReceived}
                  onChange={(event) => change({ goodsReceived: !event.target.checked })}
                >
                  {t('exchanges:notReceived')}
                </Checkbox>
              </div>
            </Panel>
            <TillReturns of={tillReturns} currency={sale.currency} />
            <ApproverBox approval={approval} />
            {order ? (
              <OrderPanel
                order={order}
                given={values.given}
                missing={missing === 'order'}
                onChange={(part) =>
                  change((before) => ({ order: before.order && { ...before.order, ...part } }))
                }
                onCancel={() => change({ order: null })}
              />
            ) : null}
            {known ? <ReturnExtrasPanel quote={known} values={values} onChange={change} /> : null}
          </div>
          <ExchangeSum
            quote={values.given.length > 0 ? quote : undefined}
            currency={sale.currency}
            settled={settled}
            values={values}
            onChange={change}
          />
        </div>
      )}
    </Page>
  )
}
