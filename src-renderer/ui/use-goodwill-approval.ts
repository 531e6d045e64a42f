import { useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'

import { api } from '../app/client.ts'
import { useStore } from './store-context.ts'
import { type ApprovalControl, useApproval } from './use-approval.ts'

/** Something given away: how much, what for, to whom. */
interface Gift {
  amount: number
  what: string
  toWhom: string
  caseId: number | null
}

/** Follows the approval a gift may need; null while the form is not filled in. */
export function useGoodwillApproval(gift: Gift | null): {
  approval: ApprovalControl
  /** The desk has said what this very gift takes, and it may be given. */
  isReady: boolean
} {
  const { currency } = useStore()
  // Typing goes first: the desk is asked about what stands when the hand rests.
  const asked = useDeferredValue(JSON.stringify(gift))
  const subject = useQuery(
    api.approvals.goodwillSubject.queryOptions({
      input: (JSON.parse(asked) as Gift | null) ?? noGift,
      enabled: gift !== null && asked !== 'null',
    }),
  )
  const isSettled = asked === JSON.stringify(gift) && subject.data !== undefined
  const approval = useApproval(
    gift && isSettled && subject.data
      ? {
          kinds: subject.data.kinds,
          amount: gift.amount,
          currency,
          subject: subject.data,
          summary: [gift.what, gift.toWhom].filter(Boolean).join(' · '),
        }
      : null,
  )
  const isFree = approval.phase === 'free' || approval.phase === 'granted'
  return { approval, isReady: gift !== null && isSettled && isFree }
}

const noGift: Gift = { amount: 1, what: '', toWhom: '', caseId: null }
