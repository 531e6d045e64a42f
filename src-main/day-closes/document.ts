/** 日结表: what a business day came to, what was counted, what is known to be open, and who signed it. */
import type { z } from 'zod'
import { formatMoney } from '../foundation/money.ts'
import type { FormatOf } from '../foundation/paper-formats.ts'
import type { PaperField } from '../printing/fields.ts'
import type { LabelKey, Labels } from '../printing/labels.ts'
import {
  type Block,
  centred,
  type Column,
  composePaper,
  composeSlip,
  type Content,
  type DrawnInk,
  drawInk,
  contentWidth,
  formatInstant,
  formGrid,
  heading,
  labelled,
  legalLines,
  listTable,
  mm,
  pageFooter,
  paperHead,
  PAPERS,
  type PaperDefinition,
  type PaperFrame,
  qrBlock,
  rule,
  SHEET_TYPE,
  stockOf,
  storeWords,
} from '../printing/layout.ts'
import { type closeDay, rolesToSign } from './contract.ts'

export type CloseDay = z.output<typeof closeDay>

/** Everything the sheet of a day prints: the day as the screen shows it. */
export interface DayCloseFacts {
  frame: PaperFrame
  paper: FormatOf<'day_close'>
  copy: number
  day: CloseDay
  /** What was drawn on the screen. */
  inks: Partial<Record<CloseDay['signatures'][number]['role'], DrawnInk>>
}

/** What a store can set on the sheet; what was counted, is open and was signed always prints. */
export const dayCloseFields: readonly PaperField[] = [
  { key: 'common.desk' },
  { key: 'dayClose.lines' },
  { key: 'dayClose.remark' },
]

/** Groups of four are compared by eye and read out over the phone. */
export function shortHash(hash: string): string {
  return (hash.slice(0, 16).match(/.{4}/g) ?? []).join(' ')
}

/** What the code on the sheet holds: enough to find the close and to see that it is the same. */
function codeText({ frame, day }: DayCloseFacts): string {
  const { businessDate, close } = day
  return ['GWDC1', frame.desk, businessDate, close?.version ?? 0, close?.hash ?? ''].join('|')
}

/** Composes the sheet for its paper; pure. */
export function composeDayClose(facts: DayCloseFacts, labels: Labels): PaperDefinition {
  return facts.paper === 'A4' ? composeSheet(facts, labels) : composeRoll(facts, labels)
}

function composeSheet(facts: DayCloseFacts, labels: Labels): PaperDefinition {
  const { frame, day } = facts
  const page = PAPERS.a4Portrait
  const width = contentWidth(page)
  const title = `${labels.say('dayClose.title')} ${day.businessDate}`
  return composePaper({
    title: `${title} ${frame.store.name}`,
    labels,
    frame,
    page,
    type: SHEET_TYPE,
    footer: pageFooter(labels, frame, page, title),
    content: [
      paperHead({
        labels,
        title: labels.say('dayClose.title'),
        subtitle: labels.second('dayClose.title') ?? '',
        store: frame.store,
        copy: facts.copy,
        size: 17,
      }),
      headGrid(facts, labels, width),
      ...section(labels, 'dayClose.slips', slipTable(day, labels, width)),
      ...section(labels, 'dayClose.money', moneyTable(day, labels, width)),
      ...section(labels, 'dayClose.goods', goodsTable(facts, labels, width)),
      ...section(labels, 'dayClose.checks', checkTable(day, labels, width)),
      ...lateBlock(facts, labels, width),
      ...versionBlock(facts, labels),
      ...(day.remark && labels.prints('dayClose.remark')
        ? [...section(labels, 'dayClose.remark', { text: day.remark, fontSize: 9 })]
        : []),
      { unbreakable: true, margin: [0, 10, 0, 0], stack: [signing(facts, labels, width)] },
      ...storeWords(labels, frame),
    ],
  })
}

function stateText({ close, state }: CloseDay, labels: Labels): string {
  if (!close) return labels.both(state === 'reopened' ? 'dayClose.reopened' : 'dayClose.open')
  return labels.both('dayClose.closed', { version: close.version })
}

function headGrid({ frame, day }: DayCloseFacts, labels: Labels, width: number): Block {
  const { close } = day
  return formGrid(
    labels,
    [
      { key: 'dayClose.day', value: day.businessDate },
      { key: 'common.desk', value: frame.desk },
      { key: 'dayClose.state', value: stateText(day, labels) },
      { key: 'dayClose.lines', value: String(day.lines) },
      { key: 'dayClose.closedAt', value: close && formatInstant(close.closedAt, frame.timeZone) },
      { key: 'dayClose.closedBy', value: close && close.closedBy },
    ],
    labels.language === 'zh' ? 56 : 74,
    width,
    SHEET_TYPE.text,
  )
}

function section(labels: Labels, key: LabelKey, block: Block | null): Content[] {
  const title = heading(labels.both(key), 9, [0, 8, 0, 2.5])
  return [title, block ?? { text: labels.both('dayClose.nothing'), style: 'label' }]
}

const figure = (key: LabelKey, width: number): Column => ({ key, width, align: 'right' })

function slipTable({ slips, currency }: CloseDay, labels: Labels, width: number): Block | null {
  const rows = slips.filter(({ count, voided }) => count + voided > 0)
  if (rows.length === 0) return null
  return listTable(
    labels,
    [
      { key: 'dayClose.kind', width: '*' },
      figure('dayClose.count', 60),
      figure('dayClose.voided', 60),
      figure('dayClose.late', 60),
      figure('dayClose.amount', 90),
    ],
    rows.map((row): Content[] => [
      labels.codeBoth('dayClose.slipKinds', row.kind),
      String(row.count),
      String(row.voided),
      String(row.late),
      row.amount === 0 ? '' : formatMoney(row.amount, currency),
    ]),
    width,
  )
}

function moneyTable({ money, currency }: CloseDay, labels: Labels, width: number): Block | null {
  if (money.length === 0) return null
  const say = ({ count, amount }: { count: number; amount: number }) =>
    count === 0 ? '' : `${count} / ${formatMoney(amount, currency)}`
  return listTable(
    labels,
    [
      { key: 'dayClose.direction', width: 120 },
      { key: 'dayClose.tender', width: '*' },
      figure('dayClose.done', 130),
      figure('dayClose.pending', 130),
    ],
    money.map((row): Content[] => [
      labels.codeBoth('dayClose.directions', row.direction),
      labels.codeBoth('refund.tenders', row.tender),
      say(row.done),
      say(row.pending),
    ]),
    width,
  )
}

function countedText(
  count: NonNullable<CloseDay['goods'][number]['count']>,
  { frame }: DayCloseFacts,
): string {
  const at = formatInstant(count.at, frame.timeZone)
  return [`${count.by} ${at.slice(11)}`, count.note].filter(Boolean).join('  ')
}

function goodsTable(facts: DayCloseFacts, labels: Labels, width: number): Block | null {
  const rows = facts.day.goods.filter(({ recorded, count }) => recorded > 0 || count !== null)
  if (rows.length === 0) return null
  return listTable(
    labels,
    [
      { key: 'dayClose.destination', width: 110 },
      figure('dayClose.recorded', 54),
      figure('dayClose.counted', 54),
      figure('dayClose.difference', 54),
      { key: 'dayClose.countedBy', width: '*' },
    ],
    rows.map(({ destination, recorded, count }): Content[] => [
      labels.codeBoth('goods.destinations', destination),
      String(recorded),
      count ? String(count.counted) : '',
      count ? withSign(count.counted - recorded) : '',
      count ? countedText(count, facts) : '',
    ]),
    width,
  )
}

function withSign(difference: number): string {
  return difference > 0 ? `+${difference}` : String(difference)
}

function checkTable({ checks }: CloseDay, labels: Labels, width: number): Block | null {
  const rows = checks.filter(({ count }) => count > 0)
  if (rows.length === 0) return null
  return listTable(
    labels,
    [
      { key: 'dayClose.item', width: 170 },
      figure('dayClose.count', 50),
      { key: 'dayClose.note', width: '*' },
    ],
    rows.map(({ kind, count, note }): Content[] => [
      labels.codeBoth('dayClose.checkKinds', kind),
      String(count),
      note,
    ]),
    width,
  )
}

function lateBlock(facts: DayCloseFacts, labels: Labels, width: number): Content[] {
  const { frame, day } = facts
  if (day.late.length === 0) return []
  return section(
    labels,
    'dayClose.lateEntries',
    listTable(
      labels,
      [
        { key: 'dayClose.number', width: '*' },
        { key: 'dayClose.writtenAt', width: 130 },
        { key: 'dayClose.bookedOn', width: 110 },
      ],
      day.late.map(({ number, at }): Content[] => [
        number,
        formatInstant(at, frame.timeZone),
        day.businessDate,
      ]),
      width,
    ),
  )
}

/** Earlier closes of the same day stay on the paper of the later one. */
function versionLines({ frame, day }: DayCloseFacts, labels: Labels): string[] {
  return day.versions.flatMap(({ version, hash, closedAt, closedBy, reopened }) =>
    reopened === null
      ? []
      : [
          labels.both(
            'dayClose.earlier',
            {
              version,
              hash: shortHash(hash),
              at: formatInstant(closedAt, frame.timeZone),
              by: closedBy,
              opener: reopened.by,
              reason: reopened.reason,
            },
            '\n',
          ),
        ],
  )
}

function versionBlock(facts: DayCloseFacts, labels: Labels): Content[] {
  const lines = versionLines(facts, labels)
  return lines.length === 0 ? [] : section(labels, 'dayClose.versions', legalLines(lines))
}

function signerText(day: CloseDay, role: CloseDay['signatures'][number]['role'], labels: Labels) {
  const found = day.signatures.find((each) => each.role === role)
  return found ? `${found.name}  ${labels.both(`dayClose.how.${found.how}`)}` : ''
}

const roleKeys = {
  desk_lead: 'report.deskLead',
  floor_manager: 'report.floorManager',
  duty_manager: 'report.dutyManager',
} as const

/** Room for the pen above the line, or what was drawn there. */
function signed(ink: DrawnInk | undefined, size: { width: number; height: number }): Block {
  return ink ? drawInk(ink, size) : { text: ' ', fontSize: 1, margin: [0, 0, 0, size.height - 1.5] }
}

/** Points above the line somebody signs on. */
const inkHeight = 26

/** Signatures beside the code: signed by PIN they carry the name, on paper they leave room for the pen. */
function signing(facts: DayCloseFacts, labels: Labels, width: number): Block {
  const { day } = facts
  const roles = rolesToSign(day.signers)
  const side = day.close ? mm(26) : 0
  const room = (width - side - 12) / roles.length
  const cells = roles.map((role): Block => ({
    width: room,
    stack: [
      { text: labels.both(roleKeys[role], {}, ' / '), style: 'label' },
      { text: signerText(day, role, labels) || ' ', bold: true, margin: [0, 5, 0, 2] },
      signed(facts.inks[role], { width: room - 12, height: inkHeight }),
      rule(0.6, [0, 0, 10, 1]),
      { text: labels.both('common.signHere'), style: 'second' },
    ],
  }))
  const notes = day.signers === 2 ? [labels.both('dayClose.twoSign', {}, '\n')] : []
  return {
    columns: [
      {
        width: '*',
        stack: [
          { columns: cells },
          ...(notes.length > 0 ? [{ ...legalLines(notes), margin: [0, 4, 0, 0] } as Block] : []),
          ...hashLines(facts, labels),
        ],
      },
      ...(day.close ? [{ ...qrBlock(codeText(facts), mm(24)), width: 'auto' as const }] : []),
    ],
  }
}

function hashLines({ day: { close } }: DayCloseFacts, labels: Labels): Block[] {
  if (!close) return []
  return [
    {
      margin: [0, 6, 0, 0],
      text: [
        { text: `${labels.both('dayClose.hash')}  `, style: 'label' },
        { text: shortHash(close.hash), bold: true },
      ],
    },
    { text: `SHA-256 ${close.hash}`, style: 'second' },
  ]
}

function drawnOnRoll(ink: DrawnInk | undefined): Block[] {
  return ink ? [drawInk(ink, { width: mm(48), height: inkHeight })] : []
}

function composeRoll(facts: DayCloseFacts, labels: Labels): PaperDefinition {
  const { frame, day } = facts
  const { currency, close } = day
  const row = (name: string, value: string): Block => ({
    columns: [
      { text: name, width: '*' },
      { text: value, width: 'auto', alignment: 'right' },
    ],
  })
  const part = (key: LabelKey, rows: Block[]): Content[] =>
    rows.length === 0
      ? []
      : [rule(0.6, [0, 3, 0, 2]), { text: labels.both(key), bold: true }, ...rows]
  return composeSlip(stockOf('80mm', labels), {
    labels,
    title: 'dayClose.title',
    number: day.businessDate,
    frame,
    copy: facts.copy,
    withoutBars: true,
    content: [
      labelled(labels, 'dayClose.day', day.businessDate),
      labelled(labels, 'common.desk', frame.desk),
      labelled(labels, 'dayClose.state', stateText(day, labels)),
      ...(close
        ? [labelled(labels, 'dayClose.closedAt', formatInstant(close.closedAt, frame.timeZone))]
        : []),
      ...part(
        'dayClose.slips',
        day.slips
          .filter(({ count, voided }) => count + voided > 0)
          .map(({ kind, count, voided, amount }) =>
            row(
              labels.codeBoth('dayClose.slipKinds', kind),
              [
                count,
                voided > 0 ? `${labels.say('common.void')} ${voided}` : '',
                amount === 0 ? '' : formatMoney(amount, currency),
              ]
                .filter((each) => each !== '')
                .join('  '),
            ),
          ),
      ),
      ...part(
        'dayClose.money',
        day.money.map(({ direction, tender, done, pending }) =>
          row(
            `${labels.code('dayClose.directions', direction)} ${labels.code('refund.tenders', tender)}`,
            `${formatMoney(done.amount, currency)} / ${formatMoney(pending.amount, currency)}`,
          ),
        ),
      ),
      ...part(
        'dayClose.goods',
        day.goods
          .filter(({ recorded, count }) => recorded > 0 || count !== null)
          .flatMap(({ destination, recorded, count }): Block[] => [
            row(
              labels.codeBoth('goods.destinations', destination),
              `${recorded} / ${count?.counted ?? '-'}`,
            ),
            ...(count?.note ? [{ text: count.note, style: 'label' as const }] : []),
          ]),
      ),
      ...part(
        'dayClose.checks',
        day.checks
          .filter(({ count }) => count > 0)
          .flatMap(({ kind, count, note }): Block[] => [
            row(labels.codeBoth('dayClose.checkKinds', kind), String(count)),
            ...(note ? [{ text: note, style: 'label' as const }] : []),
          ]),
      ),
      ...part(
        'dayClose.lateEntries',
        day.late.map(({ number, at }) => row(number, formatInstant(at, frame.timeZone).slice(5))),
      ),
      ...part(
        'dayClose.versions',
        versionLines(facts, labels).map((text): Block => ({ text })),
      ),
      ...(day.remark && labels.prints('dayClose.remark')
        ? [rule(0.6, [0, 3, 0, 2]), { text: day.remark }]
        : []),
      rule(0.6, [0, 3, 0, 3]),
      ...rolesToSign(day.signers).map((role): Block => ({
        margin: [0, 0, 0, 5],
        stack: [
          labelled(labels, roleKeys[role], signerText(day, role, labels)),
          ...drawnOnRoll(facts.inks[role]),
          rule(0.4, [0, facts.inks[role] ? 1 : 10, 0, 0]),
        ],
      })),
      ...(day.signers === 2 ? [legalLines([labels.both('dayClose.twoSign', {}, '\n')])] : []),
      ...hashLines(facts, labels),
      ...(close
        ? [{ ...centred(qrBlock(codeText(facts), mm(26))), margin: [0, 4, 0, 4] } satisfies Block]
        : []),
      ...storeWords(labels, frame),
    ],
  })
}
