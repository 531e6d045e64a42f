import type { InferClientOutputs } from '@orpc/client'
import { Input } from 'antd'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import type { refusableClaims } from '../../src-main/rights/contract.ts'
import type { desk } from '../app/client.ts'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { writeDate } from './dates.ts'
import { Field } from './field.tsx'
import { KeyChoices } from './key-choices.tsx'
import { RefusalAlert } from './refusal-alert.tsx'
import { LoadingState } from './states.tsx'
import { useStore } from './store-context.ts'

export type Claim = (typeof refusableClaims)[number]
type Rights = InferClientOutputs<typeof desk>['rights']
type Draft = Pick<Rights['draftRefusal'], 'grounds' | 'rules' | 'wayOns'>

/** Claims a customer with that reason may make: the price is a matter only where they came for it. */
export function claimsFor(reason: string | null | undefined): Claim[] {
  const claims: Claim[] = ['refund', 'exchange', 'repair']
  return reason === 'price' ? [...claims, 'price_difference'] : claims
}

/** Claims the rules deny for good: nothing that is still open could change them. */
export function deniedClaims(
  verdict: Pick<NonNullable<Rights['openProofs']['verdict']>, 'remedies'>,
  reason: string | null | undefined,
): Claim[] {
  return claimsFor(reason).filter((claim) =>
    verdict.remedies.some(
      (each) => each.remedy === claim && !each.allowed && each.open.length === 0,
    ),
  )
}

/** What is written beside the grounds. */
export interface RefusalWords {
  statement: string
  note: string
  contact: { name: string; phone: string }
}

interface RefuseDialogProps {
  name: string
  claims: readonly Claim[]
  claim: Claim | undefined
  onClaim: (claim: Claim) => void
  /** What the paper will say; undefined while it is asked for. */
  draft: Draft | undefined
  error: unknown
  busy: boolean
  /** Something else is missing before the paper can be written. */
  unready?: boolean
  known: { name: string; phone: string }
  /** Between the claim and the grounds. */
  children?: ReactNode
  onCommit: (words: RefusalWords) => void
  onClose: () => void
}

/** A no on paper: which claim, why, what is left to do; nothing here can deny what the rules allow. */
export function RefuseDialog(props: RefuseDialogProps) {
  const { name, claims, claim, onClaim, draft, error, busy, unready, known, children } = props
  const { t } = useTranslation()
  const [words, setWords] = useState({ statement: '', note: '', name: '', phone: '' })
  const say = (part: Partial<typeof words>) => setWords((now) => ({ ...now, ...part }))
  const commit = () =>
    props.onCommit({
      statement: words.statement.trim(),
      note: words.note.trim(),
      contact: { name: words.name.trim(), phone: words.phone.trim() },
    })
  return (
    <ConfirmDialog
      open
      danger
      width={760}
      focusField={claims.length === 1}
      title={t('rights:refuse.title', { name })}
      confirmLabel={t('rights:refuse.confirm')}
      busy={busy}
      unready={draft === undefined || unready === true}
      onConfirm={commit}
      onCancel={props.onClose}
    >
      <RefusalAlert error={error} />
      <KeyChoices
        legend={t('rights:refuse.which')}
        choices={claims.map((value, index) => ({
          keys: String(index + 1),
          value,
          label: t(`rights:refuse.claim.${value}`),
        }))}
        value={claim}
        onChoose={onClaim}
      />
      {children}
      {claim === undefined ? null : draft ? (
        <RefusalDraft draft={draft} />
      ) : error ? null : (
        <LoadingState />
      )}
      <Field label={t('rights:refuse.statement')} wide>
        {(id) => (
          <Input.TextArea
            id={id}
            value={words.statement}
            maxLength={2000}
            autoSize={{ minRows: 1, maxRows: 4 }}
            onChange={(event) => say({ statement: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('rights:refuse.note')} wide>
        {(id) => (
          <Input
            id={id}
            value={words.note}
            maxLength={1000}
            onChange={(event) => say({ note: event.target.value })}
          />
        )}
      </Field>
      <div className="form-row">
        <Field label={t('rights:refuse.name')}>
          {(id) => (
            <Input
              id={id}
              value={words.name}
              maxLength={40}
              placeholder={known.name}
              onChange={(event) => say({ name: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('rights:refuse.phone')}>
          {(id) => (
            <Input
              id={id}
              value={words.phone}
              maxLength={30}
              placeholder={known.phone}
              onChange={(event) => say({ phone: event.target.value })}
            />
          )}
        </Field>
      </div>
    </ConfirmDialog>
  )
}

/** What the paper will say, before it is written. */
function RefusalDraft({ draft }: { draft: Draft }) {
  const { t, i18n } = useTranslation()
  const { today } = useStore()
  const tongue = i18n.language === 'zh-CN' ? 'zh' : 'en'
  return (
    <div className="refuse-draft">
      <h2>{t('rights:refusal.why')}</h2>
      <ul>
        {draft.grounds.map((each) => (
          <li key={each.zh}>{each[tongue]}</li>
        ))}
      </ul>
      {draft.rules.length > 0 ? (
        <p className="row-note">{draft.rules.map((each) => each.basis[tongue]).join('；')}</p>
      ) : null}
      <h2>{t('rights:refusal.wayOn')}</h2>
      <ul>
        {draft.wayOns.map(({ kind, until }) => (
          <li key={kind}>
            {t(`rights:refusal.wayOns.${kind}`)}
            {until === null
              ? null
              : ` ${t('rights:refusal.until', { date: writeDate(until, today, i18n.language) })}`}
          </li>
        ))}
      </ul>
    </div>
  )
}
