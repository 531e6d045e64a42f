import { describe, expect, it } from 'vitest'
import { nextState } from '../../src-main/foundation/state-machine.ts'
import { repairsContract } from '../../src-main/repairs/contract.ts'
import {
  acceptanceMachine,
  isDone,
  mayWork,
  receptionMachine,
} from '../../src-main/repairs/rules.ts'

describe('where the goods of a repair are', () => {
  it('lets nothing happen to goods that are gone', () => {
    for (const state of receptionMachine.states.filter(isDone)) {
      const steps = receptionMachine.transitions.filter((step) => step.from === state)
      // A remedy that is declared void gives the goods back to their repair, where they really are.
      expect(steps.map((step) => step.action)).toEqual(
        state === 'kept' ? ['restore', 'restore_away'] : [],
      )
    }
  })

  it('hands nothing back that was not looked over', () => {
    const from = receptionMachine.transitions.filter((step) => step.action === 'hand_back')
    expect(from.map((step) => step.from)).toEqual(['ready'])
  })
})

describe('whether the work is owed', () => {
  it('begins without a decision, and without one nobody works', () => {
    expect(acceptanceMachine.initial).toBe('undecided')
    expect(acceptanceMachine.states.filter(mayWork)).toEqual(['free', 'paid_consented'])
  })

  it('asks again for a new quote', () => {
    expect(nextState(acceptanceMachine, 'paid_consented', 'quote')).toBe('paid')
    expect(nextState(acceptanceMachine, 'declined', 'consent')).toBeUndefined()
  })
})

describe('the door of the room', () => {
  it('lets nobody below a floor manager see private notes or change loan units', () => {
    expect(repairsContract.revealNote['~orpc'].meta.access).toBe('repairs.reveal')
    expect(repairsContract.addLoanUnit['~orpc'].meta.access).toBe('repairs.manage')
  })
})
