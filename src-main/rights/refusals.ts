import type { z } from 'zod'
import { record } from '../audit/index.ts'
import { addEvent, type Moment, momentOf, openCase } from '../cases/index.ts'
import { takeDocumentNumber } from '../database/document-counter.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { maskPhone } from '../foundation/phone.ts'
import type { Call } from '../handlers.ts'
import { readFrozen } from '../policy/frozen.ts'
import type { Verdict } from '../policy/facts.ts'
import { countPrints } from '../printing/store.ts'
import type { Answers, refusalDraft, refusalRecord, RefusalContent } from './contract.ts'
import { describeRules } from './describe.ts'
import { findRefusal, insertRefusal, type NewRefusal, type RefusalRecord } from './refusal-store.ts'
import { answerFor, type RightsSale, wayOnsOf } from './rules.ts'
import { sayReason } from './say-reason.ts'
import { decideLine, freezeRights, openRules, requireLine, requireSale } from './service.ts'

/**
 * What the paper of a denied claim would say. Refused itself where the rules allow the claim
 * (`rights.claim_allowed`), and while a fact is missing that might (`rights.facts_missing`).
 */
export async function draftRefusal(
  r: ReadHandle,
  call: Call,
  asked: z.output<typeof refusalDraft>,
): Promise<RefusalContent & { name: string; sale: RightsSale }> {
  const sale = await requireSale(r, asked.receiptId)
  const line = requireLine(sale, asked.saleLineId)
  const rules = await openRules(r, call)
  const answer = answerFor(asked.answers, line.id)
  const { verdict } = decideLine(sale, line, { units: asked.units, answer }, rules)
  const remedy = requireRefused(verdict, asked.claim, line.name)
  return {
    sale,
    name: line.name,
    reason: answer.reason ?? 'other',
    grounds: remedy.reasons.map((each) => sayReason(each, sale.currency)),
    rules: describeRules(rules.rules.rules, remedy.because).map(({ id, version, text, basis }) => ({
      id,
      version,
      text,
      basis,
    })),
    wayOns: wayOnsOf(verdict, {
      claim: asked.claim,
      reason: answer.reason ?? 'other',
      country: rules.rules.country,
    }),
  }
}

/** The remedy as the rules deny it; refuses one they allow, or might once more is known. */
export function requireRefused(
  verdict: Pick<Verdict, 'remedies'>,
  claim: string,
  name: string,
): Extract<Verdict['remedies'][number], { allowed: false }> {
  const remedy = verdict.remedies.find((each) => each.remedy === claim)
  if (!remedy) refuse('rights.no_such_claim')
  if (remedy.allowed) refuse('rights.claim_allowed', { name })
  if (remedy.open.length > 0) refuse('rights.facts_missing', { name })
  return remedy
}

/** What a refusal says, beside who writes it and when. */
interface Issued extends Pick<
  NewRefusal,
  | 'number'
  | 'caseId'
  | 'rightsId'
  | 'receiptId'
  | 'saleLineId'
  | 'goods'
  | 'units'
  | 'claim'
  | 'statement'
  | 'note'
  | 'customerId'
> {
  content: RefusalContent
  contact: { name: string; phone: string }
}

/** Denies a claim: freezes the decision, opens and closes its case, and numbers the paper. */
export async function refuseClaim(
  w: WriteHandle,
  call: Call,
  input: z.output<typeof refusalRecord>,
): Promise<{ id: number; number: string }> {
  const moment = momentOf(call)
  const { sale, name, ...content } = await draftRefusal(w, call, input)
  const answers: Answers = input.answers
  const frozen = await freezeRights(w, call, {
    sale,
    lines: [{ saleLineId: input.saleLineId, units: input.units }],
    answers,
    proofSetId: null,
  })
  const caseId = await openCase(w, moment, {
    state: 'closed',
    ownerId: call.actor.id,
    receiptId: sale.id,
    customerId: sale.customerId,
  })
  const { id, number } = await issueRefusal(w, call, moment, {
    number: await takeDocumentNumber(w, 'JS', call.profile.deskNo, moment.businessDate),
    caseId,
    rightsId: frozen.id,
    receiptId: sale.id,
    saleLineId: input.saleLineId,
    goods: name,
    units: input.units,
    claim: input.claim,
    statement: input.statement,
    note: input.note,
    content,
    customerId: sale.customerId,
    contact: input.contact,
  })
  const facts = { receiptNo: sale.receiptNo, claim: input.claim, hash: frozen.hash }
  await record(w, call, 'rights.refuse_claim', { type: 'refusal', id: number }, facts)
  return { id, number }
}

/** Writes the paper of a denied claim and its line in the case's history. */
export async function issueRefusal(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  { content, contact, ...refusal }: Issued,
): Promise<{ id: number; number: string }> {
  const { number, caseId, claim, rightsId } = refusal
  const id = await insertRefusal(w, {
    ...refusal,
    reason: content.reason,
    content: JSON.stringify(content),
    contactName: contact.name,
    contactPhone: contact.phone,
    ownerId: call.actor.id,
    businessDate: moment.businessDate,
    recordedAt: moment.at,
    recordedBy: moment.actorId,
  })
  await addEvent(w, moment, caseId, 'claim_refused', { refusalId: id, number, claim, rightsId })
  return { id, number }
}

export async function requireRefusal(r: ReadHandle, refusalId: number): Promise<RefusalRecord> {
  return (await findRefusal(r, refusalId)) ?? refuse('rights.unknown_refusal')
}

export function contentOf(refusal: RefusalRecord): RefusalContent {
  return JSON.parse(refusal.content) as RefusalContent
}

export async function openRefusal(r: ReadHandle, refusalId: number) {
  const refusal = await requireRefusal(r, refusalId)
  const phone = refusal.contactPhone || refusal.customerPhone || ''
  const frozen = await readFrozen(r, refusal.rightsId)
  return {
    ...refusal,
    ...contentOf(refusal),
    contactName: refusal.contactName || refusal.customerName || '',
    contactPhoneMasked: phone === '' ? '' : maskPhone(phone),
    prints: await countPrints(r, 'refusal_slip', refusal.number),
    proven: frozen?.proven ?? false,
  }
}
