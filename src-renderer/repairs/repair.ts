import type { InferClientInputs, InferClientOutputs } from '@orpc/client'

import { addDays, instantOfLocal } from '../../src-main/foundation/business-date.ts'
import type { desk } from '../app/client.ts'

type Outputs = InferClientOutputs<typeof desk>['repairs']
type Inputs = InferClientInputs<typeof desk>['repairs']

export type Draft = Outputs['draft']
export type DraftUnit = Draft['units'][number]
export type Repair = Outputs['open']
export type Item = Repair['items'][number]
export type RepairRow = Outputs['list'][number]
export type LoanUnit = Outputs['loanUnits'][number]
export type Loan = Repair['loans'][number]
export type Reception = Item['reception']
export type Acceptance = Item['acceptance']
export type IntakeInput = Inputs['intake']
export type QuoteInput = Inputs['quote']['quote']
export type ConsentInput = Inputs['consent']['consent']

export const toneOfReception = {
  expected: 'plain',
  received: 'soon',
  with_repairer: 'soon',
  back: 'soon',
  ready: 'good',
  handed_back: 'good',
  kept: 'plain',
  cancelled: 'plain',
} as const

export const toneOfAcceptance = {
  undecided: 'soon',
  free: 'good',
  paid: 'soon',
  paid_consented: 'good',
  declined: 'risk',
} as const

/** When the desk keeps its word on a promised day, on the store's wall clock. */
const HOUR = '18:00:00'
/** The end of a day that is today already and past that hour. */
const LAST_HOUR = '21:00:00'

/** The instant by which a promise for that day is due; null where it has passed. */
export function dueInstant(day: string, now: Date, timeZone: string): string | null {
  for (const hour of [HOUR, LAST_HOUR]) {
    const due = instantOfLocal(`${day}T${hour}`, timeZone)
    if (due > now) return due.toISOString()
  }
  return null
}

/** Days from today a promise is usually given for; the store's own number first. */
export function promisedDays(own: number): number[] {
  return [...new Set([own, 3, 7, 15, 30])].toSorted((a, b) => a - b)
}

export function promisedDay(today: string, days: number): string {
  return addDays(today, days)
}

/** A pickup code as scanned: from the QR code of this ticket's stub, or the code alone; null for anything else. */
export function codeOfScan(text: string, number: string): string | null {
  const [, of, code] = text.trim().toUpperCase().split('|')
  if (code !== undefined) return of === number ? code : null
  const bare = text.replaceAll(/\s/g, '').toUpperCase()
  return /^[2-9A-Z]{6}$/.test(bare) ? bare : null
}
