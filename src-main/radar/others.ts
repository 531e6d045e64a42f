import type { IncidentRecord } from './incident-store.ts'
import type { Scan } from './scan.ts'

/** Cases of the same goods with the same fault, or of the finding an incident was opened for. */
export function casesLike(
  scan: Scan,
  incident: Pick<IncidentRecord, 'cell' | 'productId' | 'fault'>,
): number[] {
  const cell = scan.cells.find(({ key }) => key === incident.cell)
  const own = incident.productId === null ? [] : placesOf(scan, incident.productId, incident.fault)
  const ids = [...(cell?.caseIds ?? []), ...own.map((at) => scan.table.caseIds[at] ?? 0)]
  return [...new Set(ids)].sort((a, b) => a - b)
}

/** Customers beside one case who had the same fault of the same goods, each once. */
export function countOthers(
  scan: Scan,
  goods: { productId: number; fault: string | null; except: number | null },
): number {
  const places = placesOf(scan, goods.productId, goods.fault)
  const { caseIds, parties } = scan.table
  const own = new Set(
    places.flatMap((at) => (caseIds[at] === goods.except ? (parties[at] ?? []) : [])),
  )
  const all = new Set(places.flatMap((at) => parties[at] ?? []))
  return all.size - own.size
}

function placesOf({ table }: Scan, productId: number, fault: string | null): number[] {
  const faultNo = fault === null ? null : table.faults.indexOf(fault)
  const places: number[] = []
  table.productIds.forEach((id, at) => {
    if (id === productId && (faultNo === null || table.faultNos[at] === faultNo)) places.push(at)
  })
  return places
}
