import { useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { api } from '../app/client.ts'
import type { CaseTabProps } from '../app/room.ts'
import { useSession } from '../app/session.ts'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { AnswerDialog } from './answer-dialog.tsx'
import { CostsPanel } from './costs-panel.tsx'
import { CertificateDialog, EffortDialog, OutlayDialog } from './cost-dialogs.tsx'
import { CloseDialog } from './close-dialog.tsx'
import { ExecuteDialog } from './execute-dialog.tsx'
import { FactDialog, FindingDialog, ReopenDialog } from './finding-dialogs.tsx'
import { FindingsPanel } from './findings-panel.tsx'
import { FlowSteps, stepOf } from './flow-steps.tsx'
import { LetterDialog } from './letter-dialog.tsx'
import { LettersPanel } from './letters-panel.tsx'
import { PaperDialog, type RemedyPaper } from './paper-dialog.tsx'
import { ProposeDialog } from './propose-dialog.tsx'
import { SettlementPanel } from './settlement-panel.tsx'
import { SplitDialog } from './split-dialog.tsx'
import './settlements.css'

/** What stands over the tab; a fact and an item say which. */
export type RemedyDialog =
  | { name: 'finding' | 'reopen' | 'certificate' | 'outlay' | 'effort' | 'split' }
  | { name: 'propose' | 'answer' | 'letter' | 'give_up' | 'void' }
  | { name: 'fact'; fact: string }
  | { name: 'execute' | 'undo'; itemId: number }
  | { name: 'paper'; paper: RemedyPaper }

/** What was found out about a complaint, what it costs whom, and how it is settled. */
export default function RemedyTab({ complaintId }: CaseTabProps) {
  const { t } = useTranslation()
  if (complaintId === null) {
    return (
      <EmptyState title={t('settlements:noComplaint')} hint={t('settlements:noComplaintHint')} />
    )
  }
  return <Remedy complaintId={complaintId} />
}

function Remedy({ complaintId }: { complaintId: number }) {
  const input = { complaintId }
  const found = useQuery(api.investigations.of.queryOptions({ input }))
  const settling = useQuery(api.settlements.of.queryOptions({ input }))
  const { may } = useSession()
  const { t } = useTranslation()
  const [dialog, ask] = useState<RemedyDialog | null>(null)
  const error = found.error ?? settling.error
  if (!found.data || !settling.data)
    return error ? <RefusalAlert error={error} /> : <LoadingState />
  const about = {
    complaintId,
    found: found.data,
    settling: settling.data,
    mayWork: settling.data.open && may('complaints.record') && dialog === null,
    ask,
  }
  const shown = { complaintId, found: found.data, settling: settling.data, close: () => ask(null) }
  return (
    <div className="remedy">
      <FlowSteps now={stepOf(found.data, settling.data)} />
      {settling.data.atRisk ? (
        <Alert type="warning" showIcon title={t('settlements:atRisk')} />
      ) : null}
      <div className="remedy-columns">
        <div>
          <FindingsPanel {...about} />
          <CostsPanel {...about} />
        </div>
        <div>
          <SettlementPanel {...about} />
          <LettersPanel {...about} />
        </div>
      </div>
      <OpenDialog dialog={dialog} shown={shown} />
    </div>
  )
}

function OpenDialog({
  dialog,
  shown,
}: {
  dialog: RemedyDialog | null
  shown: Parameters<typeof FindingDialog>[0]
}) {
  switch (dialog?.name) {
    case undefined:
      return null
    case 'fact':
      return <FactDialog {...shown} fact={dialog.fact} />
    case 'finding':
      return <FindingDialog {...shown} />
    case 'reopen':
      return <ReopenDialog {...shown} />
    case 'certificate':
      return <CertificateDialog {...shown} />
    case 'outlay':
      return <OutlayDialog {...shown} />
    case 'effort':
      return <EffortDialog {...shown} />
    case 'split':
      return <SplitDialog {...shown} />
    case 'propose':
      return <ProposeDialog {...shown} />
    case 'answer':
      return <AnswerDialog {...shown} />
    case 'execute':
      return <ExecuteDialog {...shown} itemId={dialog.itemId} />
    case 'give_up':
    case 'void':
      return <CloseDialog {...shown} deed={dialog.name} itemId={null} />
    case 'undo':
      return <CloseDialog {...shown} deed="undo" itemId={dialog.itemId} />
    case 'letter':
      return <LetterDialog {...shown} />
    case 'paper':
      return <PaperDialog paper={dialog.paper} close={shown.close} />
  }
}
