import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { ClipboardEvent, RefObject } from 'react'
import { useTranslation } from 'react-i18next'

import { largestStatement } from '../../src-main/complaints/contract.ts'
import './statement-field.css'

/** Letters a field of the browser stays quick with; a longer text is kept as it is and shown by its ends. */
const LONGEST_TYPED = 30_000
const SHOWN_HEAD = 400
const SHOWN_TAIL = 150

interface StatementFieldProps {
  id: string
  /** The text as the form has it; what is typed from then on is the field's own. */
  value: string
  placeholder: string
  big: boolean
  field: RefObject<HTMLTextAreaElement | null>
  /** The text as it stands, word for word. */
  onKeep: (text: string) => void
}

/**
 * What the customer says. A megabyte in a text field would stop the browser for minutes: what is pasted beyond what a
 * person types never enters it, is kept to the byte, and can be recorded or thrown away.
 */
export function StatementField(props: StatementFieldProps) {
  const { id, value, placeholder, big, field, onKeep } = props
  const { t } = useTranslation()
  const [isLong, setLong] = useState(value.length > LONGEST_TYPED)
  const remove = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (isLong) remove.current?.focus()
  }, [isLong])
  const onPaste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const { value: now, selectionStart, selectionEnd } = event.currentTarget
    const pasted = event.clipboardData.getData('text/plain')
    const whole = now.slice(0, selectionStart) + pasted + now.slice(selectionEnd)
    if (whole.length <= LONGEST_TYPED) return
    event.preventDefault()
    setLong(true)
    onKeep(whole)
  }
  if (isLong && value.length > LONGEST_TYPED) {
    const bytes = new Blob([value]).size
    return (
      <div className="statement statement-long" id={id} role="group">
        <p>
          {t('complaints:text.long', {
            letters: value.length,
            kb: Math.ceil(bytes / 1024),
            limit: largestStatement / 1024,
          })}{' '}
          <Button
            ref={remove}
            size="small"
            onClick={() => {
              setLong(false)
              onKeep('')
            }}
          >
            {t('complaints:text.drop')}
          </Button>
        </p>
        {bytes > largestStatement ? (
          <p className="field-problem" role="alert">
            {t('complaints:text.tooLong')}
          </p>
        ) : null}
        <p className="statement-ends">
          {value.slice(0, SHOWN_HEAD)} …… {value.slice(-SHOWN_TAIL)}
        </p>
      </div>
    )
  }
  return (
    <textarea
      id={id}
      ref={field}
      className={big ? 'statement statement-big' : 'statement'}
      defaultValue={value}
      placeholder={placeholder}
      onPaste={onPaste}
      onChange={({ target }) => onKeep(target.value)}
    />
  )
}
