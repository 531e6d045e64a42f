import { useQuery } from '@tanstack/react-query'
import { Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { paperLanguages } from '../../src-main/foundation/procedure.ts'
import { api, desk } from '../app/client.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { PinField } from '../ui/pin-field.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { LoadingState } from '../ui/states.tsx'
import { useCommand } from '../ui/use-command.ts'
import { Words } from './cost-dialogs.tsx'
import { Choice } from './finding-dialogs.tsx'
import { type RemedyDialogProps, useRefresh } from './remedy.ts'

type Draft = Awaited<ReturnType<typeof desk.settlements.letterDraft>>

/** A letter begins with the case's facts; every word can be changed before it is signed. */
export function LetterDialog({ complaintId, close }: RemedyDialogProps) {
  const { t } = useTranslation()
  const draft = useQuery(
    api.settlements.letterDraft.queryOptions({ input: { complaintId }, staleTime: Infinity }),
  )
  if (draft.data) return <LetterForm complaintId={complaintId} draft={draft.data} close={close} />
  return (
    <ConfirmDialog
      open
      unready
      title={t('settlements:letter.write')}
      confirmLabel={t('settlements:letter.sign')}
      onConfirm={() => undefined}
      onCancel={close}
    >
      {draft.error ? <RefusalAlert error={draft.error} /> : <LoadingState />}
    </ConfirmDialog>
  )
}

function LetterForm({
  complaintId,
  draft,
  close,
}: {
  complaintId: number
  draft: Draft
  close: () => void
}) {
  const { t } = useTranslation()
  const [values, keep] = useState({
    language: draft.language,
    addressee: draft.addressee,
    bodyZh: draft.bodyZh,
    bodyEn: draft.bodyEn,
    title: '',
    code: draft.signers[0]?.code ?? '',
  })
  const [pin, setPin] = useState('')
  const change = (part: Partial<typeof values>) => keep({ ...values, ...part })
  const refresh = useRefresh(close)
  const sign = useCommand(desk.settlements.signLetter, { onDone: refresh })
  const isReady = values.title.trim() !== '' && values.code !== '' && /^\d{4,12}$/.test(pin)
  const bodies = [
    ...(values.language === 'en' ? [] : (['bodyZh'] as const)),
    ...(values.language === 'zh' ? [] : (['bodyEn'] as const)),
  ]
  return (
    <ConfirmDialog
      open
      width={820}
      title={t('settlements:letter.write')}
      confirmLabel={t('settlements:letter.sign')}
      busy={sign.isPending}
      unready={!isReady}
      onCancel={close}
      onConfirm={() =>
        sign.mutate({
          ...values,
          complaintId,
          addressee: values.addressee.trim(),
          title: values.title.trim(),
          pin,
        })
      }
    >
      <RefusalAlert error={sign.error} />
      <Choice
        legend={t('settlements:letter.language')}
        value={values.language}
        options={paperLanguages.map((value) => ({
          value,
          label: t(`settlements:letter.in.${value}`),
        }))}
        onChange={(language) => change({ language })}
      />
      <Words
        label={t('settlements:letter.addressee')}
        value={values.addressee}
        max={60}
        onChange={(addressee) => change({ addressee })}
      />
      {bodies.map((name) => (
        <Field key={name} label={t(`settlements:letter.${name}`)}>
          {(id) => (
            <Input.TextArea
              id={id}
              value={values[name]}
              maxLength={name === 'bodyZh' ? 3_000 : 4_000}
              autoSize={{ minRows: 6, maxRows: 12 }}
              onChange={(event) => change({ [name]: event.target.value })}
            />
          )}
        </Field>
      ))}
      <div className="field-row">
        <Field label={t('settlements:letter.signer')} hint={t('settlements:letter.signerHint')}>
          {(id) => (
            <Select
              id={id}
              className="full-width"
              value={values.code || null}
              options={draft.signers.map(({ code, name, role }) => ({
                value: code,
                label: `${name} · ${t(`app:role.${role}`)}`,
              }))}
              onChange={(code) => change({ code })}
            />
          )}
        </Field>
        <Words
          label={t('settlements:letter.signerTitle')}
          value={values.title}
          max={40}
          onChange={(title) => change({ title })}
        />
        <Field label={t('settlements:letter.pin')}>
          {(id) => (
            <PinField
              id={id}
              size="middle"
              value={pin}
              onChange={(event) => setPin(event.target.value)}
            />
          )}
        </Field>
      </div>
    </ConfirmDialog>
  )
}
