import { useQuery } from '@tanstack/react-query'
import { App, Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { api, desk } from '../app/client.ts'
import { useSession } from '../app/session.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { Moment } from '../ui/business-date.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Money } from '../ui/money.tsx'
import { Panel } from '../ui/page.tsx'
import { PinField } from '../ui/pin-field.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { Tag } from '../ui/tag.tsx'
import { useCommand } from '../ui/use-command.ts'

const decideKey = 'Alt+S'

/** Whether only the top may settle the case, why, and what the top said. */
export function TopPanel({ caseId, open }: { caseId: number; open: boolean }) {
  const { t } = useTranslation()
  const [deciding, setDeciding] = useState(false)
  const { data, error } = useQuery(api.approvals.caseTop.queryOptions({ input: { caseId } }))
  const isNeeded = open && (data?.exposed ?? false)
  useHotkeys([
    {
      keys: decideKey,
      label: t('evidence:top.decide'),
      when: isNeeded,
      run: () => setDeciding(true),
    },
  ])
  return (
    <Panel
      title={t('evidence:top.title')}
      extra={
        isNeeded ? (
          <Button size="small" onClick={() => setDeciding(true)}>
            {t('evidence:top.decide')} <KeyCap keys={decideKey} />
          </Button>
        ) : null
      }
    >
      <RefusalAlert error={error} />
      {data?.exposed ? (
        <>
          <p className="evidence-marks">
            {data.risks.map(({ flag }) => (
              <Tag key={flag} tone="risk">
                {t(`complaints:risk.${flag}`)}
              </Tag>
            ))}
            {data.highValue ? (
              <Tag tone="risk">
                {t('evidence:top.high')} <Money amount={data.demandAmount} />
              </Tag>
            ) : null}
            {data.decided ? (
              <Tag tone="good">{t('evidence:top.decided')}</Tag>
            ) : (
              <Tag tone="soon">{t('evidence:top.waits')}</Tag>
            )}
          </p>
          <p className="why">{t('evidence:top.why')}</p>
        </>
      ) : data ? (
        <p className="row-note">{t('evidence:top.none')}</p>
      ) : null}
      <ul className="evidence-list">
        {data?.decisions.map(({ id, text, at, by }) => (
          <li key={id}>
            <span>{text}</span>
            <span className="row-note">
              {by} · <Moment at={at} />
            </span>
          </li>
        ))}
      </ul>
      {deciding ? <DecideDialog caseId={caseId} close={() => setDeciding(false)} /> : null}
    </Panel>
  )
}

function DecideDialog({ caseId, close }: { caseId: number; close: () => void }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const { operator } = useSession()
  const [text, setText] = useState('')
  const [code, setCode] = useState(operator.role === 'store_manager' ? operator.code : '')
  const [pin, setPin] = useState('')
  const decide = useCommand(desk.approvals.decideCase, {
    onDone: () => {
      close()
      void message.success(t('evidence:top.done'))
    },
  })
  return (
    <ConfirmDialog
      open
      title={t('evidence:top.decideTitle')}
      confirmLabel={t('evidence:top.decide')}
      busy={decide.isPending}
      unready={text.trim().length < 2 || code.trim() === '' || !/^\d{4,12}$/.test(pin)}
      onCancel={close}
      onConfirm={() =>
        decide.mutate(
          { caseId, text: text.trim(), code: code.trim(), pin },
          { onError: () => setPin('') },
        )
      }
    >
      <RefusalAlert error={decide.error} />
      <Field label={t('evidence:top.text')} hint={t('evidence:top.textHint')}>
        {(id) => (
          <Input
            id={id}
            value={text}
            maxLength={500}
            autoComplete="off"
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('approvals:box.code')}>
        {(id) => (
          <Input
            id={id}
            value={code}
            maxLength={12}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setCode(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('approvals:box.pin')}>
        {(id) => (
          <PinField
            id={id}
            size="middle"
            value={pin}
            onChange={(event) => setPin(event.target.value)}
          />
        )}
      </Field>
    </ConfirmDialog>
  )
}
