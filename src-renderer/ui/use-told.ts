import { toldOf } from './return-form.ts'
import type { Reason, Sale, Told } from './return-form.ts'
import { useAnswers } from './use-answers.ts'

const nothing = { all: {}, lines: [] }

/** What the rights screen of a sale was told today, where the form was opened from a decision of it. */
export function useTold(sale: Sale, reason: Reason | null, rightsId: number | null): Told {
  const { answers } = useAnswers(sale.id)
  return toldOf(sale, rightsId === null ? nothing : answers, reason)
}
