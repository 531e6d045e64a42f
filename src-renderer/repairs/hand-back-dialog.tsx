import { useQuery } from '@tanstack/react-query'
import { Checkbox, Input } from 'antd'
import type { InputRef } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { takers } from '../../src-main/repairs/contract.ts'
import { api, desk } from '../app/client.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { useScanner } from '../input/use-scanner.tsx'
import { ApproverBox } from '../ui/approver-box.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Money } from '../ui/money.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { type Signature, SignaturePad } from '../ui/signature-pad.tsx'
import { useApproval } from '../ui/use-approval.ts'
import { Pick, TextField, useStep } from './dialog-parts.tsx'
import { codeOfScan, type Repair } from './repair.ts'

/** As much as the desk takes. */
const longestCode = 20

type Taker = (typeof takers)[number]

interface HandBackProps {
  repair: Repair
  /** The code as it was scanned before; empty where none was. */
  scanned: string
  close: () => void
  onDone: () => void
}

/** Ready goods go back: pickup code or a manager, who takes them, what of the accessories is there, a signature. */
export function HandBackDialog({ repair, scanned, close, onDone }: HandBackProps) {
  const { t } = useTranslation()
  const ready = repair.items.filter(({ reception }) => reception === 'ready')
  const [itemIds, setItemIds] = useState<readonly number[]>(ready.map(({ id }) => id))
  const [code, setCode] = useState(scanned)
  const [hasCode, setHasCode] = useState(true)
  const [identity, setIdentity] = useState('')
  const [whom, setWhom] = useState<Taker>('self')
  const [name, setName] = useState(repair.contact.name)
  const [phone, setPhone] = useState('')
  const [gone, setGone] = useState<readonly number[]>([])
  const [signature, setSignature] = useState<Signature | null>(null)
  const codeField = useRef<InputRef>(null)
  const chosen = ready.filter(({ id }) => itemIds.includes(id))
  const accessories = chosen.flatMap((item) => item.accessories)

  const authority = useQuery(
    api.repairs.handBackApproval.queryOptions({
      input: { repairId: repair.id, itemIds: [...itemIds] },
      enabled: !hasCode && itemIds.length > 0,
    }),
  )
  const approval = useApproval(
    !hasCode && authority.data ? { ...authority.data, caseId: repair.caseId } : null,
  )
  const isApproved = approval.phase === 'granted' || approval.phase === 'free'
  const handBack = useStep(desk.repairs.handBack, () => {
    close()
    onDone()
  })
  useScanner((text) => {
    setHasCode(true)
    setCode(codeOfScan(text, repair.number) ?? text.trim().toUpperCase().slice(0, longestCode))
    return true
  })
  // A wrong code is typed once more.
  useEffect(() => {
    if (handBack.error && hasCode) codeField.current?.select()
  }, [handBack.error, hasCode])

  const missing =
    chosen.length === 0
      ? 'items'
      : hasCode && code.trim() === ''
        ? 'code'
        : !hasCode && identity.trim() === ''
          ? 'identity'
          : !hasCode && !isApproved
            ? 'approval'
            : name.trim() === ''
              ? 'name'
              : whom !== 'self' && phone.trim() === ''
                ? 'phone'
                : signature === null
                  ? 'signature'
                  : null
  const send = () =>
    handBack.mutate({
      repairId: repair.id,
      version: repair.version,
      itemIds: chosen.map(({ id }) => id),
      code: hasCode ? code.trim() : null,
      approvalIds: approval.approvalId === null ? [] : [approval.approvalId],
      taker: { whom, name: name.trim(), phone: phone.trim(), identity: identity.trim() },
      missingAccessoryIds: accessories.filter(({ id }) => gone.includes(id)).map(({ id }) => id),
      signature: signature?.kind === 'drawn' ? signature.sha256 : null,
      signedOnPaper: signature?.kind === 'paper',
    })
  return (
    <ConfirmDialog
      open
      width={1000}
      title={t('repairs:handBack.title')}
      confirmLabel={t('repairs:handBack.confirm')}
      busy={handBack.isPending}
      unready={missing !== null}
      onCancel={close}
      onConfirm={send}
    >
      <RefusalAlert error={handBack.error ?? authority.error} />
      <Due repair={repair} />
      <div className="repair-hand-back">
        <div>
          <div className="field-row">
            {hasCode ? (
              <Field label={t('repairs:handBack.code')} hint={t('repairs:handBack.codeHint')}>
                {(id) => (
                  <Input
                    id={id}
                    ref={codeField}
                    className="repair-code"
                    value={code}
                    maxLength={longestCode}
                    autoComplete="off"
                    spellCheck={false}
                    data-scan="true"
                    onChange={(event) => setCode(event.target.value.toUpperCase())}
                  />
                )}
              </Field>
            ) : (
              <TextField
                label={t('repairs:handBack.identity')}
                hint={t('repairs:handBack.identityHint')}
                value={identity}
                maxLength={60}
                onChange={setIdentity}
              />
            )}
            <OtherProof hasCode={hasCode} onChange={setHasCode} />
          </div>
          {hasCode ? null : <ApproverBox approval={approval} />}
          <Pick
            label={t('repairs:handBack.whom')}
            value={whom}
            options={takers.map((value) => ({ value, label: t(`repairs:taker.${value}`) }))}
            onChange={setWhom}
          />
          <div className="field-row">
            <TextField
              label={t('repairs:handBack.name')}
              value={name}
              maxLength={40}
              onChange={setName}
            />
            {whom === 'self' ? null : (
              <TextField
                label={t('repairs:handBack.phone')}
                value={phone}
                maxLength={40}
                onChange={setPhone}
              />
            )}
          </div>
          {ready.length > 1 ? (
            <Checks
              label={t('repairs:handBack.items')}
              options={ready.map((item) => ({ id: item.id, label: `${item.tagNo} ${item.name}` }))}
              chosen={itemIds}
              onChange={setItemIds}
            />
          ) : null}
          {accessories.length > 0 ? (
            <Checks
              label={t('repairs:handBack.accessories')}
              options={accessories.map(({ id, name: label }) => ({ id, label }))}
              chosen={accessories.map(({ id }) => id).filter((id) => !gone.includes(id))}
              onChange={(there) =>
                setGone(accessories.map(({ id }) => id).filter((id) => !there.includes(id)))
              }
            />
          ) : null}
        </div>
        <SignaturePad
          label={t('repairs:handBack.signature')}
          value={signature}
          onChange={setSignature}
        />
      </div>
      {missing === null ? null : (
        <p className="row-note" role="status">
          {t(`repairs:handBack.missing.${missing}`)}
        </p>
      )}
    </ConfirmDialog>
  )
}

/** Alt+N: the stub is lost, so a manager signs; or it is found again. */
function OtherProof({
  hasCode,
  onChange,
}: {
  hasCode: boolean
  onChange: (hasCode: boolean) => void
}) {
  const { t } = useTranslation()
  const label = t(`repairs:handBack.${hasCode ? 'noCode' : 'hasCode'}`)
  const change = () => onChange(!hasCode)
  useHotkeys([{ keys: 'Alt+N', label, run: change }])
  return (
    <div className="repair-code-other">
      <button type="button" className="rights-choice" aria-keyshortcuts="Alt+N" onClick={change}>
        <KeyCap keys="Alt+N" /> {label}
      </button>
    </div>
  )
}

function Due({ repair }: { repair: Repair }) {
  const { t } = useTranslation()
  if (repair.due === 0) return <p className="row-note">{t('repairs:handBack.paid')}</p>
  return (
    <p className="repair-figures">
      {t('repairs:handBack.due')}{' '}
      <Money amount={repair.due} currency={repair.currency} size="large" />
    </p>
  )
}

interface ChecksProps {
  label: string
  options: readonly { id: number; label: string }[]
  chosen: readonly number[]
  onChange: (chosen: readonly number[]) => void
}

function Checks({ label, options, chosen, onChange }: ChecksProps) {
  return (
    <fieldset className="field repair-pick">
      <legend>{label}</legend>
      {options.map((each) => (
        <Checkbox
          key={each.id}
          checked={chosen.includes(each.id)}
          onChange={({ target }) =>
            onChange(target.checked ? [...chosen, each.id] : chosen.filter((id) => id !== each.id))
          }
        >
          {each.label}
        </Checkbox>
      ))}
    </fieldset>
  )
}
