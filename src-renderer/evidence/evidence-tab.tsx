import type { CaseTabProps } from '../app/room.ts'
import './evidence.css'
import { HoldPanel } from './hold-panel.tsx'
import { MessagesPanel } from './messages-panel.tsx'
import { PacksPanel } from './packs-panel.tsx'
import { TopPanel } from './top-panel.tsx'

/** Risk and evidence of a case: what the top decided, the hold, who was told, and what was handed out. */
export default function EvidenceTab({ caseId, open }: CaseTabProps) {
  return (
    <div className="evidence-columns">
      <div>
        <TopPanel caseId={caseId} open={open} />
        <HoldPanel caseId={caseId} />
        <PacksPanel caseId={caseId} />
      </div>
      <div>
        <MessagesPanel caseId={caseId} open={open} />
      </div>
    </div>
  )
}
