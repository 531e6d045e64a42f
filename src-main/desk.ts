import { randomUUID } from 'node:crypto'
import type { ContractProcedure, ErrorMap, Meta, Schema } from '@orpc/contract'
import { EventPublisher, implement, ORPCError, type Router } from '@orpc/server'
import type { RequestHeadersPluginContext } from '@orpc/server/plugins'
import type { Logger } from 'pino'
import { alertsHandlers } from './alerts/index.ts'
import { actionsHandlers } from './actions/index.ts'
import { approvalsHandlers } from './approvals/index.ts'
import { attachmentsHandlers, Uploads } from './attachments/index.ts'
import { cardsHandlers } from './cards/index.ts'
import { caseReviewsHandlers } from './case-reviews/index.ts'
import { casesHandlers } from './cases/index.ts'
import { clocksHandlers } from './clocks/index.ts'
import { catchUpComplaintGrams, complaintsHandlers } from './complaints/index.ts'
import { contract, type DeskContract } from './contract.ts'
import { customersHandlers } from './customers/index.ts'
import { runOnce } from './database/command-log.ts'
import { type DataFolder, openDataFolder } from './database/folder.ts'
import { catchUpSaleLookups } from './database/maintenance.ts'
import {
  askForMissedPapers,
  bookingDay,
  dayClosesHandlers,
  listClosedDates,
  remindOfClose,
} from './day-closes/index.ts'
import { addDays, type BusinessDate, businessDateOf } from './foundation/business-date.ts'
import { evidenceHandlers } from './evidence/index.ts'
import { followUpsHandlers } from './followups/index.ts'
import { exchangesHandlers, handoversHandlers } from './exchanges/index.ts'
import { isRefusal, refuse } from './foundation/errors.ts'
import type { ProcedureMeta } from './foundation/procedure.ts'
import { headOfficeHandlers } from './head-office/index.ts'
import { goodsHandlers } from './goods/index.ts'
import type { Call, Handler, HostKind, RoomHandlers } from './handlers.ts'
import { createImportJobs, type ImportJobs, importsHandlers } from './imports/index.ts'
import { investigationsHandlers } from './investigations/index.ts'
import { lessonsHandlers } from './lessons/index.ts'
import {
  cardBatchesHandlers,
  createPrinting,
  papersHandlers,
  printAtClosing,
  type Printing,
} from './papers/index.ts'
import { readPolicyFiles } from './policy/files.ts'
import { policyHandlers } from './policy/index.ts'
import {
  type HostPrinters,
  openPrinters,
  type Printers,
  printersHandlers,
} from './printers/index.ts'
import { promisesHandlers } from './promises/index.ts'
import { posInstructionsHandlers } from './pos-instructions/index.ts'
import { radarHandlers } from './radar/index.ts'
import { refundsHandlers } from './refunds/index.ts'
import { repairsHandlers } from './repairs/index.ts'
import { reportsHandlers } from './reports/index.ts'
import { rightsHandlers } from './rights/index.ts'
import { salesHandlers } from './sales/index.ts'
import { Seals, sealsHandlers } from './seals/index.ts'
import {
  type ChangeScope,
  findProfile,
  settingsHandlers,
  type StoreProfile,
} from './settings/index.ts'
import {
  findOperator,
  findOperatorByCode,
  mayDo,
  type Operator,
  Sessions,
  staffHandlers,
} from './staff/index.ts'
import { settlementsHandlers } from './settlements/index.ts'
import { boardsHandlers } from './boards/index.ts'
import { catchUpDiaryGrams, shiftsHandlers } from './shifts/index.ts'
import { vendorsHandlers } from './vendors/index.ts'
import { vouchersHandlers } from './vouchers/index.ts'

/** What a host gives with each call. Electron and the browser send headers; the command line is trusted as it is. */
export interface CallContext extends RequestHeadersPluginContext {
  /** True for the command line: acts as the system operator, without a session. */
  trusted?: boolean
  /** In-process callers without headers. */
  requestId?: string
}

export interface DeskConfig {
  dataDir: string
  host: HostKind
  appVersion: string
  log: Logger
  /** The clock; tests give their own. */
  now?: () => Date
  /** What the host's window can print; hosts without one leave it out. */
  printers?: HostPrinters
  /** Another program of the PDF worker; tests give their own. */
  pdfWorker?: URL
  /** Opens a file with the program of this machine for it; answers whether there is one. */
  openFile?: (file: string) => Promise<boolean>
}

/** The desk as hosts see it. */
export interface Desk {
  router: Router<DeskContract, CallContext>
  folder: DataFolder
  /** Starts what the first paper would wait for; hosts call it once the first screen is up. */
  warmUp(): void
  /** What the desk does by itself, every minute while it is open: hosts need not call it. */
  tick(): Promise<void>
  close(): Promise<void>
}

type RoomMap = { [Room in keyof DeskContract]: RoomHandlers<DeskContract[Room]> }

const rooms: RoomMap = {
  settings: settingsHandlers,
  staff: staffHandlers,
  sales: salesHandlers,
  customers: customersHandlers,
  imports: importsHandlers,
  cards: cardsHandlers,
  cases: casesHandlers,
  refunds: refundsHandlers,
  exchanges: exchangesHandlers,
  handovers: handoversHandlers,
  complaints: complaintsHandlers,
  reports: reportsHandlers,
  papers: papersHandlers,
  cardBatches: cardBatchesHandlers,
  printers: printersHandlers,
  approvals: approvalsHandlers,
  policy: policyHandlers,
  rights: rightsHandlers,
  vouchers: vouchersHandlers,
  attachments: attachmentsHandlers,
  repairs: repairsHandlers,
  goods: goodsHandlers,
  lessons: lessonsHandlers,
  followups: followUpsHandlers,
  caseReviews: caseReviewsHandlers,
  posInstructions: posInstructionsHandlers,
  clocks: clocksHandlers,
  promises: promisesHandlers,
  shifts: shiftsHandlers,
  alerts: alertsHandlers,
  investigations: investigationsHandlers,
  settlements: settlementsHandlers,
  radar: radarHandlers,
  actions: actionsHandlers,
  vendors: vendorsHandlers,
  evidence: evidenceHandlers,
  boards: boardsHandlers,
  dayCloses: dayClosesHandlers,
  seals: sealsHandlers,
  headOffice: headOfficeHandlers,
}

type AnyHandler = Handler<unknown, unknown>
type AnyProcedure = ContractProcedure<
  Schema<unknown, unknown>,
  Schema<unknown, unknown>,
  ErrorMap,
  ProcedureMeta & Meta
>

/** A call that takes longer is logged with its name. */
const slowCallMs = 25

/** The parts a desk keeps for its lifetime. */
interface Parts {
  config: DeskConfig
  now: () => Date
  folder: DataFolder
  printing: Printing
  printers: Printers
  imports: ImportJobs
  uploads: Uploads
  sessions: Sessions
  seals: Seals
  changes: EventPublisher<{ changed: { scopes: ChangeScope[] } }>
  profile: StoreProfile | undefined
  /** Business dates nothing is booked on any more. */
  closedDays: ReadonlySet<BusinessDate>
}

/**
 * Opens the desk on a data folder: the same composition for every host. Refuses like `openDataFolder`, and where a
 * rule that comes with the program is broken.
 */
export async function openDesk(config: DeskConfig): Promise<Desk> {
  await readPolicyFiles()
  const now = config.now ?? (() => new Date())
  const folder = openDataFolder(config.dataDir, config.host, now())
  const lookups = catchUpSaleLookups(folder).catch((error: unknown) => {
    config.log.error({ err: error }, 'sales could not be looked up')
  })
  const closing = new AbortController()
  const grams = catchUpComplaintGrams(folder.store, closing.signal).catch((error: unknown) => {
    config.log.error({ err: error }, 'complaints could not be looked up')
  })
  const diary = catchUpDiaryGrams(folder.store, closing.signal).catch((error: unknown) => {
    config.log.error({ err: error }, 'the shift diary could not be looked up')
  })
  const changes = new EventPublisher<{ changed: { scopes: ChangeScope[] } }>({
    maxBufferedEvents: 100,
  })
  const printers = openPrinters({
    folder,
    now,
    host: config.printers ?? null,
    announce: () => changes.publish('changed', { scopes: ['printers'] }),
    log: config.log,
  })
  // The command line ends before a printer would have answered; what waits goes on when the desk opens.
  if (config.host !== 'cli') printers.lanes.start()
  const parts: Parts = {
    config,
    now,
    folder,
    printing: createPrinting({
      log: config.log,
      ...(config.pdfWorker && { workerUrl: config.pdfWorker }),
    }),
    imports: createImportJobs({ folder, log: config.log, now }),
    uploads: new Uploads(),
    sessions: new Sessions(),
    printers,
    changes,
    seals: new Seals(folder, config.log),
    profile: await folder.store.read((r) => findProfile(r)),
    closedDays: await folder.store.read((r) => listClosedDates(r)),
  }
  const timer = setInterval(() => {
    tick(parts).catch((error: unknown) => {
      config.log.error({ err: error }, 'what the desk does by itself failed')
    })
  }, tickMs).unref()
  if (parts.profile) await parts.seals.prepare(parts.profile, now())
  return {
    router: buildRouter(parts),
    folder,
    warmUp: () => parts.printing.warmUp(),
    tick: () => tick(parts),
    close: async () => {
      clearInterval(timer)
      closing.abort()
      await Promise.all([lookups, grams, diary])
      await parts.imports.close()
      await parts.printers.close()
      await parts.printing.close()
      await folder.close()
    },
  }
}

/** How often the desk looks at the clock by itself. */
const tickMs = 60_000

/** Reminders and the papers of closing time, as the system operator; nothing before the desk is set up, and nothing of a command line. */
async function tick(parts: Parts): Promise<void> {
  if (!parts.profile || parts.config.host === 'cli') return
  const actor = await findActor(parts, '', { trusted: true })
  // A call is one command: each thing that is done has one of its own.
  const open = () =>
    openCall(parts, 'desk.tick', { token: '', actor, context: {}, input: null }).call
  await remindOfClose(open())
  await askForMissedPapers(open())
  await printAtClosing(open)
}

function buildRouter(parts: Parts): Router<DeskContract, CallContext> {
  const bound = Object.entries(contract).map(([room, procedures]) => {
    // The types pair handlers with procedures room by room (RoomMap); this loop only follows the names.
    const handlers = rooms[room as keyof DeskContract] as unknown as Record<string, AnyHandler>
    const entries = Object.entries(procedures as Record<string, AnyProcedure>).map(
      ([name, procedure]) => {
        const handler = handlers[name]
        if (!handler) throw new Error(`no handler for ${room}.${name}`)
        return [name, bindProcedure(parts, `${room}.${name}`, procedure, handler)]
      },
    )
    return [room, Object.fromEntries(entries)] as const
  })
  return Object.fromEntries(bound) as unknown as Router<DeskContract, CallContext>
}

/** One way in: session → permission → (validation by the contract) → the handler, refusals turned into `REFUSED`. */
function bindProcedure(
  parts: Parts,
  name: string,
  procedure: AnyProcedure,
  handler: AnyHandler,
): unknown {
  const { access } = procedure['~orpc'].meta
  return implement(procedure)
    .$context<CallContext>()
    .handler(async ({ input, context, signal }) => {
      const started = performance.now()
      try {
        const { call, afterRefusal } = await admit(parts, name, access, context, input)
        try {
          return await runHandler(handler, call, input, signal)
        } catch (error) {
          if (isRefusal(error)) await writeAfterRefusal(call, afterRefusal)
          throw error
        }
      } catch (error) {
        if (!isRefusal(error)) {
          parts.config.log.error({ err: error, procedure: name }, 'call failed')
          throw error
        }
        throw new ORPCError('REFUSED', {
          defined: true,
          status: 409,
          message: error.message,
          data: { reason: error.reason, params: { ...error.params } },
        })
      } finally {
        const ms = Math.round(performance.now() - started)
        if (ms > slowCallMs && handler.kind !== 'task')
          parts.config.log.warn({ procedure: name, ms }, 'slow call')
      }
    })
}

function runHandler(
  handler: AnyHandler,
  call: Call,
  input: unknown,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  if (handler.kind === 'query') return call.store.read((r) => handler.run(r, call, input))
  if (handler.kind === 'task') return handler.run(call, input, signal)
  return call
    .commit((w) => handler.run(w, call, input))
    .then((result) => {
      call.announce(...handler.scopes)
      return result
    })
}

interface Admitted {
  call: Call
  afterRefusal: AfterRefusal[]
}

type AfterRefusal = Parameters<Call['whenRefused']>

async function writeAfterRefusal(call: Call, works: readonly AfterRefusal[]): Promise<void> {
  for (const [scopes, work] of works) {
    await call.store.write(work)
    call.announce(...scopes)
  }
}

/** Decides who is calling and whether they may; builds the call. */
async function admit(
  parts: Parts,
  procedure: string,
  access: ProcedureMeta['access'],
  context: CallContext,
  input: unknown,
): Promise<Admitted> {
  const token = context.reqHeaders?.get('authorization')?.replace(/^Bearer /, '') ?? ''
  const actor = await findActor(parts, token, context)
  if (access !== 'open') {
    if (actor === undefined) refuse(parts.profile ? 'staff.not_signed_in' : 'desk.not_set_up')
    const locked = parts.sessions.find(token, parts.now())?.locked ?? false
    if (locked && access !== 'locked') refuse('staff.locked')
    if (access !== 'locked' && access !== 'signed_in' && !mayDo(actor.role, access)) {
      refuse('staff.not_allowed', { permission: access })
    }
  }
  return openCall(parts, procedure, { token, actor, context, input })
}

async function findActor(
  parts: Parts,
  token: string,
  context: CallContext,
): Promise<Operator | undefined> {
  if (context.trusted) return parts.folder.store.read((r) => findOperatorByCode(r, 'SYSTEM'))
  const session = parts.sessions.find(token, parts.now())
  if (!session) return undefined
  return parts.folder.store.read((r) => findOperator(r, session.operatorId))
}

interface Caller {
  token: string
  actor: Operator | undefined
  context: CallContext
  input: unknown
}

function openCall(parts: Parts, procedure: string, caller: Caller): Admitted {
  const { actor, context } = caller
  const { store } = parts.folder
  const requestId = context.requestId ?? context.reqHeaders?.get('x-request-id') ?? randomUUID()
  const afterRefusal: AfterRefusal[] = []
  const call: Call = {
    host: parts.config.host,
    appVersion: parts.config.appVersion,
    now: parts.now,
    store,
    folder: parts.folder,
    printing: parts.printing,
    printers: parts.printers,
    imports: parts.imports,
    uploads: parts.uploads,
    openFile: parts.config.openFile,
    sessions: parts.sessions,
    seals: parts.seals,
    sessionToken: caller.token,
    get actor() {
      return actor ?? refuse('staff.not_signed_in')
    },
    get profile() {
      return parts.profile ?? refuse('desk.not_set_up')
    },
    get today() {
      return businessDateOf(parts.now(), this.profile)
    },
    get bookedOn() {
      return bookingDay(this.today, parts.closedDays, (date) => addDays(date, 1))
    },
    commit: (work) =>
      store.write((w) =>
        runOnce(
          w,
          { requestId, procedure, operatorId: actor?.id ?? null, input: caller.input },
          parts.now().toISOString(),
          work,
        ),
      ),
    announce: (...scopes) => {
      if (scopes.length > 0) parts.changes.publish('changed', { scopes })
    },
    whenRefused: (scopes, work) => {
      afterRefusal.push([scopes, work])
    },
    reloadProfile: async () => {
      parts.profile = await store.read((r) => findProfile(r))
      if (parts.profile) await parts.seals.prepare(parts.profile, parts.now())
    },
    reloadClosedDays: async () => {
      parts.closedDays = await store.read((r) => listClosedDates(r))
    },
    may: (permission) => actor !== undefined && mayDo(actor.role, permission),
    subscribeToChanges: (signal) => parts.changes.subscribe('changed', { signal }),
  }
  return { call, afterRefusal }
}
