import type { InferClientInputs, InferClientOutputs } from '@orpc/client'

import { refundReasons } from '../../src-main/refunds/contract.ts'
import type { conditions, freightLiables, giftRules } from '../../src-main/refunds/contract.ts'
import type { desk } from '../app/client.ts'
import { answerOf } from './rights.ts'
import type { Answers } from './rights.ts'
import { type HolderValues, holderOf, isHalfNamed, noHolder } from './holder-fields.tsx'

/** What forms that take goods back have in common: the refund's and the exchange's. */

export type Sale = InferClientOutputs<typeof desk>['sales']['open']
export type SaleLine = Sale['lines'][number]
type Quote = InferClientOutputs<typeof desk>['refunds']['preview']
type Ask = InferClientInputs<typeof desk>['refunds']['preview']
export type ReturnFigure = Quote['strip'][number]
export type TenderKind = Quote['tenders'][number]['kind']
export type FreightLiable = (typeof freightLiables)[number]
export type GiftRule = (typeof giftRules)[number]
export type Reason = (typeof refundReasons)[number]
export type Condition = (typeof conditions)[number]

/** What the desk knows of the sale while it reckons: how it is paid back, its gifts, charges and stored value. */
export type ReturnQuote = Pick<
  Quote,
  | 'currency'
  | 'tenders'
  | 'managerAmount'
  | 'gifts'
  | 'charges'
  | 'storedValue'
  | 'usualLiable'
  | 'tillReturns'
>

/** Digits of the reasons: in their order from 1, the last one, "other", on 9 (screens.md). */
export const reasonKeys: readonly { key: string; value: Reason }[] = refundReasons.map(
  (value, index) => ({ key: value === 'other' ? '9' : String(index + 1), value }),
)

/** A reason as another screen names it; null where the refund has no such reason. */
export function reasonOf(text: string | null): Reason | null {
  return refundReasons.find((reason) => reason === text) ?? null
}

/** What can come to a refund beside the goods; everything starts empty and costs no key while it is not needed. */
export interface ReturnExtras {
  freight: {
    amount: number | null
    paidBy: 'store' | 'customer'
    /** Null: as the reason usually has it. */
    liable: FreightLiable | null
    /** Where it is shared: percent the customer bears. */
    sharedPercent: number
    carrier: string
    waybill: string
  }
  testFee: {
    amount: number | null
    paidBy: 'store' | 'customer'
    bearer: 'store' | 'customer' | 'shared'
  }
  /** Null: as the reason usually has it. */
  giftRule: GiftRule | null
  /** Vouchers and points the goods earned, together. */
  earned: number | null
  /** Charges of the sale (delivery) to be given back. */
  charges: Record<string, boolean>
  /** Of stored-value payments: how much was the store's gift. */
  giftParts: Record<string, number | null>
}

export const noExtras: ReturnExtras = {
  freight: {
    amount: null,
    paidBy: 'customer',
    liable: null,
    sharedPercent: 50,
    carrier: '',
    waybill: '',
  },
  testFee: { amount: null, paidBy: 'store', bearer: 'store' },
  giftRule: null,
  earned: null,
  charges: {},
  giftParts: {},
}

/** What the clerk chooses of goods that come back; kept as a draft. */
export interface ReturnValues {
  /** Lines the sale screen had chosen when the form was opened; another choice starts the units anew. */
  askedLines: string
  units: Record<string, number>
  /** What the clerk has said of a line's goods; where nothing was said the reason decides. */
  condition: Record<string, Condition>
  packaging: Record<string, boolean>
  reason: Reason | null
  /** What the rights screen had been told when the form was opened; absent in drafts written before it was kept. */
  told?: string
  note: string
  extras: ReturnExtras
  /** Another way back than the original tender, by the tender's id, and what the form gives as the reason. */
  otherWays: Record<string, TenderKind>
  otherReason: string
  /** Whose voucher it is, where part of it becomes one; absent in drafts written before there were any. */
  voucherHolder?: HolderValues
}

/** Part of the form that changes, worked out from how it stands where it builds on that. */
export type ReturnChange = Partial<ReturnValues> | ((now: ReturnValues) => Partial<ReturnValues>)

/** Units of a line that can still come back. */
export function unitsLeft(line: SaleLine): number {
  return line.kind === 'goods' ? Math.max(0, line.units - line.returned.length) : 0
}

/**
 * One unit of each line asked for, or of the only line there is, gifts beside it not counted: more is one key away,
 * too much is a mistake.
 */
export function startUnits(sale: Sale, lineIds: readonly number[]): Record<string, number> {
  const free = sale.lines.filter((line) => unitsLeft(line) > 0)
  const asked = free.filter((line) => lineIds.includes(line.id))
  const bought = free.filter((line) => line.paidAmount > 0)
  const only = [bought, free].find((lines) => lines.length === 1) ?? []
  const first = asked.length > 0 ? asked : only
  return Object.fromEntries(first.map((line) => [line.id, 1]))
}

/** What the rights screen was told of the goods, which the form need not ask again. */
export interface Told {
  reason: Reason | null
  condition: Record<string, Condition>
  packaging: Record<string, boolean>
}

/** Of an opened form: its reason, and how the goods are, as the digits on the rights screen said. */
export function toldOf(sale: Sale, answers: Answers, reason: Reason | null): Told {
  const told: Told = { reason, condition: {}, packaging: {} }
  for (const { id } of sale.lines) {
    const { condition, complete } = answerOf(answers, id)
    if (condition) told.condition[id] = condition
    if (complete !== undefined) told.packaging[id] = complete
  }
  return told
}

/**
 * A draft taken up again: what the rights screen has been told since it was written counts, everything else stands as
 * the clerk left it.
 */
export function followTold<Values extends ReturnValues>(now: Values, told: Told): Values {
  const key = JSON.stringify(told)
  if (now.told === key) return now
  return {
    ...now,
    told: key,
    reason: told.reason ?? now.reason,
    condition: { ...now.condition, ...told.condition },
    packaging: { ...now.packaging, ...told.packaging },
  }
}

const usualCondition: Record<Reason, Condition> = {
  quality: 'faulty',
  size: 'opened',
  preference: 'opened',
  wrong_item: 'sealed',
  damaged: 'damaged',
  price: 'opened',
  other: 'opened',
}

/** The condition a line is taken back in: what the clerk said, else what the reason makes likely. */
export function conditionOf(values: ReturnValues, lineId: number): Condition {
  return values.condition[lineId] ?? (values.reason ? usualCondition[values.reason] : 'opened')
}

export function packagingOf(values: ReturnValues, lineId: number): boolean {
  return values.packaging[lineId] ?? true
}

/** Chosen lines with their units, never more than are left. */
export function chosenLines(
  sale: Sale,
  values: ReturnValues,
): { saleLineId: number; units: number }[] {
  return sale.lines.flatMap((line) => {
    const units = Math.min(values.units[line.id] ?? 0, unitsLeft(line))
    return units > 0 ? [{ saleLineId: line.id, units }] : []
  })
}

/** A tender's key in the form; the part of a sale no tender covers has no id. */
export function tenderKey(tenderId: number | null): string {
  return tenderId === null ? 'uncovered' : String(tenderId)
}

/** Shows the figures of another way while its reason is still being written; nothing is recorded with it. */
const pendingReason = '…'

/**
 * What comes to the goods: freight, tests, gifts, charges and other ways back. Empty amounts are left out, so that a
 * half-filled form shows the figures of what is there. `earnedName` is what the strip and the slip call vouchers and
 * points the goods earned.
 */
export function askOfExtras(
  sale: Sale,
  values: ReturnValues,
  earnedName: string,
): Pick<Ask, 'charges' | 'gifts' | 'freight' | 'testFee' | 'otherTenders' | 'giftParts'> {
  const { freight, testFee, giftRule, earned, charges, giftParts } = values.extras
  return {
    charges: sale.lines
      .filter((line) => charges[line.id])
      .map((line) => ({ saleLineId: line.id, amount: null })),
    gifts: {
      rule: giftRule,
      earned: earned
        ? [{ kind: 'voucher' as const, name: earnedName, value: earned, cameBack: false }]
        : [],
    },
    freight: freight.amount
      ? {
          amount: freight.amount,
          paidBy: freight.paidBy,
          liable: freight.liable,
          sharedPpm: freight.sharedPercent * 10_000,
          carrier: freight.carrier,
          waybill: freight.waybill,
        }
      : null,
    testFee: testFee.amount ? { ...testFee, amount: testFee.amount } : null,
    otherTenders: sale.tenders
      .map((tender) => ({ tenderId: tender.id as number | null }))
      .concat({ tenderId: null })
      .flatMap(({ tenderId }) => {
        const to = values.otherWays[tenderKey(tenderId)]
        return to ? [{ tenderId, to, reason: values.otherReason.trim() || pendingReason }] : []
      }),
    giftParts: Object.entries(giftParts).flatMap(([tenderId, amount]) =>
      amount === null ? [] : [{ tenderId: Number(tenderId), amount }],
    ),
  }
}

/** Whose voucher part of the money becomes: left out where the desk is to take the sale's customer. */
export function askOfHolder({
  voucherHolder = noHolder,
}: ReturnValues): Pick<Ask, 'voucherHolder'> {
  const holder = isHalfNamed(voucherHolder) ? null : holderOf(voucherHolder)
  return holder ? { voucherHolder: holder } : {}
}

/** Somebody began to say whose voucher it is and has not finished. */
export function lacksHolder({ otherWays, voucherHolder = noHolder }: ReturnValues): boolean {
  return Object.values(otherWays).includes('voucher') && isHalfNamed(voucherHolder)
}
