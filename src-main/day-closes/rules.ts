import type { BusinessDate } from '../foundation/business-date.ts'
import { type checkKinds, rolesToSign, type signerRoles, type slipKinds } from './contract.ts'

export type SlipKind = (typeof slipKinds)[number]
export type CheckKind = (typeof checkKinds)[number]
export type SignerRole = (typeof signerRoles)[number]

/** One document or deed as the ledger of its business day has it: what never changes afterwards. */
export interface LedgerLine {
  kind: string
  number: string
  /** Instant of writing, UTC ISO. */
  at: string
  /** Amounts in minor units, units, currencies, tenders: in a fixed order per kind. */
  facts: readonly (string | number)[]
  /** What the close counts it as; null for what is only kept. */
  slip: SlipKind | null
  /** A slip declared void: kept, and taken off the amount. */
  isVoid: boolean
  amount: number
}

/** The line as it is hashed. */
export function canonicalLine({ kind, number, at, facts }: LedgerLine): string {
  return JSON.stringify([kind, number, at, ...facts])
}

/** The lines of a day in the one order that does not hang on how they were read. */
export function canonicalLines(lines: readonly LedgerLine[]): string[] {
  // By code units, not by a language: the same on every machine.
  return lines.map(canonicalLine).toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
}

export interface SlipCount {
  kind: SlipKind
  count: number
  voided: number
  late: number
  amount: number
}

/** How many slips of each kind, void ones beside them; `from` is the first instant of the day. */
export function countSlips(
  lines: readonly LedgerLine[],
  kinds: readonly SlipKind[],
  from: string,
): SlipCount[] {
  return kinds.map((kind) => {
    const own = lines.filter((line) => line.slip === kind)
    const written = own.filter(({ isVoid }) => !isVoid)
    return {
      kind,
      count: written.length,
      voided: own.length - written.length,
      late: written.filter((line) => isLate(line, from)).length,
      amount: own.reduce((sum, line) => sum + (line.isVoid ? -line.amount : line.amount), 0),
    }
  })
}

/** True for what was written before the day it is booked on had begun: the day before was closed. */
export function isLate({ at }: { at: string }, from: string): boolean {
  return at < from
}

/** Documents whose line is missing, changed or new against what was signed. */
export function differingNumbers(signed: readonly string[], found: readonly string[]): string[] {
  const before = new Set(signed)
  const now = new Set(found)
  const different = [
    ...signed.filter((line) => !now.has(line)),
    ...found.filter((line) => !before.has(line)),
  ]
  return [
    ...new Set(different.map((line) => String((JSON.parse(line) as unknown[])[1]))),
  ].toSorted()
}

export interface Check {
  kind: CheckKind
  state: 'done' | 'note' | 'blocks'
  count: number
  note: string
}

/** What a check that found something asks for (docs/day-close.md). */
const asks: Record<CheckKind, 'blocks' | 'note' | 'nothing'> = {
  earlier_days: 'blocks',
  goods_counted: 'blocks',
  store_open: 'note',
  unmatched: 'note',
  handovers: 'note',
  approvals: 'note',
  promises: 'note',
  // Lent for weeks as a matter of course: read out, not explained every evening.
  loans: 'nothing',
  drafts: 'note',
}

/** The checklist: what was found, and whether its note is there. */
export function checkDay(
  found: ReadonlyMap<CheckKind, number>,
  notes: ReadonlyMap<CheckKind, string>,
  kinds: readonly CheckKind[],
): Check[] {
  return kinds.map((kind) => {
    const count = found.get(kind) ?? 0
    const note = notes.get(kind) ?? ''
    const asked = count === 0 ? 'nothing' : asks[kind]
    const isDone = asked === 'nothing' || (asked === 'note' && note !== '')
    return { kind, count, note, state: isDone ? 'done' : (asked as 'note' | 'blocks') }
  })
}

export interface Signer {
  role: SignerRole
  operatorId: number
  rank: 'clerk' | 'floor_manager' | 'store_manager' | 'system'
  how: 'pin' | 'drawn' | 'paper'
  /** Hash of what was drawn. */
  sha256: string | null
}

/** What is wrong with the signatures, if anything. */
export function flawOfSignatures(
  signed: readonly Signer[],
  signers: 2 | 3,
): 'signature_missing' | 'same_signer' | 'same_drawing' | 'signer_no_manager' | 'no_pin' | null {
  const roles = rolesToSign(signers)
  const isWhole =
    signed.length === roles.length &&
    roles.every((role) => signed.some((each) => each.role === role)) &&
    signed.every(({ how, sha256 }) => (how === 'drawn') === (sha256 !== null))
  if (!isWhole) return 'signature_missing'
  if (new Set(signed.map(({ operatorId }) => operatorId)).size < signed.length) return 'same_signer'
  const drawn = signed.flatMap(({ sha256 }) => sha256 ?? [])
  if (new Set(drawn).size < drawn.length) return 'same_drawing'
  const needManager = signed.filter(({ role }) => role !== 'desk_lead')
  if (needManager.some(({ rank }) => rank === 'clerk' || rank === 'system')) {
    return 'signer_no_manager'
  }
  // Without a PIN one person could close a day with the names of the others.
  return needManager.some(({ how }) => how === 'pin') ? null : 'no_pin'
}

/** The first day from `today` on that is not closed. */
export function bookingDay(
  today: BusinessDate,
  closed: ReadonlySet<BusinessDate>,
  dayAfter: (date: BusinessDate) => BusinessDate,
): BusinessDate {
  let date = today
  while (closed.has(date)) date = dayAfter(date)
  return date
}
