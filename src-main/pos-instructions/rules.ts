import type { StateMachine } from '../foundation/state-machine.ts'

export type InstructionState = 'pending' | 'ambiguous' | 'settled' | 'cancelled'
export type InstructionAction = 'doubt' | 'clear' | 'settle' | 'confirm' | 'undo' | 'cancel'

/** Why a person has to look. */
export type Doubt = 'several' | 'amount_differs' | 'tender_differs'

/** What agreed between an instruction and a payment, or did not, in the words of the screen. */
export type Ground =
  | 'number'
  | 'source_number'
  | 'typed'
  | 'original'
  | 'amount'
  | 'net'
  | 'amount_differs'
  | 'tender'
  | 'tender_differs'
  | 'tender_unknown'
  | 'goods'
  | 'goods_differ'
  | 'date'
  | 'date_far'

/**
 * An instruction waits for the POS until its payment is told or found. Where more than one payment could be meant, or
 * the one that names it disagrees, a person decides (domain.md §5.4).
 */
export const instructionMachine: StateMachine<InstructionState, InstructionAction> = {
  initial: 'pending',
  states: ['pending', 'ambiguous', 'settled', 'cancelled'],
  transitions: [
    { from: 'pending', action: 'doubt', to: 'ambiguous', needs: ['more than one candidate'] },
    { from: 'ambiguous', action: 'doubt', to: 'ambiguous', needs: ['another doubt'] },
    { from: 'ambiguous', action: 'clear', to: 'pending' },
    { from: 'pending', action: 'settle', to: 'settled', needs: ['payment of the POS'] },
    { from: 'ambiguous', action: 'settle', to: 'settled', needs: ['payment of the POS'] },
    { from: 'settled', action: 'confirm', to: 'settled', needs: ['receipt of the told payment'] },
    { from: 'settled', action: 'undo', to: 'pending', needs: ['reason', 'floor manager'] },
    { from: 'pending', action: 'cancel', to: 'cancelled', needs: ['reason'] },
    { from: 'ambiguous', action: 'cancel', to: 'cancelled', needs: ['reason'] },
  ],
}
