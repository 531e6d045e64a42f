import { z } from 'zod'
import data from '../../resources/cases/closing.json' with { type: 'json' }
import { refuse } from '../foundation/errors.ts'
import { retentions, type retention, type satisfaction } from './contract.ts'

type Satisfaction = z.output<typeof satisfaction>
type Retention = z.output<typeof retention>

const words = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })
const code = z.string().regex(/^[a-z_]+$/)

/** What resources/cases/closing.json holds. */
export const closingFile = z.strictObject({
  /** Why somebody is content or not; `points` are those it can explain. */
  satisfactionReasons: z.array(
    z.strictObject({ id: code, points: z.array(z.int().min(1).max(5)).min(1), words }),
  ),
  retentionReasons: z.array(
    z.strictObject({ id: code, outcomes: z.array(z.enum(retentions)).min(1), words }),
  ),
  /** Sayings of a customer who will not come back, in lower case. */
  leavingWords: z.array(z.string().min(2)).min(1),
})

let read: z.output<typeof closingFile> | undefined

/** The reasons that come with the desk. */
export function closingReasons(): z.output<typeof closingFile> {
  return (read ??= closingFile.parse(data))
}

/** Four and five points are content; three is neither, and does not count as content. */
export function isContent(points: number): boolean {
  return points >= 4
}

/**
 * Points and answer go together, and a reason explains the points that were given. Refuses
 * `cases.points_missing`, `cases.points_without_answer` and `cases.unknown_reason`.
 */
export function requireSatisfaction({ answer, points, reason }: Satisfaction): void {
  if (answer === 'given' && points === null) refuse('cases.points_missing')
  if (answer !== 'given' && (points !== null || reason !== null)) {
    refuse('cases.points_without_answer')
  }
  if (reason === null || points === null) return
  const found = closingReasons().satisfactionReasons.find(({ id }) => id === reason)
  if (!found?.points.includes(points)) refuse('cases.unknown_reason')
}

/** A reason explains whether the customer stays; one who is lost is never written down without (domain.md §3.6 row 164). */
export function requireRetention({ outcome, reason }: Retention): void {
  if (outcome === 'lost' && reason === null) refuse('cases.lost_without_reason')
  if (reason === null) return
  const found = closingReasons().retentionReasons.find(({ id }) => id === reason)
  if (!found?.outcomes.includes(outcome)) refuse('cases.unknown_reason')
}

/** True where somebody says in these words that they will not come back. */
export function saysLeaving(text: string): boolean {
  const folded = text.toLowerCase().replaceAll(/\s+/g, ' ')
  return closingReasons().leavingWords.some((words) => folded.includes(words))
}
