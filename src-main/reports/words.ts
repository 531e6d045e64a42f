/** Words inside exported files, in the store's language: they belong to the file as columns do, not to a screen. */
import en from '../../resources/locales/en/evaluation-files.json' with { type: 'json' }
import zh from '../../resources/locales/zh-CN/evaluation-files.json' with { type: 'json' }

export function evaluationWords(language: 'zh-CN' | 'en'): typeof zh {
  return language === 'en' ? en : zh
}
