import { z } from 'zod'
import type { BusinessDate } from '../foundation/business-date.ts'
import { toHalfWidth } from '../foundation/text.ts'
import { bilingual, type Bilingual, layers, type Rule, type TermRule } from './rule.ts'
import { coversCategory, nearnessOf } from './scope.ts'

const text = z.string().min(1)

/** The kinds of goods that rules speak of (resources/policies/categories.json); a code covers what is below it. */
export const categoryTree = z.strictObject({
  format: z.literal(1),
  id: z.string(),
  /** What a warranty covers where nobody said more. */
  covers: bilingual,
  /** Words that make goods an accessory or a service: a phone case is no phone. */
  accessoryWords: z.array(text),
  categories: z.array(
    z.strictObject({
      code: z.string().regex(/^[a-z0-9_]+(?:\.[a-z0-9_]+)*$/),
      name: bilingual,
      keywords: z.array(text).min(1),
      /** Words that tell it only among goods of the category above: 羊皮 makes a shoe a leather shoe, a belt not. */
      inside: z.array(text).optional(),
      /** The whole thing only: goods with a word of `accessoryWords` are something else. */
      wholeOnly: z.boolean().optional(),
      /** Stores file many things under this word, so a name that says more is believed. */
      broad: z.boolean().optional(),
      /** What all goods of it are (`perishable`), for rules that speak of tags. */
      tags: z.array(text).optional(),
      /** Words beside a keyword that make the goods something else. */
      neverWith: z.array(text).optional(),
    }),
  ),
})
export type CategoryTree = z.output<typeof categoryTree>
export type Category = CategoryTree['categories'][number]

/**
 * The category of goods: by the words of the store's own category, else by those of their name. The longest word
 * wins: 手机电池 is a battery, not a phone. Where the store's category is a broad one (家用电器), or the name says more
 * within it (女鞋: 羊皮单鞋), the name decides.
 */
export function findCategory(
  tree: CategoryTree,
  goods: { category: string; name: string },
): Category | undefined {
  const category = plain(goods.category)
  const name = plain(goods.name)
  const byCategory = findHit(tree, category)
  const byName = findHit(tree, name, byCategory?.category.code)
  const first = byCategory && saysMore(byName, byCategory) ? byName : (byCategory ?? byName)
  if (!first) return undefined
  const nearer = findHit(tree, name, first.category.code)
  const best = nearer && coversCategory(first.category.code, nearer.category.code) ? nearer : first
  const texts = [category, name]
  if (texts.some((text) => isBeside(best.category, text))) return undefined
  const rest = texts.map((text) => text.replaceAll(best.keyword, ' ')).join(' ')
  const isAccessory = tree.accessoryWords.some((word) => rest.includes(word))
  return best.category.wholeOnly && isAccessory ? undefined : best.category
}

interface Hit {
  category: Category
  keyword: string
}

/** The longest word of any category in a text; of two as long, the one of the lower category. */
function findHit(tree: CategoryTree, text: string, above?: string): Hit | undefined {
  if (text === '') return undefined
  const words = ` ${text.replaceAll(/[^a-z]+/g, ' ')} `
  let best: Hit | undefined
  for (const category of tree.categories) {
    if (isBeside(category, text)) continue
    for (const keyword of wordsOf(category, above)) {
      if (isBetter(category, keyword, best) && holdsWord(text, words, keyword)) {
        best = { category, keyword }
      }
    }
  }
  return best
}

function wordsOf(category: Category, above: string | undefined): readonly string[] {
  const isInside = category.inside && above !== undefined && coversCategory(above, category.code)
  return isInside ? [...category.keywords, ...(category.inside ?? [])] : category.keywords
}

function isBetter(category: Category, keyword: string, best: Hit | undefined): boolean {
  if (!best || keyword.length > best.keyword.length) return true
  return keyword.length === best.keyword.length && coversCategory(best.category.code, category.code)
}

function saysMore(byName: Hit | undefined, byCategory: Hit): byName is Hit {
  if (!byName) return false
  return (
    byCategory.category.broad === true ||
    coversCategory(byCategory.category.code, byName.category.code)
  )
}

/** A shoe brush is no shoe. */
function isBeside({ neverWith }: Category, text: string): boolean {
  return neverWith?.some((each) => text.includes(each)) ?? false
}

/** What all goods of a category are, by itself and by what is above it. */
export function tagsOf(tree: CategoryTree, code: string): string[] {
  const tags = tree.categories
    .filter((category) => coversCategory(category.code, code))
    .flatMap((category) => category.tags ?? [])
  return [...new Set(tags)]
}

/** Goods as term rules look at them. */
export interface TermedGoods {
  category: string
  sku: string
  brand: string
  counter: string
}

/**
 * The term rule of goods sold on a day: the one that names their category most exactly, and of these the most special
 * voice, which law lets promise more but never less.
 */
export function findTerm(
  rules: readonly Rule[],
  goods: TermedGoods,
  soldOn: BusinessDate,
): TermRule | undefined {
  const nearness = ({ scope }: TermRule) => nearnessOf(scope, goods.category)
  return rules
    .filter((rule): rule is TermRule => rule.effect === 'term')
    .filter((rule) => rule.enabled && rule.profile === undefined && isAbout(rule, goods))
    .filter(
      ({ validFrom, validTo }) => validFrom <= soldOn && (validTo === null || soldOn <= validTo),
    )
    .toSorted(
      (a, b) =>
        nearness(b) - nearness(a) ||
        layers.indexOf(b.layer) - layers.indexOf(a.layer) ||
        b.version - a.version,
    )[0]
}

/** A rule on some channels, tiers, tags or prices promises nothing that a card could say of the goods alone. */
function isAbout({ scope }: TermRule, { category, sku, brand, counter }: TermedGoods): boolean {
  const { channels, tiers, tags, paidFrom, paidTo, not } = scope
  if ([channels, tiers, tags, paidFrom, paidTo].some((each) => each !== undefined)) return false
  if (not?.categories?.some((code) => coversCategory(code, category))) return false
  return (
    nearnessOf(scope, category) > 0 &&
    (scope.skus?.includes(sku) ?? true) &&
    (scope.brands?.includes(brand) ?? true) &&
    (scope.counters?.includes(counter) ?? true)
  )
}

/** What a card says of a warranty: one figure for the whole unit and one for its main parts. */
export interface WarrantyTerms {
  unitMonths: number | null
  partMonths: number | null
  mainParts: Bilingual | null
}

/**
 * A term rule as a card can promise it. A card is signed, so what was not verified is left to be typed, and so are
 * parts whose terms differ.
 */
export function promisableTerms({ unitMonths, parts, unverified }: TermRule): WarrantyTerms {
  const partMonths = parts[0]?.months ?? null
  const alike = partMonths !== null && parts.every(({ months }) => months === partMonths)
  const namesIn = (language: 'zh' | 'en', gap: string) =>
    parts.map(({ name }) => name[language]).join(gap)
  return {
    unitMonths: unverified ? null : unitMonths,
    partMonths: alike ? partMonths : null,
    mainParts: alike && !unverified ? { zh: namesIn('zh', '、'), en: namesIn('en', ', ') } : null,
  }
}

function plain(text: string): string {
  return toHalfWidth(text).toLowerCase()
}

/** Chinese is written without gaps; a Latin word must stand alone. */
function holdsWord(text: string, words: string, keyword: string): boolean {
  return /^[a-z ]+$/.test(keyword) ? words.includes(` ${keyword} `) : text.includes(keyword)
}
