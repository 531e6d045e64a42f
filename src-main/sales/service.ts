import { looksLikeCardCode } from '../foundation/card-code.ts'
import { daysBetween } from '../foundation/business-date.ts'
import { listFamily } from '../customers/store.ts'
import { refuse } from '../foundation/errors.ts'
import { minorDigits } from '../foundation/money.ts'
import { query, type RoomHandlers } from '../handlers.ts'
import type { salesContract } from './contract.ts'
import { findEverything } from './find.ts'
import { readQuestion } from './rules.ts'
import {
  findCustomerBrief,
  findProductBrief,
  listReceiptsOfCustomer,
  listReceiptsOfProduct,
  readReceipt,
} from './store.ts'

const pageLength = 50

/** What people type is shorter; a signed code is not searched for but read. */
const longestText = 200

export const salesHandlers: RoomHandlers<typeof salesContract> = {
  find: query(async (r, call, input) => {
    const text = looksLikeCardCode(input.text) ? input.text : input.text.slice(0, longestText)
    const question = readQuestion(text, {
      today: call.today,
      minorDigits: minorDigits(call.profile.currency),
    })
    return findEverything(r, question, input.limit)
  }),

  open: query(async (r, call, input) => {
    const receipt = await readReceipt(r, input.receiptId)
    if (!receipt) refuse('sales.unknown_receipt')
    return { ...receipt, daysSince: daysBetween(receipt.businessDate, call.today) }
  }),

  ofProduct: query(async (r, _call, input) => {
    const product = await findProductBrief(r, input.productId)
    if (!product) refuse('sales.unknown_product')
    const rows = await listReceiptsOfProduct(r, input.productId, input.before, pageLength + 1)
    return { product, receipts: rows.slice(0, pageLength), more: rows.length > pageLength }
  }),

  ofCustomer: query(async (r, _call, input) => {
    // Whoever asks for one row of a person asks for the person.
    const ids = await listFamily(r, input.customerId)
    const customer = await findCustomerBrief(r, ids[0] ?? input.customerId)
    if (!customer) refuse('sales.unknown_customer')
    const rows = await listReceiptsOfCustomer(r, ids, input.before, pageLength + 1)
    return { customer, receipts: rows.slice(0, pageLength), more: rows.length > pageLength }
  }),
}
