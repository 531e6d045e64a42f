import type { InferClientInputs, InferClientOutputs } from '@orpc/client'

import type { desk } from '../app/client.ts'
import { isBusinessDate } from '../../src-main/foundation/business-date.ts'
import { endOfTerm, holidaysOf } from '../../src-main/foundation/holidays.ts'

export type CardDraft = InferClientOutputs<typeof desk>['cards']['draft']
export type DraftUnit = CardDraft['units'][number]
export type Card = InferClientOutputs<typeof desk>['cards']['open']
type IssueInput = InferClientInputs<typeof desk>['cards']['issue']
export type PaperLanguage = IssueInput['paperLanguage']
type IssuedUnit = IssueInput['units'][number]

/** The warranty of one unit as it is being typed: the whole-unit term may still be missing. */
export type Terms = Omit<IssuedUnit, 'saleLineId' | 'unitNo' | 'unitMonths'> & {
  unitMonths: number | null
}

/** Everything the clerk types; kept as a draft. */
export interface CardFormValues {
  /** Lines the sale screen had chosen when the form was opened; another choice starts the ticks anew. */
  askedLines: string
  chosen: string[]
  terms: Record<string, Terms>
  consumer: CardDraft['consumer']
  paperLanguage: PaperLanguage
}

/** Names a unit of a sale inside the form. */
export function unitKey(unit: { saleLineId: number; unitNo: number }): string {
  return `${unit.saleLineId}:${unit.unitNo}`
}

export function termsOfDraft(unit: DraftUnit): Terms {
  const { brand, model, name, serialNo, batchNo, origin, installedOn, unitMonths, partMonths } =
    unit
  const { mainParts, provider, providerName, providerPhone, scope, costBearer } = unit
  return {
    brand,
    model,
    name,
    serialNo,
    batchNo,
    origin,
    installedOn,
    unitMonths,
    partMonths,
    mainParts,
    provider,
    providerName,
    providerPhone,
    scope,
    costBearer,
  }
}

/** Ticks to start with: the lines asked for, else what the catalogue gives a term, else the only unit there is. */
export function chooseUnits(units: readonly DraftUnit[], lineIds: readonly number[]): string[] {
  const free = units.filter((unit) => unit.blocked === null)
  const asked = free.filter((unit) => lineIds.includes(unit.saleLineId))
  if (asked.length > 0) return asked.map(unitKey)
  const known = free.filter((unit) => unit.unitMonths !== null)
  if (known.length > 0) return known.map(unitKey)
  return free.length === 1 ? free.map(unitKey) : []
}

export function startValues(
  draft: CardDraft,
  lineIds: readonly number[],
  paperLanguage: PaperLanguage,
): CardFormValues {
  return {
    askedLines: lineIds.join(','),
    chosen: chooseUnits(draft.units, lineIds),
    terms: Object.fromEntries(draft.units.map((unit) => [unitKey(unit), termsOfDraft(unit)])),
    consumer: draft.consumer,
    paperLanguage,
  }
}

/** Last day of a term as the card will state it, inclusive; null while the months are missing. */
export function termEnd(startsOn: string, months: number | null, currency: string): string | null {
  if (months === null || months < 1 || !isBusinessDate(startsOn)) return null
  return endOfTerm(startsOn, months, holidaysOf(currency))
}

export type TermProblem = 'unitMonths' | 'name' | 'serialNo'

/** What a chosen unit still lacks before a card can state its terms. */
export function findProblems(unit: DraftUnit, terms: Terms): TermProblem[] {
  const problems: TermProblem[] = []
  if (terms.name.trim() === '') problems.push('name')
  if (terms.unitMonths === null) problems.push('unitMonths')
  if (unit.serialTracked && terms.serialNo.trim() === '') problems.push('serialNo')
  return problems
}

/** Copies the terms of one unit to another, except what belongs to the single piece. */
export function copyTerms(from: Terms, to: Terms): Terms {
  return {
    ...from,
    name: to.name,
    brand: to.brand,
    model: to.model,
    serialNo: to.serialNo,
    batchNo: to.batchNo,
  }
}
