/** 拒绝受理说明: why a claim was denied and what is left to do, on an 80 mm roll or on A4 (domain.md §2.1). */
import { maskPhone } from '../foundation/phone.ts'
import type { Bilingual } from '../policy/rule.ts'
import type { FormatOf } from '../foundation/paper-formats.ts'
import type { PaperField } from '../printing/fields.ts'
import type { LabelKey, Labels } from '../printing/labels.ts'
import {
  type Block,
  composeSlip,
  type Content,
  type Field,
  fieldsOn,
  formatInstant,
  heading,
  joinKnown,
  legalLines,
  type PaperDefinition,
  type PaperFrame,
  rule,
  signatureRow,
  type Stock,
  stockOf,
  storeWords,
  type TypeScale,
} from '../printing/layout.ts'
import type { ProofKind, refusableClaims, wayOns } from './contract.ts'

/** Everything one refusal slip prints. */
export interface RefusalFacts {
  frame: PaperFrame
  paper: FormatOf<'refusal_slip'>
  /** `JS-…` with check character. */
  number: string
  /** Instant the claim was denied, UTC ISO. */
  issuedAt: string
  /** 0 on the original, n on the n-th reprint. */
  copy: number
  /** Null where no sale was found. */
  sale: { receiptNo: string; soldOn: string } | null
  /** What there was in place of a slip; null with one. */
  proofs: { soldOn: string; kinds: readonly ProofKind[]; score: number } | null
  /** Denied because the proofs do not show the purchase, whatever the rules would say of it. */
  notProven: boolean
  /** Printed only with a phone number to reach somebody. */
  customer: { name: string | null; phone: string | null } | null
  goods: string
  units: number
  claim: (typeof refusableClaims)[number]
  /** Code of `refusal.reasons`. */
  reason: string
  /** The customer's own words. */
  statement: string | null
  note: string | null
  /** Why not, sentence by sentence. */
  grounds: readonly Bilingual[]
  rules: readonly { text: Bilingual; basis: Bilingual; id: string; version: number }[]
  wayOns: readonly { kind: (typeof wayOns)[number]; until: string | null }[]
  owner: string
  ownerPhone: string | null
  handledBy: string
  /** Who decided that the proofs do not do; null where the rules did. */
  decidedBy: string | null
}

/** What a store can set on its refusal slip; what was claimed and why not stays. */
export const refusalFields: readonly PaperField[] = [
  { key: 'refusal.customer', off: true },
  { key: 'refusal.phone' },
  { key: 'refusal.receiptNo' },
  { key: 'refusal.handledBy' },
  { key: 'refusal.decidedBy' },
  { key: 'refusal.note' },
  { key: 'refusal.statement' },
]

/** Larger than other sheets: a customer reads this one at arm's length. */
const SHEET: TypeScale = { text: 10, label: 8.5, second: 7.5, small: 7.5 }

/** Composes the slip for its paper; pure. */
export function composeRefusalSlip(facts: RefusalFacts, labels: Labels): PaperDefinition {
  const paper = stockOf(facts.paper, labels)
  const stock = paper.isRoll ? paper : { ...paper, type: SHEET }
  return composeSlip(stock, {
    ...facts,
    labels,
    title: 'refusal.title',
    content: stock.isRoll ? rollContent(facts, labels, stock) : sheetContent(facts, labels, stock),
  })
}

function rollContent(facts: RefusalFacts, labels: Labels, stock: Stock): Content[] {
  return [
    ...fieldsOn(stock, labels, claimFields(facts, labels), FIELD_WIDTHS),
    ...body(facts, labels, 9),
    { ...signatures(labels), margin: [0, 6, 0, 4] },
    ...fieldsOn(stock, labels, whoFields(facts), FIELD_WIDTHS),
    { ...legalLines([labels.both('refusal.keeps', {}, '\n')]), margin: [0, 3, 0, 0] },
    ...storeWords(labels, facts.frame),
  ]
}

function sheetContent(facts: RefusalFacts, labels: Labels, stock: Stock): Content[] {
  return [
    ...fieldsOn(stock, labels, [...claimFields(facts, labels), ...whoFields(facts)], FIELD_WIDTHS),
    ...body(facts, labels, 11.5),
    { ...signatures(labels), margin: [0, 14, 0, 6] },
    legalLines([labels.both('refusal.keeps', {}, '\n')]),
    ...storeWords(labels, facts.frame),
  ]
}

const FIELD_WIDTHS = [70, 92] as const

function claimFields(facts: RefusalFacts, labels: Labels): Field[] {
  return claimFacts(facts, labels).map(([key, value]) => ({ key, value }))
}

/** Who answers for it, and who decided. */
function whoFields(facts: RefusalFacts): Field[] {
  return [
    { key: 'refusal.owner', value: ownerText(facts) },
    { key: 'refusal.handledBy', value: facts.handledBy },
    ...decided(facts).map(([key, value]) => ({ key, value })),
  ]
}

function ownerText(facts: RefusalFacts): string {
  const phone = facts.ownerPhone ?? facts.frame.store.phone ?? null
  return joinKnown([facts.owner, phone], '  ') ?? ''
}

function decided({ decidedBy }: RefusalFacts): [LabelKey, string][] {
  return decidedBy === null ? [] : [['refusal.decidedBy', decidedBy]]
}

/** Each kind of proof once, and what they come to together. */
function proofsText(proofs: NonNullable<RefusalFacts['proofs']>, labels: Labels): string {
  const kinds = [...new Set(proofs.kinds)].map((kind) => say(labels, 'refusal.proofKinds', kind))
  const separator = labels.language === 'en' ? ', ' : '、'
  return labels.say('refusal.proofsOf', { kinds: kinds.join(separator), score: proofs.score })
}

function claimFacts(facts: RefusalFacts, labels: Labels): [LabelKey, string][] {
  const { sale, proofs, customer, frame } = facts
  const rows: [LabelKey, string | null][] = [
    ['refusal.issuedAt', formatInstant(facts.issuedAt, frame.timeZone)],
    ['refusal.receiptNo', sale?.receiptNo ?? labels.say('refusal.noReceipt')],
    ['refusal.saleDate', sale?.soldOn ?? null],
    ['refusal.claimedDate', proofs?.soldOn ?? null],
    ['refusal.proofs', proofs && proofsText(proofs, labels)],
    ['refusal.goods', `${facts.goods} × ${facts.units}`],
    ['refusal.claim', say(labels, 'refusal.claims', facts.claim)],
    ['refusal.reason', say(labels, 'refusal.reasons', facts.reason)],
    ['refusal.customer', customer?.name ?? null],
    ['refusal.phone', customer?.phone ? maskPhone(customer.phone) : null],
    ['refusal.statement', facts.statement],
  ]
  return rows.flatMap(([key, value]): [LabelKey, string][] => (value ? [[key, value]] : []))
}

function say(
  labels: Labels,
  group: 'refusal.claims' | 'refusal.reasons' | 'refusal.proofKinds',
  code: string,
): string {
  return labels.codeBoth(group, code)
}

/** Why not, by which rule, and what is left: the part the customer takes home. */
function body(facts: RefusalFacts, labels: Labels, size: number): Content[] {
  const part = (key: LabelKey): Block => heading(labels.both(key), size, [0, 7, 0, 2])
  return [
    rule(0.6, [0, 3, 0, 0]),
    part('refusal.why'),
    numbered(facts.grounds.map((each) => inBoth(labels, each))),
    part('refusal.rules'),
    ...facts.rules.map((each): Block => ({
      unbreakable: true,
      margin: [0, 0, 0, 2.5],
      stack: [
        { text: inBoth(labels, each.text) },
        {
          text: `${inBoth(labels, each.basis)}  (${each.id} v${each.version})`,
          style: 'label',
        },
      ],
    })),
    ...(facts.rules.length === 0 ? [{ text: labels.both(noRuleText(facts), {}, '\n') }] : []),
    ...(facts.note && labels.prints('refusal.note')
      ? [part('refusal.note'), { text: facts.note }]
      : []),
    part('refusal.wayOn'),
    numbered(
      facts.wayOns.map(({ kind, until }) => {
        const text = labels.both(`refusal.wayOns.${kind}`, phoneOf(facts), '\n')
        return until === null ? text : `${text} ${labels.both('refusal.until', { date: until })}`
      }),
    ),
  ]
}

/** Weak proofs are not a claim that no rule supports. */
function noRuleText({ notProven }: RefusalFacts): LabelKey {
  return notProven ? 'refusal.ofProofs' : 'refusal.noRule'
}

function phoneOf(facts: RefusalFacts): { phone: string } {
  return { phone: facts.frame.store.phone ?? '' }
}

function numbered(lines: readonly string[]): Block {
  return {
    stack: lines.map((text, index): Block => ({
      margin: [0, 0, 0, 2],
      columns: [
        { width: 14, text: `${index + 1}.` },
        { width: '*', text },
      ],
    })),
  }
}

/** A text of a rule in the languages of the paper. */
function inBoth(labels: Labels, text: Bilingual): string {
  if (labels.language === 'zh') return text.zh
  if (labels.language === 'en') return text.en
  return text.zh === text.en ? text.zh : `${text.zh}\n${text.en}`
}

function signatures(labels: Labels): Block {
  return signatureRow(labels, ['refusal.customerSign', 'refusal.storeSign'], 26)
}
