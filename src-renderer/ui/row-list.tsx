import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'

function moveFocus(list: HTMLElement, by: number): void {
  const rows = [...list.querySelectorAll<HTMLElement>('a, button')]
  const now = rows.findIndex((row) => row === document.activeElement)
  rows[Math.min(Math.max(0, now + by), rows.length - 1)]?.focus()
}

interface RowListProps {
  label: string
  /** The page is this list: Enter opens its first row as soon as it is there, unless the keys are elsewhere. */
  first?: boolean
  children: ReactNode
}

/** Rows that open something; ↑↓ move between them, Enter opens. */
export function RowList({ label, first = false, children }: RowListProps) {
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    if (first && list.current && document.activeElement === document.body)
      moveFocus(list.current, 1)
  }, [first])
  useEffect(() => {
    const target = list.current
    if (!target) return undefined
    const onKeyDown = (event: KeyboardEvent) => {
      const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
      if (by === 0) return
      event.preventDefault()
      moveFocus(target, by)
    }
    target.addEventListener('keydown', onKeyDown)
    return () => target.removeEventListener('keydown', onKeyDown)
  }, [])
  return (
    <ul ref={list} className="row-list" aria-label={label}>
      {children}
    </ul>
  )
}
