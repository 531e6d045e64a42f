import type { InferClientInputs, InferClientOutputs } from '@orpc/client'

import type { desk } from '../app/client.ts'
import type { Sale } from './return-form.ts'

export type Rights = InferClientOutputs<typeof desk>['rights']['ofReceipt']
export type LineRights = Rights['lines'][number]
export type Verdict = NonNullable<LineRights['verdict']>
export type Remedy = Verdict['remedies'][number]
export type AllowedRemedy = Extract<Remedy, { allowed: true }>
export type RefusedRemedy = Extract<Remedy, { allowed: false }>
export type RemedyKind = Remedy['remedy']
export type Question = Verdict['questions'][number]
export type RuleText = Rights['rules'][number]
export type Answers = NonNullable<InferClientInputs<typeof desk>['rights']['ofReceipt']['answers']>
export type Answer = NonNullable<Answers['all']>

/** The three every customer asks about; they have columns of their own. */
export const mainRemedies = ['refund', 'exchange', 'repair'] as const

export function remedyOf(verdict: Verdict, kind: RemedyKind): Remedy | undefined {
  return verdict.remedies.find((each) => each.remedy === kind)
}

/** Which fact of an answer a question asks for. */
const factOf: Record<Question, keyof Answer> = {
  reason: 'reason',
  condition: 'condition',
  complete: 'complete',
  findings: 'findings',
  part: 'part',
  same_model_in_stock: 'sameModelInStock',
  delivered_on: 'deliveredOn',
  installed_on: 'installedOn',
  kilometres: 'kilometres',
  car_fault: 'carFault',
  contract_rate: 'contractRate',
  no_tag: 'noTag',
  opened_media: 'openedMedia',
  confirmed_unsuitable: 'confirmedUnsuitable',
}

/** One thing a digit says. */
export interface Choice {
  key: string
  /** Key of its word under `sales:rights`, with what fills it, or the word itself. */
  label: { key: string } | { text: { zh: string; en: string } }
  answer: Answer
}

const digit = (index: number) => String(index + 1)

/** Digits as the refund form has them, so that a hand learns them once; what is rarer comes after. */
const reasonKeys: readonly (readonly [string, NonNullable<Answer['reason']>])[] = [
  ['1', 'quality'],
  ['2', 'size'],
  ['3', 'preference'],
  ['4', 'wrong_item'],
  ['5', 'damaged'],
  ['6', 'price'],
  ['7', 'counterfeit'],
  ['8', 'unsafe_food'],
  ['9', 'other'],
  ['0', 'photo_mismatch'],
]

const carFaults = ['none', 'main_assembly', 'grave', 'safety'] as const
const grades = ['sealed', 'opened', 'used', 'faulty', 'damaged'] as const
/** On an opened sale there is proof: `no_proof` is nothing an inspection can find. */
const findings = ['misuse', 'opened_by_others', 'proof_mismatch', 'force_majeure'] as const

/** The answers a question offers, each with its digit. */
export function choicesOf(question: Question, verdict: Verdict, days: readonly string[]): Choice[] {
  const said = (key: string, answer: Answer, index: number): Choice => ({
    key: digit(index),
    label: { key },
    answer,
  })
  switch (question) {
    case 'reason':
      return reasonKeys.map(([key, reason]) => ({
        key,
        label: { key: `reason.${reason}` },
        answer: { reason },
      }))
    case 'condition':
      return grades.map((condition, index) => said(`condition.${condition}`, { condition }, index))
    case 'complete':
      return [
        said('complete.yes', { complete: true }, 0),
        said('complete.no', { complete: false }, 1),
      ]
    case 'findings':
      return [
        said('finding.none', { findings: [] }, 0),
        ...findings.map((finding, index) =>
          said(`finding.${finding}`, { findings: [finding] }, index + 1),
        ),
      ]
    case 'part':
      return [
        said('part.unit', { part: 'unit' }, 0),
        ...verdict.clocks
          .filter((clock) => clock.of !== 'unit')
          .slice(0, 8)
          .map((clock, index) => ({
            key: digit(index + 1),
            label: clock.name ? { text: clock.name } : { key: 'part.other' },
            answer: { part: clock.of },
          })),
      ]
    case 'same_model_in_stock':
      return [
        said('stock.yes', { sameModelInStock: true }, 0),
        said('stock.no', { sameModelInStock: false }, 1),
      ]
    case 'car_fault':
      return carFaults.map((carFault, index) => said(`carFault.${carFault}`, { carFault }, index))
    case 'contract_rate':
    case 'no_tag':
    case 'opened_media':
    case 'confirmed_unsuitable': {
      const fact = factOf[question]
      return [said('told.yes', { [fact]: true }, 0), said('told.no', { [fact]: false }, 1)]
    }
    case 'kilometres':
      return []
    case 'delivered_on':
      return days.map((day, index) => said(`delivered.${index}`, { deliveredOn: day }, index))
    case 'installed_on':
      return days.map((day, index) => said(`installed.${index}`, { installedOn: day }, index))
  }
}

/** True where the clerk has answered, even with "nothing found" or "the whole unit". */
export function isAnswered(question: Question, answer: Answer): boolean {
  return answer[factOf[question]] !== undefined
}

/** What one line has been told: what holds for all, and what it says itself. */
export function answerOf(answers: Answers, lineId: number): Answer {
  const own = answers.lines?.find((each) => each.saleLineId === lineId)
  return { ...answers.all, ...own?.answer }
}

/** Lines a digit speaks for: the chosen ones, else every line that can still come back. */
export function linesAsked(
  sale: Sale,
  chosen: ReadonlySet<number>,
  rights: Rights | undefined,
): number[] {
  const open = sale.lines.filter(
    (line) => rights?.lines.find((each) => each.saleLineId === line.id)?.state === 'open',
  )
  const picked = open.filter((line) => chosen.has(line.id))
  return (picked.length > 0 ? picked : open).map((line) => line.id)
}

export interface OpenQuestion {
  question: Question
  /** The line whose verdict asks first. */
  lineId: number
  verdict: Verdict
}

/** The next fact that would change an answer and nobody has given or put off. */
export function nextQuestion(
  rights: Rights,
  lineIds: readonly number[],
  answers: Answers,
  putOff: ReadonlySet<Question>,
): OpenQuestion | null {
  for (const lineId of lineIds) {
    const verdict = rights.lines.find((each) => each.saleLineId === lineId)?.verdict
    const question = verdict?.questions.find(
      (each) => !putOff.has(each) && !isAnswered(each, answerOf(answers, lineId)),
    )
    if (verdict && question) return { question, lineId, verdict }
  }
  return null
}

/** Adds an answer for all lines, or for the chosen ones alone. */
export function withAnswer(answers: Answers, answer: Answer, lineIds: readonly number[]): Answers {
  if (lineIds.length === 0) {
    // What was said for the whole sale replaces what single lines said of the same thing before.
    const names = new Set(Object.keys(answer))
    const lines = (answers.lines ?? []).map((line) => ({
      ...line,
      answer: Object.fromEntries(
        Object.entries(line.answer).filter(([name]) => !names.has(name)),
      ) as Answer,
    }))
    return {
      all: { ...answers.all, ...answer },
      lines: lines.filter(({ answer: own }) => Object.keys(own).length > 0),
    }
  }
  const others = (answers.lines ?? []).filter((line) => !lineIds.includes(line.saleLineId))
  const own = lineIds.map((saleLineId) => ({
    saleLineId,
    answer: {
      ...answers.lines?.find((each) => each.saleLineId === saleLineId)?.answer,
      ...answer,
    },
  }))
  return { all: answers.all ?? {}, lines: [...others, ...own] }
}

/** The line shown below the table: the one the clerk is on, else the first that is asked about. */
export function lineInFocus(
  sale: Sale,
  current: number | null,
  asked: readonly number[],
): Sale['lines'][number] | undefined {
  const id = current !== null && asked.includes(current) ? current : asked[0]
  return sale.lines.find((line) => line.id === id)
}
