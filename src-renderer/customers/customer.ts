import type { InferClientOutputs } from '@orpc/client'
import { useQueryClient } from '@tanstack/react-query'
import type { UseMutationResult } from '@tanstack/react-query'

import type { desk } from '../app/client.ts'
import type { CallContext } from '../app/transport.ts'
import { useCommand } from '../ui/use-command.ts'

type Room = InferClientOutputs<typeof desk>['customers']
export type Customer = Room['open']
export type CustomerRow = Room['list']['rows'][number]
export type Likely = Room['taken'][number]

/** A change on a customer's card: the card is read anew, and the form closes, once it is done. */
export function useCardCommand<Input, Output>(
  procedure: (input: Input, options: { context: CallContext }) => Promise<Output>,
  onDone: (output: Output) => void = () => {},
): UseMutationResult<Output, Error, Input> {
  const cache = useQueryClient()
  return useCommand(procedure, {
    onDone: (output) => {
      void cache.invalidateQueries({ queryKey: [['customers']] })
      onDone(output)
    },
  })
}
