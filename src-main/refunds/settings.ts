import { record } from '../audit/index.ts'
import type { ReadHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { command, query, type RoomHandlers } from '../handlers.ts'
import type { refundsContract } from './contract.ts'
import type { GradeTable } from './deductions.ts'
import { findRefundSettings, writeRefundSettings } from './money-store.ts'
import type { CashRounding } from './rounding.ts'
import { type TenderPolicy, usualTenderPolicy } from './tenders.ts'

/** The store's rules for refund money; the usual ones until somebody changes them. */
export interface RefundSettings {
  policy: TenderPolicy
  rounding: CashRounding
  grades: GradeTable
  version: number
}

export async function readRefundSettings(r: ReadHandle): Promise<RefundSettings> {
  const row = await findRefundSettings(r)
  if (!row) {
    return {
      policy: usualTenderPolicy,
      rounding: { step: 'none', mode: 'half_up' },
      grades: {},
      version: 1,
    }
  }
  return {
    policy: {
      originalOnly: row.original_only === 1,
      ways: JSON.parse(row.ways) as TenderPolicy['ways'],
    },
    rounding: { step: row.rounding_step, mode: row.rounding_mode },
    grades: JSON.parse(row.grades) as GradeTable,
    version: row.version,
  }
}

export const settingsHandlers: Pick<
  RoomHandlers<typeof refundsContract>,
  'settings' | 'changeSettings'
> = {
  settings: query(async (r) => {
    const { policy, rounding, grades, version } = await readRefundSettings(r)
    return {
      originalOnly: policy.originalOnly,
      ways: [...policy.ways],
      roundingStep: rounding.step,
      roundingMode: rounding.mode,
      grades,
      version,
    }
  }),

  changeSettings: command(['refunds'], async (w, call, input) => {
    const { version, ...settings } = input
    refuseOddWays(settings.ways)
    const before = await readRefundSettings(w)
    if (!(await writeRefundSettings(w, version, settings))) refuse('desk.changed_meanwhile')
    const subject = { type: 'refund_settings', id: call.profile.name }
    await record(w, call, 'refunds.change_settings', subject, { before, after: settings })
    return { version: version + 1 }
  }),
}

/** A way from a tender to itself, or the same way twice with two answers. */
function refuseOddWays(ways: TenderPolicy['ways']): void {
  const names = ways.map(({ from, to }) => `${from} ${to}`)
  const odd = ways.some(({ from, to }) => from === to) || new Set(names).size < names.length
  if (odd) refuse('refunds.ways_contradict')
}
