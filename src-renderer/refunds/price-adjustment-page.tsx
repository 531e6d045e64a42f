import { TagOutlined } from '@ant-design/icons'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useSearchParams } from 'react-router'

import { api, desk } from '../app/client.ts'
import { paths, readAbout } from '../app/paths.ts'
import { ActionBar } from '../ui/action-bar.tsx'
import { ApproverBox } from '../ui/approver-box.tsx'
import { BusinessDate } from '../ui/business-date.tsx'
import { Field } from '../ui/field.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { askOfExtras, askOfHolder, lacksHolder, noExtras } from '../ui/return-form.ts'
import type { Sale } from '../ui/return-form.ts'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { useApproval } from '../ui/use-approval.ts'
import { useCommand } from '../ui/use-command.ts'
import { useDraft } from '../ui/use-draft.ts'
import { useSubject } from '../ui/use-subject.ts'
import { type AdjustedLine, allowancesOf, priceAskOf, type PriceValues } from './price-form.ts'
import { PriceLines } from './price-lines.tsx'
import type { RefundChange, RefundValues } from './refund-form.ts'
import { RefundSum } from './refund-sum.tsx'
import './refunds.css'

/** 买贵退差: the price fell since the sale, the goods stay, the difference is paid as far as the rules grant it. */
export default function PriceAdjustmentPage() {
  const { t } = useTranslation()
  const [query] = useSearchParams()
  const about = useMemo(() => readAbout(query), [query])
  const receiptId = about.receiptId ?? 0
  const sale = useQuery(
    api.sales.open.queryOptions({ input: { receiptId }, enabled: receiptId > 0 }),
  )
  useSubject(about)
  if (sale.data) {
    return <PriceForm key={sale.data.id} sale={sale.data} lineIds={about.lineIds ?? []} />
  }
  const title = t('refunds:price.title')
  return (
    <Page title={title}>
      <PageHeader title={title} />
      <RefusalAlert error={sale.error} />
      {receiptId === 0 ? (
        <EmptyState
          icon={<TagOutlined />}
          title={t('refunds:record.noSale')}
          hint={t('refunds:record.noSaleHint')}
        />
      ) : sale.error ? null : (
        <LoadingState />
      )}
    </Page>
  )
}

const nothingTyped: RefundValues = {
  askedLines: '',
  units: {},
  condition: {},
  packaging: {},
  reason: 'price',
  note: '',
  extras: noExtras,
  otherWays: {},
  otherReason: '',
}

function PriceForm({ sale, lineIds }: { sale: Sale; lineIds: readonly number[] }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const draftKey = `price-of-sale-${sale.id}`
  const [initial] = useState<PriceValues>(() => ({ payment: nothingTyped, lines: {} }))
  const [values, keep, clear] = useDraft<PriceValues>(draftKey, initial)
  const { payment } = values
  const change = (part: RefundChange) =>
    keep((now) => ({
      ...now,
      payment: { ...now.payment, ...(typeof part === 'function' ? part(now.payment) : part) },
    }))
  const changeLine = (saleLineId: number, part: Partial<AdjustedLine>) =>
    keep((now) => ({
      ...now,
      lines: { ...now.lines, [saleLineId]: { ...now.lines[saleLineId], ...part } },
    }))
  const draft = useQuery(
    api.refunds.priceDraft.queryOptions({
      input: priceAskOf(sale.id, values),
      placeholderData: keepPreviousData,
      staleTime: 0,
    }),
  )
  const isDrafted = draft.data !== undefined && !draft.isPlaceholderData && !draft.isFetching
  const allowances = allowancesOf(draft.data?.lines ?? [], values, lineIds)
  const ask = {
    receiptId: sale.id,
    reason: 'price' as const,
    allowances,
    otherTenders: askOfExtras(sale, payment, '').otherTenders ?? [],
    ...askOfHolder(payment),
  }
  const preview = useQuery(
    api.refunds.preview.queryOptions({
      input: ask,
      enabled: isDrafted,
      placeholderData: keepPreviousData,
      staleTime: 0,
    }),
  )
  const quote = preview.error ? undefined : preview.data
  const settled =
    isDrafted && quote !== undefined && !preview.isPlaceholderData && !preview.isFetching
  const missing =
    allowances.length === 0
      ? t('refunds:price.nothing')
      : ask.otherTenders.length > 0 && payment.otherReason.trim() === ''
        ? t('refunds:record.missing.form')
        : lacksHolder(payment)
          ? t('refunds:record.missing.holder')
          : undefined
  const authority = settled && missing === undefined ? quote.approval : null
  const approval = useApproval(authority)
  const record = useCommand(desk.refunds.record, {
    draftKey,
    onDone: ({ id }) => {
      clear()
      void navigate(`${paths.refund(id)}?done=1`, { replace: true })
    },
  })
  const unless =
    missing ??
    (preview.error
      ? t('refunds:record.refused')
      : authority?.needed && approval.phase !== 'granted'
        ? t('refunds:record.approvalFirst')
        : undefined)
  const commit = () => {
    if (!settled || unless !== undefined) return
    record.mutate({
      ...ask,
      note: payment.note,
      expectedAmount: quote.amount,
      approvalIds: approval.approvalId === null ? [] : [approval.approvalId],
    })
  }
  const title = t('refunds:price.title')
  return (
    <Page
      title={title}
      back={paths.sale(sale.id)}
      footer={
        <ActionBar
          actions={[
            {
              keys: 'Ctrl+Enter',
              label: t('refunds:price.commit'),
              icon: <TagOutlined />,
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
        title={title}
        facts={[
          <Link key="sale" to={paths.sale(sale.id)}>
            {t('refunds:ofReceipt', { number: sale.receiptNo })}
          </Link>,
          <BusinessDate key="date" date={sale.businessDate} distance="ago" />,
          t('refunds:price.kept'),
        ]}
      />
      <RefusalAlert error={record.error ?? preview.error ?? draft.error} />
      {draft.data?.lines.length === 0 ? (
        <EmptyState
          icon={<TagOutlined />}
          title={t('refunds:record.allBack')}
          hint={t('refunds:record.allBackHint')}
        />
      ) : null}
      {draft.data && draft.data.lines.length > 0 ? (
        <div className="refund-columns">
          <div>
            <PriceLines
              lines={draft.data.lines}
              currency={sale.currency}
              values={values}
              lineIds={lineIds}
              onChange={changeLine}
            />
            <Panel className="refund-reason">
              <Field label={t('refunds:price.note')}>
                {(id) => (
                  <Input
                    id={id}
                    value={payment.note}
                    maxLength={200}
                    placeholder={t('refunds:price.noteExample')}
                    onChange={(event) => change({ note: event.target.value })}
                  />
                )}
              </Field>
            </Panel>
            <ApproverBox approval={approval} />
          </div>
          <RefundSum
            quote={quote}
            currency={sale.currency}
            settled={settled}
            values={payment}
            onChange={change}
          />
        </div>
      ) : draft.error ? null : (
        <LoadingState />
      )}
    </Page>
  )
}
