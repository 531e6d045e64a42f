import type { z } from 'zod'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import type { Call } from '../handlers.ts'
import type { FrozenLine } from '../policy/frozen.ts'
import { goodsAsked, owedFor } from '../repairs/index.ts'
import type { Answer, repairQuestion } from './contract.ts'
import { describeRules } from './describe.ts'
import { decideProven } from './proofs/service.ts'
import { decideUnits, openRules, writeFrozen } from './service.ts'

type Question = z.output<typeof repairQuestion>

/**
 * What the rules say of repairing goods: those of a sale, or those whose purchase is proven without a slip. Goods that are
 * brought for repair have a fault, and the unit is named so that its own repairs count. Null for goods bought elsewhere,
 * and for units that are back.
 */
async function decideGoods(
  r: ReadHandle,
  call: Call,
  goods: Awaited<ReturnType<typeof goodsAsked>>,
  answer: Answer,
): Promise<FrozenLine | null> {
  const said = { ...answer, reason: answer.reason ?? ('quality' as const) }
  const { receiptId, saleLineId, unitNo, proofSetId } = goods
  if (proofSetId !== null) return decideProven(r, call, proofSetId, said)
  if (receiptId === null || saleLineId === null) return null
  const asked = { saleLineId, units: 1, answer: { ...said, unitNo: unitNo ?? 1 } }
  const [line] = await decideUnits(r, call, receiptId, [asked])
  return line ?? null
}

/** Free or paid before it is written down, by the code that decides it then. */
export async function askForRepair(r: ReadHandle, call: Call, { of, answer }: Question) {
  const goods = await goodsAsked(r, call, of)
  const line = await decideGoods(r, call, goods, answer)
  const { rules } = await openRules(r, call)
  return {
    ...owedFor(goods, line),
    verdict: line?.verdict ?? null,
    rules: describeRules(rules.rules, line?.verdict.rules ?? []),
  }
}

/** Writes the decision down that a repair goes by. */
export async function freezeForRepair(
  w: WriteHandle,
  call: Call,
  { of, answer }: Question,
): Promise<{ id: number }> {
  const goods = await goodsAsked(w, call, of)
  const line = await decideGoods(w, call, goods, answer)
  if (line === null) refuse('repairs.unknown_goods')
  const { receiptId, proofSetId } = goods
  const { id } = await writeFrozen(w, call, { receiptId, proofSetId, lines: [line] })
  return { id }
}
