import type { ReadHandle } from '../database/store.ts'
import { localTime } from '../foundation/business-date.ts'
import { refuse } from '../foundation/errors.ts'
import { searchKey, toHalfWidth } from '../foundation/text.ts'
import type { Call } from '../handlers.ts'
import { serialKey } from './serials.ts'
import { findBrokenReturn, findSerialHolder } from './store.ts'

/** Spellings under which tills and cards may have written a serial number. */
function spellingsOf(serialNo: string): string[] {
  const plain = toHalfWidth(serialNo).trim()
  return [...new Set([serialNo, plain, plain.toUpperCase(), searchKey(plain), serialKey(plain)])]
}

/**
 * Stands before units go out: each serial number once, of a unit that is with nobody (domain.md §1.1 SB-14: sound, and
 * never the one that came back).
 *
 * Refuses a number twice (`exchanges.serial_twice`), the returned unit itself (`exchanges.same_unit`), the number of
 * what was sold where another was read off the returned unit (`exchanges.serials_swapped`), a unit that is with
 * somebody (`exchanges.serial_sold`, `exchanges.serial_on_card`, `exchanges.serial_in_exchange`, with the paper, place
 * and time) and one that came back broken (`exchanges.serial_broken`).
 */
export async function requireFreeSerials(
  r: ReadHandle,
  call: Call,
  given: readonly { serialNo: string }[],
  returned: {
    exchangeId: number | null
    units: readonly { serialNo: string; soldSerialNo: string }[]
  },
): Promise<void> {
  const seen = new Set<string>()
  for (const { serialNo } of given) {
    if (serialNo === '') continue
    const key = serialKey(serialNo)
    if (seen.has(key)) refuse('exchanges.serial_twice', { serialNo })
    seen.add(key)
    for (const unit of returned.units) {
      if (serialKey(unit.serialNo) === key) refuse('exchanges.same_unit', { serialNo })
      if (serialKey(unit.soldSerialNo) !== key) continue
      if (unit.serialNo === '') refuse('exchanges.same_unit', { serialNo })
      refuse('exchanges.serials_swapped', { serialNo, returned: unit.serialNo })
    }
    await requireFree(r, call, serialNo, returned.exchangeId)
  }
}

async function requireFree(
  r: ReadHandle,
  call: Call,
  serialNo: string,
  exchangeId: number | null,
): Promise<void> {
  const spellings = spellingsOf(serialNo)
  const holder = await findSerialHolder(r, spellings, exchangeId)
  if (holder) {
    const { how, number, place, at } = holder
    const time = localTime(new Date(at), call.profile.timeZone).replace('T', ' ').slice(0, 16)
    const params = { serialNo, number, place, time }
    if (how === 'sold') refuse('exchanges.serial_sold', params)
    if (how === 'card') refuse('exchanges.serial_on_card', params)
    refuse('exchanges.serial_in_exchange', params)
  }
  const broken = await findBrokenReturn(r, spellings)
  if (broken !== undefined) refuse('exchanges.serial_broken', { serialNo, number: broken })
}
