import { useMutation } from '@tanstack/react-query'
import type { UseMutationResult } from '@tanstack/react-query'

import { readTrouble } from '../app/client.ts'
import type { CallContext } from '../app/transport.ts'
import { useRequestId } from './use-request-id.ts'

type Procedure<Input, Output> = (input: Input, options: { context: CallContext }) => Promise<Output>

interface CommandOptions<Input, Output> {
  /** Key of the form's draft: the command stays the same one over a reload. */
  draftKey?: string
  onDone?: (output: Output, input: Input) => void
}

/**
 * A command of the desk, e.g. `useCommand(desk.refunds.record, { onDone })`. It carries one request id until it has
 * an answer, so a double Enter or a retry after a lost connection happens once.
 */
export function useCommand<Input, Output>(
  procedure: Procedure<Input, Output>,
  { draftKey, onDone }: CommandOptions<Input, Output> = {},
): UseMutationResult<Output, Error, Input> {
  const request = useRequestId(draftKey)
  return useMutation<Output, Error, Input>({
    mutationFn: (input) => procedure(input, { context: { requestId: request.take() } }),
    onSuccess: (output, input) => {
      request.done()
      onDone?.(output, input)
    },
    onError: (error) => {
      // Without an answer nobody knows whether it happened: the retry must be the same command.
      if (readTrouble(error).kind !== 'no_connection') request.done()
    },
  })
}
