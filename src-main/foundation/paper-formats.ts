/** The papers the desk's printers take, as people call them. */
export const paperFormats = ['80mm', '58mm', 'A6', 'A5', 'A4', '241mm'] as const

export type PaperFormat = (typeof paperFormats)[number]

/** What each paper that has a choice comes on, the usual format first (domain.md §2.1). */
export const formatsOf = {
  card: ['A6', 'A4', '80mm', '241mm'],
  refund_slip: ['80mm', '58mm', 'A5', 'A4', '241mm'],
  exchange_slip: ['80mm', '58mm', 'A5', 'A4', '241mm'],
  handover_form: ['A5', '80mm', '241mm'],
  repair_sheet: ['A5', '80mm', '241mm'],
  repair_record: ['A5', '80mm', '241mm'],
  repair_stub: ['80mm', '58mm'],
  complaint_slip: ['80mm', '58mm', 'A5'],
  complaint_form: ['A4'],
  voucher: ['80mm', '58mm', 'A6', 'A5'],
  refusal_slip: ['80mm', '58mm', 'A4'],
  customer_card: ['A6', 'A4'],
  shift_handover: ['A4', 'A5'],
  day_close: ['A4', '80mm'],
} as const satisfies Record<string, readonly [PaperFormat, ...PaperFormat[]]>

/** Formats of one paper. */
export type FormatOf<Document extends keyof typeof formatsOf> = (typeof formatsOf)[Document][number]

/** Millimetres between two tears of a continuous form of 241 mm: a third, a half and the whole of 11 inches (domain.md §5.2). */
export const formLengths = [93, 140, 280] as const

export type FormLength = (typeof formLengths)[number]

/** The form most stores feed. */
export const usualFormLength: FormLength = 140

/** A roll: the paper ends where its content does. */
export function isRoll(format: string): boolean {
  return format === '80mm' || format === '58mm'
}
