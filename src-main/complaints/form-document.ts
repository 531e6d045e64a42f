/** 投诉登记表: everything of one complaint on A4, with places to write what is not known yet (domain.md §2.5). */
import { formatMoney } from '../foundation/money.ts'
import type { PaperField } from '../printing/fields.ts'
import type { CodeGroup, LabelKey, Labels } from '../printing/labels.ts'
import {
  type Block,
  composePaper,
  type Content,
  contentWidth,
  type Field,
  formatInstant,
  formGrid,
  heading,
  joinKnown,
  legalLines,
  listTable,
  mm,
  numberBars,
  pageFooter,
  type PaperDefinition,
  type PaperFrame,
  paperHead,
  PAPERS,
  signatureRow,
  storeWords,
  WIDE_SHEET_TYPE,
} from '../printing/layout.ts'
import { complainants, demands, modes, severities } from './contract.ts'

/** Everything one complaint form prints; null where nobody knows it yet. */
export interface ComplaintFormFacts {
  frame: PaperFrame
  /** `TS-…` with check character. */
  number: string
  copy: number
  /** The store's number of its own, and the desk's. */
  storeNo: string
  currency: string
  /** Instant, UTC ISO. */
  recordedAt: string
  recordedBy: string
  /** The phone is masked already. */
  customer: { name: string; phone: string; memberNo: string | null; address: string | null }
  mode: (typeof modes)[number]
  complainant: (typeof complainants)[number]
  /** Code of `report.classes`; null where the entry has none. */
  class: string | null
  severity: (typeof severities)[number]
  /** Floor and counter. */
  department: string | null
  receipt: string | null
  goods: string | null
  /** Word for word; what is longer than a form goes with the case. */
  text: string
  /** Letters that were left out of `text`. */
  leftOut: number
  desired: string
  demand: (typeof demands)[number] | null
  /** Minor units. */
  demandAmount: number | null
  verified: {
    at: string | null
    by: string | null
    /** Code of `complaintForm.findings`. */
    finding: string | null
    cause: string
    opinion: string
  }
  /** Who answers for it. */
  owner: string
  /** Codes of `complaintForm.parties` that are liable. */
  liable: string[]
  liableNames: string | null
  /** Each time something was put to the customer, and what came back. */
  rounds: { at: string; offer: string; accepts: boolean | null; words: string; by: string }[]
  promises: { text: string; dueAt: string; owner: string; isOpen: boolean }[]
  solution: string
  satisfied: boolean | null
  /** Why not, in the customer's words. */
  whyNot: string | null
  measures: { number: string; what: string; owner: string; dueOn: string }[]
  followUps: { at: string; by: string; outcome: string; note: string }[]
}

/** What a store can set on its form; what makes a complaint one stays (GB/T 19012, 投诉举报处理暂行办法 第九条). */
export const complaintFormFields: readonly PaperField[] = [
  { key: 'complaintForm.customer', law: 'complaint' },
  { key: 'complaintForm.phone', law: 'complaint' },
  { key: 'complaintForm.recordedAt', law: 'complaint' },
  { key: 'complaintForm.text', law: 'complaint' },
  { key: 'complaintForm.demand', law: 'complaint' },
  { key: 'complaintForm.address', law: 'complaint' },
  { key: 'complaintForm.storeNo' },
  { key: 'complaintForm.memberNo' },
  { key: 'complaintForm.mode' },
  { key: 'complaintForm.complainant' },
  { key: 'complaintForm.severity' },
  { key: 'complaintForm.department' },
  { key: 'complaintForm.receipt' },
  { key: 'complaintForm.desired' },
  { key: 'complaintForm.liable' },
  { key: 'complaintForm.cause' },
  { key: 'complaintForm.promises' },
  { key: 'complaintForm.measures' },
]

const PAGE = PAPERS.a4Portrait
const WIDTH = contentWidth(PAGE)
const findings = ['founded', 'partly', 'unfounded', 'unclear']
const parties = ['store', 'vendor', 'carrier', 'maker', 'customer']
/** Rounds a head office asks for: written by hand where there were fewer. */
const LEAST_ROUNDS = 2

/** Composes the form; pure. */
export function composeComplaintForm(facts: ComplaintFormFacts, labels: Labels): PaperDefinition {
  const { frame } = facts
  return composePaper({
    title: `${labels.both('complaintForm.title')} ${facts.number}`,
    labels,
    frame,
    page: PAGE,
    type: WIDE_SHEET_TYPE,
    footer: pageFooter(labels, frame, PAGE, facts.number),
    content: [
      paperHead({
        labels,
        title: labels.say('complaintForm.title'),
        subtitle: labels.second('complaintForm.title') ?? '',
        store: frame.store,
        copy: facts.copy,
        size: 18,
        aside: { ...numberBars(facts.number, 0.8, mm(8)), width: 'auto', margin: [14, 0, 0, 1] },
      }),
      ...received(facts, labels),
      ...verified(facts, labels),
      ...rounds(facts, labels),
      ...result(facts, labels),
      ...afterwards(facts, labels),
      {
        unbreakable: true,
        margin: [0, 10, 0, 0],
        stack: [
          signatureRow(
            labels,
            ['complaintForm.customerSign', 'complaintForm.handler', 'complaintForm.supervisor'],
            20,
          ),
          { ...legalLines([labels.both('complaintForm.note', {}, '\n')]), margin: [0, 5, 0, 0] },
          ...storeWords(labels, frame),
        ],
      },
    ],
  })
}

function form(labels: Labels, fields: Field[]): Block {
  return formGrid(labels, fields, labels.language === 'zh' ? 68 : 92, WIDTH, WIDE_SHEET_TYPE.text)
}

function part(labels: Labels, key: LabelKey, content: Content[]): Content[] {
  if (!labels.prints(key)) return []
  return [heading(labels.both(key, {}, '  '), 9.5, [0, 7, 0, 2.5]), ...content]
}

/** Every choice there is, the one that was made ticked: what is open is ticked with a pen. */
function choices(
  labels: Labels,
  group: CodeGroup,
  codes: readonly string[],
  chosen: readonly (string | null)[],
  between = '   ',
): string {
  return codes
    .map((code) => `${chosen.includes(code) ? '✓' : '□'} ${labels.codeBoth(group, code)}`)
    .join(between)
}

/** Blank lines to write on where nothing is known. */
function orLines(text: string | null, lines: number): Content {
  return text || '\n'.repeat(lines)
}

function received(facts: ComplaintFormFacts, labels: Labels): Content[] {
  const { customer, frame, demandAmount } = facts
  const tick = (group: CodeGroup, codes: readonly string[], chosen: string | null) =>
    choices(labels, group, codes, [chosen])
  const letters = facts.leftOut
  return [
    form(labels, [
      { key: 'complaintForm.number', value: { text: facts.number, bold: true } },
      { key: 'complaintForm.storeNo', value: facts.storeNo },
      {
        key: 'complaintForm.recordedAt',
        value: formatInstant(facts.recordedAt, frame.timeZone),
      },
      { key: 'complaintForm.recordedBy', value: facts.recordedBy },
      { key: 'complaintForm.customer', value: customer.name },
      { key: 'complaintForm.memberNo', value: customer.memberNo },
      { key: 'complaintForm.phone', value: customer.phone },
      { key: 'complaintForm.address', value: customer.address },
      {
        key: 'complaintForm.complainant',
        value: tick('complaintForm.complainants', complainants, facts.complainant),
        wide: true,
      },
      {
        key: 'complaintForm.mode',
        value: tick('complaintForm.modes', modes, facts.mode),
        wide: true,
      },
      {
        key: 'complaintForm.class',
        value: facts.class && labels.codeBoth('report.classes', facts.class),
      },
      { key: 'complaintForm.department', value: facts.department },
      {
        key: 'complaintForm.severity',
        value: tick('complaintForm.severities', severities, facts.severity),
        wide: true,
      },
      { key: 'complaintForm.receipt', value: facts.receipt, wide: true },
      { key: 'complaintForm.goods', value: facts.goods, wide: true },
      {
        key: 'complaintForm.demand',
        value: tick('complaintForm.demands', demands, facts.demand),
        wide: true,
      },
      {
        key: 'complaintForm.amount',
        value: demandAmount === null ? null : formatMoney(demandAmount, facts.currency),
      },
      { key: 'complaintForm.desired', value: facts.desired, wide: true },
    ]),
    ...part(labels, 'complaintForm.text', [
      ...facts.text.split('\n').map((text): Block => ({ text: text || ' ' })),
      ...(letters > 0
        ? [
            {
              text: labels.both('complaintForm.leftOut', { letters }, '\n'),
              style: 'label',
            } as const,
          ]
        : []),
    ]),
  ]
}

function verified(facts: ComplaintFormFacts, labels: Labels): Content[] {
  const { at, by, finding, cause, opinion } = facts.verified
  return part(labels, 'complaintForm.verification', [
    form(labels, [
      {
        key: 'complaintForm.verifiedAt',
        value: joinKnown([at && formatInstant(at, facts.frame.timeZone), by], ' · '),
      },
      { key: 'complaintForm.owner', value: facts.owner },
      {
        key: 'complaintForm.finding',
        value: choices(labels, 'complaintForm.findings', findings, [finding]),
        wide: true,
      },
      {
        key: 'complaintForm.liable',
        value: joinKnown(
          [choices(labels, 'complaintForm.parties', parties, facts.liable), facts.liableNames],
          '\n',
        ),
        wide: true,
      },
      { key: 'complaintForm.cause', value: orLines(cause, 1), wide: true },
      { key: 'complaintForm.opinion', value: orLines(opinion, 2), wide: true },
    ]),
  ])
}

/** What was put to the customer and what came back; blank rows up to the two a head office asks for. */
function rounds(facts: ComplaintFormFacts, labels: Labels): Content[] {
  const answer = (accepts: boolean | null) =>
    choices(
      labels,
      'complaintForm.answers',
      ['accepts', 'declines'],
      [accepts === null ? null : accepts ? 'accepts' : 'declines'],
      labels.language === 'bilingual' ? '\n' : '   ',
    )
  const rows = facts.rounds.map((round, index): Content[] => [
    String(index + 1),
    formatInstant(round.at, facts.frame.timeZone),
    joinKnown([round.offer, round.words && `“${round.words}”`], '\n') ?? '',
    answer(round.accepts),
    round.by,
  ])
  const blank = Array.from(
    { length: Math.max(0, LEAST_ROUNDS - rows.length) },
    (_, index): Content[] => [String(rows.length + index + 1), '\n\n', '', answer(null), ''],
  )
  return part(labels, 'complaintForm.rounds', [
    listTable(
      labels,
      [
        { key: 'complaintForm.round', width: 26 },
        { key: 'complaintForm.contactedAt', width: 76 },
        { key: 'complaintForm.offer', width: '*' },
        { key: 'complaintForm.answer', width: labels.language === 'zh' ? 96 : 120 },
        { key: 'complaintForm.contactedBy', width: 62 },
      ],
      [...rows, ...blank],
      WIDTH,
      'form',
    ),
  ])
}

function result(facts: ComplaintFormFacts, labels: Labels): Content[] {
  const { satisfied } = facts
  const chosen = satisfied === null ? null : satisfied ? 'yes' : 'no'
  return part(labels, 'complaintForm.result', [
    form(labels, [
      { key: 'complaintForm.solution', value: orLines(facts.solution, 2), wide: true },
      {
        key: 'complaintForm.satisfied',
        value: choices(labels, 'complaintForm.content', ['yes', 'no'], [chosen]),
      },
      { key: 'complaintForm.whyNot', value: facts.whyNot },
    ]),
  ])
}

function afterwards(facts: ComplaintFormFacts, labels: Labels): Content[] {
  const time = (instant: string) => formatInstant(instant, facts.frame.timeZone)
  const blank = (columns: number, count: number): Content[][] =>
    Array.from({ length: count }, () => ['\n\n', ...Array.from({ length: columns - 1 }, () => '')])
  return [
    ...(facts.promises.length === 0
      ? []
      : part(labels, 'complaintForm.promises', [
          listTable(
            labels,
            [
              { key: 'complaintForm.promised', width: '*' },
              { key: 'complaintForm.due', width: 88 },
              { key: 'complaintForm.owner', width: 84 },
              { key: 'complaintForm.kept', width: 60 },
            ],
            facts.promises.map((each) => [
              each.text,
              time(each.dueAt),
              each.owner,
              each.isOpen ? '□' : '✓',
            ]),
            WIDTH,
            'form',
          ),
        ])),
    ...part(labels, 'complaintForm.measures', [
      listTable(
        labels,
        [
          { key: 'complaintForm.measure', width: '*' },
          { key: 'complaintForm.owner', width: 84 },
          { key: 'complaintForm.due', width: 88 },
        ],
        facts.measures.length === 0
          ? blank(3, 1)
          : facts.measures.map(({ number, what, owner, dueOn }) => [
              `${what}  ${number}`,
              owner,
              dueOn,
            ]),
        WIDTH,
        'form',
      ),
    ]),
    ...part(labels, 'complaintForm.followUps', [
      listTable(
        labels,
        [
          { key: 'complaintForm.followedAt', width: 88 },
          { key: 'complaintForm.followed', width: '*' },
          { key: 'complaintForm.followedBy', width: 84 },
        ],
        facts.followUps.length === 0
          ? blank(3, 1)
          : facts.followUps.map(({ at, by, outcome, note }) => [
              time(at),
              joinKnown([labels.codeBoth('complaintForm.outcomes', outcome), note], ' · ') ?? '',
              by,
            ]),
        WIDTH,
        'form',
      ),
    ]),
  ]
}
