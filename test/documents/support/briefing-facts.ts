import type { BriefingFacts } from '../../../src-main/lessons/document.ts'
import { exampleBriefing } from '../../../src-main/papers/office-examples.ts'
import { frame } from './example-facts.ts'

export const briefing: BriefingFacts = exampleBriefing(frame)

/** Texts as long as the form takes them. */
export const longBriefing: BriefingFacts = {
  ...briefing,
  lessons: briefing.lessons.map((lesson) => ({
    ...lesson,
    title: lesson.title.repeat(5).slice(0, 60),
    goods: lesson.goods.repeat(6),
    story: lesson.story.repeat(60).slice(0, 4_000),
    handling: lesson.handling.repeat(60).slice(0, 2_000),
    takeaway: lesson.takeaway.repeat(20).slice(0, 600),
  })),
}
