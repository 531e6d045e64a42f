import type { Paper } from '../ui/paper-preview.tsx'

type Format = '80mm' | 'A5'

/** The papers each comes on; the first is the usual one (domain.md §2.1). */
export const slipFormats: readonly [Format, Format] = ['80mm', 'A5']
export const formFormats: readonly [Format, Format] = ['A5', '80mm']

/** Where this machine keeps which of them its printer takes. */
export const remember = {
  slip: 'goodwill.exchange-slip-format',
  form: 'goodwill.handover-form-format',
} as const

/** The format this desk prints a paper on. */
export function formatOf(paper: 'slip' | 'form'): Format {
  const formats = paper === 'slip' ? slipFormats : formFormats
  return formats.find((each) => each === localStorage.getItem(remember[paper])) ?? formats[0]
}

/** The papers of an exchange, as the desk names them. */
export const paperOf = {
  slip: (exchangeId: number, format: Format = formatOf('slip')): Paper => ({
    document: 'exchange_slip',
    exchangeId,
    format,
  }),
  form: (handoverId: number, format: Format = formatOf('form')): Paper => ({
    document: 'handover_form',
    handoverId,
    format,
  }),
  card: (cardId: number): Paper => ({ document: 'card', cardId }),
}
