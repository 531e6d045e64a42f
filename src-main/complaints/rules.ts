import type { StateMachine } from '../foundation/state-machine.ts'
import { daysBetween } from '../foundation/business-date.ts'
import {
  type ComplaintKind,
  type EntryField,
  entryFields,
  kindRules,
  largestStatement,
  losingSigns,
  type recomplaintBases,
  type severities,
} from './contract.ts'

export type ComplaintState = 'open' | 'solved'
export type ComplaintAction = 'change' | 'promise' | 'solve' | 'reopen'

/** A complaint keeps its number through every round of being solved and coming up again. */
export const complaintMachine: StateMachine<ComplaintState, ComplaintAction> = {
  initial: 'open',
  states: ['open', 'solved'],
  transitions: [
    { from: 'open', action: 'change', to: 'open' },
    { from: 'open', action: 'promise', to: 'open', needs: ['owner', 'due in the future'] },
    { from: 'open', action: 'solve', to: 'solved', needs: ['solution', 'what its kind asks for'] },
    { from: 'solved', action: 'reopen', to: 'open', needs: ['reason'] },
  ],
}

/** What is wrong with the words as they came, or null: they are kept as they are or not at all. */
export function statementTrouble(text: string): 'empty' | 'too_long' | 'broken' | null {
  if (text.trim() === '') return 'empty'
  // A letter has at most three bytes per code unit: what is short needs no counting.
  if (text.length * 3 > largestStatement && byteLength(text) > largestStatement) return 'too_long'
  return hasLoneSurrogate(text) ? 'broken' : null
}

/** Bytes of `text` in UTF-8. */
function byteLength(text: string): number {
  let bytes = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code < 0x80) bytes += 1
    else if (code < 0x800) bytes += 2
    else if (code >= 0xd800 && code <= 0xdbff) {
      bytes += 4
      at += 1
    } else bytes += 3
  }
  return bytes
}

/** Half a letter: no encoding keeps it, so keeping "the same" text would change it. */
function hasLoneSurrogate(text: string): boolean {
  return /[\uD800-\uDFFF]/.test(text) && /\p{Cs}/u.test(text)
}

/** What is known of an entry, field by field. */
export type Known = Record<EntryField, boolean>

/** What its kind wants and is not known yet; `must` stands in the way of closing it. */
export function findMissing(
  entry: { kind: ComplaintKind; severity: (typeof severities)[number] },
  known: Known,
): { field: EntryField; must: boolean }[] {
  const rule = kindRules[entry.kind]
  const serious = entry.severity === 'serious' ? rule.serious : { close: [], wanted: [] }
  const must = new Set<EntryField>([...rule.record, ...rule.close, ...serious.close])
  const wanted = new Set<EntryField>([...rule.wanted, ...serious.wanted])
  return entryFields
    .filter((field) => !known[field] && (must.has(field) || wanted.has(field)))
    .map((field) => ({ field, must: must.has(field) }))
}

/** The first field without which an entry of this kind is not written down. */
export function firstUnrecorded(kind: ComplaintKind, known: Known): EntryField | null {
  return (
    entryFields.find((field) => kindRules[kind].record.includes(field) && !known[field]) ?? null
  )
}

export type RecomplaintBasis = (typeof recomplaintBases)[number]

/** An earlier complaint that shares something with a new one. */
export interface Candidate {
  complaintId: number
  /** The one it repeats itself: a chain leads to its first. */
  firstId: number | null
  businessDate: string
  basis: RecomplaintBasis
}

const bases: readonly RecomplaintBasis[] = ['item', 'customer', 'cause']

/**
 * Which earlier complaint a new one repeats: of the same item, else of the same customer, else of the same goods for
 * the same reason, each within the store's days; the newest of them, and of that the first (domain.md §3.6 row 17).
 */
export function chooseFirst(
  candidates: readonly Candidate[],
  today: string,
  days: number,
): { firstId: number; basis: RecomplaintBasis; days: number } | null {
  if (days === 0) return null
  const near = candidates
    .map((each) => ({ ...each, days: daysBetween(each.businessDate, today) }))
    .filter((each) => each.days >= 0 && each.days <= days)
    .toSorted(
      (a, b) => bases.indexOf(a.basis) - bases.indexOf(b.basis) || b.complaintId - a.complaintId,
    )
  const [chosen] = near
  if (!chosen) return null
  return {
    firstId: chosen.firstId ?? chosen.complaintId,
    basis: chosen.basis,
    days: chosen.days,
  }
}

export type LosingSign = (typeof losingSigns)[number]

/** What is known of a complaint that has to do with whether its customer comes back. */
export interface LosingFacts {
  open: boolean
  kind: ComplaintKind
  saysLeaving: boolean
  reopened: number
  repeats: boolean
  overdue: boolean
  severity: (typeof severities)[number]
  atRisk: boolean
}

/** One sign may be a bad day, two are a customer on the way out; who says it needs no second one. */
const signsOfLoss = 2

/**
 * Why an unsolved complaint may cost the store a customer, or nothing: they say so, or at least two other signs come
 * together (domain.md §3.6 row 50).
 */
export function findLosingSigns(facts: LosingFacts): LosingSign[] {
  if (!facts.open || !kindRules[facts.kind].isComplaint) return []
  const seen: Record<LosingSign, boolean> = {
    says_so: facts.saysLeaving,
    reopened: facts.reopened > 0,
    repeats: facts.repeats,
    overdue: facts.overdue,
    serious: facts.severity === 'serious',
    risk: facts.atRisk,
  }
  const signs = losingSigns.filter((sign) => seen[sign])
  return facts.saysLeaving || signs.length >= signsOfLoss ? signs : []
}
