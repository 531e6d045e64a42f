import type { z } from 'zod'
import { attach } from '../attachments/index.ts'
import { record } from '../audit/index.ts'
import {
  addEvent,
  type Complained,
  type Moment,
  momentOf,
  requireComplained,
  requireOpenComplained,
} from '../cases/index.ts'
import type { CaseEventKind } from '../cases/contract.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { sumMoney } from '../foundation/money.ts'
import { nextState } from '../foundation/state-machine.ts'
import { type Call, command, query, type RoomHandlers } from '../handlers.ts'
import { factsOf, shippedCauses } from './causes.ts'
import { feeBearerOf, type investigationsContract } from './contract.ts'
import {
  feeOwed,
  type InvestigationAction,
  investigationMachine,
  missingToDecide,
  splitLiability,
} from './rules.ts'
import {
  type CertificateRecord,
  countSignatures,
  findCertificate,
  findInvestigation,
  findOutlay,
  findSplit,
  hasCertificate,
  hasLiveSettlement,
  insertCertificate,
  insertEffort,
  insertFact,
  insertInvestigation,
  insertOutlay,
  insertSplit,
  type InvestigationRecord,
  isOutlayUsed,
  listCertificates,
  listEffort,
  listFacts,
  listOutlays,
  writeInvestigation,
  writeVoided,
} from './store.ts'

const scopes = ['complaints', 'cases', 'investigations'] as const

const nothingFound = {
  state: 'open',
  cause: '',
  analysis: '',
  fault: null,
  finding: null,
  opinion: '',
  decidedAt: null,
  decidedBy: null,
  version: 0,
} as const

/** What was found out about a complaint, as its page shows it. */
async function readInvestigation(r: ReadHandle, complaintId: number) {
  const complaint = await requireComplained(r, complaintId)
  const found = await findInvestigation(r, complaintId)
  const facts = await factsFound(r, complaint, found?.id ?? null)
  const { state, cause, analysis, fault, finding, opinion, decidedAt, decidedBy, version } =
    found ?? nothingFound
  const written = { cause, analysis, fault, finding, opinion }
  const efforts = found ? await listEffort(r, found.id) : []
  const countOf = (kind: string) => efforts.filter((each) => each.kind === kind).length
  return {
    complaintId,
    caseId: complaint.caseId,
    complaintNumber: complaint.number,
    state,
    ...written,
    decidedAt,
    decidedBy,
    version,
    facts,
    missing: missingToDecide({ ...written, facts }),
    certificates: found ? (await listCertificates(r, found.id)).map(certificateView) : [],
    outlays: found ? (await listOutlays(r, found.id)).map(withoutParent) : [],
    effort: {
      visits: countOf('visit'),
      calls: countOf('call'),
      minutes: sumMoney(efforts.map(({ minutes }) => minutes)),
      signatures: await countSignatures(r, complaint.caseId),
      entries: efforts,
    },
    split: found ? ((await findSplit(r, found.id)) ?? null) : null,
  }
}

function withoutParent<Of extends { investigationId: number }>({
  investigationId: _investigationId,
  ...rest
}: Of) {
  return rest
}

function certificateView(certificate: CertificateRecord) {
  const { fee, paidBy, bearer } = certificate
  return { ...withoutParent(certificate), ...feeOwed(fee, paidBy, bearer) }
}

/** The facts the class asks for, each with what was said of it last. */
async function factsFound(r: ReadHandle, complaint: Complained, investigationId: number | null) {
  const said = investigationId === null ? [] : await listFacts(r, investigationId)
  return factsOf(complaint.class).map((fact) => {
    const last = said.find((each) => each.fact === fact.id)
    return {
      id: fact.id,
      names: { zh: fact.zh, en: fact.en },
      state: last?.state ?? ('open' as const),
      text: last?.text ?? '',
      at: last?.at ?? null,
      by: last?.by ?? null,
    }
  })
}

/** The investigation of an open complaint on which its table allows `action`; begun where nobody has yet. */
async function requireStep(
  w: WriteHandle,
  moment: Moment,
  complaintId: number,
  action: InvestigationAction,
): Promise<{ complaint: Complained; found: InvestigationRecord }> {
  const complaint = await requireOpenComplained(w, complaintId)
  if (!(await findInvestigation(w, complaintId))) {
    const { caseId } = complaint
    await insertInvestigation(w, { complaintId, caseId, at: moment.at, by: moment.actorId })
  }
  const found = await findInvestigation(w, complaintId)
  if (!found) throw new Error(`no investigation of complaint ${complaintId}`)
  if (!nextState(investigationMachine, found.state, action)) {
    refuse(found.state === 'decided' ? 'investigations.decided' : 'investigations.not_decided')
  }
  return { complaint, found }
}

/** An investigation that is open for writing down what it costs and who answers for it. */
async function requireBegun(w: WriteHandle, moment: Moment, complaintId: number) {
  const complaint = await requireOpenComplained(w, complaintId)
  const before = await findInvestigation(w, complaintId)
  const found = before ?? (await requireStep(w, moment, complaintId, 'write')).found
  return { complaint, found }
}

async function writeHistory(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  complaint: Pick<Complained, 'caseId' | 'number'>,
  kind: Extract<CaseEventKind, `investigation_${string}`>,
  data: Record<string, string | number | boolean | null>,
): Promise<void> {
  await addEvent(w, moment, complaint.caseId, kind, { number: complaint.number, ...data })
  const action = `investigations.${kind.slice('investigation_'.length)}`
  await record(w, call, action, { type: 'complaint', id: complaint.number }, data)
}

/** Takes an open investigation forward; refuses what somebody else changed meanwhile. */
async function write(
  w: WriteHandle,
  found: InvestigationRecord,
  version: number,
  columns: Parameters<typeof writeInvestigation>[2],
): Promise<{ version: number }> {
  // Where nobody had begun the form knew no version.
  const seen = version === 0 ? found.version === 1 : version === found.version
  if (!seen || !(await writeInvestigation(w, found, columns))) refuse('desk.changed_meanwhile')
  return { version: found.version + 1 }
}

type Inputs = {
  [Name in keyof typeof investigationsContract]: z.output<
    NonNullable<(typeof investigationsContract)[Name]['~orpc']['inputSchema']>
  >
}

/** In the language of the store: what is written down is read by everybody. */
function say(call: Call, words: { zh: string; en: string }): string {
  return call.profile.language === 'en' ? words.en : words.zh
}

async function settleFact(w: WriteHandle, call: Call, input: Inputs['settleFact']) {
  const moment = momentOf(call)
  const { complaint, found } = await requireStep(w, moment, input.complaintId, 'settle_fact')
  const named = factsOf(complaint.class).find(({ id }) => id === input.fact)
  if (!named) refuse('investigations.unknown_fact')
  const { fact, state, text } = input
  const step = { at: moment.at, by: moment.actorId }
  await insertFact(w, { investigationId: found.id, fact, state, text, ...step })
  const written = await write(w, found, found.version, {})
  const what = say(call, named)
  const isSkipped = state === 'skipped'
  await writeHistory(w, call, moment, complaint, 'investigation_fact', {
    what,
    text: text.slice(0, 300),
    skipped: isSkipped,
  })
  return written
}

async function writeFindings(w: WriteHandle, call: Call, input: Inputs['write']) {
  const moment = momentOf(call)
  const { complaint, found } = await requireStep(w, moment, input.complaintId, 'write')
  const { cause, analysis, fault, finding, opinion, version } = input
  if (cause !== '' && !shippedCauses().causes.some(({ id }) => id === cause)) {
    refuse('investigations.unknown_cause')
  }
  const columns = { cause, analysis, fault, finding, opinion }
  const written = await write(w, found, version, columns)
  await record(
    w,
    call,
    'investigations.write',
    { type: 'complaint', id: complaint.number },
    { cause, fault, finding },
  )
  return written
}

async function decide(w: WriteHandle, call: Call, input: Inputs['decide']) {
  const moment = momentOf(call)
  const { complaint, found } = await requireStep(w, moment, input.complaintId, 'decide')
  const facts = await factsFound(w, complaint, found.id)
  const missing = missingToDecide({ ...found, facts })
  if (missing.length > 0) {
    const open = facts.filter(({ state }) => state === 'open').map(({ names }) => say(call, names))
    refuse('investigations.not_ready', { missing: missing[0] ?? '', facts: open.join('；') })
  }
  const step = { decided_at: moment.at, decided_by: moment.actorId }
  const written = await write(w, found, input.version, { state: 'decided', ...step })
  const cause = shippedCauses().causes.find(({ id }) => id === found.cause)
  await writeHistory(w, call, moment, complaint, 'investigation_decided', {
    cause: cause ? say(call, cause) : found.cause,
    causeId: found.cause,
    fault: found.fault,
    finding: found.finding,
  })
  return written
}

async function reopen(w: WriteHandle, call: Call, input: Inputs['reopen']) {
  const moment = momentOf(call)
  const { complaint, found } = await requireStep(w, moment, input.complaintId, 'reopen')
  if (await hasLiveSettlement(w, complaint.id)) refuse('investigations.settlement_under_way')
  const { reason, version } = input
  const cleared = { state: 'open' as const, decided_at: null, decided_by: null }
  const written = await write(w, found, version, cleared)
  await writeHistory(w, call, moment, complaint, 'investigation_reopened', { reason })
  return written
}

async function addCertificate(w: WriteHandle, call: Call, input: Inputs['addCertificate']) {
  const moment = momentOf(call)
  const { complaint, found } = await requireBegun(w, moment, input.complaintId)
  const { complaintId: _complaintId, ...facts } = input
  const { laboratory, number, result, fee, paidBy, bearer, bearerReason, sha256 } = facts
  if (facts.testedOn > call.today) refuse('investigations.in_future')
  if (bearer !== feeBearerOf[result] && bearerReason.length < 2) {
    refuse('investigations.bearer_reason')
  }
  if (await hasCertificate(w, { investigationId: found.id, laboratory, number })) {
    refuse('investigations.certificate_twice', { number })
  }
  const of = { investigationId: found.id, caseId: complaint.caseId }
  const step = { at: moment.at, by: moment.actorId }
  const { currency } = call.profile
  const id = await insertCertificate(w, { ...of, ...facts, currency, ...step })
  const label = [laboratory, number].join(' ')
  await attachProof(w, call, moment, complaint, sha256, label)
  const { toCustomer } = feeOwed(fee, paidBy, bearer)
  if (toCustomer > 0) {
    await insertOutlay(w, {
      ...of,
      kind: 'test',
      what: label,
      amount: toCustomer,
      currency,
      paidOn: facts.testedOn,
      certificateId: id,
      sha256,
      ...step,
    })
  }
  await writeHistory(w, call, moment, complaint, 'investigation_certificate', {
    what: label,
    result,
    amount: fee,
    currency,
    bearer,
  })
  return { id }
}

/** The file of a certificate or a receipt hangs on the complaint as a document. */
async function attachProof(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  complaint: Complained,
  sha256: string | null,
  label: string,
): Promise<void> {
  if (sha256 === null) return
  const { caseId, id } = complaint
  const subject = { type: 'complaint' as const, id }
  await attach(w, call, moment, { sha256, subject, caseId, role: 'document', label })
}

async function voidCertificate(w: WriteHandle, call: Call, input: Inputs['voidCertificate']) {
  const moment = momentOf(call)
  const certificate =
    (await findCertificate(w, input.certificateId)) ?? refuse('investigations.unknown_row')
  const { complaint, found } = await requireBegun(w, moment, certificate.complaintId)
  const { reason } = input
  const voided = { at: moment.at, by: moment.actorId, reason }
  for (const outlay of await listOutlays(w, found.id)) {
    if (outlay.certificateId !== certificate.id || outlay.voided) continue
    if (await isOutlayUsed(w, outlay.id)) refuse('investigations.outlay_used')
    await writeVoided(w, 'customer_outlay', outlay.id, voided)
  }
  if (!(await writeVoided(w, 'test_certificate', certificate.id, voided))) {
    refuse('investigations.voided_before')
  }
  const what = [certificate.laboratory, certificate.number].join(' ')
  await writeHistory(w, call, moment, complaint, 'investigation_voided', { what, reason })
  return { done: true }
}

async function addOutlay(w: WriteHandle, call: Call, input: Inputs['addOutlay']) {
  const moment = momentOf(call)
  const { complaint, found } = await requireBegun(w, moment, input.complaintId)
  const { complaintId: _complaintId, ...facts } = input
  const { kind, what, amount, sha256 } = facts
  if (facts.paidOn > call.today) refuse('investigations.in_future')
  const { currency } = call.profile
  const id = await insertOutlay(w, {
    investigationId: found.id,
    caseId: complaint.caseId,
    ...facts,
    currency,
    certificateId: null,
    at: moment.at,
    by: moment.actorId,
  })
  await attachProof(w, call, moment, complaint, sha256, what)
  await writeHistory(w, call, moment, complaint, 'investigation_outlay', {
    kind,
    what,
    amount,
    currency,
  })
  return { id }
}

async function voidOutlay(w: WriteHandle, call: Call, input: Inputs['voidOutlay']) {
  const moment = momentOf(call)
  const outlay = (await findOutlay(w, input.outlayId)) ?? refuse('investigations.unknown_row')
  const { complaint } = await requireBegun(w, moment, outlay.complaintId)
  if (await isOutlayUsed(w, outlay.id)) refuse('investigations.outlay_used')
  const { reason } = input
  const voided = { at: moment.at, by: moment.actorId, reason }
  if (!(await writeVoided(w, 'customer_outlay', outlay.id, voided))) {
    refuse('investigations.voided_before')
  }
  const { what } = outlay
  await writeHistory(w, call, moment, complaint, 'investigation_voided', { what, reason })
  return { done: true }
}

async function addEffort(w: WriteHandle, call: Call, input: Inputs['addEffort']) {
  const moment = momentOf(call)
  const { complaint, found } = await requireBegun(w, moment, input.complaintId)
  const { kind, minutes, note } = input
  const id = await insertEffort(w, {
    investigationId: found.id,
    caseId: complaint.caseId,
    kind,
    minutes,
    note,
    businessDate: moment.businessDate,
    at: moment.at,
    by: moment.actorId,
  })
  await writeHistory(w, call, moment, complaint, 'investigation_effort', { kind, minutes, note })
  return { id }
}

async function split(w: WriteHandle, call: Call, input: Inputs['split']) {
  const moment = momentOf(call)
  const { complaint, found } = await requireBegun(w, moment, input.complaintId)
  const { total, note } = input
  const shares = splitLiability(total, input.parties)
  const { currency } = call.profile
  await insertSplit(w, {
    investigationId: found.id,
    caseId: complaint.caseId,
    total,
    currency,
    note,
    shares,
    at: moment.at,
    by: moment.actorId,
  })
  const parts = shares.map(({ party, name, amount }) => `${party} ${name} ${amount}`)
  await writeHistory(w, call, moment, complaint, 'investigation_split', {
    amount: total,
    currency,
    parts: parts.join('; '),
  })
  const written = await findSplit(w, found.id)
  if (!written) throw new Error(`no split of investigation ${found.id}`)
  return written
}

export const investigationsHandlers: RoomHandlers<typeof investigationsContract> = {
  causes: query(() =>
    Promise.resolve(
      shippedCauses().causes.map(({ id, group, party, zh, en }) => ({
        id,
        group,
        party,
        names: { zh, en },
      })),
    ),
  ),
  of: query((r, _call, input) => readInvestigation(r, input.complaintId)),
  settleFact: command(scopes, settleFact),
  write: command(scopes, writeFindings),
  decide: command(scopes, decide),
  reopen: command(scopes, reopen),
  addCertificate: command(scopes, addCertificate),
  voidCertificate: command(scopes, voidCertificate),
  addOutlay: command(scopes, addOutlay),
  voidOutlay: command(scopes, voidOutlay),
  addEffort: command(scopes, addEffort),
  split: command(scopes, split),
}
