import type { InferClientInputs, InferClientOutputs } from '@orpc/client'

import type { RiskFlag } from '../../src-main/cases/contract.ts'
import { complaintClasses } from '../../src-main/complaints/contract.ts'
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

/** Everything the overlay holds; kept as a draft. */
export interface ComplaintValues extends PromiseValues {
  class: ComplaintClass | null
  text: string
  context: ComplaintContext
  contact: { name: string; phone: string }
  /** Absent in a form that was begun before there were any. */
  risks?: RiskFlag[]
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
  return Boolean(about.receiptId ?? about.cardId ?? about.customerId)
}

export function startValues(promiseText: string): ComplaintValues {
  return {
    class: null,
    text: '',
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

export type Missing = 'class' | 'text' | 'owner' | 'promiseText' | 'due'

/** The first thing a complaint still lacks before it can be recorded. */
export function findMissing(values: ComplaintValues, dueAt: string | null): Missing | null {
  if (!values.class) return 'class'
  if (values.text.trim() === '') return 'text'
  if (values.outcome === 'solved') return null
  if (values.ownerId === null) return 'owner'
  if (values.promiseText.trim() === '') return 'promiseText'
  return dueAt === null ? 'due' : null
}
