import type { InferClientOutputs } from '@orpc/client'

import type { desk } from '../app/client.ts'

type Outputs = InferClientOutputs<typeof desk>['vendors']

export type CaseVendors = Outputs['ofCase']
export type Claim = CaseVendors['claims'][number]
export type Proposal = CaseVendors['proposals'][number]
export type ClaimLine = Outputs['claims']['rows'][number]
export type Vendor = Outputs['open']
export type Terms = Vendor['terms']
export type DeductionList = Outputs['deductionList']

/** How a state of a claim looks. */
export const toneOfClaim = {
  drafted: 'plain',
  sent: 'soon',
  negotiating: 'soon',
  escalated: 'risk',
  disputed: 'risk',
  agreed: 'good',
  deemed: 'good',
  ruled: 'good',
  withdrawn: 'plain',
  reversed: 'plain',
} as const
