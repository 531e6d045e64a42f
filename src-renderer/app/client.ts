import { createORPCClient, ORPCError } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'

import type { contract } from '../../src-main/contract.ts'
import { openLink } from './transport.ts'
import type { CallContext } from './transport.ts'

/** The desk as the renderer sees it: one typed function per procedure. */
export const desk: ContractRouterClient<typeof contract, CallContext> = createORPCClient(openLink())

/** Query and mutation options per procedure, for tanstack-query. */
export const api = createTanstackQueryUtils(desk)

/** What went wrong with a call, seen from the clerk's chair. */
export type Trouble =
  | { kind: 'refused'; reason: string; params: Record<string, string | number> }
  | { kind: 'signed_out' }
  | { kind: 'locked' }
  | { kind: 'stale_token' }
  | { kind: 'invalid_input' }
  | { kind: 'no_connection' }
  | { kind: 'bug'; message: string }

function isRefusalData(
  data: unknown,
): data is { reason: string; params?: Record<string, string | number> } {
  return typeof data === 'object' && data !== null && 'reason' in data
}

/** Sorts any error a call can throw. Only `refused` is the desk's own, expected answer. */
export function readTrouble(error: unknown): Trouble {
  if (error instanceof ORPCError) {
    if (error.code === 'REFUSED' && isRefusalData(error.data)) {
      const { reason, params = {} } = error.data
      if (reason === 'staff.not_signed_in') return { kind: 'signed_out' }
      if (reason === 'staff.locked') return { kind: 'locked' }
      return { kind: 'refused', reason, params }
    }
    if (error.status === 403) return { kind: 'stale_token' }
    if (error.status === 400 || error.status === 422) return { kind: 'invalid_input' }
    return { kind: 'bug', message: error.message }
  }
  if (error instanceof TypeError || (error instanceof DOMException && error.name === 'AbortError'))
    return { kind: 'no_connection' }
  return { kind: 'bug', message: error instanceof Error ? error.message : String(error) }
}

type TroubleListener = (trouble: Trouble) => void
const listeners = new Set<TroubleListener>()

/** Hears of every failed call; the shell uses it for a lost connection, a stale token or a sign-out. */
export function onTrouble(listener: TroubleListener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function announce(error: unknown): void {
  const trouble = readTrouble(error)
  for (const listener of listeners) listener(trouble)
}

/**
 * Reads are retried only when the line is down; commands never, the clerk decides. The desk is on this machine,
 * so whether the machine is online does not matter.
 */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, { meta }) => {
      if (meta?.['quiet'] !== true) announce(error)
    },
  }),
  mutationCache: new MutationCache({ onError: announce }),
  defaultOptions: {
    queries: {
      networkMode: 'always',
      staleTime: 5_000,
      refetchOnWindowFocus: true,
      retry: (count, error) => count < 2 && readTrouble(error).kind === 'no_connection',
      retryDelay: 400,
    },
    mutations: { networkMode: 'always', retry: false },
  },
})
