import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { createHashRouter } from 'react-router'
import type { RouteObject } from 'react-router'

import { useEscBack } from '../ui/page.tsx'
import { LoadingState } from '../ui/states.tsx'
import { PageErrorBoundary, RouteError } from './error-boundary.tsx'
import { NotFoundPage } from './not-found-page.tsx'
import type { RoomPage } from './room.ts'
import { roomCaseTabs, roomOverlays, roomPages } from './rooms.ts'
import { Shell } from './shell.tsx'

/** What stands for a page while its code is on the way. */
function OpeningPage() {
  const { t } = useTranslation()
  useEscBack()
  return (
    <main className="page" aria-busy="true">
      <h1 className="sr-only">{t('app:loading')}</h1>
      <LoadingState />
    </main>
  )
}

/**
 * Fetches every room's code while nobody waits, so that no page opens late or not at all when the line is down: the
 * first page before the others.
 */
export function preloadPages(): void {
  const load = (pages: readonly { load: () => Promise<unknown> }[]) =>
    Promise.all(pages.map((each) => each.load().catch(() => undefined)))
  const idle = { timeout: 3_000 }
  requestIdleCallback(() => {
    void load(roomPages.filter(({ path }) => path === '')).then(() =>
      requestIdleCallback(() => void load([...roomPages, ...roomOverlays, ...roomCaseTabs]), idle),
    )
  }, idle)
}

function routeOf({ path, load }: RoomPage): RouteObject {
  const Content = lazy(load)
  const element = (
    <PageErrorBoundary key={path}>
      <Suspense fallback={<OpeningPage />}>
        <Content />
      </Suspense>
    </PageErrorBoundary>
  )
  return path === '' ? { index: true, element } : { path, element }
}

/** The hash keeps addresses working on `app://desk/` and on any http path alike. */
export function createDeskRouter(): ReturnType<typeof createHashRouter> {
  return createHashRouter([
    {
      path: '/',
      element: <Shell />,
      errorElement: <RouteError />,
      children: [...roomPages.map(routeOf), { path: '*', element: <NotFoundPage /> }],
    },
  ])
}
