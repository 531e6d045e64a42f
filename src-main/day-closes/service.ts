import type { z } from 'zod'
import { answerAlert } from '../alerts/index.ts'
import { requireSignature } from '../attachments/index.ts'
import { record } from '../audit/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { type BusinessDate, localTime } from '../foundation/business-date.ts'
import { refuse } from '../foundation/errors.ts'
import { type Call, command, query, type RoomHandlers, task } from '../handlers.ts'
import { spanOf } from '../reports/index.ts'
import { findOperatorByCode, type Operator, requireSigner } from '../staff/index.ts'
import type { dayClosesContract } from './contract.ts'
import { type CloseFacts, firstListed, listDays, listUnclosed, readDayNow, showDay } from './day.ts'
import { hashClose } from './hash.ts'
import { readLedger } from './ledger-store.ts'
import { alertKeyOf, listDue } from './reminder.ts'
import { flawOfSignatures, isLate, type Signer } from './rules.ts'
import {
  countGoods,
  countUnmatched,
  findAuditHead,
  findLastHash,
  findSettings,
  insertClose,
  insertCount,
  listCloses,
  listCloseStates,
  writeReopened,
  writeSettings,
} from './store.ts'
import { verifyCloses } from './verify.ts'

type CloseInput = z.output<(typeof dayClosesContract)['close']['~orpc']['inputSchema'] & z.ZodType>

/** The hash before the first close. */
const genesis = '0'.repeat(64)

function refuseFuture(call: Call, date: BusinessDate): void {
  if (date > call.today) refuse('day_closes.future_day', { date, today: call.today })
}

/** Tells who closed it and when: two desks, two managers or a second Enter. */
async function refuseClosed(r: ReadHandle, call: Call, date: BusinessDate): Promise<number> {
  const [last] = await listCloses(r, date)
  if (last && last.reopened === null) {
    const at = localTime(new Date(last.closedAt), call.profile.timeZone)
    refuse('day_closes.already_closed', {
      date,
      name: last.closedBy,
      at: at.slice(0, 16).replace('T', ' '),
    })
  }
  return last?.version ?? 0
}

/** How a day stands that is not closed. */
async function readOpen(r: ReadHandle, call: Call, date: BusinessDate, wasClosed: boolean) {
  const lines = await readLedger(r, date)
  const { from } = spanOf(date, call.profile)
  const late = lines.filter((line) => line.slip !== null && !line.isVoid && isLate(line, from))
  const open = lines.length > 0 ? ('open' as const) : ('empty' as const)
  return { state: wasClosed ? ('reopened' as const) : open, late: late.length }
}

interface Signed extends Signer {
  name: string
}

/** Whoever signs proves it with a PIN; who draws or signs on paper is named, and works here. */
async function readSignatures(call: Call, signatures: CloseInput['signatures']): Promise<Signed[]> {
  const signed: Signed[] = []
  for (const { role, how, code, pin, sha256 } of signatures) {
    const operator: Operator =
      how === 'pin' ? await requireSigner(call, code, pin) : await requireKnown(call, code)
    if (sha256 !== null) await call.store.read((r) => requireSignature(r, sha256))
    const { id: operatorId, name, role: rank } = operator
    signed.push({ role, how, sha256, operatorId, name, rank })
  }
  return signed
}

async function requireKnown(call: Call, code: string): Promise<Operator> {
  const operator = await call.store.read((r) => findOperatorByCode(r, code))
  return operator?.active ? operator : refuse('staff.unknown_operator', { code })
}

async function freeze(
  w: WriteHandle,
  call: Call,
  input: CloseInput,
  signed: readonly Signed[],
): Promise<{ version: number; hash: string }> {
  const { businessDate, drafts } = input
  const version = (await refuseClosed(w, call, businessDate)) + 1
  const { signers } = await findSettings(w)
  const flaw = flawOfSignatures(signed, signers)
  if (flaw) refuse(`day_closes.${flaw}`, { signers })
  const notes = new Map(input.notes.map(({ kind, note }) => [kind, note]))
  const day = await readDayNow(w, call, businessDate, { drafts, notes })
  if (day.ledgerHash !== input.ledgerHash) refuse('day_closes.ledger_changed')
  const [earlier] = await listUnclosed(w, businessDate)
  if (earlier !== undefined) refuse('day_closes.earlier_open', { date: earlier })
  if (day.facts.checks.some(({ state }) => state === 'blocks')) refuse('day_closes.uncounted')
  if (day.facts.checks.some(({ state }) => state === 'note')) refuse('day_closes.note_missing')
  const facts: CloseFacts = {
    ...day.facts,
    remark: input.remark,
    signatures: signed.map(({ role, operatorId, name, how, sha256 }) => ({
      role,
      operatorId,
      name,
      how,
      sha256,
    })),
  }
  const audit = await findAuditHead(w)
  const content = {
    deskNo: call.profile.deskNo,
    businessDate,
    version,
    ledgerHash: day.ledgerHash,
    facts: JSON.stringify(facts),
    auditSeq: audit.seq,
    auditHash: audit.hash,
    prevHash: (await findLastHash(w)) ?? genesis,
    closedAt: call.now().toISOString(),
    closedById: call.actor.id,
  }
  const hash = hashClose(content)
  if (!(await insertClose(w, { ...content, ledger: day.lines, late: facts.late.length, hash }))) {
    await refuseClosed(w, call, businessDate)
  }
  await answerAlert(w, alertKeyOf(businessDate), { at: content.closedAt, by: call.actor.id })
  await record(
    w,
    call,
    'day_closes.close',
    { type: 'day', id: businessDate },
    {
      version,
      hash,
      lines: day.lines.length,
      signedBy: signed.map(({ role, operatorId, how, sha256 }) => ({
        role,
        operatorId,
        how,
        ...(sha256 !== null && { sha256 }),
      })),
    },
  )
  return { version, hash }
}

export const dayClosesHandlers: RoomHandlers<typeof dayClosesContract> = {
  booking: query(async (r, call) => ({
    today: call.today,
    bookedOn: call.bookedOn,
    unclosed: await listUnclosed(r, call.today),
    due: (await listDue(r, call)).some(({ kind }) => kind === 'day_not_closed'),
  })),

  days: query(async (r, call) => {
    const from = firstListed(call.today)
    const states = new Map((await listCloseStates(r)).map((each) => [each.businessDate, each]))
    const unmatched = await countUnmatched(r, from)
    const dates = [...new Set([call.today, ...(await listDays(r, from))])].toSorted().toReversed()
    const rows = []
    // What is booked on a day to come shows once it has come.
    for (const date of dates.filter((each) => each <= call.today)) {
      const close = states.get(date)
      const stand = close?.isClosed
        ? { state: 'closed' as const, late: close.late }
        : await readOpen(r, call, date, close !== undefined)
      rows.push({
        businessDate: date,
        version: close?.version ?? 0,
        unmatched: unmatched.get(date) ?? 0,
        ...stand,
      })
    }
    return rows
  }),

  open: query((r, call, { businessDate, drafts }) => {
    refuseFuture(call, businessDate)
    return showDay(r, call, businessDate, drafts)
  }),

  slips: query(async (r, call, { businessDate, kind }) => {
    refuseFuture(call, businessDate)
    const { from } = spanOf(businessDate, call.profile)
    const lines = (await readLedger(r, businessDate)).filter(({ slip }) => slip === kind)
    return lines
      .toSorted((a, b) => a.at.localeCompare(b.at) || a.number.localeCompare(b.number))
      .map((line) => {
        const { number, at, amount, isVoid } = line
        return { number, at, amount, isVoid, isLate: !isVoid && isLate(line, from) }
      })
  }),

  count: command(['day_closes'], async (w, call, input) => {
    const { businessDate, destination, counted, note } = input
    refuseFuture(call, businessDate)
    await refuseClosed(w, call, businessDate)
    const recorded = (await countGoods(w, businessDate)).get(destination) ?? 0
    if (recorded !== counted && note === '') {
      refuse('day_closes.difference_note', { recorded, counted })
    }
    const { deskNo } = call.profile
    const at = call.now().toISOString()
    const count = { ...input, deskNo, recorded, at, by: call.actor.id }
    const id = await insertCount(w, count)
    await record(
      w,
      call,
      'day_closes.count',
      { type: 'day', id: businessDate },
      { destination, recorded, counted, note },
    )
    return { id }
  }),

  close: task(async (call, input) => {
    refuseFuture(call, input.businessDate)
    const signed = await readSignatures(call, input.signatures)
    const closed = await call.commit((w) => freeze(w, call, input, signed))
    await call.reloadClosedDays()
    call.announce('day_closes', 'alerts')
    return closed
  }),

  reopen: task(async (call, { businessDate, version, reason }) => {
    const opened = await call.commit(async (w) => {
      const [last] = await listCloses(w, businessDate)
      if (!last || last.reopened !== null) refuse('day_closes.not_closed', { date: businessDate })
      if (last.version !== version) refuse('desk.changed_meanwhile')
      const at = call.now().toISOString()
      if (!(await writeReopened(w, last.id, { at, by: call.actor.id, reason }))) {
        refuse('desk.changed_meanwhile')
      }
      const subject = { type: 'day', id: businessDate }
      await record(w, call, 'day_closes.reopen', subject, { version, hash: last.hash, reason })
      return { businessDate }
    })
    await call.reloadClosedDays()
    call.announce('day_closes')
    return opened
  }),

  verify: query((r) => verifyCloses(r)),

  settings: query((r) => findSettings(r)),

  changeSettings: command(['day_closes'], async (w, call, { version, ...next }) => {
    const before = await findSettings(w)
    if (before.version !== version || !(await writeSettings(w, next, version))) {
      refuse('desk.changed_meanwhile')
    }
    const subject = { type: 'day_close_settings', id: 1 }
    await record(w, call, 'day_closes.change_settings', subject, { before, after: next })
    return { version: version + 1 }
  }),
}
