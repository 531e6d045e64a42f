import { useHotkeys } from '../input/hotkeys.tsx'
import { KeyCap } from './key-cap.tsx'

export interface KeyChoice<Value extends string> {
  keys: string
  value: Value
  label: string
}

interface KeyChoicesProps<Value extends string> {
  /** What is asked; null where a heading above asks it already. */
  legend: string | null
  choices: readonly KeyChoice<Value>[]
  /** The one that is chosen, or all of them where several can be. */
  value: Value | readonly Value[] | null | undefined
  onChoose: (value: Value) => void
}

/** One of a few, or several of them, each with its key: answered without reaching for the mouse. */
export function KeyChoices<Value extends string>(props: KeyChoicesProps<Value>) {
  const { legend, choices, value, onChoose } = props
  useHotkeys(
    choices.map((each) => ({
      keys: each.keys,
      label: each.label,
      run: () => onChoose(each.value),
    })),
  )
  const isChosen = (each: Value) => (Array.isArray(value) ? value.includes(each) : value === each)
  const buttons = (
    <div className="rights-choices">
      {choices.map((each) => (
        <button
          key={each.value}
          type="button"
          className={isChosen(each.value) ? 'rights-choice rights-chosen' : 'rights-choice'}
          aria-pressed={isChosen(each.value)}
          aria-keyshortcuts={each.keys}
          onClick={() => onChoose(each.value)}
        >
          <KeyCap keys={each.keys} /> {each.label}
        </button>
      ))}
    </div>
  )
  if (legend === null) return buttons
  return (
    <fieldset className="key-choices">
      <legend>{legend}</legend>
      {buttons}
    </fieldset>
  )
}
