import { useCallback } from 'react'
import type { KeyboardEvent } from 'react'

import { isImeKey } from './composition.ts'

/**
 * Submits on Enter, but never on the Enter that picks an input-method candidate.
 * Use instead of comparing `event.key`; spread on any field that has no form around it.
 */
export function useEnterSubmit(submit: () => void): {
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
} {
  const onKeyDown = useCallback(
    (event: KeyboardEvent<HTMLElement>) => {
      if (event.key !== 'Enter' || event.ctrlKey || event.altKey || event.shiftKey) return
      if (isImeKey(event.nativeEvent) || event.defaultPrevented) return
      event.preventDefault()
      submit()
    },
    [submit],
  )
  return { onKeyDown }
}
