import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'

import { useHotkeys } from '../input/hotkeys.tsx'
import { isWritingIn } from '../input/writing.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { ClassIcon } from './class-icon.tsx'
import { classKeys } from './complaint-form.ts'
import type { ComplaintClass } from './complaint-form.ts'

interface ClassTilesProps {
  value: ComplaintClass | null
  problem: string | undefined
  onChoose: (value: ComplaintClass) => void
}

/** Ten classes on ten digits, as the consumer associations count them. */
export function ClassTiles({ value, problem, onChoose }: ClassTilesProps) {
  const { t } = useTranslation()
  // Digits must work at once: no field may hold the keyboard when the form opens.
  const first = useRef<HTMLFieldSetElement>(null)
  useEffect(() => {
    const timer = setTimeout(() => {
      // Whoever has gone into a field of the form meanwhile stays there.
      if (isWritingIn(first.current?.closest('[role="dialog"]'))) return
      first.current?.focus({ preventScroll: true })
    }, 0)
    return () => clearTimeout(timer)
  }, [])
  useHotkeys(
    classKeys.map(({ key, value: each }) => ({
      keys: key,
      label: t(`complaints:class.${each}`),
      run: () => onChoose(each),
    })),
  )
  return (
    <fieldset className="class-field" ref={first} tabIndex={-1}>
      <legend>{t('complaints:class.title')}</legend>
      <div className="class-tiles">
        {classKeys.map(({ key, value: each }) => (
          <button
            key={each}
            type="button"
            className={value === each ? 'class-tile class-chosen' : 'class-tile'}
            aria-pressed={value === each}
            onClick={() => onChoose(each)}
          >
            <ClassIcon of={each} />
            <span className="class-word">{t(`complaints:class.${each}`)}</span>
            <KeyCap keys={key} />
          </button>
        ))}
      </div>
      {problem ? (
        <p className="field-problem" role="alert">
          {problem}
        </p>
      ) : null}
    </fieldset>
  )
}
