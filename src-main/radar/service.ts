import law from '../../resources/radar/law.json' with { type: 'json' }
import type { z } from 'zod'
import { record } from '../audit/index.ts'
import { addEvent, momentOf } from '../cases/index.ts'
import type { ReadHandle } from '../database/store.ts'
import { daysBetween } from '../foundation/business-date.ts'
import { refuse } from '../foundation/errors.ts'
import { type Call, command, query, type RoomHandlers, task } from '../handlers.ts'
import {
  type AlertRecord,
  countOpenAlerts,
  findAlert,
  listAlerts,
  writeDecision,
} from './alert-store.ts'
import { insertFault, listSeen } from './case-store.ts'
import type { radarContract } from './contract.ts'
import { faults } from './faults.ts'
import { findProduct, listCounters, listIncidents, listIncidentsOf } from './incident-store.ts'
import {
  addCases,
  openIncident,
  readIncident,
  removeCase,
  requireFault,
  stepIncident,
} from './incidents.ts'
import { productOfCell } from './name-store.ts'
import { listRecalls, listStops } from './notice-store.ts'
import {
  acknowledgeStop,
  addRecall,
  importRecalls,
  issueStop,
  liftStop,
  withdrawRecall,
} from './notices.ts'
import { countOthers } from './others.ts'
import { radarRule } from './rule.ts'
import { type Cell, suggestAction } from './rules.ts'
import { currentScan, isFound, isSafety, lastScan, type Scan } from './scan.ts'
import { readWarnings } from './warnings.ts'

/** Findings and cells that are shown at once. */
const mostCells = 200
/** Cases of a finding that are shown. */
const mostCases = 100

function cellOf(scan: Scan, cell: Cell, alert: AlertRecord | undefined) {
  const { level } = cell
  return {
    key: cell.key,
    dimension: cell.dimension,
    label: scan.labels.get(cell.key) ?? cell.of,
    productId: productOfCell(cell),
    fault: cell.fault,
    level,
    failures: cell.failures,
    sold: cell.sold,
    expected: cell.expected,
    ratio: cell.ratio,
    p: cell.p,
    q: cell.q,
    firstOn: cell.firstOn,
    lastOn: cell.lastOn,
    days: daysBetween(cell.firstOn, cell.lastOn) + 1,
    suggestion: level && suggestAction({ ...cell, level }, isSafety(cell)),
    within: cell.within,
    alert: alert ?? null,
  }
}

type ScanInput = z.output<NonNullable<(typeof radarContract.scan)['~orpc']['inputSchema']>>

async function readScan(call: Call, { dimension, all }: ScanInput) {
  const scan = await currentScan(call)
  const shown = scan.cells
    .filter((cell) => (all ? true : isFound(cell)))
    .filter((cell) => dimension === null || cell.dimension === dimension)
    .slice(0, mostCells)
  return call.store.read(async (r) => {
    const alerts = await listAlerts(
      r,
      shown.map(({ key }) => key),
    )
    const { version, failureDays, soldDays, minimumFailures, levels } = radarRule
    return {
      today: scan.today,
      rule: { version, failureDays, soldDays, minimumFailures, levels },
      tested: scan.tested,
      failures: scan.failures,
      sold: scan.sold,
      open: await countOpenAlerts(r),
      cells: shown.map((cell) =>
        cellOf(
          scan,
          cell,
          alerts.find((alert) => alert.cell === cell.key),
        ),
      ),
    }
  })
}

async function explain(call: Call, key: string) {
  const scan = await currentScan(call)
  const cell = scan.cells.find((each) => each.key === key) ?? refuse('radar.unknown_cell')
  return call.store.read(async (r) => {
    const alerts = await listAlerts(r, [key])
    const [incident] = await listIncidentsOf(r, { cell: key })
    const cases = await listSeen(r, cell.caseIds.slice(-mostCases))
    return {
      cell: cellOf(scan, cell, alerts[0]),
      cases: cases.reverse(),
      more: Math.max(0, cell.caseIds.length - mostCases),
      alerts,
      incident: incident ?? null,
    }
  })
}

async function requireSeen(r: ReadHandle, caseId: number) {
  const [seen] = await listSeen(r, [caseId])
  return seen ?? refuse('cases.unknown_case')
}

async function readCaseFacts(call: Call, caseId: number) {
  const scan = await currentScan(call)
  return call.store.read(async (r) => {
    const seen = await requireSeen(r, caseId)
    const { batchNo, proposed, productId, fault } = seen
    const incidents =
      productId === null ? [] : await listIncidentsOf(r, { productIds: [productId] })
    const others =
      productId === null || fault === ''
        ? 0
        : countOthers(scan, { productId, fault, except: caseId })
    return { seen, batchNo, proposed, productId, incidents, others }
  })
}

export const radarHandlers: RoomHandlers<typeof radarContract> = {
  faults: query(() => Promise.resolve([...faults])),

  scan: task((call, input) => readScan(call, input)),

  explain: task((call, input) => explain(call, input.key)),

  decide: command(['radar'], async (w, call, input) => {
    const { at, actorId: by } = momentOf(call)
    const alert = (await findAlert(w, input.alertId)) ?? refuse('radar.unknown_alert')
    if (alert.decision !== null) refuse('radar.decided_already')
    const { decision, note } = input
    if (decision === 'no_fault' && note.length < 2) refuse('radar.needs_words')
    if (!(await writeDecision(w, input, { decision, note, at, by })))
      refuse('desk.changed_meanwhile')
    const { cell, label, level } = alert
    const subject = { type: 'radar_alert', id: alert.id }
    await record(w, call, 'radar.decide', subject, { cell, label, level, decision, note })
    return { version: input.version + 1 }
  }),

  caseFacts: task((call, input) => readCaseFacts(call, input.caseId)),

  setFault: command(['radar', 'cases', 'complaints'], async (w, call, input) => {
    const moment = momentOf(call)
    const { caseId, fault, batchNo } = input
    requireFault(fault)
    const { number } = await requireSeen(w, caseId)
    await insertFault(w, { caseId, fault, batchNo, at: moment.at, by: moment.actorId })
    await addEvent(w, moment, caseId, 'fault_set', { fault, batchNo })
    await record(w, call, 'radar.set_fault', { type: 'case', id: number }, { fault, batchNo })
    return { caseId }
  }),

  warnings: task((call, input) => readWarnings(call, input)),

  incidents: query((r, _call, input) => listIncidents(r, input.closed)),

  incident: query((r, call, input) => readIncident(r, lastScan(call.store), input.incidentId)),

  openIncident: command(['radar', 'cases', 'complaints'], openIncident),

  addCases: command(['radar', 'cases', 'complaints'], addCases),

  removeCase: command(['radar', 'cases', 'complaints'], removeCase),

  stepIncident: command(['radar'], stepIncident),

  stops: query((r, _call, input) => listStops(r, input.lifted)),

  countersOf: query(async (r, _call, input) => {
    const product = (await findProduct(r, input.productId)) ?? refuse('radar.unknown_goods')
    const { name: goods, barcode, brand, model, floor, counter } = product
    const own = [floor, counter].filter(Boolean).join(' ')
    const counters = await listCounters(r, input.productId)
    const all = counters.length > 0 ? counters : [own].filter(Boolean)
    return { goods, barcode, brand, model, counters: all }
  }),

  issueStop: command(['radar'], issueStop),

  acknowledgeStop: command(['radar'], acknowledgeStop),

  liftStop: command(['radar'], liftStop),

  recalls: query(async (r, _call, input) => ({
    recalls: await listRecalls(r, input.withdrawn),
    law: law.recall,
  })),

  addRecall: command(['radar'], addRecall),

  importRecalls: command(['radar'], importRecalls),

  withdrawRecall: command(['radar'], withdrawRecall),
}
