import { PlusOutlined, SendOutlined, ShopOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import type { CaseTabProps } from '../app/room.ts'
import { useSession } from '../app/session.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { BusinessDate } from '../ui/business-date.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { PickRow } from '../ui/list-detail.tsx'
import { Money } from '../ui/money.tsx'
import { Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { RowList } from '../ui/row-list.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { useStore } from '../ui/store-context.ts'
import { Tag } from '../ui/tag.tsx'
import { useCommand } from '../ui/use-command.ts'
import type { CaseVendors } from './claim.ts'
import { ClaimDetail } from './claim-detail.tsx'
import { ClaimRow } from './claim-row.tsx'
import { OpenClaimDialog } from './open-claim-dialog.tsx'
import { ParcelDialog } from './parcel-dialog.tsx'
import './vendors.css'

const NEW = 'Alt+K'
const PARCEL = 'Alt+F'

/** A case as it concerns vendors and carriers: apart from the customer's thread, which goes its own way. */
export default function VendorsTab({ caseId }: CaseTabProps) {
  const { t } = useTranslation()
  const { may } = useSession()
  const found = useQuery(api.vendors.ofCase.queryOptions({ input: { caseId } }))
  const [chosenId, choose] = useState<number | null>(null)
  const [dialog, setDialog] = useState<'claim' | 'parcel' | null>(null)
  const mayRecord = may('vendors.record')
  useHotkeys([
    { keys: NEW, label: t('vendors:claim.open'), when: mayRecord, run: () => setDialog('claim') },
    {
      keys: PARCEL,
      label: t('vendors:parcel.add'),
      when: mayRecord,
      run: () => setDialog('parcel'),
    },
  ])
  const { data } = found
  if (!data) return found.error ? <RefusalAlert error={found.error} /> : <LoadingState />
  const claim = data.claims.find(({ id }) => id === chosenId) ?? data.claims.at(-1)
  return (
    <div className="vendor-columns">
      <div>
        <Panel
          title={t('vendors:claims.title')}
          extra={
            mayRecord ? (
              <Button
                icon={<PlusOutlined />}
                aria-keyshortcuts={NEW}
                onClick={() => setDialog('claim')}
              >
                {t('vendors:claim.open')} <KeyCap keys={NEW} />
              </Button>
            ) : null
          }
        >
          {data.claims.length === 0 ? (
            <EmptyState
              small
              icon={<ShopOutlined />}
              title={t('vendors:empty.case')}
              hint={t(
                data.proposals.length > 0 ? 'vendors:empty.proposalHint' : 'vendors:empty.caseHint',
              )}
            />
          ) : (
            <RowList label={t('vendors:claims.title')}>
              {data.claims.map((each) => (
                <PickRow
                  key={each.id}
                  current={each.id === claim?.id}
                  onChoose={() => choose(each.id)}
                  byPressOnly
                >
                  <ClaimRow claim={each} />
                </PickRow>
              ))}
            </RowList>
          )}
          <Proposals found={data} />
        </Panel>
        {claim ? <ClaimDetail key={claim.id} claim={claim} /> : null}
      </div>
      <div>
        <Costs found={data} />
        <Parcels found={data} mayRecord={mayRecord} add={() => setDialog('parcel')} />
        <Trace found={data} />
      </div>
      {dialog === 'claim' ? (
        <OpenClaimDialog
          caseId={caseId}
          found={data}
          close={() => setDialog(null)}
          onOpened={choose}
        />
      ) : null}
      {dialog === 'parcel' ? <ParcelDialog caseId={caseId} close={() => setDialog(null)} /> : null}
    </div>
  )
}

/** With whom nobody has talked yet, and until when a carrier can still be told. */
function Proposals({ found: { proposals, currency } }: { found: CaseVendors }) {
  const { t } = useTranslation()
  if (proposals.length === 0) return null
  return (
    <ul className="vendor-log">
      {proposals.map((each) => (
        <li key={`${each.vendor.id} ${each.carrierClaimId}`}>
          {t('vendors:proposal.not', { name: each.vendor.name })}{' '}
          <Money amount={each.amount} currency={currency} />{' '}
          <span className="row-note">{t(`vendors:proposal.${each.basis}`)}</span>
          {each.claimUntil ? (
            <span className={each.due === 'later' ? 'row-note' : 'row-note tone-risk'}>
              {' '}
              {t('vendors:proposal.until')} <BusinessDate date={each.claimUntil} distance="left" />
            </span>
          ) : null}
        </li>
      ))}
    </ul>
  )
}

/** What the store gave, and what of it nobody bears yet. */
function Costs({ found: { costs, given, left, currency } }: { found: CaseVendors }) {
  const { t } = useTranslation()
  return (
    <Panel title={t('vendors:costs.title')}>
      {costs.length === 0 ? <p className="row-note">{t('vendors:costs.none')}</p> : null}
      <dl className="vendor-money">
        {costs.map((each, index) => (
          // One paper can stand for several kinds of cost; their order is fixed.
          <div key={index}>
            <dt>
              {t(`vendors:cost.${each.kind}`)} <span className="row-note">{each.number}</span>
            </dt>
            <dd>
              <Money amount={each.amount} currency={currency} />
            </dd>
          </div>
        ))}
        {costs.length > 0 ? (
          <>
            <div className="vendor-total">
              <dt>{t('vendors:costs.given')}</dt>
              <dd>
                <Money amount={given} currency={currency} />
              </dd>
            </div>
            <div>
              <dt>{t('vendors:costs.left')}</dt>
              <dd>
                <Money amount={left} currency={currency} />
              </dd>
            </div>
          </>
        ) : null}
      </dl>
    </Panel>
  )
}

const ARRIVED = 'Alt+C'

function Parcels({
  found: { shipments },
  mayRecord,
  add,
}: {
  found: CaseVendors
  mayRecord: boolean
  add: () => void
}) {
  const { t } = useTranslation()
  const { today } = useStore()
  const arrive = useCommand(desk.vendors.arrive)
  const first = shipments.find(({ arrivedOn }) => arrivedOn === null)
  const note = (shipmentId: number) => arrive.mutate({ shipmentId, arrivedOn: today })
  useHotkeys([
    {
      keys: ARRIVED,
      label: t('vendors:parcel.arrived'),
      when: mayRecord && first !== undefined && !arrive.isPending,
      run: () => first && note(first.id),
    },
  ])
  return (
    <Panel
      title={t('vendors:parcel.title')}
      extra={
        mayRecord ? (
          <Button icon={<SendOutlined />} aria-keyshortcuts={PARCEL} onClick={add}>
            {t('vendors:parcel.add')} <KeyCap keys={PARCEL} />
          </Button>
        ) : null
      }
    >
      <RefusalAlert error={arrive.error} />
      {shipments.length === 0 ? <p className="row-note">{t('vendors:parcel.none')}</p> : null}
      <ul className="vendor-log">
        {shipments.map((each) => (
          <li key={each.id}>
            <strong>
              {each.carrier} {each.waybill}
            </strong>{' '}
            {each.arrivedOn === null ? (
              <Tag tone="soon">{t('vendors:parcel.onTheWay')}</Tag>
            ) : (
              <Tag tone="good">{t('vendors:parcel.there')}</Tag>
            )}
            <p className="row-note">
              {t(`vendors:direction.${each.direction}`)} · {each.goods} ·{' '}
              <BusinessDate date={each.sentOn} /> · {each.recordedBy}
              {each.arrivedOn === null ? null : (
                <>
                  {' → '}
                  <BusinessDate date={each.arrivedOn} /> {each.arrivalNote}
                </>
              )}
            </p>
            {each.arrivedOn === null && mayRecord ? (
              <Button size="small" loading={arrive.isPending} onClick={() => note(each.id)}>
                {t('vendors:parcel.arrived')}{' '}
                {each.id === first?.id ? <KeyCap keys={ARRIVED} /> : null}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** From the goods back to slip, clerk, vendor and batch. */
function Trace({ found: { trace } }: { found: CaseVendors }) {
  const { t } = useTranslation()
  if (trace.length === 0) return null
  return (
    <Panel title={t('vendors:trace.title')}>
      {trace.map((each) => (
        <dl key={each.saleLineId} className="vendor-facts">
          <div>
            <dt>{t('vendors:trace.goods')}</dt>
            <dd>
              {each.name} {each.sku}
            </dd>
          </div>
          <div>
            <dt>{t('vendors:trace.slip')}</dt>
            <dd>
              <Link to={paths.sale(each.receiptId)}>{each.receiptNo}</Link>{' '}
              <BusinessDate date={each.soldOn} distance="ago" />
            </dd>
          </div>
          <div>
            <dt>{t('vendors:trace.clerk')}</dt>
            <dd>{[each.clerk, each.cashier].filter(Boolean).join(' / ') || '–'}</dd>
          </div>
          <div>
            <dt>{t('vendors:trace.counter')}</dt>
            <dd>{[each.floor, each.counter].filter(Boolean).join(' ') || '–'}</dd>
          </div>
          <div>
            <dt>{t('vendors:trace.vendor')}</dt>
            <dd>
              {each.vendor ? (
                <Link to={paths.vendor(each.vendor.id)}>{each.vendor.name}</Link>
              ) : (
                t('vendors:trace.own')
              )}
            </dd>
          </div>
          <div>
            <dt>{t('vendors:trace.batch')}</dt>
            <dd>{[...each.batches, ...each.serials].join(' · ') || t('vendors:trace.noBatch')}</dd>
          </div>
          <div>
            <dt>{t('vendors:trace.others')}</dt>
            <dd>{t('vendors:trace.same', { product: each.sameProduct, batch: each.sameBatch })}</dd>
          </div>
        </dl>
      ))}
    </Panel>
  )
}
