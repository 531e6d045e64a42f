import type { InferClientOutputs } from '@orpc/client'
import type { TFunction } from 'i18next'

import type { desk } from '../app/client.ts'

type Outputs = InferClientOutputs<typeof desk>['approvals']

export type Approval = Outputs['list'][number]
export type OpenApproval = Outputs['open']
export type Offer = Outputs['offers'][number]
export type Goodwill = Outputs['goodwill']
export type Matrix = Outputs['matrix']
export type Kind = Approval['kinds'][number]
export type Role = Approval['level']

export const views = ['for-me', 'mine', 'history', 'offers', 'goodwill'] as const
export type View = (typeof views)[number]

/** What an approval is of, the strictest word last. */
export function kindsOf(kinds: readonly Kind[], t: TFunction): string {
  const special = kinds.filter((kind) => kind !== 'normal')
  return (special.length > 0 ? special : kinds)
    .map((kind) => t(`approvals:kind.${kind}`))
    .join(' · ')
}

const codes = ['changed', 'superseded', 'withdrawn', 'expired']

/** A reason as it was typed, or the sentence for one the desk gave itself. */
export function reasonText(reason: string, t: TFunction): string {
  return codes.includes(reason) ? t(`approvals:reason.${reason}`) : reason
}
