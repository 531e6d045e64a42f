import { record } from '../audit/index.ts'
import type { ReadHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { command, query, type RoomHandlers } from '../handlers.ts'
import type { exchangesContract } from './contract.ts'
import { type ExchangeSettings, findExchangeSettings, writeExchangeSettings } from './store.ts'

/** The store's rules for exchanges; the usual ones until somebody changes them. */
export async function readExchangeSettings(r: ReadHandle): Promise<ExchangeSettings> {
  const usual = { discountPolicy: 'none', goodsPolicy: 'any', orderDays: 7, version: 1 } as const
  return (await findExchangeSettings(r)) ?? usual
}

export const settingsHandlers: Pick<
  RoomHandlers<typeof exchangesContract>,
  'settings' | 'changeSettings'
> = {
  settings: query((r) => readExchangeSettings(r)),

  changeSettings: command(['exchanges'], async (w, call, input) => {
    const before = await readExchangeSettings(w)
    if (!(await writeExchangeSettings(w, input))) refuse('desk.changed_meanwhile')
    const subject = { type: 'exchange_settings', id: call.profile.name }
    await record(w, call, 'exchanges.change_settings', subject, { before, after: input })
    return { version: input.version + 1 }
  }),
}
