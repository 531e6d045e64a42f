import { oc } from '@orpc/contract'
import { z } from 'zod'
import { isBusinessDate } from './business-date.ts'

/** What an operator may be allowed to do; `staff/rules.ts` says which role may. */
export const permissions = [
  'sales.read',
  'sales.import',
  'cards.issue',
  'cards.void',
  'seals.manage',
  'refunds.record',
  'refunds.void',
  'exchanges.record',
  'exchanges.void',
  'vouchers.issue',
  'vouchers.redeem',
  'complaints.record',
  'complaints.guide',
  'cases.assign',
  'cases.hold',
  'lessons.manage',
  'quality.manage',
  'followups.manage',
  'reviews.manage',
  'repairs.record',
  'repairs.reveal',
  'repairs.manage',
  'customers.reveal',
  'customers.edit',
  'customers.manage',
  'reports.read',
  'days.close',
  'days.reopen',
  'reports.manage',
  'papers.print',
  'attachments.add',
  'goods.move',
  'vendors.record',
  'vendors.manage',
  'approvals.request',
  'approvals.decide',
  'approvals.manage',
  'instructions.settle',
  'instructions.manage',
  'policy.change',
  'staff.manage',
  'settings.change',
] as const

export type Permission = (typeof permissions)[number]

/**
 * Who may call a procedure: anybody before sign-in (`open`), anybody signed in even while the desk is locked
 * (`locked`), anybody signed in (`signed_in`), or operators whose role has the permission.
 */
export interface ProcedureMeta {
  access: 'open' | 'locked' | 'signed_in' | Permission
}

/** The one defined error: a refusal whose `reason` is a key of `errors.json` and whose `params` fill its text. */
export const refusalData = z.object({
  reason: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
})

const base = oc
  .$meta<ProcedureMeta>({ access: 'signed_in' })
  .errors({ REFUSED: { status: 409, data: refusalData } })

/** Starts a procedure of a room's contract. */
export function procedure(access: ProcedureMeta['access']) {
  return base.meta({ access })
}

export const id = z.int().positive()
export const version = z.int().positive()
/** Minor units (分) of the store's or the receipt's currency. */
export const money = z.int()
/** Thousandths of the unit of sale: 1 piece = 1000, 0.535 kg = 535. */
export const qtyMilli = z.int()
/** UTC ISO instant. */
export const instant = z.iso.datetime()
export const businessDate = z.string().refine(isBusinessDate, 'not a calendar date')
/** One line a person types; control characters have no place in it. */
export const line = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .regex(/^[^\p{Cc}]*$/u)
/** Text a person types, line breaks included. */
export const text = (max: number) => z.string().trim().max(max)
export const pin = z.string().regex(/^\d{4,12}$/)
export const languages = ['zh-CN', 'en'] as const
export const paperLanguages = ['zh', 'en', 'bilingual'] as const
export const currencyCode = z.string().regex(/^[A-Z]{3}$/)
