/** Inks and the rules of tables. */
import type { TableLayout } from './content.ts'

export const INK = '#111111'

export const SOFT = '#55595f'

const RULE = '#8d939a'

const HAIR = '#b9bec4'

export const BAND = '#eef0f2'

export const FORM_PADDING = 3

export const FORM_LINE = 0.4

export const LIST_PADDING = 3

export const formLayout: TableLayout = {
  hLineWidth: () => FORM_LINE,
  vLineWidth: () => FORM_LINE,
  hLineColor: () => RULE,
  vLineColor: () => RULE,
  paddingLeft: () => FORM_PADDING,
  paddingRight: () => FORM_PADDING,
  paddingTop: () => 1.2,
  paddingBottom: () => 1.2,
}

export const listLayout: TableLayout = {
  hLineWidth: (line, node) =>
    line === 0 || line === node.table.headerRows || line === node.table.body.length ? 0.7 : 0.3,
  vLineWidth: () => 0,
  hLineColor: (line, node) =>
    line === 0 || line === node.table.headerRows || line === node.table.body.length ? INK : HAIR,
  fillColor: (row, node) => (row < (node.table.headerRows ?? 0) ? BAND : null),
  paddingLeft: () => LIST_PADDING,
  paddingRight: () => LIST_PADDING,
  paddingTop: () => 1.7,
  paddingBottom: () => 1.7,
}

export const boxLayout: TableLayout = {
  hLineWidth: () => 0.9,
  vLineWidth: () => 0.9,
  paddingLeft: () => 5,
  paddingRight: () => 5,
  paddingTop: () => 3,
  paddingBottom: () => 3.5,
}

export const bareLayout: TableLayout = {
  hLineWidth: () => 0,
  vLineWidth: () => 0,
  paddingLeft: () => 0,
  paddingRight: () => 0,
  paddingTop: () => 0,
  paddingBottom: () => 0,
}
