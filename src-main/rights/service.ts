import type { z } from 'zod'
import { record } from '../audit/index.ts'
import { momentOf } from '../cases/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import type { Call } from '../handlers.ts'
import type { RightsFacts, Verdict } from '../policy/facts.ts'
import { type FrozenLine, hashFrozen, writeContent } from '../policy/frozen.ts'
import { ruleSetOf } from '../policy/index.ts'
import type { RuleSet } from '../policy/layers.ts'
import { decideRights } from '../policy/rules.ts'
import { mirrorOf } from '../pos-instructions/index.ts'
import { repairsOfSale } from '../repairs/index.ts'
import { contextOf } from './context.ts'
import { type Answer, type Answers, foreseenReasons, type lineRights } from './contract.ts'
import { findProofSet } from './proofs/store.ts'
import {
  answerFor,
  type Asked,
  factsOf,
  paidForUnits,
  type RightsContext,
  type RightsLine,
  type RightsSale,
  tagsOf,
  unitsLeft,
} from './rules.ts'
import { insertFrozen, readRightsSale } from './store.ts'

type LineRights = z.output<typeof lineRights>

export async function requireSale(r: ReadHandle, receiptId: number): Promise<RightsSale> {
  const known = await readRightsSale(r, receiptId)
  if (!known) refuse('rights.unknown_sale')
  const sale = { ...known, mirrorOf: (await mirrorOf(r, receiptId))?.number ?? null }
  const repairs = await repairsOfSale(r, receiptId)
  if (repairs.length === 0) return sale
  const lines = sale.lines.map((line) => ({
    ...line,
    repairs: repairs.filter(({ saleLineId }) => saleLineId === line.id),
  }))
  return { ...sale, lines }
}

/** The rules in force and the context in which they are asked. */
export async function openRules(
  r: ReadHandle,
  call: Call,
): Promise<{ rules: RuleSet; context: RightsContext }> {
  const rules = await ruleSetOf(r, call)
  return { rules, context: contextOf(call.profile, call.today) }
}

/**
 * What other proofs in place of the slip say of it: strong ones stand for it, weaker ones do not (domain.md §1.1: a
 * lost slip does not end a claim that is otherwise proven). Refuses proofs taken for another sale
 * (`rights.proofs_of_other_sale`).
 */
export async function proofAnswer(
  r: ReadHandle,
  sale: Pick<RightsSale, 'id'>,
  proofSetId: number | null,
): Promise<Answer> {
  if (proofSetId === null) return {}
  const set = await findProofSet(r, proofSetId)
  if (!set) refuse('rights.unknown_proofs')
  if (set.receiptId !== sale.id) refuse('rights.proofs_of_other_sale')
  return { receipt: set.strength === 'strong' }
}

/** Facts and answer for so many units of one line. */
export function decideLine(
  sale: RightsSale,
  line: RightsLine,
  asked: Asked,
  { rules, context }: { rules: RuleSet; context: RightsContext },
): { facts: RightsFacts; verdict: Verdict } {
  const facts = factsOf(sale, line, asked, context)
  return { facts, verdict: decideRights(facts, rules) }
}

/** What the customer may have for each line of a sale, for all units that are still out. */
export function rightsOfSale(
  sale: RightsSale,
  answers: Answers,
  rules: { rules: RuleSet; context: RightsContext },
): LineRights[] {
  return sale.lines.map((line) => {
    const units = unitsLeft(line)
    const isGoods = sale.kind === 'sale' && line.kind === 'goods' && line.units > 0
    const head = {
      saleLineId: line.id,
      units,
      paid: isGoods ? paidForUnits(line, units) : line.paidAmount,
      papers: papersOf(sale, line),
      isGift: tagsOf(line, rules.context.words).includes('gift'),
      repairs: line.repairs
        .filter(({ reception }) => reception !== 'cancelled')
        .map(({ itemId, unitNo, receivedOn, endedOn }) => ({
          itemId,
          unitNo,
          receivedOn,
          endedOn,
        })),
    }
    const closed = closedState(sale, line)
    if (closed) return { ...head, state: closed, category: null, verdict: null, foreseen: [] }
    const answer = answerFor(answers, line.id)
    const { facts, verdict } = decideLine(sale, line, { units, answer }, rules)
    return {
      ...head,
      state: 'open' as const,
      category: facts.line.category,
      verdict: withoutTrace(verdict),
      foreseen: answer.reason === undefined ? foresee(facts, rules.rules) : [],
    }
  })
}

/** Why there is nothing to decide about a line; null where there is. */
function closedState(
  sale: RightsSale,
  line: RightsLine,
): Exclude<LineRights['state'], 'open'> | null {
  const isGoods = line.kind === 'goods' || line.kind === 'return'
  if (isGoods && sale.mirrorOf !== null) return 'mirrored'
  if (sale.kind !== 'sale' || line.kind !== 'goods' || line.units <= 0) return 'not_goods'
  if (unitsLeft(line) === 0) return 'all_back'
  return line.toCome ? 'to_come' : null
}

/** The slips the units of a line are back by, so that nobody has to look for who took them. */
function papersOf(sale: RightsSale, line: RightsLine): string[] {
  if (sale.mirrorOf !== null) return [sale.mirrorOf]
  return [...new Set(line.returned.map((each) => each.number).filter((each) => each !== ''))]
}

/** What a fault and a change of mind would each allow, with nothing else known. */
function foresee(facts: RightsFacts, rules: RuleSet): LineRights['foreseen'] {
  return foreseenReasons.map((reason) => ({
    reason,
    remedies: decideRights({ ...facts, reason }, rules).remedies.map((each) => ({
      remedy: each.remedy,
      allowed: each.allowed ? true : each.open.length > 0 ? null : false,
      until: each.allowed ? each.until : null,
    })),
  }))
}

export function withoutTrace({ trace: _trace, ...verdict }: Verdict): Omit<Verdict, 'trace'> {
  return verdict
}

/** A calendar is a table of the program, not a fact of the case; the dates it moved stand in the clocks. */
export function withoutCalendar({
  calendar: _calendar,
  ...facts
}: RightsFacts): Omit<RightsFacts, 'calendar'> {
  return facts
}

export function requireLine(sale: RightsSale, saleLineId: number): RightsLine {
  const line = sale.lines.find((each) => each.id === saleLineId)
  if (!line) refuse('rights.line_not_of_sale')
  const { receiptNo, mirrorOf: number } = sale
  if (sale.kind === 'return') refuse('rights.return_receipt', { receiptNo })
  if (number !== null) refuse('refunds.mirrored_sale', { receiptNo, number })
  if (line.kind !== 'goods') refuse('rights.not_goods', { name: line.name })
  return line
}

/**
 * What the rules say of units of a sale's lines, without writing it down; null for what is not goods, for a
 * till's copy of a paper of the desk and for more units than are still out: there is nothing to decide of them.
 */
export async function decideUnits(
  r: ReadHandle,
  call: Call,
  receiptId: number,
  asked: readonly (Asked & { saleLineId: number })[],
): Promise<(FrozenLine | null)[]> {
  const sale = await requireSale(r, receiptId)
  const rules = await openRules(r, call)
  return asked.map(({ saleLineId, ...one }) => {
    const line = sale.lines.find((each) => each.id === saleLineId)
    if (!line || sale.mirrorOf !== null || one.units > unitsLeft(line)) return null
    return frozenLine(sale, line, one, rules)
  })
}

function frozenLine(
  sale: RightsSale,
  line: RightsLine,
  asked: Asked,
  rules: { rules: RuleSet; context: RightsContext },
): FrozenLine {
  const { facts, verdict } = decideLine(sale, line, asked, rules)
  return {
    saleLineId: line.id,
    units: asked.units,
    facts: withoutCalendar(facts),
    verdict: withoutTrace(verdict),
    rules: verdict.rules,
  }
}

/** Decides for the asked units and writes facts, rules and answer down; nobody can change them later. */
export async function freezeRights(
  w: WriteHandle,
  call: Call,
  asked: {
    sale: RightsSale
    lines: readonly { saleLineId: number; units: number }[]
    answers: Answers
    proofSetId: number | null
  },
): Promise<{ id: number; hash: string; lines: FrozenLine[] }> {
  const rules = await openRules(w, call)
  const proof = await proofAnswer(w, asked.sale, asked.proofSetId)
  const lines = asked.lines.map(({ saleLineId, units }): FrozenLine => {
    const line = requireLine(asked.sale, saleLineId)
    const answer = { ...answerFor(asked.answers, saleLineId), ...proof }
    return frozenLine(asked.sale, line, { units, answer }, rules)
  })
  const frozen = await writeFrozen(w, call, {
    receiptId: asked.sale.id,
    proofSetId: asked.proofSetId,
    lines,
  })
  return { ...frozen, lines }
}

export async function writeFrozen(
  w: WriteHandle,
  call: Call,
  decided: { receiptId: number | null; proofSetId: number | null; lines: readonly FrozenLine[] },
): Promise<{ id: number; hash: string }> {
  const moment = momentOf(call)
  const content = writeContent(decided.lines)
  const head = {
    receiptId: decided.receiptId,
    proofSetId: decided.proofSetId,
    businessDate: moment.today,
    decidedAt: moment.at,
    decidedBy: moment.actorId,
  }
  const hash = hashFrozen(head, content)
  const id = await insertFrozen(w, { ...head, content, hash })
  await record(w, call, 'rights.freeze', { type: 'rights', id }, { hash })
  return { id, hash }
}
