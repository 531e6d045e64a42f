import { Input } from 'antd'
import type { InputProps, InputRef } from 'antd'
import { useRef } from 'react'
import type { KeyboardEvent, Ref } from 'react'

import { nameOfKey } from '../input/key-name.ts'
import { writeInto } from '../input/writing.ts'

/** Digits of the longest PIN. */
const LONGEST_PIN = 12

/** More than a scanner's longest burst of which only digits are left. */
const ROOM = 64

/**
 * A PIN: digits only, never shown, never offered by the browser. What is longer than any PIN is something that was
 * scanned by mistake, a slip or a barcode: its Enter empties the field and no try is spent on it.
 */
export function PinField(props: Omit<InputProps, 'type'> & { ref?: Ref<InputRef> }) {
  /** Keys that were no digits since the field was empty. */
  const strange = useRef(0)
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const field = event.currentTarget
    const isEnter = nameOfKey(event.nativeEvent) === 'Enter'
    if (isEnter && field.value.length + strange.current > LONGEST_PIN) {
      event.preventDefault()
      writeInto(field, '')
      return
    }
    props.onKeyDown?.(event)
  }
  return (
    <Input.Password
      size="large"
      inputMode="numeric"
      autoComplete="off"
      maxLength={ROOM}
      visibilityToggle={false}
      {...props}
      onKeyDown={onKeyDown}
      onChange={(event) => {
        const typed = event.target.value
        const digits = typed.replace(/[^\d]/g, '')
        strange.current = digits === '' ? 0 : strange.current + typed.length - digits.length
        event.target.value = digits
        props.onChange?.(event)
      }}
    />
  )
}
