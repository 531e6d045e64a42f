import { useQueryClient } from '@tanstack/react-query'
import type { UseMutationResult } from '@tanstack/react-query'
import { Input, Radio } from 'antd'

import type { CallContext } from '../app/transport.ts'
import { Field } from '../ui/field.tsx'
import { useCommand } from '../ui/use-command.ts'
import type { Item } from './repair.ts'

/** A form that takes one step of one item. */
export interface ItemDialogProps {
  item: Item
  close: () => void
}

export const seenOf = ({ id, version }: Item) => ({ itemId: id, version })

/** A step of a repair: the page is read anew, and the form closes, once it is done. */
export function useStep<Input, Output>(
  procedure: (input: Input, options: { context: CallContext }) => Promise<Output>,
  close: () => void,
): UseMutationResult<Output, Error, Input> {
  const cache = useQueryClient()
  return useCommand(procedure, {
    onDone: () => {
      close()
      void cache.invalidateQueries({ queryKey: [['repairs']] })
    },
  })
}

interface TextProps {
  label: string
  value: string
  onChange: (value: string) => void
  maxLength?: number
  hint?: string
  /** Room for several lines. */
  tall?: boolean
}

export function TextField({ label, value, onChange, maxLength = 200, hint, tall }: TextProps) {
  return (
    <Field label={label} hint={hint}>
      {(id) =>
        tall ? (
          <Input.TextArea
            id={id}
            value={value}
            maxLength={maxLength}
            autoSize={{ minRows: 2, maxRows: 6 }}
            onChange={(event) => onChange(event.target.value)}
          />
        ) : (
          <Input
            id={id}
            value={value}
            maxLength={maxLength}
            autoComplete="off"
            onChange={(event) => onChange(event.target.value)}
          />
        )
      }
    </Field>
  )
}

interface PickProps<Value extends string> {
  label: string
  value: Value
  options: readonly { value: Value; label: string }[]
  onChange: (value: Value) => void
}

/** One of a few: arrows move, Tab goes on. */
export function Pick<Value extends string>({ label, value, options, onChange }: PickProps<Value>) {
  return (
    <fieldset className="field repair-pick">
      <legend>{label}</legend>
      <Radio.Group
        optionType="button"
        buttonStyle="solid"
        aria-label={label}
        value={value}
        options={[...options]}
        onChange={({ target }) => {
          const chosen = options.find((each) => each.value === target.value)
          if (chosen) onChange(chosen.value)
        }}
      />
    </fieldset>
  )
}
