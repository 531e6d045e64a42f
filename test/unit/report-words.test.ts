import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { reports } from '../../src-main/reports/figures/catalog.ts'
import {
  columnName,
  dimensionName,
  meaningOf,
  noteOf,
  questionOf,
  titleOf,
} from '../../src-main/reports/figures/words.ts'
import { ROOT } from '../support/run-command.ts'

const page = readFileSync(path.join(ROOT, 'docs', 'reports.md'), 'utf8')

describe('docs/reports.md', () => {
  it.each(reports)(
    'says what $id asks, counts and does not say, in the words of the program',
    (report) => {
      const words = [
        titleOf(report.id),
        ...report.figures.flatMap(({ key }) => [columnName(key), meaningOf(key)]),
        ...report.notes.map(noteOf),
      ]
      for (const { en, zh } of words) {
        expect(en).not.toBe(zh)
        expect(page).toContain(en)
      }
      expect(page).toContain(questionOf(report.id).en)
      for (const by of report.by) expect(page).toContain(dimensionName(by).en.toLowerCase())
    },
  )
})

describe('figures', () => {
  it('that carry one name are one figure', () => {
    const known = new Map<string, unknown>()
    for (const { key, kind, ledger, restsOn, place } of reports.flatMap(({ figures }) => figures)) {
      const shape = { kind, ledger, restsOn, place }
      expect(known.get(key) ?? shape, key).toEqual(shape)
      known.set(key, shape)
    }
  })

  it('stand in a chart only where the report has them', () => {
    for (const { id, by, figures, chart } of reports) {
      for (const each of by) {
        for (const key of chart(each)?.series ?? []) {
          expect(
            figures.map((figure) => figure.key),
            `${id} by ${each}`,
          ).toContain(key)
        }
      }
    }
  })
})
