import { useEffect, useRef } from 'react'

const CHECK_EVERY_MS = 5_000

/** Locks after `minutes` without a key, a click or a scan. Counts wall-clock time, so a sleeping machine locks too. */
export function useIdleLock(minutes: number, lock: () => void, active: boolean): void {
  const act = useRef(lock)
  useEffect(() => {
    act.current = lock
  })
  useEffect(() => {
    if (!active) return undefined
    let last = Date.now()
    const touch = () => {
      last = Date.now()
    }
    const check = () => {
      if (Date.now() - last >= minutes * 60_000) act.current()
    }
    const timer = setInterval(check, CHECK_EVERY_MS)
    for (const kind of ['keydown', 'pointerdown', 'wheel'] as const) {
      window.addEventListener(kind, touch, { capture: true, passive: true })
    }
    return () => {
      clearInterval(timer)
      for (const kind of ['keydown', 'pointerdown', 'wheel'] as const) {
        window.removeEventListener(kind, touch, { capture: true })
      }
    }
  }, [minutes, active])
}
