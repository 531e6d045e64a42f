import type { ReadHandle } from '../database/store.ts'
import type { BusinessDate } from '../foundation/business-date.ts'
import type { Call } from '../handlers.ts'
import { frameOf } from '../printing/frame.ts'
import type { DayReportFacts } from './document.ts'
import { makeDayReport } from './service.ts'

/** Everything the complaint report of a business day prints: the figures of the screen. */
export async function dayReportFacts(
  r: ReadHandle,
  call: Call,
  businessDate: BusinessDate,
): Promise<DayReportFacts> {
  return { frame: frameOf(call), report: await makeDayReport(r, call.profile, businessDate) }
}
