import { lazy, Suspense } from 'react'
import { useSearchParams } from 'react-router'

import { PageErrorBoundary } from './error-boundary.tsx'
import { readOverlay } from './paths.ts'
import { roomOverlays } from './rooms.ts'

const overlays = new Map(
  roomOverlays.map(({ name, load }) => {
    const Content = lazy(load)
    return [name, <Content key={name} />]
  }),
)

/** The form that lies over the page, if the address names one. */
export function OverlayOutlet() {
  const [query] = useSearchParams()
  const name = readOverlay(query)?.name
  const content = name ? overlays.get(name) : undefined
  if (!content) return null
  return (
    <PageErrorBoundary key={name}>
      <Suspense fallback={null}>{content}</Suspense>
    </PageErrorBoundary>
  )
}
