import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import { refusableClaims } from '../../src-main/rights/contract.ts'
import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { LoadingState } from '../ui/states.tsx'
import { useCommand } from '../ui/use-command.ts'
import { useStore } from '../ui/store-context.ts'
import { writeDate } from '../ui/dates.ts'
import type { Answer, Answers, LineRights, Verdict } from './rights.ts'
import type { Sale, SaleLine } from './sale.ts'

type Claim = (typeof refusableClaims)[number]

/** Claims a customer with that reason may make and the rules deny for good: only those may get a paper that says no. */
export function deniedClaims(verdict: Verdict, reason: Answer['reason']): Claim[] {
  const asked = refusableClaims.filter(
    (claim) => claim !== 'price_difference' || reason === 'price',
  )
  return asked.filter((claim) =>
    verdict.remedies.some(
      (each) => each.remedy === claim && !each.allowed && each.open.length === 0,
    ),
  )
}

interface RefuseDialogProps {
  sale: Sale
  line: SaleLine
  rights: LineRights
  claims: readonly Claim[]
  answers: Answers
  onClose: () => void
}

/** A no on paper: which claim, why, what is left to do; nothing here can deny what the rules allow. */
export function RefuseDialog({ sale, line, rights, claims, answers, onClose }: RefuseDialogProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [claim, choose] = useState<Claim | undefined>(claims.length === 1 ? claims[0] : undefined)
  const [words, setWords] = useState({ statement: '', note: '', name: '', phone: '' })
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
  const say = (part: Partial<typeof words>) => setWords((now) => ({ ...now, ...part }))
  const commit = () => {
    if (!draft.data) return
    refuse.mutate({
      ...asked,
      statement: words.statement.trim(),
      note: words.note.trim(),
      contact: { name: words.name.trim(), phone: words.phone.trim() },
    })
  }
  return (
    <ConfirmDialog
      open
      danger
      width={760}
      focusField={claims.length === 1}
      title={t('sales:refuse.title', { name: line.name })}
      confirmLabel={t('sales:refuse.confirm')}
      busy={refuse.isPending}
      unready={draft.data === undefined}
      onConfirm={commit}
      onCancel={onClose}
    >
      <ClaimKeys claims={claims} onChoose={choose} />
      <RefusalAlert error={refuse.error ?? draft.error} />
      <fieldset className="rights-question">
        <legend>{t('sales:refuse.which')}</legend>
        <div className="rights-choices">
          {claims.map((each, index) => (
            <button
              key={each}
              type="button"
              className={each === claim ? 'rights-choice rights-chosen' : 'rights-choice'}
              aria-pressed={each === claim}
              onClick={() => choose(each)}
            >
              <KeyCap keys={String(index + 1)} /> {t(`sales:refuse.claim.${each}`)}
            </button>
          ))}
        </div>
      </fieldset>
      {claim === undefined ? null : draft.data ? (
        <Draft draft={draft.data} />
      ) : draft.error ? null : (
        <LoadingState />
      )}
      <Field label={t('sales:refuse.statement')} wide>
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
      <Field label={t('sales:refuse.note')} wide>
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
        <Field label={t('sales:refuse.name')}>
          {(id) => (
            <Input
              id={id}
              value={words.name}
              maxLength={40}
              placeholder={sale.customer?.name ?? ''}
              onChange={(event) => say({ name: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('sales:refuse.phone')}>
          {(id) => (
            <Input
              id={id}
              value={words.phone}
              maxLength={30}
              placeholder={sale.customer?.phoneMasked ?? ''}
              onChange={(event) => say({ phone: event.target.value })}
            />
          )}
        </Field>
      </div>
    </ConfirmDialog>
  )
}

function ClaimKeys({
  claims,
  onChoose,
}: {
  claims: readonly Claim[]
  onChoose: (claim: Claim) => void
}) {
  const { t } = useTranslation()
  useHotkeys(
    claims.map((each, index) => ({
      keys: String(index + 1),
      label: t(`sales:refuse.claim.${each}`),
      run: () => onChoose(each),
    })),
  )
  return null
}

type DraftView = Awaited<ReturnType<typeof desk.rights.draftRefusal>>

/** What the paper will say, before it is written. */
function Draft({ draft }: { draft: DraftView }) {
  const { t, i18n } = useTranslation()
  const { today } = useStore()
  const tongue = i18n.language === 'zh-CN' ? 'zh' : 'en'
  return (
    <div className="refuse-draft">
      <h2>{t('sales:refuse.why')}</h2>
      <ul>
        {draft.grounds.map((each) => (
          <li key={each.zh}>{each[tongue]}</li>
        ))}
      </ul>
      {draft.rules.length > 0 ? (
        <p className="row-note">{draft.rules.map((each) => each.basis[tongue]).join('；')}</p>
      ) : null}
      <h2>{t('sales:refuse.wayOn')}</h2>
      <ul>
        {draft.wayOns.map(({ kind, until }) => (
          <li key={kind}>
            {t(`sales:refuse.wayOns.${kind}`)}
            {until === null
              ? null
              : ` ${t('sales:refuse.until', { date: writeDate(until, today, i18n.language) })}`}
          </li>
        ))}
      </ul>
    </div>
  )
}
