import { DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { channels } from '../../src-main/cases/contract.ts'
import { instantOfLocal } from '../../src-main/foundation/business-date.ts'
import { desk } from '../app/client.ts'
import { useSession } from '../app/session.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { type Signature, SignaturePad } from '../ui/signature-pad.tsx'
import { useStore } from '../ui/store-context.ts'
import { useCommand } from '../ui/use-command.ts'
import { Choice } from './finding-dialogs.tsx'
import { type RemedyDialogProps, useRefresh } from './remedy.ts'

/** What the customer says to what is on offer: one of the options, or no. */
export function AnswerDialog({ settling, close }: RemedyDialogProps) {
  const { t } = useTranslation()
  const { timeZone } = useStore()
  const { operator } = useSession()
  const [latest] = settling.settlements
  const options = latest?.options.filter(({ round }) => round === latest.round) ?? []
  const [choice, choose] = useState<string | null>(null)
  const [channel, setChannel] = useState<(typeof channels)[number]>('on_site')
  const [words, setWords] = useState('')
  const [executorId, setExecutor] = useState<number>(operator.id)
  const [promised, setPromised] = useState<string | null>(null)
  const [signature, setSignature] = useState<Signature | null>(null)
  const refresh = useRefresh(close)
  const answer = useCommand(desk.settlements.answer, { onDone: refresh })
  const isNo = choice === 'no'
  const accepts = choice !== null && !isNo
  if (!latest) return null
  return (
    <ConfirmDialog
      open
      width={720}
      title={t('settlements:plan.answer')}
      confirmLabel={t('settlements:save')}
      busy={answer.isPending}
      unready={choice === null || (isNo && words.trim() === '')}
      onCancel={close}
      onConfirm={() =>
        answer.mutate({
          settlementId: latest.id,
          accepts,
          optionId: accepts ? Number(choice) : null,
          channel,
          words: words.trim(),
          executorId: accepts ? executorId : null,
          promisedAt: accepts && promised ? instantOfLocal(promised, timeZone).toISOString() : null,
          sha256: accepts && signature?.kind === 'drawn' ? signature.sha256 : null,
          version: latest.version,
        })
      }
    >
      <RefusalAlert error={answer.error} />
      <Choice
        legend={t('settlements:answer.title')}
        value={choice}
        options={[
          ...options.map(({ id, title }) => ({
            value: String(id),
            label: t('settlements:answer.accept', { title }),
          })),
          { value: 'no', label: t('settlements:answer.declines') },
        ]}
        onChange={choose}
      />
      <Choice
        legend={t('settlements:answer.channel')}
        value={channel}
        options={channels.map((value) => ({ value, label: t(`complaints:channel.${value}`) }))}
        onChange={setChannel}
      />
      <Field label={t(`settlements:answer.${isNo ? 'why' : 'words'}`)}>
        {(id) => (
          <Input.TextArea
            id={id}
            value={words}
            maxLength={2_000}
            autoSize={{ minRows: 2, maxRows: 6 }}
            onChange={(event) => setWords(event.target.value)}
          />
        )}
      </Field>
      {accepts ? (
        <>
          <div className="field-row">
            <Field label={t('settlements:answer.executor')}>
              {(id) => (
                <Select
                  id={id}
                  className="full-width"
                  showSearch={{ optionFilterProp: 'label' }}
                  value={executorId}
                  options={settling.executors.map((each) => ({ value: each.id, label: each.name }))}
                  onChange={setExecutor}
                />
              )}
            </Field>
            <Field
              label={t('settlements:answer.promised')}
              hint={t('settlements:answer.promisedHint')}
            >
              {(id) => (
                <DatePicker
                  id={id}
                  className="full-width"
                  showTime={{ format: 'HH:mm', minuteStep: 15 }}
                  format="YYYY-MM-DD HH:mm"
                  needConfirm={false}
                  value={promised ? dayjs(promised) : null}
                  onChange={(at) => setPromised(at ? at.format('YYYY-MM-DDTHH:mm:ss') : null)}
                />
              )}
            </Field>
          </div>
          <SignaturePad
            label={t('settlements:answer.signature')}
            value={signature}
            onChange={setSignature}
          />
        </>
      ) : null}
    </ConfirmDialog>
  )
}
