import { requireComplained } from '../cases/index.ts'
import type { ReadHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { businessDateOf } from '../foundation/business-date.ts'
import type { Call } from '../handlers.ts'
import type { PaperLanguage } from '../printing/labels.ts'
import { frameOf } from '../printing/frame.ts'
import type { VoidFacts } from '../printing/layout.ts'
import type { ApologyLetterFacts, SettlementSlipFacts } from './document.ts'
import { totalOf } from './rules.ts'
import {
  findLetter,
  findSettlement,
  listExecutions,
  listItems,
  listLedgerOf,
  listOptions,
} from './store.ts'
import { timerOf } from './timer.ts'

function voidOf(call: Call, voided: { at: string; reason: string } | null): VoidFacts | null {
  return voided && { on: businessDateOf(new Date(voided.at), call.profile), reason: voided.reason }
}

/** What the slip of an agreement says; refuses one nothing was agreed in (`settlements.not_agreed`). */
export async function settlementSlipFacts(
  r: ReadHandle,
  call: Call,
  settlementId: number,
): Promise<SettlementSlipFacts> {
  const settlement = (await findSettlement(r, settlementId)) ?? refuse('settlements.unknown')
  const { optionId, number, caseId, promisedAt, agreedAt, closedAt, state, currency } = settlement
  const option = (await listOptions(r, settlementId)).find(({ id }) => id === optionId)
  if (!option || agreedAt === null) refuse('settlements.not_agreed', { number })
  const complaint = await requireComplained(r, settlement.complaintId)
  const items = (await listItems(r, settlementId)).filter((item) => item.optionId === optionId)
  const done = new Map((await listExecutions(r, settlementId)).map((each) => [each.itemId, each]))
  const kinds = items.map(({ kind }) => kind)
  const timer = await timerOf(r, call, { caseId, promisedAt, agreedAt, closedAt, state, kinds })
  const ledger = await listLedgerOf(r, complaint.id)
  const voided =
    state === 'void' && closedAt !== null ? { at: closedAt, reason: settlement.closeReason } : null
  return {
    frame: frameOf(call),
    number,
    copy: 0,
    complaintNumber: complaint.number,
    customer: complaint.customerName,
    recordedOn: complaint.businessDate,
    agreedAt,
    executor: settlement.executorName,
    dueAt: timer?.dueAt ?? null,
    title: option.title,
    currency,
    total: totalOf(items),
    items: items.map(({ id, kind, what, amount, payHow }) => {
      const proof = done.get(id)
      return { kind, what, amount, payHow, done: proof ? proof.proofNumber || proof.note : null }
    }),
    payments: ledger.flatMap(({ settlementNumber, instruction, amount, voided: isVoid }) =>
      settlementNumber === number && instruction && !isVoid && instruction.state !== 'cancelled'
        ? [{ number: instruction.number, amount }]
        : [],
    ),
    voided: voidOf(call, voided),
  }
}

/** What a letter of apology says, and the languages it was written in. */
export async function apologyLetterFacts(
  r: ReadHandle,
  call: Call,
  letterId: number,
): Promise<{ facts: ApologyLetterFacts; language: PaperLanguage }> {
  const letter = (await findLetter(r, letterId)) ?? refuse('settlements.unknown')
  const { number, addressee, businessDate, bodyZh, bodyEn, signer, signerTitle } = letter
  return {
    language: letter.language,
    facts: {
      frame: frameOf(call),
      number,
      copy: 0,
      addressee,
      businessDate,
      bodyZh,
      bodyEn,
      signer,
      signerTitle,
      voided: voidOf(call, letter.voided),
    },
  }
}
