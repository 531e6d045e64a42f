import { Input } from 'antd'
import type { InputProps, InputRef } from 'antd'
import type { Ref } from 'react'

/** A PIN: digits only, never shown, never offered by the browser. */
export function PinField(props: Omit<InputProps, 'type'> & { ref?: Ref<InputRef> }) {
  return (
    <Input.Password
      size="large"
      inputMode="numeric"
      autoComplete="off"
      maxLength={12}
      visibilityToggle={false}
      {...props}
      onChange={(event) => {
        event.target.value = event.target.value.replace(/[^\d]/g, '')
        props.onChange?.(event)
      }}
    />
  )
}
