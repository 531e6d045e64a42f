import type { z } from 'zod'
import { refuse } from '../../foundation/errors.ts'
import { type MinorUnits, sumMoney } from '../../foundation/money.ts'
import type { StateMachine } from '../../foundation/state-machine.ts'
import { toHalfWidth } from '../../foundation/text.ts'
import type {
  exposure,
  handoverBack,
  handoverGiven,
  handoverStates,
  handoverSteps,
  missing,
  missingThings,
  receivers,
  signatureParties,
} from './contract.ts'

export type HandoverState = (typeof handoverStates)[number]
type HandoverStep = (typeof handoverSteps)[number]
export type Missing = z.output<typeof missing>
export type Exposure = z.output<typeof exposure>
export type BackUnit = z.output<typeof handoverBack>
export type GivenUnit = z.output<typeof handoverGiven>
type MissingThing = (typeof missingThings)[number]

export type HandoverAction =
  | 'goods_back'
  | 'papers_back'
  | 'new_checked'
  | 'give'
  | 'signature'
  | 'sign'
  | 'waive'
  | 'void'

/**
 * The form of an exchange (domain.md §2.4). The new goods are given once everything before them is settled; from there
 * only the signatures are missing. A store manager's waiver closes it as it is.
 */
export const handoverMachine: StateMachine<HandoverState, HandoverAction> = {
  initial: 'open',
  states: ['open', 'given', 'signed', 'waived', 'void'],
  transitions: [
    { from: 'open', action: 'goods_back', to: 'open' },
    { from: 'open', action: 'papers_back', to: 'open' },
    { from: 'open', action: 'new_checked', to: 'open' },
    {
      from: 'open',
      action: 'give',
      to: 'given',
      needs: ['old goods back', 'old papers settled', 'new goods checked', 'replacement here'],
    },
    { from: 'given', action: 'signature', to: 'given' },
    { from: 'given', action: 'sign', to: 'signed', needs: ['receiver', 'both signatures'] },
    { from: 'open', action: 'waive', to: 'waived', needs: ['store manager', 'reason'] },
    { from: 'given', action: 'waive', to: 'waived', needs: ['store manager', 'reason'] },
    { from: 'open', action: 'void', to: 'void', needs: ['void exchange'] },
  ],
}

/** A form as far as it is filled in. */
export interface HandoverFacts {
  back: readonly BackUnit[]
  given: readonly GivenUnit[]
  isGiven: boolean
  receiver: { who: (typeof receivers)[number] | null; name: string; phone: string }
  signed: readonly (typeof signatureParties)[number][]
}

interface Finding {
  is: string | null
  reason: string
}

/** Findings that are as they should be; any other answer needs a reason. */
const asItShouldBe: ReadonlySet<string> = new Set([
  'back',
  'complete',
  'stamped',
  'opened_before_customer',
  'sound',
  'given',
  'none',
])

function isSettled({ is, reason }: Finding): boolean {
  return is !== null && (asItShouldBe.has(is) || reason.trim() !== '')
}

/**
 * What the form lacks, in the order of its steps: as data, so that it is a list to work off and no error after the
 * click. Goods that did not come back are never settled by a reason: that takes a waiver.
 */
export function missingOf(facts: HandoverFacts): Missing[] {
  return [
    ...facts.back.flatMap(missingBack),
    ...facts.given.flatMap(missingOfNew),
    ...missingOfGiving(facts),
    ...missingOfSigning(facts),
  ].toSorted((a, b) => stepOrder(a.step) - stepOrder(b.step))
}

const order: readonly HandoverStep[] = [
  'goods_back',
  'papers_back',
  'new_checked',
  'papers_given',
  'signed',
]

function stepOrder(step: HandoverStep): number {
  return order.indexOf(step)
}

/** Whether everything before a step is settled. */
export function isReadyFor(step: HandoverStep, lacking: readonly Missing[]): boolean {
  return lacking.every((each) => stepOrder(each.step) >= stepOrder(step))
}

function missingBack(unit: BackUnit): Missing[] {
  const { saleLineId, unitNo, name } = unit
  const lacks = (step: HandoverStep, what: MissingThing): Missing => ({
    step,
    what,
    name,
    saleLineId,
    lineId: null,
    unitNo,
  })
  const found: Missing[] = []
  if (unit.goods.is === null) found.push(lacks('goods_back', 'goods'))
  if (unit.goods.is === 'missing') found.push(lacks('goods_back', 'goods_not_back'))
  if (!isSettled(unit.accessories)) found.push(lacks('goods_back', 'accessories'))
  if (!isSettled(unit.card) || (unit.card.is === 'none' && unit.liveCard)) {
    found.push(lacks('papers_back', 'card'))
  }
  if (!isSettled(unit.manual)) found.push(lacks('papers_back', 'manual'))
  if (!isSettled(unit.invoice)) found.push(lacks('papers_back', 'invoice'))
  return found
}

function missingOfNew(unit: GivenUnit): Missing[] {
  const lacks = lackOf(unit)
  const found: Missing[] = []
  if (unit.needsSerial && unit.serialNo === '') found.push(lacks('new_checked', 'serial'))
  if (!isSettled(unit.seal)) found.push(lacks('new_checked', 'seal'))
  if (!isSettled(unit.appearance)) found.push(lacks('new_checked', 'appearance'))
  if (!isSettled(unit.manual)) found.push(lacks('papers_given', 'new_manual'))
  if (!isSettled(unit.accessories)) found.push(lacks('papers_given', 'new_accessories'))
  return found
}

function lackOf({ lineId, unitNo, name }: GivenUnit) {
  return (step: HandoverStep, what: MissingThing): Missing => ({
    step,
    what,
    name,
    saleLineId: null,
    lineId,
    unitNo,
  })
}

function lackOfForm(step: HandoverStep, what: MissingThing): Missing {
  return { step, what, name: '', saleLineId: null, lineId: null, unitNo: null }
}

function missingOfGiving({ isGiven }: HandoverFacts): Missing[] {
  return isGiven ? [] : [lackOfForm('papers_given', 'give')]
}

/** Somebody else than the customer is named, so that it can be asked later who took the goods. */
function missingOfSigning({ receiver, signed }: HandoverFacts): Missing[] {
  const found: Missing[] = []
  const isOther = receiver.who === 'family' || receiver.who === 'agent'
  if (isOther && receiver.name === '') found.push(lackOfForm('signed', 'receiver_name'))
  if (isOther && receiver.phone === '') found.push(lackOfForm('signed', 'receiver_phone'))
  for (const party of ['customer', 'store'] as const) {
    if (!signed.includes(party)) found.push(lackOfForm('signed', `${party}_signature`))
  }
  return found
}

/**
 * Whether one key may tick a step: nothing of it has to be scanned, named or drawn, and nothing was found yet that is
 * not as it should be.
 */
export function isSimple(step: HandoverStep, { back, given }: HandoverFacts): boolean {
  const plain = (finding: Finding) => finding.is === null || asItShouldBe.has(finding.is)
  switch (step) {
    case 'goods_back':
      return back.every((unit) => plain(unit.goods) && plain(unit.accessories))
    case 'papers_back':
      return back.every(
        (unit) =>
          unit.liveCard === null && plain(unit.card) && plain(unit.manual) && plain(unit.invoice),
      )
    case 'new_checked':
      return given.every((unit) => !unit.needsSerial && plain(unit.seal) && plain(unit.appearance))
    case 'papers_given':
      return given.every((unit) => plain(unit.manual) && plain(unit.accessories))
    case 'signed':
      return false
  }
}

/**
 * What the store stands to lose if the form stays as it is (domain.md §2.4): the value of each old unit that did not
 * come back, or whose card did not (the customer could claim on it once more), of each new unit nobody signed for, and
 * what law adds to the price in the decision the exchange went by, each line's largest once.
 */
export function exposuresOf(facts: HandoverFacts, statutory: readonly Exposure[]): Exposure[] {
  const notBack = facts.back.filter(
    ({ goods, card, liveCard }) =>
      goods.is !== 'back' || card.is === 'missing' || (liveCard !== null && card.is !== 'back'),
  )
  const unsigned = facts.signed.includes('customer') ? [] : facts.given
  const worth = (kind: Exposure['kind']) => (unit: { name: string; value: MinorUnits }) => ({
    kind,
    name: unit.name,
    amount: unit.value,
  })
  return [
    ...notBack.map(worth('not_recovered')),
    ...unsigned.map(worth('not_signed')),
    ...statutory,
  ].filter((each) => each.amount > 0)
}

export function totalOf(exposures: readonly Exposure[]): MinorUnits {
  return sumMoney(exposures.map((each) => each.amount))
}

/** A serial number as it is kept and compared: half width, without the blanks of a hasty scan. */
function plainSerial(serialNo: string): string {
  return toHalfWidth(serialNo).trim()
}

function isSameSerial(a: string, b: string): boolean {
  return a !== '' && plainSerial(a).toUpperCase() === plainSerial(b).toUpperCase()
}

/**
 * The serial number read off a unit that comes back. Refuses that of a new unit (`handover.serial_is_new`) and any but
 * the one the exchange was recorded with (`handover.serial_not_sold`).
 */
export function requireOldSerial(
  unit: Pick<BackUnit, 'name' | 'soldSerialNo'>,
  read: string,
  given: readonly Pick<GivenUnit, 'expectedSerialNo' | 'serialNo'>[],
): string {
  const serialNo = plainSerial(read)
  if (serialNo === '') return ''
  const isNew = given.some(
    (each) =>
      isSameSerial(each.expectedSerialNo, serialNo) || isSameSerial(each.serialNo, serialNo),
  )
  if (isNew && !isSameSerial(unit.soldSerialNo, serialNo)) {
    refuse('handover.serial_is_new', { serialNo })
  }
  if (unit.soldSerialNo !== '' && !isSameSerial(unit.soldSerialNo, serialNo)) {
    refuse('handover.serial_not_sold', { name: unit.name, serialNo, sold: unit.soldSerialNo })
  }
  return serialNo
}

/**
 * The serial number read off a new unit. Refuses that of a unit that came back (`handover.serial_is_old`), one that
 * another new unit has already (`handover.serial_twice`), and any but the one the exchange was recorded with
 * (`handover.serial_not_recorded`).
 */
export function requireNewSerial(
  unit: Pick<GivenUnit, 'lineId' | 'unitNo' | 'name' | 'expectedSerialNo'>,
  read: string,
  { back, given }: Pick<HandoverFacts, 'back' | 'given'>,
): string {
  const serialNo = plainSerial(read)
  if (serialNo === '') return ''
  const isOld = back.some(
    (each) => isSameSerial(each.soldSerialNo, serialNo) || isSameSerial(each.serialNo, serialNo),
  )
  if (isOld) refuse('handover.serial_is_old', { serialNo })
  const isElsewhere = given.some(
    (each) =>
      (each.lineId !== unit.lineId || each.unitNo !== unit.unitNo) &&
      isSameSerial(each.serialNo, serialNo),
  )
  if (isElsewhere) refuse('handover.serial_twice', { serialNo })
  if (unit.expectedSerialNo !== '' && !isSameSerial(unit.expectedSerialNo, serialNo)) {
    refuse('handover.serial_not_recorded', {
      name: unit.name,
      serialNo,
      recorded: unit.expectedSerialNo,
    })
  }
  return serialNo
}
