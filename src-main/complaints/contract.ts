import { z } from 'zod'
import {
  caseEvent,
  complaintClasses,
  promise,
  retention,
  riskFlags,
  satisfaction,
} from '../cases/contract.ts'
import { tryInput } from '../followups/contract.ts'
import {
  businessDate,
  id,
  instant,
  line,
  money,
  procedure,
  text,
  version,
} from '../foundation/procedure.ts'

const risks = z.array(z.enum(riskFlags)).max(riskFlags.length)

export { complaintClasses }

/** Why a complaint that is not solved yet may cost the store a customer (domain.md §3.6 row 50). */
export const losingSigns = ['says_so', 'reopened', 'repeats', 'overdue', 'serious', 'risk'] as const

/** What is said at the desk: complaints, and what is none (domain.md §3.6 rows 61, 149, 152, 160, 161). */
export const complaintKinds = [
  'complaint',
  'enquiry',
  'opinion',
  'staff_tip',
  'exit_alarm',
  'cashier_error',
] as const
export type ComplaintKind = (typeof complaintKinds)[number]

/** What the customer asks for (domain.md §2.5). */
export const demands = ['refund', 'exchange', 'repair', 'compensation', 'apology', 'other'] as const
/** How it came in: said on the spot, or later and in which way. */
export const modes = ['on_site', 'afterwards', 'phone', 'message', 'letter', 'authority'] as const
export const severities = ['slight', 'ordinary', 'serious'] as const
export const complainants = ['customer', 'staff'] as const

/** What an entry can be asked for beside the words that were said. */
export const entryFields = [
  'class',
  'place',
  'receipt',
  'contact',
  'desired',
  'demand',
  'solution',
] as const
export type EntryField = (typeof entryFields)[number]

/**
 * What each kind asks for: `record` before it is written down, `close` before it is over, `wanted` as long as it is
 * open, without standing in the way. `serious` comes to what a serious one asks for (domain.md §2.5, §3.6 row 78).
 */
export interface KindRule {
  record: readonly EntryField[]
  close: readonly EntryField[]
  wanted: readonly EntryField[]
  serious: { close: readonly EntryField[]; wanted: readonly EntryField[] }
  /** Counts as a complaint: in the day report, and when the desk looks for an earlier one of the same matter. */
  isComplaint: boolean
  complainant: (typeof complainants)[number]
}

const nothingMore = { close: [], wanted: [] } as const

export const kindRules: Record<ComplaintKind, KindRule> = {
  complaint: {
    record: ['class'],
    close: [],
    wanted: [],
    serious: { close: ['desired', 'demand'], wanted: ['contact', 'place'] },
    isComplaint: true,
    complainant: 'customer',
  },
  enquiry: {
    record: [],
    close: ['solution'],
    wanted: [],
    serious: nothingMore,
    isComplaint: false,
    complainant: 'customer',
  },
  opinion: {
    record: [],
    close: [],
    wanted: ['place'],
    serious: nothingMore,
    isComplaint: false,
    complainant: 'customer',
  },
  staff_tip: {
    record: ['place'],
    close: ['solution'],
    wanted: [],
    serious: nothingMore,
    isComplaint: false,
    complainant: 'staff',
  },
  exit_alarm: {
    record: ['place'],
    close: ['solution'],
    wanted: ['receipt', 'contact'],
    serious: { close: ['desired'], wanted: ['contact'] },
    isComplaint: true,
    complainant: 'customer',
  },
  cashier_error: {
    record: [],
    close: ['receipt', 'solution'],
    wanted: ['contact'],
    serious: { close: ['desired', 'demand'], wanted: ['contact'] },
    isComplaint: true,
    complainant: 'customer',
  },
}

/**
 * Bytes of UTF-8 a statement may have: what a customer says is kept byte for byte, and 1 MiB is more than a hundred
 * times the longest complaint seen. Longer ones are refused by name, and go to the case as a file.
 */
export const largestStatement = 1_048_576

/** Letters of a statement that lists, reports and neighbours show; the whole stands on its own page. */
export const excerptLength = 240

/** What the complaint is about, as far as the clerk knows it: ids, or a floor and counter. */
export const complaintContext = z.object({
  receiptId: id.nullable(),
  saleLineId: id.nullable(),
  cardId: id.nullable(),
  customerId: id.nullable(),
  floor: line(40),
  counter: line(60),
})

/** Everything else it is about: more lines of a sale, more cards, repairs. */
const items = z.object({
  lineIds: z.array(id).max(100).default([]),
  cardIds: z.array(id).max(20).default([]),
  repairIds: z.array(id).max(20).default([]),
})

/** What ISO 10002 and the store's form want beside the words (domain.md §2.5). */
const detailFields = {
  /** What the customer wants to reach, in their words. */
  desired: text(4000),
  demand: z.enum(demands).nullable(),
  /** Minor units of the store's currency. */
  demandAmount: money.min(0).nullable(),
  mode: z.enum(modes),
  severity: z.enum(severities),
  complainant: z.enum(complainants),
}

const details = z.object(detailFields)

const contact = z.object({ name: line(40), phone: line(40) })

const complaintRow = z.object({
  id,
  number: z.string(),
  caseId: id,
  kind: z.enum(complaintKinds),
  class: z.enum(complaintClasses),
  severity: z.enum(severities),
  /** In a list no more than an excerpt. */
  text: z.string(),
  businessDate,
  recordedAt: instant,
  floor: z.string(),
  counter: z.string(),
  open: z.boolean(),
  solvedOnSpot: z.boolean(),
  ownerName: z.string(),
  /** False where the owner does not work here any more. */
  ownerActive: z.boolean(),
  /** Times it came up again after it had been solved. */
  reopened: z.int(),
  /** The complaint it repeats. */
  firstNumber: z.string().nullable(),
  nextPromiseDueAt: instant.nullable(),
  overdue: z.boolean(),
  /** Who stands behind it beside the customer. */
  risks,
  /** Why it may cost the store a customer; empty where nothing says so, or where it is solved. */
  losing: z.array(z.enum(losingSigns)),
})

export const complaintEntry = z.object({
  kind: z.enum(complaintKinds).default('complaint'),
  /** Null where the kind does not ask for it. */
  class: z.enum(complaintClasses).nullable().default(null),
  /** Word for word: nothing is cut off or changed. What cannot be taken is refused by name. */
  text: z.string(),
  context: complaintContext,
  items: items.default({ lineIds: [], cardIds: [], repairIds: [] }),
  contact,
  details: details.partial().default({}),
  risks: risks.default([]),
  /** The case it belongs to: one visit can bring a complaint and a return. */
  caseId: id.nullable().default(null),
  outcome: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('solved'),
      solution: text(4000).default(''),
      satisfied: z.boolean().nullable(),
    }),
    z.object({
      kind: z.literal('open'),
      ownerId: id,
      promise: z.object({ text: line(200).min(1), dueAt: instant }),
    }),
  ]),
})

/** Why one complaint counts as another one's repetition, the strongest first. */
export const recomplaintBases = ['item', 'customer', 'cause', 'by_hand'] as const

/** What a guide is for: a class of complaint, or a kind of entry. */
export const guideSubjects = [
  ...complaintClasses,
  'enquiry',
  'opinion',
  'staff_tip',
  'exit_alarm',
  'cashier_error',
] as const
export type GuideSubject = (typeof guideSubjects)[number]

const guideText = z.object({
  /** What to do to calm somebody down and find out, one line each. */
  steps: z.array(line(300).min(1)).min(1).max(12),
  /** Sentences to say. `{{time}}` stands for the time that is promised. */
  scripts: z.array(line(400).min(1)).max(12),
})

/** Steps and sentences in every language of the desk. */
export const guideBody = z.object({ 'zh-CN': guideText, en: guideText })

const neighbour = z.object({
  complaintId: id,
  number: z.string(),
  text: z.string(),
  open: z.boolean(),
  basis: z.enum(recomplaintBases),
  /** Days from the one before to this one. */
  days: z.int(),
})

const item = z.object({
  type: z.enum(['sale_line', 'card', 'repair']),
  id,
  /** Goods of a line, number of a card or repair. */
  label: z.string(),
  note: z.string(),
  receiptId: id.nullable(),
})

const round = z.object({
  no: z.int(),
  openedAt: instant,
  openedBy: z.string(),
  reason: z.string(),
  solvedAt: instant.nullable(),
  solution: z.string(),
  satisfied: z.boolean().nullable(),
  /** Null where it is not solved. */
  satisfaction: satisfaction.nullable(),
  /** Null where nobody noted it. */
  retention: retention.nullable(),
})

export const takeUpInput = tryInput.extend({
  takeUp: z.enum(['reopen', 'new']),
  /** What is promised about a new one. */
  promise: line(200).min(1),
})

/** Which complaints a list shows. */
const listFilter = z.object({
  /** Those open, those done, both, or those of a business day. */
  state: z.enum(['open', 'solved', 'all', 'day']),
  businessDate: businessDate.optional(),
  kind: z.enum(complaintKinds).optional(),
  /** A floor by its name; empty for those that name none. */
  floor: line(40).optional(),
  ownerId: id.optional(),
  /** Recorded so many days ago or before. */
  minDays: z.int().min(0).max(36_600).optional(),
})

const complaintSettings = z.object({
  /** How long after one complaint another of the same matter is its repetition; 0 links none by itself. */
  recomplaintDays: z.int().min(0).max(366),
  byCustomer: z.boolean(),
  byItem: z.boolean(),
  byCause: z.boolean(),
})

export const complaintsContract = {
  record: procedure('complaints.record')
    .input(complaintEntry)
    .output(
      z.object({
        id,
        number: z.string(),
        caseId: id,
        /** The complaint it repeats, as the desk sees it. */
        repeats: neighbour.nullable(),
      }),
    ),
  open: procedure('sales.read')
    .input(z.object({ complaintId: id }))
    .output(
      complaintRow.extend({
        ...detailFields,
        desired: z.string(),
        currency: z.string().nullable(),
        solution: z.string(),
        satisfied: z.boolean().nullable(),
        recordedBy: z.string(),
        ownerId: id,
        contact: z.object({ name: z.string(), phoneMasked: z.string() }),
        receipt: z.object({ id, receiptNo: z.string(), businessDate }).nullable(),
        customerId: id.nullable(),
        goods: z.string(),
        items: z.array(item),
        rounds: z.array(round),
        /** The one it repeats, and those that repeat it. */
        first: neighbour.nullable(),
        repeats: z.array(neighbour),
        /** What is not known yet: `must` stands in the way of closing it. */
        missing: z.array(z.object({ field: z.enum(entryFields), must: z.boolean() })),
        promises: z.array(promise),
        events: z.array(caseEvent),
        closedAt: instant.nullable(),
        version,
      }),
    ),
  /**
   * Open ones by what was promised next, then by age; all others the newest first: a page at a time, from after the
   * row given.
   */
  list: procedure('sales.read')
    .input(
      listFilter.extend({
        after: z.object({ id, nextPromiseDueAt: instant.nullable() }).optional(),
        limit: z.int().min(1).max(200).default(200),
      }),
    )
    .output(z.array(complaintRow)),
  count: procedure('sales.read')
    .input(listFilter)
    .output(z.object({ count: z.int() })),
  /** Every floor a complaint ever named, and who has cases: what a list can be narrowed to. */
  places: procedure('sales.read').output(z.object({ floors: z.array(z.string()) })),
  /**
   * Closes an open complaint; its open promises count as kept when due later than now, broken otherwise. Where points
   * were given they say whether the customer is content (four and five are); `satisfied` alone is an answer without
   * points.
   */
  solve: procedure('complaints.record')
    .input(
      z.object({
        complaintId: id,
        solution: text(4000).min(1),
        satisfied: z.boolean().nullable().default(null),
        satisfaction: satisfaction.optional(),
        retention: retention.optional(),
        version,
      }),
    )
    .output(z.object({ version })),
  /** Takes a solved complaint up again, under its number and with a reason. */
  reopen: procedure('complaints.record')
    .input(z.object({ complaintId: id, reason: line(200).min(2), version }))
    .output(z.object({ version })),
  /** What a customer who was called says: the complaint is open again, or there is another one of the same case. */
  takeUpAgain: procedure('complaints.record')
    .input(takeUpInput)
    .output(z.object({ complaintId: id })),
  /** Fills in what was not asked at once; the words that were said stay as they are. */
  change: procedure('complaints.record')
    .input(
      z.object({
        complaintId: id,
        class: z.enum(complaintClasses).optional(),
        details: details.partial().default({}),
        floor: line(40).optional(),
        counter: line(60).optional(),
        /** Left out where it stays as it is: the screens show numbers masked. */
        contact: contact.optional(),
        receiptId: id.optional(),
        items: items.optional(),
        version,
      }),
    )
    .output(z.object({ version })),
  /** Says by hand which earlier complaint this one repeats. */
  linkFirst: procedure('complaints.record')
    .input(z.object({ complaintId: id, firstNumber: line(40).min(1), version }))
    .output(z.object({ version })),
  /** Takes a link to an earlier complaint off, with a reason; that there was one stays in the history. */
  dropLink: procedure('complaints.record')
    .input(z.object({ complaintId: id, reason: line(200).min(2), version }))
    .output(z.object({ version })),
  /** Calm-down steps and scripts of every class and kind, as they hold now. */
  guides: procedure('signed_in').output(
    z.array(
      z.object({
        subject: z.enum(guideSubjects),
        body: guideBody,
        /** 0 for the one that came with the program. */
        version: z.int().min(0),
        writtenAt: instant.nullable(),
        writtenBy: z.string().nullable(),
      }),
    ),
  ),
  /** Every version of a guide, the newest first. */
  guideVersions: procedure('signed_in')
    .input(z.object({ subject: z.enum(guideSubjects) }))
    .output(
      z.array(
        z.object({
          version: z.int().min(0),
          body: guideBody,
          note: z.string(),
          writtenAt: instant.nullable(),
          writtenBy: z.string().nullable(),
        }),
      ),
    ),
  writeGuide: procedure('complaints.guide')
    .input(
      z.object({
        subject: z.enum(guideSubjects),
        body: guideBody,
        note: line(200).min(2),
        /** The one it was written from: what somebody else wrote meanwhile is not covered up. */
        version: z.int().min(0),
      }),
    )
    .output(z.object({ version: z.int() })),
  settings: procedure('signed_in').output(complaintSettings.extend({ version })),
  changeSettings: procedure('settings.change')
    .input(complaintSettings.extend({ version }))
    .output(z.object({ version })),
  /** Says anew who stands behind an open complaint; what was raised or cleared stays in its history. */
  setRisks: procedure('complaints.record')
    .input(z.object({ complaintId: id, risks, note: line(200).default(''), version }))
    .output(z.object({ version })),
  /** Gives the customer of an open complaint a new promise; who keeps it need not own the case. */
  promise: procedure('complaints.record')
    .input(
      z.object({
        complaintId: id,
        ownerId: id,
        text: line(200).min(1),
        dueAt: instant,
        version,
      }),
    )
    .output(z.object({ version })),
  /** The whole phone number left with a complaint, to call back: audited with its reason (domain.md §5.3). */
  revealPhone: procedure('customers.reveal')
    .input(z.object({ complaintId: id, reason: line(200).min(2) }))
    .output(z.object({ phone: z.string() })),
}
