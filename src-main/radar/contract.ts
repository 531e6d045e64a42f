import { z } from 'zod'
import {
  businessDate,
  id,
  instant,
  line,
  procedure,
  text,
  version,
} from '../foundation/procedure.ts'

export const radarLevels = ['watch', 'alert', 'alarm'] as const
export const radarDimensions = ['batch', 'product', 'style', 'brand', 'counter', 'vendor'] as const
/** What can be decided about a finding. */
export const radarDecisions = [
  'watch',
  'test_stock',
  'notify_vendor',
  'pull_from_sale',
  'no_fault',
] as const
export const incidentStates = ['open', 'contained', 'closed'] as const

const fault = z.object({
  code: z.string(),
  group: z.string(),
  zh: z.string(),
  en: z.string(),
  safety: z.boolean(),
})

const alert = z.object({
  id,
  level: z.enum(radarLevels),
  raisedAt: instant,
  suggestion: z.enum(radarDecisions),
  decision: z.enum(radarDecisions).nullable(),
  decisionNote: z.string(),
  decidedAt: instant.nullable(),
  decidedBy: z.string().nullable(),
  version,
})

const cell = z.object({
  /** The same in every scan. */
  key: z.string(),
  dimension: z.enum(radarDimensions),
  label: z.string(),
  productId: id.nullable(),
  fault: z.string().nullable(),
  level: z.enum(radarLevels).nullable(),
  failures: z.int(),
  sold: z.int(),
  expected: z.number(),
  ratio: z.number(),
  p: z.number(),
  q: z.number(),
  firstOn: businessDate,
  lastOn: businessDate,
  days: z.int(),
  suggestion: z.enum(radarDecisions).nullable(),
  /** Key of the narrower finding that tells the same. */
  within: z.string().nullable(),
  alert: alert.nullable(),
})

const ruleFacts = z.object({
  version: z.string(),
  failureDays: z.int(),
  soldDays: z.int(),
  minimumFailures: z.int(),
  levels: z.object({ watch: z.number(), alert: z.number(), alarm: z.number() }),
})

const caseSeen = z.object({
  caseId: id,
  complaintId: id.nullable(),
  number: z.string(),
  on: businessDate,
  excerpt: z.string(),
  goods: z.string(),
  fault: z.string().nullable(),
  /** Somebody said it is this fault; otherwise the words speak of it. */
  chosen: z.boolean(),
  /** Days from the sale to the failure; null where the sale is not known. */
  daysSinceSale: z.int().nullable(),
  incident: z.object({ id, number: z.string() }).nullable(),
})

const incidentRow = z.object({
  id,
  number: z.string(),
  title: z.string(),
  goods: z.string(),
  fault: z.string().nullable(),
  state: z.enum(incidentStates),
  owner: z.string(),
  cases: z.int(),
  businessDate,
  openedAt: instant,
})

const stop = z.object({
  id,
  number: z.string(),
  goods: z.string(),
  barcode: z.string(),
  brand: z.string(),
  model: z.string(),
  batchNo: z.string(),
  reason: z.string(),
  effectiveOn: businessDate,
  state: z.enum(['in_force', 'lifted']),
  issuedBy: z.string(),
  issuedAt: instant,
  liftedBy: z.string().nullable(),
  liftedAt: instant.nullable(),
  liftReason: z.string(),
  incident: z.object({ id, number: z.string() }).nullable(),
  counters: z.array(
    z.object({
      counter: z.string(),
      person: z.string(),
      units: z.int().nullable(),
      acknowledgedAt: instant.nullable(),
    }),
  ),
  version,
})

const recallFields = {
  kind: z.enum(['recall', 'ban']),
  authority: line(80).min(2),
  number: line(60).min(1),
  title: line(200).min(2),
  issuedOn: businessDate,
  /** `*` stands for any letters; at least one of barcode, brand and model. */
  barcode: line(40),
  brand: line(60),
  model: line(60),
  batchNo: line(60),
  /** What the authority asks the seller to do. */
  duty: text(1000),
}

const recall = z.object({
  ...recallFields,
  id,
  state: z.enum(['in_force', 'withdrawn']),
  enteredBy: z.string(),
  enteredAt: instant,
  withdrawReason: z.string(),
  version,
})

const warning = z.object({
  kind: z.enum(['stop', 'recall', 'ban', 'incident']),
  id,
  number: z.string(),
  title: z.string(),
  goods: z.string(),
  /** False where the batch has to be looked at first. */
  certain: z.boolean(),
  batchNo: z.string(),
  detail: z.string(),
  since: businessDate,
})

const lawLine = z.object({ zh: z.string(), en: z.string() })

export const radarContract = {
  /** The words faults are called by, in the order they are offered. */
  faults: procedure('signed_in').output(z.array(fault)),
  /**
   * What fails more often than such goods do, the most urgent first. Counts anew where something was sold, recorded or
   * changed since the last time, and raises what is new as alerts.
   */
  scan: procedure('sales.read')
    .input(
      z.object({
        dimension: z.enum(radarDimensions).nullable(),
        /** Also what is no finding. */
        all: z.boolean().default(false),
      }),
    )
    .output(
      z.object({
        today: businessDate,
        rule: ruleFacts,
        tested: z.int(),
        failures: z.int(),
        sold: z.int(),
        open: z.int(),
        cells: z.array(cell),
      }),
    ),
  /** Why one finding is one: its cases, and what was raised and decided before. */
  explain: procedure('sales.read')
    .input(z.object({ key: line(300) }))
    .output(
      z.object({
        cell,
        cases: z.array(caseSeen),
        more: z.int(),
        alerts: z.array(alert),
        incident: incidentRow.nullable(),
      }),
    ),
  /** Says what is done about an alert; it is quiet from then on until it gets worse. */
  decide: procedure('quality.manage')
    .input(
      z.object({
        alertId: id,
        decision: z.enum(radarDecisions),
        note: line(300).default(''),
        version,
      }),
    )
    .output(z.object({ version })),
  /** A case as the radar sees it, the incident it is part of, and those it could be part of. */
  caseFacts: procedure('sales.read')
    .input(z.object({ caseId: id }))
    .output(
      z.object({
        seen: caseSeen,
        batchNo: z.string(),
        /** What its words speak of. */
        proposed: z.string().nullable(),
        productId: id.nullable(),
        incidents: z.array(incidentRow),
        /** Others who had the same fault of the same goods, within the period of the rule. */
        others: z.int(),
      }),
    ),
  /** Says what was wrong with the goods of a case; an empty fault: nothing. */
  setFault: procedure('complaints.record')
    .input(z.object({ caseId: id, fault: line(40), batchNo: line(60).default('') }))
    .output(z.object({ caseId: id })),
  /**
   * What everybody must know about goods before anything is done with them: recalled, banned, out of sale, part of an
   * incident; and how many had the same.
   */
  warnings: procedure('sales.read')
    .input(
      z.object({
        receiptId: id.optional(),
        saleLineId: id.optional(),
        cardId: id.optional(),
        productId: id.optional(),
        text: text(20_000).default(''),
      }),
    )
    .output(
      z.object({
        warnings: z.array(warning),
        /** Only where a text was given. */
        fault: z.string().nullable(),
        others: z.int(),
        law: z.array(lawLine),
      }),
    ),
  incidents: procedure('sales.read')
    .input(z.object({ closed: z.boolean().default(false) }))
    .output(z.array(incidentRow)),
  incident: procedure('sales.read')
    .input(z.object({ incidentId: id }))
    .output(
      incidentRow.extend({
        productId: id.nullable(),
        cell: z.string().nullable(),
        batchNo: z.string(),
        brand: z.string(),
        vendor: z.string(),
        ownerId: id,
        conclusion: z.string(),
        members: z.array(caseSeen),
        proposals: z.array(caseSeen),
        stops: z.array(z.object({ id, number: z.string(), state: z.enum(['in_force', 'lifted']) })),
        timeline: z.array(
          z.object({
            id,
            at: instant,
            actor: z.string(),
            kind: z.string(),
            data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
          }),
        ),
        version,
      }),
    ),
  openIncident: procedure('quality.manage')
    .input(
      z.object({
        title: line(80).min(2),
        /** The finding it comes from, if any. */
        cell: line(300).nullable(),
        productId: id.nullable(),
        batchNo: line(60).default(''),
        fault: line(40).nullable(),
        ownerId: id,
        caseIds: z.array(id).max(200),
      }),
    )
    .output(z.object({ incidentId: id, number: z.string() })),
  addCases: procedure('complaints.record')
    .input(z.object({ incidentId: id, caseIds: z.array(id).min(1).max(200), version }))
    .output(z.object({ version })),
  removeCase: procedure('quality.manage')
    .input(z.object({ incidentId: id, caseId: id, reason: line(200).min(2), version }))
    .output(z.object({ version })),
  stepIncident: procedure('quality.manage')
    .input(
      z.object({
        incidentId: id,
        action: z.enum(['contain', 'close', 'reopen', 'note', 'assign']),
        note: text(2000).default(''),
        ownerId: id.optional(),
        version,
      }),
    )
    .output(z.object({ version })),
  stops: procedure('sales.read')
    .input(z.object({ lifted: z.boolean().default(false) }))
    .output(z.array(stop)),
  /** Counters that sell goods, as the till's file names them. */
  countersOf: procedure('sales.read')
    .input(z.object({ productId: id }))
    .output(
      z.object({
        goods: z.string(),
        barcode: z.string(),
        brand: z.string(),
        model: z.string(),
        counters: z.array(z.string()),
      }),
    ),
  issueStop: procedure('quality.manage')
    .input(
      z.object({
        incidentId: id.nullable(),
        productId: id.nullable(),
        goods: line(160).min(2),
        barcode: line(40).default(''),
        brand: line(60).default(''),
        model: line(60).default(''),
        batchNo: line(60).default(''),
        reason: text(600).min(2),
        effectiveOn: businessDate,
        counters: z.array(line(100).min(1)).min(1).max(100),
      }),
    )
    .output(z.object({ stopId: id, number: z.string() })),
  /** A counter has seen the notice and taken so many units off. */
  acknowledgeStop: procedure('complaints.record')
    .input(
      z.object({
        stopId: id,
        counter: line(100).min(1),
        person: line(40).min(1),
        units: z.int().min(0).max(100_000),
      }),
    )
    .output(z.object({ version })),
  liftStop: procedure('quality.manage')
    .input(z.object({ stopId: id, reason: line(200).min(2), version }))
    .output(z.object({ version })),
  recalls: procedure('sales.read')
    .input(z.object({ withdrawn: z.boolean().default(false) }))
    .output(z.object({ recalls: z.array(recall), law: z.array(lawLine) })),
  addRecall: procedure('quality.manage')
    .input(z.object(recallFields))
    .output(z.object({ recallId: id })),
  /**
   * Takes over a list of recalled goods: a CSV with a head line, columns in any order. Rows that cannot be taken are
   * told with their line; those on the list already are left as they are.
   */
  importRecalls: procedure('quality.manage')
    .input(z.object({ text: text(2_000_000) }))
    .output(
      z.object({
        added: z.int(),
        known: z.int(),
        rejected: z.array(z.object({ line: z.int(), why: z.string() })),
      }),
    ),
  withdrawRecall: procedure('quality.manage')
    .input(z.object({ recallId: id, reason: line(200).min(2), version }))
    .output(z.object({ version })),
}
