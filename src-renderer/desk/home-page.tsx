import { CheckCircleOutlined, HistoryOutlined, ScanOutlined } from '@ant-design/icons'
import type { InferClientOutputs } from '@orpc/client'
import { useQuery } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import type { InputRef } from 'antd'
import { useLayoutEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'

import { LONGEST_SCAN } from '../../src-main/foundation/card-code.ts'
import { api } from '../app/client.ts'
import type { desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { useEnterSubmit } from '../input/use-enter-submit.ts'
import { BusinessDate, Moment } from '../ui/business-date.tsx'
import { writeDate } from '../ui/dates.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { Money } from '../ui/money.tsx'
import { Page, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { RowList } from '../ui/row-list.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { useStore } from '../ui/store-context.ts'
import { Tag } from '../ui/tag.tsx'
import './home.css'

function HomeBox() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const field = useRef<InputRef>(null)
  useLayoutEffect(() => field.current?.focus({ preventScroll: true }), [])
  const find = () => {
    if (text.trim()) void navigate(paths.find(text.trim()))
  }
  const onEnter = useEnterSubmit(find)
  return (
    <search className="home-box">
      <Input
        ref={field}
        value={text}
        maxLength={LONGEST_SCAN}
        autoComplete="off"
        spellCheck={false}
        data-home-box="true"
        data-scan="true"
        prefix={<ScanOutlined aria-hidden="true" />}
        suffix={<KeyCap keys="Enter" />}
        placeholder={t('app:box.placeholder')}
        aria-label={t('desk:box')}
        onChange={(event) => setText(event.target.value)}
        {...onEnter}
      />
    </search>
  )
}

/** Claims on carriers shown at once; the oldest wait longest. */
const claimsShown = 5
/** Cases without an owner shown at once; the page of who left has them all. */
const orphansShown = 3

/** Handovers shown at once, the oldest first; the list has them all. */
const handoversShown = 3

type DuePromise = InferClientOutputs<typeof desk>['cases']['duePromises'][number]

function pathOfPromise({ complaintId, repairId }: DuePromise): string {
  if (complaintId !== null) return paths.complaint(complaintId)
  return repairId === null ? paths.complaints() : paths.repair(repairId)
}

/** Repairs past a limit of the rules, and those whose goods wait for their customer. */
function useRepairsToDo(): { late: number; ready: number } {
  const ready = useQuery(api.repairs.list.queryOptions({ input: { state: 'ready' } }))
  const limits = useQuery(api.repairs.overdue.queryOptions())
  const late = (limits.data ?? []).filter(({ overdue }) => overdue)
  return {
    late: new Set(late.map(({ repairId }) => repairId)).size,
    ready: ready.data?.length ?? 0,
  }
}

type ForMe = InferClientOutputs<typeof desk>['cases']['forMe']
type Unanswered = InferClientOutputs<typeof desk>['clocks']['handOvers'][number]

/** Cases that wait for an answer of whoever is signed in, calls of the duty manager, and cases nobody owns. */
function CasesForMe({ cases, late }: { cases: ForMe; late: readonly Unanswered[] }) {
  const { t } = useTranslation()
  const rows = [
    ...cases.calls.map((each) => ({
      ...each,
      key: `call-${each.id}`,
      tag: t('desk:toDo.call', { name: each.manager.name }),
      isUrgent: true,
    })),
    ...cases.offers.map((each) => ({
      ...each,
      key: `offer-${each.id}`,
      tag: t('desk:toDo.offered', { name: each.from.name }),
      isUrgent: false,
    })),
    ...late.map((each) => ({
      ...each,
      key: `late-${each.handOverId}`,
      tag: each.toActive
        ? t('cases:handOver.late', { to: each.toName })
        : t('cases:handOver.gone', { to: each.toName }),
      isUrgent: true,
    })),
    ...cases.unanswered
      .filter(({ id }) => !late.some(({ handOverId }) => handOverId === id))
      .map((each) => ({
        ...each,
        key: `unanswered-${each.id}`,
        tag: t('desk:toDo.unanswered', { name: each.to.name }),
        isUrgent: false,
      })),
    ...cases.orphans.slice(0, orphansShown).map((each) => ({
      ...each,
      key: `orphan-${each.caseId}`,
      tag: t('desk:toDo.orphan', { name: each.ownerName }),
      isUrgent: true,
    })),
  ]
  return rows.map(({ key, caseId, complaintId, number, text, tag, isUrgent }) => (
    <li key={key}>
      <Link
        className="row row-wrap"
        to={complaintId === null ? paths.caseFile(caseId) : paths.complaint(complaintId)}
      >
        <span className="row-main">
          <span className="row-title">{text || number}</span>
          <span className="row-note">{number}</span>
        </span>
        <span className="row-side">
          <Tag tone={isUrgent ? 'risk' : 'soon'}>{tag}</Tag>
        </span>
      </Link>
    </li>
  ))
}

/** Days nobody has closed: earlier ones, and today's when the store closes soon. */
function DaysToClose({ unclosed, due }: { unclosed: readonly string[]; due: boolean }) {
  const { t, i18n } = useTranslation()
  const { today } = useStore()
  const [first] = unclosed
  if (first === undefined && !due) return null
  return (
    <li>
      <Link className="row row-wrap" to={paths.dayClose(first)}>
        <span className="row-main">
          <span className="row-title">
            {first === undefined
              ? t('day-closes:dueToday')
              : t('day-closes:openDay', { date: writeDate(first, today, i18n.language) })}
          </span>
        </span>
        <span className="row-side">
          <Tag tone={first === undefined ? 'soon' : 'risk'}>{t('day-closes:title')}</Tag>
        </span>
      </Link>
    </li>
  )
}

function ToDo() {
  const { t } = useTranslation()
  const { operator, may } = useSession()
  const promises = useQuery(api.cases.duePromises.queryOptions())
  const approvals = useQuery(api.approvals.counts.queryOptions())
  const forMe = approvals.data?.forMe ?? 0
  const claims = useQuery(api.refunds.claims.queryOptions({ enabled: may('refunds.void') }))
  const openClaims = claims.data ?? []
  const money = useQuery(api.posInstructions.pending.queryOptions())
  const waiting = money.data?.count ?? 0
  const repairs = useRepairsToDo()
  const goods = useQuery(api.goods.counts.queryOptions())
  const { atDesk = 0, inQuarantine = 0 } = goods.data ?? {}
  const unsigned = useQuery(api.handovers.unsigned.queryOptions({ enabled: may('sales.read') }))
  const handovers = unsigned.data ?? []
  const vendors = useQuery(api.vendors.counts.queryOptions({ enabled: may('sales.read') }))
  const unanswered = vendors.data?.overdue ?? 0
  const clocks = useQuery(api.clocks.counts.queryOptions({ enabled: may('sales.read') }))
  const late = clocks.data?.overdue ?? 0
  const forMyself = useQuery(api.cases.forMe.queryOptions())
  const cases = forMyself.data ?? {
    offers: [],
    unanswered: [],
    calls: [],
    orphans: [],
    leavers: [],
  }
  const offered = useQuery(api.clocks.handOvers.queryOptions({ refetchInterval: 60_000 }))
  const booking = useQuery(api.dayCloses.booking.queryOptions({ enabled: may('sales.read') }))
  const { unclosed = [], due = false } = booking.data ?? {}
  const escalated = (offered.data ?? []).filter(({ overdue, isMine }) => overdue && !isMine)
  if (promises.error) return <RefusalAlert error={promises.error} retry={promises.refetch} />
  if (!promises.data) return <LoadingState />
  const casesWaiting = Object.values(cases).flat().length + escalated.length
  const counts = [
    casesWaiting,
    late,
    forMe,
    openClaims.length,
    waiting,
    unanswered,
    repairs.late,
    repairs.ready,
    unclosed.length + Number(due),
  ]
  const isIdle = [...counts, atDesk, inQuarantine, handovers.length].every((each) => each === 0)
  if (promises.data.length === 0 && isIdle) {
    return (
      <EmptyState
        small
        icon={<CheckCircleOutlined />}
        title={t('desk:toDo.none')}
        hint={t('desk:toDo.teach')}
      />
    )
  }
  return (
    <RowList label={t('desk:toDo.title')}>
      <CasesForMe cases={cases} late={escalated} />
      <DaysToClose unclosed={unclosed} due={due} />
      {cases.leavers.length > 0 ? (
        <Count
          to={paths.leavers()}
          label={t('cases:leavers.title')}
          count={cases.leavers.reduce((sum, each) => sum + (each.cases || each.promises), 0)}
        />
      ) : null}
      {late > 0 ? (
        <Count to={paths.clocks('overdue')} label={t('desk:toDo.clocksOverdue')} count={late} />
      ) : null}
      {forMe > 0 ? (
        <Count to={paths.approvals('for-me')} label={t('desk:toDo.approvals')} count={forMe} />
      ) : null}
      {money.data && waiting > 0 ? (
        <Count
          to={paths.posInstructions()}
          label={t('desk:toDo.money')}
          count={waiting}
          note={
            <>
              {money.data.payOut > 0 ? <Money amount={money.data.payOut} /> : null}
              {money.data.ambiguous > 0 ? (
                <>
                  {' '}
                  <span className="tone-risk">
                    {t('desk:toDo.ambiguous', { count: money.data.ambiguous })}
                  </span>
                </>
              ) : null}
            </>
          }
        />
      ) : null}
      {unanswered > 0 ? (
        <Count
          to={paths.vendors('overdue')}
          label={t('desk:toDo.vendorsSilent')}
          count={unanswered}
        />
      ) : null}
      {repairs.late > 0 ? (
        <Count
          to={paths.repairs('overdue')}
          label={t('desk:toDo.repairsOverdue')}
          count={repairs.late}
        />
      ) : null}
      {repairs.ready > 0 ? (
        <Count
          to={paths.repairs('ready')}
          label={t('desk:toDo.repairsReady')}
          count={repairs.ready}
        />
      ) : null}
      {handovers.length > 0 ? (
        <Count to={paths.exchanges()} label={t('desk:toDo.handovers')} count={handovers.length} />
      ) : null}
      {handovers.slice(0, handoversShown).map((form) => (
        <li key={`handover-${form.id}`}>
          <Link className="row row-wrap" to={paths.exchange(form.exchangeId)}>
            <span className="row-main">
              <span className="row-title">{form.goods}</span>
              <span className="row-note">
                {form.number} {form.customer}
              </span>
            </span>
            <span className="row-side">
              <Tag tone="soon">{t(`exchanges:state.${form.state}`)}</Tag>
              <span className="row-note">
                <Moment at={form.openedAt} short />
              </span>
            </span>
          </Link>
        </li>
      ))}
      {atDesk > 0 ? (
        <Count to={paths.goods()} label={t('desk:toDo.goodsAtDesk')} count={atDesk} />
      ) : null}
      {inQuarantine > 0 ? (
        <Count
          to={paths.goods('in_quarantine')}
          label={t('desk:toDo.goodsInQuarantine')}
          count={inQuarantine}
        />
      ) : null}
      {promises.data.map((promise) => (
        <li key={promise.id}>
          <Link className="row row-wrap" to={pathOfPromise(promise)}>
            <span className="row-main">
              <span className="row-title">{promise.text}</span>
              <span className="row-note">
                {promise.complaintNumber ?? promise.repairNumber} {promise.complaintText}
              </span>
            </span>
            <span className="row-side">
              {promise.overdue ? (
                <Tag tone="risk">{t('desk:toDo.overdue')}</Tag>
              ) : (
                <Tag tone="soon">{t('desk:toDo.due')}</Tag>
              )}
              <span className="row-note">
                <Moment at={promise.dueAt} />
                {promise.ownerId === operator.id ? null : <> · {promise.ownerName}</>}
              </span>
            </span>
          </Link>
        </li>
      ))}
      {openClaims.slice(0, claimsShown).map((claim) => (
        <li key={`claim-${claim.id}`}>
          <Link className="row row-wrap" to={paths.refund(claim.refundId)}>
            <span className="row-main">
              <span className="row-title">
                {t('desk:toDo.claim')} {claim.carrier}
              </span>
              <span className="row-note">
                {claim.refundNumber} {claim.waybill}
              </span>
            </span>
            <span className="row-side">
              <Money amount={claim.freightAmount + claim.goodsAmount} currency={claim.currency} />
              <span className="row-note">
                <BusinessDate date={claim.openedOn} />
              </span>
            </span>
          </Link>
        </li>
      ))}
    </RowList>
  )
}

function Count({
  to,
  label,
  count,
  note,
}: {
  to: string
  label: string
  count: number
  note?: ReactNode
}) {
  return (
    <li>
      <Link className="row row-count" to={to}>
        <span className="row-main">
          <span className="row-title">{label}</span>
          {note ? <span className="row-note">{note}</span> : null}
        </span>
        <span className="count">{count}</span>
      </Link>
    </li>
  )
}

const recentPath = {
  card: paths.card,
  refund: paths.refund,
  price_adjustment: paths.refund,
  complaint: paths.complaint,
  refusal: paths.refusal,
  proofs: paths.proofs,
  repair: paths.repair,
} as const

/** Home: the one box, then what waits, what today came to, and what this desk did last. */
export default function HomePage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { may } = useSession()
  const columns = useRef<HTMLDivElement>(null)
  useHotkeys([
    {
      keys: '↓',
      label: t('desk:keys.lists'),
      whileTyping: true,
      run: () => columns.current?.querySelector<HTMLElement>('.row')?.focus(),
    },
  ])
  const board = useQuery(api.reports.board.queryOptions({ refetchInterval: 60_000 }))
  return (
    <Page title={t('desk:title')} back={null}>
      <h1 className="sr-only">{t('desk:title')}</h1>
      <HomeBox />
      <p className="home-no-slip">
        <Link to={paths.noSlip()}>
          {t('desk:noSlip')} <KeyCap keys="Alt+N" />
        </Link>
      </p>
      <RefusalAlert error={board.error} retry={board.refetch} />
      <div className="home-columns" ref={columns}>
        <Panel title={t('desk:toDo.title')}>
          <ToDo />
        </Panel>
        <Panel title={t('desk:today.title')}>
          {board.data ? (
            <RowList label={t('desk:today.title')}>
              <Count
                to={paths.complaints()}
                label={t('desk:today.complaints')}
                count={board.data.today.complaints}
                note={t('desk:today.solved', { count: board.data.today.solvedOnSpot })}
              />
              <Count
                to={paths.complaints()}
                label={t('desk:today.open')}
                count={board.data.openComplaints}
                note={
                  board.data.overduePromises > 0 ? (
                    <span className="tone-risk">
                      {t('desk:today.overdue', { count: board.data.overduePromises })}
                    </span>
                  ) : (
                    t('desk:today.noOverdue')
                  )
                }
              />
              <Count
                to={paths.dayReport(board.data.businessDate)}
                label={t('desk:today.refunds')}
                count={board.data.today.refunds}
                note={<Money amount={board.data.today.refundAmount} />}
              />
              <Count
                to={paths.dayReport(board.data.businessDate)}
                label={t('desk:today.cards')}
                count={board.data.today.cards}
              />
            </RowList>
          ) : board.error ? null : (
            <LoadingState />
          )}
          {board.data ? (
            <p className="home-sales">
              {board.data.receiptsInStore > 0 ? (
                <>
                  {t('desk:sales.count', { count: board.data.receiptsInStore })}
                  {board.data.lastImportAt ? (
                    <>
                      {' · '}
                      {t('desk:sales.lastImport')} <Moment at={board.data.lastImportAt} />
                    </>
                  ) : null}
                </>
              ) : (
                t('desk:sales.none')
              )}
              {may('sales.import') ? (
                <Button size="small" onClick={() => void navigate(paths.imports())}>
                  {t('desk:sales.import')}
                </Button>
              ) : null}
            </p>
          ) : null}
        </Panel>
        <Panel title={t('desk:recent.title')}>
          {!board.data && !board.error ? <LoadingState /> : null}
          {board.data?.recent.length === 0 ? (
            <EmptyState
              small
              icon={<HistoryOutlined />}
              title={t('desk:recent.none')}
              hint={t('desk:recent.teach')}
            />
          ) : null}
          {board.data?.recent.length ? (
            <RowList label={t('desk:recent.title')}>
              {board.data.recent.map((each) => (
                <li key={`${each.kind}-${each.id}`}>
                  <Link className="row" to={recentPath[each.kind](each.id)}>
                    <span className="row-main">
                      <span className="row-title">
                        <Tag>{t(`desk:kind.${each.kind}`)}</Tag> {each.note}
                      </span>
                      <span className="row-note">{each.number}</span>
                    </span>
                    <span className="row-side">
                      {each.amount === null ? null : <Money amount={each.amount} />}
                      <span className="row-note">
                        <Moment at={each.at} short />
                      </span>
                    </span>
                  </Link>
                </li>
              ))}
            </RowList>
          ) : null}
        </Panel>
      </div>
    </Page>
  )
}
