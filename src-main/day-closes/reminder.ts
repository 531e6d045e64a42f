import { raiseAlert } from '../alerts/index.ts'
import { momentOf } from '../cases/index.ts'
import { readStoreTime } from '../clocks/index.ts'
import type { ReadHandle } from '../database/store.ts'
import { type BusinessDate, localTime } from '../foundation/business-date.ts'
import type { Call } from '../handlers.ts'
import { listUnclosed } from './day.ts'
import { readLedger } from './ledger-store.ts'
import { findLastHash, findSettings, listClosedDates } from './store.ts'

/** Names the reminder of a day: raised twice it is one message. */
export function alertKeyOf(date: BusinessDate): string {
  return `day_close:${date}`
}

interface Due {
  key: string
  kind: 'day_not_closed' | 'yesterday_not_closed'
  date: BusinessDate
  closes: string
}

/**
 * What has to be said now. Outside the store's hours nobody is told anything, and nothing before the store has closed
 * a day or said how it closes them: who keeps no day close is not asked for one every evening.
 */
export async function listDue(r: ReadHandle, call: Call): Promise<Due[]> {
  const time = await readStoreTime(r, call)
  const now = call.now().getTime()
  if (!time.isOpen(now)) return []
  const closes = (at: number) => localTime(new Date(at), call.profile.timeZone).slice(11, 16)
  const due: Due[] = (await listUnclosed(r, call.today)).map((date) => ({
    key: `${alertKeyOf(date)}:late`,
    kind: 'yesterday_not_closed',
    date,
    closes: '',
  }))
  const { remindMinutes, version } = await findSettings(r)
  if (version === 0 && (await findLastHash(r)) === undefined) return []
  const { date, to } = time.dayAt(now)
  const isNear = to - now <= remindMinutes * 60_000
  const isOpen = !(await listClosedDates(r)).has(date)
  if (date === call.today && isNear && isOpen && (await readLedger(r, date)).length > 0) {
    due.push({ key: alertKeyOf(date), kind: 'day_not_closed', date, closes: closes(to) })
  }
  return due
}

/**
 * Tells the duty manager and the desk that a day is not closed: shortly before the store closes, and in the morning
 * of the next day. Each once; closing the day answers it.
 */
export async function remindOfClose(call: Call): Promise<boolean> {
  const due = await call.store.read((r) => listDue(r, call))
  if (due.length === 0) return false
  const raised = await call.store.write(async (w) => {
    const moment = momentOf(call)
    let told = false
    for (const { key, kind, date, closes } of due) {
      for (const role of ['duty_manager', 'clerk'] as const) {
        const isNew = await raiseAlert(w, moment, {
          key: role === 'clerk' ? `${key}:desk` : key,
          kind,
          severity: kind === 'day_not_closed' ? 'info' : 'warning',
          to: { role },
          subject: { type: 'day', id: date },
          caseId: null,
          params: { businessDate: date, closes },
        })
        told ||= isNew
      }
    }
    return told
  })
  if (raised) call.announce('alerts')
  return raised
}
