import type { ComplaintClass } from '../cases/contract.ts'
import type { CaseReviewTable } from '../database/schema.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import type { checkAnswers } from './contract.ts'
import type { ClosedCase, Sampled, SampleRule } from './rules.ts'

export interface Period {
  from: string
  until: string
}

/** Complaints solved on the business dates of a period, once for each time they were. */
export async function listClosed(
  r: ReadHandle,
  { from, until }: Period,
): Promise<(ClosedCase & { caseId: number; ownerId: number })[]> {
  const rows = await r
    .selectFrom('complaint_round as round')
    .innerJoin('complaint', 'complaint.id', 'round.complaint_id')
    .innerJoin('case_file', 'case_file.id', 'complaint.case_id')
    .select((row) => [
      'complaint.id',
      'complaint.case_id',
      'round.no',
      'complaint.number',
      'complaint.floor',
      'complaint.class',
      'complaint.severity',
      'case_file.owner_id',
      row
        .exists(
          row
            .selectFrom('case_risk')
            .select('case_risk.id')
            .whereRef('case_risk.case_id', '=', 'complaint.case_id'),
        )
        .as('was_at_risk'),
    ])
    .where('round.solved_on', '>=', from)
    .where('round.solved_on', '<=', until)
    .where('complaint.kind', 'in', ['complaint', 'exit_alarm', 'cashier_error'])
    .orderBy('complaint.id')
    .orderBy('round.no')
    .execute()
  return rows.map((row) => ({
    complaintId: row.id,
    caseId: row.case_id,
    roundNo: row.no,
    number: row.number,
    floor: row.floor,
    class: row.class,
    isSerious: row.severity === 'serious' || Boolean(row.was_at_risk),
    ownerId: row.owner_id,
  }))
}

/** The first day anything was closed on. */
export async function findFirstClosedOn(r: ReadHandle): Promise<string | null> {
  const row = await r
    .selectFrom('complaint_round')
    .select(({ fn }) => fn.min('solved_on').as('first'))
    .where('solved_on', 'is not', null)
    .executeTakeFirst()
  return row?.first ?? null
}

export async function countClosed(r: ReadHandle, { from, until }: Period): Promise<number> {
  const { count } = await r
    .selectFrom('complaint_round as round')
    .innerJoin('complaint', 'complaint.id', 'round.complaint_id')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('round.solved_on', '>=', from)
    .where('round.solved_on', '<=', until)
    .where('complaint.kind', 'in', ['complaint', 'exit_alarm', 'cashier_error'])
    .executeTakeFirstOrThrow()
  return count
}

export async function insertDraw(
  w: WriteHandle,
  fresh: Period & { seed: string; rule: SampleRule; closed: number; at: string; by: number },
): Promise<number> {
  const { id } = await w
    .insertInto('review_draw')
    .values({
      from_on: fresh.from,
      until_on: fresh.until,
      seed: fresh.seed,
      rule: JSON.stringify(fresh.rule),
      closed: fresh.closed,
      drawn_at: fresh.at,
      drawn_by: fresh.by,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function insertReviews(
  w: WriteHandle,
  drawId: number,
  sampled: readonly (Sampled & { caseId: number; ownerId: number })[],
): Promise<void> {
  for (const each of sampled) {
    await w
      .insertInto('case_review')
      .values({
        draw_id: drawId,
        complaint_id: each.complaintId,
        round_no: each.roundNo,
        case_id: each.caseId,
        why: each.why,
        floor: each.floor,
        class: each.class,
        owner_id: each.ownerId,
        state: 'waiting',
        answers: null,
        reviewed_at: null,
        reviewed_by: null,
        answered_at: null,
        answered_by: null,
      })
      .execute()
  }
}

/** Samples, the newest days first, with how far each is. */
export async function listDraws(r: ReadHandle) {
  const rows = await r
    .selectFrom('review_draw as draw')
    .innerJoin('operator', 'operator.id', 'draw.drawn_by')
    .selectAll('draw')
    .select('operator.name')
    .orderBy('draw.from_on', 'desc')
    .limit(60)
    .execute()
  const counts = await r
    .selectFrom('case_review')
    .select(({ fn }) => ['draw_id', 'state', 'why', fn.countAll<number>().as('count')])
    .groupBy(['draw_id', 'state', 'why'])
    .execute()
  return rows.map((row) => {
    const own = counts.filter(({ draw_id }) => draw_id === row.id)
    const sum = (of: (each: (typeof own)[number]) => boolean) =>
      own.filter(of).reduce((all, { count }) => all + count, 0)
    return {
      id: row.id,
      from: row.from_on,
      until: row.until_on,
      seed: row.seed,
      rule: JSON.parse(row.rule) as SampleRule,
      closed: row.closed,
      sampled: sum(() => true),
      serious: sum(({ why }) => why === 'serious'),
      reviewed: sum(({ state }) => state !== 'waiting'),
      withFindings: sum(({ state }) => state === 'returned' || state === 'answered'),
      drawnAt: row.drawn_at,
      drawnBy: row.name,
    }
  })
}

export async function findDraw(r: ReadHandle, drawId: number) {
  return (await listDraws(r)).find(({ id }) => id === drawId)
}

export async function hasDrawn(r: ReadHandle, { from, until }: Period): Promise<boolean> {
  const row = await r
    .selectFrom('review_draw')
    .select('id')
    .where('from_on', '<=', until)
    .where('until_on', '>=', from)
    .executeTakeFirst()
  return row !== undefined
}

/** What a sample has, by complaint and round. */
export async function listSampled(r: ReadHandle, drawId: number): Promise<string[]> {
  const rows = await r
    .selectFrom('case_review')
    .select(['complaint_id', 'round_no'])
    .where('draw_id', '=', drawId)
    .orderBy('complaint_id')
    .orderBy('round_no')
    .execute()
  return rows.map(({ complaint_id, round_no }) => `${complaint_id}/${round_no}`)
}

type Answers = Record<string, (typeof checkAnswers)[number]>

/** Letters of what was said that a list shows. */
const shownLetters = 120
const saidLetters = 4_000

function selectReviews(r: ReadHandle, letters: number) {
  return r
    .selectFrom('case_review as review')
    .innerJoin('complaint', 'complaint.id', 'review.complaint_id')
    .innerJoin('complaint_round as round', (join) =>
      join
        .onRef('round.complaint_id', '=', 'review.complaint_id')
        .onRef('round.no', '=', 'review.round_no'),
    )
    .innerJoin('operator as owner', 'owner.id', 'review.owner_id')
    .leftJoin('operator as reviewer', 'reviewer.id', 'review.reviewed_by')
    .leftJoin('operator as answerer', 'answerer.id', 'review.answered_by')
    .selectAll('review')
    .select((row) => [
      'complaint.number',
      'complaint.recorded_by',
      'round.solution',
      'round.points',
      'round.solved_on',
      'round.solved_by',
      'owner.name as owner_name',
      'reviewer.name as reviewer_name',
      'answerer.name as answerer_name',
      row.fn<string>('substr', ['complaint.text', row.val(1), row.val(letters)]).as('said'),
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof selectReviews>['execute']>>[number]

function toRecord(row: Row) {
  return {
    id: row.id,
    drawId: row.draw_id,
    complaintId: row.complaint_id,
    caseId: row.case_id,
    number: row.number,
    text: row.said.slice(0, shownLetters),
    said: row.said,
    class: row.class as ComplaintClass,
    floor: row.floor,
    why: row.why,
    solvedOn: row.solved_on ?? '',
    solution: row.solution,
    points: row.points,
    ownerId: row.owner_id,
    ownerName: row.owner_name,
    recordedBy: row.recorded_by,
    solvedBy: row.solved_by,
    state: row.state,
    answers: row.answers === null ? null : (JSON.parse(row.answers) as Answers),
    notes: row.notes,
    reviewedAt: row.reviewed_at,
    reviewedBy: row.reviewer_name,
    answer: row.answer,
    answeredAt: row.answered_at,
    answeredBy: row.answerer_name,
    version: row.version,
  }
}

export type ReviewRecord = ReturnType<typeof toRecord>

export async function findReview(r: ReadHandle, id: number): Promise<ReviewRecord | undefined> {
  const row = await selectReviews(r, saidLetters).where('review.id', '=', id).executeTakeFirst()
  return row && toRecord(row)
}

/** So many reviews of a view: those that wait oldest first, what came back to somebody, or the newest of what is done. */
export async function pageReviews(
  r: ReadHandle,
  view: 'waiting' | 'mine' | 'done',
  {
    operatorId,
    afterId,
    count,
  }: { operatorId: number; afterId: number | undefined; count: number },
): Promise<ReviewRecord[]> {
  const order = view === 'done' ? 'desc' : 'asc'
  const rows = await selectReviews(r, shownLetters)
    .$if(view === 'waiting', (query) => query.where('review.state', '=', 'waiting'))
    .$if(view === 'done', (query) => query.where('review.state', '<>', 'waiting'))
    .$if(view === 'mine', (query) =>
      query.where('review.state', '=', 'returned').where('review.owner_id', '=', operatorId),
    )
    .$if(afterId !== undefined, (query) =>
      query.where('review.id', view === 'done' ? '<' : '>', afterId ?? 0),
    )
    .orderBy('review.id', order)
    .limit(count)
    .execute()
  return rows.map(toRecord)
}

export async function countReviews(
  r: ReadHandle,
  operatorId: number,
): Promise<{ waiting: number; mine: number }> {
  const count = async (state: CaseReviewTable['state'], ownerId: number | null) => {
    const row = await r
      .selectFrom('case_review')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('state', '=', state)
      .$if(ownerId !== null, (query) => query.where('owner_id', '=', ownerId ?? 0))
      .executeTakeFirstOrThrow()
    return row.count
  }
  return { waiting: await count('waiting', null), mine: await count('returned', operatorId) }
}

/** Everybody who helped with a case. */
export async function listSeconds(r: ReadHandle, caseId: number): Promise<number[]> {
  const rows = await r
    .selectFrom('case_second')
    .select('operator_id')
    .where('case_id', '=', caseId)
    .execute()
  return rows.map(({ operator_id }) => operator_id)
}

/** @returns false when somebody else reviewed or answered it since `version`. */
export async function writeReview(
  w: WriteHandle,
  { id, version, state }: { id: number; version: number; state: CaseReviewTable['state'] },
  changes: Partial<
    Pick<
      CaseReviewTable,
      'state' | 'answers' | 'reviewed_at' | 'reviewed_by' | 'answered_at' | 'answered_by'
    >
  > & { notes?: string; answer?: string },
): Promise<boolean> {
  const result = await w
    .updateTable('case_review')
    .set({ ...changes, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .where('state', '=', state)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}
