/** 取机单: the claim stub with code and QR on an 80 or 58 mm roll; the code is this repair's own on every copy. */
import { QR_TEXT_MARK } from '../../foundation/document-number.ts'
import type { PaperField } from '../../printing/fields.ts'
import type { Labels } from '../../printing/labels.ts'
import {
  type Block,
  centred,
  composeSlip,
  type Content,
  fieldsOn,
  legalLines,
  mm,
  type PaperDefinition,
  qrBlock,
  rule,
  storeWords,
} from '../../printing/layout.ts'
import type { RepairFacts } from './facts.ts'
import { FIELD_WIDTHS, moneyOf, repairStock, suffixOf, timeOf } from './parts.ts'
import { storageTerm } from './sheet.ts'

/** Text of the QR code: mark, number and code; a preview leaves the code out, for nobody counts previews. */
export function stubQrText({ number, pickupCode, frame }: RepairFacts): string {
  return [QR_TEXT_MARK, number, ...(frame.preview ? [] : [pickupCode])].join('|')
}

/** What a store can set on its claim stub; the customer is off: whoever finds one must not know whose it is (domain.md §5.3). */
export const repairStubFields: readonly PaperField[] = [
  { key: 'repair.customer', off: true },
  { key: 'repair.receivedAt' },
  { key: 'repair.promise' },
  { key: 'repair.promisedBy' },
  { key: 'repair.loan' },
  { key: 'repair.storageFrom' },
  { key: 'repair.contact' },
]

/** Composes the stub for its roll; pure. */
export function composeRepairStub(facts: RepairFacts, labels: Labels): PaperDefinition {
  const { customer, promise, frame } = facts
  const stock = repairStock(facts, labels)
  return composeSlip(stock, {
    ...facts,
    labels,
    title: 'repair.stubTitle',
    content: [
      ...codeBlock(facts, labels),
      rule(0.6, [0, 5, 0, 3]),
      ...fieldsOn(
        stock,
        labels,
        [
          { key: 'repair.customer', value: [customer.name, customer.phone].join('  ').trim() },
          { key: 'repair.receivedAt', value: timeOf(facts, facts.recordedAt) },
          { key: 'repair.promise', value: promise && timeOf(facts, promise.dueAt) },
          { key: 'repair.promisedBy', value: promise?.owner ?? facts.recordedBy },
          ...facts.loans
            .filter(({ isBack }) => !isBack)
            .map(({ code, name }) => ({ key: 'repair.loan' as const, value: `${code} ${name}` })),
          ...storageField(facts, labels),
          { key: 'repair.contact', value: frame.store.phone ?? null },
        ],
        FIELD_WIDTHS,
      ),
      rule(0.6, [0, 3, 0, 3]),
      ...facts.items.flatMap((item): Content[] => [
        line(suffixOf(item.tagNo), [item.name, item.serialNo].filter(Boolean).join('  '), true),
        ...item.accessories.map(({ tagNo, name }) => line(suffixOf(tagNo), name, false)),
      ]),
      {
        text: labels.both('repair.pieces', { n: piecesOf(facts) }, ' / '),
        style: 'label',
        margin: [0, 2, 0, 3],
      },
      legalLines([labels.both('repair.stubKeep', {}, '\n'), storageTerm(facts, labels)]),
      ...storeWords(labels, frame),
    ],
  })
}

function piecesOf({ items }: RepairFacts): number {
  return items.reduce((sum, { accessories }) => sum + 1 + accessories.length, 0)
}

function codeBlock(facts: RepairFacts, labels: Labels): Content[] {
  const { pickupCode, frame } = facts
  const shown = frame.preview ? '··· ···' : `${pickupCode.slice(0, 3)} ${pickupCode.slice(3)}`
  return [
    { text: labels.both('repair.code', {}, ' / '), style: 'label', alignment: 'center' },
    { text: shown, bold: true, fontSize: 24, alignment: 'center', margin: [0, 0, 0, 10] },
    centred(qrBlock(stubQrText(facts), mm(26))),
    {
      text: labels.both('repair.codeHint', {}, '\n'),
      style: 'small',
      alignment: 'center',
      margin: [0, 10, 0, 0],
    },
  ]
}

function storageField(facts: RepairFacts, labels: Labels) {
  const { from, feePerDay } = facts.storage
  if (from === null || feePerDay === 0) return []
  const params = { date: from, fee: moneyOf(facts, feePerDay) }
  return [
    { key: 'repair.storageFrom' as const, value: labels.both('repair.storageOn', params, '\n') },
  ]
}

function line(suffix: string, text: string, bold: boolean): Block {
  return {
    margin: [0, 0, 0, 1],
    columns: [
      { width: 22, text: suffix, style: 'label' },
      { width: '*', text, bold },
    ],
  }
}
