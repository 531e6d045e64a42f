import { record } from '../audit/index.ts'
import type { ReadHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { maskPhone } from '../foundation/phone.ts'
import { query, type RoomHandlers, task } from '../handlers.ts'
import type { customersContract } from './contract.ts'
import { type CustomerRecord, findCustomer, listTiers } from './store.ts'

async function requireCustomer(r: ReadHandle, customerId: number): Promise<CustomerRecord> {
  return (await findCustomer(r, customerId)) ?? refuse('customers.unknown_customer')
}

export const customersHandlers: RoomHandlers<typeof customersContract> = {
  open: query(async (r, _call, input) => {
    const customer = await requireCustomer(r, input.customerId)
    return { ...customer, phoneMasked: customer.phone && maskPhone(customer.phone) }
  }),

  tiers: query((r) => listTiers(r)),

  revealPhone: task(async (call, input) => {
    // Only the fact is logged, once per request: the number itself stays out of the command log.
    await call.commit(async (w) => {
      const { id } = await requireCustomer(w, input.customerId)
      const subject = { type: 'customer', id }
      await record(w, call, 'customers.reveal_phone', subject, { reason: input.reason })
      return null
    })
    const { phone } = await call.store.read((r) => requireCustomer(r, input.customerId))
    return { phone }
  }),
}
