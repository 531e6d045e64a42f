import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { caseMachine, promiseMachine } from '../../src-main/cases/rules.ts'
import { exchangeMachine } from '../../src-main/exchanges/rules.ts'
import { findFlaws, nextState, type StateMachine } from '../../src-main/foundation/state-machine.ts'
import { ROOT } from '../support/run-command.ts'
import { findMachines, machinesPaper } from '../support/state-machines.ts'

const clean = { unreachable: [], ambiguous: [] }
const machines = await findMachines()

describe('the tables of the desk', () => {
  it.each(machines)('$room: $name has no unreachable state and no step named twice', (each) => {
    expect(findFlaws(each.machine)).toEqual(clean)
  })

  it('are all found', () => {
    expect(machines.map(({ machine }) => machine)).toContain(caseMachine)
    expect(machines.length).toBeGreaterThan(3)
  })

  it('stand in docs/state-machines.md as they are (npm run state-machines)', () => {
    const paper = readFileSync(path.join(ROOT, 'docs', 'state-machines.md'), 'utf8')
    expect(paper).toBe(machinesPaper(machines))
  })

  it('let a closed case and a settled promise rest', () => {
    expect(nextState(caseMachine, 'open', 'close')).toBe('closed')
    expect(nextState(caseMachine, 'closed', 'promise')).toBeUndefined()
    expect(nextState(caseMachine, 'closed', 'close')).toBeUndefined()
    expect(nextState(promiseMachine, 'open', 'keep')).toBe('kept')
    expect(nextState(promiseMachine, 'broken', 'keep')).toBeUndefined()
  })

  it('undo no exchange whose goods are with the customer', () => {
    expect(nextState(exchangeMachine, 'awaiting_handover', 'void')).toBe('void')
    expect(nextState(exchangeMachine, 'handed_over', 'void')).toBeUndefined()
    expect(nextState(exchangeMachine, 'void', 'hand_over')).toBeUndefined()
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
