import { Modal, Radio } from 'antd'
import { useTranslation } from 'react-i18next'

import { HotkeyLayer, useHotkeys } from '../input/hotkeys.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import type { Answer } from '../ui/rights.ts'
import { digitOf, nameOfValue, nextValue, type ToldFact, toldFacts } from './told-facts.ts'

interface RightsDetailsProps {
  name: string
  answer: Answer
  onAnswer: (answer: Answer) => void
  onClose: () => void
}

/** Alt+M: facts that are rarely asked, each set with its digit; the verdict behind follows. */
export function RightsDetails({ name, answer, onAnswer, onClose }: RightsDetailsProps) {
  const { t } = useTranslation()
  return (
    <Modal
      open
      title={t('sales:rights.details.title', { name })}
      width={640}
      keyboard={false}
      transitionName=""
      maskTransitionName=""
      onCancel={onClose}
      footer={null}
      closable={{ 'aria-label': t('sales:rights.close') }}
    >
      <HotkeyLayer>
        <DetailKeys answer={answer} onAnswer={onAnswer} onClose={onClose} />
      </HotkeyLayer>
      <p className="row-note">{t('sales:rights.details.hint')}</p>
      <ul className="rights-details">
        {toldFacts.map((fact, at) => (
          <DetailRow
            key={fact.field}
            fact={fact}
            keys={digitOf(at)}
            answer={answer}
            onAnswer={onAnswer}
          />
        ))}
      </ul>
      <p className="row-note">
        <KeyCap keys="Esc" /> {t('sales:rights.close')}
      </p>
    </Modal>
  )
}

function DetailKeys({ answer, onAnswer, onClose }: Omit<RightsDetailsProps, 'name'>) {
  const { t } = useTranslation()
  useHotkeys([
    ...toldFacts.map((fact, at) => ({
      keys: digitOf(at),
      label: t(`sales:rights.details.${fact.field}`),
      run: () => onAnswer(nextValue(fact, answer)),
    })),
    { keys: 'Esc', label: t('sales:rights.close'), run: onClose },
    { keys: 'Alt+M', label: t('sales:rights.close'), run: onClose },
  ])
  return null
}

interface DetailRowProps {
  fact: ToldFact
  keys: string
  answer: Answer
  onAnswer: (answer: Answer) => void
}

function DetailRow({ fact, keys, answer, onAnswer }: DetailRowProps) {
  const { t } = useTranslation()
  const said = answer[fact.field]
  const label = t(`sales:rights.details.${fact.field}`)
  return (
    <li>
      <KeyCap keys={keys} />
      <span className="rights-detail-name">{label}</span>
      <Radio.Group
        aria-label={label}
        size="small"
        optionType="button"
        value={said === undefined ? null : String(said)}
        options={fact.values.map((value) => {
          const name = nameOfValue(fact, value)
          return { value: name, label: t(`sales:rights.details.value.${name}`) }
        })}
        onChange={(event) => {
          const chosen = fact.values.find(
            (value) => nameOfValue(fact, value) === event.target.value,
          )
          if (chosen) onAnswer(chosen)
        }}
      />
    </li>
  )
}
