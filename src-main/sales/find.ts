import type { ReadHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { hitKinds } from './contract.ts'
import {
  complaintsBehind,
  customersByMemberNo,
  customersByName,
  customersByPhone,
  type Found,
  linesBySerial,
  namesBySound,
  papersByName,
  papersByNumber,
  papersByPhone,
  papersByShortNumber,
  productsByBarcode,
  productsByName,
  productsBySku,
  receiptsByAmount,
  receiptsByBeginning,
  receiptsBehindLetters,
  receiptsByLineBarcode,
  receiptsByNumber,
  receiptsByTail,
  repairsByPickupCode,
  vouchersByCode,
} from './find-store.ts'
import { describeHits, type Hit, type HitKind } from './hit-store.ts'
import { exact, type Question, type Strength, whole } from './rules.ts'

/** Papers clerks call by the end of their number. */
const papers = [
  'card',
  'refund',
  'price_adjustment',
  'exchange',
  'complaint',
  'refusal',
  'voucher',
  'repair',
] as const

/** Texts this short name too many things to open one of them unasked. */
const ambiguousLength = 4

/**
 * Everything in the store that answers the question, grouped by kind, best first. Refuses with
 * `sales.wrong_check_character` when the text is a paper's number misread and nothing else answers to it.
 */
export async function findEverything(
  r: ReadHandle,
  question: Question,
  limit: number,
): Promise<{ exact: Hit | null; groups: { kind: HitKind; hits: Hit[]; more: boolean }[] }> {
  const gathered = new Gathered()
  const most = limit + 1
  await gatherCodes(r, question, gathered, most)
  await gatherPeople(r, question, gathered, most)
  await gatherNames(r, question, gathered, most)
  if (question.amount !== null) {
    gathered.add('receipt', await receiptsByAmount(r, question.amount, question.date, most))
  }
  if (question.misreadNumber !== null && gathered.size === 0) {
    refuse('sales.wrong_check_character', { number: question.misreadNumber })
  }
  const groups = []
  for (const kind of gathered.kinds()) {
    const { best, more } = gathered.best(kind, limit)
    groups.push({ kind, hits: await describeInOrder(r, kind, best), more })
  }
  return { exact: theOne(question, gathered, groups), groups }
}

/** Numbers of receipts and papers, barcodes, SKUs and serial numbers. */
async function gatherCodes(r: ReadHandle, question: Question, gathered: Gathered, most: number) {
  if (question.documentNumber !== null) {
    for (const paper of [...papers, 'instruction'] as const) {
      gathered.add(paper, await papersByNumber(r, paper, question.documentNumber))
    }
    gathered.add('complaint', await complaintsBehind(r, question.documentNumber))
  }
  if (question.shortNumber !== null) {
    const spoken = /[A-Z]$/.test(question.shortNumber) ? whole : exact
    for (const paper of papers) {
      const hits = await papersByShortNumber(r, paper, question.shortNumber, most)
      gathered.add(
        paper,
        hits.map((hit) => ({ ...hit, strength: spoken })),
      )
    }
  }
  if (question.voucherCode !== null) {
    gathered.add('voucher', await vouchersByCode(r, question.voucherCode))
  }
  if (question.pickupCode !== null) {
    gathered.add('repair', await repairsByPickupCode(r, question.pickupCode))
  }
  if (question.code !== null)
    await gatherReceipts(r, question.code, question.partial, gathered, most)
  gathered.add('serial', await linesBySerial(r, question.serials, most))
  if (question.code !== null) {
    gathered.add('product', await productsBySku(r, question.code, question.partial, most))
  }
  const products = await productsByBarcode(r, question.barcodes, most)
  gathered.add('product', products)
  if (products.length === 0 && question.barcodes.length > 0) {
    gathered.add('receipt', await receiptsByLineBarcode(r, question.barcodes, most))
  }
}

async function gatherReceipts(
  r: ReadHandle,
  code: string,
  partial: boolean,
  gathered: Gathered,
  most: number,
) {
  const numbered = await receiptsByNumber(r, code, most)
  gathered.add('receipt', numbered)
  if (numbered.length > 0 || !/\d$/.test(code)) return
  gathered.add('receipt', await receiptsBehindLetters(r, code, most))
  if (!partial) return
  gathered.add('receipt', await receiptsByBeginning(r, code, most))
  gathered.add('receipt', await receiptsByTail(r, code, most))
}

async function gatherPeople(r: ReadHandle, question: Question, gathered: Gathered, most: number) {
  if (question.code !== null && question.serials.length > 0) {
    gathered.add('customer', await customersByMemberNo(r, question.serials))
  }
  if (question.phone === null) return
  gathered.add('customer', await customersByPhone(r, question.phone, most))
  const named = await papersByPhone(r, question.phone, most)
  gathered.add('card', named.card)
  gathered.add('complaint', named.complaint)
  gathered.add('voucher', named.voucher)
  gathered.add('repair', named.repair)
}

async function gatherNames(r: ReadHandle, question: Question, gathered: Gathered, most: number) {
  if (question.sound !== null) {
    gathered.add('customer', await namesBySound(r, 'customer', question.sound, most))
    gathered.add('product', await namesBySound(r, 'product', question.sound, most))
  }
  if (question.name === null) return
  gathered.add('customer', await customersByName(r, question.name, question.grams, most))
  const named = await papersByName(r, question.name, most)
  gathered.add('card', named.card)
  gathered.add('complaint', named.complaint)
  gathered.add('voucher', named.voucher)
  if (question.grams !== '') {
    gathered.add('product', await productsByName(r, question.name, question.grams))
  }
}

/** Ids found so far by kind, each once with its best strength, in the order the looks found them. */
class Gathered {
  readonly #strengths = new Map<HitKind, Map<number, Strength>>()

  get size(): number {
    return [...this.#strengths.values()].reduce((sum, ids) => sum + ids.size, 0)
  }

  add(kind: HitKind, hits: readonly Found[]): void {
    const ids = this.#strengths.get(kind) ?? new Map<number, Strength>()
    for (const { id, strength } of hits) {
      if (strength < (ids.get(id) ?? Infinity)) ids.set(id, strength)
    }
    if (ids.size > 0) this.#strengths.set(kind, ids)
  }

  /** Kinds with hits, the kind with the best one first. */
  kinds(): HitKind[] {
    const best = (kind: HitKind) => Math.min(...(this.#strengths.get(kind)?.values() ?? [Infinity]))
    return hitKinds.filter((kind) => this.#strengths.has(kind)).sort((a, b) => best(a) - best(b))
  }

  best(kind: HitKind, limit: number): { best: Map<number, Strength>; more: boolean } {
    const all = [...(this.#strengths.get(kind) ?? [])].sort((a, b) => a[1] - b[1])
    return { best: new Map(all.slice(0, limit)), more: all.length > limit }
  }

  whole(): { kind: HitKind; id: number }[] {
    return hitKinds.flatMap((kind) =>
      [...(this.#strengths.get(kind) ?? [])]
        .filter(([, strength]) => strength === whole)
        .map(([id]) => ({ kind, id })),
    )
  }
}

/** Best first, then newest first. */
async function describeInOrder(
  r: ReadHandle,
  kind: HitKind,
  best: ReadonlyMap<number, Strength>,
): Promise<Hit[]> {
  const hits = await describeHits(r, kind, [...best.keys()])
  const strength = (hit: Hit) => best.get(hit.id) ?? Infinity
  return hits.sort(
    (a, b) =>
      strength(a) - strength(b) ||
      (b.businessDate ?? '').localeCompare(a.businessDate ?? '') ||
      b.id - a.id,
  )
}

/** The one thing the text names and nothing else does; a short text must have found nothing beside it. */
function theOne(
  question: Question,
  gathered: Gathered,
  groups: readonly { kind: HitKind; hits: Hit[] }[],
): Hit | null {
  const [only, other] = gathered.whole()
  if (only === undefined || other !== undefined) return null
  const short = question.code !== null && question.code.length <= ambiguousLength
  if (short && gathered.size > 1) return null
  const group = groups.find((each) => each.kind === only.kind)
  return group?.hits.find((hit) => hit.id === only.id) ?? null
}
