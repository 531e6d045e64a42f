import { expect, it } from 'vitest'
import { demoProducts } from '../../src-main/demo/catalogue.ts'
import { inventMembers } from '../../src-main/demo/people.ts'
import { saleTable } from '../../src-main/demo/pos-export.ts'
import { seededChance } from '../../src-main/demo/random.ts'
import { inventSales } from '../../src-main/demo/sales.ts'
import { hasTradeCheckDigit } from '../../src-main/sales/rules.ts'

const products = demoProducts()

function tableOf(seed: number, today: string, lastMinute = 15 * 60): string[][] {
  const chance = seededChance(seed)
  const members = inventMembers(chance, 50, () => '2025-01-01')
  return saleTable('江城百货', inventSales(chance, products, members, { today, lastMinute }))
}

it('is the same for the same seed and day, and another for another', () => {
  expect(tableOf(1, '2026-11-20')).toEqual(tableOf(1, '2026-11-20'))
  expect(tableOf(2, '2026-11-20')).not.toEqual(tableOf(1, '2026-11-20'))
  expect(tableOf(1, '2026-11-19')).not.toEqual(tableOf(1, '2026-11-20'))
})

it('only gains slips as the day goes on', () => {
  const noon = tableOf(1, '2026-11-20', 12 * 60).slice(2, -1)
  const evening = tableOf(1, '2026-11-20', 22 * 60).slice(2, -1)
  expect(evening.length).toBeGreaterThan(noon.length)
  expect(evening.slice(0, noon.length)).toEqual(noon)
})

it('gives every article one code and a trade barcode that scans', () => {
  expect(new Set(products.map((one) => one.sku)).size).toBe(products.length)
  const barcodes = products.map((one) => one.barcode).filter((code) => code !== '')
  expect(new Set(barcodes).size).toBe(barcodes.length)
  expect(barcodes.filter((code) => !hasTradeCheckDigit(code))).toEqual([])
})
