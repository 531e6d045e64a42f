import type { InferClientInputs, InferClientOutputs } from '@orpc/client'
import { keepPreviousData, useQueries } from '@tanstack/react-query'

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
  type RuleText,
} from '../ui/rights.ts'

type Asked = InferClientInputs<typeof desk>['rights']['forRepair']['of']
type Owed = InferClientOutputs<typeof desk>['rights']['forRepair']

/** What is brought for repair, as the desk is asked about it. */
export interface Brought {
  of: Asked
  /** Null where no sale of it is known: then all answers are about it. */
  saleLineId: number | null
}

export interface Decision {
  owes: Owed['owes']
  basis: Owed['basis']
  /** What the rules say of a repair; absent where they say nothing. */
  remedy: Remedy | null
  answer: Answer
  /** What is still to be asked. */
  open: OpenQuestion | null
  rules: readonly RuleText[]
  /** The answer belongs to what was said last. */
  settled: boolean
  error: unknown
}

const nothingKnown: Owed = { owes: 'undecided', basis: 'rights', verdict: null, rules: [] }

/** Free or paid, for each of what is brought, as the desk will decide it when it is written down. */
export function useDecisions(
  brought: readonly Brought[],
  answers: Answers,
  putOff: ReadonlySet<Question>,
): Decision[] {
  const asked = brought.map(({ of, saleLineId }) => ({
    of,
    answer: saleLineId === null ? (answers.all ?? {}) : answerOf(answers, saleLineId),
  }))
  const found = useQueries({
    queries: asked.map((input) =>
      api.rights.forRepair.queryOptions({ input, placeholderData: keepPreviousData }),
    ),
  })
  return asked.map(({ answer }, index): Decision => {
    const query = found[index]
    const { owes, basis, verdict, rules } = query?.data ?? nothingKnown
    const remedy = verdict ? (remedyOf(verdict, 'repair') ?? null) : null
    const unsaid = remedy?.allowed === false ? remedy.open : []
    // Somebody looks the goods over at the counter: misuse ends a free repair.
    const question = [...unsaid, 'findings' as const].find(
      (each) => !putOff.has(each) && !isAnswered(each, answer),
    )
    const lineId = brought[index]?.saleLineId ?? 0
    return {
      owes,
      basis,
      remedy,
      answer,
      rules,
      open: verdict && question ? { question, lineId, verdict } : null,
      settled: query?.isFetching === false && !query.isPlaceholderData && !!query.data,
      error: query?.error ?? null,
    }
  })
}

/** Writes the decision down; null where there is none to write yet, or nothing the rules speak of. */
export async function freezeDecision(
  { of }: Brought,
  { owes, remedy, answer }: Decision,
): Promise<number | null> {
  if (owes === 'undecided' || remedy === null) return null
  const { id } = await desk.rights.freezeForRepair({ of, answer })
  return id
}
