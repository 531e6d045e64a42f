/** Labels, forms of labelled fields, and lists. */
import { textWidth } from '../foundation/text.ts'
import type { Align, Block, Content } from './content.ts'
import type { LabelKey, Labels } from './labels.ts'
import { BAND, FORM_LINE, FORM_PADDING, LIST_PADDING } from './table-layouts.ts'

/** A label: the first language, the second smaller below it (or behind it, with `inline`). */
export function label(labels: Labels, key: LabelKey, inline = false): Block {
  const second = labels.second(key)
  if (!second) return { text: labels.say(key), style: 'label' }
  return {
    text: [{ text: labels.say(key) }, { text: `${inline ? ' ' : '\n'}${second}`, style: 'second' }],
    style: 'label',
    lineHeight: inline ? 1 : 0.86,
  }
}

/** A label with its value behind it, as slips on a roll have them; on a narrow roll the value stands below. */
export function labelled(
  labels: Labels,
  key: LabelKey,
  value: Content | null | undefined,
  { narrow = false } = {},
): Block {
  if (!labels.prints(key)) return { stack: [] }
  const name = label(labels, key, true)
  const block = asBlock(value ?? '')
  if (narrow) return { margin: [0, 0, 0, 1.5], stack: [name, block] }
  return {
    margin: [0, 0, 0, 1],
    columns: [
      { ...name, width: labels.language === 'zh' ? 58 : 84 },
      { ...block, width: '*' },
    ],
  }
}

/** Goods with what is said of them behind their name: a line of its own only where both do not fit in one. */
export function goodsCell(name: string, notes: string | null): Block {
  if (notes === null) return { text: name }
  return { text: [{ text: `${name}  ` }, { text: notes, style: 'label' }] }
}

/** One field of a form: its label and value; `wide` fields take a row of their own. */
export interface Field {
  key: LabelKey
  value: Content | null | undefined
  wide?: boolean
}

/**
 * A ruled form of labelled fields, two to a row, `width` wide. Column widths are fixed, so that a long
 * code breaks inside its cell instead of pushing the form off the paper. An empty value leaves its cell blank for writing in:
 * the law asks for the field even when the store does not know it yet. Fields the store leaves out have no place. With
 * `inline` the second language stands behind the first.
 */
export function formGrid(
  labels: Labels,
  fields: Field[],
  labelWidth: number,
  width: number,
  size: number,
  { inline = false } = {},
): Block {
  const valueWidth = width / 2 - labelWidth - 4 * FORM_PADDING - 2.5 * FORM_LINE
  const body: Content[][] = []
  let open: [Block, Block] | null = null
  for (const field of fields.filter(({ key }) => labels.prints(key))) {
    const pair: [Block, Block] = [labelCell(labels, field.key, inline), valueCell(field.value)]
    if (field.wide || isLonger(field.value, valueWidth, size)) {
      if (open) body.push(closeRow(open))
      open = null
      body.push(closeRow(pair))
    } else if (open) {
      body.push([...open, ...pair])
      open = null
    } else {
      open = pair
    }
  }
  if (open) body.push(closeRow(open))
  const widths = [labelWidth, valueWidth, labelWidth, valueWidth]
  return { layout: 'form', table: { widths, body, dontBreakRows: true } }
}

/** Tells from typical widths whether a value outgrows half a row; then a code stays in one piece. */
function isLonger(value: Field['value'], width: number, size: number): boolean {
  return typeof value === 'string' && (textWidth(value) / 2) * 1.24 * size > width
}

function closeRow([name, value]: [Block, Block]): Content[] {
  return [name, { ...value, colSpan: 3 }, '', '']
}

function labelCell(labels: Labels, key: LabelKey, inline: boolean): Block {
  return { ...label(labels, key, inline), fillColor: BAND }
}

function valueCell(value: Content | null | undefined): Block {
  if (value === null || value === undefined || value === '') return { text: ' ' }
  return asBlock(value)
}

function asBlock(content: Content): Block {
  return typeof content === 'string' ? { text: content } : content
}

/** One column of a list; `width` in points or `*` for a share of the rest. */
export interface Column {
  key: LabelKey
  width: number | '*'
  align?: Align
}

/**
 * A list whose header is repeated on every page it runs over. A row goes to the next page rather than
 * being split; only a row taller than a page runs on. Columns the store leaves out give their width to the others.
 */
export function listTable(
  labels: Labels,
  all: Column[],
  cells: Content[][],
  width: number,
  layout: 'list' | 'form' = 'list',
): Block {
  const columns = all.filter((column) => isPrinted(labels, column))
  const rows = cells.map((row) => row.filter((_cell, index) => isPrinted(labels, all[index])))
  const headed = columns.map(({ key, ...column }) => ({ ...column, head: label(labels, key) }))
  return headedTable(headed, rows, width, layout)
}

/** As `listTable`, of columns whose heads are not the kit's own labels. */
export function headedTable(
  columns: (Omit<Column, 'key'> & { head: Block })[],
  rows: Content[][],
  width: number,
  layout: 'list' | 'form' = 'list',
): Block {
  const heads = columns.map(({ head, align = 'left' }) => ({
    ...head,
    bold: true,
    alignment: align,
  }))
  const body = rows.map((row) =>
    row.map((cell, index) => alignCell(cell, columns[index]?.align ?? 'left')),
  )
  return {
    layout,
    table: {
      headerRows: 1,
      keepWithHeaderRows: 1,
      dontBreakRows: true,
      widths: columnWidths(columns, width, layout),
      body: [heads, ...body],
    },
  }
}

function isPrinted(labels: Labels, column: Column | undefined): boolean {
  return column === undefined || labels.prints(column.key)
}

/** Shares what fixed columns leave among the `*` columns. */
function columnWidths(
  columns: Pick<Column, 'width'>[],
  width: number,
  layout: 'list' | 'form',
): number[] {
  const lines = layout === 'form' ? (columns.length + 1) * FORM_LINE : 0
  const padding = columns.length * 2 * (layout === 'form' ? FORM_PADDING : LIST_PADDING)
  const fixed = columns.reduce((sum, each) => sum + (each.width === '*' ? 0 : each.width), 0)
  const stars = columns.filter((each) => each.width === '*').length
  const star = (width - lines - padding - fixed) / Math.max(stars, 1)
  return columns.map((each) => (each.width === '*' ? star : each.width))
}

function alignCell(cell: Content, alignment: Align): Block {
  return { alignment, ...asBlock(cell) }
}
