import type { InferClientOutputs } from '@orpc/client'

import type { desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'

export type FindResult = InferClientOutputs<typeof desk>['sales']['find']
export type Hit = NonNullable<FindResult['exact']>

/** The page a hit opens. */
export function pathOfHit({ kind, id, receiptId }: Hit): string {
  switch (kind) {
    case 'receipt':
    case 'serial':
      return paths.sale(receiptId ?? id)
    case 'card':
      return paths.card(id)
    case 'refund':
      return paths.refund(id)
    case 'complaint':
      return paths.complaint(id)
    case 'product':
      return paths.salesOfProduct(id)
    case 'customer':
      return paths.salesOfCustomer(id)
  }
}
