import type { InferClientOutputs } from '@orpc/client'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import './alerts.css'
import { Moment } from './business-date.tsx'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { Field } from './field.tsx'
import { KeyCap } from './key-cap.tsx'
import { RefusalAlert } from './refusal-alert.tsx'
import { RowList } from './row-list.tsx'
import { Tag } from './tag.tsx'
import { useAlertText } from './use-alert-text.ts'
import { useCommand } from './use-command.ts'

export type AlertRow = InferClientOutputs<typeof desk>['alerts']['inbox'][number]

interface AlertRowsProps {
  label: string
  rows: readonly AlertRow[]
  /** Names the case of each; off on the page of that case. */
  cases?: boolean
  onAnswer: (row: AlertRow) => void
  /** The row the answer key takes. */
  keyed?: string | null
  answerKey: string
}

const tones = { info: 'plain', warning: 'soon', urgent: 'risk' } as const

/** Messages as rows: what is asked, of whom, who has seen it, and the way to take it on. */
export function AlertRows(props: AlertRowsProps) {
  const { label, rows, cases = true, onAnswer, keyed, answerKey } = props
  const { t } = useTranslation()
  return (
    <RowList label={label}>
      {rows.map((row) => (
        <li key={row.key} className="alert-row">
          <AlertMain row={row} cases={cases} />
          <span className="row-side alert-side">
            <span>
              {row.mine && !row.seenByMe && !row.answered ? (
                <span className="alert-new" aria-hidden="true" />
              ) : null}
              <Tag tone={tones[row.severity]}>{t(`alerts:severity.${row.severity}`)}</Tag>
            </span>
            {row.answered ? (
              <span className="row-note">
                {t('alerts:answeredBy', { name: row.answered.by })} <Moment at={row.answered.at} />
              </span>
            ) : row.mine ? (
              <Button size="small" onClick={() => onAnswer(row)}>
                {t('alerts:answer')} {row.key === keyed ? <KeyCap keys={answerKey} /> : null}
              </Button>
            ) : null}
          </span>
        </li>
      ))}
    </RowList>
  )
}

function AlertMain({ row, cases }: { row: AlertRow; cases: boolean }) {
  const { t } = useTranslation()
  const say = useAlertText()
  const about = row.case
  const who = row.to.name ?? (row.to.role ? t(`alerts:role.${row.to.role}`) : null)
  const where = about
    ? about.complaintId === null
      ? paths.caseFile(about.id)
      : paths.complaint(about.complaintId)
    : null
  const title = <span className="row-title">{say(row)}</span>
  return (
    <span className="row-main">
      {where && cases ? (
        <Link className="alert-link" to={where}>
          {title}
        </Link>
      ) : (
        title
      )}
      {about && cases ? (
        <span className="row-note alert-case">
          {about.number} {about.text}
        </span>
      ) : null}
      <span className="row-note">
        <Moment at={row.raisedAt} short />
        {row.dueAt ? (
          <>
            {' · '}
            {t('alerts:due')} <Moment at={row.dueAt} short />
          </>
        ) : null}
        {who
          ? ` · ${t('alerts:to', { who: [who, row.to.role === 'duty_manager' ? row.floor : ''].filter(Boolean).join(' ') })}`
          : ''}
        {row.raisedBy ? ` · ${t('alerts:from', { name: row.raisedBy })}` : ''}
        {' · '}
        {row.seen.length > 0
          ? t('alerts:seenBy', { names: row.seen.map(({ name }) => name).join('、') })
          : t('alerts:unseen')}
      </span>
      {row.climbed ? (
        <span className="alert-climbed">
          {t('alerts:climbed', { role: t(`alerts:role.${row.climbed}`) })}
        </span>
      ) : null}
      {row.answered?.note ? <span className="row-note">{row.answered.note}</span> : null}
    </span>
  )
}

interface AnswerDialogProps {
  row: AlertRow | null
  close: () => void
}

/** Takes a message on, with a word of how where there is one. */
export function AnswerDialog({ row, close }: AnswerDialogProps) {
  const { t } = useTranslation()
  const say = useAlertText()
  const [note, setNote] = useState('')
  const answer = useCommand(desk.alerts.answer, {
    onDone: () => {
      setNote('')
      close()
    },
  })
  if (!row) return null
  return (
    <ConfirmDialog
      open
      title={t('alerts:answerTitle')}
      confirmLabel={t('alerts:answer')}
      busy={answer.isPending}
      onCancel={close}
      onConfirm={() => answer.mutate({ key: row.key, note: note.trim() })}
    >
      <RefusalAlert error={answer.error} />
      <p>
        <strong>{say(row)}</strong>
      </p>
      <p className="why">{t('alerts:answerHint')}</p>
      <Field label={t('alerts:note')}>
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
    </ConfirmDialog>
  )
}
