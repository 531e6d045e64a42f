import { raiseAlert } from '../alerts/index.ts'
import { momentOf } from '../cases/index.ts'
import { readStoreTime } from '../clocks/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { addDays, type BusinessDate } from '../foundation/business-date.ts'
import type { Call } from '../handlers.ts'
import { listLedgerDates } from './ledger-store.ts'
import { type CloseSettings, findSettings, hasClosingPrint, insertClosingPrint } from './store.ts'

/** How long after closing time the papers are still made by themselves: a desk that is off later asks. */
const graceMs = 30 * 60_000

/** How far back a desk asks for papers it did not make. */
const asksBack = 7

export interface ClosingWork {
  businessDate: BusinessDate
  papers: CloseSettings['papers']
}

/**
 * What is to be printed now because the store has just closed, taken for this desk once and for all: whoever asks
 * again gets nothing. Null outside the half hour after closing, and where the store wants no papers.
 */
export async function takeClosingWork(call: Call): Promise<ClosingWork | null> {
  const due = await call.store.read((r) => findDue(r, call))
  if (!due) return null
  const { deskNo } = call.profile
  const at = call.now().toISOString()
  const taken = await call.store.write((w) => insertClosingPrint(w, { ...due, deskNo, at }))
  return taken ? due : null
}

async function findDue(r: ReadHandle, call: Call): Promise<ClosingWork | null> {
  const { papers } = await findSettings(r)
  const hours = (await readStoreTime(r, call)).hoursOf(call.today)
  const since = hours ? call.now().getTime() - hours.to : -1
  if (papers.length === 0 || since < 0 || since > graceMs) return null
  const isMade = await hasClosingPrint(r, call.profile.deskNo, call.today)
  return isMade ? null : { businessDate: call.today, papers }
}

/**
 * In store hours, asks for the papers of days at whose end the desk was off: they are not printed behind anybody's
 * back the next morning.
 */
export async function askForMissedPapers(call: Call): Promise<boolean> {
  const missed = await call.store.read((r) => listMissed(r, call))
  if (missed.length === 0) return false
  const told = await call.store.write((w) => tell(w, call, missed))
  if (told) call.announce('alerts')
  return told
}

async function tell(w: WriteHandle, call: Call, dates: readonly BusinessDate[]): Promise<boolean> {
  const moment = momentOf(call)
  let told = false
  for (const date of dates) {
    const isNew = await raiseAlert(w, moment, {
      key: `closing_papers:${date}`,
      kind: 'closing_papers_missed',
      severity: 'info',
      to: { role: 'clerk' },
      subject: { type: 'day', id: date },
      caseId: null,
      params: { businessDate: date },
    })
    told ||= isNew
  }
  return told
}

async function listMissed(r: ReadHandle, call: Call): Promise<BusinessDate[]> {
  const { papers } = await findSettings(r)
  const { today } = call
  if (papers.length === 0) return []
  if (!(await readStoreTime(r, call)).isOpen(call.now().getTime())) return []
  const dates = await listLedgerDates(r, addDays(today, -asksBack))
  const missed: BusinessDate[] = []
  for (const date of dates.filter((each) => each < today)) {
    if (!(await hasClosingPrint(r, call.profile.deskNo, date))) missed.push(date)
  }
  return missed
}
