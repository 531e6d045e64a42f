import { useCallback, useEffect, useRef, useState } from 'react'

const PREFIX = 'goodwill.draft.'

function readDraft<Value>(key: string, initial: Value): Value {
  try {
    const kept = localStorage.getItem(PREFIX + key)
    if (kept === null) return initial
    const value: unknown = JSON.parse(kept)
    if (typeof initial !== 'object' || initial === null || Array.isArray(initial)) {
      return value as Value
    }
    // Fields added since the draft was kept start at their initial value.
    return { ...initial, ...(value as object) }
  } catch {
    return initial
  }
}

/** Forms of this machine that somebody began and did not finish, besides one of them. */
export function countDrafts(except: string): number {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))
  return keys.filter((key) => key !== PREFIX + except).length
}

/** Removes a draft from outside its form, e.g. when the case it belongs to is closed. */
export function dropDraft(key: string): void {
  localStorage.removeItem(PREFIX + key)
}

/**
 * Form state that survives Esc, lock, reload and crash: kept on this machine per `key`
 * (e.g. `refund-for-sale-12`) from the first change until `clear`.
 */
export function useDraft<Value>(
  key: string,
  initial: Value,
): [Value, (next: Value | ((now: Value) => Value)) => void, () => void] {
  const [value, setValue] = useState(() => readDraft(key, initial))
  const now = useRef(value)
  const keyNow = useRef(key)
  const first = useRef(initial)
  useEffect(() => {
    if (keyNow.current === key) return
    keyNow.current = key
    now.current = readDraft(key, first.current)
    setValue(now.current)
  }, [key])
  const keep = useCallback(
    (next: Value | ((before: Value) => Value)) => {
      now.current =
        typeof next === 'function' ? (next as (before: Value) => Value)(now.current) : next
      setValue(now.current)
      try {
        localStorage.setItem(PREFIX + key, JSON.stringify(now.current))
      } catch {
        // A full or blocked local store costs the draft, never the work on screen.
      }
    },
    [key],
  )
  const clear = useCallback(() => {
    dropDraft(key)
    now.current = first.current
    setValue(first.current)
  }, [key])
  return [value, keep, clear]
}
