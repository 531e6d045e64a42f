import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { isBusinessDate } from '../../src-main/foundation/business-date.ts'
import type { Verdict } from '../../src-main/policy/contract.ts'
import { paths } from '../app/paths.ts'
import { BusinessDate } from '../ui/business-date.tsx'
import { writeDate } from '../ui/dates.ts'
import { Money } from '../ui/money.tsx'
import { Panel } from '../ui/page.tsx'
import { EmptyState } from '../ui/states.tsx'
import { Tag } from '../ui/tag.tsx'
import { useBilingual } from './policy.ts'
import type { Tried } from './policy.ts'
import { useWords } from './use-words.ts'

type AnyRemedy = Verdict['remedies'][number]
type Reason = Verdict['trace'][number]['reasons'][number]

/** The engine's answer in words, and below it how every rule came to count or not. */
export function VerdictView({ tried }: { tried: Tried }) {
  const { t } = useTranslation()
  const { verdict } = tried
  return (
    <>
      <Panel title={t('policy-screen:verdict.title')}>
        {verdict.remedies.length === 0 ? (
          <EmptyState small title={t('policy-screen:verdict.nothing')} />
        ) : (
          <ul className="policy-verdict">
            {verdict.remedies.map((remedy) => (
              <li key={remedy.remedy}>
                <RemedyLine remedy={remedy} />
              </li>
            ))}
          </ul>
        )}
        <Questions verdict={verdict} />
      </Panel>
      <Clocks verdict={verdict} />
      <Warnings verdict={verdict} />
      <Trace tried={tried} />
    </>
  )
}

function RemedyLine({ remedy }: { remedy: AnyRemedy }) {
  const { t } = useTranslation()
  const say = useBilingual()
  const sayReason = useReason()
  const name = t(`policy-screen:remedy.${remedy.remedy}`)
  if (!remedy.allowed) {
    return (
      <>
        <p className="policy-remedy-name">
          <Tag tone="risk">✗ {name}</Tag>
        </p>
        <p>{remedy.reasons.map(sayReason).join(t('policy-screen:comma'))}</p>
      </>
    )
  }
  return (
    <>
      <p className="policy-remedy-name">
        <Tag tone="good">{name}</Tag>
        {remedy.until === null ? (
          t('policy-screen:verdict.endless')
        ) : (
          <>
            {t('policy-screen:verdict.until')} <BusinessDate date={remedy.until} />
          </>
        )}
        {remedy.amount > 0 ? <Money amount={remedy.amount} size="large" /> : null}
      </p>
      <p>
        {[
          t(`policy-screen:chooser.${remedy.chooser}`),
          t(`policy-screen:verdict.freight.${remedy.freight}`),
          t(`policy-screen:verdict.gift.${remedy.gift}`),
          ...(remedy.approver
            ? [t('policy-screen:verdict.approver', { role: t(`app:role.${remedy.approver}`) })]
            : []),
        ].join(t('policy-screen:comma'))}
      </p>
      {remedy.fee.amount > 0 ? (
        <p>
          {t(`policy-screen:verdict.fee.${remedy.fee.kind}`, { count: remedy.fee.days })}{' '}
          <Money amount={remedy.fee.amount} />
        </p>
      ) : null}
      <p className="row-note">{remedy.basis.map(say).join(t('policy-screen:comma'))}</p>
    </>
  )
}

/** A reason with its dates written out. */
function useReason(): (reason: Reason) => string {
  const { t, today, language } = useWords()
  return ({ key, params }) =>
    t(`policy:${key}`, {
      ...Object.fromEntries(
        Object.entries(params).map(([name, value]) => [
          name,
          typeof value === 'string' && isBusinessDate(value)
            ? writeDate(value, today, language)
            : value,
        ]),
      ),
      defaultValue: key,
    })
}

function Questions({ verdict }: { verdict: Verdict }) {
  const { t } = useTranslation()
  if (verdict.questions.length === 0 && verdict.undecided.length === 0) return null
  return (
    <ul className="policy-events">
      {verdict.questions.map((question) => (
        <li key={question}>{t(`policy-screen:question.${question}`)}</li>
      ))}
      {verdict.undecided.map((field) => (
        <li key={field} className="tone-soon">
          {t(`policy-screen:verdict.undecided.${field}`)}
        </li>
      ))}
    </ul>
  )
}

function Clocks({ verdict }: { verdict: Verdict }) {
  const { t } = useTranslation()
  const say = useBilingual()
  if (verdict.clocks.length === 0) return null
  return (
    <Panel title={t('policy-screen:verdict.clocks')}>
      <dl className="facts-list">
        {verdict.clocks.map((clock) => (
          <div key={clock.of} className="policy-fact">
            <dt>{clock.name ? say(clock.name) : t('policy-screen:verdict.unit')}</dt>
            <dd>
              <BusinessDate date={clock.startsOn} /> –{' '}
              {clock.endsOn === null ? (
                t('policy-screen:undecidedValue')
              ) : (
                <BusinessDate date={clock.endsOn} />
              )}
              {clock.extendedDays > 0
                ? ` · ${t('policy-screen:verdict.extended', { count: clock.extendedDays })}`
                : ''}
              {clock.rolledFrom ? (
                <>
                  {' · '}
                  {t('policy-screen:verdict.rolled')} <BusinessDate date={clock.rolledFrom} />
                </>
              ) : null}
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  )
}

function Warnings({ verdict }: { verdict: Verdict }) {
  const { t } = useTranslation()
  const say = useBilingual()
  const { exposures, duties } = verdict
  if (exposures.length === 0 && duties.length === 0) return null
  return (
    <Panel title={t('policy-screen:verdict.duties')}>
      <ul className="policy-events">
        {exposures.map((exposure) => (
          <li key={exposure.rule.id} className="tone-risk">
            {say(exposure.text)}{' '}
            {exposure.amount === null ? null : <Money amount={exposure.amount} />}
          </li>
        ))}
        {duties.map((duty) => (
          <li key={duty.rule.id}>
            {say(duty.text)}{' '}
            {duty.dueOn === null ? null : (
              <>
                {t('policy-screen:verdict.due')} <BusinessDate date={duty.dueOn} />
              </>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function Trace({ tried }: { tried: Tried }) {
  const { t } = useTranslation()
  const { trace } = tried.verdict
  const applied = trace.filter((step) => step.applies)
  const others = trace.filter((step) => !step.applies)
  return (
    <Panel title={t('policy-screen:verdict.trace')}>
      {trace.length === 0 ? <p>{t('policy-screen:verdict.noTrace')}</p> : null}
      <Steps steps={applied} rules={tried.rules} />
      {others.length > 0 ? (
        <details className="policy-more">
          <summary>{t('policy-screen:verdict.notApplied', { count: others.length })}</summary>
          <Steps steps={others} rules={tried.rules} />
        </details>
      ) : null}
    </Panel>
  )
}

interface StepsProps {
  steps: Verdict['trace']
  rules: Tried['rules']
}

function Steps({ steps, rules }: StepsProps) {
  const { t } = useTranslation()
  const say = useBilingual()
  const sayReason = useReason()
  return (
    <ol className="policy-trace">
      {steps.map((step, index) => {
        const rule = rules.find(
          ({ id, version }) => id === step.rule.id && version === step.rule.version,
        )
        return (
          // One rule can speak more than once.
          <li key={`${step.rule.id}-${index}`}>
            <Link to={paths.rules(step.rule.id)}>{rule ? say(rule.text) : step.rule.id}</Link>
            <span className="row-note">
              {rule ? `${t(`policy-screen:layer.${rule.layer}`)} · ${say(rule.basis)} · ` : ''}
              {t('policy-screen:versionNo', { version: step.rule.version })}
            </span>
            {step.reasons.length > 0 ? (
              <span>{step.reasons.map(sayReason).join(t('policy-screen:comma'))}</span>
            ) : null}
          </li>
        )
      })}
    </ol>
  )
}
