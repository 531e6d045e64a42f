import { CheckCircleOutlined, DollarOutlined, QuestionCircleOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'

import { useHotkeys } from '../input/hotkeys.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { RightsQuestion } from '../ui/rights-question.tsx'
import type { Answer, Question } from '../ui/rights.ts'
import { Tag } from '../ui/tag.tsx'
import { useReasonText } from '../ui/use-reason-text.ts'
import type { Decision } from './verdict.ts'

const icons = {
  free: <CheckCircleOutlined aria-hidden="true" />,
  paid: <DollarOutlined aria-hidden="true" />,
  undecided: <QuestionCircleOutlined aria-hidden="true" />,
}

interface VerdictBoxProps {
  decision: Decision
  soldOn: string
  onAnswer: (answer: Answer) => void
  onPutOff: (question: Question) => void
  onUndo: (() => void) | undefined
}

/** Free or paid in very large words, why, and the one fact that may still change it. */
export function VerdictBox({ decision, soldOn, onAnswer, onPutOff, onUndo }: VerdictBoxProps) {
  const { t } = useTranslation()
  useHotkeys([
    {
      keys: 'Ctrl+Z',
      label: t('repairs:verdict.undo'),
      when: onUndo !== undefined,
      run: () => onUndo?.(),
    },
  ])
  const { owes, open } = decision
  const said = decision.remedy ? saidOf(decision.answer) : []
  return (
    <section
      className={`repair-verdict repair-verdict-${owes}`}
      aria-label={t('repairs:verdict.title')}
      aria-busy={!decision.settled}
    >
      <RefusalAlert error={decision.error} />
      <div aria-live="polite">
        <p className="repair-verdict-word">
          {icons[owes]} {t(`repairs:verdict.${owes}`)}
        </p>
        <p>{t(`repairs:verdict.${owes}Say`)}</p>
      </div>
      <Grounds decision={decision} />
      {said.length > 0 ? (
        <p className="repair-said">
          <span className="row-note">{t('repairs:verdict.asked')}</span>
          {said.map((key) => (
            <Tag key={key} tone="teal">
              {t(`sales:rights.${key}`)}
            </Tag>
          ))}
          {onUndo ? (
            <button type="button" className="rights-choice repair-undo" onClick={onUndo}>
              <KeyCap keys="Ctrl+Z" /> {t('repairs:verdict.undo')}
            </button>
          ) : null}
        </p>
      ) : null}
      {open ? (
        <RightsQuestion open={open} soldOn={soldOn} onAnswer={onAnswer} onPutOff={onPutOff} />
      ) : null}
    </section>
  )
}

/** Keys of the words for what was answered. */
function saidOf(answer: Answer): string[] {
  const said: string[] = []
  if (answer.reason) said.push(`reason.${answer.reason}`)
  if (answer.findings?.length === 0) said.push('finding.none')
  for (const finding of answer.findings ?? []) said.push(`finding.${finding}`)
  if (answer.part === 'unit') said.push('part.unit')
  return said
}

/** The legal lines or house rules behind it, and in a sentence why a repair is not free. */
function Grounds({ decision: { basis, remedy, rules: known, owes } }: { decision: Decision }) {
  const { t, i18n } = useTranslation()
  const say = useReasonText()
  const tongue = i18n.language === 'zh-CN' ? 'zh' : 'en'
  if (basis !== 'rights') return <p className="row-note">{t(`repairs:basis.${basis}`)}</p>
  if (!remedy || owes === 'undecided') return null
  const rules = remedy.because.flatMap(
    ({ id, version }) => known.find((each) => each.id === id && each.version === version) ?? [],
  )
  const lines = new Set(
    [...remedy.basis, ...rules.map((each) => each.basis)].map((each) => each[tongue]),
  )
  return (
    <>
      {remedy.allowed ? null : <p>{remedy.reasons.slice(0, 1).map(say).join('')}</p>}
      {lines.size > 0 ? (
        <p className="row-note">
          {t('repairs:verdict.because')}
          {[...lines].slice(0, 3).join('；')}
        </p>
      ) : null}
    </>
  )
}
