import { useQuery } from '@tanstack/react-query'
import { Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import { remindWays } from '../../src-main/repairs/contract.ts'
import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { ReasonDialog } from '../ui/reason-dialog.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useStore } from '../ui/store-context.ts'
import { useNow } from '../ui/use-now.ts'
import { type ItemDialogProps, Pick, seenOf, TextField, useStep } from './dialog-parts.tsx'
import { PromiseFields, type PromiseValues } from './intake-side.tsx'
import { dueInstant, type Loan, promisedDay, type Repair } from './repair.ts'

interface TicketDialogProps {
  repair: Repair
  close: () => void
}

const usualDays = 3

/** A new promise, and who keeps it. */
export function PromiseDialog({ repair, close }: TicketDialogProps) {
  const { t } = useTranslation()
  const { today, timeZone } = useStore()
  const { operator } = useSession()
  const promise = useStep(desk.repairs.promise, close)
  const last = repair.promises.at(-1)
  const [values, setValues] = useState<PromiseValues>({
    promiseText: last?.text ?? t('repairs:intake.promiseUsual'),
    ownerId: last?.ownerId ?? operator.id,
    dueOn: promisedDay(today, usualDays),
  })
  const dueAt = dueInstant(values.dueOn, useNow(), timeZone)
  const { ownerId } = values
  return (
    <ConfirmDialog
      open
      width={660}
      title={t('repairs:promise.title')}
      confirmLabel={t('repairs:promise.give')}
      busy={promise.isPending}
      unready={dueAt === null || ownerId === null || values.promiseText.trim() === ''}
      onCancel={close}
      onConfirm={() =>
        dueAt !== null &&
        ownerId !== null &&
        promise.mutate({
          repairId: repair.id,
          version: repair.version,
          promise: { ownerId, text: values.promiseText.trim(), dueAt },
        })
      }
    >
      <RefusalAlert error={promise.error} />
      <PromiseFields
        values={values}
        usual={usualDays}
        onChange={(part) => setValues((now) => ({ ...now, ...part }))}
      />
    </ConfirmDialog>
  )
}

/** Told the customer that the goods are ready, or still here. */
export function RemindDialog({ repair, close }: TicketDialogProps) {
  const { t } = useTranslation()
  const remind = useStep(desk.repairs.remind, close)
  const [how, setHow] = useState<(typeof remindWays)[number]>('phone')
  const [note, setNote] = useState('')
  return (
    <ConfirmDialog
      open
      title={t('repairs:remind.title')}
      confirmLabel={t('repairs:remind.confirm')}
      busy={remind.isPending}
      onCancel={close}
      onConfirm={() =>
        remind.mutate({
          repairId: repair.id,
          version: repair.version,
          how,
          note: note.trim(),
        })
      }
    >
      <RefusalAlert error={remind.error} />
      <Pick
        label={t('repairs:remind.how')}
        value={how}
        options={remindWays.map((value) => ({ value, label: t(`repairs:remindHow.${value}`) }))}
        onChange={setHow}
      />
      <TextField label={t('repairs:remind.note')} value={note} onChange={setNote} />
    </ConfirmDialog>
  )
}

/** The stub is lost: a new code, and the old one opens nothing any more. */
export function RenewDialog({ repair, close }: TicketDialogProps) {
  const { t } = useTranslation()
  const renew = useStep(desk.repairs.renewCode, close)
  return (
    <ReasonDialog
      open
      title={t('repairs:renew.title')}
      hint={t('repairs:renew.hint')}
      label={t('repairs:renew.label')}
      confirmLabel={t('repairs:act.renewCode')}
      error={renew.error}
      busy={renew.isPending}
      onReason={(reason) => renew.mutate({ repairId: repair.id, version: repair.version, reason })}
      onCancel={close}
    />
  )
}

/** Lends a free unit while the customer's own is in repair. */
export function LendDialog({ repair, close }: TicketDialogProps) {
  const { t } = useTranslation()
  const lend = useStep(desk.repairs.lend, close)
  const units = useQuery(api.repairs.loanUnits.queryOptions())
  const free = (units.data ?? []).filter(({ state }) => state === 'free')
  const [unitId, setUnitId] = useState<number | null>(null)
  const [condition, setCondition] = useState<string | null>(null)
  const unit = free.find(({ id }) => id === unitId)
  return (
    <ConfirmDialog
      open
      title={t('repairs:loans.lendTitle')}
      confirmLabel={t('repairs:loans.lend')}
      busy={lend.isPending}
      unready={!unit}
      onCancel={close}
      onConfirm={() =>
        unit &&
        lend.mutate({
          repairId: repair.id,
          version: repair.version,
          loanUnitId: unit.id,
          condition: (condition ?? unit.condition).trim(),
        })
      }
    >
      <RefusalAlert error={lend.error ?? units.error} />
      {units.data && free.length === 0 ? <p>{t('repairs:loans.noneFree')}</p> : null}
      <Field label={t('repairs:loans.which')}>
        {(id) => (
          <Select
            id={id}
            className="full-width"
            showSearch={{ optionFilterProp: 'label' }}
            loading={units.isPending}
            value={unitId}
            options={free.map((each) => ({ value: each.id, label: `${each.code} · ${each.name}` }))}
            onChange={setUnitId}
          />
        )}
      </Field>
      <TextField
        label={t('repairs:intake.loanCondition')}
        value={condition ?? unit?.condition ?? ''}
        onChange={setCondition}
      />
    </ConfirmDialog>
  )
}

interface TakeLoanProps {
  loan: Loan
  version: number
  close: () => void
}

/** A loan unit is back, in order or not. */
export function TakeLoanDialog({ loan, version, close }: TakeLoanProps) {
  const { t } = useTranslation()
  const back = useStep(desk.repairs.takeLoanBack, close)
  const [state, setState] = useState<'ok' | 'notOk'>('ok')
  const [condition, setCondition] = useState(loan.outCondition)
  return (
    <ConfirmDialog
      open
      title={t('repairs:loans.backTitle', { code: loan.code })}
      confirmLabel={t('repairs:loans.takeBack')}
      busy={back.isPending}
      unready={state === 'notOk' && condition.trim() === ''}
      onCancel={close}
      onConfirm={() =>
        back.mutate({
          repairId: loan.repairId,
          version,
          loanId: loan.id,
          ok: state === 'ok',
          condition: condition.trim(),
        })
      }
    >
      <RefusalAlert error={back.error} />
      <p className="why">{loan.name}</p>
      <Pick
        label={t('repairs:loans.takeBack')}
        value={state}
        options={(['ok', 'notOk'] as const).map((value) => ({
          value,
          label: t(`repairs:loans.${value}`),
        }))}
        onChange={setState}
      />
      <Field label={t('repairs:loans.backCondition')}>
        {(id) => (
          <Input
            id={id}
            value={condition}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => setCondition(event.target.value)}
          />
        )}
      </Field>
    </ConfirmDialog>
  )
}

interface LeadProps extends ItemDialogProps {
  remedy: 'exchange' | 'refund'
}

/** The repair ends in other goods or the money: what was refused for goods in repair is done from the sale. */
export function LeadDialog({ item, remedy, close }: LeadProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const lead = useStep(desk.repairs.leadTo, () => {
    close()
    if (item.receiptId !== null && item.saleLineId !== null) {
      // The form takes the very unit: the one whose repair leads there comes first.
      const about = { receiptId: item.receiptId, lineIds: [item.saleLineId] }
      const form = remedy === 'exchange' ? paths.newExchange : paths.newRefund
      void navigate(form(about, { reason: 'quality' }))
    }
  })
  return (
    <ConfirmDialog
      open
      title={t(`repairs:lead.${remedy}Title`, { name: item.name })}
      confirmLabel={t(`repairs:act.to${remedy === 'exchange' ? 'Exchange' : 'Refund'}`)}
      busy={lead.isPending}
      onCancel={close}
      onConfirm={() => lead.mutate({ ...seenOf(item), remedy, rightsId: null })}
    >
      <RefusalAlert error={lead.error} />
      <p>{t('repairs:lead.hint')}</p>
    </ConfirmDialog>
  )
}
