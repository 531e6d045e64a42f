import { lazy, Suspense } from 'react'
import { createHashRouter } from 'react-router'
import type { RouteObject } from 'react-router'

import { LoadingState } from '../ui/states.tsx'
import { PageErrorBoundary, RouteError } from './error-boundary.tsx'
import { NotFoundPage } from './not-found-page.tsx'
import type { RoomPage } from './room.ts'
import { roomPages } from './rooms.ts'
import { Shell } from './shell.tsx'

function routeOf({ path, load }: RoomPage): RouteObject {
  const Content = lazy(load)
  const element = (
    <PageErrorBoundary key={path}>
      <Suspense fallback={<LoadingState />}>
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
