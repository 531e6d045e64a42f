import type { StateMachine } from '../foundation/state-machine.ts'
import type { Destination, UnitAction, UnitState } from './contract.ts'

/**
 * Where a unit that came back is, from the desk to wherever it ends (domain.md §3.1 row 13). On the floor, with the
 * vendor, scrapped, with the customer and in its own repair it is out of the desk's hands; from the first two it can come
 * back.
 */
export const unitMachine: StateMachine<UnitState, UnitAction> = {
  initial: 'at_desk',
  states: [
    'at_desk',
    'in_quarantine',
    'for_vendor',
    'in_repair',
    'on_floor',
    'with_vendor',
    'scrapped',
    'with_customer',
    'back_in_repair',
  ],
  transitions: [
    { from: 'at_desk', action: 'redirect', to: 'at_desk', needs: ['reason'] },
    { from: 'at_desk', action: 'to_floor', to: 'on_floor' },
    { from: 'at_desk', action: 'to_quarantine', to: 'in_quarantine' },
    { from: 'at_desk', action: 'to_vendor', to: 'for_vendor' },
    { from: 'at_desk', action: 'to_repair', to: 'in_repair' },
    { from: 'at_desk', action: 'to_scrap', to: 'scrapped', needs: ['approval above the limit'] },
    { from: 'in_quarantine', action: 'to_floor', to: 'on_floor', needs: ['reason'] },
    { from: 'in_quarantine', action: 'to_vendor', to: 'for_vendor', needs: ['reason'] },
    { from: 'in_quarantine', action: 'to_repair', to: 'in_repair', needs: ['reason'] },
    {
      from: 'in_quarantine',
      action: 'to_scrap',
      to: 'scrapped',
      needs: ['reason', 'approval above the limit'],
    },
    { from: 'for_vendor', action: 'vendor_took', to: 'with_vendor', needs: ['who took it'] },
    { from: 'for_vendor', action: 'to_quarantine', to: 'in_quarantine', needs: ['reason'] },
    { from: 'for_vendor', action: 'to_floor', to: 'on_floor', needs: ['reason'] },
    {
      from: 'for_vendor',
      action: 'to_scrap',
      to: 'scrapped',
      needs: ['reason', 'approval above the limit'],
    },
    { from: 'in_repair', action: 'to_floor', to: 'on_floor', needs: ['reason'] },
    { from: 'in_repair', action: 'to_quarantine', to: 'in_quarantine', needs: ['reason'] },
    { from: 'in_repair', action: 'to_vendor', to: 'for_vendor', needs: ['reason'] },
    {
      from: 'in_repair',
      action: 'to_scrap',
      to: 'scrapped',
      needs: ['reason', 'approval above the limit'],
    },
    { from: 'on_floor', action: 'to_quarantine', to: 'in_quarantine', needs: ['reason'] },
    {
      from: 'with_vendor',
      action: 'vendor_sent_back',
      to: 'in_quarantine',
      needs: ['who brought it'],
    },
    { from: 'at_desk', action: 'give_back', to: 'with_customer', needs: ['return voided'] },
    { from: 'in_quarantine', action: 'give_back', to: 'with_customer', needs: ['return voided'] },
    { from: 'for_vendor', action: 'give_back', to: 'with_customer', needs: ['return voided'] },
    { from: 'in_repair', action: 'give_back', to: 'with_customer', needs: ['return voided'] },
    { from: 'on_floor', action: 'give_back', to: 'with_customer', needs: ['return voided'] },
    {
      from: 'at_desk',
      action: 'back_to_repair',
      to: 'back_in_repair',
      needs: ['return voided', 'repair it came from'],
    },
    {
      from: 'in_quarantine',
      action: 'back_to_repair',
      to: 'back_in_repair',
      needs: ['return voided', 'repair it came from'],
    },
    {
      from: 'for_vendor',
      action: 'back_to_repair',
      to: 'back_in_repair',
      needs: ['return voided', 'repair it came from'],
    },
    {
      from: 'in_repair',
      action: 'back_to_repair',
      to: 'back_in_repair',
      needs: ['return voided', 'repair it came from'],
    },
    {
      from: 'on_floor',
      action: 'back_to_repair',
      to: 'back_in_repair',
      needs: ['return voided', 'repair it came from'],
    },
  ],
}

/** States in which the store's desk answers for a unit: each unit is in at most one of them. */
const heldStates: ReadonlySet<UnitState> = new Set([
  'at_desk',
  'in_quarantine',
  'for_vendor',
  'in_repair',
])

export function isHeld(state: UnitState): boolean {
  return heldStates.has(state)
}

/** The store has it no more: the customer does, or the repair it came from. */
export function isGivenBack(state: UnitState): boolean {
  return state === 'with_customer' || state === 'back_in_repair'
}

/** The step that brings a unit to a destination. */
export const actionTo = {
  floor: 'to_floor',
  quarantine: 'to_quarantine',
  vendor_return: 'to_vendor',
  repair: 'to_repair',
  scrap: 'to_scrap',
} as const satisfies Record<Destination, UnitAction>

/** What is known of a unit when it comes back. */
export interface UnitFacts {
  condition: string
  /** Why the customer brought it back; empty where nobody asked. */
  reason: string
  packagingIntact: boolean
  /** Category code of the desk (resources/policies/categories.json), null where none fits. */
  category: string | null
  tags: readonly string[]
  hasVendor: boolean
  /** A safety or counterfeit complaint names these goods. */
  safety: boolean
  /** Goods of this serial number are held already. */
  serialSeen: boolean
}

/** What a rule asks for; all of it must hold. */
export interface RoutingCase {
  conditions?: readonly string[]
  reasons?: readonly string[]
  categories?: readonly string[]
  tags?: readonly string[]
  packagingIntact?: boolean
  hasVendor?: boolean
  safety?: boolean
  serialSeen?: boolean
}

interface Words {
  zh: string
  en: string
}

/** Prohibitions of the desk: each has a sentence for who tries. */
export type NeverId = 'food' | 'hygiene'

/** resources/goods/routing.json: the first rule that fits proposes, what is forbidden nobody can decide. */
export interface Routing {
  rules: readonly { id: string; when: RoutingCase; to: Destination; text: Words }[]
  forbids: readonly {
    id: NeverId
    when: RoutingCase
    destinations: readonly Destination[]
    text: Words
  }[]
}

/** Where goods should go by the store's rules, and which of them says so. */
export function proposeDestination(
  facts: UnitFacts,
  { rules }: Routing,
): { to: Destination; ruleId: string } {
  const rule = rules.find(({ when }) => fits(facts, when))
  return rule ? { to: rule.to, ruleId: rule.id } : { to: 'quarantine', ruleId: 'else' }
}

/** Destinations these goods may never go to, whoever decides, each with the reason. */
export function forbiddenFor(
  facts: Pick<UnitFacts, 'condition' | 'category' | 'tags'>,
  { forbids }: Routing,
): { id: NeverId; destination: Destination; text: Words }[] {
  const all = { reason: '', packagingIntact: false, hasVendor: false, safety: false, ...facts }
  return forbids
    .filter(({ when }) => fits({ ...all, serialSeen: false }, when))
    .flatMap(({ id, destinations, text }) =>
      destinations.map((destination) => ({ id, destination, text })),
    )
}

function fits(facts: UnitFacts, when: RoutingCase): boolean {
  const among = (list: readonly string[] | undefined, said: string) =>
    list === undefined || list.includes(said)
  const same = (wanted: boolean | undefined, is: boolean) => wanted === undefined || wanted === is
  return (
    among(when.conditions, facts.condition) &&
    among(when.reasons, facts.reason) &&
    (when.categories === undefined ||
      when.categories.some((code) => covers(code, facts.category))) &&
    (when.tags === undefined || when.tags.some((tag) => facts.tags.includes(tag))) &&
    same(when.packagingIntact, facts.packagingIntact) &&
    same(when.hasVendor, facts.hasVendor) &&
    same(when.safety, facts.safety) &&
    same(when.serialSeen, facts.serialSeen)
  )
}

/** A category covers what is below it. */
function covers(code: string, category: string | null): boolean {
  return category === code || (category?.startsWith(`${code}.`) ?? false)
}
