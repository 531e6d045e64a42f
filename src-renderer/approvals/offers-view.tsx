import { MessageOutlined, PlusOutlined } from '@ant-design/icons'
import { useInfiniteQuery } from '@tanstack/react-query'
import { App, Table } from 'antd'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { pageOfHistory } from '../../src-main/approvals/contract.ts'
import { api } from '../app/client.ts'
import { ActionBar } from '../ui/action-bar.tsx'
import { Moment } from '../ui/business-date.tsx'
import { Money } from '../ui/money.tsx'
import { MoreRows } from '../ui/more-rows.tsx'
import { OfferDialog } from '../ui/offer-dialog.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { Tag } from '../ui/tag.tsx'
import { ApprovalState } from './approval-state.tsx'
import type { Offer } from './approval.ts'

/** What was offered by word of mouth, by whom, and whether they were entitled to. */
export function OffersView({ tools }: { tools: ReactNode }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [adding, add] = useState(false)
  const offers = useInfiniteQuery(
    api.approvals.offers.infiniteOptions({
      input: (before: number | undefined) => ({ before }),
      initialPageParam: undefined,
      getNextPageParam: (last) => (last.length === pageOfHistory ? last.at(-1)?.id : undefined),
    }),
  )
  const rows = offers.data?.pages.flat() ?? []
  const title = t('approvals:title')
  return (
    <Page
      title={title}
      back="/"
      footer={
        <ActionBar
          actions={[
            {
              keys: 'Insert',
              label: t('approvals:offer.add'),
              icon: <PlusOutlined />,
              primary: true,
              run: () => add(true),
            },
          ]}
        >
          {t('approvals:offer.hint')}
        </ActionBar>
      }
    >
      <PageHeader title={title} aside={tools} />
      <RefusalAlert error={offers.error} retry={offers.refetch} />
      {offers.isLoading ? <LoadingState /> : null}
      {offers.data && rows.length === 0 ? (
        <EmptyState
          icon={<MessageOutlined />}
          title={t('approvals:offer.none')}
          hint={t('approvals:offer.teach')}
        />
      ) : null}
      {rows.length > 0 ? (
        <Panel>
          <OfferTable offers={rows} />
          <MoreRows
            more={offers.hasNextPage}
            loading={offers.isFetchingNextPage}
            loadMore={() => void offers.fetchNextPage()}
          />
        </Panel>
      ) : null}
      {adding ? (
        <OfferDialog
          onCancel={() => add(false)}
          onDone={({ authorised }) => {
            add(false)
            if (authorised) void message.success(t('approvals:offer.added'))
            else void message.warning(t('approvals:offer.addedUnauthorised'))
          }}
        />
      ) : null}
    </Page>
  )
}

function OfferTable({ offers }: { offers: readonly Offer[] }) {
  const { t } = useTranslation()
  return (
    <Table<Offer>
      rowKey="id"
      size="small"
      pagination={false}
      dataSource={[...offers]}
      columns={[
        {
          title: t('approvals:offer.at'),
          key: 'at',
          width: 150,
          render: (_value, { at }) => <Moment at={at} />,
        },
        {
          title: t('approvals:offer.what'),
          key: 'what',
          render: (_value, { what, toWhom, kind }) => (
            <>
              {what}
              <div className="row-note">
                {[t(`approvals:kind.${kind}`), toWhom].filter(Boolean).join(' · ')}
              </div>
            </>
          ),
        },
        {
          title: t('approvals:offer.amount'),
          key: 'amount',
          align: 'right',
          width: 130,
          render: (_value, { amount, currency }) => <Money amount={amount} currency={currency} />,
        },
        {
          title: t('approvals:offer.madeBy'),
          key: 'madeBy',
          width: 170,
          render: (_value, { madeBy, makerRole, recordedBy }) => (
            <>
              {madeBy}
              <div className="row-note">
                {makerRole ? t(`app:role.${makerRole}`) : t('approvals:offer.outsider')}
                {recordedBy === madeBy
                  ? ''
                  : ` · ${t('approvals:offer.recordedBy', { name: recordedBy })}`}
              </div>
            </>
          ),
        },
        {
          title: t('approvals:offer.needed'),
          key: 'needed',
          width: 110,
          render: (_value, { neededRole }) => t(`app:role.${neededRole}`),
        },
        {
          title: t('approvals:offer.state'),
          key: 'state',
          width: 190,
          render: (_value, offer) => <OfferState offer={offer} />,
        },
      ]}
    />
  )
}

/** An offer nobody was entitled to make stays flagged, whatever was decided about it since. */
function OfferState({ offer }: { offer: Offer }) {
  const { t } = useTranslation()
  if (offer.authorised) return <Tag tone="good">{t('approvals:offer.authorised')}</Tag>
  return (
    <span className="offer-state">
      <Tag tone="risk">{t('approvals:offer.unauthorised')}</Tag>
      {offer.approvalState ? <ApprovalState approval={{ state: offer.approvalState }} /> : null}
    </span>
  )
}
