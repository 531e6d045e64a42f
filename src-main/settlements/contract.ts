import { z } from 'zod'
import { approvalKinds, approverRoles, subject } from '../approvals/contract.ts'
import { channels } from '../cases/contract.ts'
import {
  businessDate,
  id,
  instant,
  line,
  money,
  paperLanguages,
  pin,
  procedure,
  text,
  version,
} from '../foundation/procedure.ts'
import { liableParties } from '../investigations/contract.ts'
import { instructionStates } from '../pos-instructions/contract.ts'

export const settlementStates = [
  'offered',
  'declined',
  'escalated',
  'agreed',
  'executed',
  'failed',
  'void',
] as const

/** Remedies of the desk's other rooms: carried out there, proved here by their document. */
export const linkedKinds = ['refund', 'exchange', 'repair', 'voucher', 'price_adjustment'] as const
/** Money beyond what was paid for the goods: it stands in a ledger of its own. */
export const moneyKinds = ['compensation', 'reimbursement', 'goodwill'] as const
export const itemKinds = [...linkedKinds, ...moneyKinds, 'apology', 'other'] as const
/** How money leaves: told to the POS, or as a voucher. */
export const payHows = ['cash', 'bank_card', 'alipay', 'wechat', 'voucher'] as const
export const proofTypes = [
  'refund',
  'exchange',
  'repair',
  'voucher',
  'compensation',
  'letter',
  'note',
] as const

export const mostOptions = 3
export const mostItems = 6

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const reason = line(200).min(2)
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)
const party = z.enum(liableParties)

const itemInput = z.object({
  kind: z.enum(itemKinds),
  what: line(200).default(''),
  /** Minor units; of a remedy of another room what it is expected to come to. */
  amount: money.min(0),
  borneBy: party,
  borneName: line(60).default(''),
  payHow: z.enum(payHows).nullable(),
  /** What the customer paid himself and gets back. */
  outlayId: id.nullable(),
})

/** What is laid before the customer: one option or several to choose from (domain.md §3.6 row 168). */
const optionsInput = z
  .array(
    z.object({
      title: line(80).min(2),
      items: z.array(itemInput).min(1).max(mostItems),
    }),
  )
  .min(1)
  .max(mostOptions)

const execution = z.object({
  proofType: z.enum(proofTypes),
  proofId: id.nullable(),
  proofNumber: z.string(),
  note: z.string(),
  sha256: z.string().nullable(),
  at: instant,
  by: z.string(),
})

const item = itemInput.extend({
  id,
  what: z.string(),
  borneName: z.string(),
  execution: execution.nullable(),
})

const settlement = z.object({
  id,
  number: z.string(),
  state: z.enum(settlementStates),
  /** Proposals so far; the customer answers each once. */
  round: z.int(),
  level: z.enum(approverRoles),
  currency: z.string(),
  /** The most that may be paid, and who decided it; null where whoever proposed it may alone. */
  approved: money,
  approvedBy: z.string().nullable(),
  proposedAt: instant,
  proposedBy: z.string(),
  options: z.array(
    z.object({
      id,
      round: z.int(),
      no: z.int(),
      title: z.string(),
      /** Money beyond the goods. */
      total: money,
      agreed: z.boolean(),
      items: z.array(item),
    }),
  ),
  answers: z.array(
    z.object({
      round: z.int(),
      accepts: z.boolean(),
      optionId: id.nullable(),
      channel: z.enum(channels),
      words: z.string(),
      signed: z.boolean(),
      at: instant,
      by: z.string(),
    }),
  ),
  agreedAt: instant.nullable(),
  executor: z.object({ id, name: z.string() }).nullable(),
  /** From the agreement to its execution, in store hours (domain.md §3.6 row 169). */
  timer: z
    .object({
      dueAt: instant,
      promised: z.boolean(),
      names: z.object({ zh: z.string(), en: z.string() }),
      state: z.enum(['running', 'overdue', 'in_time', 'late']),
      /** Open milliseconds left; negative once it is over. */
      leftMs: z.int(),
    })
    .nullable(),
  closedAt: instant.nullable(),
  closedBy: z.string().nullable(),
  closeReason: z.string(),
  /** What the caller may do with it now. */
  may: z.object({
    propose: z.boolean(),
    answer: z.boolean(),
    execute: z.boolean(),
    giveUp: z.boolean(),
    void: z.boolean(),
    undo: z.boolean(),
  }),
  version,
})

const ledgerEntry = z.object({
  id,
  number: z.string(),
  businessDate,
  settlementNumber: z.string(),
  complaintId: id,
  complaintNumber: z.string(),
  kind: z.enum(moneyKinds),
  what: z.string(),
  amount: money,
  currency: z.string(),
  borneBy: party,
  borneName: z.string(),
  paidHow: z.enum(payHows),
  instruction: z.object({ number: z.string(), state: z.enum(instructionStates) }).nullable(),
  voucher: z.object({ id, number: z.string() }).nullable(),
  by: z.string(),
  voided: z.object({ at: instant, by: z.string(), reason: z.string() }).nullable(),
})

const letterText = z.object({
  language: z.enum(paperLanguages),
  addressee: line(60),
  bodyZh: text(3_000),
  bodyEn: text(4_000),
})

const letter = letterText.extend({
  id,
  number: z.string(),
  addressee: z.string(),
  signer: z.string(),
  signerTitle: z.string(),
  businessDate,
  at: instant,
  voided: z.object({ at: instant, by: z.string(), reason: z.string() }).nullable(),
})

const step = z.object({ settlementId: id, version })
const stepDone = z.object({ state: z.enum(settlementStates), version })

export const settlementsContract = {
  /** Everything about how a complaint is settled. */
  of: procedure('sales.read')
    .input(z.object({ complaintId: id }))
    .output(
      z.object({
        caseId: id,
        complaintNumber: z.string(),
        open: z.boolean(),
        currency: z.string(),
        customerName: z.string(),
        /** The facts are settled: something may be proposed. */
        ready: z.boolean(),
        /** A risk on the case: nothing is settled below the top. */
        atRisk: z.boolean(),
        /** Newest first. */
        settlements: z.array(settlement),
        /** Remedies of the case that prove no item yet. */
        documents: z.array(
          z.object({
            type: z.enum(linkedKinds),
            id,
            number: z.string(),
            amount: money.nullable(),
          }),
        ),
        letters: z.array(letter),
        ledger: z.array(ledgerEntry),
        executors: z.array(z.object({ id, name: z.string() })),
      }),
    ),
  /** What an approval of these options must be about; the same arithmetic as `propose`. */
  subject: procedure('complaints.record')
    .input(z.object({ complaintId: id, options: optionsInput }))
    .output(
      subject.extend({
        kinds: z.array(z.enum(approvalKinds)),
        amount: money,
        summary: z.string(),
      }),
    ),
  /**
   * Lays options before the customer: the first ones, or the next after a no. Refuses while facts are open
   * (`settlements.facts_open`), beyond one's authority without an approval (`approvals.needed`), and below the level a
   * second no has brought it to (`settlements.level`).
   */
  propose: procedure('complaints.record')
    .input(
      z.object({
        complaintId: id,
        options: optionsInput,
        approvalId: id.nullable().default(null),
        /** Of the settlement that goes into its next round; 0 for the first proposal. */
        version: z.int().min(0),
      }),
    )
    .output(z.object({ id, number: z.string(), version })),
  /** The customer's answer to what is on offer. */
  answer: procedure('complaints.record')
    .input(
      step.extend({
        accepts: z.boolean(),
        optionId: id.nullable(),
        channel: z.enum(channels),
        words: text(2_000).default(''),
        executorId: id.nullable().default(null),
        /** A time the customer was told; null for the rules of execution. */
        promisedAt: instant.nullable().default(null),
        /** The customer's signature. */
        sha256: sha256.nullable().default(null),
      }),
    )
    .output(stepDone),
  /**
   * Carries out one item: a document of the case proves a remedy of another room; money goes to the POS or onto a
   * voucher; an apology is proved by its letter, anything else by a note.
   */
  execute: procedure('complaints.record')
    .input(
      step.extend({
        itemId: id,
        /** The refund, exchange, repair, voucher or letter; null where a note proves it, or money is paid. */
        proofId: id.nullable().default(null),
        note: line(200).default(''),
        sha256: sha256.nullable().default(null),
        holder: z
          .object({ name: line(40), phone: line(40) })
          .nullable()
          .default(null),
      }),
    )
    .output(
      stepDone.extend({
        compensation: z.object({ id, number: z.string() }).nullable(),
        instruction: z.string().nullable(),
        voucher: z.object({ id, number: z.string() }).nullable(),
      }),
    ),
  /** Takes an execution back: its payment is cancelled, which the POS may not have made yet. */
  undo: procedure('instructions.manage')
    .input(step.extend({ itemId: id, reason }))
    .output(stepDone),
  /** Neither side moves: what the customer may do next stands on the slip (12315, mediation). */
  giveUp: procedure('complaints.record').input(step.extend({ reason })).output(stepDone),
  /** Takes back what is on offer, or what was agreed while nothing of it is carried out. */
  void: procedure('complaints.record').input(step.extend({ reason })).output(stepDone),
  /** Agreed and not carried out, the most urgent first. */
  underWay: procedure('sales.read').output(
    z.array(
      z.object({
        settlementId: id,
        number: z.string(),
        complaintId: id,
        complaintNumber: z.string(),
        title: z.string(),
        executor: z.string(),
        left: z.int(),
        of: z.int(),
        timer: settlement.shape.timer.unwrap(),
      }),
    ),
  ),
  /** Compensations of a month, newest first, with what each party bears (domain.md §3.6 row 32). */
  ledger: procedure('reports.read')
    .input(z.object({ month: month.nullable() }))
    .output(
      z.object({
        month,
        currency: z.string(),
        entries: z.array(ledgerEntry),
        total: money,
        byParty: z.array(z.object({ party, name: z.string(), count: z.int(), amount: money })),
        byKind: z.array(z.object({ kind: z.enum(moneyKinds), count: z.int(), amount: money })),
        /** The last twelve months that have any. */
        months: z.array(z.object({ month, count: z.int(), amount: money })),
      }),
    ),
  ledgerFile: procedure('reports.read')
    .input(z.object({ month }))
    .output(z.object({ fileName: z.string(), csv: z.instanceof(Blob) })),
  /** The wording a letter begins with, and who may sign it. */
  letterDraft: procedure('complaints.record')
    .input(z.object({ complaintId: id }))
    .output(
      letterText.extend({
        signers: z.array(z.object({ code: z.string(), name: z.string(), role: z.string() })),
      }),
    ),
  /** Signed in place by somebody with authority. Refuses words law forbids (`papers.unfair_…`). */
  signLetter: procedure('complaints.record')
    .input(
      letterText.extend({
        complaintId: id,
        code: line(12).min(1),
        pin,
        title: line(40).min(1),
      }),
    )
    .output(z.object({ id, number: z.string() })),
  voidLetter: procedure('complaints.record')
    .input(z.object({ letterId: id, reason }))
    .output(z.object({ done: z.boolean() })),
}
