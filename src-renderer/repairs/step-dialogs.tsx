import { Checkbox, DatePicker } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { delays, giveUpReasons, senderTargets } from '../../src-main/repairs/contract.ts'
import { desk } from '../app/client.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { ReasonDialog } from '../ui/reason-dialog.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useStore } from '../ui/store-context.ts'
import { type ItemDialogProps, Pick, seenOf, TextField, useStep } from './dialog-parts.tsx'
import type { Photo } from './intake-form.ts'
import { Accessories, Photos } from './item-fields.tsx'
import type { Item } from './repair.ts'

const mayWork = ({ acceptance }: Item) => acceptance === 'free' || acceptance === 'paid_consented'

/** To whom it goes; before it is settled who pays, only to find out what is wrong. */
export function SendDialog({ item, close }: ItemDialogProps) {
  const { t } = useTranslation()
  const send = useStep(desk.repairs.send, close)
  const [holder, setHolder] = useState<(typeof senderTargets)[number]>('maker')
  const [name, setName] = useState('')
  const [contact, setContact] = useState('')
  const [waybill, setWaybill] = useState('')
  const [note, setNote] = useState('')
  const [isDiagnosis, setDiagnosis] = useState(!mayWork(item))
  return (
    <ConfirmDialog
      open
      width={620}
      title={t('repairs:send.title', { name: item.name })}
      confirmLabel={t('repairs:act.send')}
      busy={send.isPending}
      unready={name.trim() === ''}
      onCancel={close}
      onConfirm={() =>
        send.mutate({
          ...seenOf(item),
          holder,
          name: name.trim(),
          contact: contact.trim(),
          waybill: waybill.trim(),
          note: note.trim(),
          isDiagnosis,
        })
      }
    >
      <RefusalAlert error={send.error} />
      <Pick
        label={t('repairs:send.to')}
        value={holder}
        options={senderTargets.map((value) => ({ value, label: t(`repairs:holder.${value}`) }))}
        onChange={setHolder}
      />
      <div className="field-row">
        <TextField label={t('repairs:send.name')} value={name} maxLength={80} onChange={setName} />
        <TextField
          label={t('repairs:send.contact')}
          value={contact}
          maxLength={80}
          onChange={setContact}
        />
      </div>
      <div className="field-row">
        <TextField
          label={t('repairs:send.waybill')}
          value={waybill}
          maxLength={60}
          onChange={setWaybill}
        />
        <TextField label={t('repairs:send.note')} value={note} onChange={setNote} />
      </div>
      <Checkbox
        className="dialog-gap"
        checked={isDiagnosis}
        disabled={!mayWork(item)}
        onChange={(event) => setDiagnosis(event.target.checked)}
      >
        {t(`repairs:send.${mayWork(item) ? 'diagnosis' : 'diagnosisMust'}`)}
      </Checkbox>
    </ConfirmDialog>
  )
}

export function BackDialog({ item, close }: ItemDialogProps) {
  const { t } = useTranslation()
  const back = useStep(desk.repairs.bringBack, close)
  const [waybill, setWaybill] = useState('')
  const [note, setNote] = useState('')
  return (
    <ConfirmDialog
      open
      title={t('repairs:back.title', { name: item.name })}
      confirmLabel={t('repairs:act.bringBack')}
      busy={back.isPending}
      onCancel={close}
      onConfirm={() => back.mutate({ ...seenOf(item), waybill: waybill.trim(), note: note.trim() })}
    >
      <RefusalAlert error={back.error} />
      <div className="field-row">
        <TextField
          label={t('repairs:back.waybill')}
          value={waybill}
          maxLength={60}
          onChange={setWaybill}
        />
        <TextField label={t('repairs:back.note')} value={note} onChange={setNote} />
      </div>
    </ConfirmDialog>
  )
}

interface DayProps {
  label: string
  value: string
  from: string
  onChange: (day: string) => void
}

function DayField({ label, value, from, onChange }: DayProps) {
  const { today } = useStore()
  return (
    <Field label={label}>
      {(id) => (
        <DatePicker
          id={id}
          className="full-width"
          allowClear={false}
          value={dayjs(value)}
          minDate={dayjs(from)}
          maxDate={dayjs(today)}
          onChange={(day) => day && onChange(day.format('YYYY-MM-DD'))}
        />
      )}
    </Field>
  )
}

/** Begins to wait for a part: the clock of the repair stops, and the days are added to the term. */
export function StartWaitDialog({ item, close }: ItemDialogProps) {
  const { t } = useTranslation()
  const { today } = useStore()
  const start = useStep(desk.repairs.startWait, close)
  const [part, setPart] = useState('')
  const [since, setSince] = useState(today)
  return (
    <ConfirmDialog
      open
      title={t('repairs:wait.title', { name: item.name })}
      confirmLabel={t('repairs:act.startWait')}
      busy={start.isPending}
      unready={part.trim() === ''}
      onCancel={close}
      onConfirm={() => start.mutate({ ...seenOf(item), part: part.trim(), since })}
    >
      <RefusalAlert error={start.error} />
      <p className="why">{t('repairs:wait.hint')}</p>
      <div className="field-row">
        <TextField label={t('repairs:wait.part')} value={part} maxLength={100} onChange={setPart} />
        <DayField
          label={t('repairs:wait.since')}
          value={since}
          from={item.receivedOn ?? today}
          onChange={setSince}
        />
      </div>
    </ConfirmDialog>
  )
}

export function EndWaitDialog({ item, close }: ItemDialogProps) {
  const { t } = useTranslation()
  const { today } = useStore()
  const end = useStep(desk.repairs.endWait, close)
  const open = item.waits.filter(({ endedOn }) => endedOn === null)
  const [chosen, choose] = useState(String(open[0]?.id ?? 0))
  const wait = open.find(({ id }) => String(id) === chosen) ?? open[0]
  const [on, setOn] = useState(today)
  if (!wait) return null
  return (
    <ConfirmDialog
      open
      title={t('repairs:wait.endTitle', { part: wait.part })}
      confirmLabel={t('repairs:act.endWait')}
      busy={end.isPending}
      onCancel={close}
      onConfirm={() => end.mutate({ ...seenOf(item), waitId: wait.id, on })}
    >
      <RefusalAlert error={end.error} />
      {open.length > 1 ? (
        <Pick
          label={t('repairs:wait.part')}
          value={chosen}
          options={open.map(({ id, part }) => ({ value: String(id), label: part }))}
          onChange={choose}
        />
      ) : null}
      <DayField label={t('repairs:wait.on')} value={on} from={wait.startedOn} onChange={setOn} />
    </ConfirmDialog>
  )
}

/** Looked over: in order, or back to work with what is not right. */
export function CheckDialog({ item, close }: ItemDialogProps) {
  const { t } = useTranslation()
  const check = useStep(desk.repairs.check, close)
  const [result, setResult] = useState<'ok' | 'notOk'>('ok')
  const [note, setNote] = useState('')
  const isOk = result === 'ok'
  return (
    <ConfirmDialog
      open
      title={t('repairs:check.title', { name: item.name })}
      confirmLabel={t(`repairs:check.${result}`)}
      danger={!isOk}
      busy={check.isPending}
      unready={!isOk && note.trim() === ''}
      onCancel={close}
      onConfirm={() => check.mutate({ ...seenOf(item), ok: isOk, note: note.trim() })}
    >
      <RefusalAlert error={check.error} />
      <p className="why">{t('repairs:check.hint')}</p>
      <Pick
        label={t('repairs:act.check')}
        value={result}
        options={(['ok', 'notOk'] as const).map((value) => ({
          value,
          label: t(`repairs:check.${value}`),
        }))}
        onChange={setResult}
      />
      <TextField
        label={t('repairs:check.note')}
        value={note}
        maxLength={500}
        tall
        onChange={setNote}
      />
    </ConfirmDialog>
  )
}

/** The goods go back as they are. */
export function GiveUpDialog({ item, close }: ItemDialogProps) {
  const { t } = useTranslation()
  const giveUp = useStep(desk.repairs.giveUp, close)
  const possible = giveUpReasons.filter(
    (each) => each !== 'declined' || item.acceptance === 'declined',
  )
  const [reason, setReason] = useState<(typeof giveUpReasons)[number]>(
    item.acceptance === 'declined' ? 'declined' : 'unrepairable',
  )
  const [note, setNote] = useState('')
  return (
    <ConfirmDialog
      open
      width={560}
      title={t('repairs:giveUp.title', { name: item.name })}
      confirmLabel={t('repairs:act.giveUp')}
      danger
      busy={giveUp.isPending}
      onCancel={close}
      onConfirm={() => giveUp.mutate({ ...seenOf(item), reason, note: note.trim() })}
    >
      <RefusalAlert error={giveUp.error} />
      <Pick
        label={t('repairs:giveUp.why')}
        value={reason}
        options={possible.map((value) => ({ value, label: t(`repairs:outcome.${value}`) }))}
        onChange={setReason}
      />
      <TextField
        label={t('repairs:giveUp.note')}
        value={note}
        maxLength={500}
        tall
        onChange={setNote}
      />
    </ConfirmDialog>
  )
}

/** Announced goods have come. */
export function ReceiveDialog({ item, close }: ItemDialogProps) {
  const { t } = useTranslation()
  const receive = useStep(desk.repairs.receive, close)
  const [serialNo, setSerialNo] = useState(item.serialNo)
  const [appearance, setAppearance] = useState(item.appearance)
  const [accessories, setAccessories] = useState<string[]>([])
  const [photos, setPhotos] = useState<Photo[]>([])
  return (
    <ConfirmDialog
      open
      width={620}
      title={t('repairs:receive.title', { name: item.name })}
      confirmLabel={t('repairs:act.receive')}
      busy={receive.isPending}
      onCancel={close}
      onConfirm={() =>
        receive.mutate({
          ...seenOf(item),
          serialNo: serialNo.trim(),
          appearance: appearance.trim(),
          accessories: accessories.map((name) => ({ name })),
          photos: photos.map(({ sha256 }) => sha256),
        })
      }
    >
      <RefusalAlert error={receive.error} />
      <div className="field-row">
        <TextField
          label={t('repairs:intake.serialNo')}
          value={serialNo}
          maxLength={80}
          onChange={setSerialNo}
        />
        <TextField
          label={t('repairs:intake.appearance')}
          value={appearance}
          maxLength={1000}
          onChange={setAppearance}
        />
      </div>
      <Accessories names={accessories} onChange={setAccessories} />
      <Photos
        label={item.name}
        photos={photos}
        onChange={setPhotos}
        onKept={(photo) => setPhotos((now) => [...now, photo])}
      />
    </ConfirmDialog>
  )
}

export function CancelDialog({ item, close }: ItemDialogProps) {
  const { t } = useTranslation()
  const cancel = useStep(desk.repairs.cancel, close)
  return (
    <ReasonDialog
      open
      danger
      title={t('repairs:cancel.title', { name: item.name })}
      hint={t('repairs:cancel.hint')}
      label={t('repairs:cancel.label')}
      confirmLabel={t('repairs:act.cancel')}
      error={cancel.error}
      busy={cancel.isPending}
      onReason={(reason) => cancel.mutate({ ...seenOf(item), reason })}
      onCancel={close}
    />
  )
}

/** Not right after all, before the customer had it. */
export function ReopenDialog({ item, close }: ItemDialogProps) {
  const { t } = useTranslation()
  const reopen = useStep(desk.repairs.reopen, close)
  return (
    <ReasonDialog
      open
      title={t('repairs:reopen.title', { name: item.name })}
      hint={t('repairs:reopen.hint')}
      label={t('repairs:reopen.label')}
      confirmLabel={t('repairs:act.reopen')}
      error={reopen.error}
      busy={reopen.isPending}
      onReason={(note) => reopen.mutate({ ...seenOf(item), note })}
      onCancel={close}
    />
  )
}

/** Work at the desk itself is done. */
export function FinishDialog({ item, close }: ItemDialogProps) {
  const { t } = useTranslation()
  const finish = useStep(desk.repairs.finish, close)
  return (
    <ConfirmDialog
      open
      title={t('repairs:finish.title', { name: item.name })}
      confirmLabel={t('repairs:act.finish')}
      busy={finish.isPending}
      onCancel={close}
      onConfirm={() => finish.mutate(seenOf(item))}
    >
      <RefusalAlert error={finish.error} />
      <p>{t('repairs:finish.hint')}</p>
    </ConfirmDialog>
  )
}

/** Whose delay it is: it decides which limit of the rules counts. */
export function DelayDialog({ item, close }: ItemDialogProps) {
  const { t } = useTranslation()
  const note = useStep(desk.repairs.noteDelay, close)
  const [by, setBy] = useState<(typeof delays)[number] | 'none'>(item.delayedBy ?? 'repairer')
  return (
    <ConfirmDialog
      open
      title={t('repairs:delayDialog.title', { name: item.name })}
      confirmLabel={t('repairs:act.save')}
      busy={note.isPending}
      onCancel={close}
      onConfirm={() => note.mutate({ ...seenOf(item), delayedBy: by === 'none' ? null : by })}
    >
      <RefusalAlert error={note.error} />
      <p className="why">{t('repairs:delayDialog.hint')}</p>
      <Pick
        label={t('repairs:act.delay')}
        value={by}
        options={([...delays, 'none'] as const).map((value) => ({
          value,
          label: t(`repairs:delay.${value}`),
        }))}
        onChange={setBy}
      />
    </ConfirmDialog>
  )
}
