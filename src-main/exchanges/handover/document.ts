/** 换货交接单: what came back, what went out, and who signed, on A5 or an 80 mm roll (domain.md §2.4). */
import { formatMoney } from '../../foundation/money.ts'
import { maskPhone } from '../../foundation/phone.ts'
import type { FormatOf } from '../../foundation/paper-formats.ts'
import type { PaperField } from '../../printing/fields.ts'
import type { LabelKey, Labels } from '../../printing/labels.ts'
import {
  type Block,
  composeSlip,
  type Content,
  type DrawnInk,
  drawInk,
  type Field,
  fieldsOn,
  formatInstant,
  heading,
  joinKnown,
  label,
  labelled,
  legalLines,
  type PaperDefinition,
  type PaperFrame,
  rule,
  type Stock,
  stockOf,
  storeWords,
  type VoidFacts,
} from '../../printing/layout.ts'

/** Everything one handover form prints. */
export interface HandoverFormFacts {
  frame: PaperFrame
  paper: FormatOf<'handover_form'>
  /** `JJ-…` with check character. */
  number: string
  /** `HH-…` of the exchange it belongs to. */
  exchangeNumber: string
  /** Number of the form the old goods came back with, where these follow on another day. */
  before: string | null
  /** Instant the form was opened, UTC ISO. */
  openedAt: string
  /** 0 on the original, n on the n-th reprint. */
  copy: number
  voided: VoidFacts | null
  currency: string
  sale: { receiptNo: string; soldOn: string }
  back: HandoverBackFacts[]
  given: HandoverGivenFacts[]
  /** The card issued for the new goods; null where none was. */
  newCard: string | null
  /** First and last day of the new term, business dates; null where nothing promises one. */
  term: { startsOn: string; endsOn: string | null } | null
  receiver: { who: 'self' | 'family' | 'agent'; name: string | null; phone: string | null } | null
  signatures: { customer: SignatureFacts | null; store: SignatureFacts | null }
  waiver: { reason: string; amount: number; approvedBy: string; on: string } | null
  handledBy: string
}

/** A finding: its code under `handover.found`, null while nobody looked, and why it is not as it should be. */
interface FindingFacts {
  is: string | null
  reason: string
}

export interface HandoverBackFacts {
  name: string
  serialNo: string | null
  /** What was paid for the unit, minor units. */
  value: number
  goods: FindingFacts
  accessories: FindingFacts
  card: FindingFacts & { number: string | null }
  manual: FindingFacts
  invoice: FindingFacts
}

export interface HandoverGivenFacts {
  name: string
  serialNo: string | null
  seal: FindingFacts
  appearance: FindingFacts
  manual: FindingFacts
  accessories: FindingFacts
}

export interface SignatureFacts {
  /** Instant, UTC ISO. */
  at: string
  /** The drawing; null where it stands on the paper. */
  ink: DrawnInk | null
  confirmedBy: string
}

/** What a store can set on its handover form; who received the goods and in which state stays (domain.md §2.4). */
export const handoverFields: readonly PaperField[] = [
  { key: 'handover.receiptNo' },
  { key: 'handover.handledBy' },
  { key: 'handover.exchange' },
]

/** Composes the form for its paper; pure. */
export function composeHandoverForm(facts: HandoverFormFacts, labels: Labels): PaperDefinition {
  const stock = stockOf(facts.paper, labels, facts.frame)
  return composeSlip(stock, {
    ...facts,
    labels,
    title: 'handover.title',
    content: stock.isRoll ? rollContent(facts, labels, stock) : sheetContent(facts, labels, stock),
  })
}

function sheetContent(facts: HandoverFormFacts, labels: Labels, stock: Stock): Content[] {
  const { width } = stock
  const room = stock.page.impact ? 40 : 52
  return [
    ...fieldsOn(stock, labels, headFields(facts, labels, stock), [56, 72]),
    ...sides(facts, labels, width),
    {
      unbreakable: true,
      margin: [0, 4, 0, 0],
      stack: [
        ...waiverBox(facts, labels),
        signatureBoxes(facts, labels, { width, height: facts.waiver ? 20 : room }),
        { ...legalLines(notes(facts, labels)), margin: [0, 3, 0, 0] },
        ...storeWords(labels, facts.frame),
      ],
    },
  ]
}

function rollContent(facts: HandoverFormFacts, labels: Labels, stock: Stock): Content[] {
  const { width } = stock
  const line = (text: string): Block => ({ text, style: 'label' })
  return [
    ...fieldsOn(stock, labels, headFields(facts, labels, stock), [56, 72]),
    rule(0.6, [0, 3, 0, 2]),
    heading(labels.both('handover.back'), 9, [0, 0, 0, 1]),
    ...facts.back.map((unit) => rollUnit(unit, backChecks(unit, labels), labels)),
    ...cameBefore(facts, labels),
    heading(labels.both('handover.given'), 9, [0, 2, 0, 1]),
    ...facts.given.map((unit) => rollUnit(unit, givenChecks(unit, labels), labels)),
    ...cardLines(facts, labels).map(line),
    ...waiverBox(facts, labels),
    {
      ...signatureBoxes(facts, labels, { width, height: 52 }),
      margin: [0, 5, 0, 3],
    },
    labelled(labels, 'handover.handledBy', facts.handledBy),
    { ...legalLines(notes(facts, labels)), margin: [0, 3, 0, 0] },
    ...storeWords(labels, facts.frame),
  ]
}

function headFields(facts: HandoverFormFacts, labels: Labels, stock: Stock): Field[] {
  const { receiver, sale, frame } = facts
  return [
    { key: 'handover.exchange', value: facts.exchangeNumber },
    { key: 'handover.openedAt', value: formatInstant(facts.openedAt, frame.timeZone) },
    { key: 'handover.receiptNo', value: joinKnown([sale.receiptNo, sale.soldOn], '·') },
    { key: 'handover.receiver', value: receiver ? receiverText(receiver, labels) : null },
    ...(!stock.isRoll
      ? [{ key: 'handover.handledBy' as const, value: facts.handledBy, wide: true }]
      : []),
  ]
}

function receiverText(
  { who, name, phone }: NonNullable<HandoverFormFacts['receiver']>,
  labels: Labels,
): string {
  return (
    joinKnown([labels.both(`handover.receivers.${who}`), name, phone && maskPhone(phone)], ' ') ??
    ''
  )
}

/** One line of the check list: `✓ 三包凭证 已收回 XY-…`. */
interface Check {
  key: LabelKey
  finding: FindingFacts
  detail?: string | null
}

function backChecks(unit: HandoverBackFacts, labels: Labels): Check[] {
  return [
    { key: 'handover.goods', finding: unit.goods },
    { key: 'handover.accessories', finding: unit.accessories },
    { key: 'handover.card', finding: unit.card, detail: unit.card.number },
    { key: 'handover.manual', finding: unit.manual },
    { key: 'handover.invoice', finding: unit.invoice, detail: stampOf(unit, labels) },
  ]
}

function stampOf({ invoice }: HandoverBackFacts, labels: Labels): string | null {
  return invoice.is === 'stamped' ? `【${labels.say('card.exchangeStamp')}】` : null
}

function givenChecks(unit: HandoverGivenFacts, _labels: Labels): Check[] {
  return [
    { key: 'handover.seal', finding: unit.seal },
    { key: 'handover.appearance', finding: unit.appearance },
    { key: 'handover.manual', finding: unit.manual },
    { key: 'handover.accessories', finding: unit.accessories },
  ]
}

const wrong: ReadonlySet<string> = new Set(['missing', 'was_open', 'flawed'])

/** What a hand would write before it: a tick, a cross, or an empty box to write in. */
function markOf({ is }: FindingFacts): string {
  if (is === null) return '□'
  if (is === 'none') return '—'
  return wrong.has(is) ? '×' : '✓'
}

function checkLine({ key, finding, detail }: Check, labels: Labels): Block {
  const found = finding.is === null ? null : labels.codeBoth('handover.found', finding.is)
  const reason = finding.reason ? `（${finding.reason}）` : ''
  return {
    columns: [
      { width: 11, text: markOf(finding), bold: true },
      { ...label(labels, key, true), width: labels.language === 'zh' ? 46 : 78 },
      { width: '*', text: `${joinKnown([found, detail], ' ') ?? ''}${reason}` },
    ],
    columnGap: 2,
    margin: [0, 0, 0, 1],
  }
}

/** Where the old goods are, on a form of goods that follow on another day. */
function cameBefore({ before }: HandoverFormFacts, labels: Labels): Block[] {
  if (before === null) return []
  return [{ text: labels.both('handover.before', { number: before }, '\n'), style: 'label' }]
}

/** Old side and new side by side, pair by pair, so that a form of one for one is a form at one glance. */
function sides(facts: HandoverFormFacts, labels: Labels, width: number): Block[] {
  const half = (width - 10) / 2
  const title = (key: LabelKey): Block => ({
    width: half,
    text: labels.both(key),
    bold: true,
    fontSize: 9,
  })
  const rows = Math.max(facts.back.length, facts.given.length)
  return [
    {
      margin: [0, 5, 0, 2],
      columnGap: 10,
      columns: [title('handover.back'), title('handover.given')],
    },
    ...Array.from({ length: rows }, (_, index): Block => {
      const [old, next] = [facts.back[index], facts.given[index]]
      const isLast = index === facts.given.length - 1
      return {
        unbreakable: true,
        columnGap: 10,
        margin: [0, 0, 0, 3],
        columns: [
          {
            width: half,
            stack: old
              ? unitBox(old, backChecks(old, labels), labels, half, facts)
              : index === 0
                ? cameBefore(facts, labels)
                : [''],
          },
          {
            width: half,
            stack: next
              ? [
                  ...unitBox(next, givenChecks(next, labels), labels, half, facts),
                  ...(isLast
                    ? cardLines(facts, labels).map((text): Block => ({ text, bold: true }))
                    : []),
                ]
              : [''],
          },
        ],
      }
    }),
  ]
}

function unitBox(
  unit: HandoverBackFacts | HandoverGivenFacts,
  checks: readonly Check[],
  labels: Labels,
  width: number,
  facts: HandoverFormFacts,
): Content[] {
  const value = 'value' in unit ? formatMoney(unit.value, facts.currency) : null
  const serial = unit.serialNo && `${labels.say('card.serialNo')} ${unit.serialNo}`
  return [
    {
      layout: 'form',
      margin: [0, 0, 0, 1.5],
      table: {
        widths: [width - 7],
        body: [
          [
            {
              stack: [
                { text: unit.name, bold: true },
                ...(serial || value
                  ? [{ text: joinKnown([serial, value], ' · ') ?? '', style: 'label' } as const]
                  : []),
                { stack: checks.map((check) => checkLine(check, labels)), margin: [0, 2, 0, 0] },
              ],
            },
          ],
        ],
      },
    },
  ]
}

function rollUnit(
  unit: HandoverBackFacts | HandoverGivenFacts,
  checks: readonly Check[],
  labels: Labels,
): Block {
  return {
    unbreakable: true,
    margin: [0, 0, 0, 3],
    stack: [
      { text: unit.name, bold: true },
      ...(unit.serialNo
        ? [{ text: `${labels.say('card.serialNo')} ${unit.serialNo}`, style: 'label' } as const]
        : []),
      ...checks.map((check) => checkLine(check, labels)),
    ],
  }
}

/** The new card and the term it starts: what the customer goes home with. */
function cardLines({ newCard, term }: HandoverFormFacts, labels: Labels): string[] {
  const lines: string[] = []
  if (newCard) lines.push(`✓ ${labels.both('handover.newCard', { number: newCard }, '\n')}`)
  if (term) {
    const days = { from: term.startsOn, to: term.endsOn ?? '' }
    lines.push(labels.both(term.endsOn ? 'handover.term' : 'handover.termOpen', days, '\n'))
  }
  return lines
}

function waiverBox({ waiver, currency }: HandoverFormFacts, labels: Labels): Block[] {
  if (!waiver) return []
  const amount = formatMoney(waiver.amount, currency)
  return [
    {
      layout: 'box',
      margin: [0, 2, 0, 4],
      table: {
        widths: ['*'],
        body: [
          [
            {
              stack: [
                {
                  text: labels.both('handover.waived', {
                    date: waiver.on,
                    name: waiver.approvedBy,
                  }),
                  bold: true,
                },
                { text: labels.both('handover.exposure', { amount }) },
                { text: waiver.reason },
              ],
            },
          ],
        ],
      },
    },
  ]
}

interface BoxSize {
  width: number
  height: number
}

/** Two places to sign, with the drawing where one was made on the screen. */
function signatureBoxes(facts: HandoverFormFacts, labels: Labels, size: BoxSize): Block {
  const cell = (width: number) => ({ width, height: size.height })
  // Three ruled lines and the padding of two cells.
  const half = (size.width - 3 * 0.4 - 4 * 3) / 2
  return {
    layout: 'form',
    unbreakable: true,
    table: {
      widths: [half, half],
      body: [
        [
          signatureCell(
            'handover.customerSign',
            facts.signatures.customer,
            facts,
            labels,
            cell(half),
          ),
          signatureCell('handover.storeSign', facts.signatures.store, facts, labels, cell(half)),
        ],
      ],
    },
  }
}

function signatureCell(
  key: LabelKey,
  signature: SignatureFacts | null,
  { frame }: HandoverFormFacts,
  labels: Labels,
  size: BoxSize,
): Block {
  const when = signature && formatInstant(signature.at, frame.timeZone)
  const by = signature?.confirmedBy ?? ''
  return {
    stack: [
      label(labels, key, true),
      signature?.ink ? drawInk(signature.ink, size) : room(size.height),
      signature
        ? {
            text: `${when} · ${labels.say(signature.ink ? 'handover.seenBy' : 'handover.onPaper', { name: by })}`,
            style: 'small',
          }
        : label(labels, 'common.date', true),
    ],
  }
}

function room(height: number): Block {
  return { canvas: [{ type: 'rect', x: 0, y: 0, w: 1, h: height, cells: [] }] }
}

/** What both put their names to. */
function notes({ newCard }: HandoverFormFacts, labels: Labels): string[] {
  const keys: LabelKey[] = newCard ? ['handover.note', 'handover.noteCard'] : ['handover.note']
  return keys.map((key) => labels.both(key, {}, '\n'))
}
