import { useQuery } from '@tanstack/react-query'

import { api } from '../app/client.ts'
import { type ApprovalControl, useApproval } from '../ui/use-approval.ts'
import type { Claim } from './claim.ts'

/** Whose authority a split takes, as the desk says it for exactly this split. */
export function useSplitApproval(claim: Claim, vendorAmount: number | null): ApprovalControl {
  const asks = vendorAmount !== null && vendorAmount <= claim.most
  const question = useQuery(
    api.vendors.splitQuestion.queryOptions({
      input: { claimId: claim.id, vendorAmount: vendorAmount ?? 0 },
      enabled: asks,
    }),
  )
  return useApproval(asks ? (question.data ?? null) : null)
}
