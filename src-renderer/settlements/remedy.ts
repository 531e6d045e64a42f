import type { InferClientInputs, InferClientOutputs } from '@orpc/client'
import { useQueryClient } from '@tanstack/react-query'

import type { desk } from '../app/client.ts'

type Outputs = InferClientOutputs<typeof desk>
export type Investigation = Outputs['investigations']['of']
export type Certificate = Investigation['certificates'][number]
export type Settling = Outputs['settlements']['of']
export type Settlement = Settling['settlements'][number]
export type SettlementItem = Settlement['options'][number]['items'][number]
export type LedgerEntry = Settling['ledger'][number]
export type Timer = NonNullable<Settlement['timer']>
export type Proposal = InferClientInputs<typeof desk>['settlements']['propose']
export type OptionDraft = Proposal['options'][number]

/** What a dialog of the tab is told. */
export interface RemedyDialogProps {
  complaintId: number
  found: Investigation
  settling: Settling
  close: () => void
}

/** Both rooms are read anew once a dialog has written something; everything else follows the desk's own changes. */
export function useRefresh(close: () => void): () => void {
  const cache = useQueryClient()
  return () => {
    close()
    for (const room of ['investigations', 'settlements', 'complaints', 'cases']) {
      void cache.invalidateQueries({ queryKey: [[room]] })
    }
  }
}
