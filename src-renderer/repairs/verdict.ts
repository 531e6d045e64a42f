import { useQueries } from '@tanstack/react-query'

import { api, desk } from '../app/client.ts'
import {
  type Answer,
  answerOf,
  type Answers,
  isAnswered,
  type OpenQuestion,
  type Question,
  type Remedy,
  remedyOf,
  type Rights,
} from '../ui/rights.ts'

/** What is brought for repair, as far as the rules care. */
export interface Brought {
  /** Null for goods the desk did not sell. */
  receiptId: number | null
  saleLineId: number | null
  unitNo: number | null
  /** Back within the days the last repair must hold. */
  isRefailure: boolean
}

export interface Decision {
  owes: 'free' | 'paid' | 'undecided'
  basis: 'rights' | 'repair_warranty' | 'bought_elsewhere'
  /** What the rules say of a repair; absent for goods the desk did not sell. */
  remedy: Remedy | null
  answer: Answer
  /** What is still to be asked. */
  open: OpenQuestion | null
  rights: Rights | null
  /** The answer belongs to what was said last. */
  settled: boolean
  error: unknown
  /** What is written down: goods in repair have a fault, and the unit is named so that its own repairs count. */
  answers: Answers
}

function answersFor(answers: Answers, { saleLineId, unitNo }: Brought): Answers {
  if (saleLineId === null) return answers
  const said = answerOf(answers, saleLineId)
  const answer = { ...said, reason: said.reason ?? ('quality' as const), unitNo: unitNo ?? 1 }
  return { all: {}, lines: [{ saleLineId, answer }] }
}

/**
 * Free or paid, for each of what is brought, as the desk will decide it when it is written down: free where the rules
 * grant a repair without a fee, or the last one did not hold and nobody misused the goods; undecided while a question
 * is open that could make it free.
 */
export function useDecisions(
  brought: readonly Brought[],
  answers: Answers,
  putOff: ReadonlySet<Question>,
): Decision[] {
  const asked = brought.map((each) => answersFor(answers, each))
  const found = useQueries({
    queries: brought.map((each, index) =>
      api.rights.ofReceipt.queryOptions({
        input: { receiptId: each.receiptId ?? 0, answers: asked[index] ?? answers },
        enabled: each.receiptId !== null,
      }),
    ),
  })
  return brought.map((each, index) => {
    const query = found[index]
    const own = asked[index] ?? answers
    return decide(each, own, putOff, {
      rights: query?.data ?? null,
      settled: each.receiptId === null || (query?.isFetching === false && !!query.data),
      error: query?.error ?? null,
    })
  })
}

function decide(
  brought: Brought,
  answers: Answers,
  putOff: ReadonlySet<Question>,
  known: Pick<Decision, 'rights' | 'settled' | 'error'>,
): Decision {
  const { saleLineId, isRefailure } = brought
  if (saleLineId === null) {
    const basis = isRefailure ? 'repair_warranty' : 'bought_elsewhere'
    const owes = isRefailure ? 'free' : 'paid'
    return { ...known, owes, basis, remedy: null, answer: {}, open: null, answers }
  }
  const answer = answerOf(answers, saleLineId)
  const verdict = known.rights?.lines.find((each) => each.saleLineId === saleLineId)?.verdict
  const remedy = verdict ? (remedyOf(verdict, 'repair') ?? null) : null
  const unsaid = remedy?.allowed === false ? remedy.open : []
  const isFree = remedy?.allowed === true && remedy.fee.amount === 0
  // Somebody looks the goods over at the counter: misuse ends a free repair.
  const question = [...unsaid, 'findings' as const].find(
    (each) => !putOff.has(each) && !isAnswered(each, answer),
  )
  const base = {
    ...known,
    remedy,
    answer,
    answers,
    open: verdict && question ? { question, lineId: saleLineId, verdict } : null,
  }
  if (isFree) return { ...base, owes: 'free', basis: 'rights' }
  if (!remedy || unsaid.length > 0) return { ...base, owes: 'undecided', basis: 'rights' }
  const isHeldAgainst = (answer.findings?.length ?? 0) > 0
  return isRefailure && !isHeldAgainst
    ? { ...base, owes: 'free', basis: 'repair_warranty' }
    : { ...base, owes: 'paid', basis: 'rights' }
}

/** Writes the decision down; null where there is none to write yet, or nothing the rules speak of. */
export async function freezeDecision(brought: Brought, decision: Decision): Promise<number | null> {
  const { receiptId, saleLineId } = brought
  if (receiptId === null || saleLineId === null || decision.owes === 'undecided') return null
  const { id } = await desk.rights.freeze({
    receiptId,
    lines: [{ saleLineId, units: 1 }],
    answers: decision.answers,
  })
  return id
}
