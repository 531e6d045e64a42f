import { z } from 'zod'
import {
  businessDate,
  instant,
  line,
  money,
  pin,
  procedure,
  text,
} from '../foundation/procedure.ts'
import type { Verdict } from './facts.ts'
import {
  bilingual,
  channels,
  conditionGrades,
  layers,
  reasonClasses,
  remedies,
  rule,
  voidFindings,
} from './rule.ts'

export {
  approverRoles,
  channels,
  clockStarts,
  conditionGrades,
  layers,
  reasonClasses,
  remedies,
  voidFindings,
} from './rule.ts'
export type {
  Bilingual,
  ClockStart,
  ConditionGrade,
  Fee,
  Layer,
  ReasonClass,
  Remedy,
  Rule,
  Scope,
  Trigger,
  VoidFinding,
  Window,
} from './rule.ts'
export type { Verdict } from './facts.ts'

export const effects = [
  'remedy',
  'term',
  'exclusion',
  'adjustment',
  'void',
  'exposure',
  'duty',
] as const

/** Layers in which a store may write rules; law ships with the desk. */
export const ownLayers = ['chain', 'store', 'brand', 'tier'] as const

/**
 * Where a rule stands today: `draft` was never signed, `off` ships but is not switched on or chosen, `elsewhere` is of
 * another country or province.
 */
export const ruleStates = [
  'in_force',
  'scheduled',
  'draft',
  'ended',
  'withdrawn',
  'off',
  'elsewhere',
] as const
export type RuleState = (typeof ruleStates)[number]

const ruleId = z.string().min(1).max(120)
const ruleVersion = z.int().min(1)

const summary = z.object({
  id: z.string(),
  version: ruleVersion,
  origin: z.enum(['shipped', 'own']),
  /** Title of the shipped file it comes from. */
  file: bilingual.nullable(),
  layer: z.enum(layers),
  jurisdiction: z.string(),
  statutory: z.boolean(),
  effect: z.enum(effects),
  profile: z.object({ group: z.string(), code: z.string() }).nullable(),
  categories: z.array(z.string()),
  text: bilingual,
  basis: bilingual,
  validFrom: businessDate,
  validTo: businessDate.nullable(),
  state: z.enum(ruleStates),
  /** The newest version waits for a signature. */
  unsigned: z.boolean(),
  unverified: z.boolean(),
  /** Fields without a value that no rule in force of the store's own gives either: the store must decide. */
  undecided: z.array(z.string()),
  /** The law it gives less than, and by which field; law prevails. Null for law and for what is no weaker. */
  weakerThan: z.object({ id: z.string(), field: z.string() }).nullable(),
})

/** A version of a rule of the store's own. */
const versionEntry = z.object({
  version: ruleVersion,
  rule,
  origin: z.enum(['edit', 'roll_back', 'import']),
  originVersion: ruleVersion.nullable(),
  note: z.string(),
  madeBy: z.string(),
  madeAt: instant,
  signed: z.object({ by: z.string(), at: instant, note: z.string() }).nullable(),
  withdrawn: z
    .object({ by: z.string(), at: instant, from: businessDate, note: z.string() })
    .nullable(),
  /** The days it holds; null where it never does. */
  span: z.object({ from: businessDate, to: businessDate.nullable() }).nullable(),
})

const choiceValues = z.object({
  effectiveOn: businessDate,
  country: z.string().regex(/^[A-Z]{2}$/),
  /** Null: as the store's province says. */
  region: z
    .string()
    .regex(/^[A-Z]{2}-[A-Z0-9]{1,3}$/)
    .nullable(),
  /** Group of profiles to the chosen one. */
  profiles: z.record(z.string(), z.string()),
  /** Shipped rules switched on or off, by id. */
  switches: z.record(z.string(), z.boolean()),
})

/** The rule as a form or a file gives it; checked by the service, which names what is wrong with it. */
const candidate = z.record(z.string(), z.unknown())

const repair = z.object({
  part: z.string().nullable(),
  handedIn: businessDate,
  handedBack: businessDate.nullable(),
  waitedForParts: z.int().min(0),
  delayedBy: z.enum(['repairer', 'other']).nullable(),
  failed: z.boolean(),
  recorded: z.boolean(),
})

export const trial = z.object({
  today: businessDate,
  sold: businessDate,
  delivered: businessDate.nullable(),
  installed: businessDate.nullable(),
  exchanged: businessDate.nullable(),
  category: z.string().nullable(),
  sku: line(60),
  brand: line(60),
  counter: line(60),
  tags: z.array(line(40)),
  tier: line(40).nullable(),
  channel: z.enum(channels),
  paid: money.min(0),
  units: z.int().min(1).max(9_999),
  currentPrice: money.min(0).nullable(),
  reason: z.enum(reasonClasses).nullable(),
  condition: z.enum(conditionGrades).nullable(),
  complete: z.boolean().nullable(),
  part: z.string().nullable(),
  proof: z.object({
    receipt: z.boolean(),
    memberCard: z.boolean(),
    medical: z.boolean(),
    repairRecords: z.boolean(),
  }),
  findings: z.array(z.enum(voidFindings)).nullable(),
  foundSubstandard: z.boolean(),
  repairs: z.array(repair).max(20),
  sameModelInStock: z.boolean().nullable(),
  /** What a vehicle has run. */
  kilometres: z.int().min(0).max(9_999_999).nullable().default(null),
  wish: z.enum(remedies).nullable(),
  /** Takes this rule's unsigned version as if it were signed. */
  asIfSigned: ruleId.nullable(),
})

const problem = z.object({
  reason: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
})

export const policyContract = {
  /** Shipped rules and the store's own, the special ones first. */
  list: procedure('signed_in')
    .input(
      z.object({
        text: line(80).default(''),
        layer: z.enum(layers).nullable().default(null),
        /** A category covers what is below it. */
        category: z.string().nullable().default(null),
        effect: z.enum(effects).nullable().default(null),
        state: z.enum(ruleStates).nullable().default(null),
        /** Only what nobody verified. */
        unverified: z.boolean().default(false),
        /** Only what the store must decide. */
        undecided: z.boolean().default(false),
      }),
    )
    .output(z.object({ rules: z.array(summary), total: z.int() })),
  open: procedure('signed_in')
    .input(z.object({ ruleId }))
    .output(
      summary.extend({
        /** The version that holds, else the next to hold, else the newest. */
        rule,
        /** Own rules that give values where this one has none. */
        decidedBy: z.array(z.object({ id: z.string(), text: bilingual })),
        /** Newest first; empty for shipped rules, whose versions come with the desk. */
        versions: z.array(versionEntry),
      }),
    ),
  history: procedure('signed_in').input(z.object({ ruleId })).output(z.array(versionEntry)),
  /** Categories and profile groups there are, for choosing. */
  vocabulary: procedure('signed_in').output(
    z.object({
      categories: z.array(z.object({ code: z.string(), name: bilingual })),
      tags: z.array(z.string()),
    }),
  ),
  /** Writes a new, unsigned version; `version` is the newest one the form was opened with, null for a new rule. */
  save: procedure('policy.change')
    .input(
      z.object({
        ruleId: ruleId.nullable(),
        version: ruleVersion.nullable(),
        rule: candidate,
        note: text(400).default(''),
      }),
    )
    .output(z.object({ id: z.string(), version: ruleVersion })),
  /** Puts the newest version in force from its first day on. */
  sign: procedure('policy.change')
    .input(z.object({ ruleId, version: ruleVersion, pin, note: text(400).default('') }))
    .output(z.object({ version: ruleVersion })),
  /** Makes and signs a new version with what `to` said, from `from` on. */
  rollBack: procedure('policy.change')
    .input(
      z.object({
        ruleId,
        version: ruleVersion,
        to: ruleVersion,
        from: businessDate,
        pin,
        note: text(400).min(2),
      }),
    )
    .output(z.object({ version: ruleVersion })),
  /** Ends the signed version before `from`. */
  withdraw: procedure('policy.change')
    .input(
      z.object({
        ruleId,
        version: ruleVersion,
        from: businessDate,
        pin,
        note: text(400).min(2),
      }),
    )
    .output(z.object({ version: ruleVersion })),
  choices: procedure('signed_in').output(
    z.object({
      /** Of the newest choice; 0 before the first. */
      version: z.int().min(0),
      /** What holds today. */
      today: choiceValues.omit({ effectiveOn: true }),
      /** What was chosen last; it may begin later than today. */
      latest: choiceValues.nullable(),
      implied: z.object({ country: z.string(), region: z.string().nullable() }),
      countries: z.array(z.string()),
      regions: z.array(z.object({ code: z.string(), name: bilingual })),
      profiles: z.array(
        z.object({
          group: z.string(),
          options: z.array(
            z.object({
              code: z.string(),
              rules: z.int(),
              text: bilingual,
              unverified: z.boolean(),
            }),
          ),
        }),
      ),
      /** Shipped files with rules that can be switched. */
      files: z.array(
        z.object({
          id: z.string(),
          title: bilingual,
          jurisdictions: z.array(z.string()),
          rules: z.array(
            z.object({
              id: z.string(),
              text: bilingual,
              jurisdiction: z.string(),
              shippedOn: z.boolean(),
              on: z.boolean(),
              unverified: z.boolean(),
            }),
          ),
        }),
      ),
      history: z.array(
        choiceValues.extend({ by: z.string(), at: instant, note: z.string(), id: z.int() }),
      ),
    }),
  ),
  /** What would be refused about a choice that begins today; nothing is written. */
  checkChoice: procedure('signed_in')
    .input(choiceValues.omit({ effectiveOn: true }))
    .output(z.object({ problem: problem.nullable() })),
  choose: procedure('policy.change')
    .input(choiceValues.extend({ version: z.int().min(0), pin, note: text(400).default('') }))
    .output(z.object({ version: z.int() })),
  /** What the engine says to facts, with the trace; nothing is written. */
  tryIt: procedure('signed_in')
    .input(trial)
    .output(
      z.object({
        verdict: z.custom<Verdict>(),
        rules: z.array(
          z.object({
            id: z.string(),
            version: ruleVersion,
            layer: z.enum(layers),
            statutory: z.boolean(),
            text: bilingual,
            basis: bilingual,
          }),
        ),
      }),
    ),
  /** Reads a policy file from the chain against what is there; nothing is written. */
  readFile: procedure('policy.change')
    .input(z.object({ name: line(200), text: z.string().max(2_000_000) }))
    .output(
      z.object({
        title: bilingual,
        rules: z.array(
          z.object({
            id: z.string(),
            text: bilingual,
            change: z.enum(['new', 'changed', 'same']),
            fields: z.array(z.object({ path: z.string(), before: z.string(), after: z.string() })),
            problem: problem.nullable(),
          }),
        ),
      }),
    ),
  /** Writes and signs every new or changed rule of the file; refused whole when one cannot be. */
  takeFile: procedure('policy.change')
    .input(z.object({ name: line(200), text: z.string().max(2_000_000), pin }))
    .output(z.object({ taken: z.int() })),
  /** The store's own rules that hold or will hold, as a policy file. */
  writeFile: procedure('signed_in').output(z.object({ fileName: z.string(), text: z.string() })),
}
