import { useQuery } from '@tanstack/react-query'
import { Alert, Checkbox, Input } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { api, desk, readTrouble } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import type { Customer } from './customer.ts'
import { useCardCommand } from './customer.ts'

interface PersonDialogProps {
  /** Null for somebody new. */
  customer: Customer | null
  onDone: (customerId: number) => void
  onCancel: () => void
}

/** Who somebody is. Whoever has the same phone or member number is shown while it is typed. */
export function PersonDialog({ customer, onDone, onCancel }: PersonDialogProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState({
    name: customer?.name ?? '',
    phone: '',
    memberNo: customer?.memberNo ?? '',
    address: customer?.address ?? '',
    note: customer?.note ?? '',
  })
  const put = (part: Partial<typeof typed>) => setTyped((before) => ({ ...before, ...part }))
  const add = useCardCommand(desk.customers.add, ({ id }) => onDone(id))
  const change = useCardCommand(desk.customers.change, () => onDone(customer?.id ?? 0))
  // Somebody who was erased comes back only when they ask for it.
  const trouble = readTrouble(add.error)
  const wasErased = trouble.kind === 'refused' && trouble.reason === 'customers.was_erased'
  const [again, setAgain] = useState(false)
  const isKnown = Boolean(typed.name.trim() || typed.memberNo.trim() || typed.phone.trim())
  const isReady = isKnown || Boolean(customer?.phoneMasked)
  const submit = () => {
    const values = {
      name: typed.name.trim(),
      phone: typed.phone.trim(),
      memberNo: typed.memberNo.trim() || null,
      address: typed.address.trim(),
      note: typed.note.trim(),
    }
    if (customer === null) return add.mutate({ ...values, again })
    const { id: customerId, version } = customer
    change.mutate({ ...values, customerId, version, phone: values.phone || null })
  }
  const line = (
    key: 'name' | 'phone' | 'memberNo' | 'address',
    max: number,
    hint?: string | false,
  ) => (
    <Field label={t(`customers:field.${key}`)} hint={hint}>
      {(id) => (
        <Input
          id={id}
          value={typed[key]}
          maxLength={max}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => put({ [key]: event.target.value })}
        />
      )}
    </Field>
  )
  return (
    <ConfirmDialog
      open
      width={620}
      title={customer ? t('customers:edit.title') : t('customers:add.title')}
      confirmLabel={customer ? t('customers:edit.confirm') : t('customers:add.confirm')}
      busy={add.isPending || change.isPending}
      unready={!isReady}
      onConfirm={submit}
      onCancel={onCancel}
    >
      <RefusalAlert error={add.error ?? change.error} />
      {wasErased || again ? (
        <Checkbox checked={again} onChange={(event) => setAgain(event.target.checked)}>
          {t('customers:add.again')}
        </Checkbox>
      ) : null}
      <div className="customer-form">
        {line('name', 80)}
        {line(
          'phone',
          40,
          customer?.phoneMasked && t('customers:edit.phone', { phone: customer.phoneMasked }),
        )}
        {line('memberNo', 40)}
        {line('address', 200)}
      </div>
      <Taken typed={typed} except={customer?.id} />
      <Field label={t('customers:field.note')} hint={t('customers:edit.why')}>
        {(id) => (
          <Input.TextArea
            id={id}
            value={typed.note}
            maxLength={1000}
            autoSize={{ minRows: 2, maxRows: 5 }}
            onChange={(event) => put({ note: event.target.value })}
          />
        )}
      </Field>
    </ConfirmDialog>
  )
}

const SHORTEST = 4

interface TakenProps {
  typed: { phone: string; memberNo: string }
  except: number | undefined
}

/** Those who have what is typed already: most likely the same person. */
function Taken({ typed, except }: TakenProps) {
  const { t } = useTranslation()
  const phone = useDeferredValue(typed.phone.trim())
  const memberNo = useDeferredValue(typed.memberNo.trim())
  const found = useQuery(
    api.customers.taken.queryOptions({
      input: { phone, memberNo, ...(except !== undefined && { except }) },
      enabled: phone.length >= SHORTEST || memberNo.length >= SHORTEST,
    }),
  )
  const rows = found.data ?? []
  if (rows.length === 0) return null
  return (
    <Alert
      type="warning"
      showIcon
      role="status"
      className="customer-taken"
      title={t('customers:taken.title')}
      description={rows.map((row) => (
        <p key={row.id}>
          <Link to={paths.customer(row.id)}>{row.name || row.memberNo}</Link>{' '}
          {[row.phoneMasked, row.memberNo].filter(Boolean).join(' · ')}{' '}
          {row.reasons.map((reason) => t(`customers:likeness.${reason}`)).join('、')}
        </p>
      ))}
    />
  )
}
