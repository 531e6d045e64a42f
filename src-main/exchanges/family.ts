import { foldName } from '../foundation/bigrams.ts'

/** What tells a product from its neighbours. */
export interface Goods {
  productId: number | null
  name: string
  brand: string
  model: string
  /** Size, colour or content, as the catalogue writes it; it may stand in the name too. */
  spec: string
  /** Shelf price of one unit, where the catalogue knows it. */
  listPrice: number | null
}

/** Words that say a size and nothing else: 42码, 170/88A, 110cm, XL. */
const sizeWord =
  /^(?:\d{1,3}(?:\.5)?(?:码|号|cm|寸)|\d{3}\/\d{2,3}[a-c]?|(?:\d?x{0,4}[sl]|m)码?|均码|one ?size)$/u

/**
 * The name of a model without its size: what is left when the catalogue's spec and words that are sizes are taken
 * out. Folded, as names are compared.
 */
export function familyName({ name, spec }: Pick<Goods, 'name' | 'spec'>): string {
  const folded = foldName(name)
  const size = foldName(spec).trim()
  const bare = size === '' ? folded : folded.replace(size, ' ')
  const words = bare.split(/[\s,()·]+/u).filter((word) => word !== '')
  const left = words.filter((word) => !sizeWord.test(word))
  return (left.length > 0 ? left : words).join(' ')
}

/**
 * The same model in another size or colour: the same product; of one brand, with one model number or one name without
 * its size. Where both have a shelf price and it differs, they are two things (50 ml and 150 ml of a cream).
 */
export function isSameFamily(a: Goods, b: Goods): boolean {
  if (a.productId !== null && a.productId === b.productId) return true
  const pricesDiffer = a.listPrice !== null && b.listPrice !== null && a.listPrice !== b.listPrice
  const brandsDiffer = a.brand !== '' && b.brand !== '' && a.brand !== b.brand
  if (pricesDiffer || brandsDiffer) return false
  if (a.model !== '' && b.model !== '') return a.model === b.model
  const family = familyName(a)
  return family !== '' && family === familyName(b)
}
