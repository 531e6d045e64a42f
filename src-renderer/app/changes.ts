import { useEffect } from 'react'
import type { InferClientOutputs } from '@orpc/client'

import type { DeskContract } from '../../src-main/contract.ts'
import { desk, queryClient } from './client.ts'

type Changes = InferClientOutputs<typeof desk>['settings']['changes']
type Scope = Changes extends AsyncIterable<{ scopes: (infer S)[] }> ? S : never

/** Rooms whose answers hang on a scope. */
const readers: Record<Scope, readonly (keyof DeskContract)[]> = {
  settings: ['settings', 'rights'],
  staff: ['staff', 'approvals', 'alerts'],
  sales: ['sales', 'cards', 'refunds', 'exchanges', 'reports', 'rights', 'customers'],
  products: ['sales', 'cards', 'rights'],
  customers: ['customers', 'sales', 'cards', 'cases', 'complaints'],
  imports: ['imports', 'reports'],
  cards: ['cards', 'sales', 'reports', 'rights', 'customers'],
  refunds: [
    'refunds',
    'sales',
    'cards',
    'reports',
    'approvals',
    'rights',
    'repairs',
    'customers',
    'vendors',
  ],
  exchanges: [
    'exchanges',
    'handovers',
    'refunds',
    'sales',
    'cards',
    'reports',
    'approvals',
    'rights',
    'repairs',
  ],
  handovers: ['handovers', 'exchanges', 'cards', 'cases', 'reports'],
  complaints: [
    'complaints',
    'cases',
    'sales',
    'reports',
    'clocks',
    'promises',
    'lessons',
    'alerts',
    'customers',
  ],
  lessons: ['lessons'],
  cases: [
    'cases',
    'complaints',
    'reports',
    'repairs',
    'clocks',
    'promises',
    'alerts',
    'customers',
    'settlements',
    'radar',
    'vendors',
  ],
  approvals: ['approvals', 'refunds', 'exchanges', 'handovers', 'vouchers'],
  policy: ['policy', 'sales', 'cards', 'refunds', 'exchanges', 'rights', 'repairs'],
  papers: ['cards', 'refunds', 'exchanges', 'handovers', 'rights', 'vouchers', 'repairs'],
  rights: ['rights', 'sales', 'reports', 'customers'],
  vouchers: ['vouchers', 'refunds', 'sales', 'reports', 'customers'],
  attachments: ['attachments', 'handovers', 'rights', 'repairs', 'vendors'],
  repairs: ['repairs', 'sales', 'cards', 'rights', 'reports', 'customers'],
  goods: ['goods', 'complaints', 'cases'],
  instructions: ['posInstructions', 'refunds', 'exchanges', 'sales', 'reports', 'repairs'],
  clocks: ['clocks', 'alerts'],
  shifts: ['shifts'],
  alerts: ['alerts'],
  investigations: ['investigations', 'settlements'],
  settlements: ['settlements', 'investigations'],
  radar: ['radar', 'actions'],
  actions: ['actions', 'radar'],
  vendors: ['vendors'],
  evidence: ['evidence'],
}

const RECONNECT_MS = 1_500

async function follow(signal: AbortSignal): Promise<void> {
  const changes = await desk.settings.changes(undefined, { signal })
  for await (const { scopes } of changes) {
    const rooms = new Set(scopes.flatMap((scope) => readers[scope]))
    for (const room of rooms) void queryClient.invalidateQueries({ queryKey: [[room]] })
  }
}

/** Refetches what another window, an import or the command line has changed. */
export function useChanges(): void {
  useEffect(() => {
    const control = new AbortController()
    const run = async () => {
      while (!control.signal.aborted) {
        await follow(control.signal).catch(() => undefined)
        await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS))
      }
    }
    void run()
    return () => control.abort()
  }, [])
}
