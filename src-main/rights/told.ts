import type { RightsFacts } from '../policy/facts.ts'
import type { Answer } from './contract.ts'

/** What goods and claim are, as far as only people can tell it: which answer sets which tags of the rules. */

/** Answers with yes or no, and the tag that yes sets. */
const yesNo = {
  contractRate: 'contract_rate',
  noTag: 'no_tag',
  openedMedia: 'opened_media',
  confirmedUnsuitable: 'confirmed_unsuitable',
  largeGoods: 'large_goods',
  personalData: 'personal_data',
} as const
type YesNo = keyof typeof yesNo

/** A grave fault of a car is one of safety as well (家用汽车产品修理更换退货责任规定 第二十三条、第二十四条). */
const carFaultTags = {
  none: [],
  main_assembly: ['car_main_assembly'],
  grave: ['car_grave_fault', 'car_safety_fault'],
  safety: ['car_safety_fault'],
} as const

const bringerTags = {
  customer: [],
  hotline_12315: ['complaint_12315'],
  regulator: ['complaint_regulator'],
} as const

const allOf = (groups: Readonly<Record<string, readonly string[]>>): string[] => [
  ...new Set(Object.values(groups).flat()),
]

/** Every tag that an answer on the rights screen sets. */
export const toldTags: readonly string[] = [
  ...Object.values(yesNo),
  ...allOf(carFaultTags),
  ...allOf(bringerTags),
]

/** What was answered, as the engine takes it: tags the goods have, and tags somebody said they have not. */
export function tagsOfAnswer(answer: Answer): { tags: string[]; notTags: string[] } {
  const tags: string[] = []
  const notTags: string[] = []
  for (const field of Object.keys(yesNo) as YesNo[]) {
    const said = answer[field]
    if (said !== undefined) (said ? tags : notTags).push(yesNo[field])
  }
  const pick = (chosen: readonly string[], groups: Readonly<Record<string, readonly string[]>>) => {
    tags.push(...chosen)
    notTags.push(...allOf(groups).filter((tag) => !chosen.includes(tag)))
  }
  if (answer.carFault) pick(carFaultTags[answer.carFault], carFaultTags)
  if (answer.broughtBy) pick(bringerTags[answer.broughtBy], bringerTags)
  return { tags, notTags }
}

interface ToldFacts extends Pick<RightsFacts, 'kilometres'> {
  line: Pick<RightsFacts['line'], 'tags' | 'notTags'>
}

/** The answers behind the facts of an earlier decision, for one that is made anew. */
export function toldBefore({ line, kilometres }: ToldFacts): Answer {
  const { tags, notTags = [] } = line
  const said: Answer = {}
  for (const field of Object.keys(yesNo) as YesNo[]) {
    const tag = yesNo[field]
    if (notTags.includes(tag)) said[field] = false
    else if (tags.includes(tag)) said[field] = true
  }
  const isTold = (tag: string) => tags.includes(tag) || notTags.includes(tag)
  if (allOf(carFaultTags).some(isTold)) {
    const fits = tags.includes('car_grave_fault')
      ? 'grave'
      : tags.includes('car_safety_fault')
        ? 'safety'
        : tags.includes('car_main_assembly')
          ? 'main_assembly'
          : 'none'
    said.carFault = fits
  }
  if (allOf(bringerTags).some(isTold)) {
    said.broughtBy = tags.includes('complaint_12315')
      ? 'hotline_12315'
      : tags.includes('complaint_regulator')
        ? 'regulator'
        : 'customer'
  }
  if (kilometres != null) said.kilometres = kilometres
  return said
}
