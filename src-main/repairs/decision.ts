import type { ReadHandle } from '../database/store.ts'
import { addDays } from '../foundation/business-date.ts'
import { refuse } from '../foundation/errors.ts'
import type { Call } from '../handlers.ts'
import { type FrozenLine, readFrozen } from '../policy/frozen.ts'
import type { Basis } from './contract.ts'
import type { RepairItemRecord } from './store.ts'

/** Whether the store owes a repair, and why. */
export interface RepairDecision {
  owes: 'free' | 'paid'
  basis: Basis
}

/** Days after the claim on which a written decision can still be used (docs/decisions/0012). */
const decisionDays = 7

type Goods = Pick<
  RepairItemRecord,
  'kind' | 'name' | 'receiptId' | 'saleLineId' | 'proofSetId' | 'isRefailure'
>

/** Whether the store owes the repair as things are known; undecided while an answer could still change it. */
export interface Owed {
  owes: RepairDecision['owes'] | 'undecided'
  basis: Basis
}

/**
 * Free or paid, by what the rules say of the goods; null where nobody has asked them. The one place that decides it: what
 * a form shows before and what is written after are the same. Goods whose last repair did not hold are repaired again
 * free, unless the rules were asked and found a misuse of them; goods that were bought elsewhere have no claim on the
 * store beyond that.
 */
export function owedFor(
  goods: Pick<Goods, 'kind' | 'isRefailure'>,
  line: Pick<FrozenLine, 'facts' | 'verdict'> | null,
): Owed {
  if (line === null) {
    if (goods.isRefailure) return { owes: 'free', basis: 'repair_warranty' }
    return goods.kind === 'elsewhere'
      ? { owes: 'paid', basis: 'bought_elsewhere' }
      : { owes: 'undecided', basis: 'rights' }
  }
  const { facts, verdict } = line
  const repair = verdict.remedies.find(({ remedy }) => remedy === 'repair')
  if (repair?.allowed && repair.fee.amount === 0) return { owes: 'free', basis: 'rights' }
  if (repair && !repair.allowed && repair.open.length > 0) {
    return { owes: 'undecided', basis: 'rights' }
  }
  const isHeldAgainst = (facts.findings?.length ?? 0) > 0
  if (goods.isRefailure && !isHeldAgainst) return { owes: 'free', basis: 'repair_warranty' }
  return { owes: 'paid', basis: 'rights' }
}

/**
 * Free or paid by a decision somebody wrote down; null while nobody has asked the rules and they could say something.
 *
 * Refuses a decision that is not there, was tampered with or is about other goods (`repairs.unknown_rights`), an old
 * one (`repairs.decision_old`), and one with questions left that could change it (`repairs.decision_open`).
 */
export async function decideRepair(
  r: ReadHandle,
  call: Call,
  goods: Goods,
  rightsId: number | null,
): Promise<RepairDecision | null> {
  const line = rightsId === null ? null : await writtenLine(r, call, goods, rightsId)
  const { owes, basis } = owedFor(goods, line)
  if (owes !== 'undecided') return { owes, basis }
  if (line !== null) refuse('repairs.decision_open', { name: goods.name })
  return null
}

/** What a written decision says of these very goods. */
export async function writtenLine(
  r: ReadHandle,
  call: Call,
  goods: Goods,
  rightsId: number,
): Promise<FrozenLine> {
  const frozen = await readFrozen(r, rightsId)
  const line = frozen?.lines.find((each) => each.saleLineId === goods.saleLineId)
  const isAbout =
    goods.kind === 'sold'
      ? frozen?.receiptId === goods.receiptId
      : goods.proofSetId !== null && frozen?.proofSetId === goods.proofSetId
  if (!frozen?.proven || !line || !isAbout) refuse('repairs.unknown_rights', { name: goods.name })
  const { claimedOn } = frozen
  const lastDay = addDays(claimedOn, decisionDays)
  if (call.today > lastDay) {
    refuse('repairs.decision_old', { claimedOn, lastDay, days: decisionDays })
  }
  return line
}
