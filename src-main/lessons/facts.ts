import type { ReadHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import type { Call } from '../handlers.ts'
import { frameOf } from '../printing/frame.ts'
import type { BriefingFacts } from './document.ts'
import { shownLesson } from './examples.ts'
import { findLesson } from './example-store.ts'

/** What the morning sheet says of the examples asked for, in their order; refuses one that is not shown any more. */
export async function briefingFacts(
  r: ReadHandle,
  call: Call,
  lessonIds: readonly number[],
): Promise<BriefingFacts> {
  const lessons = []
  for (const id of lessonIds) {
    const lesson = await findLesson(r, id)
    if (lesson?.state !== 'shown') refuse('lessons.unknown')
    lessons.push(await shownLesson(r, lesson))
  }
  return {
    frame: frameOf(call),
    businessDate: call.today,
    lessons: lessons.map(({ title, class: kind, goods, story, handling, takeaway }) => ({
      title,
      class: kind,
      goods,
      story,
      handling,
      takeaway,
    })),
  }
}
