import { CloseOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { BusinessDate, Moment } from '../ui/business-date.tsx'
import { Money } from '../ui/money.tsx'
import { Panel } from '../ui/page.tsx'
import { ReasonDialog } from '../ui/reason-dialog.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { Tag } from '../ui/tag.tsx'
import type { Customer } from './customer.ts'
import { useCardCommand } from './customer.ts'

/** What helps now on the left: promises, notes; who it is on the right. */
export function Overview({ customer }: { customer: Customer }) {
  return (
    <div className="customer-columns">
      <div>
        <Promises customer={customer} />
        <Notes customer={customer} />
        <Bought customer={customer} />
      </div>
      <div>
        <Contact customer={customer} />
        <About customer={customer} />
        <Referrals customer={customer} />
        <Grades customer={customer} />
        <Merged customer={customer} />
      </div>
    </div>
  )
}

function Promises({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  if (customer.promises.length === 0) return null
  return (
    <Panel title={t('customers:promises')}>
      <ul className="customer-list">
        {customer.promises.map((each) => (
          <li key={each.id}>
            <Link to={paths.caseFile(each.caseId)}>{each.text}</Link>
            <p className="row-note">
              <Moment at={each.dueAt} /> · {each.owner}{' '}
              {each.overdue ? <Tag tone="risk">{t('customers:overdue')}</Tag> : null}
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** Takes a line off the card; the desk keeps that it stood there. */
function TakeOff({ label, busy, run }: { label: string; busy: boolean; run: () => void }) {
  return (
    <Button
      type="text"
      size="small"
      icon={<CloseOutlined />}
      aria-label={label}
      loading={busy}
      onClick={run}
    />
  )
}

interface LineProps {
  /** Says which line the button takes off. */
  label: string
  onTakeOff: (() => void) | null
  busy: boolean
  children: ReactNode
}

function Line({ label, onTakeOff, busy, children }: LineProps) {
  return (
    <li className="customer-line">
      <div>{children}</div>
      {onTakeOff ? <TakeOff label={label} busy={busy} run={onTakeOff} /> : null}
    </li>
  )
}

function Notes({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const end = useCardCommand(desk.customers.endNote)
  const { notes, note } = customer
  return (
    <Panel title={t('customers:notes.title')}>
      <RefusalAlert error={end.error} />
      {notes.length === 0 && note === '' ? (
        <p className="row-note">{t('customers:notes.none')}</p>
      ) : null}
      {note ? <p className="customer-text">{note}</p> : null}
      <ul className="customer-list">
        {notes.map((each) => (
          <Line
            key={each.id}
            label={t('customers:takeOff', { what: each.text })}
            busy={end.isPending}
            onTakeOff={may('customers.edit') ? () => end.mutate({ noteId: each.id }) : null}
          >
            <Tag tone={each.kind === 'care' ? 'soon' : 'plain'}>
              {t(`customers:notes.${each.kind}`)}
            </Tag>{' '}
            <span className="customer-text">{each.text}</span>
            <p className="row-note">
              <BusinessDate date={each.businessDate} /> · {each.by}
            </p>
          </Line>
        ))}
      </ul>
    </Panel>
  )
}

function Bought({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  const { receipts, isAll, amounts, lastOn } = customer.bought
  if (receipts === 0) return null
  return (
    <Panel title={t('customers:bought.title')}>
      <p>
        {t(isAll ? 'customers:bought.receipts' : 'customers:bought.newest', { count: receipts })}
        {amounts.map(({ currency, total }) => (
          <span key={currency}>
            {' · '}
            <Money amount={total} currency={currency} />
          </span>
        ))}
      </p>
      {lastOn ? (
        <p className="row-note">
          {t('customers:bought.last')} <BusinessDate date={lastOn} distance="ago" />
        </p>
      ) : null}
    </Panel>
  )
}

function Contact({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const end = useCardCommand(desk.customers.endContactRule)
  if (customer.contactRules.length === 0) return null
  return (
    <Panel title={t('customers:contact.title')}>
      <RefusalAlert error={end.error} />
      <ul className="customer-list">
        {customer.contactRules.map((each) => {
          const says = t(`customers:contact.says.${each.rule}`, {
            channel: t(`customers:contact.${each.channel}`),
          })
          return (
            <Line
              key={each.id}
              label={t('customers:takeOff', { what: says })}
              busy={end.isPending}
              onTakeOff={may('customers.edit') ? () => end.mutate({ ruleId: each.id }) : null}
            >
              <strong className={each.rule === 'never' && each.holds ? 'tone-risk' : ''}>
                {says}
              </strong>{' '}
              {each.holds ? null : <Tag>{t('customers:contact.over')}</Tag>}
              <p className="row-note">
                {each.until ? (
                  <>
                    {t('customers:contact.until')} <BusinessDate date={each.until} /> ·{' '}
                  </>
                ) : null}
                {[each.note, each.setBy].filter(Boolean).join(' · ')}
              </p>
            </Line>
          )
        })}
      </ul>
    </Panel>
  )
}

function About({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const withdraw = useCardCommand(desk.customers.withdrawDetail)
  if (customer.address === '' && customer.details.length === 0) return null
  return (
    <Panel title={t('customers:about')}>
      <RefusalAlert error={withdraw.error} />
      {customer.address ? (
        <dl className="facts-list">
          <dt>{t('customers:field.address')}</dt>
          <dd>{customer.address}</dd>
        </dl>
      ) : null}
      <ul className="customer-list">
        {customer.details.map((each) => (
          <Line
            key={each.field}
            label={t('customers:detail.withdraw', { what: t(`customers:detail.${each.field}`) })}
            busy={withdraw.isPending}
            onTakeOff={
              may('customers.edit')
                ? () => withdraw.mutate({ customerId: customer.id, field: each.field })
                : null
            }
          >
            {t(`customers:detail.${each.field}`)} <strong>{each.value}</strong>
            <p className="row-note">
              {t('customers:detail.consent', {
                how: t(`customers:detail.${each.agreedHow}`),
                version: each.wordingVersion,
                by: each.takenBy,
              })}{' '}
              · <Moment at={each.agreedAt} />
            </p>
          </Line>
        ))}
      </ul>
    </Panel>
  )
}

function Referrals({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const end = useCardCommand(desk.customers.endReferral)
  const { referredBy, brought } = customer
  if (referredBy === null && brought.length === 0) return null
  return (
    <Panel title={t('customers:referral.title')}>
      <RefusalAlert error={end.error} />
      <ul className="customer-list">
        {referredBy ? (
          <Line
            label={t('customers:takeOff', { what: referredBy.name })}
            busy={end.isPending}
            onTakeOff={
              may('customers.edit') ? () => end.mutate({ referralId: referredBy.referralId }) : null
            }
          >
            {t('customers:referral.by')}{' '}
            <Link to={paths.customer(referredBy.id)}>{referredBy.name}</Link>
            {referredBy.note ? <p className="row-note">{referredBy.note}</p> : null}
          </Line>
        ) : null}
        {brought.length > 0 ? (
          <li>
            {t('customers:referral.brought', { count: brought.length })}{' '}
            {brought.map((each, index) => (
              <span key={each.id}>
                {index > 0 ? '、' : ''}
                <Link to={paths.customer(each.id)}>{each.name || each.memberNo}</Link>
              </span>
            ))}
          </li>
        ) : null}
      </ul>
    </Panel>
  )
}

function Grades({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  if (customer.grades.length === 0) return null
  return (
    <Panel title={t('customers:grade.history')}>
      <ul className="customer-list">
        {customer.grades.map((each) => (
          <li key={each.at}>
            {each.before || t('customers:grade.none')} →{' '}
            <strong>{each.tier || t('customers:grade.none')}</strong> {each.reason}
            <p className="row-note">
              <Moment at={each.at} /> · {each.by ?? t('customers:grade.byFile')}
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function Merged({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const [undoing, setUndoing] = useState<number | null>(null)
  const undo = useCardCommand(desk.customers.undoMerge, () => setUndoing(null))
  const row = customer.merged.find(({ mergeId }) => mergeId === undoing)
  if (customer.merged.length === 0) return null
  return (
    <Panel title={t('customers:merge.under')}>
      <ul className="customer-list">
        {customer.merged.map((each) => (
          <li key={each.mergeId} className="customer-line">
            <div>
              <strong>{each.name || each.memberNo}</strong>{' '}
              {[each.memberNo, each.phoneMasked].filter(Boolean).join(' · ')}
              <p className="row-note">
                {each.reason} · {each.mergedBy} · <Moment at={each.mergedAt} />
              </p>
              {each.taken.length > 0 ? (
                <p className="row-note">
                  {t('customers:merge.taken')}{' '}
                  {each.taken.map((field) => t(`customers:field.${field}`)).join('、')}
                </p>
              ) : null}
            </div>
            {may('customers.manage') ? (
              <Button size="small" onClick={() => setUndoing(each.mergeId)}>
                {t('customers:merge.undo')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <ReasonDialog
        open={undoing !== null}
        title={t('customers:merge.undoTitle', { name: row?.name || row?.memberNo || '' })}
        hint={t('customers:merge.undoHint')}
        label={t('customers:reason')}
        confirmLabel={t('customers:merge.undo')}
        error={undo.error}
        busy={undo.isPending}
        onCancel={() => setUndoing(null)}
        onReason={(reason) => undoing !== null && undo.mutate({ mergeId: undoing, reason })}
      />
    </Panel>
  )
}
