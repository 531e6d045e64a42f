import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { KeyCap } from '../ui/key-cap.tsx'

/** What is being carried out, and what was paid: one beside the other. */
export function SettlementTabs({ current }: { current: 'agreements' | 'compensations' }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { may } = useSession()
  const tabs = [
    { name: 'agreements', keys: 'Alt+G', to: paths.agreements(), when: true },
    { name: 'compensations', keys: 'Alt+M', to: paths.compensations(), when: may('reports.read') },
  ] as const
  useHotkeys(
    tabs.map(({ name, keys, to, when }) => ({
      keys,
      label: t(`settlements:tabs.${name}`),
      when,
      run: () => void navigate(to),
    })),
  )
  return (
    <nav className="list-tools" aria-label={t('settlements:tabs.title')}>
      {tabs.map(({ name, keys, to, when }) =>
        when ? (
          <Button
            key={name}
            type={name === current ? 'primary' : 'default'}
            aria-current={name === current ? 'page' : undefined}
            aria-keyshortcuts={keys}
            onClick={() => void navigate(to)}
          >
            {t(`settlements:tabs.${name}`)} <KeyCap keys={keys} />
          </Button>
        ) : null,
      )}
    </nav>
  )
}
