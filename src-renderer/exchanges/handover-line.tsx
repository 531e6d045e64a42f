import { useTranslation } from 'react-i18next'

import { useHotkeys } from '../input/hotkeys.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { type Handover, steps } from './handover.ts'
import type { Step } from './handover.ts'

interface HandoverLineProps {
  handover: Handover
  /** The step whose panel is open. */
  current: Step | null
  onStep: (step: Step) => void
}

const circled = ['①', '②', '③', '④', '⑤']

/** The five steps as one line, ticked by the keys 1 to 5. */
export function HandoverLine({ handover, current, onStep }: HandoverLineProps) {
  const { t } = useTranslation()
  useHotkeys(
    steps.map((step, index) => ({
      keys: String(index + 1),
      label: t(`exchanges:step.${step}`),
      run: () => onStep(step),
    })),
  )
  return (
    <ol className="handover-line" aria-label={t('exchanges:handover.steps')}>
      {steps.map((step, index) => {
        const done = handover.steps.find((each) => each.step === step)?.done ?? false
        return (
          <li key={step}>
            <button
              type="button"
              className={[
                'handover-step',
                done ? 'handover-done' : '',
                step === current ? 'handover-current' : '',
              ].join(' ')}
              aria-current={step === current ? 'step' : undefined}
              aria-keyshortcuts={String(index + 1)}
              onClick={() => onStep(step)}
            >
              <span className="handover-head">
                <span className="handover-number" aria-hidden="true">
                  {circled[index]}
                </span>
                <span className="handover-mark">
                  <span aria-hidden="true">{done ? '✓' : '□'}</span>
                  <span className="sr-only">
                    {t(done ? 'exchanges:handover.done' : 'exchanges:handover.open')}
                  </span>
                </span>
                <KeyCap keys={String(index + 1)} />
              </span>
              <span>{t(`exchanges:step.${step}`)}</span>
            </button>
          </li>
        )
      })}
    </ol>
  )
}
