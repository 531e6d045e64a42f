import type { DemoCalendar } from './calendar.ts'
import type { Happening } from './desk.ts'
import type { Staff } from './desk-work.ts'

const given = (points: number, reason: string) => ({
  answer: 'given' as const,
  points,
  reason,
  note: '',
})

/** Customers are called once their complaint is settled, and a sample of what was closed is read again. */
export function followUpHappenings(calendar: DemoCalendar, staff: Staff): Happening[] {
  return [
    {
      at: calendar.moment(4, '11:20'),
      happens: async () => {
        const { rows } = await staff.clerk.followups.list({ view: 'due' })
        const [first, second] = rows
        if (first) {
          await staff.clerk.followups.settle({
            followUpId: first.id,
            version: first.version,
            channel: 'phone',
            outcome: 'content',
            satisfaction: given(5, 'kept_word'),
            learntAbout: 'need',
            learnt: '准备春节前换一台烘干机，想先看样机',
          })
        }
        if (second) {
          await staff.clerk.followups.settle({
            followUpId: second.id,
            version: second.version,
            channel: 'phone',
            outcome: 'no_answer',
          })
        }
      },
    },
    {
      at: calendar.moment(2, '09:40'),
      happens: async () => {
        const { next } = await staff.manager.caseReviews.draws()
        if (!next) return
        const { from, until } = next
        await staff.manager.caseReviews.draw({ from, until })
        await reviewFirst(staff)
      },
    },
  ]
}

/** One case of the sample goes back to its owner with what was found. */
async function reviewFirst({ manager }: Staff): Promise<void> {
  const { rows } = await manager.caseReviews.list({ view: 'waiting' })
  const first = rows.find(({ isOwn }) => !isOwn)
  if (!first) return
  const { questions, version } = await manager.caseReviews.open({ reviewId: first.id })
  await manager.caseReviews.review({
    reviewId: first.id,
    version,
    answers: Object.fromEntries(
      questions.map(({ id }) => [id, id === 'satisfaction' ? ('no' as const) : ('yes' as const)]),
    ),
    notes: '没有问顾客是否满意，下次结案时补上。',
    verdict: 'returned',
  })
}
