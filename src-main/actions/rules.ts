import type { StateMachine } from '../foundation/state-machine.ts'

export type ActionState = 'planned' | 'done' | 'effective' | 'ineffective' | 'cancelled'
export type ActionStep = 'change' | 'do' | 'judge_good' | 'judge_bad' | 'plan_again' | 'cancel'

/** What is planned is done with proof, and checked for whether it helped (ISO 9001 §10.2, ISO 10002 §8.3). */
export const actionMachine: StateMachine<ActionState, ActionStep> = {
  initial: 'planned',
  states: ['planned', 'done', 'effective', 'ineffective', 'cancelled'],
  transitions: [
    { from: 'planned', action: 'change', to: 'planned' },
    { from: 'planned', action: 'do', to: 'done', needs: ['proof', 'day'] },
    { from: 'planned', action: 'cancel', to: 'cancelled', needs: ['reason'] },
    { from: 'done', action: 'judge_good', to: 'effective', needs: ['check day', 'verdict'] },
    { from: 'done', action: 'judge_bad', to: 'ineffective', needs: ['verdict'] },
    { from: 'ineffective', action: 'plan_again', to: 'planned', needs: ['new plan'] },
  ],
}

/** Not done by its day, or not checked by its day. */
export function isActionOverdue(
  action: { state: ActionState; dueOn: string; checkOn: string | null },
  today: string,
): boolean {
  if (action.state === 'planned') return action.dueOn < today
  return action.state === 'done' && action.checkOn !== null && action.checkOn < today
}
