import type { InferClientInputs, InferClientOutputs } from '@orpc/client'

import type { desk } from '../app/client.ts'

type Inputs = InferClientInputs<typeof desk>['handovers']
export type Handover = InferClientOutputs<typeof desk>['handovers']['ofExchange']
export type Step = Handover['steps'][number]['step']
export type BackUnit = Handover['back'][number]
export type GivenUnit = Handover['given'][number]
export type GoodsBack = Inputs['saveGoodsBack']['units'][number]
export type PapersBack = Inputs['savePapersBack']['units'][number]
export type NewChecked = Inputs['saveNewChecked']['units'][number]
export type PapersGiven = Inputs['give']['units'][number]

/** The steps in the order of their keys 1 to 5. */
export const steps: readonly Step[] = [
  'goods_back',
  'papers_back',
  'new_checked',
  'papers_given',
  'signed',
]

/** What was found, or what is usual where nobody looked yet. */
function orUsual<Is extends string>(
  finding: { is: Is | null; reason: string },
  usual: Is,
): { is: Is; reason: string } {
  return { is: finding.is ?? usual, reason: finding.reason }
}

/** ① as it usually is: everything is back. */
export function goodsBackOf({ saleLineId, unitNo, goods, accessories, serialNo }: BackUnit) {
  return {
    saleLineId,
    unitNo,
    goods: orUsual(goods, 'back'),
    accessories: orUsual(accessories, 'complete'),
    serialNo,
  } satisfies GoodsBack
}

/** ② as it usually is: the card is back where there is one, and the slip stamped. */
export function papersBackOf(unit: BackUnit) {
  const { saleLineId, unitNo, card, cardNumber, manual, invoice, liveCard } = unit
  return {
    saleLineId,
    unitNo,
    card: orUsual(card, liveCard ? 'back' : 'none'),
    cardNumber,
    manual: orUsual(manual, liveCard ? 'back' : 'none'),
    invoice: orUsual(invoice, 'stamped'),
  } satisfies PapersBack
}

/** ③ as it usually is: sound, and opened before the customer where there is a seal. */
export function newCheckedOf({
  lineId,
  unitNo,
  serialNo,
  seal,
  appearance,
  needsSerial,
}: GivenUnit) {
  return {
    lineId,
    unitNo,
    serialNo,
    seal: orUsual(seal, needsSerial ? 'opened_before_customer' : 'none'),
    appearance: orUsual(appearance, 'sound'),
  } satisfies NewChecked
}

/** ④ as it usually is: manual and accessories went along. */
export function papersGivenOf({ lineId, unitNo, manual, accessories, needsSerial }: GivenUnit) {
  return {
    lineId,
    unitNo,
    manual: orUsual(manual, needsSerial ? 'given' : 'none'),
    accessories: orUsual(accessories, 'complete'),
  } satisfies PapersGiven
}

/** The first step that lacks something; null where only closing is left, or nothing. */
export function nextStep(handover: Handover): Step | null {
  return handover.steps.find((each) => !each.done)?.step ?? null
}

/** Whether one key may settle all that is left before the signatures. */
export function isSimple(handover: Handover): boolean {
  return handover.steps.every((each) => each.done || each.simple || each.step === 'signed')
}

export function isOpen({ state }: Handover): boolean {
  return state === 'open' || state === 'given'
}
