import { z } from 'zod'
import { approverRoles } from '../approvals/contract.ts'
import {
  businessDate,
  id,
  instant,
  line,
  money,
  procedure,
  qtyMilli,
  version,
} from '../foundation/procedure.ts'

/** Where goods that came back can go (domain.md §3.1 row 13). */
export const destinations = ['floor', 'quarantine', 'vendor_return', 'repair', 'scrap'] as const
export type Destination = (typeof destinations)[number]

export const unitConditions = ['sealed', 'opened', 'used', 'faulty', 'damaged'] as const

/** Where a unit is. */
export const unitStates = [
  'at_desk',
  'in_quarantine',
  'for_vendor',
  'in_repair',
  'on_floor',
  'with_vendor',
  'scrapped',
  'with_customer',
  /** The refund or exchange is void, and the repair it came from goes on. */
  'back_in_repair',
] as const
export type UnitState = (typeof unitStates)[number]

export const unitActions = [
  'receive',
  'redirect',
  'to_floor',
  'to_quarantine',
  'to_vendor',
  'to_repair',
  'to_scrap',
  'vendor_took',
  'vendor_sent_back',
  'give_back',
  'back_to_repair',
] as const
export type UnitAction = (typeof unitActions)[number]

/** What goods came back by: what is in repair is the customer's own, and its repair has it (docs/goods.md). */
export const goodsSources = ['refund', 'exchange'] as const
export const goodsSource = z.object({ type: z.enum(goodsSources), id, number: z.string() })
export type GoodsSource = z.output<typeof goodsSource>

export const listViews = ['at_desk', 'in_quarantine', 'for_vendor', 'in_repair', 'gone'] as const

export const goodsUnit = z.object({
  id,
  /** Printed on its label: the paper it came back by, a dot and its place there. */
  tag: z.string(),
  saleLineId: id,
  unitNo: z.int(),
  name: z.string(),
  serialNo: z.string(),
  qtyMilli,
  unit: z.string(),
  condition: z.enum(unitConditions),
  floor: z.string(),
  counter: z.string(),
  vendor: z.string(),
  /** What was paid for it. */
  value: money,
  currency: z.string(),
  source: goodsSource,
  caseId: id.nullable(),
  state: z.enum(unitStates),
  /** Where it should go; once it is there, where it went. */
  destination: z.enum(destinations),
  /** Why it was proposed, in both languages. */
  why: z.object({ zh: z.string(), en: z.string() }),
  receivedOn: businessDate,
  receivedAt: instant,
  receivedBy: z.string(),
  movedAt: instant,
  /** Days since it came back. */
  age: z.int(),
  /** Where it may not go, with the reason. */
  never: z.array(z.object({ destination: z.enum(destinations), zh: z.string(), en: z.string() })),
  version,
})

const reason = line(200)

export const goodsContract = {
  /** Goods in one place, the oldest first; `gone` the latest first. */
  list: procedure('sales.read')
    .input(z.object({ view: z.enum(listViews), text: line(80).default('') }))
    .output(z.array(goodsUnit)),
  counts: procedure('sales.read').output(
    z.object({
      atDesk: z.int(),
      inQuarantine: z.int(),
      forVendor: z.int(),
      inRepair: z.int(),
      /** Days the oldest unit waits in quarantine. */
      oldestQuarantine: z.int(),
    }),
  ),
  open: procedure('sales.read')
    .input(z.object({ unitId: id }))
    .output(
      goodsUnit.extend({
        log: z.array(
          z.object({
            id,
            at: instant,
            actor: z.string(),
            action: z.enum(unitActions),
            from: z.enum(unitStates).nullable(),
            to: z.enum(unitStates),
            destination: z.enum(destinations),
            reason: z.string(),
            place: z.string(),
            approvedBy: z.string().nullable(),
          }),
        ),
        prints: z.int(),
      }),
    ),
  /** By the text of a label. */
  byTag: procedure('sales.read')
    .input(z.object({ tag: line(60) }))
    .output(z.object({ unitId: id }).nullable()),
  /** Everything that came back by one paper. */
  ofSource: procedure('sales.read')
    .input(z.object({ type: z.enum(goodsSources), id }))
    .output(z.array(goodsUnit)),
  /** Says another destination for goods that still lie at the desk; its label is printed anew. */
  redirect: procedure('goods.move')
    .input(z.object({ unitId: id, to: z.enum(destinations), reason: reason.min(2), version }))
    .output(z.object({ version })),
  /** What scrapping it takes: whether this operator may, and what to ask an approval for. */
  scrapQuestion: procedure('goods.move')
    .input(z.object({ unitId: id }))
    .output(
      z.object({
        kinds: z.array(z.enum(['normal'])),
        amount: money,
        currency: z.string(),
        atLeast: z.null(),
        /** Who has to sign; null where this operator may alone. */
        needed: z.enum(approverRoles).nullable(),
        subject: z.object({ type: z.string(), id: z.string(), hash: z.string() }),
        summary: z.string(),
      }),
    ),
  /**
   * Notes that goods are where they go now. Anywhere but where they were sent takes a reason, scrap of more than the
   * operator may decide an approval, and what may never be sold again never goes to the floor.
   */
  move: procedure('goods.move')
    .input(
      z.object({
        unitId: id,
        to: z.enum(destinations),
        reason: reason.default(''),
        /** Shelf, or who took it. */
        place: line(80).default(''),
        version,
        approvalId: id.nullable().default(null),
      }),
    )
    .output(z.object({ version })),
  /** The vendor took them, or sent them back. */
  vendor: procedure('goods.move')
    .input(
      z.object({
        unitId: id,
        took: z.boolean(),
        /** Who took or brought them. */
        place: line(80).min(1),
        reason: reason.default(''),
        version,
      }),
    )
    .output(z.object({ version })),
}
