import { shareOfUnit } from '../foundation/money.ts'
import { searchKey } from '../foundation/text.ts'
import { type Candidate, type Link, matchReturn, type ReturnLine } from './linking.ts'
import type { ImportRun } from './run.ts'
import type { ImportStore } from './store.ts'

const pageSize = 500
const keptCustomers = 200
/** Units written in one go; a wholesale return can be of tens of thousands. */
const unitsAtOnce = 500

/**
 * Links till returns to the sales they belong to, once all of the file's sales are in: by the sale they name, by the
 * desk's paper they name, by sharing the sale's number, else by the rule of `linking.ts`. Returns of earlier imports whose customer bought something in
 * this one are looked at again.
 */
export function linkReturns(
  run: ImportRun,
  { touchedCustomers, ...clues }: LinkClues & { touchedCustomers: ReadonlySet<number> },
): void {
  const linker = new Linker(run, clues)
  let after = { receiptId: 0, id: 0 }
  for (;;) {
    const page = run.store.unlinkedReturns(after, pageSize)
    const last = page.at(-1)
    if (!last) break
    after = { receiptId: last.receiptId, id: last.id }
    for (const line of page) {
      const isNew = line.importId === run.importId || line.linkKind === null
      if (isNew || (line.customerId !== null && touchedCustomers.has(line.customerId)))
        linker.link(line)
    }
    run.writer.flush()
    if (run.isStopped()) return
  }
}

/** What the file says of where its returns belong, by the id of the return receipt. */
interface LinkClues {
  /** The sale it names. */
  originals: ReadonlyMap<number, string>
  /** Those that name a paper of the desk. */
  mentioning: ReadonlySet<number>
}

class Linker {
  readonly #run: ImportRun
  readonly #clues: LinkClues
  readonly #bought = new Map<number, Map<string, Candidate[]>>()

  constructor(run: ImportRun, clues: LinkClues) {
    this.#run = run
    this.#clues = clues
  }

  link(line: ReturnLine): void {
    const link = this.#find(line)
    this.#run.tally.addLink(link.kind)
    const target = link.lines[0]
    const { store } = this.#run
    if (!target) {
      if (link.kind !== line.linkKind)
        this.#run.write(1, () => store.linkReturn(line.id, null, link.kind))
      return
    }
    const write = () => {
      store.linkReturn(line.id, target.lineId, link.kind)
      store.linkReceipt(line.receiptId, target.receiptId)
    }
    const sold = link.lines.map(({ lineId, units }) => ({ id: lineId, units }))
    if (line.units <= unitsAtOnce) {
      this.#run.write(line.units + 1, () => {
        returnUnits(store, line.id, -line.paidAmount, line.units, sold)
        write()
      })
      return
    }
    this.#linkMany(line, sold, write)
  }

  /** Thousands of units are written in pieces, the link itself last, so that it stands only when all of them do. */
  #linkMany(
    line: ReturnLine,
    sold: readonly { id: number; units: number }[],
    write: () => void,
  ): void {
    const { store, writer } = this.#run
    writer.flush()
    const taken = takeUnits(store, line.units, sold)
    for (let from = 0; from < taken.length; from += unitsAtOnce) {
      const part = taken.slice(from, from + unitsAtOnce)
      this.#run.write(part.length, () => {
        part.forEach(({ lineId, unitNo }, index) => {
          const amount = shareOfUnit(-line.paidAmount, line.units, from + index + 1)
          store.insertReturnedUnit(lineId, unitNo, amount, line.id)
        })
      })
    }
    this.#run.write(1, write)
    writer.flush()
  }

  #find(line: ReturnLine): Link {
    const named = this.#clues.originals.get(line.receiptId)
    if (named !== undefined) {
      const found = matchReturn(
        line,
        this.#run.store.goodsOfReceiptNo(line.storeCode, searchKey(named)),
      )
      return found.lines.length > 0 ? found : { kind: 'original_not_found', lines: [] }
    }
    if (this.#clues.mentioning.has(line.receiptId)) {
      const told = matchReturn(line, this.#run.store.goodsOfMentioned(line.receiptId))
      if (told.lines.length > 0) return told
    }
    const sameNumber = matchReturn(
      line,
      this.#run.store.goodsOfReceiptNo(line.storeCode, line.receiptKey),
    )
    if (sameNumber.lines.length > 0) return sameNumber
    if (line.customerId === null || line.customerIsIdentified !== 1)
      return { kind: 'no_reference', lines: [] }
    return matchReturn(line, this.#boughtBy(line.customerId).get(goodsKey(line)) ?? [])
  }

  #boughtBy(customerId: number): Map<string, Candidate[]> {
    const kept = this.#bought.get(customerId)
    if (kept) return kept
    if (this.#bought.size >= keptCustomers) this.#bought.clear()
    const byGoods = new Map<string, Candidate[]>()
    for (const candidate of this.#run.store.goodsOfCustomer(customerId)) {
      const key = goodsKey(candidate)
      const same = byGoods.get(key)
      if (same) same.push(candidate)
      else byGoods.set(key, [candidate])
    }
    this.#bought.set(customerId, byGoods)
    return byGoods
  }
}

function goodsKey({ sku, barcode, name }: { sku: string; barcode: string; name: string }): string {
  return sku !== '' ? sku : barcode !== '' ? barcode : name
}

/** Units of sold lines that have not come back yet, the lowest numbers first, at most `count`. */
function takeUnits(
  store: ImportStore,
  count: number,
  sold: readonly { id: number; units: number }[],
): { lineId: number; unitNo: number }[] {
  const taken: { lineId: number; unitNo: number }[] = []
  for (const { id, units } of sold) {
    if (taken.length >= count) break
    const gone = new Set(store.returnedUnits(id))
    for (let unitNo = 1; unitNo <= units && taken.length < count; unitNo += 1) {
      if (!gone.has(unitNo)) taken.push({ lineId: id, unitNo })
    }
  }
  return taken
}

/**
 * Marks units of sold lines as returned at the till, so that the desk cannot return them again. `paid` (minor units)
 * is shared over all units of the return; units that came back before are left as they are.
 */
export function returnUnits(
  store: ImportStore,
  returnLineId: number,
  paid: number,
  units: number,
  sold: readonly { id: number; units: number }[],
): void {
  takeUnits(store, units, sold).forEach(({ lineId, unitNo }, index) => {
    store.insertReturnedUnit(lineId, unitNo, shareOfUnit(paid, units, index + 1), returnLineId)
  })
}
