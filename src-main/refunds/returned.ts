import type { ReadHandle } from '../database/store.ts'
import { listFigures } from './money-store.ts'
import { findRefund, listRefundLines, listRefundTenders } from './store.ts'

/** The returned side of an exchange as it was written: lines, what is paid back of it, and its strip. */
export async function readReturn(r: ReadHandle, refundId: number) {
  const tenders = await listRefundTenders(r, refundId)
  const strip = await listFigures(r, refundId)
  const { version } = (await findRefund(r, refundId)) ?? { version: 0 }
  return {
    version,
    lines: await listRefundLines(r, refundId),
    payBacks: tenders.filter((each) => !each.carried),
    strip: strip.map((each) => ({ ...each, detail: { ...each.detail } })),
  }
}
