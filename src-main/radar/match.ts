/** Which goods a notice or a recall speaks of. Empty fields speak of all; `*` stands for any letters. */
export interface GoodsPattern {
  productId?: number | null
  barcode: string
  brand: string
  model: string
  batchNo: string
}

export interface GoodsSeen {
  productId: number | null
  barcode: string
  brand: string
  model: string
  name: string
  /** Empty where nobody knows it. */
  batchNo: string
}

/** `maybe`: the goods fit, and the batch has to be looked at. */
export type Match = 'yes' | 'maybe' | 'no'

const plain = (text: string) => text.normalize('NFKC').trim().toLowerCase()

/** True when `text` is what `pattern` says, letter case, width and spaces around apart. */
export function fits(pattern: string, text: string): boolean {
  const parts = plain(pattern).split('*')
  const folded = plain(text)
  const [first = ''] = parts
  const last = parts.at(-1) ?? ''
  if (parts.length === 1) return folded === first
  if (!folded.startsWith(first) || !folded.endsWith(last)) return false
  let at = first.length
  for (const part of parts.slice(1, -1)) {
    const found = folded.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return at + last.length <= folded.length
}

/** Whether goods are meant: every field that is filled in must fit; a model may stand in the goods' name. */
export function matchGoods(pattern: GoodsPattern, goods: GoodsSeen): Match {
  const isProduct = typeof pattern.productId === 'number'
  if (isProduct && pattern.productId !== goods.productId) return 'no'
  if (!isProduct) {
    const { barcode, brand, model } = pattern
    if (barcode === '' && brand === '' && model === '') return 'no'
    if (barcode !== '' && !fits(barcode, goods.barcode)) return 'no'
    if (brand !== '' && !fits(brand, goods.brand)) return 'no'
    if (model !== '' && !fits(model, goods.model) && !namesModel(goods.name, model)) return 'no'
  }
  if (pattern.batchNo === '') return 'yes'
  if (goods.batchNo === '') return 'maybe'
  return fits(pattern.batchNo, goods.batchNo) ? 'yes' : 'no'
}

/** A model of letters and digits that stands in the goods' name as a word of its own. */
function namesModel(name: string, model: string): boolean {
  const word = plain(model)
  if (word.includes('*') || !/\d/u.test(word)) return false
  const at = plain(name).indexOf(word)
  const isEdge = (letter: string) => !/[a-z0-9]/u.test(letter)
  return (
    at >= 0 && isEdge(plain(name).charAt(at - 1)) && isEdge(plain(name).charAt(at + word.length))
  )
}
