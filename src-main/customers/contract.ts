import { z } from 'zod'
import { businessDate, id, line, procedure } from '../foundation/procedure.ts'

export const customersContract = {
  open: procedure('sales.read')
    .input(z.object({ customerId: id }))
    .output(
      z.object({
        id,
        memberNo: z.string().nullable(),
        name: z.string(),
        phoneMasked: z.string(),
        address: z.string(),
        joinedOn: businessDate.nullable(),
        points: z.int().nullable(),
        tier: z.string(),
        note: z.string(),
      }),
    ),
  /** Every tier that customers of this store are of: what a rule can name. */
  tiers: procedure('signed_in').output(z.array(z.string())),
  /** The whole phone number: asked for with a reason and written to the audit log (domain.md §5.3). */
  revealPhone: procedure('customers.reveal')
    .input(z.object({ customerId: id, reason: line(200).min(2) }))
    .output(z.object({ phone: z.string() })),
}
