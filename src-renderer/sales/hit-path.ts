import type { InferClientOutputs } from '@orpc/client'

import type { desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'

export type FindResult = InferClientOutputs<typeof desk>['sales']['find']
export type Hit = NonNullable<FindResult['exact']>

/** The page a hit opens. */
export function pathOfHit({ kind, id, receiptId, label }: Hit): string {
  switch (kind) {
    case 'receipt':
    case 'serial':
      return paths.sale(receiptId ?? id)
    case 'card':
      return paths.card(id)
    case 'refund':
    case 'price_adjustment':
      return paths.refund(id)
    case 'complaint':
      return paths.complaint(id)
    case 'exchange':
      return paths.exchange(id)
    case 'refusal':
      return paths.refusal(id)
    case 'instruction':
      return paths.instruction(label)
    case 'voucher':
      return paths.voucher(id)
    case 'repair':
      return paths.repair(id)
    case 'product':
      return paths.salesOfProduct(id)
    case 'customer':
      return paths.customer(id)
  }
}

/**
 * The page an exact text opens at once. A scanned card opens its sale: the customer hands it over to have something
 * done, and all of that starts from the sale; the card itself is one key further.
 */
export function pathOfExact(hit: Hit): string {
  return hit.kind === 'card' && hit.receiptId ? paths.sale(hit.receiptId) : pathOfHit(hit)
}
