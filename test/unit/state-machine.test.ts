import { describe, expect, it } from 'vitest'
import { caseMachine, promiseMachine } from '../../src-main/cases/rules.ts'
import { claimMachine } from '../../src-main/refunds/claims.ts'
import { acceptanceMachine, receptionMachine, repairMachine } from '../../src-main/repairs/rules.ts'
import { findFlaws, nextState, type StateMachine } from '../../src-main/foundation/state-machine.ts'

const clean = { unreachable: [], ambiguous: [] }

describe('the tables of the desk', () => {
  it('have no unreachable state and no step named twice', () => {
    expect(findFlaws(caseMachine)).toEqual(clean)
    expect(findFlaws(promiseMachine)).toEqual(clean)
    expect(findFlaws(claimMachine)).toEqual(clean)
    expect(findFlaws(repairMachine)).toEqual(clean)
    expect(findFlaws(receptionMachine)).toEqual(clean)
    expect(findFlaws(acceptanceMachine)).toEqual(clean)
  })

  it('let a closed case and a settled promise rest', () => {
    expect(nextState(caseMachine, 'open', 'close')).toBe('closed')
    expect(nextState(caseMachine, 'closed', 'promise')).toBeUndefined()
    expect(nextState(caseMachine, 'closed', 'close')).toBeUndefined()
    expect(nextState(promiseMachine, 'open', 'keep')).toBe('kept')
    expect(nextState(promiseMachine, 'broken', 'keep')).toBeUndefined()
  })
})

describe('a faulty table', () => {
  it('is told what is wrong with it', () => {
    const faulty: StateMachine<'a' | 'b' | 'island', 'go'> = {
      initial: 'a',
      states: ['a', 'b', 'island'],
      transitions: [
        { from: 'a', action: 'go', to: 'b' },
        { from: 'a', action: 'go', to: 'a' },
        { from: 'island', action: 'go', to: 'island' },
      ],
    }
    expect(findFlaws(faulty)).toEqual({ unreachable: ['island'], ambiguous: ['a go'] })
  })
})
