import { Button } from 'antd'
import { useTranslation } from 'react-i18next'

import { useHotkeys } from '../input/hotkeys.tsx'
import { KeyCap } from './key-cap.tsx'
import { choices, type LanguageChoice } from './paper-languages.ts'

const NEXT = 'Alt+Shift+S'

interface PaperLanguageProps {
  value: LanguageChoice
  onChange: (next: LanguageChoice) => void
}

/** The language of a paper; one key goes round the languages. */
export function PaperLanguage({ value, onChange }: PaperLanguageProps) {
  const { t } = useTranslation()
  const next = choices[(choices.indexOf(value) + 1) % choices.length] ?? 'own'
  useHotkeys([{ keys: NEXT, label: t('papers:language.next'), run: () => onChange(next) }])
  return (
    <Button
      className="paper-language"
      size="small"
      aria-keyshortcuts={NEXT}
      onClick={() => onChange(next)}
    >
      {t('papers:language.is', { language: t(`papers:language.${value}`) })} <KeyCap keys={NEXT} />
    </Button>
  )
}
