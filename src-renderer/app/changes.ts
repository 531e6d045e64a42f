import { useEffect, useSyncExternalStore } from 'react'
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
  seals: ['seals', 'cards'],
  head_office: ['headOffice'],
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
    'followups',
  ],
  lessons: ['lessons', 'reports'],
  followups: ['followups', 'cases'],
  reviews: ['caseReviews', 'cases'],
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
  approvals: ['approvals', 'refunds', 'exchanges', 'handovers', 'vouchers', 'reports'],
  policy: ['policy', 'sales', 'cards', 'refunds', 'exchanges', 'rights', 'repairs'],
  papers: ['papers', 'cards', 'refunds', 'exchanges', 'handovers', 'rights', 'vouchers', 'repairs'],
  rights: ['rights', 'sales', 'reports', 'customers'],
  vouchers: ['vouchers', 'refunds', 'sales', 'reports', 'customers'],
  attachments: ['attachments', 'handovers', 'rights', 'repairs', 'vendors'],
  repairs: ['repairs', 'sales', 'cards', 'rights', 'reports', 'customers'],
  goods: ['goods', 'complaints', 'cases'],
  instructions: ['posInstructions', 'refunds', 'exchanges', 'sales', 'reports', 'repairs'],
  clocks: ['clocks', 'alerts'],
  shifts: ['shifts', 'reports'],
  alerts: ['alerts'],
  investigations: ['investigations', 'settlements'],
  settlements: ['settlements', 'investigations', 'reports'],
  radar: ['radar', 'actions', 'reports'],
  actions: ['actions', 'radar'],
  vendors: ['vendors'],
  evidence: ['evidence'],
  day_closes: ['dayCloses', 'reports', 'papers'],
  boards: ['boards'],
  reports: ['reports'],
  printers: ['printers'],
}

const RECONNECT_MS = 1_500

/** Whether changes made elsewhere are heard of as they happen. */
let isLive = false
const listeners = new Set<() => void>()

function setLive(live: boolean): void {
  if (isLive === live) return
  isLive = live
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** False while the line on which the desk tells of changes is down. */
export function useIsLive(): boolean {
  return useSyncExternalStore(subscribe, () => isLive)
}

async function follow(signal: AbortSignal, isFirst: boolean): Promise<void> {
  const changes = await desk.settings.changes(undefined, { signal })
  setLive(true)
  // Nobody told what changed while the line was down.
  if (!isFirst) void queryClient.invalidateQueries()
  for await (const { scopes } of changes) {
    // The board gathers from every room.
    const rooms = new Set<keyof DeskContract>([
      'boards',
      ...scopes.flatMap((scope) => readers[scope]),
    ])
    for (const room of rooms) void queryClient.invalidateQueries({ queryKey: [[room]] })
  }
}

/** Refetches what another window, an import or the command line has changed. */
export function useChanges(): void {
  useEffect(() => {
    const control = new AbortController()
    const run = async () => {
      for (let isFirst = true; !control.signal.aborted; isFirst = false) {
        await follow(control.signal, isFirst).catch(() => undefined)
        setLive(false)
        await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS))
      }
    }
    void run()
    return () => control.abort()
  }, [])
}
