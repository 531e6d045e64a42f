import type { z } from 'zod'
import { readStoreTime } from '../clocks/index.ts'
import type { ReadHandle } from '../database/store.ts'
import { addDays, businessDateOf, type BusinessDate } from '../foundation/business-date.ts'
import { destinations } from '../goods/contract.ts'
import type { Call } from '../handlers.ts'
import { countOpenInstructions } from '../pos-instructions/index.ts'
import { countLoansOut } from '../repairs/index.ts'
import { makeDayReport, spanOf, withoutWords } from '../reports/index.ts'
import { listReaders } from '../shifts/index.ts'
import { checkKinds, type closeDay, slipKinds } from './contract.ts'
import { hashLedger } from './hash.ts'
import { listLedgerDates, readLedger } from './ledger-store.ts'
import { canonicalLines, type CheckKind, checkDay, countSlips, isLate } from './rules.ts'
import {
  type CloseRecord,
  countGoods,
  findSettings,
  listCloses,
  listCloseStates,
  listCounts,
  sumInstructions,
} from './store.ts'

export type CloseDay = z.output<typeof closeDay>

/** What a close freezes beside the ledger: the figures as they were signed. */
export type CloseFacts = Pick<
  CloseDay,
  'slips' | 'money' | 'goods' | 'checks' | 'late' | 'remark' | 'signatures' | 'signers'
> & {
  /** The day's report, without what people said and who they are: that stays where it can be erased. */
  report: ReturnType<typeof withoutWords>
}

/** As they lie in the book: what was signed before people could draw on the screen names no drawings. */
type StoredFacts = Omit<CloseFacts, 'signatures'> & {
  signatures: (Omit<CloseFacts['signatures'][number], 'sha256'> & { sha256?: string | null })[]
}

/** A day as it would be closed now, with the lines that would be frozen. */
export interface DayNow {
  lines: string[]
  ledgerHash: string
  facts: Omit<CloseFacts, 'signatures' | 'remark'>
}

/**
 * Days before `date` with something on them that nobody has closed, oldest first. Before the first close of the desk
 * nothing waits: a store may begin to close its days on any day (docs/decisions/0022).
 */
export async function listUnclosed(r: ReadHandle, date: BusinessDate): Promise<BusinessDate[]> {
  const states = await listCloseStates(r)
  const first = states[0]
  if (!first) return []
  const closed = new Set(
    states.filter(({ isClosed }) => isClosed).map(({ businessDate }) => businessDate),
  )
  const dates = await listLedgerDates(r, first.businessDate)
  return dates.filter((each) => each < date && !closed.has(each))
}

/** The day as it stands now. */
export async function readDayNow(
  r: ReadHandle,
  call: Call,
  date: BusinessDate,
  said: { drafts: number; notes: ReadonlyMap<CheckKind, string> },
): Promise<DayNow> {
  const { from } = spanOf(date, call.profile)
  const ledger = await readLedger(r, date)
  const lines = canonicalLines(ledger)
  const report = await makeDayReport(r, call.profile, date)
  const goods = await readGoods(r, date)
  const found = await readChecks(r, call, date, {
    drafts: said.drafts,
    promises: report.totals.overduePromises,
    uncounted: goods.filter(isUncounted).length,
  })
  const { signers } = await findSettings(r)
  return {
    lines,
    ledgerHash: hashLedger(lines),
    facts: {
      slips: countSlips(ledger, slipKinds, from),
      money: await readMoney(r, date),
      goods,
      checks: checkDay(found, said.notes, checkKinds),
      late: ledger
        .filter((line) => line.slip !== null && !line.isVoid && isLate(line, from))
        .map(({ number, kind, at }) => ({
          number,
          kind,
          at,
          on: businessDateOf(new Date(at), call.profile),
        }))
        .toSorted((a, b) => a.at.localeCompare(b.at) || a.number.localeCompare(b.number)),
      signers,
      report: withoutWords(report),
    },
  }
}

/** Nobody has counted it, or something came back after it was counted. */
function isUncounted({ recorded, count }: CloseDay['goods'][number]): boolean {
  return recorded > 0 && count?.recorded !== recorded
}

async function readGoods(r: ReadHandle, date: BusinessDate): Promise<CloseDay['goods']> {
  const recorded = await countGoods(r, date)
  const counts = await listCounts(r, date)
  return destinations.map((destination) => {
    const last = counts.find((each) => each.destination === destination)
    const { destination: _, ...count } = last ?? { destination }
    return {
      destination,
      recorded: recorded.get(destination) ?? 0,
      count: last ? (count as NonNullable<CloseDay['goods'][number]['count']>) : null,
    }
  })
}

async function readMoney(r: ReadHandle, date: BusinessDate): Promise<CloseDay['money']> {
  const lines: CloseDay['money'] = []
  for (const { direction, tender, state, count, amount } of await sumInstructions(r, date)) {
    let line = lines.find((each) => each.direction === direction && each.tender === tender)
    if (!line) {
      const nothing = { count: 0, amount: 0 }
      line = { direction, tender, done: { ...nothing }, pending: { ...nothing } }
      lines.push(line)
    }
    const part = state === 'settled' ? line.done : line.pending
    part.count += count
    part.amount += amount
  }
  return lines
}

async function readChecks(
  r: ReadHandle,
  call: Call,
  date: BusinessDate,
  known: { drafts: number; promises: number; uncounted: number },
): Promise<Map<CheckKind, number>> {
  return new Map([
    ['earlier_days', (await listUnclosed(r, date)).length],
    ['goods_counted', known.uncounted],
    ['store_open', await minutesOpen(r, call, date)],
    ['unmatched', (await countOpenInstructions(r)).count],
    ['handovers', (await listReaders.handovers(r, date)).length],
    ['approvals', (await listReaders.approvals(r, date)).length],
    ['promises', known.promises],
    ['loans', await countLoansOut(r)],
    ['drafts', known.drafts],
  ])
}

/** Minutes until the store closes on the day, if it is still going on. */
async function minutesOpen(r: ReadHandle, call: Call, date: BusinessDate): Promise<number> {
  if (date !== call.today) return 0
  const hours = (await readStoreTime(r, call)).hoursOf(date)
  const left = hours ? hours.to - call.now().getTime() : 0
  return Math.max(0, Math.ceil(left / 60_000))
}

function showVersion(close: CloseRecord): CloseDay['versions'][number] {
  const { id, version, hash, closedAt, closedBy, reopened } = close
  return { id, version, hash, closedAt, closedBy, reopened }
}

/** A day as it was closed, or as it stands. */
export async function showDay(
  r: ReadHandle,
  call: Call,
  date: BusinessDate,
  drafts: number,
): Promise<CloseDay> {
  const closes = await listCloses(r, date)
  const standing = closes.find(({ reopened }) => reopened === null) ?? null
  const head = {
    businessDate: date,
    currency: call.profile.currency,
    close: standing && showVersion(standing),
    versions: closes.map(showVersion),
  }
  if (standing) {
    const { report: _, ...facts } = JSON.parse(standing.facts) as StoredFacts
    const { ledgerHash, ledger } = standing
    const signatures = facts.signatures.map((each) => ({ sha256: null, ...each }))
    return { ...head, ...facts, signatures, state: 'closed', lines: ledger.length, ledgerHash }
  }
  const { lines, ledgerHash, facts } = await readDayNow(r, call, date, {
    drafts,
    notes: new Map(),
  })
  const { report: _, ...shown } = facts
  return {
    ...head,
    ...shown,
    state: closes.length > 0 ? 'reopened' : lines.length > 0 ? 'open' : 'empty',
    remark: '',
    signatures: [],
    lines: lines.length,
    ledgerHash,
  }
}

/** How far the list of days goes back. */
const listedDays = 62

/** Days with something on them, those closed without anything, and today. */
export async function listDays(r: ReadHandle, from: BusinessDate): Promise<BusinessDate[]> {
  const states = await listCloseStates(r)
  const closed = states.map(({ businessDate }) => businessDate).filter((each) => each >= from)
  return [...new Set([...(await listLedgerDates(r, from)), ...closed])].toSorted().toReversed()
}

/** The first day of the list. */
export function firstListed(today: BusinessDate): BusinessDate {
  return addDays(today, 1 - listedDays)
}
