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
    { from: 'open', action: 'close', to: 'closed', needs: ['nothing under way'] },
    { from: 'closed', action: 'reopen', to: 'open', needs: ['voided remedy, or a reason'] },
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

export type HandOverState = 'offered' | 'accepted' | 'declined' | 'taken_back' | 'lapsed'
export type HandOverAction = 'accept' | 'decline' | 'take_back' | 'lapse'

/**
 * A case on its way to somebody else: until it is accepted the old owner has it. It lapses with its case, or when a
 * manager gives the case to somebody else.
 */
export const handOverMachine: StateMachine<HandOverState, HandOverAction> = {
  initial: 'offered',
  states: ['offered', 'accepted', 'declined', 'taken_back', 'lapsed'],
  transitions: [
    { from: 'offered', action: 'accept', to: 'accepted', needs: ['the one it is offered to'] },
    {
      from: 'offered',
      action: 'decline',
      to: 'declined',
      needs: ['the one it is offered to', 'reason'],
    },
    {
      from: 'offered',
      action: 'take_back',
      to: 'taken_back',
      needs: ['the owner, whoever offered it, or a manager'],
    },
    { from: 'offered', action: 'lapse', to: 'lapsed', needs: ['case closed or reassigned'] },
  ],
}

export type DutyCallState = 'called' | 'arrived' | 'called_off'
export type DutyCallAction = 'arrive' | 'call_off'

/** The duty manager is called to a case and comes, or is not needed any more. */
export const dutyCallMachine: StateMachine<DutyCallState, DutyCallAction> = {
  initial: 'called',
  states: ['called', 'arrived', 'called_off'],
  transitions: [
    { from: 'called', action: 'arrive', to: 'arrived' },
    { from: 'called', action: 'call_off', to: 'called_off' },
  ],
}

/** What somebody can be to a case. `anyone` is everybody who may record complaints. */
export type Standing = 'owner' | 'second' | 'offered_to' | 'offered_by' | 'manager' | 'anyone'

/** What can be done with who works on a case. */
export type CaseDeed =
  | 'offer'
  | 'accept'
  | 'decline'
  | 'take_back'
  | 'reassign'
  | 'ask_second'
  | 'end_second'
  | 'call'
  | 'answer_call'
  | 'note'

/** Who may do what with a case: any one of these is enough (domain.md §3.6 rows 37, 113, 129, 163). */
export const caseDeeds: Record<CaseDeed, readonly Standing[]> = {
  offer: ['owner', 'manager'],
  accept: ['offered_to'],
  decline: ['offered_to'],
  take_back: ['owner', 'offered_by', 'manager'],
  reassign: ['manager'],
  ask_second: ['owner', 'manager'],
  end_second: ['owner', 'second', 'manager'],
  call: ['anyone'],
  answer_call: ['anyone'],
  note: ['anyone'],
}

export function mayDeed(deed: CaseDeed, standings: readonly Standing[]): boolean {
  return caseDeeds[deed].some((each) => each === 'anyone' || standings.includes(each))
}
