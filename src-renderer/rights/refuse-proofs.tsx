import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import { proofGrounds } from '../../src-main/rights/contract.ts'
import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { ApproverBox } from '../ui/approver-box.tsx'
import { KeyChoices } from '../ui/key-choices.tsx'
import { type Claim, claimsFor, deniedClaims, RefuseDialog } from '../ui/refuse-dialog.tsx'
import { useApproval } from '../ui/use-approval.ts'
import { useCommand } from '../ui/use-command.ts'
import type { ProofSet } from './proof-form.ts'

type Ground = (typeof proofGrounds)[number]

/** On what each claim can be denied: by the rules, or because weak proofs do not show the purchase. */
export function groundsOf(set: ProofSet): Map<Claim, Ground[]> {
  const denied = set.verdict ? deniedClaims(set.verdict, set.reason) : []
  const isWeak = set.strength !== 'strong'
  const grounds = new Map<Claim, Ground[]>()
  if (set.verdict === null) return grounds
  for (const claim of claimsFor(set.reason)) {
    const ofClaim = proofGrounds.filter((each) =>
      each === 'rules' ? denied.includes(claim) : isWeak,
    )
    if (ofClaim.length > 0) grounds.set(claim, ofClaim)
  }
  return grounds
}

interface RefuseProofsProps {
  set: ProofSet
  onClose: () => void
}

/** Denies a claim made on proofs without a sale; where the proofs do not do, who decides on them signs the no. */
export function RefuseProofs({ set, onClose }: RefuseProofsProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const grounds = groundsOf(set)
  const claims = [...grounds.keys()]
  const [claim, chooseClaim] = useState<Claim | undefined>(
    claims.length === 1 ? claims[0] : undefined,
  )
  const [chosen, chooseGround] = useState<Ground | null>(null)
  const mayBe = (claim && grounds.get(claim)) ?? []
  const ground = mayBe.find((each) => each === chosen) ?? mayBe[0] ?? null
  const asked = {
    proofSetId: set.id,
    claim: claim ?? 'refund',
    ground: ground ?? 'rules',
  }
  const draft = useQuery(
    api.rights.draftProofRefusal.queryOptions({ input: asked, enabled: ground !== null }),
  )
  const authority = draft.data?.approval ?? null
  const approval = useApproval(authority)
  const refuse = useCommand(desk.rights.refuseProofs, {
    onDone: ({ id }) => void navigate(`${paths.refusal(id)}?done=1`),
  })
  return (
    <RefuseDialog
      name={set.goods}
      claims={claims}
      claim={claim}
      onClaim={chooseClaim}
      draft={ground === null ? undefined : draft.data}
      error={refuse.error ?? draft.error}
      busy={refuse.isPending}
      unready={authority?.needed != null && approval.phase !== 'granted'}
      known={{ name: set.contactName, phone: set.contactPhoneMasked }}
      onCommit={(words) =>
        refuse.mutate({
          ...asked,
          ...words,
          approvalIds: approval.approvalId === null ? [] : [approval.approvalId],
        })
      }
      onClose={onClose}
    >
      {mayBe.length > 0 ? (
        <KeyChoices
          legend={t('rights:refuse.ground.legend')}
          choices={mayBe.map((value) => ({
            keys: `Alt+${proofGrounds.indexOf(value) + 1}`,
            value,
            label: t(`rights:refuse.ground.${value}`),
          }))}
          value={ground}
          onChoose={chooseGround}
        />
      ) : null}
      <ApproverBox approval={approval} />
    </RefuseDialog>
  )
}
