import { useQuery } from '@tanstack/react-query'
import { Modal } from 'antd'
import { useTranslation } from 'react-i18next'

import { api } from '../app/client.ts'
import { HotkeyLayer, useHotkeys } from '../input/hotkeys.tsx'
import { BusinessDate } from '../ui/business-date.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { LoadingState } from '../ui/states.tsx'
import { Tag } from '../ui/tag.tsx'
import type { Answers, Verdict } from '../ui/rights.ts'
import type { SaleLine } from './sale.ts'
import { useReasonText } from '../ui/use-reason-text.ts'

interface RightsTraceProps {
  receiptId: number
  line: SaleLine
  answers: Answers
  onClose: () => void
}

/** F1: every rule that was looked at for one line, which counts, which does not, and why. */
export function RightsTrace({ receiptId, line, answers, onClose }: RightsTraceProps) {
  const { t } = useTranslation()
  return (
    <Modal
      open
      title={t('sales:rights.traceOf', { name: line.name })}
      width={920}
      keyboard={false}
      transitionName=""
      maskTransitionName=""
      onCancel={onClose}
      footer={null}
      closable={{ 'aria-label': t('sales:rights.close') }}
    >
      <HotkeyLayer>
        <TraceKeys onClose={onClose} />
      </HotkeyLayer>
      <Steps receiptId={receiptId} saleLineId={line.id} answers={answers} />
    </Modal>
  )
}

function TraceKeys({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  useHotkeys([
    { keys: 'Esc', label: t('sales:rights.close'), run: onClose },
    { keys: 'F1', label: t('sales:rights.close'), run: onClose },
  ])
  return null
}

function Steps(input: { receiptId: number; saleLineId: number; answers: Answers }) {
  const { t, i18n } = useTranslation()
  const say = useReasonText()
  const tongue = i18n.language === 'zh-CN' ? 'zh' : 'en'
  const trace = useQuery(api.rights.trace.queryOptions({ input }))
  if (trace.error) return <RefusalAlert error={trace.error} retry={trace.refetch} />
  if (!trace.data) return <LoadingState />
  const { clocks, rules, steps } = trace.data
  const named = steps.flatMap((step) => {
    const rule = rules.find(
      (each) => each.id === step.rule.id && each.version === step.rule.version,
    )
    return rule ? [{ step, rule }] : []
  })
  return (
    <div className="rights-trace" tabIndex={0} role="region" aria-label={t('sales:rights.why')}>
      <p className="row-note">{t('sales:rights.traceHint')}</p>
      {clocks.length > 0 ? <Clocks clocks={clocks} /> : null}
      <ol>
        {[
          ...named.filter(({ step }) => step.applies),
          ...named.filter(({ step }) => !step.applies),
        ].map(({ step, rule }) => (
          <li key={`${rule.id}@${rule.version}`}>
            <p>
              {step.applies ? (
                <Tag tone="good">{t('sales:rights.applies')}</Tag>
              ) : (
                <Tag>{t('sales:rights.appliesNot')}</Tag>
              )}{' '}
              <strong>{rule.text[tongue]}</strong>
            </p>
            {step.reasons.length > 0 ? <p>{step.reasons.map(say).join(' ')}</p> : null}
            <p className="row-note">
              {rule.basis[tongue]} · {t(`sales:rights.layer.${rule.layer}`)} · {rule.id} v
              {rule.version}
              {rule.unverified ? ` · ${t('sales:rights.unverified')}` : ''}
            </p>
          </li>
        ))}
      </ol>
      <p className="row-note">
        <KeyCap keys="Esc" /> {t('sales:rights.close')}
      </p>
    </div>
  )
}

/** Terms of the whole unit and of its main parts. */
function Clocks({ clocks }: { clocks: Verdict['clocks'] }) {
  const { t, i18n } = useTranslation()
  const tongue = i18n.language === 'zh-CN' ? 'zh' : 'en'
  return (
    <dl className="rights-clocks">
      {clocks.map((clock) => (
        <div key={clock.of}>
          <dt>
            {clock.of === 'unit' ? t('sales:rights.part.unit') : (clock.name?.[tongue] ?? clock.of)}
          </dt>
          <dd>
            {clock.endsOn === null ? (
              t('sales:rights.storeDecides')
            ) : (
              <BusinessDate date={clock.endsOn} distance="left" />
            )}
            {clock.extendedDays > 0 ? (
              <span className="row-note">
                {' '}
                {t('sales:rights.extended', { count: clock.extendedDays })}
              </span>
            ) : null}
            {clock.rolledFrom === null ? null : (
              <span className="row-note"> {t('sales:rights.rolled')}</span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}
