import type { ReactNode } from 'react'

interface TagProps {
  /** Red only for risk and refusal; green only together with ✓. Colour is never the only sign. */
  tone?: 'plain' | 'good' | 'soon' | 'risk' | 'teal'
  icon?: ReactNode
  children: ReactNode
}

/** A state in one or two words. */
export function Tag({ tone = 'plain', icon, children }: TagProps) {
  return (
    <span className={`tag tag-${tone}`}>
      {tone === 'good' && !icon ? <span aria-hidden="true">✓</span> : icon}
      {children}
    </span>
  )
}
