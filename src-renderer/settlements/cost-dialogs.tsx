import { DatePicker, Input, InputNumber } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import {
  effortKinds,
  feeBearerOf,
  feeBearers,
  feePayers,
  outlayKinds,
  testResults,
} from '../../src-main/investigations/contract.ts'
import { desk } from '../app/client.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import type { KeptFile } from '../ui/kept-file.ts'
import { MoneyField } from '../ui/money-field.tsx'
import { PhotoBox } from '../ui/photo-box.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useStore } from '../ui/store-context.ts'
import { Tag } from '../ui/tag.tsx'
import { useCommand } from '../ui/use-command.ts'
import { Choice } from './finding-dialogs.tsx'
import { type RemedyDialogProps, useRefresh } from './remedy.ts'

type Result = (typeof testResults)[number]
type Bearer = (typeof feeBearers)[number]

/** A test certificate: who tested what with which result, and who bears the fee. */
export function CertificateDialog({ complaintId, close }: RemedyDialogProps) {
  const { t } = useTranslation()
  const { today } = useStore()
  const [values, keep] = useState({
    laboratory: '',
    number: '',
    testedOn: today,
    result: null as Result | null,
    summary: '',
    fee: null as number | null,
    paidBy: 'customer' as (typeof feePayers)[number],
    bearer: null as Bearer | null,
    bearerReason: '',
    file: null as KeptFile | null,
  })
  const change = (part: Partial<typeof values>) => keep({ ...values, ...part })
  const refresh = useRefresh(close)
  const add = useCommand(desk.investigations.addCertificate, { onDone: refresh })
  const { result, fee, file } = values
  const bearer: Bearer | null = values.bearer ?? (result && feeBearerOf[result])
  const needsReason = result !== null && bearer !== feeBearerOf[result]
  const isReady =
    values.laboratory.trim().length >= 2 &&
    values.number.trim() !== '' &&
    result !== null &&
    fee !== null &&
    (!needsReason || values.bearerReason.trim().length >= 2)
  return (
    <ConfirmDialog
      open
      width={680}
      title={t('settlements:costs.certificate')}
      confirmLabel={t('settlements:save')}
      busy={add.isPending}
      unready={!isReady}
      onCancel={close}
      onConfirm={() =>
        result &&
        bearer &&
        fee !== null &&
        add.mutate({
          complaintId,
          laboratory: values.laboratory.trim(),
          number: values.number.trim(),
          testedOn: values.testedOn,
          result,
          summary: values.summary.trim(),
          fee,
          paidBy: values.paidBy,
          bearer,
          bearerReason: values.bearerReason.trim(),
          sha256: file?.sha256 ?? null,
        })
      }
    >
      <RefusalAlert error={add.error} />
      <div className="field-row">
        <Words
          label={t('settlements:costs.laboratory')}
          value={values.laboratory}
          max={80}
          onChange={(laboratory) => change({ laboratory })}
        />
        <Words
          label={t('settlements:costs.number')}
          value={values.number}
          max={60}
          onChange={(number) => change({ number })}
        />
        <Day
          label={t('settlements:costs.testedOn')}
          value={values.testedOn}
          onChange={(testedOn) => change({ testedOn })}
        />
      </div>
      <Choice
        legend={t('settlements:costs.result')}
        value={result}
        options={testResults.map((value) => ({ value, label: t(`settlements:result.${value}`) }))}
        onChange={(next) => change({ result: next, bearer: null })}
      />
      <div className="field-row">
        <Field label={t('settlements:costs.fee')}>
          {(id) => (
            <MoneyField
              id={id}
              className="full-width"
              value={fee}
              onChange={(next) => change({ fee: next })}
            />
          )}
        </Field>
        <Words
          label={t('settlements:costs.summary')}
          value={values.summary}
          max={600}
          onChange={(summary) => change({ summary })}
        />
      </div>
      <Choice
        legend={t('settlements:costs.whoPaid')}
        value={values.paidBy}
        options={feePayers.map((value) => ({
          value,
          label: t(`settlements:costs.laidOut.${value}`),
        }))}
        onChange={(paidBy) => change({ paidBy })}
      />
      <Choice
        legend={t('settlements:costs.whoBears')}
        value={bearer}
        options={feeBearers.map((value) => ({
          value,
          label: t(`settlements:costs.bears.${value}`),
        }))}
        onChange={(next) => change({ bearer: next })}
      />
      {needsReason ? (
        <Words
          label={t('settlements:costs.bearerReason')}
          value={values.bearerReason}
          max={200}
          onChange={(bearerReason) => change({ bearerReason })}
        />
      ) : null}
      <Proof file={file} onKept={(next) => change({ file: next })} />
    </ConfirmDialog>
  )
}

/** What the customer paid himself because of the complaint, with its receipt. */
export function OutlayDialog({ complaintId, close }: RemedyDialogProps) {
  const { t } = useTranslation()
  const { today } = useStore()
  const [values, keep] = useState({
    kind: 'repair' as (typeof outlayKinds)[number],
    what: '',
    amount: null as number | null,
    paidOn: today,
    file: null as KeptFile | null,
  })
  const change = (part: Partial<typeof values>) => keep({ ...values, ...part })
  const refresh = useRefresh(close)
  const add = useCommand(desk.investigations.addOutlay, { onDone: refresh })
  const { amount, file } = values
  return (
    <ConfirmDialog
      open
      width={640}
      title={t('settlements:costs.outlay')}
      confirmLabel={t('settlements:save')}
      busy={add.isPending}
      unready={values.what.trim().length < 2 || amount === null || amount <= 0}
      onCancel={close}
      onConfirm={() =>
        amount !== null &&
        add.mutate({
          complaintId,
          kind: values.kind,
          what: values.what.trim(),
          amount,
          paidOn: values.paidOn,
          sha256: file?.sha256 ?? null,
        })
      }
    >
      <RefusalAlert error={add.error} />
      <Choice
        legend={t('settlements:costs.outlayKind')}
        value={values.kind}
        options={outlayKinds.map((value) => ({ value, label: t(`settlements:outlay.${value}`) }))}
        onChange={(kind) => change({ kind })}
      />
      <div className="field-row">
        <Words
          label={t('settlements:costs.what')}
          value={values.what}
          max={200}
          onChange={(what) => change({ what })}
        />
        <Field label={t('settlements:costs.amount')}>
          {(id) => (
            <MoneyField
              id={id}
              className="full-width"
              value={amount}
              onChange={(next) => change({ amount: next })}
            />
          )}
        </Field>
        <Day
          label={t('settlements:costs.paidOn')}
          value={values.paidOn}
          onChange={(paidOn) => change({ paidOn })}
        />
      </div>
      <Proof file={file} onKept={(next) => change({ file: next })} />
    </ConfirmDialog>
  )
}

/** A way to the store, a call or a wait of the customer. */
export function EffortDialog({ complaintId, close }: RemedyDialogProps) {
  const { t } = useTranslation()
  const [kind, setKind] = useState<(typeof effortKinds)[number]>('visit')
  const [minutes, setMinutes] = useState<number | null>(30)
  const [note, setNote] = useState('')
  const refresh = useRefresh(close)
  const add = useCommand(desk.investigations.addEffort, { onDone: refresh })
  return (
    <ConfirmDialog
      open
      width={520}
      title={t('settlements:costs.effort')}
      confirmLabel={t('settlements:save')}
      busy={add.isPending}
      unready={minutes === null}
      onCancel={close}
      onConfirm={() =>
        minutes !== null && add.mutate({ complaintId, kind, minutes, note: note.trim() })
      }
    >
      <RefusalAlert error={add.error} />
      <Choice
        legend={t('settlements:costs.effortKind')}
        value={kind}
        options={effortKinds.map((value) => ({ value, label: t(`settlements:effort.${value}`) }))}
        onChange={setKind}
      />
      <div className="field-row">
        <Field label={t('settlements:costs.minutes')}>
          {(id) => (
            <InputNumber
              id={id}
              className="full-width"
              min={0}
              max={6000}
              precision={0}
              controls={false}
              value={minutes}
              onChange={setMinutes}
            />
          )}
        </Field>
        <Words label={t('settlements:costs.note')} value={note} max={200} onChange={setNote} />
      </div>
    </ConfirmDialog>
  )
}

interface WordsProps {
  label: string
  value: string
  max: number
  onChange: (value: string) => void
}

/** One line of text under its label. */
export function Words({ label, value, max, onChange }: WordsProps) {
  return (
    <Field label={label}>
      {(id) => (
        <Input
          id={id}
          value={value}
          maxLength={max}
          autoComplete="off"
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}

function Day({
  label,
  value,
  onChange,
}: {
  label: string
  value: string
  onChange: (date: string) => void
}) {
  const { today } = useStore()
  return (
    <Field label={label}>
      {(id) => (
        <DatePicker
          id={id}
          className="full-width"
          allowClear={false}
          value={dayjs(value)}
          maxDate={dayjs(today)}
          onChange={(day) => day && onChange(day.format('YYYY-MM-DD'))}
        />
      )}
    </Field>
  )
}

/** The file that proves it, taken in at once. */
export function Proof({
  file,
  onKept,
}: {
  file: KeptFile | null
  onKept: (file: KeptFile) => void
}) {
  const { t } = useTranslation()
  return (
    <div className="remedy-proof">
      <PhotoBox label={t('settlements:proof')} papers onKept={onKept} />
      {file ? <Tag tone="good">{file.name}</Tag> : null}
    </div>
  )
}
