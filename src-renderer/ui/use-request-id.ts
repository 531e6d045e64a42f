import { useCallback, useRef } from 'react'

const PREFIX = 'goodwill.request.'

function newId(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * One id per intended command. `take()` gives the same id until `done()`: a double Enter, a retry or a
 * reload in between happens once at the desk. Give a `key` (that of the draft) to survive a reload.
 */
export function useRequestId(key?: string): { take: () => string; done: () => void } {
  const id = useRef<string | null>(null)
  const take = useCallback(() => {
    if (id.current) return id.current
    const kept = key ? localStorage.getItem(PREFIX + key) : null
    id.current = kept ?? newId()
    if (key) localStorage.setItem(PREFIX + key, id.current)
    return id.current
  }, [key])
  const done = useCallback(() => {
    id.current = null
    if (key) localStorage.removeItem(PREFIX + key)
  }, [key])
  return { take, done }
}
