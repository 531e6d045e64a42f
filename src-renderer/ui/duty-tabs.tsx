import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import { paths } from '../app/paths.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { KeyCap } from './key-cap.tsx'
import './clocks.css'

const tabs = {
  promises: { keys: 'Alt+Y', to: paths.promises() },
  clocks: { keys: 'Alt+T', to: paths.clocks() },
  followups: { keys: 'Alt+U', to: paths.followUps() },
  reviews: { keys: 'Alt+X', to: paths.caseReviews() },
  shifts: { keys: 'Alt+H', to: paths.shifts() },
  diary: { keys: 'Alt+J', to: paths.diary() },
  agreements: { keys: 'Alt+G', to: paths.agreements() },
} as const

/** The pages of whoever is on duty, one beside the other. */
export function DutyTabs({ current }: { current: keyof typeof tabs }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const all = Object.entries(tabs) as [keyof typeof tabs, (typeof tabs)[keyof typeof tabs]][]
  useHotkeys(
    all.map(([name, { keys, to }]) => ({
      keys,
      label: t(`clocks:duty.${name}`),
      run: () => void navigate(to),
    })),
  )
  return (
    <nav className="list-tools" aria-label={t('clocks:duty.title')}>
      {all.map(([name, { keys, to }]) => (
        <Button
          key={name}
          type={name === current ? 'primary' : 'default'}
          aria-current={name === current ? 'page' : undefined}
          aria-keyshortcuts={keys}
          onClick={() => void navigate(to)}
        >
          {t(`clocks:duty.${name}`)} <KeyCap keys={keys} />
        </Button>
      ))}
    </nav>
  )
}
