import { describe, expect, it } from 'vitest'
import words from '../../resources/rights/line-words.json' with { type: 'json' }
import { tagsOf as tagsOfCategory } from '../../src-main/policy/categories.ts'
import { questions } from '../../src-main/policy/facts.ts'
import { goodsCategories, loadPolicyFiles } from '../../src-main/policy/files.ts'
import { tagsOf as tagsOfRule } from '../../src-main/policy/layers.ts'
import { answer, type Answer } from '../../src-main/rights/contract.ts'
import { tagsOfAnswer, toldBefore, toldTags } from '../../src-main/rights/told.ts'
import { choicesOf, type Verdict } from '../../src-renderer/ui/rights.ts'
import { digitOf, nextValue, toldFacts, unusualFacts } from '../../src-renderer/sales/told-facts.ts'

/** What only people can tell of goods and claim. */

/** Words of a line, how it was paid, and its kind of goods. */
const ofLine = [...Object.keys(words), 'voucher']
const ofCatalogue = goodsCategories.categories.flatMap(({ code }) =>
  tagsOfCategory(goodsCategories, code),
)
const noVerdict = { clocks: [] } as unknown as Verdict

/** Every answer that a key of the rights screen can give. */
const onScreen: Answer[] = [
  ...questions.flatMap((question) =>
    choicesOf(question, noVerdict, ['2026-11-21']).map((choice) => choice.answer),
  ),
  ...toldFacts.flatMap(({ values }) => values),
]

describe('a tag that a shipped rule speaks of', () => {
  const used = [...new Set(loadPolicyFiles().flatMap(tagsOfRule))].toSorted()

  it.each(used)('%s can be set', (tag) => {
    const byKey = onScreen.flatMap((said) => tagsOfAnswer(said).tags)
    expect([...ofLine, ...ofCatalogue, ...byKey]).toContain(tag)
  })

  it('is one of those the answers know, and each of these is of use', () => {
    expect(toldTags.filter((tag) => !used.includes(tag))).toEqual([])
  })
})

describe('an answer on the rights screen', () => {
  it('gives the tags it says, and takes the others of its kind', () => {
    expect(tagsOfAnswer({ noTag: true, contractRate: false })).toEqual({
      tags: ['no_tag'],
      notTags: ['contract_rate'],
    })
    expect(tagsOfAnswer({ carFault: 'grave' })).toEqual({
      tags: ['car_grave_fault', 'car_safety_fault'],
      notTags: ['car_main_assembly'],
    })
    expect(tagsOfAnswer({ broughtBy: 'customer' })).toEqual({
      tags: [],
      notTags: ['complaint_12315', 'complaint_regulator'],
    })
    expect(tagsOfAnswer({})).toEqual({ tags: [], notTags: [] })
  })

  it('can be read back from the facts of a decision', () => {
    const said: Answer[] = [
      {},
      { noTag: true, openedMedia: false, kilometres: 0 },
      ...(['none', 'main_assembly', 'grave', 'safety'] as const).map((carFault) => ({ carFault })),
      ...(['customer', 'hotline_12315', 'regulator'] as const).map((broughtBy) => ({ broughtBy })),
    ]
    for (const one of said) {
      expect(toldBefore({ line: tagsOfAnswer(one), kilometres: one.kilometres ?? null })).toEqual(
        one,
      )
    }
  })

  it('takes kilometres from 0 to 9,999,999, whole ones', () => {
    for (const kilometres of [0, 60_000, 9_999_999]) {
      expect(answer.safeParse({ kilometres }).success).toBe(true)
    }
    for (const kilometres of [-1, 10_000_000, 1.5, Number.NaN]) {
      expect(answer.safeParse({ kilometres }).success).toBe(false)
    }
  })
})

describe('more facts', () => {
  it('have a digit each, which goes through the answers and round again', () => {
    expect(new Set(toldFacts.map((_fact, at) => digitOf(at))).size).toBe(toldFacts.length)
    for (const fact of toldFacts) {
      let said: Answer = {}
      const given = fact.values.map(() => (said = nextValue(fact, said)))
      expect(given).toEqual(fact.values)
      expect(nextValue(fact, said)).toEqual(fact.values[0])
    }
  })

  it('are shown beside the goods where they are out of the ordinary', () => {
    expect(unusualFacts({ channel: 'counter', broughtBy: 'customer', largeGoods: false })).toEqual(
      [],
    )
    expect(unusualFacts({ channel: 'online', largeGoods: true })).toEqual([
      { field: 'channel', value: 'online' },
      { field: 'largeGoods', value: null },
    ])
  })
})
