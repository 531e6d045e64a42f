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

import { APPEARANCES, applyPalette, themeFor } from './theme.ts'
import type { Appearance, Mode } from './theme.ts'

const APPEARANCE_KEY = 'goodwill.appearance'

interface AppearanceControl {
  appearance: Appearance
  mode: Mode
  setAppearance: (appearance: Appearance) => void
}

const AppearanceContext = createContext<AppearanceControl | null>(null)

const darkQuery = window.matchMedia('(prefers-color-scheme: dark)')

function watchSystem(onChange: () => void): () => void {
  darkQuery.addEventListener('change', onChange)
  return () => darkQuery.removeEventListener('change', onChange)
}

function readAppearance(): Appearance {
  const kept = localStorage.getItem(APPEARANCE_KEY)
  return APPEARANCES.find((appearance) => appearance === kept) ?? 'system'
}

/** Theme and component locale for everything below; both change without a reload. */
export function AppearanceProvider({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation()
  const [appearance, keepAppearance] = useState(readAppearance)
  const systemIsDark = useSyncExternalStore(watchSystem, () => darkQuery.matches)
  const mode: Mode = appearance === 'system' ? (systemIsDark ? 'dark' : 'light') : appearance

  useLayoutEffect(() => applyPalette(mode), [mode])

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
  const theme = useMemo(() => themeFor(mode), [mode])

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
