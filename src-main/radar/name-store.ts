import type { ReadHandle } from '../database/store.ts'
import type { Cell } from './rules.ts'

/** The product of a cell of goods, else null. */
export function productOfCell({ dimension, of }: Pick<Cell, 'dimension' | 'of'>): number | null {
  if (dimension === 'product') return Number(of)
  return dimension === 'batch' ? Number(of.slice(0, of.indexOf('/'))) : null
}

/** The batch of a cell of one, else empty. */
export function batchOfCell({ dimension, of }: Pick<Cell, 'dimension' | 'of'>): string {
  return dimension === 'batch' ? of.slice(of.indexOf('/') + 1) : ''
}

/** How cells are called: goods by name, batches with their number, everything else as it is. */
export async function nameCells(
  r: ReadHandle,
  cells: readonly Cell[],
): Promise<Map<string, string>> {
  const ids = [...new Set(cells.flatMap((cell) => productOfCell(cell) ?? []))]
  const rows =
    ids.length === 0
      ? []
      : await r.selectFrom('product').select(['id', 'name']).where('id', 'in', ids).execute()
  const names = new Map(rows.map(({ id, name }) => [id, name]))
  return new Map(
    cells.map((cell) => {
      const name = names.get(productOfCell(cell) ?? 0) ?? cell.of
      const batch = batchOfCell(cell)
      return [cell.key, batch ? `${name} · ${batch}` : name]
    }),
  )
}
