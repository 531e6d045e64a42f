import { useTranslation } from 'react-i18next'

/** Which of the two languages of a text that is kept in both is on screen. */
export function useTongue(): 'zh' | 'en' {
  const { i18n } = useTranslation()
  return i18n.language === 'zh-CN' ? 'zh' : 'en'
}
