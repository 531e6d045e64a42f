import type { Answer } from '../ui/rights.ts'

/** A fact that is rarely asked and can be told at any time, with its answers in the order a digit goes through them. */
export interface ToldFact {
  field: keyof Answer
  values: readonly Answer[]
}

const yesOrNo = (field: keyof Answer): ToldFact => ({
  field,
  values: [{ [field]: true }, { [field]: false }],
})

/** What the dialog "more facts" offers; each has the digit of its place, the tenth is 0. */
export const toldFacts: readonly ToldFact[] = [
  {
    field: 'channel',
    values: [{ channel: 'counter' }, { channel: 'delivery' }, { channel: 'online' }],
  },
  {
    field: 'broughtBy',
    values: [{ broughtBy: 'customer' }, { broughtBy: 'hotline_12315' }, { broughtBy: 'regulator' }],
  },
  yesOrNo('largeGoods'),
  yesOrNo('personalData'),
  yesOrNo('confirmedUnsuitable'),
  yesOrNo('openedMedia'),
  yesOrNo('noTag'),
  yesOrNo('contractRate'),
  yesOrNo('foundSubstandard'),
  yesOrNo('medicalProof'),
]

/** The digit of a fact. */
export function digitOf(at: number): string {
  return String((at + 1) % 10)
}

/** How an answer is called: `true`, `online`. */
export function nameOfValue({ field }: ToldFact, value: Answer): string {
  return String(value[field])
}

/** The answer after the one that is given; the first where none is. */
export function nextValue({ field, values }: ToldFact, said: Answer): Answer {
  const at = values.findIndex((value) => value[field] === said[field])
  return values[(at + 1) % values.length] ?? {}
}

/** Facts that say something out of the ordinary, as keys of their words. */
export function unusualFacts(said: Answer): { field: keyof Answer; value: string | null }[] {
  return toldFacts.flatMap(({ field, values }) => {
    const given = said[field]
    if (given === undefined || given === false) return []
    const isUsual = given !== true && given === values[0]?.[field]
    return isUsual ? [] : [{ field, value: given === true ? null : String(given) }]
  })
}
