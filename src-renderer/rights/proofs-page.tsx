import { CheckOutlined, FileSearchOutlined, StopOutlined, ToolOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'

import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { type Action, ActionBar } from '../ui/action-bar.tsx'
import { AttachmentsPanel } from '../ui/attachment-list.tsx'
import { BusinessDate, Moment } from '../ui/business-date.tsx'
import { formatProofValue } from './proof-text.ts'
import { HoldMark } from '../ui/hold-mark.tsx'
import { Money } from '../ui/money.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { ReasonDialog } from '../ui/reason-dialog.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { LoadingState } from '../ui/states.tsx'
import { Tag } from '../ui/tag.tsx'
import { Thumbnail } from '../ui/thumbnail.tsx'
import { useCommand } from '../ui/use-command.ts'
import { useSubject } from '../ui/use-subject.ts'
import { RemedyList } from './claim-verdict.tsx'
import type { ProofSet } from './proof-form.ts'
import { groundsOf, RefuseProofs } from './refuse-proofs.tsx'
import { StrengthPanel } from './strength-panel.tsx'
import './rights.css'

/** Proofs as they were taken down: what there was, how strong together, what was decided on them. */
export default function ProofsPage() {
  const { t } = useTranslation()
  const proofSetId = Number(useParams()['proofSetId'])
  const set = useQuery(api.rights.openProofs.queryOptions({ input: { proofSetId } }))
  if (set.data) return <ProofsView key={set.data.id} set={set.data} />
  return (
    <Page title={t('rights:proof.setTitle')}>
      <PageHeader title={t('rights:proof.setTitle')} />
      {set.error ? <RefusalAlert error={set.error} /> : <LoadingState />}
    </Page>
  )
}

function ProofsView({ set }: { set: ProofSet }) {
  const { t, i18n } = useTranslation()
  const navigate = useNavigate()
  const { receiptId } = set
  const [isSettling, setSettling] = useState(false)
  const [query] = useSearchParams()
  const mayRefuse = set.isOpen && groundsOf(set).size > 0
  const [isRefusing, setRefusing] = useState(mayRefuse && query.has('refuse'))
  const settle = useCommand(desk.rights.settleProofs, { onDone: () => setSettling(false) })
  const { may } = useSession()
  useSubject(receiptId === null ? { proofSetId: set.id } : { receiptId })
  const actions: Action[] = []
  if (receiptId !== null) {
    actions.push({
      keys: 'Ctrl+↑',
      label: t('rights:proof.toSale'),
      icon: <FileSearchOutlined />,
      run: () => void navigate(`${paths.sale(receiptId)}?proof=${set.id}`),
    })
  }
  const { refusal } = set
  if (refusal) {
    actions.push({
      keys: 'Ctrl+↑',
      label: t('rights:proof.toRefusal'),
      icon: <FileSearchOutlined />,
      run: () => void navigate(paths.refusal(refusal.id)),
    })
  }
  if (set.isOpen && receiptId === null && may('repairs.record')) {
    actions.push({
      keys: 'F7',
      label: t('rights:proof.repairNow'),
      icon: <ToolOutlined />,
      run: () => void navigate(paths.newRepair({ proofSetId: set.id })),
    })
  }
  if (mayRefuse) {
    actions.push({
      keys: 'Alt+J',
      label: t('rights:proof.refuse'),
      icon: <StopOutlined />,
      run: () => setRefusing(true),
    })
  }
  if (set.isOpen) {
    actions.push({
      keys: 'Alt+G',
      label: t('rights:proof.settle'),
      icon: <CheckOutlined />,
      run: () => setSettling(true),
    })
  }
  return (
    <Page
      title={t('rights:proof.setTitle')}
      footer={actions.length > 0 ? <ActionBar actions={actions} /> : undefined}
    >
      <PageHeader
        title={t('rights:proof.setOf', { goods: set.goods })}
        mark={
          <>
            {set.proven ? (
              <Tag tone="good">{t('rights:refusal.proven')}</Tag>
            ) : (
              <Tag tone="risk">{t('rights:refusal.unproven')}</Tag>
            )}{' '}
            <HoldMark caseId={set.caseId} />
          </>
        }
        facts={[
          `${t('rights:proof.caseNo', { id: set.caseId })} · ${t(`rights:proof.${set.isOpen ? 'open' : 'settled'}`)}`,
          receiptId === null ? (
            t('rights:proof.noSale')
          ) : (
            <Link key="sale" to={paths.sale(receiptId)}>
              {t('rights:refusal.ofReceipt', { number: set.receiptNo })}
            </Link>
          ),
          <BusinessDate key="sold" date={set.soldOn} distance="ago" />,
          <Money key="paid" amount={set.paidAmount} currency={set.currency} />,
          <span key="by">
            {t('rights:refusal.by', { name: set.recordedBy })} <Moment at={set.recordedAt} />
          </span>,
          [set.contactName, set.contactPhoneMasked].filter(Boolean).join(' '),
        ]}
      />
      <div className="proof-columns">
        <Panel title={t('rights:proof.taken')}>
          <ul className="proof-list">
            {set.proofs.map((proof, index) => (
              // Proofs of a set never change, and two of one kind have nothing else to tell them apart.
              <li key={index}>
                <strong>{t(`rights:proof.kind.${proof.kind}`)}</strong>{' '}
                <Tag
                  tone={
                    proof.standing === 'agrees'
                      ? 'good'
                      : proof.standing === 'alone'
                        ? 'plain'
                        : 'risk'
                  }
                >
                  {t(`rights:proof.standing.${proof.standing}`)}
                </Tag>{' '}
                <span className="proof-weight">+{proof.weight}</span>
                <span className="row-note proof-detail">
                  {formatProofValue(proof.detail, set.currency, i18n.language)}
                </span>
                {proof.sha256 === null ? null : (
                  <Thumbnail
                    file={{ sha256: proof.sha256, mediaType: 'image/jpeg', name: '' }}
                    alt={t('rights:proof.photoAlt')}
                  />
                )}
              </li>
            ))}
          </ul>
        </Panel>
        <div>
          <AttachmentsPanel subject={{ type: 'proof', id: set.id }} label={set.goods} />
          <Panel title={t('rights:proof.together')}>
            <StrengthPanel score={set.score} strength={set.strength} approver={set.approver} />
          </Panel>
          {set.verdict ? (
            <Panel title={t('rights:proof.verdict')}>
              <RemedyList verdict={set.verdict} />
            </Panel>
          ) : null}
        </div>
      </div>
      {isRefusing && set.isOpen ? (
        <RefuseProofs set={set} onClose={() => setRefusing(false)} />
      ) : null}
      <ReasonDialog
        open={isSettling}
        title={t('rights:proof.settle')}
        hint={t('rights:proof.settleHint')}
        label={t('rights:proof.outcome')}
        confirmLabel={t('rights:proof.settle')}
        error={settle.error}
        busy={settle.isPending}
        onReason={(outcome) => settle.mutate({ proofSetId: set.id, outcome })}
        onCancel={() => setSettling(false)}
      />
    </Page>
  )
}
