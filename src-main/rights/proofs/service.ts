import type { z } from 'zod'
import scaleData from '../../../resources/rights/proofs.json' with { type: 'json' }
import { limitsFor } from '../../approvals/index.ts'
import { attach, requireFile } from '../../attachments/index.ts'
import { record } from '../../audit/index.ts'
import { addEvent, closeCase, isCaseOpen, momentOf, openCase } from '../../cases/index.ts'
import type { ReadHandle, WriteHandle } from '../../database/store.ts'
import { refuse } from '../../foundation/errors.ts'
import { maskPhone } from '../../foundation/phone.ts'
import type { Call } from '../../handlers.ts'
import { type FrozenLine, readFrozen } from '../../policy/frozen.ts'
import type { RightsFacts } from '../../policy/facts.ts'
import type { ApproverRole } from '../../policy/rule.ts'
import { decideRights } from '../../policy/rules.ts'
import type { Answer, claimedGoods, Proof, proofRecord } from '../contract.ts'
import { describeRules } from '../describe.ts'
import { findRefusalOfCase } from '../refusal-store.ts'
import { tagsOfAnswer } from '../told.ts'
import { verifyByKnownKeys } from '../../seals/index.ts'
import { openRules, withoutCalendar, withoutTrace, writeFrozen } from '../service.ts'
import { type ProofScale, weighProofs, type Weighing } from './rules.ts'
import {
  type Candidate,
  findProofSet,
  findSalesByProofs,
  insertProofSet,
  isCardVoid,
  type ProofSetRecord,
  readCandidates,
} from './store.ts'

type ClaimedGoods = z.output<typeof claimedGoods>

const scale = scaleData as ProofScale

/** Sales shown: more cannot be told apart at a counter. */
const mostCandidates = 8

/** A signed card is as strong as its signature: one that is not genuine here, or void, is refused with the reason. */
async function requireGenuine(r: ReadHandle, proofs: readonly Proof[]): Promise<void> {
  for (const proof of proofs) {
    if (proof.kind !== 'signed_card') continue
    const found = await verifyByKnownKeys(r, proof.code)
    if (found.verdict !== 'genuine') refuse(`rights.card_${found.verdict}`)
    const { number } = found.facts
    if (await isCardVoid(r, number)) refuse('rights.card_void', { number })
  }
}

/** The proofs weighed alone, and against every sale they point to, the best fit first. */
export async function weighAgainstSales(r: ReadHandle, proofs: readonly Proof[]) {
  await requireGenuine(r, proofs)
  const candidates = await readCandidates(r, await findSalesByProofs(r, proofs))
  const weighed = candidates
    .map((sale) => ({ sale, weighing: weighProofs(proofs, sale, scale) }))
    .toSorted(
      (a, b) =>
        b.weighing.score - a.weighing.score ||
        (a.sale.businessDate < b.sale.businessDate ? 1 : -1) ||
        b.sale.receiptId - a.sale.receiptId,
    )
  return {
    alone: weighProofs(proofs, null, scale),
    candidates: weighed.slice(0, mostCandidates).map(({ sale, weighing }) => ({
      receiptId: sale.receiptId,
      receiptNo: sale.receiptNo,
      businessDate: sale.businessDate,
      total: sale.total,
      currency: sale.currency,
      goods: sale.goods,
      customer: sale.customer,
      ...weighing,
    })),
  }
}

/** Facts of goods nobody found a sale for: as the customer tells them. Strong proofs stand for the slip. */
function claimedFacts(
  goods: ClaimedGoods,
  answer: Answer,
  weighing: Pick<Weighing, 'strength'>,
  { context }: Awaited<ReturnType<typeof openRules>>,
): RightsFacts {
  if (goods.soldOn > context.today) {
    refuse('rights.in_future', { name: goods.name, date: goods.soldOn })
  }
  const kind = context.categoryOf({ category: goods.category, name: goods.name })
  const told = tagsOfAnswer(answer)
  return {
    today: context.today,
    claimedOn: null,
    calendar: context.calendar,
    currency: context.currency,
    channel: answer.channel ?? 'counter',
    line: {
      currency: context.currency,
      category: kind?.code ?? null,
      sku: '',
      brand: '',
      counter: '',
      tags: [...(kind?.tags ?? []), ...told.tags],
      notTags: told.notTags,
      paid: goods.paid,
      units: goods.units,
      unitsSold: goods.units,
      unitsReturned: 0,
      currentPrice: null,
    },
    // A tier is a fact of a found customer, not of what somebody tells.
    tier: null,
    dates: {
      sold: goods.soldOn,
      delivered: answer.deliveredOn ?? null,
      installed: answer.installedOn ?? null,
      exchanged: null,
    },
    card: null,
    reason: answer.reason ?? null,
    condition: answer.condition ?? null,
    complete: answer.complete ?? null,
    part: answer.part ?? null,
    proof: {
      receipt: weighing.strength === 'strong',
      memberCard: false,
      medical: answer.medicalProof ?? false,
      repairRecords: false,
    },
    findings: answer.findings ?? null,
    foundSubstandard: answer.foundSubstandard ?? false,
    repairs: [],
    sameModelInStock: answer.sameModelInStock ?? null,
    kilometres: answer.kilometres ?? null,
    wish: answer.wish ?? null,
  }
}

/** What described goods would come to, and who is needed for it. */
export async function decideClaim(
  r: ReadHandle,
  call: Call,
  asked: { goods: ClaimedGoods; answer: Answer; proofs: readonly Proof[] },
) {
  await requireGenuine(r, asked.proofs)
  const rules = await openRules(r, call)
  const weighing = weighProofs(asked.proofs, null, scale)
  const facts = claimedFacts(asked.goods, asked.answer, weighing, rules)
  const verdict = decideRights(facts, rules.rules)
  return {
    facts,
    weighing,
    verdict: withoutTrace(verdict),
    rules: describeRules(rules.rules.rules, verdict.rules),
    needed: await approverFor(r, call, weighing, asked.goods.paid),
  }
}

/** What the rules say of goods whose purchase is proven, as they were described then, with what is said of them now. */
export async function decideProven(
  r: ReadHandle,
  call: Call,
  proofSetId: number,
  answer: Answer,
): Promise<FrozenLine> {
  const set = await requireProofSet(r, proofSetId)
  const rules = await openRules(r, call)
  const { goods: name, category, units, paidAmount: paid, soldOn } = set
  const facts = claimedFacts({ name, category, units, paid, soldOn }, answer, set, rules)
  const verdict = withoutTrace(decideRights(facts, rules.rules))
  return {
    saleLineId: null,
    units: 1,
    facts: withoutCalendar(facts),
    verdict,
    rules: verdict.rules,
  }
}

const ranks: readonly ApproverRole[] = ['clerk', 'floor_manager', 'store_manager']

/** The higher of what the strength of the proofs asks for and what the store's limits do. */
async function approverFor(
  r: ReadHandle,
  call: Call,
  weighing: Pick<Weighing, 'approver'>,
  amount: number,
): Promise<ApproverRole> {
  const { currency } = call.profile
  const limits = await limitsFor(r, call, { kinds: ['no_slip'], amount, currency })
  const byLimit = ranks.indexOf(limits.needed ?? 'clerk')
  return ranks[Math.max(byLimit, ranks.indexOf(weighing.approver))] ?? 'store_manager'
}

/**
 * Writes the proofs down with a case of their own: for the sale they point to, or for goods as described where no
 * sale was found. Never an automatic no: any proofs are taken down, and who decides hangs on their strength.
 */
export async function recordProofs(
  w: WriteHandle,
  call: Call,
  input: z.output<typeof proofRecord>,
): Promise<{ id: number; caseId: number }> {
  await requireGenuine(w, input.proofs)
  const moment = momentOf(call)
  const sale = input.receiptId === null ? null : await requireCandidate(w, input.receiptId)
  const weighing = weighProofs(input.proofs, sale, scale)
  const claim =
    sale === null && input.goods !== null
      ? await decideClaim(w, call, {
          goods: input.goods,
          answer: input.answer,
          proofs: input.proofs,
        })
      : null
  if (sale === null && claim === null) refuse('rights.nothing_claimed')
  const goods: ClaimedGoods = input.goods ?? {
    name: sale?.goods || sale?.receiptNo || '',
    category: '',
    units: 1,
    paid: Math.max(sale?.total ?? 0, 0),
    soldOn: sale?.businessDate ?? moment.today,
  }
  const photos = input.proofs.flatMap(({ sha256, kind }) => (sha256 ? [{ sha256, kind }] : []))
  for (const { sha256 } of photos) await requireFile(w, sha256)
  const caseId = await openCase(w, moment, {
    state: 'open',
    ownerId: call.actor.id,
    receiptId: input.receiptId,
    customerId: null,
  })
  const approver = await approverFor(w, call, weighing, goods.paid)
  const id = await insertProofSet(
    w,
    {
      caseId,
      receiptId: input.receiptId,
      goods: goods.name,
      category: goods.category,
      units: goods.units,
      paidAmount: goods.paid,
      currency: sale?.currency ?? call.profile.currency,
      soldOn: goods.soldOn,
      score: weighing.score,
      strength: weighing.strength,
      approver,
      note: input.note,
      customerId: null,
      contactName: input.contact.name,
      contactPhone: input.contact.phone,
      businessDate: moment.today,
      recordedAt: moment.at,
      recordedBy: moment.actorId,
    },
    input.proofs.map(({ kind, sha256, ...detail }, index) => ({
      kind,
      sha256,
      detail: JSON.stringify(detail),
      standing: weighing.standings[index] ?? 'alone',
      weight: weighing.weights[index] ?? 0,
    })),
  )
  if (claim) {
    const { facts, verdict } = claim
    await writeFrozen(w, call, {
      receiptId: null,
      proofSetId: id,
      lines: [
        {
          saleLineId: null,
          units: goods.units,
          facts: withoutCalendar(facts),
          verdict,
          rules: verdict.rules,
        },
      ],
    })
  }
  await addEvent(w, moment, caseId, 'proofs_recorded', {
    proofSetId: id,
    score: weighing.score,
    strength: weighing.strength,
  })
  for (const { sha256, kind } of photos) {
    const subject = { type: 'proof' as const, id }
    await attach(w, call, moment, { sha256, subject, caseId, role: 'photo', label: kind })
  }
  await record(
    w,
    call,
    'rights.record_proofs',
    { type: 'proof_set', id },
    {
      score: weighing.score,
      strength: weighing.strength,
      kinds: input.proofs.map((p) => p.kind),
      files: photos.map(({ sha256 }) => sha256),
    },
  )
  return { id, caseId }
}

async function requireCandidate(r: ReadHandle, receiptId: number): Promise<Candidate> {
  const [sale] = await readCandidates(r, [receiptId])
  return sale ?? refuse('rights.unknown_sale')
}

export async function requireProofSet(r: ReadHandle, proofSetId: number): Promise<ProofSetRecord> {
  return (await findProofSet(r, proofSetId)) ?? refuse('rights.unknown_proofs')
}

export async function openProofs(r: ReadHandle, proofSetId: number) {
  const set = await requireProofSet(r, proofSetId)
  const frozen = set.rightsId === null ? undefined : await readFrozen(r, set.rightsId)
  return {
    ...set,
    contactPhoneMasked: set.contactPhone === '' ? '' : maskPhone(set.contactPhone),
    proofs: set.proofs.map(({ detail, ...proof }) => ({
      ...proof,
      detail: detailOf(detail),
    })),
    verdict: frozen?.lines[0]?.verdict ?? null,
    reason: frozen?.lines[0]?.facts.reason ?? null,
    refusal: (await findRefusalOfCase(r, set.caseId)) ?? null,
    proven: frozen?.proven ?? true,
    isOpen: await isCaseOpen(r, set.caseId),
  }
}

/** The case a claim without a slip is kept in, while it is open. */
export async function openCaseOfProofs(r: ReadHandle, proofSetId: number): Promise<number | null> {
  const { caseId } = await requireProofSet(r, proofSetId)
  return (await isCaseOpen(r, caseId)) ? caseId : null
}

/** Writes down what came of a claim without a slip and closes its case. */
export async function settleProofs(
  w: WriteHandle,
  call: Call,
  { proofSetId, outcome }: { proofSetId: number; outcome: string },
): Promise<{ done: boolean }> {
  const { caseId } = await requireProofSet(w, proofSetId)
  const moment = momentOf(call)
  await closeCase(w, moment, caseId)
  await addEvent(w, moment, caseId, 'proofs_settled', { proofSetId, outcome })
  await record(w, call, 'rights.settle_proofs', { type: 'proof_set', id: proofSetId }, { outcome })
  return { done: true }
}

function detailOf(detail: string): Record<string, string | number> {
  const said = JSON.parse(detail) as Record<string, string | number>
  return typeof said['phone'] === 'string' && said['phone'] !== ''
    ? { ...said, phone: maskPhone(said['phone']) }
    : said
}
