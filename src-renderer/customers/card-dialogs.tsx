import { useQuery } from '@tanstack/react-query'
import { AutoComplete, DatePicker, Input, Radio, Select } from 'antd'
import dayjs from 'dayjs'
import { useDeferredValue, useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import {
  agreedHows,
  contactChannels,
  type detailFields,
  noteKinds,
} from '../../src-main/customers/contract.ts'
import { api, desk } from '../app/client.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useStore } from '../ui/store-context.ts'
import type { Customer } from './customer.ts'
import { useCardCommand } from './customer.ts'

interface CardDialogProps {
  customer: Customer
  close: () => void
}

interface FormProps extends CardDialogProps {
  title: string
  command: { error: unknown; isPending: boolean }
  ready: boolean
  submit: () => void
  children: ReactNode
}

function CardForm({ title, command, ready, submit, close, children }: FormProps) {
  const { t } = useTranslation()
  return (
    <ConfirmDialog
      open
      width={520}
      title={title}
      confirmLabel={t('customers:save')}
      busy={command.isPending}
      unready={!ready}
      onConfirm={submit}
      onCancel={close}
    >
      <RefusalAlert error={command.error} />
      {children}
    </ConfirmDialog>
  )
}

interface ChoicesProps<Value extends string> {
  label: string
  values: readonly Value[]
  value: Value
  say: (value: Value) => string
  onChange: (value: Value) => void
}

function Choices<Value extends string>({
  label,
  values,
  value,
  say,
  onChange,
}: ChoicesProps<Value>) {
  return (
    <fieldset className="customer-choices">
      <legend>{label}</legend>
      <Radio.Group
        value={value}
        options={values.map((each) => ({ value: each, label: say(each) }))}
        onChange={(event) => onChange(event.target.value as Value)}
      />
    </fieldset>
  )
}

/** What helps with the next sale. */
export function NoteDialog({ customer, close }: CardDialogProps) {
  const { t } = useTranslation()
  const [kind, setKind] = useState<(typeof noteKinds)[number]>('preference')
  const [text, setText] = useState('')
  const add = useCardCommand(desk.customers.addNote, close)
  const said = text.trim()
  return (
    <CardForm
      {...{ customer, close, command: add }}
      title={t('customers:notes.add')}
      ready={said !== ''}
      submit={() => add.mutate({ customerId: customer.id, kind, text: said, caseId: null })}
    >
      <Field label={t('customers:notes.text')} hint={t('customers:notes.hint')}>
        {(id) => (
          <Input.TextArea
            id={id}
            value={text}
            maxLength={1000}
            autoSize={{ minRows: 3, maxRows: 8 }}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <Choices
        label={t('customers:notes.kind')}
        values={noteKinds}
        value={kind}
        say={(each) => t(`customers:notes.${each}`)}
        onChange={setKind}
      />
    </CardForm>
  )
}

/** How they want to be spoken to, or not at all, and until when. */
export function ContactDialog({ customer, close }: CardDialogProps) {
  const { t } = useTranslation()
  const { today } = useStore()
  const [rule, setRule] = useState<'never' | 'prefers'>('never')
  const [channel, setChannel] = useState<(typeof contactChannels)[number]>('any')
  const [until, setUntil] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const set = useCardCommand(desk.customers.setContactRule, close)
  const chooseRule = (next: 'never' | 'prefers') => {
    setRule(next)
    if (next === 'prefers' && channel === 'any') setChannel('phone')
  }
  const submit = () =>
    set.mutate({ customerId: customer.id, rule, channel, until, note: note.trim() })
  return (
    <CardForm
      {...{ customer, close, command: set, submit }}
      title={t('customers:contact.add')}
      ready
    >
      <Choices
        label={t('customers:contact.rule')}
        values={['never', 'prefers'] as const}
        value={rule}
        say={(each) => t(`customers:contact.${each}`)}
        onChange={chooseRule}
      />
      <Choices
        label={t('customers:contact.channel')}
        values={contactChannels.filter((each) => rule === 'never' || each !== 'any')}
        value={channel}
        say={(each) => t(`customers:contact.${each}`)}
        onChange={setChannel}
      />
      <Field label={t('customers:contact.until')} hint={t('customers:contact.untilHint')}>
        {(id) => (
          <DatePicker
            id={id}
            className="full-width"
            value={until ? dayjs(until) : null}
            minDate={dayjs(today)}
            onChange={(chosen) => setUntil(chosen ? chosen.format('YYYY-MM-DD') : null)}
          />
        )}
      </Field>
      <Field label={t('customers:contact.note')}>
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
    </CardForm>
  )
}

/** A grade by hand with its reason; or the one of the member file again. */
export function GradeDialog({ customer, close }: CardDialogProps) {
  const { t } = useTranslation()
  const isGiven = customer.tierSource === 'hand'
  const [how, setHow] = useState<'give' | 'file'>('give')
  const [tier, setTier] = useState(customer.tier)
  const [reason, setReason] = useState('')
  const tiers = useQuery(api.customers.tiers.queryOptions())
  const set = useCardCommand(desk.customers.setGrade, close)
  const submit = () =>
    set.mutate({
      customerId: customer.id,
      tier: how === 'file' ? null : tier.trim(),
      reason: reason.trim(),
      version: customer.version,
    })
  return (
    <CardForm
      {...{ customer, close, command: set, submit }}
      title={t('customers:grade.set')}
      ready={reason.trim().length >= 2 && (how === 'file' || tier.trim() !== customer.tier)}
    >
      {isGiven ? (
        <Choices
          label={t('customers:grade.how')}
          values={['give', 'file'] as const}
          value={how}
          say={(each) => t(`customers:grade.${each}`)}
          onChange={setHow}
        />
      ) : null}
      {how === 'give' ? (
        <Field label={t('customers:grade.tier')} hint={t('customers:grade.hint')}>
          {(id) => (
            <AutoComplete
              id={id}
              className="full-width"
              value={tier}
              maxLength={40}
              options={(tiers.data ?? []).map((value) => ({ value }))}
              onChange={setTier}
            />
          )}
        </Field>
      ) : null}
      <Field label={t('customers:reason')}>
        {(id) => (
          <Input
            id={id}
            value={reason}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
    </CardForm>
  )
}

/** Who recommended this customer. */
export function ReferralDialog({ customer, close }: CardDialogProps) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [by, setBy] = useState<number | null>(null)
  const [note, setNote] = useState('')
  const asked = useDeferredValue(text.trim())
  const found = useQuery(
    api.customers.list.queryOptions({ input: { text: asked }, enabled: asked.length >= 2 }),
  )
  const set = useCardCommand(desk.customers.setReferral, close)
  const rows = (found.data?.rows ?? []).filter(({ id }) => id !== customer.id)
  return (
    <CardForm
      {...{ customer, close, command: set }}
      title={t('customers:referral.set')}
      ready={by !== null}
      submit={() =>
        by !== null && set.mutate({ customerId: customer.id, referredBy: by, note: note.trim() })
      }
    >
      <Field label={t('customers:referral.by')} hint={t('customers:search.example')}>
        {(id) => (
          <Select<number>
            id={id}
            className="full-width"
            showSearch={{ filterOption: false, onSearch: setText, searchValue: text }}
            value={by}
            notFoundContent={asked.length >= 2 ? t('customers:empty.none', { text: asked }) : null}
            options={rows.map((row) => ({
              value: row.id,
              label: [row.name, row.phoneMasked, row.memberNo].filter(Boolean).join(' · '),
            }))}
            onChange={setBy}
          />
        )}
      </Field>
      <Field label={t('customers:referral.note')}>
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
    </CardForm>
  )
}

type DetailField = (typeof detailFields)[number]

/** A personal detail with the consent it stands on: the wording is read out first. */
export function DetailDialog({ customer, close }: CardDialogProps) {
  const { t } = useTranslation()
  const [field, setField] = useState<DetailField>(customer.asks[0] ?? 'occupation')
  const [value, setValue] = useState('')
  const [how, setHow] = useState<(typeof agreedHows)[number]>('signed')
  const settings = useQuery(api.customers.settings.queryOptions())
  const set = useCardCommand(desk.customers.setDetail, close)
  const wordingVersion = settings.data?.wordingVersion ?? null
  const submit = () =>
    wordingVersion !== null &&
    set.mutate({
      customerId: customer.id,
      field,
      value: value.trim(),
      agreedHow: how,
      wordingVersion,
    })
  return (
    <CardForm
      {...{ customer, close, command: set }}
      title={t('customers:detail.set')}
      ready={value.trim() !== '' && wordingVersion !== null}
      submit={() => void submit()}
    >
      <blockquote className="customer-wording">{settings.data?.wording}</blockquote>
      <Choices
        label={t('customers:detail.agreed')}
        values={agreedHows}
        value={how}
        say={(each) => t(`customers:detail.${each}`)}
        onChange={setHow}
      />
      <Choices
        label={t('customers:detail.field')}
        values={customer.asks}
        value={field}
        say={(each) => t(`customers:detail.${each}`)}
        onChange={setField}
      />
      <Field label={t(`customers:detail.${field}`)}>
        {(id) => (
          <Input
            id={id}
            value={value}
            maxLength={60}
            autoComplete="off"
            onChange={(event) => setValue(event.target.value)}
          />
        )}
      </Field>
    </CardForm>
  )
}
