import { describe, expect, it } from 'vitest'
import {
  type Addressee,
  climbedTo,
  climbOf,
  isMeant,
  nextLevel,
  readsIt,
} from '../../src-main/alerts/rules.ts'

const minute = 60_000
/** A store that never closes: open time is time. */
const always = (from: number, milliseconds: number) => from + milliseconds

const to = (role: Addressee['role'], operatorId: number | null = null): Addressee => ({
  operatorId,
  role,
  floor: '',
})
const clerk = { id: 1, role: 'clerk' as const, duty: [] }
const floorManager = { id: 2, role: 'floor_manager' as const, duty: [] }
const onDuty = { id: 3, role: 'floor_manager' as const, duty: [''] }
const gm = { id: 4, role: 'store_manager' as const, duty: [] }

describe('a message nobody takes on', () => {
  it('climbs to each level above its addressee, a quarter of an hour apart when urgent', () => {
    const climb = climbOf({ to: to('clerk', 1), severity: 'urgent', raisedAt: 0 }, always)
    expect(climb).toEqual([
      { role: 'floor_manager', at: 15 * minute },
      { role: 'duty_manager', at: 30 * minute },
      { role: 'store_manager', at: 45 * minute },
    ])
    expect(climbedTo(climb, 0)).toBeNull()
    expect(climbedTo(climb, 31 * minute)).toBe('duty_manager')
  })

  it('stays where it is when it is ordinary, and above the store manager there is nobody', () => {
    expect(climbOf({ to: to('clerk'), severity: 'info', raisedAt: 0 }, always)).toEqual([])
    expect(climbOf({ to: to('store_manager'), severity: 'urgent', raisedAt: 0 }, always)).toEqual(
      [],
    )
  })

  it('is read by its addressee at once and by those above only from their time on', () => {
    const message = {
      to: to('clerk', 1),
      climb: climbOf({ to: to('clerk', 1), severity: 'warning', raisedAt: 0 }, always),
    }
    const roster = { floors: [''] }
    const reads = (reader: Parameters<typeof readsIt>[1], minutes: number) =>
      readsIt(message, reader, roster, minutes * minute)
    expect(reads(clerk, 0)).toBe(true)
    expect(reads({ ...clerk, id: 9 }, 0)).toBe(false)
    expect([reads(floorManager, 59), reads(floorManager, 60)]).toEqual([false, true])
    expect([reads(gm, 179), reads(gm, 180)]).toEqual([false, true])
  })
})

describe('the duty manager', () => {
  it('is whoever stands on the roster, of the floor where it has one', () => {
    expect(isMeant('duty_manager', '', onDuty, { floors: [''] })).toBe(true)
    expect(isMeant('duty_manager', '2F', onDuty, { floors: [''] })).toBe(true)
    expect(isMeant('duty_manager', '2F', onDuty, { floors: ['', '2F'] })).toBe(false)
    expect(
      isMeant('duty_manager', '2F', { ...floorManager, duty: ['2F'] }, { floors: ['2F'] }),
    ).toBe(true)
    expect(isMeant('duty_manager', '', floorManager, { floors: [''] })).toBe(false)
  })

  it('is the store manager while nobody is on the roster', () => {
    expect(isMeant('duty_manager', '', gm, { floors: [] })).toBe(true)
    expect(isMeant('duty_manager', '', floorManager, { floors: [] })).toBe(false)
    expect(isMeant('duty_manager', '3F', gm, { floors: ['2F'] })).toBe(true)
  })
})

describe('a case taken up a level', () => {
  it('goes to the floor manager, the duty manager where there is one, the store manager, and no further', () => {
    expect(nextLevel('clerk', false)).toBe('floor_manager')
    expect(nextLevel('floor_manager', true)).toBe('duty_manager')
    expect(nextLevel('floor_manager', false)).toBe('store_manager')
    expect(nextLevel('duty_manager', true)).toBe('store_manager')
    expect(nextLevel('store_manager', true)).toBeNull()
  })
})
