import law from '../../resources/radar/law.json' with { type: 'json' }
import type { Call } from '../handlers.ts'
import { proposeFault } from './faults.ts'
import { listIncidentsOf } from './incident-store.ts'
import { listGoodsSeen } from './notice-store.ts'
import { noticesOf } from './notices.ts'
import { countOthers } from './others.ts'
import { currentScan } from './scan.ts'

interface Asked {
  receiptId?: number | undefined
  saleLineId?: number | undefined
  cardId?: number | undefined
  productId?: number | undefined
  text: string
}

/** What must be known about goods, and, where somebody tells of a fault, how many had the same. */
export async function readWarnings(call: Call, asked: Asked) {
  const productIds = asked.productId === undefined ? [] : [asked.productId]
  const { seen, stops, recalls, incidents } = await call.store.read(async (r) => {
    const goods = await listGoodsSeen(r, { ...asked, productIds })
    const ids = goods.flatMap(({ productId }) => productId ?? [])
    const found = ids.length > 0 ? await listIncidentsOf(r, { productIds: ids }) : []
    return { seen: goods, incidents: found, ...(await noticesOf(r, goods, call.today)) }
  })
  const warnings = [
    ...recalls.map(({ notice, goods, certain }) => ({
      kind: notice.kind,
      id: notice.id,
      number: notice.number,
      title: notice.title,
      goods: goods.name,
      certain,
      batchNo: notice.batchNo,
      detail: [notice.authority, notice.duty].filter(Boolean).join(' · '),
      since: notice.issuedOn,
    })),
    ...stops.map(({ notice, goods, certain }) => ({
      kind: 'stop' as const,
      id: notice.id,
      number: notice.number,
      title: notice.reason,
      goods: goods.name,
      certain,
      batchNo: notice.batchNo,
      detail: '',
      since: notice.effectiveOn,
    })),
    ...incidents.map((incident) => ({
      kind: 'incident' as const,
      id: incident.id,
      number: incident.number,
      title: incident.title,
      goods: incident.goods,
      certain: incident.batchNo === '',
      batchNo: incident.batchNo,
      detail: '',
      since: incident.businessDate,
    })),
  ]
  const told = asked.text === '' ? { fault: null, others: 0 } : await readOthers(call, seen, asked)
  return { warnings, ...told, law: recalls.length + stops.length > 0 ? law.recall : [] }
}

async function readOthers(
  call: Call,
  seen: readonly { productId: number | null; name: string }[],
  { text }: Asked,
) {
  const [goods] = seen
  const fault = proposeFault(text, goods?.name ?? '')
  const productId = goods?.productId ?? null
  if (productId === null || fault === null) return { fault, others: 0 }
  const scan = await currentScan(call)
  return { fault, others: countOthers(scan, { productId, fault, except: null }) }
}
