import type { ReadHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { query, type RoomHandlers } from '../handlers.ts'
import { findGoods, findNamesakes } from '../sales/index.ts'
import type { exchangesContract } from './contract.ts'
import { familyName } from '../foundation/family-name.ts'
import { type Goods, isSameFamily } from './family.ts'
import { findSoldGoods, listProducts, type ProductRecord } from './store.ts'

/** More sizes than any model has. */
const mostSiblings = 60

async function requireSold(r: ReadHandle, saleLineId: number): Promise<Goods> {
  return (await findSoldGoods(r, saleLineId)) ?? refuse('refunds.line_not_of_sale')
}

function described(products: readonly ProductRecord[], old: Goods | null) {
  return products.map((each) => ({
    ...each,
    isSameFamily: old !== null && isSameFamily(old, each),
  }))
}

export const goodsHandlers: Pick<RoomHandlers<typeof exchangesContract>, 'goods' | 'siblings'> = {
  goods: query(async (r, call, { text, replaces, limit }) => {
    const old = replaces === null ? null : await requireSold(r, replaces)
    const found = await findGoods(r, call, text, limit)
    const products = described(await listProducts(r, found.ids), old)
    const inOrder = found.ids.flatMap((id) => products.find((each) => each.productId === id) ?? [])
    return {
      exact: inOrder.find((each) => each.productId === found.exact) ?? null,
      goods: inOrder,
    }
  }),

  siblings: query(async (r, _call, { saleLineId }) => {
    const old = await requireSold(r, saleLineId)
    const ids = await findNamesakes(r, familyName(old))
    const own = old.productId === null ? [] : [old.productId]
    const products = await listProducts(r, [...new Set([...own, ...ids])])
    return described(products, old)
      .filter((each) => each.isSameFamily)
      .sort((a, b) => a.name.localeCompare(b.name, 'zh-CN', { numeric: true }))
      .slice(0, mostSiblings)
  }),
}
