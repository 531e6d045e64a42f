import { useTranslation } from 'react-i18next'

import type { Investigation, Settling } from './remedy.ts'

const steps = ['facts', 'finding', 'proposal', 'answer', 'execution', 'done'] as const
export type FlowStep = (typeof steps)[number]

/** Where a complaint stands between its facts and the last item carried out. */
export function stepOf(found: Investigation, { settlements, open }: Settling): FlowStep {
  const [latest] = settlements
  if (latest?.state === 'executed' || !open) return 'done'
  if (latest?.state === 'agreed') return 'execution'
  if (latest?.state === 'offered') return 'answer'
  if (found.state === 'decided') return 'proposal'
  return found.facts.some(({ state }) => state === 'open') ? 'facts' : 'finding'
}

/** The whole way on one line, the step it is at marked (domain.md §3.6 row 59). */
export function FlowSteps({ now }: { now: FlowStep }) {
  const { t } = useTranslation()
  const at = steps.indexOf(now)
  return (
    <ol className="flow-steps" aria-label={t('settlements:flow.title')}>
      {steps.map((step, index) => {
        const isPast = index < at || now === 'done'
        return (
          <li
            key={step}
            className={isPast ? 'flow-step flow-past' : 'flow-step'}
            aria-current={index === at ? 'step' : undefined}
          >
            <span className="flow-no" aria-hidden="true">
              {isPast ? '✓' : index + 1}
            </span>
            {t(`settlements:flow.${step}`)}
          </li>
        )
      })}
    </ol>
  )
}
