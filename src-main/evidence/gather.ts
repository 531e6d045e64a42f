import { createHash } from 'node:crypto'
import { approvalsHandlers } from '../approvals/index.ts'
import { keptPlace, listAttachments } from '../attachments/index.ts'
import type { subjectTypes } from '../attachments/contract.ts'
import { type AuditRow, findHash, listAuditOf, verifyChain } from '../audit/index.ts'
import { casesHandlers } from '../cases/index.ts'
import { complaintsHandlers } from '../complaints/index.ts'
import type { ReadHandle } from '../database/store.ts'
import { formatMoney } from '../foundation/money.ts'
import type { Call, Handler } from '../handlers.ts'
import { redact } from '../lessons/index.ts'
import {
  type EvidenceBody,
  type EvidencePart,
  type PaperJob,
  readSetUpPaper,
} from '../papers/index.ts'
import { formatInstant } from '../printing/layout.ts'
import { refundsHandlers } from '../refunds/index.ts'
import { readFrozen, rightsHandlers } from '../rights/index.ts'
import { openHold } from './hold.ts'
import { type PackWords, packWords } from './words.ts'

/** A file the pack brings along. */
type PackFile = NonNullable<PaperJob['files']>[number]

/** Everything of a case, in words, as the pack shows it. */
export interface Gathered {
  caseNumber: string
  hold: string | null
  parts: EvidencePart[]
  files: PackFile[]
  /** Files handed over inside the document as they are: those it cannot show. */
  attached: string[]
  audit: { entries: number; head: string; brokenAt: number | null }
}

/** Pictures a page can show; other files go along as they are. */
const shownTypes: readonly string[] = ['image/jpeg', 'image/png']

type Output<H> = H extends Handler<infer _Input, infer Out> ? Out : never

/** Asks a room as a screen does, in a short read of its own: nothing waits long for a pack. */
function ask<In, Out>(call: Call, handler: Handler<In, Out>, input: In): Promise<Out> {
  if (handler.kind !== 'query') throw new Error('only what changes nothing is asked')
  return call.store.read((r) => handler.run(r, call, input))
}

type CaseFile = Output<(typeof casesHandlers)['file']>
type Refund = Output<(typeof refundsHandlers)['open']>
type PaperChoice = Parameters<typeof readSetUpPaper>[2]

/** What every step of the gathering needs. */
interface Work {
  call: Call
  words: PackWords
  file: CaseFile
  masked: boolean
  signal: AbortSignal
}

const hashOf = (content: string) => createHash('sha256').update(content).digest('hex')

/** A part under the hash of what it shows. */
function part(title: string, body: EvidenceBody, note = ''): EvidencePart {
  return { title, note, body, sha256: hashOf(JSON.stringify([title, note, body])) }
}

/**
 * Reads everything of a case, a short step at a time. With `masked` what points at other people is taken out of free
 * text (numbers, addresses, names with a title); the words of the law and of the store stay.
 *
 * @throws what `signal` was aborted with
 */
export async function gatherCase(
  call: Call,
  asked: { caseId: number; masked: boolean },
  signal: AbortSignal,
): Promise<Gathered> {
  const { caseId, masked } = asked
  const words = packWords(call.profile.paperLanguage)
  const file = await ask(call, casesHandlers.file, { caseId })
  const work: Work = { call, words, file, masked, signal }
  const { now } = await call.store.read((r) => openHold(r, caseId))
  const refunds = await openRefunds(work)
  const verbatim: PackFile[] = []
  const logos: PackFile[] = []
  const steps: (() => Promise<EvidencePart[]>)[] = [
    () => Promise.resolve([casePart(work)]),
    async () => {
      const said = await statementParts(work)
      verbatim.push(...said.verbatim)
      return said.parts
    },
    () => Promise.resolve([timelinePart(work)]),
    () => decisionParts(work),
    () => Promise.resolve(moneyParts(work, refunds)),
    () => lawParts(work, refunds),
    async () => {
      const set = await paperParts(work)
      logos.push(...set.files)
      return set.parts
    },
  ]
  const parts: EvidencePart[] = []
  for (const step of steps) {
    signal.throwIfAborted()
    parts.push(...(await step()))
  }
  const { parts: fileParts, files, attached } = await fileStep(work)
  const audit = await auditStep(work)
  return {
    caseNumber: file.parts[0]?.number ?? `#${caseId}`,
    hold: now && `${now.reference} · ${now.reason}`,
    parts: [...parts, ...fileParts, audit.part],
    files: [...files, ...verbatim, ...logos],
    attached: [...attached, ...verbatim.map(({ sha256 }) => sha256)],
    audit: audit.verdict,
  }
}

/** Without numbers, addresses and names with a title. */
function mask(text: string): string {
  return redact(text, { customers: [], staff: [], numbers: [] }).text
}

/** Free text as this pack may show it. */
function shown({ masked }: Work, text: string): string {
  return masked ? mask(text) : text
}

function at({ call }: Work, instant: string): string {
  return formatInstant(instant, call.profile.timeZone)
}

function money({ call }: Work, amount: number, currency?: string): string {
  return formatMoney(amount, currency ?? call.profile.currency, call.profile.language)
}

function casePart(work: Work): EvidencePart {
  const { words, file } = work
  const { receipt, customer, owner, second } = file
  const risks = file.risks.map((flag) => words.name(`risk.${flag}`)).join('、')
  return part(words.say('case'), {
    kind: 'fields',
    fields: [
      [words.say('state'), words.name(`state.${file.state}`)],
      [words.say('opened'), `${at(work, file.openedAt)} · ${file.openedBy}`],
      [words.say('owner'), [owner.name, second?.person.name].filter(Boolean).join(' · ')],
      [words.say('customer'), customer ? `${customer.name} ${customer.phoneMasked}` : ''],
      [words.say('receipt'), receipt ? `${receipt.receiptNo} · ${receipt.businessDate}` : ''],
      [words.say('risks'), risks],
      [words.say('numbers'), file.parts.map(({ number }) => number).join('  ')],
    ],
  })
}

/**
 * What the customer said, word for word, and what was asked and done. The words go along as a file, too: no paper has
 * every letter there is.
 */
async function statementParts(work: Work) {
  const { call, words, file, masked } = work
  const parts: EvidencePart[] = []
  const verbatim: PackFile[] = []
  for (const { id } of file.parts.filter(({ type }) => type === 'complaint')) {
    const one = await ask(call, complaintsHandlers.open, { complaintId: id })
    const sha256 = hashOf(one.text)
    if (!masked) {
      const name = `${one.number}.txt`
      verbatim.push({ sha256, content: { text: one.text }, name, mediaType: 'text/plain' })
    }
    const who = [one.contact.name, one.contact.phoneMasked].filter(Boolean).join(' ')
    parts.push(
      part(
        words.say('statement', { number: one.number }),
        { kind: 'text', text: shown(work, one.text) },
        [
          words.name(`class.${one.class}`),
          one.goods,
          who,
          one.recordedBy,
          at(work, one.recordedAt),
          masked ? '' : words.say('verbatim', { sha256 }),
        ]
          .filter(Boolean)
          .join(' · '),
      ),
      part(words.say('wish', { number: one.number }), {
        kind: 'fields',
        fields: [
          [words.say('desired'), shown(work, one.desired)],
          [words.say('demand'), one.demand === null ? '' : words.name(`demand.${one.demand}`)],
          [
            words.say('amount'),
            one.demandAmount === null
              ? ''
              : money(work, one.demandAmount, one.currency ?? undefined),
          ],
          [words.say('solution'), shown(work, one.solution)],
        ],
      }),
    )
  }
  return { parts, verbatim }
}

type Line = CaseFile['timeline'][number]

/** What a line says besides its heading, in the order the screens show it. */
function detailOf(work: Work, { data }: Line): string {
  const said = ['text', 'solution', 'note', 'reason'].flatMap((name) => {
    const value = data[name]
    return typeof value === 'string' && value !== '' ? [value] : []
  })
  return shown(work, said.join('\n'))
}

function headOf({ words }: Work, { kind, data }: Line): string {
  const what = typeof data['kind'] === 'string' ? words.name(`kind.${data['kind']}`) : ''
  const event = words.name(`event.${kind}`, { ...data, what })
  return event === kind ? words.name(`around.${kind}`, data) : event
}

function timelinePart(work: Work): EvidencePart {
  const { words, file } = work
  let isHeld = false
  const rows = file.timeline.map((line) => {
    const mark = isHeld && line.kind !== 'hold_released' ? ` 〔${words.say('during')}〕` : ''
    if (line.kind === 'hold_placed') isHeld = true
    if (line.kind === 'hold_released') isHeld = false
    const detail = detailOf(work, line)
    return [
      at(work, line.at),
      line.actor,
      `${headOf(work, line)}${mark}${detail === '' ? '' : `\n${detail}`}`,
    ]
  })
  return part(words.say('timeline'), {
    kind: 'table',
    heads: [words.say('when'), words.say('who'), words.say('what')],
    widths: [86, 64, '*'],
    rows,
  })
}

/** What was offered, who decided it, and the top's word. */
async function decisionParts(work: Work): Promise<EvidencePart[]> {
  const { call, words, file } = work
  const top = await ask(call, approvalsHandlers.caseTop, { caseId: file.id })
  const offers = await ask(call, approvalsHandlers.offers, {
    caseId: file.id,
    unauthorised: false,
  })
  const approvals = file.timeline.filter(({ kind }) => kind.startsWith('approval_'))
  const rows = [
    ...offers.map((offer) => [
      at(work, offer.at),
      offer.madeBy,
      `${words.say('offer')}：${shown(work, offer.what)} ${money(work, offer.amount, offer.currency)}`,
    ]),
    ...approvals.map((line) => {
      const { amount, currency } = line.data
      const sum = typeof amount === 'number' ? money(work, amount, String(currency)) : ''
      return [at(work, line.at), line.actor, `${headOf(work, line)} ${sum} ${detailOf(work, line)}`]
    }),
    ...top.decisions.map((decision) => [
      at(work, decision.at),
      decision.by,
      `${words.name('event.top_decided')}：${shown(work, decision.text)}`,
    ]),
  ].toSorted(([a = ''], [b = '']) => a.localeCompare(b))
  if (rows.length === 0) return []
  return [
    part(words.say('decisions'), {
      kind: 'table',
      heads: [words.say('when'), words.say('who'), words.say('what')],
      widths: [86, 64, '*'],
      rows,
    }),
  ]
}

async function openRefunds({ call, file }: Work): Promise<Refund[]> {
  const refunds: Refund[] = []
  for (const { id } of file.parts.filter(({ type }) => type === 'refund')) {
    refunds.push(await ask(call, refundsHandlers.open, { refundId: id }))
  }
  return refunds
}

/** Money that went back, and what the till was told. */
function moneyParts(work: Work, refunds: readonly Refund[]): EvidencePart[] {
  const { words } = work
  const rows = refunds.flatMap((refund) => [
    [
      refund.number,
      at(work, refund.recordedAt),
      `${words.say(`refund.${refund.state}`)} · ${refund.recordedBy}`,
      money(work, refund.amount, refund.currency),
    ],
    ...refund.instructions.map((each) => [
      each.number,
      '',
      `${words.say(`till.${each.direction}`)} · ${words.say(`till.${each.state}`)}`,
      money(work, each.amount, refund.currency),
    ]),
    ...refund.vouchers.map((each) => [
      each.number,
      '',
      words.say('voucher'),
      money(work, each.amount, refund.currency),
    ]),
  ])
  if (rows.length === 0) return []
  return [
    part(words.say('money'), {
      kind: 'table',
      heads: [words.say('number'), words.say('when'), words.say('what'), words.say('amount')],
      widths: [130, 86, '*', 90],
      rows,
    }),
  ]
}

/** The lines of law and house the decisions of the case stand on. */
async function lawParts(work: Work, refunds: readonly Refund[]): Promise<EvidencePart[]> {
  const { call, words, file } = work
  const lines = new Set<string>()
  for (const { rightsId } of refunds) {
    if (rightsId === null) continue
    const frozen = await call.store.read((r) => readFrozen(r, rightsId))
    const remedies = frozen?.lines.flatMap(({ verdict }) => verdict.remedies) ?? []
    for (const remedy of remedies) {
      if (remedy.allowed) for (const basis of remedy.basis) lines.add(basis[words.language])
    }
  }
  for (const { id } of file.parts.filter(({ type }) => type === 'refusal')) {
    const { rules } = await ask(call, rightsHandlers.openRefusal, { refusalId: id })
    for (const { basis } of rules) lines.add(basis[words.language])
  }
  if (lines.size === 0) return []
  return [part(words.say('law'), { kind: 'text', text: [...lines].join('\n') })]
}

/** The papers of the case, set again from the facts they were printed from, as the store has them set up now. */
async function paperParts(work: Work): Promise<{ parts: EvidencePart[]; files: PackFile[] }> {
  const { call, words, file, signal } = work
  const choices = file.parts.flatMap(({ type, id, number }) => {
    const choice = paperOf(type, id)
    return choice ? [{ choice, number }] : []
  })
  const parts: EvidencePart[] = []
  const files = new Map<string, PackFile>()
  for (const { choice, number } of choices) {
    signal.throwIfAborted()
    const { job, document } = await call.store.read((r: ReadHandle) =>
      readSetUpPaper(r, call, choice),
    )
    for (const file of job.files ?? []) files.set(file.sha256, file)
    parts.push(
      part(
        words.say('paper', { name: words.say(`papers.${document}`), number }),
        {
          kind: 'paper',
          template: job.template,
          facts: work.masked ? maskFacts(job.facts) : job.facts,
        },
        words.say('reproduced'),
      ),
    )
  }
  return { parts, files: [...files.values()] }
}

/** Facts of papers that somebody typed in their own words, or that name somebody else than the customer. */
const freeText: ReadonlySet<string> = new Set([
  'text',
  'note',
  'remark',
  'reason',
  'statement',
  'symptom',
  'fault',
  'detail',
  'receiverName',
  'takerName',
])

/** A paper's facts without what points at other people. */
function maskFacts<Facts>(facts: Facts, key?: string): Facts
function maskFacts(facts: unknown, key = ''): unknown {
  if (typeof facts === 'string') return freeText.has(key) ? mask(facts) : facts
  if (Array.isArray(facts)) return facts.map((each) => maskFacts(each, key))
  if (typeof facts !== 'object' || facts === null) return facts
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [name, maskFacts(value, name)]),
  )
}

function paperOf(type: CaseFile['parts'][number]['type'], id: number): PaperChoice | null {
  switch (type) {
    case 'refund':
      return { document: 'refund_slip', refundId: id, format: 'A5' }
    case 'exchange':
      return { document: 'exchange_slip', exchangeId: id, format: 'A5' }
    case 'repair':
      return { document: 'repair_record', repairId: id, format: 'A5' }
    case 'voucher':
      return { document: 'voucher', voucherId: id, format: 'A6' }
    case 'refusal':
      return { document: 'refusal_slip', refusalId: id, format: 'A4' }
    case 'complaint':
      return { document: 'complaint_slip', complaintId: id, format: 'A5' }
  }
}

type SubjectType = (typeof subjectTypes)[number]

/** Whatever of the case can carry photos, signatures and documents. */
const carriers: readonly SubjectType[] = ['complaint', 'refund', 'exchange', 'repair', 'voucher']

/** Photos and signatures as pages; what no page can show goes along as it is. Taken-off ones are named. */
async function fileStep(work: Work) {
  const { call, words, file } = work
  const parts: EvidencePart[] = []
  const files = new Map<string, PackFile>()
  const attached = new Set<string>()
  const { evidenceDir } = call.folder
  for (const { type, id, number } of file.parts) {
    const carrier = carriers.find((each) => each === type)
    if (!carrier) continue
    const list = await call.store.read((r) => listAttachments(r, { type: carrier, id }))
    for (const each of list) {
      const { sha256, name, mediaType, label, role } = each
      const isShown = shownTypes.includes(mediaType)
      const content = { place: keptPlace(evidenceDir, sha256) }
      files.set(sha256, { sha256, content, name, mediaType })
      if (!isShown) attached.add(sha256)
      const note = [
        [label, name].filter(Boolean).join(' '),
        `${at(work, each.attachedAt)} · ${each.attachedBy}`,
        each.voided ? words.say('voided', { reason: each.voided.reason }) : '',
        isShown ? '' : words.say('attached'),
      ]
      parts.push({
        title: words.say('file', { role: words.say(`roles.${role}`), number }),
        sha256,
        note: note.filter(Boolean).join(' · '),
        body: isShown ? { kind: 'picture', sha256 } : { kind: 'file' },
      })
    }
  }
  return { parts, files: [...files.values()], attached: [...attached] }
}

/** Names under which the audit log knows what belongs to the case. */
function auditSubjects({ file }: Work): { type: string; ids: string[] }[] {
  const ids = (name: string) =>
    file.timeline.flatMap(({ data }) => {
      const value = data[name]
      return typeof value === 'number' || typeof value === 'string' ? [String(value)] : []
    })
  return [
    { type: 'case', ids: [String(file.id)] },
    ...file.parts.map(({ type, id, number }) => ({ type, ids: [number, String(id)] })),
    { type: 'approval', ids: ids('approvalId') },
    { type: 'offer', ids: ids('offerId') },
    { type: 'promise', ids: ids('promiseId') },
    { type: 'file', ids: ids('sha256') },
  ].filter((subject) => subject.ids.length > 0)
}

/** The audit trail of the case, and whether the whole chain it stands in is sound. */
async function auditStep(work: Work) {
  const { call, words, signal } = work
  const rows = new Map<number, AuditRow>()
  for (const subject of auditSubjects(work)) {
    signal.throwIfAborted()
    for (const row of await call.store.read((r) => listAuditOf(r, subject))) rows.set(row.seq, row)
  }
  const chain = await call.store.read((r) => verifyChain(r))
  const head = (await call.store.read((r) => findHash(r, chain.entries))) ?? '0'.repeat(64)
  const verdict = { ...chain, head }
  const sound =
    chain.brokenAt === null
      ? words.say('chainSound', { entries: chain.entries, head })
      : words.say('chainBroken', { at: chain.brokenAt })
  return {
    verdict,
    part: part(
      words.say('audit'),
      {
        kind: 'table',
        heads: ['#', words.say('when'), words.say('who'), words.say('what'), 'SHA-256'],
        widths: [30, 82, 52, '*', 150],
        rows: [...rows.values()]
          .toSorted((a, b) => a.seq - b.seq)
          .map((row) => [
            String(row.seq),
            at(work, row.at),
            row.actor ?? '',
            // Reasons stand in it as they were typed: masked, the hash alone speaks for it.
            `${row.action} · ${row.subject}${work.masked ? '' : `\n${row.data}`}`,
            row.hash,
          ]),
      },
      sound,
    ),
  }
}

/** What the hash of the whole list covers. */
export function partsHashOf(parts: readonly { title: string; sha256: string }[]): string {
  return hashOf(JSON.stringify(parts.map(({ title, sha256 }) => [title, sha256])))
}
