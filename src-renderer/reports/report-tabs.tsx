import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import { paths } from '../app/paths.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { KeyCap } from '../ui/key-cap.tsx'

/** The reports that have pages of their own, and the page of all the others. */
export const tabs = {
  day: { keys: 'Alt+D', to: paths.dayReport() },
  figures: { keys: 'Alt+A', to: paths.report() },
  evaluation: { keys: 'Alt+E', to: paths.evaluation() },
} as const
type TabName = keyof typeof tabs

const tabNames = Object.keys(tabs) as TabName[]

/** The key of each; where they stand is the page's own. */
export function useTabKeys(): void {
  const { t } = useTranslation()
  const navigate = useNavigate()
  useHotkeys(
    tabNames.map((name) => ({
      keys: tabs[name].keys,
      label: t(`evaluation:tab.${name}`),
      run: () => void navigate(tabs[name].to),
    })),
  )
}

/** The reports, one beside the other. */
export function ReportTabs({ current }: { current: TabName }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  useTabKeys()
  return (
    <nav className="list-tools" aria-label={t('evaluation:tabs')}>
      {tabNames.map((name) => (
        <Button
          key={name}
          type={name === current ? 'primary' : 'default'}
          aria-current={name === current ? 'page' : undefined}
          aria-keyshortcuts={tabs[name].keys}
          onClick={() => void navigate(tabs[name].to)}
        >
          {t(`evaluation:tab.${name}`)} <KeyCap keys={tabs[name].keys} />
        </Button>
      ))}
    </nav>
  )
}
