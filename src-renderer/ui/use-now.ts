import { useEffect, useState } from 'react'

const TICK_MS = 20_000

/** The time, fresh enough to tell whether a promise can still be kept. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), TICK_MS)
    return () => clearInterval(timer)
  }, [])
  return now
}
