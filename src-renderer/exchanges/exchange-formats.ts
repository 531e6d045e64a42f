import { formatsOf } from '../../src-main/foundation/paper-formats.ts'
import type { Paper } from '../ui/paper-preview.tsx'

const { exchange_slip: slipFormats, handover_form: formFormats, card: cardFormats } = formatsOf
export { cardFormats, formFormats, slipFormats }

/** Where this machine keeps which of them its printer takes. */
export const remember = {
  slip: 'goodwill.exchange-slip-format',
  form: 'goodwill.handover-form-format',
  card: 'goodwill.card-format',
} as const

/** The format this desk prints a paper on. */
function kept<Format extends string>(formats: readonly [Format, ...Format[]], place: string) {
  return formats.find((each) => each === localStorage.getItem(place)) ?? formats[0]
}

/** The papers of an exchange, as the desk names them. */
export const paperOf = {
  slip: (exchangeId: number, format = kept(slipFormats, remember.slip)): Paper => ({
    document: 'exchange_slip',
    exchangeId,
    format,
  }),
  form: (handoverId: number, format = kept(formFormats, remember.form)): Paper => ({
    document: 'handover_form',
    handoverId,
    format,
  }),
  card: (cardId: number, format = kept(cardFormats, remember.card)): Paper => ({
    document: 'card',
    cardId,
    format,
  }),
}
