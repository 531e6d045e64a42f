import { command, query, type RoomHandlers } from '../handlers.ts'
import type { rightsContract } from './contract.ts'
import { describeRules } from './describe.ts'
import { askForRepair, freezeForRepair } from './for-repair.ts'
import {
  decideClaim,
  openProofs,
  recordProofs,
  settleProofs,
  weighAgainstSales,
} from './proofs/service.ts'
import { draftProofRefusal, refuseProofs } from './proofs/refuse.ts'
import { listRefusalsOf } from './refusal-store.ts'
import { draftRefusal, openRefusal, refuseClaim } from './refusals.ts'
import { answerFor, unitsLeft } from './rules.ts'
import {
  decideLine,
  freezeRights,
  openRules,
  proofAnswer,
  requireLine,
  requireSale,
  rightsOfSale,
  withoutCalendar,
} from './service.ts'

export const rightsHandlers: RoomHandlers<typeof rightsContract> = {
  ofReceipt: query(async (r, call, input) => {
    const sale = await requireSale(r, input.receiptId)
    const opened = await openRules(r, call)
    const proof = await proofAnswer(r, sale, input.proofSetId)
    const answers = { ...input.answers, all: { ...input.answers.all, ...proof } }
    const lines = rightsOfSale(sale, answers, opened)
    const rules = describeRules(
      opened.rules.rules,
      lines.flatMap((line) => line.verdict?.rules ?? []),
    )
    return { receiptId: sale.id, currency: sale.currency, today: call.today, lines, rules }
  }),

  trace: query(async (r, call, input) => {
    const sale = await requireSale(r, input.receiptId)
    const line = requireLine(sale, input.saleLineId)
    const rules = await openRules(r, call)
    const answer = answerFor(input.answers, line.id)
    const { facts, verdict } = decideLine(sale, line, { units: unitsLeft(line), answer }, rules)
    return {
      facts: withoutCalendar(facts),
      clocks: verdict.clocks,
      steps: verdict.trace,
      rules: describeRules(
        rules.rules.rules,
        verdict.trace.map((step) => step.rule),
      ),
    }
  }),

  freeze: command([], async (w, call, input) => {
    const sale = await requireSale(w, input.receiptId)
    const { id, hash } = await freezeRights(w, call, { sale, ...input })
    return { id, hash }
  }),

  forRepair: query(askForRepair),

  freezeForRepair: command([], freezeForRepair),

  draftRefusal: query(async (r, call, input) => {
    const { sale: _sale, ...draft } = await draftRefusal(r, call, input)
    return draft
  }),

  refuseClaim: command(['cases', 'rights'], refuseClaim),

  draftProofRefusal: query(draftProofRefusal),

  refuseProofs: command(['cases', 'rights', 'approvals'], refuseProofs),

  openRefusal: query((r, _call, input) => openRefusal(r, input.refusalId)),

  weighProofs: query((r, _call, input) => weighAgainstSales(r, input.proofs)),

  ofClaim: query(async (r, call, input) => {
    const { facts: _facts, ...claim } = await decideClaim(r, call, input)
    return claim
  }),

  recordProofs: command(['cases', 'rights'], recordProofs),

  openProofs: query((r, _call, input) => openProofs(r, input.proofSetId)),

  settleProofs: command(['cases', 'rights'], settleProofs),

  refusalsOf: query((r, _call, input) => listRefusalsOf(r, input.receiptId)),
}
