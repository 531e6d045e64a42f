import type { StateMachine } from '../foundation/state-machine.ts'
import type { Acceptance, Reception } from './contract.ts'

/**
 * Where the goods of a repair are. A repair stands on two axes (design.md §4): this one says whether the store has the
 * goods, `acceptanceMachine` whether it owes the work.
 */
export const receptionMachine: StateMachine<Reception, ReceptionAction> = {
  initial: 'expected',
  states: [
    'expected',
    'received',
    'with_repairer',
    'back',
    'ready',
    'handed_back',
    'kept',
    'cancelled',
  ],
  transitions: [
    { from: 'expected', action: 'receive', to: 'received', needs: ['appearance', 'accessories'] },
    { from: 'expected', action: 'cancel', to: 'cancelled', needs: ['reason'] },
    { from: 'received', action: 'send', to: 'with_repairer', needs: ['holder', 'consent'] },
    { from: 'with_repairer', action: 'send', to: 'with_repairer', needs: ['holder', 'consent'] },
    { from: 'with_repairer', action: 'bring_back', to: 'back' },
    // Work done at the desk itself.
    { from: 'received', action: 'finish', to: 'back', needs: ['consent', 'work'] },
    { from: 'back', action: 'pass', to: 'ready', needs: ['work', 'fees within the limit'] },
    { from: 'back', action: 'fail', to: 'received', needs: ['what is not right'] },
    { from: 'back', action: 'give_up', to: 'ready', needs: ['reason'] },
    { from: 'received', action: 'give_up', to: 'ready', needs: ['reason'] },
    { from: 'ready', action: 'reopen', to: 'received', needs: ['what is not right'] },
    { from: 'ready', action: 'hand_back', to: 'handed_back', needs: ['pickup code or manager'] },
    // The customer gets other goods or the money: the unit stays with the store, wherever it is now.
    { from: 'received', action: 'keep', to: 'kept', needs: ['exchange or refund'] },
    { from: 'with_repairer', action: 'keep', to: 'kept', needs: ['exchange or refund'] },
    { from: 'back', action: 'keep', to: 'kept', needs: ['exchange or refund'] },
    { from: 'ready', action: 'keep', to: 'kept', needs: ['exchange or refund'] },
    // The exchange or refund was voided: the unit is a repair again.
    { from: 'kept', action: 'restore', to: 'received', needs: ['voided exchange or refund'] },
  ],
}

export type ReceptionAction =
  | 'receive'
  | 'cancel'
  | 'send'
  | 'bring_back'
  | 'finish'
  | 'pass'
  | 'fail'
  | 'give_up'
  | 'reopen'
  | 'hand_back'
  | 'keep'
  | 'restore'

/** Whether the store owes the repair, and where it does not, whether the customer has agreed to pay. */
export const acceptanceMachine: StateMachine<Acceptance, AcceptanceAction> = {
  initial: 'undecided',
  states: ['undecided', 'free', 'paid', 'paid_consented', 'declined'],
  transitions: [
    { from: 'undecided', action: 'decide_free', to: 'free', needs: ['decision of the rules'] },
    { from: 'undecided', action: 'decide_paid', to: 'paid', needs: ['decision of the rules'] },
    // What the repairer finds may change the answer, either way.
    { from: 'free', action: 'decide_paid', to: 'paid', needs: ['decision of the rules'] },
    { from: 'paid', action: 'decide_free', to: 'free', needs: ['decision of the rules'] },
    { from: 'paid_consented', action: 'decide_free', to: 'free', needs: ['decision of the rules'] },
    { from: 'declined', action: 'decide_free', to: 'free', needs: ['decision of the rules'] },
    { from: 'paid', action: 'quote', to: 'paid' },
    { from: 'paid', action: 'consent', to: 'paid_consented', needs: ['open quote', 'who and how'] },
    { from: 'paid', action: 'decline', to: 'declined', needs: ['open quote'] },
    // A higher quote needs a new consent; a customer may change their mind.
    { from: 'paid_consented', action: 'quote', to: 'paid' },
    { from: 'declined', action: 'quote', to: 'paid' },
  ],
}

export type AcceptanceAction = 'decide_free' | 'decide_paid' | 'quote' | 'consent' | 'decline'

/** The ticket: closed when all its goods are gone from the desk and no loan unit is out. */
export const repairMachine: StateMachine<'open' | 'closed', 'close' | 'reopen'> = {
  initial: 'open',
  states: ['open', 'closed'],
  transitions: [
    { from: 'open', action: 'close', to: 'closed', needs: ['goods handed back', 'no loan out'] },
    { from: 'closed', action: 'reopen', to: 'open', needs: ['voided exchange or refund'] },
  ],
}

/** Goods that the desk does not have to do anything about any more. */
export function isDone(reception: Reception): boolean {
  return reception === 'handed_back' || reception === 'kept' || reception === 'cancelled'
}

/** Whether somebody may work on the goods: it is free, or the customer agreed to what it costs. */
export function mayWork(acceptance: Acceptance): boolean {
  return acceptance === 'free' || acceptance === 'paid_consented'
}
