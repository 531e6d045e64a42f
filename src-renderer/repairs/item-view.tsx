import type { InferClientOutputs } from '@orpc/client'
import { useTranslation } from 'react-i18next'
import type { ReactNode } from 'react'
import { Link } from 'react-router'

import type { desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { BusinessDate, Moment } from '../ui/business-date.tsx'
import { Money } from '../ui/money.tsx'
import { Panel } from '../ui/page.tsx'
import { Tag } from '../ui/tag.tsx'
import { PrivateNote } from './private-note.tsx'
import type { Item } from './repair.ts'

type Limit = InferClientOutputs<typeof desk>['repairs']['open']['items'][number]['limits'][number]

/** Everything known of one item: what was said and seen, what was done, and how long it may take. */
export function ItemView({ item, currency }: { item: Item; currency: string }) {
  const { t } = useTranslation()
  return (
    <>
      <Clock item={item} />
      <Panel title={t('repairs:one.fault')}>
        <p className="repair-fault">{item.fault}</p>
        <p className="row-note">
          {[
            item.faultCode ? t(`repairs:faultCode.${item.faultCode}`) : '',
            item.part === null
              ? ''
              : item.part === 'unit'
                ? t('sales:rights.part.unit')
                : item.part,
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        <dl className="facts-list">
          <Fact name={t('repairs:one.serialNo')}>{item.serialNo}</Fact>
          <Fact name={t('repairs:one.appearance')}>{item.appearance}</Fact>
          <Fact name={t('repairs:one.accessories')}>
            {item.accessories.length === 0 ? (
              <span className="row-note">{t('repairs:one.noAccessories')}</span>
            ) : (
              <ul className="chips repair-accessories">
                {item.accessories.map((each) => (
                  <li key={each.id} title={each.tagNo}>
                    <Tag tone={each.returned ? 'good' : 'plain'}>{each.name}</Tag>
                  </li>
                ))}
              </ul>
            )}
          </Fact>
          <Fact name={t('repairs:one.note')}>
            {item.hasNote ? <PrivateNote itemId={item.id} /> : null}
            {item.noteErasedAt ? (
              <span className="row-note">{t('repairs:one.noteErased')}</span>
            ) : null}
          </Fact>
          <Fact name={t('repairs:one.tag')}>
            <code>{item.tagNo}</code>
          </Fact>
          <Fact name={t('repairs:one.where')}>
            {item.holder ? (
              <>
                {t(`repairs:holder.${item.holder.kind}`)}
                {item.holder.name ? ` · ${item.holder.name}` : ''}{' '}
                <span className="row-note">
                  {t('repairs:one.since')} <Moment at={item.holder.since} short />
                </span>
              </>
            ) : null}
          </Fact>
          <Fact name={t('repairs:one.former')}>
            {item.former ? (
              <>
                <Link to={paths.repair(item.former.repairId)}>{item.former.number}</Link>{' '}
                {item.former.isRefailure ? (
                  <Tag tone="soon">{t('repairs:one.refailure')}</Tag>
                ) : null}
              </>
            ) : null}
          </Fact>
          <Fact name={t('repairs:one.later')}>
            {item.later ? (
              <Link to={paths.repair(item.later.repairId)}>{item.later.number}</Link>
            ) : null}
          </Fact>
          <Fact name={t('repairs:one.warranty')}>
            {item.warrantyUntil ? <BusinessDate date={item.warrantyUntil} distance="left" /> : null}
          </Fact>
        </dl>
        {item.receivedOn ? (
          <p className="row-note">
            {t('repairs:one.days', { days: item.repairDays, wait: item.waitDays })}
          </p>
        ) : null}
      </Panel>
      <Quotes item={item} currency={currency} />
      <Works item={item} currency={currency} />
      <Waits item={item} />
    </>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  const isEmpty = children === null || children === '' || children === undefined
  const isNothing = Array.isArray(children) && children.every((each) => each === null)
  if (isEmpty || isNothing) return null
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

/** The clocks of the rules, in words, and how far the goods are from being exchanged. */
function Clock({ item }: { item: Item }) {
  const { t, i18n } = useTranslation()
  const tongue = i18n.language === 'zh-CN' ? 'zh' : 'en'
  const right = item.exchangeRight
  if (item.limits.length === 0 && !right) return null
  return (
    <section className="repair-clocks" aria-label={t('repairs:one.limits')}>
      {right ? (
        <p className={right.reached ? 'repair-clock repair-clock-risk' : 'repair-clock'}>
          <strong>
            {right.reached ? '⚠ ' : ''}
            {t(`repairs:one.${right.reached ? 'exchangeReached' : 'exchangeSoon'}`, {
              failed: right.failed,
              needed: right.needed,
            })}
          </strong>
          <span className="row-note">{right.basis[tongue]}</span>
        </p>
      ) : null}
      {item.limits.map((limit) => (
        <LimitLine key={`${limit.ruleId}-${limit.kind}`} limit={limit} />
      ))}
    </section>
  )
}

function LimitLine({ limit }: { limit: Limit }) {
  const { t, i18n } = useTranslation()
  const tongue = i18n.language === 'zh-CN' ? 'zh' : 'en'
  return (
    <p className={limit.overdue ? 'repair-clock repair-clock-risk' : 'repair-clock'}>
      <strong>
        {limit.dueOn ? (
          <BusinessDate date={limit.dueOn} distance="left" />
        ) : (
          t('repairs:one.limitStopped')
        )}
      </strong>
      <span>
        {t('repairs:one.limit', { days: limit.days, taken: limit.taken })} · {limit.text[tongue]}
      </span>
      <span className="row-note">{limit.basis[tongue]}</span>
    </p>
  )
}

const quoteTones = {
  open: 'soon',
  consented: 'good',
  declined: 'risk',
  superseded: 'plain',
} as const

function Quotes({ item, currency }: { item: Item; currency: string }) {
  const { t } = useTranslation()
  if (item.quotes.length === 0) return null
  return (
    <Panel title={t('repairs:one.quotes')}>
      <ul className="repair-list">
        {item.quotes.toReversed().map((quote) => (
          <li key={quote.id}>
            <Tag tone={quoteTones[quote.state]}>{t(`repairs:quote.state.${quote.state}`)}</Tag>{' '}
            {t('repairs:quote.estimate')} <Money amount={quote.estimate} currency={currency} />
            {' · '}
            {t('repairs:quote.limit')} <Money amount={quote.limit} currency={currency} />
            {quote.note ? <span className="row-note"> · {quote.note}</span> : null}
            {quote.consentHow ? (
              <span className="row-note">
                {' · '}
                {t('repairs:quote.agreed', {
                  by: quote.consentBy,
                  how: t(`repairs:consentHow.${quote.consentHow}`),
                })}
              </span>
            ) : null}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function Works({ item, currency }: { item: Item; currency: string }) {
  const { t } = useTranslation()
  if (item.works.length === 0) return null
  return (
    <Panel title={t('repairs:one.works')}>
      <ul className="repair-list">
        {item.works.map((work) => (
          <li key={work.id}>
            <p>
              <strong>{work.actualFault}</strong>
            </p>
            <p className="repair-fault">{work.work}</p>
            {work.parts.length > 0 ? (
              <p>
                {t('repairs:work.parts')}
                {t('repairs:colon')}
                {work.parts
                  .map((part) => [part.name, part.partNo, part.serialNo].filter(Boolean).join(' '))
                  .join(t('repairs:and'))}
              </p>
            ) : null}
            {work.fees.map((fee, index) => (
              // Two fees of one kind have nothing but their place to tell them apart.
              <p key={index} className="row-note">
                {t(`repairs:feeKind.${fee.kind}`)} {fee.text}{' '}
                <Money amount={fee.amount} currency={currency} />
              </p>
            ))}
            <p className="row-note">
              {[work.doneBy, work.by].filter(Boolean).join(' · ')} · <Moment at={work.at} />
            </p>
          </li>
        ))}
      </ul>
      <p className="repair-due-line">
        {item.acceptance === 'free' ? (
          <Tag tone="good">{t('repairs:one.freeOfCharge')}</Tag>
        ) : (
          <>
            {t('repairs:one.fees')} <Money amount={item.fees} currency={currency} /> ·{' '}
            {t('repairs:one.due')}{' '}
            <strong>
              <Money amount={item.due} currency={currency} />
            </strong>
          </>
        )}
      </p>
    </Panel>
  )
}

function Waits({ item }: { item: Item }) {
  const { t } = useTranslation()
  if (item.waits.length === 0) return null
  return (
    <Panel title={t('repairs:one.waits')}>
      <ul className="repair-list">
        {item.waits.map((wait) => (
          <li key={wait.id}>
            <Tag tone={wait.endedOn ? 'good' : 'soon'}>{wait.part}</Tag>{' '}
            <BusinessDate date={wait.startedOn} />
            {' – '}
            {wait.endedOn ? <BusinessDate date={wait.endedOn} /> : '…'}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
