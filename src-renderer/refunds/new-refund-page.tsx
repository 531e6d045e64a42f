import { RollbackOutlined, TagOutlined } from '@ant-design/icons'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useSearchParams } from 'react-router'

import { api, desk } from '../app/client.ts'
import { paths, readAbout } from '../app/paths.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { useScanner } from '../input/use-scanner.tsx'
import { ActionBar } from '../ui/action-bar.tsx'
import { ApproverBox } from '../ui/approver-box.tsx'
import { BusinessDate } from '../ui/business-date.tsx'
import { Field } from '../ui/field.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { ReasonTiles } from '../ui/reason-tiles.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { ReturnExtrasPanel } from '../ui/return-extras.tsx'
import {
  chosenLines,
  conditionOf,
  followTold,
  noExtras,
  packagingOf,
  reasonOf,
  startUnits,
  unitsLeft,
} from '../ui/return-form.ts'
import type { Reason, Sale } from '../ui/return-form.ts'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { Tag } from '../ui/tag.tsx'
import { StrayScanAlert, useStrayScan } from '../ui/stray-scan.tsx'
import { TillReturns, useSeenReturns } from '../ui/till-returns.tsx'
import { useApproval } from '../ui/use-approval.ts'
import { useCommand } from '../ui/use-command.ts'
import { useDraft } from '../ui/use-draft.ts'
import { useSubject } from '../ui/use-subject.ts'
import { useTold } from '../ui/use-told.ts'
import { askOf, missingOf } from './refund-form.ts'
import type { Quote, RefundChange, RefundValues } from './refund-form.ts'
import { RefundLines } from './refund-lines.tsx'
import { RefundSum } from './refund-sum.tsx'
import './refunds.css'

/** F4: which units come back and why; the desk says what that comes to before anything is written. */
export default function NewRefundPage() {
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
      <RefundForm
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
    <Page title={t('refunds:record.title')}>
      <PageHeader title={t('refunds:record.title')} />
      <RefusalAlert error={sale.error} />
      {receiptId === 0 ? (
        <EmptyState
          icon={<RollbackOutlined />}
          title={t('refunds:record.noSale')}
          hint={t('refunds:record.noSaleHint')}
        />
      ) : sale.error ? null : (
        <LoadingState />
      )}
    </Page>
  )
}

interface RefundFormProps {
  sale: Sale
  lineIds: readonly number[]
  /** What the rights screen has settled already: why, and the decision as it was written down. */
  reason: Reason | null
  rightsId: number | null
  /** The case it joins. */
  caseId: number | null
}

function RefundForm({ sale, lineIds, reason, rightsId, caseId }: RefundFormProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const draftKey = `refund-for-sale-${sale.id}`
  const [initial] = useState<RefundValues>(() => ({
    askedLines: lineIds.join(','),
    units: startUnits(sale, lineIds),
    condition: {},
    packaging: {},
    reason,
    note: '',
    extras: noExtras,
    otherWays: {},
    otherReason: '',
  }))
  const [kept, keep, clear] = useDraft<RefundValues>(draftKey, initial)
  const told = useTold(sale, reason, rightsId)
  const follow = (now: RefundValues): RefundValues =>
    followTold(
      now.askedLines === initial.askedLines
        ? now
        : { ...now, askedLines: initial.askedLines, units: initial.units },
      told,
    )
  const values = follow(kept)
  const change = (part: RefundChange) =>
    keep((before) => {
      const now = follow(before)
      return { ...now, ...(typeof part === 'function' ? part(now) : part) }
    })

  const free = sale.lines.filter((line) => unitsLeft(line) > 0)
  const chosen = chosenLines(sale, values)
  const [currentId, setCurrent] = useState(chosen[0]?.saleLineId ?? free[0]?.id ?? 0)
  const setUnits = (lineId: number, units: number) => {
    const line = free.find((each) => each.id === lineId)
    if (!line) return
    change((now) => ({
      units: { ...now.units, [lineId]: Math.min(Math.max(0, units), unitsLeft(line)) },
    }))
  }
  const unitsOf = (lineId: number) => chosen.find((each) => each.saleLineId === lineId)?.units ?? 0
  const step = (by: number) => setUnits(currentId, unitsOf(currentId) + by)
  const move = (by: number) => {
    const index = free.findIndex((line) => line.id === currentId)
    const next = free[Math.min(Math.max(0, index + by), free.length - 1)]
    if (next) setCurrent(next.id)
  }

  const ask = { ...askOf(sale, values, t('refunds:extras.earnedName')), rightsId, caseId }
  const preview = useQuery(
    api.refunds.preview.queryOptions({
      input: ask,
      placeholderData: keepPreviousData,
      staleTime: 0,
    }),
  )
  // What is known of the sale stays on screen while a choice is refused.
  const [known, setKnown] = useState<Quote>()
  if (preview.data && preview.data !== known) setKnown(preview.data)
  const quote = preview.error ? undefined : preview.data
  const settled = quote !== undefined && !preview.isPlaceholderData && !preview.isFetching
  const missing = missingOf(values, ask)
  const tillReturns = useSeenReturns(known?.tillReturns)
  const isOfChoice = missing === null && !preview.isPlaceholderData
  const authority = isOfChoice && quote ? quote.approval : null
  const approval = useApproval(authority)

  const record = useCommand(desk.refunds.record, {
    draftKey,
    onDone: ({ id }) => {
      clear()
      void navigate(`${paths.refund(id)}?done=1`, { replace: true })
    },
  })
  const send = () => {
    if (!quote || missing !== null || values.reason === null) return
    record.mutate({
      ...ask,
      reason: values.reason,
      note: values.note,
      expectedAmount: quote.amount,
      lines: (ask.lines ?? []).map((each) => ({
        ...each,
        condition: conditionOf(values, each.saleLineId),
        packagingIntact: packagingOf(values, each.saleLineId),
      })),
      approvalIds: approval.approvalId === null ? [] : [approval.approvalId],
      tillReturnsSeen: tillReturns.seen,
    })
  }
  const unless =
    missing !== null
      ? t(`refunds:record.missing.${missing}`)
      : preview.error
        ? t('refunds:record.refused')
        : !tillReturns.checked
          ? t('refunds:tillReturns.first')
          : authority?.needed && approval.phase !== 'granted'
            ? t('refunds:record.approvalFirst')
            : undefined
  // Pressed while the last key is still being counted: done as soon as it is, at the amount that was on screen then.
  const pressedAt = useRef<number | null>(null)
  const commit = () => {
    if (settled) send()
    else pressedAt.current = quote?.amount ?? null
  }
  useEffect(() => {
    if (pressedAt.current === null || !settled) return
    const isAsSeen = quote.amount === pressedAt.current
    pressedAt.current = null
    if (isAsSeen && unless === undefined) send()
  })

  const stray = useStrayScan()
  useScanner((text) => {
    const wanted = text.toUpperCase()
    const line = free.find((each) =>
      [each.serialNo, each.barcode, each.sku].some(
        (code) => code !== '' && code.toUpperCase() === wanted,
      ),
    )
    if (!line) {
      stray.check(text)
      return true
    }
    stray.forget()
    setCurrent(line.id)
    setUnits(line.id, unitsOf(line.id) + 1)
    return true
  })
  const adjustPrice = () =>
    void navigate(
      paths.priceAdjustment({
        receiptId: sale.id,
        lineIds: chosen.map(({ saleLineId }) => saleLineId),
      }),
    )
  useHotkeys([
    {
      keys: 'Alt+B',
      label: t('refunds:price.insteadGo'),
      run: adjustPrice,
      when: values.reason === 'price',
    },
    { keys: '↓', label: t('refunds:keys.next'), run: () => move(1), when: free.length > 1 },
    { keys: '↑', label: t('refunds:keys.previous'), run: () => move(-1), when: free.length > 1 },
    { keys: '+', label: t('refunds:keys.more'), run: () => step(1) },
    { keys: '=', label: t('refunds:keys.more'), run: () => step(1) },
    { keys: '-', label: t('refunds:keys.less'), run: () => step(-1) },
    {
      keys: 'Space',
      label: t('refunds:keys.toggle'),
      run: () => setUnits(currentId, unitsOf(currentId) > 0 ? 0 : 1),
    },
  ])

  return (
    <Page
      title={t('refunds:record.title')}
      back={paths.sale(sale.id)}
      footer={
        <ActionBar
          actions={[
            {
              keys: 'Ctrl+Enter',
              label: t('refunds:record.commit'),
              icon: <RollbackOutlined />,
              primary: true,
              busy: record.isPending,
              unless: unless ?? (quote ? undefined : t('refunds:record.counting')),
              run: commit,
            },
          ]}
        >
          {unless ?? t('refunds:record.ready')}
        </ActionBar>
      }
    >
      <PageHeader
        title={t('refunds:record.title')}
        mark={
          known?.approval.kinds.includes('risk_flag') ? (
            <Tag tone="risk">{t('refunds:record.risk')}</Tag>
          ) : null
        }
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
      <StrayScanAlert name={stray.name} room="refunds" />
      {free.length === 0 ? (
        <EmptyState
          icon={<RollbackOutlined />}
          title={t('refunds:record.allBack')}
          hint={t('refunds:record.allBackHint')}
        />
      ) : (
        <div className="refund-columns">
          <div>
            <RefundLines
              sale={sale}
              values={values}
              current={currentId}
              unitsOf={unitsOf}
              onCurrent={setCurrent}
              onUnits={setUnits}
              onChange={change}
            />
            <Panel className="refund-reason">
              <ReasonTiles
                title={t('refunds:reason.title')}
                value={values.reason}
                onChoose={(reason) => change({ reason })}
              />
              {values.reason === 'price' ? (
                <p className="refund-price-way">
                  {t('refunds:price.instead')}{' '}
                  <Button size="small" icon={<TagOutlined />} onClick={adjustPrice}>
                    {t('refunds:price.insteadGo')} <KeyCap keys="Alt+B" />
                  </Button>
                </p>
              ) : null}
              <Field label={t('refunds:note.label')}>
                {(id) => (
                  <Input.TextArea
                    id={id}
                    value={values.note}
                    maxLength={1000}
                    autoSize={{ minRows: 1, maxRows: 4 }}
                    placeholder={t('refunds:note.example')}
                    onChange={(event) => change({ note: event.target.value })}
                  />
                )}
              </Field>
            </Panel>
            <TillReturns of={tillReturns} currency={sale.currency} />
            <ApproverBox approval={approval} />
            {known ? <ReturnExtrasPanel quote={known} values={values} onChange={change} /> : null}
          </div>
          <RefundSum
            quote={quote}
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
