import { useTranslation } from 'react-i18next'

import vocabulary from '../../resources/radar/faults.json'

/** How a fault is called in a language of the desk. */
export function faultWord(code: string, language: string): string {
  const fault = vocabulary.faults.find((each) => each.code === code)
  return fault?.[language === 'zh-CN' ? 'zh' : 'en'] ?? code
}

/** How faults are called in the language of the desk. */
export function useFaultWords() {
  const { i18n } = useTranslation()
  const word = (code: string): string => faultWord(code, i18n.language)
  const options = vocabulary.faults.map(({ code }) => ({ value: code, label: word(code) }))
  return { word, options }
}
