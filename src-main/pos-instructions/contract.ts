import { z } from 'zod'
import { businessDate, currencyCode, id, money, version } from '../foundation/procedure.ts'
import { tenderKinds } from '../sales/contract.ts'

const instructionStates = ['pending', 'ambiguous', 'settled', 'cancelled'] as const

/** One movement of money the POS is told to make, as the papers and pages of its document show it. */
export const instruction = z.object({
  id,
  /** `ZF-…` with check character. */
  number: z.string(),
  direction: z.enum(['pay_out', 'collect']),
  tender: z.object({ kind: z.enum(tenderKinds), label: z.string(), reference: z.string() }),
  amount: money,
  currency: currencyCode,
  state: z.enum(instructionStates),
  businessDate,
  /** Number the POS gave the payment, once it is known. */
  posNumber: z.string().nullable(),
  settledOn: businessDate.nullable(),
  cancelReason: z.string().nullable(),
  version,
})
