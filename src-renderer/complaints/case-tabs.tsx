import { lazy, Suspense, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'

import { PageErrorBoundary } from '../app/error-boundary.tsx'
import type { CaseTabProps } from '../app/room.ts'
import { roomCaseTabs } from '../app/rooms.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { LoadingState } from '../ui/states.tsx'

const OVERVIEW = 'overview'

const tabs = [
  { name: OVERVIEW, label: 'complaints:tabs.overview', Content: null },
  ...roomCaseTabs.map(({ name, label, load }) => ({ name, label, Content: lazy(load) })),
]

/** The overview of a case, and beside it what other rooms know of it; digits go from one to the other. */
export function CaseTabs({ children, ...about }: CaseTabProps & { children: ReactNode }) {
  const { t } = useTranslation()
  const [query, setQuery] = useSearchParams()
  const current = tabs.find(({ name }) => name === query.get('tab')) ?? tabs[0]
  const show = (name: string) =>
    setQuery(
      (before) => {
        const after = new URLSearchParams(before)
        if (name === OVERVIEW) after.delete('tab')
        else after.set('tab', name)
        return after
      },
      { replace: true },
    )
  useHotkeys(
    tabs.map(({ name, label }, index) => ({
      keys: String(index + 1),
      label: t(label),
      when: tabs.length > 1,
      run: () => show(name),
    })),
  )
  if (tabs.length === 1) return children
  const Content = current?.Content
  return (
    <>
      <nav className="case-tabs" aria-label={t('complaints:tabs.title')}>
        {tabs.map(({ name, label }, index) => (
          <button
            key={name}
            type="button"
            className="case-tab"
            aria-current={name === current?.name ? 'page' : undefined}
            onClick={() => show(name)}
          >
            {t(label)} <KeyCap keys={String(index + 1)} />
          </button>
        ))}
      </nav>
      {Content ? (
        <PageErrorBoundary key={current.name}>
          <Suspense fallback={<LoadingState />}>
            <Content {...about} />
          </Suspense>
        </PageErrorBoundary>
      ) : (
        children
      )}
    </>
  )
}
