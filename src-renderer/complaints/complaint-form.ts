import type { InferClientInputs, InferClientOutputs } from '@orpc/client'

import type { RiskFlag } from '../../src-main/cases/contract.ts'
import {
  type ComplaintKind,
  complaintClasses,
  complaintKinds,
  type GuideSubject,
  kindRules,
} from '../../src-main/complaints/contract.ts'
import type { desk } from '../app/client.ts'
import type { About } from '../app/paths.ts'
import type { PromiseValues } from '../ui/promise-form.ts'

export type Complaint = InferClientOutputs<typeof desk>['complaints']['open']
export type ComplaintRow = InferClientOutputs<typeof desk>['complaints']['list'][number]
type RecordInput = InferClientInputs<typeof desk>['complaints']['record']
export type ComplaintClass = (typeof complaintClasses)[number]
export type ComplaintContext = RecordInput['context']

/** What the clerk presses for each class: 1…9, then 0. */
export const classKeys: readonly { key: string; value: ComplaintClass }[] = complaintClasses.map(
  (value, index) => ({ key: String((index + 1) % 10), value }),
)

export type Satisfaction = 'yes' | 'no' | 'not_asked'

/** What the store's form wants beside the words. */
export type DetailValues = Required<NonNullable<RecordInput['details']>>

const noDetails: DetailValues = {
  desired: '',
  demand: null,
  demandAmount: null,
  mode: 'on_site',
  severity: 'ordinary',
  complainant: 'customer',
}

/** Everything the overlay holds; kept as a draft. */
export interface ComplaintValues extends PromiseValues {
  class: ComplaintClass | null
  text: string
  context: ComplaintContext
  contact: { name: string; phone: string }
  /** Absent in a form that was begun before there were any. */
  risks?: RiskFlag[]
  kind: ComplaintKind
  details: DetailValues
  /** Fields beyond the fifteen-second form are shown. */
  isFull: boolean
  /** Only the notes are shown: the customer is still talking. */
  isListening: boolean
  /** The case it belongs to. */
  caseId: number | null
  /** More lines of the sale than the one in `context`. */
  lineIds: number[]
  outcome: 'solved' | 'open'
  solution: string
  satisfied: Satisfaction
}

export function emptyContext(): ComplaintContext {
  return {
    receiptId: null,
    saleLineId: null,
    cardId: null,
    customerId: null,
    floor: '',
    counter: '',
  }
}

export function contextOf(about: About): ComplaintContext {
  const lines = about.lineIds ?? []
  return {
    ...emptyContext(),
    receiptId: about.receiptId ?? null,
    saleLineId: lines.length === 1 ? (lines[0] ?? null) : null,
    cardId: about.cardId ?? null,
    customerId: about.customerId ?? null,
  }
}

export function isAboutSomething(about: About): boolean {
  return Boolean(about.receiptId ?? about.cardId ?? about.customerId ?? about.caseId)
}

export function startValues(promiseText: string): ComplaintValues {
  return {
    kind: 'complaint',
    class: null,
    text: '',
    details: noDetails,
    isFull: false,
    isListening: false,
    caseId: null,
    lineIds: [],
    context: emptyContext(),
    contact: { name: '', phone: '' },
    outcome: 'solved',
    solution: '',
    satisfied: 'not_asked',
    ownerId: null,
    promiseText,
    due: 'tomorrow',
    dueLocal: null,
  }
}

export function satisfiedValue(satisfied: Satisfaction): boolean | null {
  return satisfied === 'not_asked' ? null : satisfied === 'yes'
}

/** The kind after this one, in their order and round again. */
export function nextKind(kind: ComplaintKind): ComplaintKind {
  const next = (complaintKinds.indexOf(kind) + 1) % complaintKinds.length
  return complaintKinds[next] ?? 'complaint'
}

/** Whose steps and sentences help now; null while nothing says what it is about. */
export function guideSubject(values: Pick<ComplaintValues, 'kind' | 'class'>): GuideSubject | null {
  return values.kind === 'complaint' ? values.class : values.kind
}

/** A complaint has a class; what is none may have one. */
export function asksClass(kind: ComplaintKind): boolean {
  return kindRules[kind].record.includes('class')
}

export type Missing =
  | 'class'
  | 'text'
  | 'place'
  | 'receipt'
  | 'solution'
  | 'detail'
  | 'owner'
  | 'promiseText'
  | 'due'

/** The first thing a complaint still lacks before it can be recorded. */
export function findMissing(values: ComplaintValues, dueAt: string | null): Missing | null {
  const rule = kindRules[values.kind]
  const { context, details } = values
  if (rule.record.includes('class') && !values.class) return 'class'
  if (values.text.trim() === '') return 'text'
  const hasPlace = context.floor !== '' || context.counter !== '' || context.saleLineId !== null
  if (rule.record.includes('place') && !hasPlace) return 'place'
  if (values.outcome === 'solved') {
    const { close } = rule
    if (close.includes('receipt') && context.receiptId === null) return 'receipt'
    if (close.includes('solution') && values.solution.trim() === '') return 'solution'
    const wants = details.severity === 'serious' ? rule.serious.close : []
    if (wants.includes('desired') && details.desired.trim() === '') return 'detail'
    if (wants.includes('demand') && details.demand === null) return 'detail'
    return null
  }
  if (values.ownerId === null) return 'owner'
  if (values.promiseText.trim() === '') return 'promiseText'
  return dueAt === null ? 'due' : null
}
