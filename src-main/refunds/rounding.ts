import { minorDigits, type MinorUnits, sumMoney } from '../foundation/money.ts'
import type { roundingModes, roundingSteps } from './contract.ts'

/** To which coin the till rounds cash (抹零), and which way: a setting of the store. */
export interface CashRounding {
  step: (typeof roundingSteps)[number]
  mode: (typeof roundingModes)[number]
}

/** The step in minor units of a currency; 1, which rounds nothing, where the currency has no such coin. */
export function roundingUnit(step: CashRounding['step'], currency: string): MinorUnits {
  const digits = minorDigits(currency)
  if (step === 'none' || digits === 0) return 1
  return step === 'yuan' ? 10 ** digits : 10 ** (digits - 1)
}

/** A row of what is paid out. */
interface PaidOut {
  kind: string
  amount: MinorUnits
  rounding: MinorUnits
}

export interface CashFacts {
  unit: MinorUnits
  mode: CashRounding['mode']
  /** What rounding gave (positive) or kept (negative) in earlier refunds of the sale that stand. */
  carried: MinorUnits
  /** This refund takes the rest of what was paid in cash: it is paid exactly. */
  takesRest: boolean
  /** Most that may be paid out in cash: what is left of the cash the sale took, and expenses. */
  most: MinorUnits
}

/**
 * Rounds the cash part of a refund and nothing else, as its own figure (domain.md §5.4, §4.2 I47). What earlier
 * roundings kept or gave is settled with the next one, so that the difference never grows to a whole step; the refund
 * that takes the rest pays it exactly, so that all refunds of a sale come to what was paid.
 */
export function roundCash<Row extends PaidOut>(rows: readonly Row[], facts: CashFacts): Row[] {
  const cash = sumMoney(rows.filter((row) => row.kind === 'cash').map((row) => row.amount))
  if (cash === 0) return [...rows]
  const owed = Math.max(cash - facts.carried, 0)
  const payable = facts.takesRest ? owed : roundTo(owed, facts.unit, facts.mode)
  return spread(rows, Math.min(payable, Math.max(facts.most, owed)) - cash)
}

/** The nearest step, or the one below, of an amount that is not negative. */
export function roundTo(
  amount: MinorUnits,
  unit: MinorUnits,
  mode: CashRounding['mode'],
): MinorUnits {
  const rest = amount % unit
  const up = mode === 'half_up' && rest > 0 && rest * 2 >= unit
  return amount - rest + (up ? unit : 0)
}

/** Puts the difference on the cash rows, none below zero. */
function spread<Row extends PaidOut>(rows: readonly Row[], difference: MinorUnits): Row[] {
  let left = difference
  return rows.map((row) => {
    if (row.kind !== 'cash' || left === 0) return row
    const part = Math.max(left, -row.amount)
    left -= part
    return { ...row, amount: row.amount + part, rounding: part }
  })
}
