import type { z } from 'zod'
import { record } from '../audit/index.ts'
import { addEvent, momentOf } from '../cases/index.ts'
import { listGoods } from '../complaints/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import type { Call } from '../handlers.ts'
import type { lessonText } from './contract.ts'
import {
  findLesson,
  findLessonOf,
  findSource,
  insertLesson,
  insertLessonText,
  type LessonRecord,
  listLessons,
  type Source,
  writeLesson,
} from './example-store.ts'
import { redact } from './redact.ts'

type LessonText = z.output<typeof lessonText>

/** Characters of the first sentence that make a title. */
const titleLength = 30

async function requireSource(r: ReadHandle, complaintId: number): Promise<Source> {
  return (await findSource(r, complaintId)) ?? refuse('complaints.unknown_complaint')
}

/** An example as the contract tells it. */
export async function shownLesson(r: ReadHandle, lesson: LessonRecord) {
  const { saleLineId, cardId, ...told } = lesson
  const goods = await listGoods(r, saleLineId, cardId)
  return { ...told, goods: goods.map(({ name }) => name).join('、') }
}

/** One page of the examples. */
export async function pageLessons(r: ReadHandle, page: { before: number | null; limit: number }) {
  const rows = await listLessons(r, page)
  const lessons = []
  for (const row of rows) lessons.push(await shownLesson(r, row))
  return { lessons, before: rows.length < page.limit ? null : (rows.at(-1)?.id ?? null) }
}

/** The wording an example begins with. */
export async function draftLesson(r: ReadHandle, complaintId: number) {
  const source = await requireSource(r, complaintId)
  const lesson = await findLessonOf(r, complaintId)
  const head = { complaintNumber: source.number, lessonId: lesson?.id ?? null }
  if (lesson) {
    const { title, story, handling, takeaway, version } = lesson
    return { ...head, version, title, story, handling, takeaway, removed: [] }
  }
  const story = redact(source.text, source.known)
  const handling = redact(source.solution, source.known)
  const [first = ''] = story.text.split(/[。！？!?；;\n]/u)
  return {
    ...head,
    version: 0,
    title: [...first.trim()].slice(0, titleLength).join(''),
    // A letter of two halves at the very end goes as a whole.
    story: story.text.slice(0, 4_000).replace(/[\uD800-\uDBFF]$/, ''),
    handling: handling.text,
    takeaway: '',
    removed: [...new Set([...story.removed, ...handling.removed])],
  }
}

/** Shows a closed case as an example, or words the one there is anew. */
export async function showLesson(
  w: WriteHandle,
  call: Call,
  input: LessonText & { complaintId: number; version: number },
) {
  const moment = momentOf(call)
  const source = await requireSource(w, input.complaintId)
  if (source.isOpen) refuse('lessons.still_open', { number: source.number })
  requireNobody(input, source)
  const { id, version } = await nextVersion(w, call, input)
  await insertLessonText(w, id, version, { ...textOf(input), at: moment.at, by: moment.actorId })
  const { title } = input
  await addEvent(w, moment, source.caseId, 'lesson_shown', { lessonId: id, title })
  await record(w, call, 'lessons.show', { type: 'complaint', id: source.number }, textOf(input))
  return { id, version }
}

function textOf({ title, story, handling, takeaway }: LessonText): LessonText {
  return { title, story, handling, takeaway }
}

/** What others read points at nobody: refused with the words that still do. */
function requireNobody(text: LessonText, source: Source): void {
  const whole = Object.values(textOf(text)).join('\n')
  const { found } = redact(whole, source.known)
  if (found.length > 0) refuse('lessons.personal_data', { words: [...new Set(found)].join('、') })
}

async function nextVersion(
  w: WriteHandle,
  call: Call,
  input: { complaintId: number; version: number },
): Promise<{ id: number; version: number }> {
  const { at, businessDate, actorId: by } = momentOf(call)
  const lesson = await findLessonOf(w, input.complaintId)
  if ((lesson?.version ?? 0) !== input.version) refuse('desk.changed_meanwhile')
  if (!lesson) {
    const id = await insertLesson(w, { complaintId: input.complaintId, businessDate, at, by })
    return { id, version: 1 }
  }
  if (!(await writeLesson(w, lesson, null))) refuse('desk.changed_meanwhile')
  return { id: lesson.id, version: lesson.version + 1 }
}

/** Takes an example back; its wordings stay in the record. */
export async function withdrawLesson(
  w: WriteHandle,
  call: Call,
  input: { lessonId: number; reason: string; version: number },
) {
  const moment = momentOf(call)
  const lesson = (await findLesson(w, input.lessonId)) ?? refuse('lessons.unknown')
  const withdrawn = { at: moment.at, by: moment.actorId, reason: input.reason }
  if (!(await writeLesson(w, { ...lesson, version: input.version }, withdrawn))) {
    refuse('desk.changed_meanwhile')
  }
  const source = await requireSource(w, lesson.complaintId)
  const { reason } = input
  await addEvent(w, moment, source.caseId, 'lesson_withdrawn', { lessonId: lesson.id, reason })
  await record(w, call, 'lessons.withdraw', { type: 'complaint', id: source.number }, { reason })
  return { version: input.version + 1 }
}
