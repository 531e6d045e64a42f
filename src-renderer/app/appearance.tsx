import { App as AntdApp, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import {
  createContext,
  useContext,
  useLayoutEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { APPEARANCES, applyPalette, FONT_SIZE, themeFor } from './theme.ts'
import type { Appearance, Mode } from './theme.ts'

const APPEARANCE_KEY = 'goodwill.appearance'

interface AppearanceControl {
  appearance: Appearance
  mode: Mode
  setAppearance: (appearance: Appearance) => void
}

const AppearanceContext = createContext<AppearanceControl | null>(null)

const darkQuery = window.matchMedia('(prefers-color-scheme: dark)')
const touchQuery = window.matchMedia('(min-width: 1900px) and (pointer: coarse)')

function useMedia(query: MediaQueryList): boolean {
  return useSyncExternalStore(
    (onChange) => {
      query.addEventListener('change', onChange)
      return () => query.removeEventListener('change', onChange)
    },
    () => query.matches,
  )
}

function readAppearance(): Appearance {
  const kept = localStorage.getItem(APPEARANCE_KEY)
  return APPEARANCES.find((appearance) => appearance === kept) ?? 'system'
}

/** Theme and component locale for everything below; both change without a reload. */
export function AppearanceProvider({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation()
  const [appearance, keepAppearance] = useState(readAppearance)
  const systemIsDark = useMedia(darkQuery)
  const fontSize = useMedia(touchQuery) ? FONT_SIZE.touch : FONT_SIZE.normal
  const mode: Mode = appearance === 'system' ? (systemIsDark ? 'dark' : 'light') : appearance

  useLayoutEffect(() => applyPalette(mode), [mode])
  useLayoutEffect(() => {
    document.body.style.fontSize = `${fontSize}px`
  }, [fontSize])

  const control = useMemo<AppearanceControl>(
    () => ({
      appearance,
      mode,
      setAppearance: (next) => {
        localStorage.setItem(APPEARANCE_KEY, next)
        keepAppearance(next)
      },
    }),
    [appearance, mode],
  )
  const theme = useMemo(() => themeFor(mode, fontSize), [mode, fontSize])

  return (
    <AppearanceContext value={control}>
      <ConfigProvider
        theme={theme}
        locale={i18n.language === 'zh-CN' ? zhCN : enUS}
        button={{ autoInsertSpace: false }}
      >
        <AntdApp className="desk-app" notification={{ placement: 'bottomLeft' }}>
          {children}
        </AntdApp>
      </ConfigProvider>
    </AppearanceContext>
  )
}

/** The chosen appearance and the mode it gives right now. */
export function useAppearance(): AppearanceControl {
  const control = useContext(AppearanceContext)
  if (!control) throw new Error('useAppearance is used outside AppearanceProvider')
  return control
}
