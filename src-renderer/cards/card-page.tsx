import { DeleteOutlined, FileSearchOutlined, ToolOutlined } from '@ant-design/icons'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert } from 'antd'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'

import { formatsOf } from '../../src-main/foundation/paper-formats.ts'
import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { ActionBar } from '../ui/action-bar.tsx'
import { BusinessDate, Moment } from '../ui/business-date.tsx'
import { Money } from '../ui/money.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { SlipPaper } from '../ui/slip-paper.tsx'
import { LoadingState } from '../ui/states.tsx'
import { Tag } from '../ui/tag.tsx'
import { useCommand } from '../ui/use-command.ts'
import { useSubject } from '../ui/use-subject.ts'
import { VoidDialog } from '../ui/void-dialog.tsx'
import type { Card } from './card-form.ts'
import './cards.css'

/** A card as it was issued: its terms today, the paper, reprint and void. */
export default function CardPage() {
  const { t } = useTranslation()
  const { cardId = '' } = useParams()
  const card = useQuery(api.cards.open.queryOptions({ input: { cardId: Number(cardId) } }))
  if (card.data) return <CardView card={card.data} />
  return (
    <Page title={t('cards:card.title')}>
      <PageHeader title={t('cards:card.title')} />
      {card.error ? <RefusalAlert error={card.error} /> : <LoadingState />}
    </Page>
  )
}

function CardView({ card }: { card: Card }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const cache = useQueryClient()
  const { may } = useSession()
  const [query] = useSearchParams()
  const [voiding, setVoiding] = useState(false)
  const live = card.state === 'active'
  const isExchanged = card.units.every((unit) => unit.replaced)
  useSubject({
    receiptId: card.receiptId,
    cardId: card.id,
    lineIds: [...new Set(card.units.map((unit) => unit.saleLineId))],
  })
  const voidCard = useCommand(desk.cards.void, {
    onDone: () => {
      setVoiding(false)
      void cache.invalidateQueries({ queryKey: [['cards']] })
    },
  })
  return (
    <Page
      title={`${t('cards:card.title')} ${card.number}`}
      footer={
        <ActionBar
          actions={[
            {
              keys: 'Ctrl+↑',
              label: t('cards:card.toSale'),
              icon: <FileSearchOutlined />,
              run: () => void navigate(paths.sale(card.receiptId)),
            },
            {
              keys: 'F7',
              label: t('cards:card.repair'),
              icon: <ToolOutlined />,
              unless: may('repairs.record') ? undefined : t('sales:unless.role'),
              run: () =>
                void navigate(
                  paths.newRepair({
                    receiptId: card.receiptId,
                    cardId: card.id,
                    lineIds: [...new Set(card.units.map((unit) => unit.saleLineId))],
                  }),
                ),
            },
            ...(may('cards.void')
              ? [
                  {
                    keys: 'Delete',
                    label: t('cards:card.void'),
                    icon: <DeleteOutlined />,
                    danger: true,
                    run: () => setVoiding(true),
                    unless: live ? undefined : t('cards:card.isVoid'),
                  },
                ]
              : []),
          ]}
        >
          {t('cards:card.prints', { count: card.prints })}
        </ActionBar>
      }
    >
      <div className="paper-page">
        <div>
          <PageHeader
            title={
              <>
                {t('cards:card.title')} <span className="card-number">{card.number}</span>
              </>
            }
            mark={<CardState card={card} />}
            facts={[
              <Link key="sale" to={paths.sale(card.receiptId)}>
                {t('cards:issue.ofReceipt', { number: card.receiptNo })}
              </Link>,
              <BusinessDate key="sold" date={card.saleDate} />,
              <span key="issued">
                {t('cards:card.issuedBy', { name: card.issuedBy })} <Moment at={card.issuedAt} />
              </span>,
              ...card.replaces.map((old) => (
                <span key={`replaces-${old.cardId}`}>
                  {t('cards:exchanged.replaces')}{' '}
                  <Link to={paths.card(old.cardId)}>{old.number}</Link>
                </span>
              )),
            ]}
          />
          {query.get('issued') && live ? (
            <Alert
              className="issued-note"
              type="success"
              showIcon
              role="status"
              title={t('cards:card.issued')}
              description={t('cards:card.issuedHint')}
            />
          ) : null}
          {card.voidReason && !isExchanged ? (
            <Alert
              className="issued-note"
              type="error"
              showIcon
              title={t('cards:card.voidedBecause', { reason: card.voidReason })}
            />
          ) : null}
          <Panel title={t('cards:card.covers', { count: card.units.length })}>
            {card.units.map((unit) => (
              <CoveredUnit key={`${unit.saleLineId}:${unit.unitNo}`} unit={unit} live={live} />
            ))}
          </Panel>
          <Panel title={t('cards:consumer.who')}>
            {card.consumer.name || card.consumer.phoneMasked ? (
              <p>{[card.consumer.name, card.consumer.phoneMasked].filter(Boolean).join(' · ')}</p>
            ) : (
              <p className="row-note">{t('cards:consumer.none')}</p>
            )}
          </Panel>
        </div>
        <SlipPaper
          formats={formatsOf.card}
          remember="goodwill.card-format"
          paperOf={(format) => ({ document: 'card', cardId: card.id, format })}
          revision={card.state}
          label={t('cards:card.paper', { number: card.number })}
        />
      </div>
      <VoidDialog
        open={voiding}
        title={t('cards:void.title', { number: card.number })}
        hint={t('cards:void.hint')}
        confirmLabel={t('cards:void.confirm')}
        error={voidCard.error}
        busy={voidCard.isPending}
        onVoid={(reason) => voidCard.mutate({ cardId: card.id, reason, version: card.version })}
        onCancel={() => setVoiding(false)}
      />
    </Page>
  )
}

/** 更换章: the unit went back to the store; the new card stands in for this one. */
function ExchangeStamp({ replaced }: { replaced: NonNullable<Card['units'][number]['replaced']> }) {
  const { t } = useTranslation()
  return (
    <p className="exchange-stamp">
      <strong>{t('cards:exchanged.stamp')}</strong>
      <span>
        <BusinessDate date={replaced.on} /> · {replaced.under}
      </span>
      {replaced.cardId === null ? null : (
        <span>
          {t('cards:exchanged.newCard')}{' '}
          <Link to={paths.card(replaced.cardId)}>{replaced.number}</Link>
        </span>
      )}
    </p>
  )
}

function CardState({ card }: { card: Card }) {
  const { t } = useTranslation()
  if (card.units.every((unit) => unit.replaced)) {
    return <Tag tone="risk">{t('cards:state.exchanged')}</Tag>
  }
  if (card.state === 'void') return <Tag tone="risk">{t('cards:state.void')}</Tag>
  if (card.units.every((unit) => unit.returned)) {
    return <Tag tone="risk">{t('cards:state.returned')}</Tag>
  }
  return card.units.some((unit) => unit.daysLeft >= 0 && !unit.returned) ? (
    <Tag tone="good">{t('cards:state.active')}</Tag>
  ) : (
    <Tag tone="risk">{t('cards:state.over')}</Tag>
  )
}

function CoveredUnit({ unit, live }: { unit: Card['units'][number]; live: boolean }) {
  const { t } = useTranslation()
  const fact = (label: string, value: ReactNode) =>
    value ? (
      <>
        <dt>{label}</dt>
        <dd>{value}</dd>
      </>
    ) : null
  const counts = live && !unit.returned && !unit.replaced
  return (
    <div className="card-unit">
      <p className="card-unit-name">
        {unit.name} <Money amount={unit.paidAmount} />
        {unit.returned && !unit.replaced ? (
          <>
            {' '}
            <Tag tone="risk">{t('cards:state.returned')}</Tag>
          </>
        ) : null}
      </p>
      {unit.replaced ? <ExchangeStamp replaced={unit.replaced} /> : null}
      <dl className="card-facts">
        {fact(
          t('cards:terms.unitMonths'),
          <>
            {t('cards:units.months', { count: unit.unitMonths })} · {t('cards:terms.until')}{' '}
            <BusinessDate date={unit.unitEndsOn} distance={counts ? 'left' : 'none'} />
          </>,
        )}
        {fact(
          unit.mainParts || t('cards:terms.partMonths'),
          unit.partEndsOn && unit.partMonths ? (
            <>
              {t('cards:units.months', { count: unit.partMonths })} · {t('cards:terms.until')}{' '}
              <BusinessDate date={unit.partEndsOn} distance={counts ? 'left' : 'none'} />
            </>
          ) : null,
        )}
        {fact(
          t('cards:terms.provider'),
          [t(`cards:provider.${unit.provider}`), unit.providerName, unit.providerPhone]
            .filter(Boolean)
            .join(' · '),
        )}
        {fact(t('cards:terms.costBearer'), t(`cards:costBearer.${unit.costBearer}`))}
        {fact(t('cards:terms.scope'), unit.scope)}
        {fact(t('cards:terms.serialNo'), unit.serialNo)}
        {fact(t('cards:terms.brand'), [unit.brand, unit.model].filter(Boolean).join(' '))}
        {fact(t('cards:terms.batchNo'), unit.batchNo)}
        {fact(t('cards:terms.origin'), unit.origin)}
        {fact(
          t('cards:terms.installedOn'),
          unit.installedOn ? <BusinessDate date={unit.installedOn} /> : null,
        )}
      </dl>
    </div>
  )
}
