/** 储值/信用凭证: the voucher on an 80 mm roll or as an A6 card (domain.md §2.8). */
import { compactDocumentNumber, QR_TEXT_MARK } from '../foundation/document-number.ts'
import { formatDecimal, formatMoney } from '../foundation/money.ts'
import { maskPhone } from '../foundation/phone.ts'
import { spellVoucherCode } from '../foundation/voucher-code.ts'
import type { FormatOf } from '../foundation/paper-formats.ts'
import type { PaperField } from '../printing/fields.ts'
import type { LabelKey, Labels } from '../printing/labels.ts'
import {
  barcodeBlock,
  type Block,
  centred,
  composeSlip,
  type Content,
  type Field,
  fieldsOn,
  formatInstant,
  legalLines,
  listOn,
  mm,
  moneyLine,
  type PaperDefinition,
  type PaperFrame,
  qrBlock,
  rule,
  signatureRow,
  stampBox,
  type Stock,
  stockOf,
  storeWords,
  type VoidFacts,
} from '../printing/layout.ts'
import type { cashOutWays, movementKinds, voucherSources } from './contract.ts'

/** Everything one voucher prints: on the original and on every copy the same code, its own. */
export interface VoucherFacts {
  frame: PaperFrame
  paper: FormatOf<'voucher'>
  /** `PZ-…` with check character. */
  number: string
  /** The twelve letters that are the money; left out of previews, which nobody counts. */
  code: string
  /** 0 on the original, n on the n-th reprint. */
  copy: number
  voided: VoidFacts | null
  currency: string
  /** Issued for, minor units. */
  amount: number
  /** Left now. */
  balance: number
  source: { type: (typeof voucherSources)[number]; number: string }
  /** Null for a bearer voucher. */
  holder: { name: string; phone: string } | null
  /** Instant of issue, UTC ISO. */
  issuedAt: string
  issuedBy: string
  /** Last day, inclusive; null where it never ends. */
  expiresOn: string | null
  reason: string | null
  movements: MovementFacts[]
  /** The rest that the till was told to pay out last, and not told otherwise since. */
  payOut: {
    /** `ZF-…`, as the till scans it. */
    number: string
    amount: number
    way: (typeof cashOutWays)[number]
    receiver: string
  } | null
}

export interface MovementFacts {
  /** Business date. */
  on: string
  kind: (typeof movementKinds)[number]
  /** What it was for, as numbers go. */
  ref: string
  amount: number
  balance: number
}

/** What a store can set on its voucher; whose it is and how long it holds stay (浙江省实施《消费者权益保护法》办法 第十、十一条). */
export const voucherFields: readonly PaperField[] = [
  { key: 'voucher.holder', law: 'voucher' },
  { key: 'voucher.expiresOn', law: 'voucher' },
  { key: 'voucher.source' },
  { key: 'voucher.reason' },
  { key: 'voucher.issuedAt' },
  { key: 'voucher.issuedBy' },
]

/** Text of the QR code: mark, number and code. */
export function voucherQrText({ number, code }: Pick<VoucherFacts, 'number' | 'code'>): string {
  return [QR_TEXT_MARK, number, code].join('|')
}

/** Composes the voucher for its paper; pure. */
export function composeVoucher(facts: VoucherFacts, labels: Labels): PaperDefinition {
  const stock = stockOf(facts.paper, labels)
  return composeSlip(stock, {
    ...facts,
    labels,
    title: 'voucher.title',
    withoutBars: true,
    content: stock.isRoll ? rollContent(facts, labels, stock) : sheetContent(facts, labels, stock),
  })
}

function rollContent(facts: VoucherFacts, labels: Labels, stock: Stock): Content[] {
  const code = stock.isNarrow ? { module: 0.75, size: 10 } : { module: 0.95, size: 11 }
  return [
    amountLines(facts, labels, 16),
    rule(0.6, [0, 4, 0, 12]),
    centred(qr(facts, mm(30))),
    {
      ...centred(codeBars(facts, code.module, mm(11), code.size)),
      margin: [0, 12, 0, 0],
    },
    {
      text: labels.both('voucher.codeHint'),
      style: 'small',
      alignment: 'center',
      margin: [0, 2, 0, 0],
    },
    ...payOutBox(facts, labels, stock),
    rule(0.6, [0, 4, 0, 3]),
    ...fieldsOn(stock, labels, fieldsOf(facts, labels), FIELD_WIDTHS),
    { ...balanceTable(facts, labels, stock), margin: [0, 5, 0, 3] },
    legalLines(rulesOf(facts, labels)),
    {
      ...signatureRow(labels, ['voucher.holderSign', 'voucher.storeSign'], 22),
      margin: [0, 5, 0, 4],
    },
    ...deskPhone(facts, labels),
    ...storeWords(labels, facts.frame),
  ]
}

function sheetContent(facts: VoucherFacts, labels: Labels, stock: Stock): Content[] {
  return [
    amountLines(facts, labels, 15),
    {
      margin: [0, 10, 0, 10],
      columnGap: 12,
      columns: [
        { ...qr(facts, mm(24)), width: mm(24), margin: [2, 0, 0, 0] },
        {
          width: '*',
          stack: [
            codeBars(facts, 0.92, mm(11), 11),
            { text: labels.both('voucher.codeHint'), style: 'small', margin: [0, 4, 0, 0] },
          ],
        },
      ],
    },
    ...payOutBox(facts, labels, stock),
    ...fieldsOn(stock, labels, fieldsOf(facts, labels), FIELD_WIDTHS),
    { ...balanceTable(facts, labels, stock), margin: [0, 5, 0, 4] },
    ...rulesAndStamp(facts, labels),
    ...deskPhone(facts, labels),
    ...storeWords(labels, facts.frame),
  ]
}

const FIELD_WIDTHS = [44, 54] as const

/** Issued for, in figures and capitals; what is left of it where that is less. */
function amountLines(facts: VoucherFacts, labels: Labels, size: number): Block {
  const { amount, balance, currency } = facts
  const stack: Block[] = [
    moneyLine({ labels, key: 'voucher.amount', amount, currency, size, narrow: true }),
  ]
  if (balance !== amount) {
    const text = `${labels.both('voucher.balance')}${labels.say('common.colon')}${formatMoney(balance, currency)}`
    stack.push({ text, bold: true, fontSize: size * 0.7, margin: [0, 2, 0, 0] })
  }
  return { stack }
}

/** What the cashier has to do: all that is left is paid out against this code, and signed for. */
function payOutBox({ payOut, currency }: VoucherFacts, labels: Labels, stock: Stock): Block[] {
  if (!payOut) return []
  const { number, amount, way, receiver } = payOut
  const key = 'voucher.payOut.title'
  const encoded = compactDocumentNumber(number)
  const what: Block[] = [
    moneyLine({ labels, key, amount, currency, size: 12, narrow: true }),
    {
      text: [receiver, labels.both(`voucher.payOut.${way}`)].join(' · '),
      margin: [0, 2, 0, 0],
    },
  ]
  const text: Block = { text: labels.both('voucher.payOut.text', {}, '\n'), style: 'label' }
  const bars = barcodeBlock({
    encoded,
    readable: number,
    module: stock.isNarrow ? 0.65 : 0.75,
    height: mm(8),
    size: 8,
  })
  const sign = signatureRow(labels, ['voucher.payOut.receiver'], stock.isRoll ? 18 : 10)
  const stack: Block[] = !stock.isRoll
    ? [
        {
          columnGap: 8,
          columns: [
            { width: '*', stack: what },
            { ...bars, width: 'auto', margin: [0, 3, 0, 0] },
          ],
        },
        text,
      ]
    : [...what, text, { ...centred(bars), margin: [0, 6, 0, 2] }]
  return [
    {
      unbreakable: true,
      margin: [0, stock.isRoll ? 6 : 0, 0, 6],
      layout: 'box',
      table: { widths: ['*'], body: [[{ stack: [...stack, { ...sign, margin: [0, 2, 0, 0] }] }]] },
    },
  ]
}

/** A preview says which voucher it is and no more: its code would be money that no print log knows of. */
function qr(facts: VoucherFacts, side: number): Block {
  const { frame, number } = facts
  return qrBlock(frame.preview ? [QR_TEXT_MARK, number].join('|') : voucherQrText(facts), side)
}

function codeBars(facts: VoucherFacts, module: number, height: number, size: number): Block {
  const { code, frame, number } = facts
  const isHidden = frame.preview === true
  return barcodeBlock({
    encoded: isHidden ? compactDocumentNumber(number) : code,
    readable: isHidden ? `····-····-${code.slice(-4)}` : spellVoucherCode(code),
    module: isHidden ? module * 0.9 : module,
    height,
    size,
  })
}

function fieldsOf(facts: VoucherFacts, labels: Labels): Field[] {
  const { holder, source, frame, expiresOn } = facts
  const from = [labels.code('voucher.sources', source.type), source.number]
  return [
    { key: 'voucher.number', value: { text: facts.number, bold: true }, wide: true },
    {
      key: 'voucher.holder',
      value: holder
        ? `${holder.name}  ${maskPhone(holder.phone)}`
        : labels.both('voucher.bearer', {}, ' / '),
      wide: true,
    },
    { key: 'voucher.issuedAt', value: formatInstant(facts.issuedAt, frame.timeZone) },
    { key: 'voucher.expiresOn', value: expiresOn ?? labels.both('voucher.noExpiry', {}, ' / ') },
    { key: 'voucher.source', value: from.filter(Boolean).join(' '), wide: true },
    ...(facts.reason ? [{ key: 'voucher.reason' as const, value: facts.reason, wide: true }] : []),
    { key: 'voucher.issuedBy', value: facts.issuedBy, wide: true },
  ]
}

/** Rows of the table at least, and blank ones at least: for a till that writes by hand. */
const ROWS = 3
const BLANK_ROWS = 1

function balanceTable(facts: VoucherFacts, labels: Labels, stock: Stock): Block {
  const { currency } = facts
  const rows: Content[][] = facts.movements.map(({ on, kind, ref, amount, balance }) => [
    { stack: [`${on} ${labels.code('voucher.kinds', kind)}`, ...(ref ? [ref] : [])] },
    formatDecimal(amount, currency),
    formatDecimal(balance, currency),
  ])
  const free = facts.payOut ? 0 : Math.max(ROWS - rows.length, BLANK_ROWS)
  const blank = Array.from({ length: free }, () => ['\n', '', ''])
  return listOn(
    stock,
    labels,
    [
      { key: 'voucher.what', width: '*' },
      { key: 'voucher.moved', width: stock.isNarrow ? 38 : 48, align: 'right' },
      { key: 'voucher.balance', width: stock.isNarrow ? 38 : 48, align: 'right' },
    ],
    [...rows, ...blank],
    'form',
  )
}

/** What holds for whoever has it, beside the store's stamp; what was paid out is used no more. */
function rulesAndStamp(facts: VoucherFacts, labels: Labels): Block[] {
  if (facts.payOut) return []
  return [
    {
      columnGap: 6,
      columns: [
        { width: '*', stack: [legalLines(rulesOf(facts, labels))] },
        { ...stampBox(labels, 'voucher.stamp', 62, 40), width: 'auto' },
      ],
    },
  ]
}

/** How it is used: the same for all, and what differs for named and bearer vouchers. */
function rulesOf(facts: VoucherFacts, labels: Labels): string[] {
  // What was paid out is used no more.
  if (facts.payOut) return []
  const keys: LabelKey[] = [
    'voucher.ruleUse',
    facts.holder ? 'voucher.ruleNamed' : 'voucher.ruleBearer',
    ...(facts.expiresOn ? (['voucher.ruleExpiry'] as const) : []),
  ]
  return keys.map((key, index) => `${index + 1}. ${labels.both(key, {}, '\n')}`)
}

function deskPhone(facts: VoucherFacts, labels: Labels): Block[] {
  const { phone, address } = facts.frame.store
  const text = [phone && `${labels.say('common.phone')} ${phone}`, address]
    .filter(Boolean)
    .join('  ')
  return text ? [{ text, style: 'small', margin: [0, 3, 0, 0] }] : []
}
