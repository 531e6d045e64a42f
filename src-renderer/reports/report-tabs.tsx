import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import { paths } from '../app/paths.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { KeyCap } from '../ui/key-cap.tsx'

const tabs = {
  day: { keys: 'Alt+D', to: paths.dayReport() },
  evaluation: { keys: 'Alt+E', to: paths.evaluation() },
} as const

/** The reports, one beside the other. */
export function ReportTabs({ current }: { current: keyof typeof tabs }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const all = Object.entries(tabs) as [keyof typeof tabs, (typeof tabs)[keyof typeof tabs]][]
  useHotkeys(
    all.map(([name, { keys, to }]) => ({
      keys,
      label: t(`evaluation:tab.${name}`),
      run: () => void navigate(to),
    })),
  )
  return (
    <nav className="list-tools" aria-label={t('evaluation:tabs')}>
      {all.map(([name, { keys, to }]) => (
        <Button
          key={name}
          type={name === current ? 'primary' : 'default'}
          aria-current={name === current ? 'page' : undefined}
          aria-keyshortcuts={keys}
          onClick={() => void navigate(to)}
        >
          {t(`evaluation:tab.${name}`)} <KeyCap keys={keys} />
        </Button>
      ))}
    </nav>
  )
}
