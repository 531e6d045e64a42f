/** Facts of the complaint form, from the rooms that know them. */
import { actionsHandlers } from '../actions/index.ts'
import { complaintsHandlers } from '../complaints/index.ts'
import type { ComplaintFormFacts } from '../complaints/form-document.ts'
import { customersHandlers } from '../customers/index.ts'
import type { ReadHandle } from '../database/store.ts'
import { followUpsHandlers } from '../followups/index.ts'
import type { Call, Handler } from '../handlers.ts'
import { investigationsHandlers } from '../investigations/index.ts'
import { frameOf } from '../printing/frame.ts'
import { settlementsHandlers } from '../settlements/index.ts'

/** Letters of a statement a form holds: some four pages. Longer ones go to the case as a file. */
const MOST_LETTERS = 6_000

/** Asks a room as its screen does, in the read that is under way. */
function ask<Input, Output>(
  r: ReadHandle,
  call: Call,
  handler: Handler<Input, Output>,
  input: Input,
): Promise<Output> {
  if (handler.kind !== 'query') throw new Error('only what changes nothing is asked')
  return handler.run(r, call, input)
}

/** What a complaint's form says; refuses an unknown one (`complaints.unknown_complaint`). */
export async function complaintFormFacts(
  r: ReadHandle,
  call: Call,
  complaintId: number,
): Promise<ComplaintFormFacts> {
  const one = await ask(r, call, complaintsHandlers.open, { complaintId })
  const found = await ask(r, call, investigationsHandlers.of, { complaintId })
  const [last] = one.rounds.toSorted((a, b) => b.no - a.no)
  const causes = await ask(r, call, investigationsHandlers.causes, undefined)
  const cause = causes.find(({ id }) => id === found.cause)
  const letters = [...one.text]
  const isEnglish = call.profile.paperLanguage === 'en'
  return {
    frame: frameOf(call),
    number: one.number,
    copy: 0,
    storeNo: [call.profile.storeCode, call.profile.deskNo].filter(Boolean).join(' / '),
    currency: one.currency ?? call.profile.currency,
    recordedAt: one.recordedAt,
    recordedBy: one.recordedBy,
    customer: await customerOf(r, call, one),
    mode: one.mode,
    complainant: one.complainant,
    class: one.class,
    severity: one.severity,
    department: [one.floor, one.counter].filter(Boolean).join(' · ') || null,
    receipt: one.receipt && `${one.receipt.receiptNo} · ${one.receipt.businessDate}`,
    goods: one.goods || null,
    text: letters.slice(0, MOST_LETTERS).join(''),
    leftOut: Math.max(0, letters.length - MOST_LETTERS),
    desired: one.desired,
    demand: one.demand,
    demandAmount: one.demandAmount,
    verified: {
      at: found.decidedAt,
      by: found.decidedBy,
      finding: found.finding,
      cause: [cause && (isEnglish ? cause.names.en : cause.names.zh), found.analysis]
        .filter(Boolean)
        .join(isEnglish ? '. ' : '：'),
      opinion: found.opinion,
    },
    owner: one.ownerName,
    liable: found.split?.shares.map(({ party }) => party) ?? [],
    liableNames: found.split?.shares.flatMap(({ name }) => name || []).join('、') || null,
    rounds: await roundsOf(r, call, complaintId),
    promises: one.promises.map(({ text, dueAt, ownerName, state }) => ({
      text,
      dueAt,
      owner: ownerName,
      isOpen: state === 'open',
    })),
    solution: one.open ? '' : one.solution,
    satisfied: one.satisfied,
    whyNot: last?.satisfaction?.note || null,
    measures: (await ask(r, call, actionsHandlers.list, { all: true, caseId: one.caseId })).map(
      ({ number, what, title, owner, dueOn }) => ({ number, what: what || title, owner, dueOn }),
    ),
    followUps: await followUpsOf(r, call, one.caseId),
  }
}

type Complaint =
  Extract<typeof complaintsHandlers.open, { kind: 'query' }> extends Handler<infer _In, infer Out>
    ? Out
    : never

/** Left with the complaint, or known of the customer; an address is printed where there is one. */
async function customerOf(r: ReadHandle, call: Call, one: Complaint) {
  const left = { name: one.contact.name, phone: one.contact.phoneMasked }
  if (one.customerId === null) return { ...left, memberNo: null, address: null }
  const known = await ask(r, call, customersHandlers.open, { customerId: one.customerId })
  return {
    name: left.name || known.name,
    phone: left.phone || known.phoneMasked,
    memberNo: known.memberNos[0] ?? null,
    address: known.address || null,
  }
}

/** Each proposal with the answer it got, the first first. */
async function roundsOf(
  r: ReadHandle,
  call: Call,
  complaintId: number,
): Promise<ComplaintFormFacts['rounds']> {
  const { settlements } = await ask(r, call, settlementsHandlers.of, { complaintId })
  return settlements.toReversed().flatMap(({ options, answers }) =>
    answers.map((answer) => ({
      at: answer.at,
      offer: options
        .filter(({ id, round }) =>
          answer.optionId === null ? round === answer.round : id === answer.optionId,
        )
        .map(({ title }) => title)
        .join(' / '),
      accepts: answer.accepts,
      words: answer.words,
      by: answer.by,
    })),
  )
}

async function followUpsOf(
  r: ReadHandle,
  call: Call,
  caseId: number,
): Promise<ComplaintFormFacts['followUps']> {
  const { rows } = await ask(r, call, followUpsHandlers.ofCase, { caseId })
  return rows
    .flatMap(({ history }) => history)
    .map(({ at, by, outcome, note }) => ({ at, by, outcome, note }))
    .toSorted((a, b) => (a.at < b.at ? -1 : 1))
}
