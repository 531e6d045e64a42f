import type { BusinessDate } from '../foundation/business-date.ts'
import { maskName, maskPhone, phoneDigits } from '../foundation/phone.ts'
import type { ContactChannel, CustomerField } from './contract.ts'

/** How somebody wants to be spoken to, as long as it holds. */
export interface ContactRule {
  channel: ContactChannel
  rule: 'never' | 'prefers'
  /** Last day it holds; null without an end. */
  until: BusinessDate | null
}

/** The rules that hold on a day. */
export function rulesOn<Rule extends ContactRule>(
  rules: readonly Rule[],
  today: BusinessDate,
): Rule[] {
  return rules.filter(({ until }) => until === null || until >= today)
}

/**
 * Whether a customer may be spoken to in this way on this day: what was forbidden once, for whoever of the same person,
 * is forbidden (domain.md §5.3).
 */
export function mayContact(
  rules: readonly ContactRule[],
  channel: Exclude<ContactChannel, 'any'>,
  today: BusinessDate,
): boolean {
  return !rulesOn(rules, today).some(
    (each) => each.rule === 'never' && (each.channel === 'any' || each.channel === channel),
  )
}

/** A customer's name and address as an operator sees them: whole for those who may reveal, else enough to greet. */
export function shownPerson(
  customer: { name: string; phone: string; address: string },
  mayReveal: boolean,
): { name: string; phoneMasked: string; address: string } {
  const phoneMasked = customer.phone && maskPhone(customer.phone)
  if (mayReveal) return { name: customer.name, phoneMasked, address: customer.address }
  return { name: maskName(customer.name), phoneMasked, address: maskAddress(customer.address) }
}

/** `中山市石岐区悦来南路 18 号` → `中山市石岐区…`: the district, for statistics and deliveries (domain.md §5.3). */
export function maskAddress(address: string): string {
  const letters = [...address.trim()]
  return letters.length <= 6 ? '*'.repeat(letters.length) : `${letters.slice(0, 6).join('')}…`
}

/** What a row of a customer says that another row of the same person may say better. */
export interface CustomerFields {
  name: string
  phone: string
  address: string
  joinedOn: string | null
  points: number | null
  /** The grade and who gave it. */
  tier: { tier: string; source: 'import' | 'hand' }
  note: string
}

export interface TreeNode {
  id: number
  row: CustomerFields
  /** What the row said by itself, and what was put there, as long as somebody stands under it. */
  kept: { own: CustomerFields; shown: CustomerFields } | null
}

export interface LiveMerge {
  id: number
  survivorId: number
  mergedId: number
  taken: readonly CustomerField[]
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

function put<Key extends CustomerField>(to: CustomerFields, key: Key, from: CustomerFields): void {
  to[key] = from[key]
}

/**
 * What somebody or a file wrote into a survivor's row since is the survivor's own from then on, and nobody's field is
 * taken over it any more. To be asked before a merge is added or undone.
 */
export function settleEdits(
  nodes: readonly TreeNode[],
  merges: readonly LiveMerge[],
): { nodes: TreeNode[]; merges: LiveMerge[] } {
  const edited = new Map<number, Set<CustomerField>>()
  const settled = nodes.map((node) => {
    if (node.kept === null) return node
    const own = { ...node.kept.own }
    const fields = new Set<CustomerField>()
    for (const field of Object.keys(node.row) as CustomerField[]) {
      if (isSame(node.row[field], node.kept.shown[field])) continue
      put(own, field, node.row)
      fields.add(field)
    }
    edited.set(node.id, fields)
    return { ...node, kept: { own, shown: node.kept.shown } }
  })
  return {
    nodes: settled,
    merges: merges.map((merge) => ({
      ...merge,
      taken: merge.taken.filter((field) => !edited.get(merge.survivorId)?.has(field)),
    })),
  }
}

/**
 * The rows as these merges make them: each survivor its own fields, over which those taken from the merged ones lie,
 * the last merge on top. Whoever has nobody under them has their own row back, to the letter.
 */
export function layMerges(nodes: readonly TreeNode[], merges: readonly LiveMerge[]): TreeNode[] {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const done = new Map<number, CustomerFields>()
  const shownOf = (id: number): CustomerFields => {
    const known = done.get(id)
    if (known) return known
    const node = byId.get(id)
    if (!node) throw new Error(`customer ${id} is not in this tree`)
    const shown = { ...(node.kept?.own ?? node.row) }
    const under = merges.filter((merge) => merge.survivorId === id).toSorted((a, b) => a.id - b.id)
    for (const merge of under) {
      const from = shownOf(merge.mergedId)
      for (const field of merge.taken) put(shown, field, from)
    }
    done.set(id, shown)
    return shown
  }
  return nodes.map((node) => {
    const shown = shownOf(node.id)
    const own = node.kept?.own ?? node.row
    const stands = merges.some((merge) => merge.survivorId === node.id)
    return { id: node.id, row: shown, kept: stands ? { own, shown } : null }
  })
}

/** Why two rows may be one person. */
export type LikenessReason = 'same_phone' | 'same_member' | 'same_name_and_address' | 'near_name'

export interface Likely {
  id: number
  memberNo: string | null
  name: string
  namePinyin: string
  phone: string
  address: string
}

const tailLength = 4

/** A member number as cards print it: without separators and leading zeros. */
function plainMember(memberNo: string | null): string {
  return (memberNo ?? '').replaceAll(/[\s-]/gu, '').replace(/^0+/u, '').toLowerCase()
}

/** What speaks for two rows being one person; empty where nothing does. A name alone is not enough: there are many 王伟. */
export function likenessOf(a: Likely, b: Likely): LikenessReason[] {
  const digitsOf = (each: Likely) => phoneDigits(each.phone)
  const reasons: LikenessReason[] = []
  const phone = digitsOf(a)
  if (phone.length >= 7 && phone === digitsOf(b)) reasons.push('same_phone')
  if (a.memberNo && plainMember(a.memberNo) === plainMember(b.memberNo)) {
    reasons.push('same_member')
  }
  const sameName = a.name !== '' && a.name === b.name
  if (sameName && a.address !== '' && a.address === b.address) {
    reasons.push('same_name_and_address')
  }
  const soundsAlike = a.namePinyin !== '' && a.namePinyin === b.namePinyin
  const sameTail = phone.length >= tailLength && phone.slice(-tailLength) === digitsOf(b).slice(-4)
  if (soundsAlike && !reasons.includes('same_phone') && (sameTail || (sameName && phone === ''))) {
    reasons.push('near_name')
  }
  return reasons
}

/** Digits shorter than this stand in too many numbers to be anybody's. */
const shortestNumber = 8
const shortestCode = 4
const shortestAddress = 6

/**
 * Words to be taken out of texts about a person, the longest first, and `signs`: those that are this person's alone, so
 * that a text with one of them is about them. A name of one letter, and a bare number of a few digits, say nobody.
 */
export function wordsOf(person: {
  names: readonly string[]
  phones: readonly string[]
  memberNos: readonly string[]
  addresses: readonly string[]
}): { terms: string[]; signs: string[] } {
  const isTelling = (word: string) =>
    /^\d+$/u.test(word) ? word.length >= shortestNumber : word.length >= shortestCode
  const numbers = [...person.phones, ...person.phones.map(phoneDigits), ...person.memberNos].filter(
    isTelling,
  )
  const names = person.names.map((name) => name.trim()).filter((name) => [...name].length >= 2)
  const addresses = person.addresses.filter((address) => [...address].length >= shortestAddress)
  const longestFirst = (words: readonly string[]) =>
    [...new Set(words)].toSorted((a, b) => b.length - a.length)
  return {
    terms: longestFirst([...addresses, ...numbers, ...names]),
    signs: longestFirst(numbers),
  }
}
