import { DatePicker, InputNumber } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { daysBetween } from '../../src-main/foundation/business-date.ts'
import { isImeKey } from '../input/composition.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { KeyCap } from './key-cap.tsx'
import { useStore } from './store-context.ts'
import type { Answer, Choice, OpenQuestion, Question } from './rights.ts'
import { choicesOf } from './rights.ts'

interface QuestionsProps {
  open: OpenQuestion
  /** The day of the sale: deliveries and installations came on it or after it. */
  soldOn: string
  onAnswer: (answer: Answer) => void
  onPutOff: (question: Question) => void
}

/** The fact the rules still need, asked with one digit; the verdict above changes with the answer. */
export function RightsQuestion({ open, soldOn, onAnswer, onPutOff }: QuestionsProps) {
  const { t, i18n } = useTranslation()
  const { today } = useStore()
  const { question, verdict } = open
  const isDay = question === 'delivered_on' || question === 'installed_on'
  const days = isDay ? firstDays(soldOn, today) : []
  const choices = choicesOf(question, verdict, days)
  const word = ({ label }: Choice) =>
    'key' in label
      ? t(`sales:rights.${label.key}`)
      : label.text[i18n.language === 'zh-CN' ? 'zh' : 'en']
  // While a number is typed, a digit is one of the number.
  const putOffKey = question === 'kilometres' ? 'Alt+0' : '0'
  const mayPutOff = !choices.some(({ key }) => key === '0')
  useHotkeys([
    ...choices.map((choice) => ({
      keys: choice.key,
      label: word(choice),
      run: () => onAnswer(choice.answer),
    })),
    {
      keys: putOffKey,
      label: t('sales:rights.putOff'),
      when: mayPutOff,
      run: () => onPutOff(question),
    },
  ])
  return (
    <fieldset className="rights-question">
      <legend>{t(`sales:rights.ask.${question}`)}</legend>
      <div className="rights-choices">
        {choices.map((choice) => (
          <button
            key={choice.key}
            type="button"
            className="rights-choice"
            onClick={() => onAnswer(choice.answer)}
          >
            <KeyCap keys={choice.key} /> {word(choice)}
          </button>
        ))}
        {isDay ? (
          <DatePicker
            aria-label={t('sales:rights.otherDay')}
            placeholder={t('sales:rights.otherDay')}
            minDate={dayjs(soldOn)}
            maxDate={dayjs(today)}
            onChange={(day) => {
              if (!day) return
              const date = dayjs(day).format('YYYY-MM-DD')
              onAnswer(question === 'delivered_on' ? { deliveredOn: date } : { installedOn: date })
            }}
          />
        ) : null}
        {question === 'kilometres' ? (
          <Kilometres onAnswer={(kilometres) => onAnswer({ kilometres })} />
        ) : null}
        {mayPutOff ? (
          <button
            type="button"
            className="rights-choice rights-later"
            onClick={() => onPutOff(question)}
          >
            <KeyCap keys={putOffKey} /> {t('sales:rights.putOff')}
          </button>
        ) : null}
      </div>
    </fieldset>
  )
}

const mostKilometres = 9_999_999

/** What the meter of a vehicle shows: typed, then Enter. */
function Kilometres({ onAnswer }: { onAnswer: (kilometres: number) => void }) {
  const { t } = useTranslation()
  const [typed, type] = useState<number | null>(null)
  const take = () => {
    if (typed !== null) onAnswer(typed)
  }
  return (
    <span className="rights-number">
      <InputNumber<number>
        autoFocus
        aria-label={t('sales:rights.ask.kilometres')}
        placeholder={t('sales:rights.kilometres.unit')}
        min={0}
        max={mostKilometres}
        precision={0}
        controls={false}
        value={typed}
        onChange={type}
        onPressEnter={(event) => {
          if (!isImeKey(event.nativeEvent)) take()
        }}
      />
      <button type="button" className="rights-choice" disabled={typed === null} onClick={take}>
        <KeyCap keys="Enter" /> {t('sales:rights.kilometres.take')}
      </button>
    </span>
  )
}

/** The day of the sale and the two after it, as far as they have come. */
function firstDays(soldOn: string, today: string): string[] {
  return [0, 1, 2]
    .filter((days) => days <= daysBetween(soldOn, today))
    .map((days) => dayjs(soldOn).add(days, 'day').format('YYYY-MM-DD'))
}
