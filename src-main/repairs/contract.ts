import { z } from 'zod'
import { caseEvent, promise } from '../cases/contract.ts'
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
import { type Bilingual, bilingual } from '../policy/rule.ts'

/** Where the goods are. */
export const receptions = [
  /** Announced: the customer brings them, or they are picked up. */
  'expected',
  'received',
  'with_repairer',
  /** At the desk again, not looked over yet. */
  'back',
  /** Waits for the customer. */
  'ready',
  'handed_back',
  /** The store keeps them: the customer has other goods or the money. */
  'kept',
  'cancelled',
] as const
export type Reception = (typeof receptions)[number]

/** Whether the store owes the work, and else whether the customer agreed to pay for it. */
export const acceptances = ['undecided', 'free', 'paid', 'paid_consented', 'declined'] as const
export type Acceptance = (typeof acceptances)[number]

/** Why a repair is free or paid. */
export const bases = ['rights', 'repair_warranty', 'bought_elsewhere'] as const
export type Basis = (typeof bases)[number]

export const outcomes = [
  'repaired',
  // given back as they were
  'unrepairable',
  'no_fault',
  'declined',
  'withdrawn',
  // kept by the store
  'replaced',
  'refunded',
] as const
export type Outcome = (typeof outcomes)[number]

/** Why goods go back as they are. */
export const giveUpReasons = ['unrepairable', 'no_fault', 'declined', 'withdrawn'] as const

/** Common faults, for one key and for counting; what the customer says stands beside it. */
export const faultCodes = [
  'no_power',
  'display',
  'battery',
  'sound',
  'connection',
  'heat',
  'noise',
  'leak',
  'cooling',
  'software',
  'sole',
  'seam',
  'zip',
  'colour',
  'breakage',
  'other',
] as const

export const holderKinds = ['desk', 'vendor', 'maker', 'repairer', 'workshop', 'customer'] as const
/** To whom goods can be sent. */
export const senderTargets = ['vendor', 'maker', 'repairer', 'workshop'] as const

export const consentWays = ['signed', 'phone', 'message'] as const
export const feeKinds = ['material', 'labour', 'transport', 'inspection', 'other'] as const
export const delays = ['repairer', 'other'] as const
export const takers = ['self', 'family', 'agent'] as const
export const remindWays = ['phone', 'message', 'letter'] as const

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** What is brought: a sold unit, goods whose purchase is proven otherwise, or goods from elsewhere. */
export const repairSubject = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('sold'),
    saleLineId: id,
    unitNo: z.int().min(1),
    /** The card it was opened from, where there is one. */
    cardId: id.nullable().default(null),
  }),
  z.strictObject({ kind: z.literal('proven'), proofSetId: id }),
  z.strictObject({ kind: z.literal('elsewhere') }),
])

/** Goods about which somebody asks whether their repair is free: an item of a ticket, or what is just being brought. */
export const askedGoods = z.union([
  z.strictObject({ itemId: id }),
  z.strictObject({
    subject: repairSubject,
    serialNo: line(80).default(''),
    formerItemId: id.nullable().default(null),
  }),
])
export type AskedGoods = z.output<typeof askedGoods>

const quoteAsk = z.strictObject({
  estimate: money.positive(),
  /** What it may cost at most without asking again; not below the estimate. */
  limit: money.positive(),
  note: text(500).default(''),
})

const consentAsk = z.strictObject({
  how: z.enum(consentWays),
  /** Who agreed, by name. */
  by: line(40).min(1),
  signature: sha256.nullable().default(null),
})

const accessoryAsk = z.strictObject({ name: line(60).min(1), note: line(200).default('') })

export const intakeItem = z.strictObject({
  subject: repairSubject,
  /** As the sale or the catalogue has it where left empty; needed for goods from elsewhere. */
  name: line(200).default(''),
  brand: line(60).default(''),
  model: line(60).default(''),
  serialNo: line(80).default(''),
  /** What is wrong, in the customer's words. */
  fault: text(2000).min(1),
  faultCode: z.enum(faultCodes).nullable().default(null),
  /** Code of the main part that failed, `unit` for the whole; null while nobody knows. */
  part: line(60).nullable().default(null),
  /** What it looks like: scratches, dents, wear. */
  appearance: text(1000).default(''),
  /** What is left with it; each gets a label of its own. */
  accessories: z.array(accessoryAsk).max(20).default([]),
  /** Photos kept before, by hash. */
  photos: z.array(sha256).max(12).default([]),
  /** Password, data on it: kept apart, shown on purpose only, erased at hand-back. */
  privateNote: text(500).default(''),
  /** The frozen decision that says free or paid; null while the goods have yet to be tested. */
  rightsId: id.nullable().default(null),
  /** The repair it comes back from, where that is not found by itself (goods from elsewhere). */
  formerItemId: id.nullable().default(null),
  quote: quoteAsk.nullable().default(null),
  consent: consentAsk.nullable().default(null),
})

const promiseAsk = z.strictObject({
  ownerId: id,
  text: line(200).min(1),
  dueAt: instant,
})

export const intake = z.strictObject({
  items: z.array(intakeItem).min(1).max(20),
  contact: z.strictObject({ name: line(40).default(''), phone: line(40).default('') }),
  /** False: announced only, the goods come later. */
  received: z.boolean().default(true),
  promise: promiseAsk,
  loan: z
    .strictObject({ loanUnitId: id, condition: line(200).default('') })
    .nullable()
    .default(null),
  note: text(1000).default(''),
  /** The customer's signature under the intake, by hash. */
  signature: sha256.nullable().default(null),
  /** The case it belongs to: one visit can bring a complaint and a repair. */
  caseId: id.nullable().default(null),
})

/** An item and the version it was seen in. */
const seenItem = { itemId: id, version }
const stepped = z.object({ version })

export const workAsk = z.strictObject({
  ...seenItem,
  /** What was really wrong, and what was done. */
  actualFault: text(1000).min(1),
  work: text(2000).min(1),
  doneBy: line(60).default(''),
  parts: z
    .array(
      z.strictObject({
        name: line(100).min(1),
        partNo: line(60).default(''),
        serialNo: line(80).default(''),
      }),
    )
    .max(50)
    .default([]),
  /** Minutes worked, and the fee of an hour. */
  minutes: z.int().min(0).max(60_000).default(0),
  hourFee: money.nonnegative().default(0),
  fees: z
    .array(
      z.strictObject({
        kind: z.enum(feeKinds),
        text: line(100).default(''),
        amount: money.nonnegative(),
      }),
    )
    .max(50)
    .default([]),
  /** Days the repair is good for; not fewer than the rules and the store say. */
  warrantyDays: z.int().min(0).max(3_650).nullable().default(null),
})

const former = z.object({
  itemId: id,
  repairId: id,
  number: z.string(),
  endedOn: businessDate,
  outcome: z.enum(outcomes),
  actualFault: z.string(),
  /** Calendar days since it was handed back. */
  daysSince: z.int(),
  /** Within the days a repair must hold: the same claim again, free whatever it cost then. */
  isRefailure: z.boolean(),
})

const unitDraft = z.object({
  saleLineId: id,
  unitNo: z.int(),
  name: z.string(),
  brand: z.string(),
  model: z.string(),
  serialNo: z.string(),
  paid: money,
  cardId: id.nullable(),
  cardNumber: z.string().nullable(),
  /** Why it cannot be taken in, if it cannot. */
  blocked: z.enum(['returned', 'in_repair']).nullable(),
  /** The open repair it is in. */
  repair: z.object({ id, number: z.string() }).nullable(),
  former: former.nullable(),
  /** Repairs that failed before this claim; this claim makes the last one fail. */
  failedRepairs: z.int(),
})

const quote = z.object({
  id,
  estimate: money,
  limit: money,
  note: z.string(),
  at: instant,
  by: z.string(),
  state: z.enum(['open', 'consented', 'declined', 'superseded']),
  consentHow: z.enum(consentWays).nullable(),
  consentBy: z.string(),
  consentAt: instant.nullable(),
  signature: z.string().nullable(),
})

const movement = z.object({
  id,
  at: instant,
  actor: z.string(),
  action: z.string(),
  holder: z.enum(holderKinds),
  holderName: z.string(),
  holderContact: z.string(),
  waybill: z.string(),
  /** Only to find out what it would cost. */
  isDiagnosis: z.boolean(),
  note: z.string(),
})

const work = z.object({
  id,
  at: instant,
  by: z.string(),
  actualFault: z.string(),
  work: z.string(),
  doneBy: z.string(),
  minutes: z.int(),
  hourFee: money,
  parts: z.array(z.object({ name: z.string(), partNo: z.string(), serialNo: z.string() })),
  fees: z.array(z.object({ kind: z.enum(feeKinds), text: z.string(), amount: money })),
})

const wait = z.object({
  id,
  part: z.string(),
  startedOn: businessDate,
  endedOn: businessDate.nullable(),
})

/** A limit of the rules on how long a repair may take, for one item. */
export const limit = z.object({
  ruleId: z.string(),
  version: z.int(),
  kind: z.enum(['parts_missing', 'repair_overdue', 'cumulative_repair', 'duty']),
  days: z.int(),
  /** Days that count so far. */
  taken: z.int(),
  /** The last day within the limit; null while the clock does not run. */
  dueOn: businessDate.nullable(),
  overdue: z.boolean(),
  text: bilingual,
  basis: bilingual,
})

const exchangeRight = z.object({
  failed: z.int(),
  needed: z.int(),
  /** Enough repairs failed: the customer may have the goods exchanged. */
  reached: z.boolean(),
  ruleId: z.string(),
  text: z.custom<Bilingual>(),
  basis: z.custom<Bilingual>(),
})

export const repairItem = z.object({
  id,
  position: z.int(),
  /** What its label says, and the label of each accessory. */
  tagNo: z.string(),
  kind: z.enum(['sold', 'proven', 'elsewhere']),
  receiptId: id.nullable(),
  receiptNo: z.string().nullable(),
  saleLineId: id.nullable(),
  unitNo: z.int().nullable(),
  cardId: id.nullable(),
  proofSetId: id.nullable(),
  rightsId: id.nullable(),
  name: z.string(),
  brand: z.string(),
  model: z.string(),
  serialNo: z.string(),
  fault: z.string(),
  faultCode: z.enum(faultCodes).nullable(),
  part: z.string().nullable(),
  appearance: z.string(),
  accessories: z.array(
    z.object({ id, tagNo: z.string(), name: z.string(), note: z.string(), returned: z.boolean() }),
  ),
  photos: z.array(z.string()),
  /** A private note is kept; `repairs.revealNote` shows it. */
  hasNote: z.boolean(),
  noteErasedAt: instant.nullable(),
  reception: z.enum(receptions),
  acceptance: z.enum(acceptances),
  basis: z.enum(bases).nullable(),
  /** Steps both axes allow now. */
  steps: z.array(z.string()),
  receivedOn: businessDate.nullable(),
  readyOn: businessDate.nullable(),
  endedOn: businessDate.nullable(),
  holder: z.object({ kind: z.enum(holderKinds), name: z.string(), since: instant }).nullable(),
  outcome: z.enum(outcomes).nullable(),
  outcomeNote: z.string(),
  /** The remedy it will end in, once somebody said so, and the number of it once it is done. */
  leadsTo: z.enum(['exchange', 'refund']).nullable(),
  remedyNumber: z.string().nullable(),
  delayedBy: z.enum(delays).nullable(),
  former: former.nullable(),
  /** The repair the same goods came back to. */
  later: z.object({ repairId: id, number: z.string() }).nullable(),
  exchangeRight: exchangeRight.nullable(),
  quotes: z.array(quote),
  waits: z.array(wait),
  movements: z.array(movement),
  works: z.array(work),
  checks: z.array(
    z.object({
      at: instant,
      by: z.string(),
      result: z.enum(['ok', 'not_ok', 'given_up']),
      note: z.string(),
    }),
  ),
  /** All fees, and what of them the customer pays: nothing of a free repair. */
  fees: money,
  due: money,
  /** Days in repair and days waiting for parts so far; both are added to the term, no day twice. */
  repairDays: z.int(),
  waitDays: z.int(),
  warrantyDays: z.int().nullable(),
  warrantyUntil: businessDate.nullable(),
  limits: z.array(limit),
  version,
})

const loan = z.object({
  id,
  repairId: id,
  repairNumber: z.string(),
  loanUnitId: id,
  code: z.string(),
  name: z.string(),
  serialNo: z.string(),
  outAt: instant,
  outBy: z.string(),
  outCondition: z.string(),
  backAt: instant.nullable(),
  backBy: z.string().nullable(),
  backCondition: z.string(),
  backOk: z.boolean().nullable(),
})

export const repairRow = z.object({
  id,
  number: z.string(),
  state: z.enum(['open', 'closed']),
  businessDate,
  recordedAt: instant,
  goods: z.array(
    z.object({
      itemId: id,
      name: z.string(),
      serialNo: z.string(),
      reception: z.enum(receptions),
      acceptance: z.enum(acceptances),
      holder: z.string(),
    }),
  ),
  customer: z.string(),
  phoneMasked: z.string(),
  ownerName: z.string(),
  promiseDueAt: instant.nullable(),
  promiseOverdue: z.boolean(),
  overdue: z.boolean(),
  /** Ready since, for unclaimed goods. */
  readyOn: businessDate.nullable(),
  loansOut: z.int(),
  due: money,
})

const overdueRow = limit.extend({
  repairId: id,
  number: z.string(),
  itemId: id,
  name: z.string(),
  reception: z.enum(receptions),
  holder: z.string(),
  /** Calendar days past the last day; negative while some are left. */
  daysOver: z.int(),
})

const unclaimedRow = z.object({
  repairId: id,
  number: z.string(),
  goods: z.string(),
  customer: z.string(),
  phoneMasked: z.string(),
  readyOn: businessDate,
  days: z.int(),
  /** First day a storage fee can be asked for. */
  storageFrom: businessDate,
  /** What it comes to today; noted only, nobody is made to pay by the desk. */
  storageFee: money,
  reminders: z.int(),
  remindedOn: businessDate.nullable(),
})

export const loanUnit = z.object({
  id,
  code: z.string(),
  name: z.string(),
  serialNo: z.string(),
  condition: z.string(),
  state: z.enum(['free', 'out', 'retired']),
  loan: loan.nullable(),
  version,
})

export const repairSettings = z.strictObject({
  /** Days after which goods that are ready count as unclaimed, and a storage fee can be noted. */
  storageDays: z.int().min(1).max(3_650),
  /** Per day, minor units; 0 for none. */
  storageFee: money.nonnegative(),
  /** Days a repair is good for; the rules may ask for more. */
  warrantyDays: z.int().min(0).max(3_650),
  /** Days until the promised day that a new repair suggests. */
  promiseDays: z.int().min(1).max(365),
})

const takerAsk = z.strictObject({
  whom: z.enum(takers),
  name: line(40).min(1),
  phone: line(40).default(''),
  /** What shows who they are where no code is given: kind and last digits, never the whole number. */
  identity: line(80).default(''),
})

export const repairsContract = {
  /** What can be taken in from a sale, unit by unit, and what the form suggests. */
  draft: procedure('repairs.record')
    .input(
      z.object({
        receiptId: id.nullable().default(null),
        cardId: id.nullable().default(null),
        /** Goods whose purchase is proven without a slip. */
        proofSetId: id.nullable().default(null),
      }),
    )
    .output(
      z.object({
        currency: z.string(),
        receipt: z.object({ id, receiptNo: z.string(), businessDate }).nullable(),
        /** What was proven, where no sale of it was found. */
        proven: z.object({ proofSetId: id, name: z.string(), soldOn: businessDate }).nullable(),
        contact: z.object({ name: z.string(), phone: z.string() }),
        units: z.array(unitDraft),
        settings: repairSettings,
        /** A promised day to begin with. */
        promiseOn: businessDate,
      }),
    ),
  /** The last finished repair of goods by serial number, for goods the desk did not sell. */
  formerOf: procedure('repairs.record')
    .input(z.object({ serialNo: line(80).min(3) }))
    .output(former.extend({ name: z.string() }).nullable()),
  /** A phone left masked as the draft gave it stands for the customer's number on file. */
  intake: procedure('repairs.record')
    .input(intake)
    .output(z.object({ id, number: z.string() })),
  open: procedure('sales.read')
    .input(z.object({ repairId: id }))
    .output(
      z.object({
        id,
        number: z.string(),
        caseId: id,
        state: z.enum(['open', 'closed']),
        currency: z.string(),
        businessDate,
        recordedAt: instant,
        recordedBy: z.string(),
        contact: z.object({ name: z.string(), phoneMasked: z.string() }),
        note: z.string(),
        signature: z.string().nullable(),
        items: z.array(repairItem),
        loans: z.array(loan),
        handBacks: z.array(
          z.object({
            id,
            at: instant,
            by: z.string(),
            proof: z.enum(['code', 'manager']),
            approvedBy: z.string().nullable(),
            whom: z.enum(takers),
            name: z.string(),
            phoneMasked: z.string(),
            signature: z.string().nullable(),
            signedOnPaper: z.boolean(),
            itemIds: z.array(id),
          }),
        ),
        reminders: z.array(
          z.object({ at: instant, by: z.string(), how: z.enum(remindWays), note: z.string() }),
        ),
        storage: z.object({
          days: z.int(),
          feePerDay: money,
          from: businessDate.nullable(),
          fee: money,
        }),
        promises: z.array(promise),
        events: z.array(caseEvent),
        /** What the customer has to pay, and what of it the till has yet to confirm. */
        due: money,
        pending: money,
        prints: z.object({
          sheet: z.int(),
          stub: z.int(),
          tag: z.int(),
          record: z.int(),
        }),
        closedAt: instant.nullable(),
        version,
      }),
    ),
  list: procedure('sales.read')
    .input(
      z.object({
        state: z.enum(['open', 'ready', 'away', 'undecided', 'day', 'closed']),
        businessDate: businessDate.optional(),
      }),
    )
    .output(z.array(repairRow)),
  /** Repairs of a sale's goods, newest first. */
  ofReceipt: procedure('sales.read')
    .input(z.object({ receiptId: id }))
    .output(z.array(repairRow)),
  /** Repairs past a limit of the rules, the longest first, then those that reach one within a week. */
  overdue: procedure('sales.read').output(z.array(overdueRow)),
  /** Goods nobody came for since the store's number of days. */
  unclaimed: procedure('sales.read').output(z.array(unclaimedRow)),

  /** Takes announced goods in. */
  receive: procedure('repairs.record')
    .input(
      z.strictObject({
        ...seenItem,
        serialNo: line(80).default(''),
        appearance: text(1000).default(''),
        accessories: z.array(accessoryAsk).max(20).default([]),
        photos: z.array(sha256).max(12).default([]),
      }),
    )
    .output(stepped),
  cancel: procedure('repairs.record')
    .input(z.strictObject({ ...seenItem, reason: line(200).min(2) }))
    .output(stepped),
  addPhotos: procedure('repairs.record')
    .input(
      z.strictObject({
        itemId: id,
        photos: z.array(sha256).min(1).max(12),
        label: line(60).default(''),
      }),
    )
    .output(z.object({ done: z.boolean() })),
  /** Free or paid by a frozen decision. Refuses while a question of the rules is open. */
  decide: procedure('repairs.record')
    .input(z.strictObject({ ...seenItem, rightsId: id.nullable(), part: line(60).nullable() }))
    .output(stepped.extend({ acceptance: z.enum(acceptances) })),
  quote: procedure('repairs.record')
    .input(z.strictObject({ ...seenItem, quote: quoteAsk, consent: consentAsk.nullable() }))
    .output(stepped),
  consent: procedure('repairs.record')
    .input(z.strictObject({ ...seenItem, quoteId: id, consent: consentAsk }))
    .output(stepped),
  decline: procedure('repairs.record')
    .input(z.strictObject({ ...seenItem, quoteId: id, note: line(200).default('') }))
    .output(stepped),
  send: procedure('repairs.record')
    .input(
      z.strictObject({
        ...seenItem,
        holder: z.enum(senderTargets),
        name: line(80).min(1),
        contact: line(80).default(''),
        waybill: line(60).default(''),
        /** Only to find out what is wrong and what it would cost: needs no decision yet. */
        isDiagnosis: z.boolean().default(false),
        note: line(200).default(''),
      }),
    )
    .output(stepped),
  bringBack: procedure('repairs.record')
    .input(
      z.strictObject({
        ...seenItem,
        waybill: line(60).default(''),
        note: line(200).default(''),
      }),
    )
    .output(stepped),
  startWait: procedure('repairs.record')
    .input(z.strictObject({ ...seenItem, part: line(100).min(1), since: businessDate.nullable() }))
    .output(stepped),
  endWait: procedure('repairs.record')
    .input(z.strictObject({ ...seenItem, waitId: id, on: businessDate.nullable() }))
    .output(stepped),
  /** Whose delay it is where it takes long; decides which limit counts. */
  noteDelay: procedure('repairs.record')
    .input(z.strictObject({ ...seenItem, delayedBy: z.enum(delays).nullable() }))
    .output(stepped),
  /** What was done. Refuses fees beyond what the customer agreed to (`repairs.over_limit`). */
  recordWork: procedure('repairs.record').input(workAsk).output(stepped),
  /** Work at the desk is done: to be looked over. */
  finish: procedure('repairs.record').input(z.strictObject(seenItem)).output(stepped),
  /** Looked over: in order, or back to work. */
  check: procedure('repairs.record')
    .input(z.strictObject({ ...seenItem, ok: z.boolean(), note: text(500).default('') }))
    .output(stepped),
  /** The goods go back as they are. */
  giveUp: procedure('repairs.record')
    .input(
      z.strictObject({ ...seenItem, reason: z.enum(giveUpReasons), note: text(500).default('') }),
    )
    .output(stepped),
  /** Not right after all, before the customer had it. */
  reopen: procedure('repairs.record')
    .input(z.strictObject({ ...seenItem, note: text(500).min(2) }))
    .output(stepped),
  /**
   * The repair will end in an exchange or a refund, which until then is refused for goods in repair. A frozen decision
   * must allow it; null takes it back.
   */
  leadTo: procedure('repairs.record')
    .input(
      z.strictObject({
        ...seenItem,
        remedy: z.enum(['exchange', 'refund']).nullable(),
        rightsId: id.nullable(),
      }),
    )
    .output(stepped),
  /** Gives ready goods back, against the pickup code, or an identity and a manager's approval. */
  handBack: procedure('repairs.record')
    .input(
      z.strictObject({
        repairId: id,
        version,
        itemIds: z.array(id).min(1).max(20),
        code: line(20).nullable(),
        approvalIds: z.array(id).max(5).default([]),
        taker: takerAsk,
        /** Accessories that are not there any more: each must be named to go on. */
        missingAccessoryIds: z.array(id).max(100).default([]),
        signature: sha256.nullable(),
        signedOnPaper: z.boolean(),
      }),
    )
    .output(z.object({ version, closed: z.boolean() })),
  /** What to ask a manager for where the pickup code is not there. */
  handBackApproval: procedure('repairs.record')
    .input(z.object({ repairId: id, itemIds: z.array(id).min(1).max(20) }))
    .output(
      z.object({
        kinds: z.array(z.enum(['abnormal'])),
        atLeast: z.enum(['floor_manager']),
        amount: money,
        currency: z.string(),
        subject: z.object({ type: z.string(), id: z.string(), hash: z.string() }),
        summary: z.string(),
      }),
    ),
  /** A new pickup code where the stub is lost; the old one opens nothing any more. */
  renewCode: procedure('repairs.record')
    .input(z.object({ repairId: id, reason: line(200).min(2), version }))
    .output(z.object({ version })),
  promise: procedure('repairs.record')
    .input(z.strictObject({ repairId: id, promise: promiseAsk, version }))
    .output(z.object({ version })),
  /** Told the customer that the goods are ready, or still here. */
  remind: procedure('repairs.record')
    .input(
      z.strictObject({
        repairId: id,
        how: z.enum(remindWays),
        note: line(200).default(''),
        version,
      }),
    )
    .output(z.object({ version })),
  /** The private note of an item: audited with its reason. */
  revealNote: procedure('repairs.reveal')
    .input(z.object({ itemId: id, reason: line(200).min(2) }))
    .output(z.object({ note: z.string() })),
  /** The whole phone number left with a repair, to call: audited with its reason (domain.md §5.3). */
  revealPhone: procedure('customers.reveal')
    .input(z.object({ repairId: id, reason: line(200).min(2) }))
    .output(z.object({ phone: z.string() })),

  loanUnits: procedure('sales.read').output(z.array(loanUnit)),
  addLoanUnit: procedure('repairs.manage')
    .input(
      z.strictObject({
        code: line(20).min(1),
        name: line(100).min(1),
        serialNo: line(80).default(''),
        condition: line(200).default(''),
      }),
    )
    .output(z.object({ id })),
  changeLoanUnit: procedure('repairs.manage')
    .input(
      z.strictObject({
        loanUnitId: id,
        name: line(100).min(1),
        serialNo: line(80),
        condition: line(200),
        retired: z.boolean(),
        version,
      }),
    )
    .output(z.object({ version })),
  lend: procedure('repairs.record')
    .input(
      z.strictObject({ repairId: id, loanUnitId: id, condition: line(200).default(''), version }),
    )
    .output(z.object({ version })),
  takeLoanBack: procedure('repairs.record')
    .input(
      z.strictObject({
        repairId: id,
        loanId: id,
        ok: z.boolean(),
        condition: line(200).default(''),
        version,
      }),
    )
    .output(z.object({ version, closed: z.boolean() })),

  settings: procedure('signed_in').output(repairSettings.extend({ version: z.int() })),
  changeSettings: procedure('settings.change')
    .input(repairSettings.extend({ version: z.int().min(0) }))
    .output(z.object({ version: z.int() })),
}
