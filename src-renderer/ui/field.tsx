import { useId } from 'react'
import type { ReactNode } from 'react'

import './field.css'

interface FieldProps {
  label: string
  /** What is wrong with it, as a sentence. */
  problem?: string | undefined
  hint?: ReactNode
  wide?: boolean
  children: (id: string) => ReactNode
}

/** A label above its control, with room for the one thing to know about it. */
export function Field({ label, problem, hint, wide, children }: FieldProps) {
  const id = useId()
  return (
    <div className={wide ? 'field field-wide' : 'field'}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {problem ? (
        <p className="field-problem" role="alert">
          {problem}
        </p>
      ) : hint ? (
        <p className="field-hint">{hint}</p>
      ) : null}
    </div>
  )
}
