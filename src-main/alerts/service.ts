import { randomUUID } from 'node:crypto'
import { record } from '../audit/index.ts'
import { addEvent, findCaseOwner, isCaseOpen, listCaseNames, momentOf } from '../cases/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { type Call, command, query, type RoomHandlers } from '../handlers.ts'
import { findOperator } from '../staff/index.ts'
import { alertKinds, type alertsContract } from './contract.ts'
import { openDuty, readDuty, setDuty } from './duty.ts'
import {
  climbedNow,
  isMine,
  listOpenMessages,
  listSeenOf,
  type Message,
  type Reading,
  readingOf,
  type SeenBy,
  withClimb,
} from './messages.ts'
import { type AlertRole, byUrgency, nextLevel } from './rules.ts'
import {
  findAlert,
  findFloor,
  insertAlert,
  insertSeen,
  listAlerts,
  listAlertsOfCase,
  listEscalations,
  raiseAlert,
  writeAnswered,
} from './store.ts'

/** Messages an inbox shows at once, the most urgent first; the bell counts them all. */
const inboxSize = 200

/** Rows of a page. */
const pageSize = 50

interface Shown {
  reading: Reading
  seen: SeenBy
  names: Awaited<ReturnType<typeof listCaseNames>>
}

function shown(message: Message, { reading, seen, names }: Shown) {
  const { caseId, to, id } = message
  const readers = id === null ? [] : (seen.get(id) ?? [])
  const named = caseId === null ? undefined : names.get(caseId)
  return {
    key: message.key,
    kind: alertKinds.find((kind) => kind === message.kind) ?? ('message' as const),
    severity: message.severity,
    to: { name: message.toName, role: to.operatorId === null ? to.role : null },
    floor: to.floor,
    subject: message.subject,
    case:
      caseId === null
        ? null
        : {
            id: caseId,
            number: named?.number ?? `#${caseId}`,
            complaintId: named?.complaintId ?? null,
            text: named?.text ?? '',
          },
    params: message.params,
    dueAt: message.dueAt,
    raisedAt: message.raisedAt,
    raisedBy: message.raisedBy,
    climbed: climbedNow(message, reading.now),
    seen: readers.map(({ name, at }) => ({ name, at })),
    seenByMe: readers.some(({ operatorId }) => operatorId === reading.reader.id),
    mine: isMine(message, reading),
    answered: message.answered,
  }
}

async function showAll(r: ReadHandle, call: Call, messages: readonly Message[]) {
  const caseIds = messages.flatMap(({ caseId }) => caseId ?? [])
  const about = {
    reading: await readingOf(r, call),
    seen: await listSeenOf(r, messages),
    names: await listCaseNames(r, [...new Set(caseIds)]),
  }
  return messages.map((message) => shown(message, about))
}

/** What waits for the caller, in no order. */
async function listMine(r: ReadHandle, call: Call): Promise<Message[]> {
  const reading = await readingOf(r, call)
  return listOpenMessages(r, call, (message) => isMine(message, reading))
}

export async function countAlerts(r: ReadHandle, call: Call) {
  const mine = await listMine(r, call)
  const seen = await listSeenOf(r, mine)
  const isUnseen = ({ id }: Message) =>
    id === null || !seen.get(id)?.some(({ operatorId }) => operatorId === call.actor.id)
  return {
    mine: mine.length,
    unseen: mine.filter(isUnseen).length,
    urgent: mine.filter(({ severity }) => severity === 'urgent').length,
  }
}

/** Writes down what only followed until somebody acts on it. @returns its id. */
async function writeDown(w: WriteHandle, message: Message): Promise<number> {
  if (message.id !== null) return message.id
  const { key, to, subject, caseId, params, dueAt, severity } = message
  const id = await insertAlert(w, {
    key,
    kind: alertKinds.find((kind) => kind === message.kind) ?? 'message',
    severity,
    to: to.operatorId === null ? { role: to.role, floor: to.floor } : { operatorId: to.operatorId },
    subject,
    caseId,
    params: { ...params, dueAt },
    at: message.raisedAt,
    by: null,
  })
  return id ?? (await findAlert(w, key))?.id ?? refuse('alerts.unknown')
}

async function see(w: WriteHandle, call: Call, keys: readonly string[]) {
  const moment = momentOf(call)
  const mine = (await listMine(w, call)).filter(({ key }) => keys.includes(key)).toSorted(byUrgency)
  let seen = 0
  for (const message of mine) {
    const alertId = await writeDown(w, message)
    const step = { alertId, operatorId: moment.actorId, at: moment.at }
    if (!(await insertSeen(w, step))) continue
    seen += 1
    const { caseId, kind } = message
    if (caseId !== null) await addEvent(w, moment, caseId, 'alert_seen', { alert: kind })
    const subject = { type: 'alert', id: message.key }
    await record(w, call, 'alerts.see', subject, { kind, caseId })
  }
  return { seen }
}

async function answer(w: WriteHandle, call: Call, { key, note }: { key: string; note: string }) {
  const moment = momentOf(call)
  const message = (await listMine(w, call)).find((each) => each.key === key)
  if (!message) {
    const known = await findAlert(w, key)
    if (known?.answeredAt) refuse('alerts.answered', { name: known.answeredBy ?? '' })
    refuse(known ? 'alerts.not_yours' : 'alerts.unknown')
  }
  const alertId = await writeDown(w, message)
  await insertSeen(w, { alertId, operatorId: moment.actorId, at: moment.at })
  if (!(await writeAnswered(w, alertId, { at: moment.at, by: moment.actorId, note }))) {
    refuse('desk.changed_meanwhile')
  }
  const { caseId, kind } = message
  if (caseId !== null) {
    await addEvent(w, moment, caseId, 'alert_answered', { alert: kind, note })
  }
  await record(w, call, 'alerts.answer', { type: 'alert', id: key }, { kind, caseId, note })
  return { key }
}

/** The level a case would go up to, from its owner and whoever was told before; null at the top. */
async function nextOf(r: ReadHandle, call: Call, caseId: number): Promise<AlertRole | null> {
  const owner = (await findCaseOwner(r, caseId)) ?? refuse('cases.unknown_case')
  const told = await listEscalations(r, caseId)
  const isDutyFilled = (await readDuty(r, call.today)).length > 0
  const from = told.at(-1) ?? (owner.role === 'system' ? 'clerk' : owner.role)
  return nextLevel(from, isDutyFilled)
}

export const alertsHandlers: RoomHandlers<typeof alertsContract> = {
  count: query(countAlerts),

  inbox: query(async (r, call) => {
    const mine = (await listMine(r, call)).toSorted(byUrgency)
    return showAll(r, call, mine.slice(0, inboxSize))
  }),

  list: query(async (r, call, { state, before }) => {
    const found = await listAlerts(r, { state, before, limit: pageSize + 1 })
    const rows = found.slice(0, pageSize)
    const shownRows = await showAll(r, call, await withClimb(r, call, rows))
    return {
      rows: shownRows.map((row, place) => ({ ...row, id: rows[place]?.id ?? 0 })),
      next: found.length > pageSize ? (rows.at(-1)?.id ?? null) : null,
    }
  }),

  ofCase: query(async (r, call, { caseId }) => {
    const written = await withClimb(r, call, await listAlertsOfCase(r, caseId))
    const keys = new Set(written.map(({ key }) => key))
    const open = await listOpenMessages(
      r,
      call,
      (message) => message.caseId === caseId && !keys.has(message.key),
    )
    open.sort((a, b) => a.raisedAt.localeCompare(b.raisedAt))
    const isOpen = await isCaseOpen(r, caseId)
    return {
      rows: await showAll(r, call, [...open, ...written]),
      next: isOpen ? await nextOf(r, call, caseId) : null,
    }
  }),

  see: command(['alerts', 'cases'], (w, call, { keys }) => see(w, call, keys)),

  answer: command(['alerts', 'cases'], answer),

  send: command(['alerts', 'cases'], async (w, call, { to, severity, text, caseId }) => {
    const moment = momentOf(call)
    if (caseId !== null && !(await findCaseOwner(w, caseId))) refuse('cases.unknown_case')
    if ('operatorId' in to) {
      const person = await findOperator(w, to.operatorId)
      if (!person?.active || person.role === 'system') refuse('cases.unknown_owner')
    }
    const key = `message:${randomUUID()}`
    await raiseAlert(w, moment, {
      key,
      kind: 'message',
      severity,
      to,
      subject: caseId === null ? { type: 'message', id: key } : { type: 'case', id: caseId },
      caseId,
      params: { text },
    })
    await record(w, call, 'alerts.send', { type: 'alert', id: key }, { to, severity, caseId })
    return { key }
  }),

  escalate: command(['alerts', 'cases'], async (w, call, { caseId, reason }) => {
    const moment = momentOf(call)
    const next = await nextOf(w, call, caseId)
    if (!(await isCaseOpen(w, caseId))) refuse('cases.already_closed')
    if (!next) refuse('alerts.no_higher_level')
    const place = (await listEscalations(w, caseId)).length + 1
    await addEvent(w, moment, caseId, 'case_escalated', { role: next, reason })
    await raiseAlert(w, moment, {
      key: `escalated:${caseId}:${place}`,
      kind: 'case_escalated',
      severity: 'urgent',
      to: { role: next, floor: await findFloor(w, caseId) },
      subject: { type: 'case', id: caseId },
      caseId,
      params: { reason },
    })
    await record(w, call, 'alerts.escalate', { type: 'case', id: caseId }, { to: next, reason })
    return { to: next }
  }),

  duty: query((r, call, input) => openDuty(r, call, input.businessDate ?? call.today)),

  setDuty: command(['alerts', 'cases'], setDuty),
}
