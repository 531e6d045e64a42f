import { useStore } from './store-context.ts'
import { useDraft } from './use-draft.ts'
import type { Answer, Answers, Question } from './rights.ts'
import { withAnswer } from './rights.ts'

interface Kept {
  /** Business date: what a customer said yesterday is asked again. */
  on: string
  answers: Answers
  putOff: Question[]
  /** What was said before each step, newest last. */
  past: { answers: Answers; putOff: Question[] }[]
}

const LONGEST_PAST = 20

export interface AnswerControl {
  answers: Answers
  putOff: ReadonlySet<Question>
  /** Says something of these lines, or of all where none is named. */
  say: (answer: Answer, lineIds: readonly number[]) => void
  putOffQuestion: (question: Question) => void
  /** Takes the last answer back; absent when there is none. */
  undo: (() => void) | undefined
}

/** What the clerk has answered on this sale today: kept on the machine over Esc, lock and reload. */
export function useAnswers(receiptId: number): AnswerControl {
  const { today } = useStore()
  const fresh: Kept = { on: today, answers: { all: {}, lines: [] }, putOff: [], past: [] }
  const [kept, keep] = useDraft<Kept>(`rights-of-sale-${receiptId}`, fresh)
  const now = kept.on === today ? kept : fresh
  const step = (change: (before: Kept) => Pick<Kept, 'answers' | 'putOff'>) =>
    keep((before) => {
      const base = before.on === today ? before : fresh
      const past = [...base.past, { answers: base.answers, putOff: base.putOff }]
      return { on: today, ...change(base), past: past.slice(-LONGEST_PAST) }
    })
  return {
    answers: now.answers,
    putOff: new Set(now.putOff),
    say: (answer, lineIds) =>
      step((before) => ({
        answers: withAnswer(before.answers, answer, lineIds),
        putOff: before.putOff,
      })),
    putOffQuestion: (question) =>
      step((before) => ({
        answers: before.answers,
        putOff: [...before.putOff, question],
      })),
    undo:
      now.past.length === 0
        ? undefined
        : () =>
            keep((before) => {
              const last = before.past.at(-1)
              return last ? { on: today, ...last, past: before.past.slice(0, -1) } : before
            }),
  }
}
