import { DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { learntAbouts, type Outcome } from '../../src-main/followups/contract.ts'
import { instantOfLocal } from '../../src-main/foundation/business-date.ts'
import { desk } from '../app/client.ts'
import { notAsked, SatisfactionFields } from '../ui/closing-fields.tsx'
import type { SatisfactionValues } from '../ui/closing-fields.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { KeyChoices } from '../ui/key-choices.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useStore } from '../ui/store-context.ts'
import { useCommand } from '../ui/use-command.ts'
import { useDraft } from '../ui/use-draft.ts'
import type { OpenFollowUp } from './call-page.tsx'

interface Values {
  satisfaction: SatisfactionValues
  note: string
  learntAbout: (typeof learntAbouts)[number] | null
  learnt: string
  takeUp: 'reopen' | 'new' | 'only'
}

interface DialogProps {
  row: OpenFollowUp
  outcome: Outcome
  close: () => void
  /** The complaint that is open again, if any; when it is tried again, if it is. */
  done: (complaintId: number | null, nextAt: string | null) => void
}

/** What came of a call: digits answer first, words follow, and whoever is not content is heard in the same step. */
export function OutcomeDialog({ row, outcome, close, done }: DialogProps) {
  const { t } = useTranslation()
  const { timeZone } = useStore()
  const draftKey = `followup-${row.id}-${outcome}`
  const [values, keep, clear] = useDraft<Values>(draftKey, {
    satisfaction: notAsked,
    note: '',
    learntAbout: null,
    learnt: '',
    takeUp: row.complaintId === null ? 'only' : 'reopen',
  })
  const [nextLocal, setNextLocal] = useState<string | null>(null)
  const settle = useCommand(desk.followups.settle, {
    draftKey,
    onDone: ({ nextAt }) => {
      clear()
      done(null, nextAt)
    },
  })
  const takeUp = useCommand(desk.complaints.takeUpAgain, {
    draftKey: `${draftKey}-again`,
    onDone: ({ complaintId }) => {
      clear()
      done(complaintId, null)
    },
  })
  const isReached = outcome === 'content' || outcome === 'not_content'
  const { satisfaction } = values
  const isContent = (satisfaction.points ?? 0) >= 4
  const contradicts = satisfaction.points !== null && isContent !== (outcome === 'content')
  const lacksNote = outcome === 'not_content' && values.note.trim() === ''
  const lacksTime = outcome === 'postponed' && nextLocal === null
  const commit = () => {
    const input = {
      followUpId: row.id,
      version: row.version,
      channel: row.channel,
      outcome,
      ...(isReached && { satisfaction }),
      note: values.note.trim(),
      learntAbout: values.learnt.trim() === '' ? null : values.learntAbout,
      learnt: values.learnt.trim(),
      nextAt: nextLocal === null ? null : instantOfLocal(nextLocal, timeZone).toISOString(),
    }
    if (outcome === 'not_content' && values.takeUp !== 'only') {
      takeUp.mutate({ ...input, takeUp: values.takeUp, promise: t('followups:call.promise') })
    } else settle.mutate(input)
  }
  return (
    <ConfirmDialog
      open
      width={640}
      title={`${t(`followups:outcome.${outcome}`)} · ${row.name || row.number}`}
      confirmLabel={t('followups:call.save')}
      busy={settle.isPending || takeUp.isPending}
      unready={contradicts || lacksNote || lacksTime}
      focusField={!isReached}
      onConfirm={commit}
      onCancel={close}
    >
      <RefusalAlert error={settle.error ?? takeUp.error} />
      <p className="why">
        {t(`followups:hintOf.${outcome}`, { count: row.mostTries - row.tries })}
      </p>
      {isReached ? (
        <SatisfactionFields
          called
          value={satisfaction}
          onChange={(next) => keep((now) => ({ ...now, satisfaction: next }))}
        />
      ) : null}
      {contradicts ? <p className="field-problem">{t('followups:call.contradicts')}</p> : null}
      {outcome === 'not_content' && row.complaintId !== null ? (
        <KeyChoices
          legend={t('followups:call.then')}
          value={values.takeUp}
          onChoose={(takeUp) => keep((now) => ({ ...now, takeUp }))}
          choices={[
            { keys: '7', value: 'reopen', label: t('followups:call.reopen') },
            { keys: '8', value: 'new', label: t('followups:call.new') },
            { keys: '9', value: 'only', label: t('followups:call.only') },
          ]}
        />
      ) : null}
      {outcome === 'postponed' ? (
        <Field label={t('followups:call.until')}>
          {(id) => (
            <DatePicker
              id={id}
              showTime={{ format: 'HH:mm', minuteStep: 5 }}
              format="YYYY-MM-DD HH:mm"
              value={nextLocal ? dayjs(nextLocal) : null}
              onChange={(next) => setNextLocal(next ? next.format('YYYY-MM-DDTHH:mm:00') : null)}
            />
          )}
        </Field>
      ) : null}
      <Field label={t('followups:call.note')}>
        {(id) => (
          <Input.TextArea
            id={id}
            value={values.note}
            maxLength={2000}
            autoSize={{ minRows: 2, maxRows: 6 }}
            onChange={(event) => keep((now) => ({ ...now, note: event.target.value }))}
          />
        )}
      </Field>
      {isReached ? (
        <div className="closing-why dialog-gap">
          <Field label={t('followups:learnt.about')}>
            {(id) => (
              <Select
                id={id}
                className="full-width"
                allowClear
                value={values.learntAbout}
                options={learntAbouts.map((value) => ({
                  value,
                  label: t(`followups:about.${value}`),
                }))}
                onChange={(learntAbout: Values['learntAbout'] | undefined) =>
                  keep((now) => ({ ...now, learntAbout: learntAbout ?? null }))
                }
              />
            )}
          </Field>
          <Field label={t('followups:learnt.what')}>
            {(id) => (
              <Input
                id={id}
                value={values.learnt}
                maxLength={300}
                autoComplete="off"
                placeholder={t('followups:learnt.example')}
                onChange={(event) => keep((now) => ({ ...now, learnt: event.target.value }))}
              />
            )}
          </Field>
        </div>
      ) : null}
    </ConfirmDialog>
  )
}
