import { z } from 'zod'
import data from '../../resources/cases/review-checklist.json' with { type: 'json' }
import { record } from '../audit/index.ts'
import { addEvent, momentOf } from '../cases/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { addDays } from '../foundation/business-date.ts'
import { refuse } from '../foundation/errors.ts'
import { nextState } from '../foundation/state-machine.ts'
import { type Call, command, query, type RoomHandlers } from '../handlers.ts'
import type { caseReviewsContract } from './contract.ts'
import { drawSample, type ReviewAction, reviewMachine } from './rules.ts'
import {
  countClosed,
  countReviews,
  findDraw,
  findFirstClosedOn,
  findReview,
  hasDrawn,
  insertDraw,
  insertReviews,
  listClosed,
  listDraws,
  listSampled,
  listSeconds,
  pageReviews,
  type ReviewRecord,
  writeReview,
} from './store.ts'

const words = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })

/** What resources/cases/review-checklist.json holds: the rule of the sample, and what is looked at. */
const checklist = z
  .strictObject({
    share: z.int().min(1).max(100),
    leastOfStratum: z.int().min(0).max(100),
    questions: z.array(z.strictObject({ id: z.string().regex(/^[a-z_]+$/), words })).min(1),
  })
  .parse(data)

const rule = { share: checklist.share, leastOfStratum: checklist.leastOfStratum }

/** Reviews on one page. */
const pageSize = 50

async function requireReview(r: ReadHandle, id: number): Promise<ReviewRecord> {
  return (await findReview(r, id)) ?? refuse('reviews.unknown')
}

/** Nobody reviews what he worked on himself: owner, second, whoever took it down, whoever closed it. */
async function workedOn(r: ReadHandle, review: ReviewRecord, operatorId: number): Promise<boolean> {
  const { ownerId, recordedBy, solvedBy, caseId } = review
  const people = [ownerId, recordedBy, solvedBy, ...(await listSeconds(r, caseId))]
  return people.includes(operatorId)
}

async function rowOf(r: ReadHandle, call: Call, review: ReviewRecord) {
  return { ...review, isOwn: await workedOn(r, review, call.actor.id) }
}

function stepOf(review: ReviewRecord, action: ReviewAction) {
  return nextState(reviewMachine, review.state, action) ?? refuse('reviews.decided')
}

/** The days the next sample is of: from the last one's end, or the first closed case, until yesterday. */
async function nextPeriod(r: ReadHandle, call: Call) {
  const [last] = await listDraws(r)
  const from = last ? addDays(last.until, 1) : await findFirstClosedOn(r)
  const until = addDays(call.today, -1)
  if (from === null || from > until) return null
  return { from, until, closed: await countClosed(r, { from, until }) }
}

async function drawOf(w: WriteHandle, call: Call, period: { from: string; until: string }) {
  if (period.from > period.until) refuse('reviews.period_backwards')
  // A day that is not over yet could still close cases that no sample would see.
  if (period.until >= call.today) refuse('reviews.day_not_over')
  if (await hasDrawn(w, period)) refuse('reviews.drawn_already')
  const closed = await listClosed(w, period)
  const seed = `${call.profile.storeCode} ${period.from} ${period.until}`
  const chosen = new Map(closed.map((each) => [`${each.complaintId}/${each.roundNo}`, each]))
  const sampled = drawSample(closed, seed, rule).flatMap((each) => {
    const of = chosen.get(`${each.complaintId}/${each.roundNo}`)
    return of ? [{ ...of, why: each.why }] : []
  })
  const drawId = await insertDraw(w, {
    ...period,
    seed,
    rule,
    closed: closed.length,
    at: call.now().toISOString(),
    by: call.actor.id,
  })
  await insertReviews(w, drawId, sampled)
  const drawn = { ...period, seed, rule, closed: closed.length, sampled: sampled.length }
  await record(w, call, 'reviews.draw', { type: 'review_draw', id: drawId }, drawn)
  return { drawId, sampled: sampled.length, closed: closed.length }
}

export const caseReviewsHandlers: RoomHandlers<typeof caseReviewsContract> = {
  draws: query(async (r, call) => ({
    draws: (await listDraws(r)).map(({ rule: was, ...draw }) => ({ ...draw, share: was.share })),
    next: await nextPeriod(r, call),
  })),

  draw: command(['reviews'], drawOf),

  check: query(async (r, _call, { drawId }) => {
    const draw = (await findDraw(r, drawId)) ?? refuse('reviews.unknown')
    const again = drawSample(await listClosed(r, draw), draw.seed, draw.rule)
    const drawn = await listSampled(r, drawId)
    const keys = again.map(({ complaintId, roundNo }) => `${complaintId}/${roundNo}`)
    return { same: keys.join() === drawn.join(), drawn: drawn.length, again: again.length }
  }),

  list: query(async (r, call, { view, afterId }) => {
    const found = await pageReviews(r, view, {
      operatorId: call.actor.id,
      afterId,
      count: pageSize + 1,
    })
    const rows = []
    for (const review of found.slice(0, pageSize)) rows.push(await rowOf(r, call, review))
    return { rows, next: found.length > pageSize ? (rows.at(-1)?.id ?? null) : null }
  }),

  open: query(async (r, call, { reviewId }) => {
    const review = await requireReview(r, reviewId)
    const isOwner = review.ownerId === call.actor.id || call.may('reviews.manage')
    return {
      ...(await rowOf(r, call, review)),
      questions: checklist.questions,
      answers: review.answers ?? {},
      mayAnswer: review.state === 'returned' && isOwner,
    }
  }),

  review: command(['reviews', 'cases'], async (w, call, input) => {
    const review = await requireReview(w, input.reviewId)
    const state = stepOf(review, input.verdict === 'in_order' ? 'approve' : 'return')
    if (review.version !== input.version) refuse('desk.changed_meanwhile')
    if (await workedOn(w, review, call.actor.id)) refuse('reviews.own_case')
    const { answers, notes } = input
    const unanswered = checklist.questions.filter(({ id }) => answers[id] === undefined)
    if (unanswered.length > 0) refuse('reviews.unanswered', { count: unanswered.length })
    const found = checklist.questions.filter(({ id }) => answers[id] === 'no')
    if (state === 'in_order' && found.length > 0) refuse('reviews.not_in_order')
    if (state === 'returned' && notes === '') refuse('reviews.needs_notes')
    const moment = momentOf(call)
    const written = await writeReview(w, review, {
      state,
      answers: JSON.stringify(answers),
      notes,
      reviewed_at: moment.at,
      reviewed_by: moment.actorId,
    })
    if (!written) refuse('desk.changed_meanwhile')
    await addEvent(w, moment, review.caseId, 'case_reviewed', {
      number: review.number,
      verdict: state,
      note: notes,
    })
    const subject = { type: 'complaint', id: review.number }
    await record(w, call, 'reviews.review', subject, { state, answers, notes })
    return { version: review.version + 1 }
  }),

  answer: command(['reviews', 'cases'], async (w, call, input) => {
    const review = await requireReview(w, input.reviewId)
    const state = stepOf(review, 'answer')
    if (review.version !== input.version) refuse('desk.changed_meanwhile')
    if (review.ownerId !== call.actor.id && !call.may('reviews.manage')) refuse('cases.not_yours')
    const moment = momentOf(call)
    const written = await writeReview(w, review, {
      state,
      answer: input.answer,
      answered_at: moment.at,
      answered_by: moment.actorId,
    })
    if (!written) refuse('desk.changed_meanwhile')
    await addEvent(w, moment, review.caseId, 'review_answered', {
      number: review.number,
      note: input.answer,
    })
    const subject = { type: 'complaint', id: review.number }
    await record(w, call, 'reviews.answer', subject, { answer: input.answer })
    return { version: review.version + 1 }
  }),

  counts: query((r, call) => countReviews(r, call.actor.id)),
}
