import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isRefusal } from '../../src-main/foundation/errors.ts'
import { openTestDesk, type TestDesk } from '../support/desk.ts'
import { realFile } from '../support/import-file.ts'
import { openHouse } from '../support/open-house.ts'
import { importText } from '../support/till-import.ts'

/**
 * A real export: what was bought, and months of real returns that name no sale. The desk records some of the later
 * ones before the file brings them, as a till would write them down once more.
 */
const { file, missing } = realFile('uci-online-retail/sales_and_returns.csv')

/** The file's years end in 2011; the desk of the tests lives fifteen years later. */
function inOurTime(text: string): string {
  return text.replaceAll(/\b20(1[01])-(?=\d\d-\d\d)/g, (_, year: string) => `20${+year + 15}-`)
}

interface ReturnLine {
  invoice: string
  sku: string
  units: number
  /** As the file has it, in our time. */
  at: string
  soldOn: string
  soldUnits: number
}

/** Returns that came back whole from one sale, as the answer key has it, oldest first. */
function wholeReturns(): ReturnLine[][] {
  const [, ...rows] = inOurTime(readFileSync(realFile(keyFile).file, 'utf8'))
    .trim()
    .split(/\r?\n/)
  const [, ...sold] = readFileSync(file, 'utf8').trim().split(/\r?\n/)
  const linesOf = countBy(sold.map((line) => line.split(',')[0] ?? ''))
  const returns = new Map<string, ReturnLine[]>()
  for (const row of rows) {
    const [
      invoice = '',
      sku = '',
      units = '',
      ,
      ,
      at = '',
      kind = '',
      soldOn = '',
      soldUnits = '',
    ] = row.split(',')
    const isSamePrice = kind === 'full_line' || kind === 'partial_line'
    const line = { invoice, sku, units: -Number(units), at, soldOn, soldUnits: Number(soldUnits) }
    returns.set(invoice, [...(returns.get(invoice) ?? []), ...(isSamePrice ? [line] : [])])
  }
  return [...returns.entries()]
    .filter(
      ([invoice, lines]) =>
        // Wholesale: one return of the file is of 80,995 pieces, more than a service desk takes back at once.
        lines.every((each) => each.units <= 10_000) &&
        lines.length === linesOf.get(invoice) &&
        new Set(lines.map((each) => each.soldOn)).size === 1,
    )
    .map(([, lines]) => lines)
    .toSorted((a, b) => (a[0]?.at ?? '').localeCompare(b[0]?.at ?? ''))
}

const keyFile = 'uci-online-retail/answer_key.csv'

function countBy(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}

/** From here on the returns are what the file brings later. */
const cut = '2026-06-01'

let test: TestDesk

beforeAll(async () => {
  test = await openTestDesk()
  await test.write(openHouse)
})
afterAll(() => test.close())

/** Records at the desk what a return of the file is about, on its day; null where the desk would not. */
async function recordAtDesk(lines: readonly ReturnLine[]) {
  const [first] = lines
  if (!first) return null
  await test.setNow(`${first.at.slice(0, 10)}T02:00:00.000Z`)
  const { client } = test.manager
  const found = await client.sales.find({ text: first.soldOn })
  const receiptId = found.exact?.receiptId
  if (!receiptId) return null
  const sale = await client.sales.open({ receiptId })
  const asked = lines.map(({ sku, units, soldUnits }) => {
    const line = sale.lines.find((each) => each.sku === sku && each.units === soldUnits)
    return { saleLineId: line?.id ?? 0, units, condition: 'sealed' as const, packagingIntact: true }
  })
  if (asked.some((each) => each.saleLineId === 0)) return null
  const ask = { receiptId, reason: 'wrong_item' as const, lines: asked }
  try {
    const { amount } = await client.refunds.preview(ask)
    const { id } = await client.refunds.record({ ...ask, expectedAmount: amount })
    const { instructions, number } = await client.refunds.open({ refundId: id })
    return { id, number, invoice: first.invoice, receiptId, instruction: instructions[0]?.number }
  } catch (error) {
    if (isRefusal(error)) return null
    throw error
  }
}

type Recorded = NonNullable<Awaited<ReturnType<typeof recordAtDesk>>>

describe('a real export of sales and returns', () => {
  it('answers every refund of the desk it is the payment of, and no other', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const [header = '', ...lines] = inOurTime(readFileSync(file, 'utf8')).trim().split(/\r?\n/)
    const isLater = (line: string) => {
      const at = /,(20\d\d-\d\d-\d\d) /.exec(line)?.[1] ?? ''
      return line.startsWith('C') && at >= cut
    }
    const importLines = async (rows: readonly string[]) => {
      await test.setNow('2026-12-12T02:00:00.000Z')
      const job = await importText(test.system, `${[header, ...rows].join('\n')}\n`)
      expect(job.state).toBe('finished')
    }
    await importLines(lines.filter((line) => !isLater(line)))

    const later = wholeReturns().filter(([first]) => (first?.at ?? '') >= cut)
    expect(later.length).toBeGreaterThan(50)
    const mirrored: Recorded[] = []
    const twins: Recorded[][] = []
    const ownOfTill: string[] = []
    for (const [index, back] of later.entries()) {
      const [line] = back
      // Every fourth is the till's own business: the desk has nothing of it.
      if (!line || index % 4 === 3) {
        if (line) ownOfTill.push(line.invoice)
        continue
      }
      const done = await recordAtDesk(back)
      if (!done) continue
      // A neighbour: another refund of the same line, units and amount, that no till pays.
      const hasRoom = back.length === 1 && line.soldUnits >= line.units * 2
      const twin = hasRoom ? await recordAtDesk(back) : null
      if (twin) twins.push([done, twin])
      else mirrored.push(done)
    }
    expect(mirrored.length).toBeGreaterThan(25)
    expect(twins.length).toBeGreaterThan(5)

    await importLines(lines.filter(isLater))
    const stateOf = async ({ instruction }: Recorded) =>
      test.clerk.client.posInstructions.open({ number: instruction ?? '' })
    for (const each of mirrored) {
      const told = await stateOf(each)
      expect({ state: told.state, by: told.posNumber }).toEqual({
        state: 'settled',
        by: each.invoice,
      })
    }
    for (const pair of twins) {
      for (const each of pair) {
        expect(await stateOf(each)).toMatchObject({ state: 'ambiguous', doubt: 'several' })
      }
    }
    const { till, settled } = await test.clerk.client.posInstructions.reconcile({
      from: cut,
      to: '2026-12-12',
    })
    expect(settled.map(({ posNumber }) => posNumber).toSorted()).toEqual(
      mirrored.map(({ invoice }) => invoice).toSorted(),
    )
    const unclaimed = new Set(till.map(({ receiptNo }) => receiptNo))
    for (const invoice of [...ownOfTill, ...twins.map(([one]) => one?.invoice ?? '')]) {
      expect(unclaimed).toContain(invoice)
    }
  }, 120_000)
})
