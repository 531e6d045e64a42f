import { useTranslation } from 'react-i18next'

import { useHotkeys } from '../input/hotkeys.tsx'
import { KeyCap } from './key-cap.tsx'
import { reasonKeys } from './return-form.ts'
import type { Reason } from './return-form.ts'
import './returns.css'

/** Why it comes back: one digit. */
export function ReasonTiles({
  title,
  value,
  onChoose,
}: {
  /** What is asked: why it comes back, why it is exchanged. */
  title: string
  value: Reason | null
  onChoose: (reason: Reason) => void
}) {
  const { t } = useTranslation()
  useHotkeys(
    reasonKeys.map(({ key, value: each }) => ({
      keys: key,
      label: t(`refunds:reason.${each}`),
      run: () => onChoose(each),
    })),
  )
  return (
    <fieldset className="reasons">
      <legend>{title}</legend>
      <div className="reason-tiles">
        {reasonKeys.map(({ key, value: each }) => (
          <button
            key={each}
            type="button"
            className={value === each ? 'reason-tile reason-chosen' : 'reason-tile'}
            aria-pressed={value === each}
            onClick={() => onChoose(each)}
          >
            <KeyCap keys={key} /> {t(`refunds:reason.${each}`)}
          </button>
        ))}
      </div>
    </fieldset>
  )
}
