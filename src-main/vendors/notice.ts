import { csvText } from '../foundation/csv.ts'
import { compactDocumentNumber } from '../foundation/document-number.ts'
import { formatDecimal } from '../foundation/money.ts'
import { query, type RoomHandlers } from '../handlers.ts'
import type { vendorsContract } from './contract.ts'
import { vendorNoticeFacts } from './facts.ts'
import { wordsOf } from './words.ts'

export const noticeHandlers: Pick<RoomHandlers<typeof vendorsContract>, 'noticeFile'> = {
  noticeFile: query(async (r, call, { claimId }) => {
    const facts = await vendorNoticeFacts(r, call, claimId)
    const { notice } = wordsOf(call.profile.language)
    const rows = [
      [notice.number, facts.number],
      [notice.date, facts.businessDate],
      [notice.vendor, facts.to.name],
      [notice.contract, facts.to.contractNo],
      [notice.goods, facts.what],
      ...facts.goods.map((each) => [
        notice.sold,
        [each.name, each.sku, each.soldOn, each.receiptNo, each.counter, each.batch, each.serial]
          .filter(Boolean)
          .join(' · '),
      ]),
      [notice.fault, facts.fault],
      [notice.asks, facts.asks],
      [notice.amount, formatDecimal(facts.amount, facts.currency)],
      [notice.currency, facts.currency],
      [notice.replyBy, facts.replyBy ?? ''],
      ...facts.evidence.map((each) => [notice.evidence, `${each.name} ${each.at} ${each.sha256}`]),
    ]
    return {
      fileName: `${compactDocumentNumber(facts.number)}.csv`,
      content: new Blob([csvText([[notice.field, notice.value], ...rows])], { type: 'text/csv' }),
    }
  }),
}
