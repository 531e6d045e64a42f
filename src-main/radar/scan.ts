import { Worker } from 'node:worker_threads'
import { raiseAlert } from '../alerts/index.ts'
import { momentOf } from '../cases/index.ts'
import type { ReadHandle, Store, WriteHandle } from '../database/store.ts'
import type { Call } from '../handlers.ts'
import { workerUrl } from '../worker-url.ts'
import { findLastAlerts, insertAlert, readMark } from './alert-store.ts'
import { faults, safetyFaults } from './faults.ts'
import { nameCells, productOfCell } from './name-store.ts'
import { radarRule } from './rule.ts'
import { type Cell, isNews, type RadarResult, suggestAction } from './rules.ts'

interface Period {
  from: string
  to: string
}

export type RadarJob =
  /** Everything, in periods that end with a business date. */
  | { kind: 'scan'; file: string; today: string }
  /** One cell in each of these periods. */
  | { kind: 'count'; file: string; cell: string; periods: Period[] }

/** The failures themselves, one place each, cheap to send between threads. */
export interface FailureTable {
  caseIds: Int32Array
  productIds: Int32Array
  /** Places in `faults`. */
  faultNos: Int32Array
  parties: Int32Array
  faults: string[]
}

/** A result, what the names of its cells are, and what it was made of. */
export interface Scan extends RadarResult {
  mark: string
  today: string
  labels: ReadonlyMap<string, string>
  table: FailureTable
}

export type ScanReply = RadarResult & { table: FailureTable }

interface Kept {
  done: Scan | null
  running: Promise<Scan> | null
}

/** One result per store: what is asked again before anything changed is not counted again. */
const kept = new WeakMap<Store, Kept>()

const worker = workerUrl('radar-worker', new URL('./worker.ts', import.meta.url))

/**
 * The newest result. Counting runs in a worker; alerts that are new are written here, and only while somebody is at the
 * desk to see them.
 */
export async function currentScan(call: Call): Promise<Scan> {
  const mark = `${call.today} ${await call.store.read(readMark)}`
  const known = kept.get(call.store) ?? { done: null, running: null }
  kept.set(call.store, known)
  if (known.done?.mark === mark) return known.done
  known.running ??= scanNow(call, mark).finally(() => {
    known.running = null
  })
  known.done = await known.running
  return known.done
}

/** The last result, however old, for what must not wait; null before the first. */
export function lastScan(store: Store): Scan | null {
  return kept.get(store)?.done ?? null
}

async function scanNow(call: Call, mark: string): Promise<Scan> {
  const { today } = call
  const reply = await ask<ScanReply>({ kind: 'scan', file: call.store.file, today })
  const labels = await call.store.read((r) => nameCells(r, reply.cells))
  const scan = { ...reply, mark, today, labels }
  if (await raiseAlerts(call, scan)) call.announce('radar', 'alerts')
  return scan
}

/** Failures and units sold of one cell in each of these periods. */
export function countPeriods(
  store: Store,
  cell: string,
  periods: Period[],
): Promise<{ failures: number; sold: number }[]> {
  return ask({ kind: 'count', file: store.file, cell, periods })
}

function ask<Reply>(job: RadarJob): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(worker, { workerData: job })
    thread.once('message', resolve)
    thread.once('error', reject)
    thread.once('exit', (code) => {
      if (code !== 0) reject(new Error(`radar worker ended with ${code}`))
    })
  })
}

type Found = Cell & { level: NonNullable<Cell['level']> }

/** What is worth saying: no finding that a narrower one tells already. */
export function isFound(cell: Cell): cell is Found {
  return cell.level !== null && cell.within === null
}

async function newsOf(r: ReadHandle, scan: Scan): Promise<Found[]> {
  const found = scan.cells.filter(isFound)
  const last = await findLastAlerts(
    r,
    found.map(({ key }) => key),
  )
  return found.filter((cell) => isNews(cell, last.get(cell.key) ?? null))
}

/** @returns true when something was raised. */
async function raiseAlerts(call: Call, scan: Scan): Promise<boolean> {
  const news = await call.store.read((r) => newsOf(r, scan))
  if (news.length === 0) return false
  const raisedAt = call.now().toISOString()
  await call.store.write(async (w) => {
    for (const cell of news) {
      const label = scan.labels.get(cell.key) ?? cell.of
      await tellManagers(w, call, cell, label)
      await insertAlert(w, {
        cell,
        productId: productOfCell(cell),
        label,
        suggestion: suggestAction(cell, isSafety(cell)),
        ruleVersion: radarRule.version,
        businessDate: scan.today,
        raisedAt,
      })
    }
  })
  return true
}

const severities = { watch: 'info', alert: 'warning', alarm: 'urgent' } as const

/** A message to whoever is in charge: what fails, how often, of how many. */
async function tellManagers(
  w: WriteHandle,
  call: Call,
  { key, level, firstOn, fault, failures, sold }: Found,
  label: string,
): Promise<void> {
  const known = faults.find(({ code }) => code === fault)
  const word = call.profile.language === 'zh-CN' ? known?.zh : known?.en
  await raiseAlert(w, momentOf(call), {
    key: `radar:${key}:${level}:${firstOn}`,
    kind: 'quality_radar',
    severity: severities[level],
    to: { role: level === 'alarm' ? 'duty_manager' : 'floor_manager' },
    subject: { type: 'radar', id: key },
    caseId: null,
    params: { text: [label, word, `${failures}/${sold}`].filter(Boolean).join(' · ') },
  })
}

export function isSafety({ fault }: Pick<Cell, 'fault'>): boolean {
  return fault !== null && safetyFaults.has(fault)
}
