import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'

import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { type Claim, RefuseDialog } from '../ui/refuse-dialog.tsx'
import { useCommand } from '../ui/use-command.ts'
import type { Answers, LineRights } from '../ui/rights.ts'
import type { Sale, SaleLine } from './sale.ts'

interface RefuseLineProps {
  sale: Sale
  line: SaleLine
  rights: LineRights
  claims: readonly Claim[]
  answers: Answers
  onClose: () => void
}

/** Denies a claim about a line of a sale, by what the rules say of it. */
export function RefuseLine({ sale, line, rights, claims, answers, onClose }: RefuseLineProps) {
  const navigate = useNavigate()
  const [claim, choose] = useState<Claim | undefined>(claims.length === 1 ? claims[0] : undefined)
  const asked = {
    receiptId: sale.id,
    saleLineId: line.id,
    units: rights.units,
    claim: claim ?? 'refund',
    answers,
  }
  const draft = useQuery(
    api.rights.draftRefusal.queryOptions({ input: asked, enabled: claim !== undefined }),
  )
  const refuse = useCommand(desk.rights.refuseClaim, {
    onDone: ({ id }) => void navigate(`${paths.refusal(id)}?done=1`),
  })
  return (
    <RefuseDialog
      name={line.name}
      claims={claims}
      claim={claim}
      onClaim={choose}
      draft={draft.data}
      error={refuse.error ?? draft.error}
      busy={refuse.isPending}
      known={{ name: sale.customer?.name ?? '', phone: sale.customer?.phoneMasked ?? '' }}
      onCommit={(words) => refuse.mutate({ ...asked, ...words })}
      onClose={onClose}
    />
  )
}
