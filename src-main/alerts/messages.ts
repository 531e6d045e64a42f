import { listWaitingCalls } from '../cases/index.ts'
import { listReachedSteps, type ReachedStep, readStoreTime } from '../clocks/index.ts'
import type { ReadHandle } from '../database/store.ts'
import type { Call } from '../handlers.ts'
import { listSettlementMessages } from '../settlements/index.ts'
import { readDuty, readerOf, rosterOf } from './duty.ts'
import {
  type Addressee,
  climbedTo,
  climbOf,
  readsIt,
  type Reader,
  type Roster,
  type Severity,
  type Step,
} from './rules.ts'
import {
  type AlertKind,
  type AlertParams,
  type AlertRecord,
  listClockKeys,
  listKnownKeys,
  listOpenAlerts,
  listSeen,
  type SeenRecord,
} from './store.ts'

/** A message, whether somebody wrote it down or it follows from what is known. */
export interface Message {
  /** Null while it only follows. */
  id: number | null
  key: string
  kind: string
  severity: Severity
  to: Addressee
  toName: string | null
  subject: { type: string; id: string }
  caseId: number | null
  params: AlertParams
  dueAt: string | null
  raisedAt: string
  raisedBy: string | null
  climb: Step[]
  answered: { at: string; by: string; note: string } | null
}

/** What follows from the clocks and from calls: written down only once somebody acts on it. */
const derivedKinds: readonly AlertKind[] = [
  'clock',
  'manager_called',
  'execution_overdue',
  'settlement_level',
]

function isDerived({ kind }: { kind: string }): boolean {
  return derivedKinds.some((each) => each === kind)
}

const severityOfLevel = {
  owner: 'info',
  floor_manager: 'warning',
  store_manager: 'urgent',
} as const

/** Each level of the ladder that a clock has reached, told to whoever stands there (docs/clocks.md). */
async function listClockMessages(r: ReadHandle, call: Call): Promise<readonly Message[]> {
  const steps = await listReachedSteps(r, call)
  const known = messagesOf.get(steps)
  if (known) return known
  const messages = steps.map((step) => {
    const message = messageOfStep.get(step) ?? toMessage(step)
    messageOfStep.set(step, message)
    return message
  })
  messagesOf.set(steps, messages)
  return messages
}

/** Steps stay the same list while nothing changes, and of a case that stays as it is the same steps. */
const messagesOf = new WeakMap<readonly ReachedStep[], readonly Message[]>()
const messageOfStep = new WeakMap<ReachedStep, Message>()

function toMessage(step: ReachedStep): Message {
  const isOwner = step.level === 'owner'
  const role = step.level === 'owner' ? ('clerk' as const) : step.level
  return {
    id: null,
    key: `clock:${step.caseId}:${step.rule}:${step.startedAt}:${step.level}`,
    kind: 'clock',
    severity: severityOfLevel[step.level],
    to: { operatorId: isOwner ? step.ownerId : null, role, floor: step.floor },
    toName: null,
    subject: { type: 'case', id: String(step.caseId) },
    caseId: step.caseId,
    params: { ...step.names, legal: step.legal },
    dueAt: new Date(step.dueAt).toISOString(),
    raisedAt: new Date(step.at).toISOString(),
    raisedBy: null,
    // The ladder itself climbs: the next level is a step of its own.
    climb: [],
    answered: null,
  }
}

/** Calls of the duty manager that wait: the manager has them at every screen. */
async function listCallMessages(r: ReadHandle): Promise<Message[]> {
  const calls = await listWaitingCalls(r)
  return calls.map((each) => ({
    id: null,
    key: `call:${each.id}`,
    kind: 'manager_called',
    severity: 'urgent',
    to: {
      operatorId: each.manager.id,
      role: each.manager.role === 'store_manager' ? 'store_manager' : 'floor_manager',
      floor: '',
    },
    toName: each.manager.name,
    subject: { type: 'case', id: String(each.caseId) },
    caseId: each.caseId,
    params: { reason: each.reason },
    dueAt: null,
    raisedAt: each.calledAt,
    raisedBy: each.calledBy.name,
    climb: [],
    answered: null,
  }))
}

/** What was agreed and is late, and what waits for the next level (docs/settlements.md). */
async function listOwedMessages(r: ReadHandle, call: Call): Promise<Message[]> {
  const owed = await listSettlementMessages(r, call)
  return owed.map(({ key, kind, to, caseId, text, since }) => ({
    id: null,
    key,
    kind,
    severity: 'warning',
    to: { ...to, floor: '' },
    toName: null,
    subject: { type: 'case', id: String(caseId) },
    caseId,
    params: { text },
    dueAt: kind === 'execution_overdue' ? since : null,
    raisedAt: since,
    raisedBy: null,
    climb: [],
    answered: null,
  }))
}

function messageOf(record: AlertRecord, addOpen: (from: number, ms: number) => number): Message {
  const { answeredAt, params } = record
  const to = { operatorId: record.toOperatorId, role: record.toRole, floor: record.floor }
  const raisedAt = Date.parse(record.raisedAt)
  const { dueAt = null, ...rest } = params
  return {
    ...record,
    params: rest,
    to,
    dueAt: typeof dueAt === 'string' ? dueAt : null,
    climb: isDerived(record) ? [] : climbOf({ to, severity: record.severity, raisedAt }, addOpen),
    answered:
      answeredAt === null
        ? null
        : { at: answeredAt, by: record.answeredBy ?? '', note: record.answer },
  }
}

/** Written messages as they stand now. */
export async function withClimb(
  r: ReadHandle,
  call: Call,
  records: readonly AlertRecord[],
): Promise<Message[]> {
  const time = await readStoreTime(r, call)
  return records.map((each) => messageOf(each, (from, ms) => time.addOpen(from, ms)))
}

/** Who reads, and what of the day that hangs on. */
export interface Reading {
  reader: Reader
  roster: Roster
  now: number
}

export async function readingOf(r: ReadHandle, call: Call): Promise<Reading> {
  const duty = await readDuty(r, call.today)
  return { reader: readerOf(call, duty), roster: rosterOf(duty), now: call.now().getTime() }
}

export function isMine(message: Message, { reader, roster, now }: Reading): boolean {
  return readsIt(message, reader, roster, now)
}

/**
 * What is open and wanted, of the whole store: written, or following from clocks and calls. A written one that follows
 * no more, because the customer was answered or the manager came, is not open any more.
 */
export async function listOpenMessages(
  r: ReadHandle,
  call: Call,
  isWanted: (message: Message) => boolean,
): Promise<Message[]> {
  const clocks = await listClockMessages(r, call)
  const others = [...(await listCallMessages(r)), ...(await listOwedMessages(r, call))]
  const written = (await withClimb(r, call, await listOpenAlerts(r))).filter(isWanted)
  const follows = keysAmong(written.filter(isDerived), [clocks, others])
  const live = written.filter((message) => !isDerived(message) || follows.has(message.key))
  // Thousands follow from clocks: those that are not wanted are dropped before anything else is asked of them.
  const newClocks = await withoutWritten(clocks.filter(isWanted), () => listClockKeys(r))
  const newOthers = await withoutWritten(others.filter(isWanted), (keys) => listKnownKeys(r, keys))
  return [...live, ...newClocks, ...newOthers]
}

/** Keys of messages that are among others, too. */
function keysAmong(
  messages: readonly Message[],
  lists: readonly (readonly Message[])[],
): ReadonlySet<string> {
  const asked = new Set(messages.map(({ key }) => key))
  const found = new Set<string>()
  if (asked.size === 0) return found
  for (const list of lists) for (const { key } of list) if (asked.has(key)) found.add(key)
  return found
}

async function withoutWritten(
  messages: readonly Message[],
  listWritten: (keys: readonly string[]) => Promise<ReadonlySet<string>>,
): Promise<readonly Message[]> {
  if (messages.length === 0) return messages
  const written = await listWritten(messages.map(({ key }) => key))
  return written.size === 0 ? messages : messages.filter(({ key }) => !written.has(key))
}

export type SeenBy = Map<number, SeenRecord[]>

export function listSeenOf(r: ReadHandle, messages: readonly Message[]): Promise<SeenBy> {
  return listSeen(
    r,
    messages.flatMap(({ id }) => id ?? []),
  )
}

/** The role a message has climbed to by now, for the list. */
export function climbedNow(message: Message, now: number) {
  return message.answered ? null : climbedTo(message.climb, now)
}
