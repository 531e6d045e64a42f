import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'

/** The languages the desk speaks; the first is the default. */
export const LANGUAGES = ['zh-CN', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

const LANGUAGE_KEY = 'goodwill.language'

const files = import.meta.glob<Record<string, unknown>>('../../resources/locales/*/*.json', {
  eager: true,
  import: 'default',
})

function collectResources(): Record<string, Record<string, Record<string, unknown>>> {
  const resources: Record<string, Record<string, Record<string, unknown>>> = {}
  for (const [path, texts] of Object.entries(files)) {
    const [language, file] = path.split('/').slice(-2)
    if (!language || !file) continue
    ;(resources[language] ??= {})[file.replace(/\.json$/, '')] = texts
  }
  return resources
}

function isLanguage(value: string | null): value is Language {
  return LANGUAGES.some((language) => language === value)
}

function readLanguage(): Language {
  const kept = localStorage.getItem(LANGUAGE_KEY)
  return isLanguage(kept) ? kept : LANGUAGES[0]
}

function followLanguage(language: string): void {
  document.documentElement.lang = language
  dayjs.locale(language === 'zh-CN' ? 'zh-cn' : 'en')
}

const resources = collectResources()

/** Starts i18next with every `resources/locales/<language>/<namespace>.json`. */
export function startI18n(): typeof i18next {
  i18next.on('languageChanged', followLanguage)
  void i18next.use(initReactI18next).init({
    resources,
    lng: readLanguage(),
    fallbackLng: 'en',
    supportedLngs: [...LANGUAGES],
    ns: Object.keys(resources[LANGUAGES[0]] ?? {}),
    defaultNS: 'app',
    interpolation: { escapeValue: false },
    initAsync: false,
    returnNull: false,
  })
  return i18next
}

/** The language on screen now. */
export function currentLanguage(): Language {
  return isLanguage(i18next.language) ? i18next.language : LANGUAGES[0]
}

/** Switches the whole desk, live, and remembers it on this machine. */
export function switchLanguage(language: Language): void {
  localStorage.setItem(LANGUAGE_KEY, language)
  void i18next.changeLanguage(language)
}

/** Ctrl+L: the other language. */
export function toggleLanguage(): void {
  switchLanguage(currentLanguage() === 'zh-CN' ? 'en' : 'zh-CN')
}
