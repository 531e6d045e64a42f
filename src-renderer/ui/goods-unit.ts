import type { InferClientOutputs } from '@orpc/client'
import type { TFunction } from 'i18next'

import type { desk } from '../app/client.ts'

/** A unit that came back, as lists show it. */
export type GoodsUnit = InferClientOutputs<typeof desk>['goods']['list'][number]

/** Colour is never the only sign: the words say where. */
export const toneOf = {
  floor: 'teal',
  quarantine: 'soon',
  vendor_return: 'plain',
  repair: 'plain',
  scrap: 'risk',
} as const satisfies Record<GoodsUnit['destination'], string>

/** The store has it no more: its refund or exchange is void. */
export function isGivenBack({ state }: GoodsUnit): boolean {
  return state === 'with_customer' || state === 'back_in_repair'
}

/** Where it is, in words; at the desk, where it is to go. */
export function placeOf(unit: GoodsUnit, t: TFunction): string {
  return unit.state === 'at_desk'
    ? t('goods:toGo', { where: t(`goods:destination.${unit.destination}`) })
    : t(`goods:state.${unit.state}`)
}
