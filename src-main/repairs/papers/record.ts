/**
 * 维修记录: what was wrong, what was done, how long it took and what it cost; the customer gets one every time, for it
 * is what proves the number of repairs later (domain.md §1.3, §2.7).
 */
import type { PaperField } from '../../printing/fields.ts'
import type { Labels } from '../../printing/labels.ts'
import {
  type Block,
  composeSlip,
  type Content,
  type Field,
  fieldsOn,
  legalLines,
  listOn,
  type PaperDefinition,
  rule,
  signatureRow,
  type Stock,
  storeWords,
} from '../../printing/layout.ts'
import type { RepairFacts, RepairItemFacts, WorkFacts } from './facts.ts'
import {
  brandModel,
  gap,
  inBoth,
  itemHeading,
  moneyOf,
  saleText,
  timeOf,
  FIELD_WIDTHS,
  repairStock,
} from './parts.ts'
import { formerFields } from './sheet.ts'

/** What a store can set on its repair record; what the law wants recorded stays (家用汽车产品修理更换退货责任规定 第十七条). */
export const repairRecordFields: readonly PaperField[] = [
  { key: 'repair.handedIn', law: 'repair' },
  { key: 'repair.handedBack', law: 'repair' },
  { key: 'repair.fault', law: 'repair' },
  { key: 'repair.actualFault', law: 'repair' },
  { key: 'repair.work', law: 'repair' },
  { key: 'repair.partsHead', law: 'repair' },
  { key: 'repair.partNo', law: 'repair' },
  { key: 'repair.amount', law: 'repair' },
  { key: 'repair.repairCount', law: 'repair' },
  { key: 'repair.days', law: 'repair' },
  { key: 'repair.customer' },
  { key: 'repair.brandModel' },
  { key: 'repair.sale' },
  { key: 'repair.doneBy' },
  { key: 'repair.newSerialNo' },
  { key: 'repair.taker' },
  { key: 'repair.proof' },
]

/** Composes the record for its paper; pure. */
export function composeRepairRecord(facts: RepairFacts, labels: Labels): PaperDefinition {
  const stock = repairStock(facts, labels)
  return composeSlip(stock, {
    ...facts,
    labels,
    title: 'repair.recordTitle',
    content: [
      ...facts.items.flatMap((item, index) => itemBlock(facts, item, index, labels, stock)),
      { ...legalLines([labels.both('repair.recordKeep', {}, '\n')]), margin: [0, 5, 0, 2] },
      {
        ...signatureRow(
          labels,
          ['repair.repairerSign', 'repair.customerSign', 'repair.storeSign'],
          stock.isRoll ? 26 : 18,
        ),
        margin: [0, 5, 0, 2],
      },
      ...storeWords(labels, facts.frame),
    ],
  })
}

function itemBlock(
  facts: RepairFacts,
  item: RepairItemFacts,
  index: number,
  labels: Labels,
  stock: Stock,
): Content[] {
  return [
    ...itemHeading(facts, index, labels),
    ...fieldsOn(stock, labels, itemFields(facts, item, labels), FIELD_WIDTHS),
    ...item.works.flatMap((work) => workBlock(work, labels, stock)),
    ...partsBlock(item, labels, stock),
    ...feesBlock(facts, item, labels, stock),
    ...rightsBlock(item, labels),
    ...(stock.isRoll ? [rule(0.4, [0, 4, 0, 2])] : []),
  ]
}

function itemFields(facts: RepairFacts, item: RepairItemFacts, labels: Labels): Field[] {
  const { handBack, outcome, warrantyUntil } = item
  const missing = item.accessories.filter(({ returned }) => handBack !== null && !returned)
  return [
    { key: 'repair.name', value: { text: item.name, bold: true }, wide: true },
    { key: 'repair.brandModel', value: brandModel(item) },
    { key: 'repair.serialNo', value: item.serialNo },
    { key: 'repair.sale', value: saleText(item, labels) },
    { key: 'repair.customer', value: facts.customer.name },
    { key: 'repair.handedIn', value: item.receivedOn },
    { key: 'repair.handedBack', value: item.endedOn },
    { key: 'repair.repairCount', value: labels.both('repair.nth', { n: item.count }, ' / ') },
    {
      key: 'repair.days',
      value: labels.both(
        item.waitDays > 0 ? 'repair.daysOf' : 'repair.daysAlone',
        { days: item.days, wait: item.waitDays },
        '\n',
      ),
    },
    { key: 'repair.fault', value: item.fault, wide: true },
    ...formerFields(item, labels),
    { key: 'repair.outcome', value: outcome && labels.codeBoth('repair.outcomes', outcome) },
    { key: 'repair.acceptance', value: labels.codeBoth('repair.acceptances', item.acceptance) },
    ...(item.outcomeNote
      ? [{ key: 'repair.outcomeNote' as const, value: item.outcomeNote, wide: true }]
      : []),
    ...(item.remedyNumber ? [{ key: 'repair.remedy' as const, value: item.remedyNumber }] : []),
    ...(warrantyUntil === null
      ? []
      : [
          {
            key: 'repair.warranty' as const,
            value: labels.both(
              'repair.warrantyOf',
              { date: warrantyUntil, days: item.warrantyDays ?? 0 },
              '\n',
            ),
            wide: true,
          },
        ]),
    ...(handBack
      ? [
          {
            key: 'repair.taker' as const,
            value: labels.say('repair.takerOf', {
              name: handBack.name,
              whom: labels.code('repair.takers', handBack.whom),
            }),
          },
          {
            key: 'repair.proof' as const,
            value: `${labels.say(handBack.proof === 'code' ? 'repair.byCode' : 'repair.byManager')}  ${timeOf(facts, handBack.at)}`,
          },
        ]
      : []),
    ...(missing.length > 0
      ? [
          {
            key: 'repair.missing' as const,
            value: missing.map(({ name }) => name).join(labels.say('common.listComma')),
            wide: true,
          },
        ]
      : []),
  ]
}

function workBlock(work: WorkFacts, labels: Labels, stock: Stock): Content[] {
  return [
    gap,
    ...fieldsOn(
      stock,
      labels,
      [
        { key: 'repair.actualFault', value: work.actualFault, wide: true },
        { key: 'repair.work', value: work.work, wide: true },
        ...(work.doneBy ? [{ key: 'repair.doneBy' as const, value: work.doneBy, wide: true }] : []),
      ],
      FIELD_WIDTHS,
    ),
  ]
}

function partsBlock({ works }: RepairItemFacts, labels: Labels, stock: Stock): Content[] {
  const parts = works.flatMap((work) => work.parts)
  if (parts.length === 0) return []
  const small = stock.isRoll ? stock.width * 0.28 : 130
  return [
    {
      ...listOn(
        stock,
        labels,
        [
          { key: 'repair.partsHead', width: '*' },
          { key: 'repair.partNo', width: small },
          { key: 'repair.newSerialNo', width: small },
        ],
        parts.map(({ name, partNo, serialNo }) => [name, partNo, serialNo]),
      ),
      margin: [0, 4, 0, 0],
    },
  ]
}

/** Each fee as it came up, and what of them the customer pays: nothing of a free repair. */
function feesBlock(
  facts: RepairFacts,
  item: RepairItemFacts,
  labels: Labels,
  stock: Stock,
): Content[] {
  const rows = item.works.flatMap((work) => feeRows(facts, work, labels))
  const due: Block = {
    margin: [0, 3, 0, 0],
    bold: true,
    text:
      item.acceptance === 'free'
        ? labels.both('repair.freeDue', {}, ' / ')
        : `${labels.both('repair.due', {}, ' / ')}${labels.say('common.colon')}${moneyOf(facts, item.due)}`,
  }
  if (rows.length === 0) return [due]
  return [
    {
      ...listOn(
        stock,
        labels,
        [
          { key: 'repair.feeKind', width: '*' },
          { key: 'repair.amount', width: 64, align: 'right' },
        ],
        [
          ...rows,
          [
            { text: labels.both('repair.total', {}, ' / '), bold: true },
            { text: moneyOf(facts, item.fees), bold: true },
          ],
        ],
      ),
      margin: [0, 4, 0, 0],
    },
    due,
  ]
}

function feeRows(facts: RepairFacts, work: WorkFacts, labels: Labels): Content[][] {
  const { minutes, hourFee } = work
  const labour = Math.floor((minutes * hourFee * 2 + 60) / 120)
  const hours = String(Math.round((minutes / 60) * 100) / 100)
  const said = { hours, fee: moneyOf(facts, hourFee) }
  return [
    ...(labour > 0
      ? [[labels.both('repair.hours', said, ' / '), moneyOf(facts, labour)] as Content[]]
      : []),
    ...work.fees.map(({ kind, text, amount }): Content[] => [
      [labels.codeBoth('repair.feeKinds', kind), text].filter(Boolean).join('  '),
      moneyOf(facts, amount),
    ]),
  ]
}

/** A second repair that failed is the customer's right to an exchange: the record says so itself. */
function rightsBlock({ exchangeRight }: RepairItemFacts, labels: Labels): Content[] {
  if (!exchangeRight) return []
  const { reached, failed, text, basis } = exchangeRight
  return [
    {
      unbreakable: true,
      margin: [0, 5, 0, 0],
      stack: [
        { text: labels.both('repair.rights', {}, ' / '), bold: true },
        ...(reached
          ? [{ text: labels.both('repair.exchangeReached', { n: failed }, '\n'), bold: true }]
          : []),
        { text: inBoth(labels, text) },
        { text: inBoth(labels, basis), style: 'label' },
      ],
    },
  ]
}
