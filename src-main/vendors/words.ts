/** Words inside exported files, in the store's language: they belong to the file as columns do, not to a screen. */
import en from '../../resources/locales/en/vendor-files.json' with { type: 'json' }
import zh from '../../resources/locales/zh-CN/vendor-files.json' with { type: 'json' }

export type FileWords = typeof zh

export function wordsOf(language: 'zh-CN' | 'en'): FileWords {
  return language === 'en' ? en : zh
}
