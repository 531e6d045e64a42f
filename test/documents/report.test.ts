import { describe, expect, it } from 'vitest'
import type { Cells } from '../../src-main/reports/figures/contract.ts'
import { readPdf } from './support/read-pdf.ts'
import { renderExample } from './support/render-example.ts'
import { reportOf } from './support/report-facts.ts'

async function read(
  wanted: Parameters<typeof reportOf>[0],
  language: 'zh' | 'en' | 'bilingual' = 'zh',
) {
  return readPdf((await renderExample('report', reportOf(wanted), language)).pdf)
}

describe('a report on paper', () => {
  it('says what was asked, draws it, and gives every share with what it is of', async () => {
    const { pages, text } = await read({ rows: 18 })
    expect(pages).toHaveLength(1)
    expect(text).toContain('期间：')
    expect(text).toContain('3F 女装·女鞋')
    expect(text).toContain('哪里、什么商品、因为什么被投诉得最多？')
    // The chart: what is left over, its line, and the first bar; then the table's own.
    expect(text).toContain('其余 6 项')
    expect(text).toContain('累计')
    expect(text.match(/老凤祥银\n?楼/g)?.length).toBeGreaterThanOrEqual(2)
    expect(text).toMatch(/60%\s+18\/30/)
    expect(text).toMatch(/\n7\/12\n/)
    expect(text).toContain('不足 20 件的只写件数，不算百分比。')
    expect(text).toContain('受理：期间内登记的投诉。')
  })

  it('has example figures that add up, as those of the desk do', () => {
    const { table } = reportOf({ rows: 18 })
    const count = (cells: Cells, key: string) => Number(cells[key])
    for (const { cells } of [...table.rows, table.totals]) {
      expect(count(cells, 'stillOpen') + count(cells, 'solved')).toBe(count(cells, 'received'))
    }
    const received = table.rows.reduce((sum, { cells }) => sum + count(cells, 'received'), 0)
    expect(table.totals.cells['received']).toBe(received)
    expect(table.rows.at(-1)?.cells['upTo']).toEqual({ count: received, of: received })
  })

  it('repeats its head on every page and numbers them', async () => {
    const { pages } = await read({ rows: 500, chart: 'bar' })
    expect(pages.length).toBeGreaterThan(8)
    const inTable = pages.slice(0, -1)
    for (const [at, page] of inTable.entries()) {
      expect(page.text).toContain('首次接触即解决')
      expect(page.text).toContain(`第 ${at + 1} 页 / 共 ${pages.length} 页`)
    }
    expect(pages[0]?.text).toContain('图中未列的 485 项合计：受理')
    expect(pages.map(({ text }) => text).join('\n')).toContain('合计')
  })

  it('lies where its columns need the width, and puts the other period below each figure', async () => {
    const columns = ['received', 'stillOpen', 'atOnce', 'solved', 'content', 'paidBack']
    const { pages, text } = await read({ rows: 8, chart: 'bar', compared: true, columns }, 'en')
    expect(pages[0]!.width).toBeGreaterThan(pages[0]!.height)
    expect(text).toContain('Compared with')
    expect(text).toContain('before 36 · -6 (-17%)')
    expect(text).toContain('Received 2026-08-10 – 2026-09-30')
  })

  it('says so when there is nothing', async () => {
    const { pages, text } = await read({ rows: 0 }, 'bilingual')
    expect(pages).toHaveLength(1)
    expect(text).toContain('这段期间没有记录。 Nothing on record in this period.')
  })
})
