/**
 * The layout kit: papers, type sizes and the blocks all documents are put together from. Its door: rooms import from here.
 *
 * Everything here is pure: facts and labels in, page content out. Lengths are points (1/72 inch) unless
 * a name says millimetres.
 */
export type { Block, Content } from './content.ts'
export { barcodeBlock, numberBars, qrBlock } from './codes.ts'
export {
  composePaper,
  type PaperDefinition,
  type PaperFrame,
  type StoreFacts,
  type VoidFacts,
} from './compose.ts'
export { drawing } from './drawing.ts'
export {
  type Column,
  type Field,
  formGrid,
  goodsCell,
  headedTable,
  label,
  labelled,
  listTable,
} from './forms.ts'
export { headLines, pageFooter, paperHead, printedText, sheetLogo, voidLine } from './heads.ts'
export { moneyLine } from './money-lines.ts'
export {
  BILINGUAL_CARD_TYPE,
  CARD_TYPE,
  contentWidth,
  LABEL_TYPE,
  mm,
  type PaperPage,
  PAPERS,
  SHEET_TYPE,
  SLIP_TYPE,
  type TypeScale,
  WIDE_SHEET_TYPE,
} from './pages.ts'
export { centred, heading, rule } from './parts.ts'
export { formatInstant, formatQuantity, joinKnown } from './phrases.ts'
export {
  composeSlip,
  fieldsOn,
  listOn,
  paymentBars,
  scannedPayment,
  type Stock,
  stockOf,
} from './stock.ts'
export {
  type DrawnInk,
  drawInk,
  legalLines,
  signatureRow,
  stampBox,
  storeWords,
} from './signing.ts'
