import type { InferClientInputs, InferClientOutputs } from '@orpc/client'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'

import { api, desk } from '../app/client.ts'
import { useCommand } from './use-command.ts'

type Inputs = InferClientInputs<typeof desk>['approvals']
type Outputs = InferClientOutputs<typeof desk>['approvals']

/** What somebody else may have to approve; the subject and its hash come from the desk, with the figures. */
export type ApprovalRequest = Pick<
  Inputs['request'],
  'kinds' | 'amount' | 'compensation' | 'currency' | 'atLeast' | 'subject' | 'summary' | 'caseId'
>

export type ApprovalPhase =
  /** Nothing to decide yet, or the desk has not said. */
  | 'unknown'
  /** Within the clerk's own authority. */
  | 'free'
  | 'needed'
  | 'waiting'
  | 'granted'
  | 'denied'

/** Where a decision stands, and the ways to get on with it. */
export interface ApprovalControl {
  phase: ApprovalPhase
  /** Goes with the command once granted; null before, and where none is needed. */
  approvalId: number | null
  request: ApprovalRequest | null
  limits: Outputs['limits'] | undefined
  approval: Outputs['current']
  /** What the desk refused last. */
  error: unknown
  busy: boolean
  /** The approver signs here. Resolves to whether it is granted. */
  sign: (signature: { code: string; pin: string; reason: string }) => Promise<boolean>
  /** Puts it on the screens of those who may. */
  ask: (reason: string) => void
  escalate: (reason: string) => void
  withdraw: () => void
}

/** Follows one decision: whether somebody is needed, who was asked, and what they said, as it happens. */
export function useApproval(request: ApprovalRequest | null): ApprovalControl {
  const question = request && {
    kinds: request.kinds,
    amount: request.amount,
    compensation: request.compensation,
    currency: request.currency,
    atLeast: request.atLeast,
  }
  const limits = useQuery(
    api.approvals.limits.queryOptions({
      input: question ?? { kinds: ['normal'], amount: 0, currency: 'CNY' },
      enabled: question !== null,
    }),
  )
  const needed = request !== null && limits.data?.needed != null
  const current = useQuery(
    api.approvals.current.queryOptions({
      input: { ...(question ?? nothing), subject: request?.subject ?? noSubject },
      enabled: needed,
      staleTime: 0,
    }),
  )
  const approval = needed ? (current.data ?? null) : null
  const phase: ApprovalPhase =
    request === null || !limits.data
      ? 'unknown'
      : !needed
        ? 'free'
        : current.isLoading
          ? 'unknown'
          : phaseOf(approval)
  useWithdrawStale(request, approval)

  const ask = useCommand(desk.approvals.request)
  const sign = useCommand(desk.approvals.sign)
  const escalate = useCommand(desk.approvals.escalate)
  const withdraw = useCommand(desk.approvals.withdraw)
  const commands = [ask, sign, escalate, withdraw]
  const refresh = () => void current.refetch()
  const forget = () => {
    for (const command of commands) command.reset()
  }
  const seen = approval && { approvalId: approval.id, version: approval.version }

  return {
    phase,
    approvalId: phase === 'granted' ? (approval?.id ?? null) : null,
    request,
    limits: limits.data,
    approval,
    error: commands.find((each) => each.error)?.error ?? limits.error ?? current.error,
    busy: commands.some((each) => each.isPending),
    sign: async ({ code, pin, reason }) => {
      if (!request) return false
      forget()
      try {
        const { id } =
          approval && phase === 'waiting' ? approval : await ask.mutateAsync({ ...request, reason })
        await sign.mutateAsync({ approvalId: id, code, pin })
        await current.refetch()
        return true
      } catch {
        // The refusal stands in `error`; a request that was written meanwhile is waiting now.
        refresh()
        return false
      }
    },
    ask: (reason) => {
      forget()
      if (request) ask.mutate({ ...request, reason }, { onSettled: refresh })
    },
    escalate: (reason) => {
      forget()
      if (seen) escalate.mutate({ ...seen, reason }, { onSettled: refresh })
    },
    withdraw: () => {
      forget()
      if (seen) withdraw.mutate({ ...seen, reason: 'withdrawn' }, { onSettled: refresh })
    },
  }
}

const nothing = { kinds: ['normal'], amount: 0, currency: 'CNY' } satisfies Inputs['limits']
const noSubject = { type: 'none', id: 'none', hash: '0'.repeat(64) }

function phaseOf(approval: Outputs['current']): ApprovalPhase {
  switch (approval?.state) {
    case 'granted':
      // A yes that came too long ago has to be given anew.
      return approval.expired ? 'needed' : 'granted'
    case 'denied':
      return 'denied'
    case 'requested':
    case 'escalated':
      return 'waiting'
    case 'void':
    case 'used':
    case undefined:
      return 'needed'
  }
}

/** A changed draft takes its approval back at once, so that nobody signs what is no longer asked. */
function useWithdrawStale(request: ApprovalRequest | null, approval: Outputs['current']): void {
  const last = useRef<NonNullable<Outputs['current']> | null>(null)
  const hash =
    request &&
    `${request.subject.hash} ${request.amount} ${request.compensation ?? ''} ${request.kinds.join()}`
  const lastHash = useRef(hash)
  useEffect(() => {
    if (hash !== null && lastHash.current !== hash) {
      const stale = last.current
      if (stale && stale.subject.type === request?.subject.type && stale.may.withdraw) {
        void desk.approvals
          .withdraw({ approvalId: stale.id, version: stale.version, reason: 'changed' })
          .catch(() => undefined)
      }
      last.current = null
      lastHash.current = hash
    }
    if (approval && approval.subject.hash === request?.subject.hash) last.current = approval
  }, [hash, approval, request])
}
