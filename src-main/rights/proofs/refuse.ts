import type { z } from 'zod'
import en from '../../../resources/locales/en/documents.json' with { type: 'json' }
import zh from '../../../resources/locales/zh-CN/documents.json' with { type: 'json' }
import { limitsFor, requireApproval, subjectHash } from '../../approvals/index.ts'
import type { ApproverRole } from '../../approvals/rules.ts'
import { record } from '../../audit/index.ts'
import { closeCase, isCaseOpen, momentOf } from '../../cases/index.ts'
import { takeDocumentNumber } from '../../database/document-counter.ts'
import type { ReadHandle, WriteHandle } from '../../database/store.ts'
import { refuse } from '../../foundation/errors.ts'
import type { Call } from '../../handlers.ts'
import { type FrozenLine, readFrozen } from '../../policy/frozen.ts'
import type { proofRefusalDraft, proofRefusalRecord, RefusalContent } from '../contract.ts'
import { describeRules } from '../describe.ts'
import { issueRefusal, requireRefused } from '../refusals.ts'
import { wayOnsOf } from '../rules.ts'
import { sayGround, sayReason } from '../say-reason.ts'
import { openRules } from '../service.ts'
import { requireProofSet } from './service.ts'
import type { ProofSetRecord } from './store.ts'

type Asked = z.output<typeof proofRefusalDraft>

interface Draft {
  set: ProofSetRecord
  rightsId: number
  hash: string
  content: RefusalContent
  /** The no hangs on how strong the proofs are: who decides on them has to say it. */
  isOfProofs: boolean
}

/**
 * What the paper of a claim without a sale would say. By the rules: as for a sale, judged by the day the customer
 * told. As not proven: whatever the rules would say, unless the proofs are strong (`rights.proofs_are_strong`). Where
 * the sale was found the claim goes on there (`rights.proofs_have_sale`).
 */
async function draftOf(r: ReadHandle, call: Call, asked: Asked): Promise<Draft> {
  const set = await requireProofSet(r, asked.proofSetId)
  if (set.receiptId !== null) {
    refuse('rights.proofs_have_sale', { receiptNo: set.receiptNo ?? '' })
  }
  if (!(await isCaseOpen(r, set.caseId))) refuse('cases.already_closed')
  const frozen = set.rightsId === null ? undefined : await readFrozen(r, set.rightsId)
  const line = frozen?.lines[0]
  if (!frozen || !line) refuse('rights.unknown_proofs')
  const said =
    asked.ground === 'rules'
      ? await deniedByRules(r, call, set, line, asked)
      : await notProven(r, call, set, line, asked)
  return { set, rightsId: frozen.id, hash: frozen.hash, ...said }
}

type Said = Pick<Draft, 'content' | 'isOfProofs'>

async function deniedByRules(
  r: ReadHandle,
  call: Call,
  set: ProofSetRecord,
  { facts, verdict }: FrozenLine,
  { claim }: Asked,
): Promise<Said> {
  const { rules } = await openRules(r, call)
  const remedy = requireRefused(verdict, claim, set.goods)
  const reason = facts.reason ?? 'other'
  return {
    content: {
      reason,
      ground: 'rules',
      grounds: [
        sayGround('by_word', { date: set.soldOn }),
        ...remedy.reasons.map((each) => sayReason(each, set.currency)),
      ],
      rules: describeRules(rules.rules, remedy.because).map(({ id, version, text, basis }) => ({
        id,
        version,
        text,
        basis,
      })),
      wayOns: wayOnsOf(verdict, { claim, reason, country: rules.country, lacksProof: true }),
    },
    isOfProofs: remedy.reasons.some((each) => each.key === 'reason.needs_receipt'),
  }
}

async function notProven(
  r: ReadHandle,
  call: Call,
  set: ProofSetRecord,
  { facts, verdict }: FrozenLine,
  { claim }: Asked,
): Promise<Said> {
  if (set.strength === 'strong') refuse('rights.proofs_are_strong', { score: set.score })
  const { rules } = await openRules(r, call)
  const reason = facts.reason ?? 'other'
  // What the rules would give hangs on the purchase; a repair for a fee does not.
  const remedies = verdict.remedies.filter(
    (each) => each.remedy === 'paid_repair' || each.remedy === claim,
  )
  return {
    content: {
      reason,
      ground: 'not_proven',
      grounds: [sayGround('not_proven', { score: set.score })],
      rules: [],
      // Nor can a test show where something was bought.
      wayOns: wayOnsOf(
        { remedies },
        { claim, reason: 'other', country: rules.country, lacksProof: true },
      ),
    },
    isOfProofs: true,
  }
}

/** Who decides on the proofs decides on the no as well; a no by the rules is the desk's. */
function questionOf(call: Call, { set, hash, isOfProofs }: Draft, asked: Asked) {
  if (!isOfProofs) return null
  const title = (call.profile.language === 'zh-CN' ? zh : en).refusal.title
  const kinds: 'no_slip'[] = ['no_slip']
  const atLeast: ApproverRole = set.approver
  return {
    kinds,
    atLeast,
    amount: set.paidAmount,
    currency: set.currency,
    subject: {
      type: 'claim_refusal',
      id: String(set.id),
      hash: subjectHash({ hash, claim: asked.claim, ground: asked.ground }),
    },
    summary: `${title} · ${set.goods} × ${set.units}`.slice(0, 200),
    reason: '',
    caseId: set.caseId,
  }
}

export async function draftProofRefusal(r: ReadHandle, call: Call, asked: Asked) {
  const draft = await draftOf(r, call, asked)
  const question = questionOf(call, draft, asked)
  const needed = question && (await limitsFor(r, call, question)).needed
  return {
    ...draft.content,
    name: draft.set.goods,
    approval: question && { ...question, needed },
  }
}

/** Denies a claim made on proofs without a sale: numbers the paper and closes the case. */
export async function refuseProofs(
  w: WriteHandle,
  call: Call,
  input: z.output<typeof proofRefusalRecord>,
): Promise<{ id: number; number: string }> {
  const moment = momentOf(call)
  const draft = await draftOf(w, call, input)
  const { set, rightsId, hash, content } = draft
  const { caseId, goods, units, customerId } = set
  const number = await takeDocumentNumber(w, 'JS', call.profile.deskNo, moment.businessDate)
  const question = questionOf(call, draft, input)
  const approval =
    question &&
    (await requireApproval(w, call, moment, {
      ...question,
      approvalIds: input.approvalIds,
      usedFor: { type: 'refusal', id: number },
    }))
  const { id } = await issueRefusal(w, call, moment, {
    number,
    caseId,
    rightsId,
    receiptId: null,
    saleLineId: null,
    goods,
    units,
    claim: input.claim,
    statement: input.statement,
    note: input.note,
    content,
    customerId,
    contact: {
      name: input.contact.name || set.contactName,
      phone: input.contact.phone || set.contactPhone,
    },
  })
  await closeCase(w, moment, caseId)
  await record(
    w,
    call,
    'rights.refuse_claim',
    { type: 'refusal', id: number },
    {
      proofSetId: set.id,
      claim: input.claim,
      ground: input.ground,
      hash,
      approvalId: approval?.approvalId ?? null,
    },
  )
  return { id, number }
}
