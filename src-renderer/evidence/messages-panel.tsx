import { useQuery } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { api, desk } from '../app/client.ts'
import { useSession } from '../app/session.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { type AlertRow, AlertRows, AnswerDialog } from '../ui/alert-rows.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Panel } from '../ui/page.tsx'
import { ReasonDialog } from '../ui/reason-dialog.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { SendAlert } from '../ui/send-alert.tsx'
import { EmptyState } from '../ui/states.tsx'
import { useCommand } from '../ui/use-command.ts'

const upKey = 'Alt+U'
const sendKey = 'Alt+W'
const answerKey = 'Alt+Z'

/** Who was told of a case, who took it on, and the way one level up. */
export function MessagesPanel({ caseId, open }: { caseId: number; open: boolean }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const { may } = useSession()
  const [dialog, setDialog] = useState<'up' | 'send' | null>(null)
  const [answering, setAnswering] = useState<AlertRow | null>(null)
  const { data, error } = useQuery(api.alerts.ofCase.queryOptions({ input: { caseId } }))
  const rows = data?.rows ?? []
  const next = data?.next ?? null
  const mine = rows.find((row) => row.mine && !row.answered)
  const mayEscalate = open && may('complaints.record') && next !== null
  const escalate = useCommand(desk.alerts.escalate, {
    onDone: ({ to }) => {
      setDialog(null)
      void message.success(t('alerts:escalated', { role: t(`alerts:role.${to}`) }))
    },
  })
  useHotkeys([
    {
      keys: upKey,
      label: t('alerts:escalate'),
      when: mayEscalate,
      run: () => setDialog('up'),
    },
    { keys: sendKey, label: t('alerts:send'), run: () => setDialog('send') },
    {
      keys: answerKey,
      label: t('alerts:answer'),
      when: mine !== undefined,
      run: () => setAnswering(mine ?? null),
    },
  ])
  return (
    <Panel
      title={t('alerts:case.title')}
      extra={
        <span className="evidence-buttons">
          {mayEscalate ? (
            <Button size="small" onClick={() => setDialog('up')}>
              {t('alerts:escalate')} <KeyCap keys={upKey} />
            </Button>
          ) : null}
          <Button size="small" onClick={() => setDialog('send')}>
            {t('alerts:send')} <KeyCap keys={sendKey} />
          </Button>
        </span>
      }
    >
      <RefusalAlert error={error} />
      {data && open && next === null ? <p className="row-note">{t('alerts:atTop')}</p> : null}
      {data && rows.length === 0 ? (
        <EmptyState small title={t('alerts:case.none')} />
      ) : (
        <AlertRows
          label={t('alerts:case.title')}
          rows={rows}
          cases={false}
          onAnswer={setAnswering}
          keyed={mine?.key ?? null}
          answerKey={answerKey}
        />
      )}
      {next ? (
        <ReasonDialog
          open={dialog === 'up'}
          title={t('alerts:escalateTitle', { role: t(`alerts:role.${next}`) })}
          hint={t('alerts:escalateHint')}
          label={t('alerts:why')}
          confirmLabel={t('alerts:escalate')}
          error={escalate.error}
          busy={escalate.isPending}
          onReason={(reason) => escalate.mutate({ caseId, reason })}
          onCancel={() => setDialog(null)}
        />
      ) : null}
      <SendAlert open={dialog === 'send'} caseId={caseId} close={() => setDialog(null)} />
      <AnswerDialog row={answering} close={() => setAnswering(null)} />
    </Panel>
  )
}
