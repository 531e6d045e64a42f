import type { ReadHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import type { Call } from '../handlers.ts'
import { frameOf } from '../printing/frame.ts'
import type { GoodsSource } from './contract.ts'
import type { GoodsLabelFacts } from './document.ts'
import { isGivenBack } from './rules.ts'
import { findUnit, listOfSource, type UnitRecord } from './store.ts'

/** Which labels: one unit's, or those of everything one paper brought back. */
export type LabelChoice = { unitId: number } | { source: Pick<GoodsSource, 'type' | 'id'> }

/** What the labels say. Refuses where there is nothing to label (`goods.unknown`). */
export async function goodsLabelFacts(
  r: ReadHandle,
  call: Call,
  choice: LabelChoice,
): Promise<GoodsLabelFacts> {
  const units = await readUnits(r, choice)
  const [first] = units
  if (!first) refuse('goods.unknown')
  return {
    frame: frameOf(call),
    number: 'unitId' in choice ? first.tag : first.source.number,
    copy: 0,
    units: units.map(labelOf),
  }
}

async function readUnits(r: ReadHandle, choice: LabelChoice): Promise<UnitRecord[]> {
  if ('source' in choice) {
    const units = await listOfSource(r, choice.source)
    return units.filter(({ state }) => !isGivenBack(state))
  }
  const unit = await findUnit(r, choice.unitId)
  return unit ? [unit] : []
}

function labelOf(unit: UnitRecord): GoodsLabelFacts['units'][number] {
  const { tag, name, serialNo, qtyMilli, destination, condition, source, receivedOn } = unit
  const { counter, vendor, floor } = unit
  return {
    tag,
    name,
    serialNo,
    qtyMilli,
    unit: unit.unit,
    destination,
    condition,
    sourceNumber: source.number,
    receivedOn,
    counter: [floor, counter].filter(Boolean).join(' '),
    vendor,
  }
}
