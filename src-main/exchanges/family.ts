import { familyName } from '../foundation/family-name.ts'

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
