import type { StateMachine } from '../foundation/state-machine.ts'
import type { exchangeStates, receptions } from './contract.ts'

export type ExchangeState = (typeof exchangeStates)[number]
export type ExchangeAction = 'give' | 'order' | 'arrive' | 'hand_over' | 'void'

/**
 * Do we owe it, and how far is it. `recorded` is left in the transaction that writes it: what goes out is here
 * (`give`) or has to be ordered. Nothing is undone once it is handed over: that takes a second exchange.
 */
export const exchangeMachine: StateMachine<'recorded' | ExchangeState, ExchangeAction> = {
  initial: 'recorded',
  states: ['recorded', 'ordered', 'awaiting_handover', 'handed_over', 'void'],
  transitions: [
    { from: 'recorded', action: 'give', to: 'awaiting_handover', needs: ['free serial numbers'] },
    { from: 'recorded', action: 'order', to: 'ordered', needs: ['owner', 'due in the future'] },
    { from: 'ordered', action: 'arrive', to: 'awaiting_handover', needs: ['free serial numbers'] },
    {
      from: 'awaiting_handover',
      action: 'hand_over',
      to: 'handed_over',
      needs: ['goods received', 'signed handover or waiver'],
    },
    { from: 'ordered', action: 'void', to: 'void', needs: ['reason'] },
    { from: 'awaiting_handover', action: 'void', to: 'void', needs: ['reason', 'same day'] },
  ],
}

export type Reception = (typeof receptions)[number]

/** Did we get the goods: the other axis, which the handover asks for. */
export const receptionMachine: StateMachine<Reception, 'receive'> = {
  initial: 'awaited',
  states: ['awaited', 'received'],
  transitions: [{ from: 'awaited', action: 'receive', to: 'received', needs: ['goods'] }],
}
