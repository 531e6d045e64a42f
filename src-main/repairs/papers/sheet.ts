/** 维修单: what a customer leaves and what was agreed, on A5 or an 80 mm roll (domain.md §2.7). */
import type { PaperField } from '../../printing/fields.ts'
import type { Labels } from '../../printing/labels.ts'
import {
  composeSlip,
  type Content,
  type Field,
  fieldsOn,
  legalLines,
  type PaperDefinition,
  signatureRow,
  type Stock,
  storeWords,
} from '../../printing/layout.ts'
import type { RepairFacts, RepairItemFacts } from './facts.ts'
import {
  accessoriesText,
  brandModel,
  gap,
  itemHeading,
  moneyOf,
  saleText,
  timeOf,
  FIELD_WIDTHS,
  repairStock,
} from './parts.ts'

/** What a store can set on its repair sheet; what a repair record is made from stays (domain.md §2.7). */
export const repairSheetFields: readonly PaperField[] = [
  { key: 'repair.receivedAt', law: 'repair' },
  { key: 'repair.fault', law: 'repair' },
  { key: 'repair.name', law: 'repair' },
  { key: 'repair.serialNo', law: 'repair' },
  { key: 'repair.customer' },
  { key: 'repair.phone' },
  { key: 'repair.handledBy' },
  { key: 'repair.promisedBy' },
  { key: 'repair.loan', law: 'repair' },
  { key: 'repair.brandModel' },
  { key: 'repair.sale' },
  { key: 'repair.appearance' },
  { key: 'repair.accessories' },
  { key: 'repair.note' },
]

/** Composes the sheet for its paper; pure. */
export function composeRepairSheet(facts: RepairFacts, labels: Labels): PaperDefinition {
  const stock = repairStock(facts, labels)
  return composeSlip(stock, {
    ...facts,
    labels,
    title: 'repair.sheetTitle',
    content: [
      ...fieldsOn(stock, labels, ticketFields(facts, labels), FIELD_WIDTHS),
      ...facts.items.flatMap((item, index): Content[] => [
        ...itemHeading(facts, index, labels),
        ...(facts.items.length === 1 && !stock.isRoll ? [gap] : []),
        ...fieldsOn(stock, labels, itemFields(facts, item, labels), FIELD_WIDTHS),
      ]),
      ...termsAndSignatures(facts, labels, stock),
    ],
  })
}

function ticketFields(facts: RepairFacts, labels: Labels): Field[] {
  const { promise, customer, loans } = facts
  const isExpected = facts.items.every((item) => item.isExpected)
  return [
    {
      key: isExpected ? 'repair.expectedSince' : 'repair.receivedAt',
      value: timeOf(facts, facts.recordedAt),
    },
    { key: 'repair.handledBy', value: facts.recordedBy },
    { key: 'repair.customer', value: customer.name },
    { key: 'repair.phone', value: customer.phone },
    {
      key: 'repair.promise',
      value: promise && `${timeOf(facts, promise.dueAt)}  ${promise.text}`,
      wide: true,
    },
    { key: 'repair.promisedBy', value: promise?.owner ?? null },
    {
      key: 'repair.loan',
      value: loans.map((loan) => loanText(loan, labels)).join('; '),
    },
    ...(facts.note ? [{ key: 'repair.note' as const, value: facts.note, wide: true }] : []),
  ]
}

function loanText(loan: RepairFacts['loans'][number], labels: Labels): string {
  const back = loan.isBack ? ` ${labels.both('repair.loanBack', {}, ' ')}` : ''
  return `${loan.code} ${loan.name} ${loan.serialNo}`.trim() + back
}

function itemFields(facts: RepairFacts, item: RepairItemFacts, labels: Labels): Field[] {
  return [
    { key: 'repair.name', value: { text: item.name, bold: true }, wide: true },
    { key: 'repair.brandModel', value: brandModel(item) },
    { key: 'repair.serialNo', value: item.serialNo },
    { key: 'repair.sale', value: saleText(item, labels) },
    { key: 'repair.tagNo', value: item.tagNo },
    { key: 'repair.fault', value: item.fault, wide: true },
    {
      key: 'repair.appearance',
      value: item.appearance || labels.both('repair.appearanceBlank', {}, ' / '),
      wide: true,
    },
    { key: 'repair.accessories', value: accessoriesText(item, labels), wide: true },
    ...formerFields(item, labels),
    { key: 'repair.acceptance', value: labels.codeBoth('repair.acceptances', item.acceptance) },
    ...quoteFields(facts, item, labels),
  ]
}

/** The repair it comes back from, so that both sides see that it counts. */
export function formerFields({ former }: RepairItemFacts, labels: Labels): Field[] {
  if (!former) return []
  const { number, endedOn: date, isRefailure } = former
  const key = isRefailure ? 'repair.refailure' : 'repair.formerOf'
  return [{ key: 'repair.former', value: labels.both(key, { number, date }, '\n'), wide: true }]
}

function quoteFields(facts: RepairFacts, { quote }: RepairItemFacts, labels: Labels): Field[] {
  if (!quote) return []
  const money = { estimate: moneyOf(facts, quote.estimate), limit: moneyOf(facts, quote.limit) }
  const { consent } = quote
  return [
    { key: 'repair.quote', value: labels.say('repair.quoteOf', money) },
    {
      key: 'repair.consent',
      value: consent
        ? labels.say('repair.consentOf', {
            name: consent.by,
            how: labels.code('repair.consents', consent.how),
            time: timeOf(facts, consent.at),
          })
        : labels.both('repair.noConsent', {}, ' / '),
      wide: true,
    },
  ]
}

/** What holds from intake on; the record at hand-back has words of its own. */
function termsOf(facts: RepairFacts, labels: Labels): string[] {
  const { items } = facts
  const isPaid = items.some(({ acceptance }) => acceptance.startsWith('paid'))
  const isSold = items.some(({ kind }) => kind !== 'elsewhere')
  return [
    labels.both('repair.termCode', {}, '\n'),
    labels.both('repair.termData', {}, '\n'),
    ...(isPaid ? [labels.both('repair.termLimit', {}, '\n')] : []),
    storageTerm(facts, labels),
    ...(isSold ? [labels.both('repair.termRights', {}, '\n')] : []),
  ]
}

/** What holds stands beside the signatures, or above them on a roll: nobody signs a page without the terms. */
function termsAndSignatures(facts: RepairFacts, labels: Labels, stock: Stock): Content[] {
  const terms = legalLines(termsOf(facts, labels))
  const signatures = (room: number) =>
    signatureRow(labels, ['repair.customerSign', 'repair.storeSign'], room)
  if (stock.isRoll) {
    return [
      { ...terms, margin: [0, 5, 0, 2] },
      { ...signatures(26), margin: [0, 5, 0, 2] },
      ...storeWords(labels, facts.frame),
    ]
  }
  const columns = [
    { ...terms, width: '*' as const },
    { ...signatures(28), width: 210 },
  ]
  const stack = [{ columns, columnGap: 14 }, ...storeWords(labels, facts.frame)]
  return [{ unbreakable: true, stack, margin: [0, 5, 0, 0] }]
}

export function storageTerm(facts: RepairFacts, labels: Labels): string {
  const { days, feePerDay } = facts.storage
  if (feePerDay === 0) return labels.both('repair.termStorageFree', { days }, '\n')
  const fee = moneyOf(facts, feePerDay)
  return labels.both('repair.termStorage', { days, next: days + 1, fee }, '\n')
}
