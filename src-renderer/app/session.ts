import { createContext, useContext } from 'react'
import type { InferClientOutputs } from '@orpc/client'

import type { desk } from './client.ts'

type Outputs = InferClientOutputs<typeof desk>

export type Operator = Outputs['staff']['me']['operator']
export type DeskStatus = Outputs['settings']['status']
export type StoreBrief = NonNullable<DeskStatus['store']>

/** Who works at this window and on which day. */
export interface Session {
  operator: Operator
  /** What the operator's role may do, as `foundation/procedure.ts` names it. */
  may: (permission: string) => boolean
  store: StoreBrief
  status: DeskStatus
  /** Covers the screen until the PIN is typed; what is on it stays. */
  lock: () => void
  signOut: () => void
}

export const SessionContext = createContext<Session | null>(null)

/** The signed-in operator; every page is inside one. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('useSession is used before sign-in')
  return session
}
