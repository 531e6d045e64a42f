import { DatePicker, Input, Radio } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { claimChannels } from '../../src-main/vendors/contract.ts'
import { desk } from '../app/client.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { TextField } from '../ui/given-fields.tsx'
import { MoneyField } from '../ui/money-field.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useStore } from '../ui/store-context.ts'
import { useCommand } from '../ui/use-command.ts'
import type { Claim } from './claim.ts'

interface SayDialogProps {
  /** The notice goes out, or something was said by either side. */
  kind: 'send' | 'say'
  claim: Claim
  close: () => void
}

type Channel = (typeof claimChannels)[number]

/** By what, with whom, and what: the notice on its way, or a line of the talks. */
export function SayDialog({ kind, claim, close }: SayDialogProps) {
  const { t } = useTranslation()
  const { today } = useStore()
  const isSending = kind === 'send'
  const [channel, setChannel] = useState<Channel>(isSending ? 'mail' : 'phone')
  const [saidBy, setSaidBy] = useState<'vendor' | 'store'>('vendor')
  const [person, setPerson] = useState('')
  const [text, setText] = useState('')
  const [amount, setAmount] = useState<number | null>(null)
  const [replyBy, setReplyBy] = useState<string | null>(claim.replyBy)
  const send = useCommand(desk.vendors.send, { onDone: close })
  const say = useCommand(desk.vendors.say, { onDone: close })
  const seen = { claimId: claim.id, version: claim.version }
  const words = { person: person.trim(), channel, text: text.trim() }
  const submit = () =>
    isSending
      ? send.mutate({ ...seen, ...words, replyBy })
      : say.mutate({ ...seen, ...words, saidBy, amount })
  const title = t(isSending ? 'vendors:act.send' : 'vendors:act.say')
  return (
    <ConfirmDialog
      open
      width={620}
      title={`${title} · ${claim.vendor.name}`}
      confirmLabel={t(isSending ? 'vendors:send.confirm' : 'vendors:say.confirm')}
      busy={send.isPending || say.isPending}
      unready={!isSending && amount === null && text.trim().length < 2}
      onConfirm={submit}
      onCancel={close}
    >
      <RefusalAlert error={send.error ?? say.error} />
      {isSending ? null : (
        <Field label={t('vendors:say.who')}>
          {(id) => (
            <Radio.Group
              id={id}
              aria-label={t('vendors:say.who')}
              value={saidBy}
              options={(['vendor', 'store'] as const).map((value) => ({
                value,
                label: t(`vendors:say.${value}`),
              }))}
              onChange={(event) => setSaidBy(event.target.value as typeof saidBy)}
            />
          )}
        </Field>
      )}
      <Field label={t('vendors:say.channel')}>
        {(id) => (
          <Radio.Group
            id={id}
            aria-label={t('vendors:say.channel')}
            value={channel}
            options={claimChannels.map((value) => ({
              value,
              label: t(`vendors:channel.${value}`),
            }))}
            onChange={(event) => setChannel(event.target.value as Channel)}
          />
        )}
      </Field>
      <div className="field-row">
        <TextField
          label={t('vendors:say.person')}
          value={person}
          maxLength={60}
          onChange={setPerson}
        />
        {isSending ? (
          <Field label={t('vendors:claim.replyBy')} hint={t('vendors:send.replyHint')}>
            {(id) => (
              <DatePicker
                id={id}
                className="full-width"
                value={replyBy === null ? null : dayjs(replyBy)}
                minDate={dayjs(today)}
                onChange={(day) => setReplyBy(day ? day.format('YYYY-MM-DD') : null)}
              />
            )}
          </Field>
        ) : (
          <Field label={t('vendors:say.amount')} hint={t('vendors:say.amountHint')}>
            {(id) => (
              <MoneyField id={id} className="full-width" value={amount} onChange={setAmount} />
            )}
          </Field>
        )}
      </div>
      <Field label={t(isSending ? 'vendors:send.note' : 'vendors:say.text')}>
        {(id) => (
          <Input.TextArea
            id={id}
            value={text}
            maxLength={20_000}
            autoSize={{ minRows: 2, maxRows: 8 }}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
    </ConfirmDialog>
  )
}
