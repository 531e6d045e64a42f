import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { desk } from '../app/client.ts'
import { useSession } from '../app/session.ts'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { useCommand } from '../ui/use-command.ts'

/** What stands on the report beside its figures: a manager writes it, everybody reads it. */
export function DayNote({ businessDate, note }: { businessDate: string; note: string }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const [typed, setTyped] = useState<string | null>(null)
  const write = useCommand(desk.reports.writeDayNote, { onDone: () => setTyped(null) })
  const title = t('reports:note.title')
  if (!may('reports.manage')) {
    return note === '' ? null : (
      <p className="row-note day-note">{t('reports:note.said', { note })}</p>
    )
  }
  const text = typed ?? note
  const isChanged = text.trim() !== note
  return (
    <form
      className="day-note"
      onSubmit={(event) => {
        event.preventDefault()
        if (isChanged && !write.isPending) write.mutate({ businessDate, note: text.trim() })
      }}
    >
      <Input
        size="small"
        aria-label={title}
        prefix={<span className="row-note">{title}</span>}
        placeholder={t('reports:note.hint')}
        maxLength={200}
        value={text}
        onChange={(event) => setTyped(event.target.value)}
      />
      <Button size="small" htmlType="submit" disabled={!isChanged} loading={write.isPending}>
        {t('reports:note.save')}
      </Button>
      <RefusalAlert error={write.error} />
    </form>
  )
}
