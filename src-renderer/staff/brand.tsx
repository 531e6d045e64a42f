import { GlobalOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { toggleLanguage } from '../app/i18n.ts'
import { useHotkeys } from '../input/hotkeys.tsx'

/** The page before the desk: sign-in and set-up, with the name above and the language at hand. */
export function DoorPage({
  title,
  hint,
  wide,
  children,
}: {
  title: string
  hint?: ReactNode
  wide?: boolean
  children: ReactNode
}) {
  const { t } = useTranslation()
  useHotkeys([{ keys: 'Ctrl+L', label: t('app:keys.language'), run: toggleLanguage }], 'everywhere')
  return (
    <main className="door" aria-label={title}>
      <div className={wide ? 'door-card door-wide' : 'door-card'}>
        <header className="door-head">
          <BrandMark />
          <span className="door-name">{t('app:name')}</span>
          <Button type="text" size="small" icon={<GlobalOutlined />} onClick={toggleLanguage}>
            {t('app:status.otherLanguage')}
          </Button>
        </header>
        <h1>{title}</h1>
        {hint ? <p className="door-hint">{hint}</p> : null}
        {children}
      </div>
    </main>
  )
}

/** The desk's mark: three lines of a slip. */
export function BrandMark() {
  return (
    <svg className="brand-mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="7" />
      <path d="M9 10h14M9 16h14M9 22h8" />
    </svg>
  )
}
