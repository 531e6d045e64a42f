import type { ReadHandle } from '../database/store.ts'
import type { StoreProfile } from '../settings/index.ts'
import { type ClockBook, type ClockFacts, type Severity } from './derive.ts'
import { noHouse, withHouse } from './house.ts'
import { readStoreTime } from './settings.ts'
import { shippedClocks } from './shipped.ts'
import { type AnswerRecord, type ClockedCase, findHouse, type PauseRecord } from './store.ts'

let latest: ClockBook | undefined
let latestHouse = -1

/** Whose clocks they are: all they ask of a desk. */
export interface ClockHouse {
  profile: Pick<StoreProfile, 'timeZone' | 'currency'>
}

/** The rules as they hold in this store, and its time. The same object as long as nothing of it changes. */
export async function readBook(r: ReadHandle, call: ClockHouse): Promise<ClockBook> {
  const house = await findHouse(r)
  const time = await readStoreTime(r, call)
  const version = house?.version ?? 0
  if (latest?.time !== time || latestHouse !== version) {
    latest = { ...withHouse(shippedClocks(), house ?? noHouse), time }
    latestHouse = version
  }
  return latest
}

/** What is known of a case beside its complaint. */
export interface CaseHistory {
  answers: readonly Pick<AnswerRecord, 'kind' | 'at'>[]
  pauses: readonly Pick<PauseRecord, 'pausedAt' | 'resumedAt' | 'endsAt'>[]
  /** Who stands behind it beside the customer: any of them makes it serious. */
  isRisky: boolean
}

export function factsOf(
  of: Pick<ClockedCase, 'class' | 'severity' | 'mode' | 'recordedAt' | 'openedAt' | 'closedAt'>,
  { answers, pauses, isRisky }: CaseHistory,
): ClockFacts {
  // What was answered before it was reopened answers nothing now.
  const answered = answers.filter(({ at }) => at >= of.openedAt)
  const plan = answered.find(({ kind }) => kind === 'plan')
  return {
    class: of.class,
    severity: severityOf(of, isRisky),
    mode: of.mode === 'authority' ? 'odr' : 'store',
    firstRecordedAt: Date.parse(of.recordedAt),
    openedAt: Date.parse(of.openedAt),
    answeredAt: timeOf(answered[0]?.at),
    plannedAt: timeOf(plan?.at),
    closedAt: timeOf(of.closedAt),
    pauses: pauses.map((pause) => ({
      from: Date.parse(pause.pausedAt),
      to: timeOf(pause.resumedAt),
      until: timeOf(pause.endsAt),
    })),
  }
}

/** Dignity and safety are never ordinary (domain.md §5.1), nor is what somebody else stands behind. */
function severityOf(of: Pick<ClockedCase, 'class' | 'severity'>, isRisky: boolean): Severity {
  const isGrave = of.class === 'safety' || of.class === 'dignity' || isRisky
  return of.severity === 'serious' || isGrave ? 'serious' : 'ordinary'
}

function timeOf(instant: string | null | undefined): number | null {
  return instant == null ? null : Date.parse(instant)
}
