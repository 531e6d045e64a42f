import { Alert, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { linkedKinds } from '../../src-main/settlements/contract.ts'
import { desk } from '../app/client.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { HolderFields, holderOf, noHolder } from '../ui/holder-fields.tsx'
import type { KeptFile } from '../ui/kept-file.ts'
import { Money } from '../ui/money.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useCommand } from '../ui/use-command.ts'
import { Proof } from './cost-dialogs.tsx'
import { type RemedyDialogProps, useRefresh } from './remedy.ts'

/** Carries one item out: a document proves it, money is told to the till, or it is said how it was done. */
export function ExecuteDialog(props: RemedyDialogProps & { itemId: number }) {
  const { settling, itemId, close } = props
  const { t } = useTranslation()
  const [latest] = settling.settlements
  const items = latest?.options.flatMap((option) => (option.agreed ? option.items : [])) ?? []
  const item = items.find(({ id }) => id === itemId)
  const isLinked = linkedKinds.some((kind) => kind === item?.kind)
  const letters = settling.letters.filter(({ voided }) => voided === null)
  const proofs = isLinked
    ? settling.documents.filter(({ type }) => type === item?.kind)
    : item?.kind === 'apology'
      ? letters
      : []
  const [proofId, setProof] = useState<number | null>(proofs[0]?.id ?? null)
  const [note, setNote] = useState('')
  const [file, setFile] = useState<KeptFile | null>(null)
  const [fields, setFields] = useState(noHolder)
  const refresh = useRefresh(close)
  const execute = useCommand(desk.settlements.execute, { onDone: refresh })
  if (!latest || !item) return null
  const isMoney = item.payHow !== null
  const isReady =
    isMoney || (isLinked ? proofId !== null : proofId !== null || note.trim().length >= 2)
  return (
    <ConfirmDialog
      open
      width={620}
      title={t('settlements:execute.title', { kind: t(`settlements:kind.${item.kind}`) })}
      confirmLabel={t(
        isMoney
          ? item.payHow === 'voucher'
            ? 'settlements:execute.issue'
            : 'settlements:execute.pay'
          : 'settlements:execute.done',
      )}
      busy={execute.isPending}
      unready={!isReady}
      onCancel={close}
      onConfirm={() =>
        execute.mutate({
          settlementId: latest.id,
          itemId,
          proofId: isMoney ? null : proofId,
          note: note.trim(),
          sha256: file?.sha256 ?? null,
          holder: item.payHow === 'voucher' ? holderOf(fields) : null,
          version: latest.version,
        })
      }
    >
      <RefusalAlert error={execute.error} />
      <p className="why">
        {item.what} {item.amount > 0 ? <Money amount={item.amount} size="large" /> : null}
      </p>
      {isMoney && item.payHow ? (
        <p className="why">
          {t(`settlements:execute.how.${item.payHow === 'voucher' ? 'voucher' : 'till'}`, {
            how: t(`settlements:pay.${item.payHow}`),
          })}
        </p>
      ) : null}
      {item.payHow === 'voucher' ? <HolderFields value={fields} onChange={setFields} /> : null}
      {isLinked && proofs.length === 0 ? (
        <Alert type="info" showIcon title={t('settlements:execute.noDocument')} />
      ) : null}
      {proofs.length > 0 ? (
        <Field label={t('settlements:execute.proof')}>
          {(id) => (
            <Select
              id={id}
              className="full-width"
              allowClear={!isLinked}
              value={proofId}
              options={proofs.map((each) => ({ value: each.id, label: each.number }))}
              onChange={(next?: number) => setProof(next ?? null)}
            />
          )}
        </Field>
      ) : null}
      {isMoney ? null : (
        <Field label={t('settlements:execute.note')}>
          {(id) => (
            <Input
              id={id}
              value={note}
              maxLength={200}
              autoComplete="off"
              onChange={(event) => setNote(event.target.value)}
            />
          )}
        </Field>
      )}
      <Proof file={file} onKept={setFile} />
    </ConfirmDialog>
  )
}
