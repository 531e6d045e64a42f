import { refuse } from '../foundation/errors.ts'
import { toHalfWidth } from '../foundation/text.ts'
import type { serialFlags } from './contract.ts'

export type SerialFlag = (typeof serialFlags)[number]

/** A serial number the sale or one of its cards knows; without a unit where the slip does not say of which. */
export interface SoldSerial {
  unitNo: number | null
  serialNo: string
}

/** A returned unit's serial number beside the one that was sold. */
export interface UnitSerial {
  unitNo: number
  soldSerialNo: string
  serialNo: string
  flag: SerialFlag
}

/** As serial numbers are compared: half width, no blanks, capital letters. */
export function serialKey(serialNo: string): string {
  return toHalfWidth(serialNo).replaceAll(/[\s-]/g, '').toUpperCase()
}

/**
 * Which units of a line came back, where the serial numbers read off them say it: units of a multiple line are told
 * apart by their cards. Null where they do not say it for all of them.
 */
export function unitsBySerial(
  scanned: readonly string[],
  sold: readonly SoldSerial[],
  count: number,
): number[] | null {
  const keys = new Set(scanned.map(serialKey))
  const units = sold.flatMap(({ unitNo, serialNo }) =>
    unitNo !== null && keys.has(serialKey(serialNo)) ? [unitNo] : [],
  )
  const distinct = [...new Set(units)]
  return distinct.length === count ? distinct.sort((a, b) => a - b) : null
}

/**
 * Sets the serial numbers read off returned units beside those that were sold. A unit with a known number is a
 * `match`, a `mismatch` (another one was read) or `missing` (none was); without a known one there is nothing to check.
 * More numbers than units are refused (`exchanges.too_many_serials`), and one number twice (`exchanges.serial_twice`).
 */
export function compareSerials(
  name: string,
  unitNos: readonly number[],
  scanned: readonly string[],
  sold: readonly SoldSerial[],
): UnitSerial[] {
  const read = new Map(scanned.map((serialNo) => [serialKey(serialNo), serialNo.trim()]))
  if (read.size < scanned.length) {
    const twice = scanned.find((each, at) => scanned.map(serialKey).indexOf(serialKey(each)) < at)
    refuse('exchanges.serial_twice', { serialNo: twice ?? '' })
  }
  if (scanned.length > unitNos.length) refuse('exchanges.too_many_serials', { name })
  const known = knownByUnit(unitNos, sold)
  const matched = unitNos.map((_, index) => {
    const soldSerialNo = known[index]?.find((each) => read.has(serialKey(each)))
    if (soldSerialNo === undefined) return null
    const serialNo = read.get(serialKey(soldSerialNo)) ?? ''
    read.delete(serialKey(soldSerialNo))
    return { soldSerialNo, serialNo }
  })
  // What one unit was recognised by is not what another one lacks.
  const taken = new Set(matched.map((each) => serialKey(each?.soldSerialNo ?? '')))
  const rest = [...read.values()]
  return unitNos.map((unitNo, index): UnitSerial => {
    const match = matched[index]
    if (match) return { unitNo, ...match, flag: 'match' }
    const serialNo = rest.shift() ?? ''
    const soldSerialNo = known[index]?.find((each) => !taken.has(serialKey(each))) ?? ''
    taken.add(serialKey(soldSerialNo))
    if (soldSerialNo === '') return { unitNo, soldSerialNo, serialNo, flag: 'unknown' }
    return { unitNo, soldSerialNo, serialNo, flag: serialNo === '' ? 'missing' : 'mismatch' }
  })
}

/** The numbers each unit may have been sold with: its own, or any of those the slip gives for the whole line. */
function knownByUnit(unitNos: readonly number[], sold: readonly SoldSerial[]): string[][] {
  const ofLine = sold.filter((each) => each.unitNo === null).map((each) => each.serialNo)
  return unitNos.map((unitNo) => {
    const own = sold.filter((each) => each.unitNo === unitNo).map((each) => each.serialNo)
    return own.length > 0 ? own : ofLine
  })
}
