import type { StateMachine } from '../foundation/state-machine.ts'

export type CaseState = 'open' | 'closed'
export type CaseAction = 'promise' | 'settle' | 'close' | 'reopen'

/** A case is open until its remedy is done; what is promised and settled meanwhile keeps it open. */
export const caseMachine: StateMachine<CaseState, CaseAction> = {
  initial: 'open',
  states: ['open', 'closed'],
  transitions: [
    { from: 'open', action: 'promise', to: 'open', needs: ['owner', 'due in the future'] },
    { from: 'open', action: 'settle', to: 'open', needs: ['open promise'] },
    { from: 'open', action: 'close', to: 'closed', needs: ['remedy'] },
    { from: 'closed', action: 'reopen', to: 'open', needs: ['voided remedy'] },
  ],
}

export type PromiseState = 'open' | 'kept' | 'broken'
export type PromiseAction = 'keep' | 'break'

export const promiseMachine: StateMachine<PromiseState, PromiseAction> = {
  initial: 'open',
  states: ['open', 'kept', 'broken'],
  transitions: [
    { from: 'open', action: 'keep', to: 'kept' },
    { from: 'open', action: 'break', to: 'broken' },
  ],
}

/** A promise whose time has come and gone unsettled. `at` is a UTC ISO instant, like every instant here. */
export function isOverdue(promise: { state: PromiseState; dueAt: string }, at: string): boolean {
  return promise.state === 'open' && promise.dueAt < at
}

/** What an open promise comes to when its case is solved at `at`: kept up to its very minute, broken after it. */
export function outcomeWhenSolved(dueAt: string, at: string): 'kept' | 'broken' {
  return dueAt < at ? 'broken' : 'kept'
}
