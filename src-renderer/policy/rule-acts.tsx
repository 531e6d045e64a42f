import { App } from 'antd'
import { useTranslation } from 'react-i18next'

import { desk } from '../app/client.ts'
import { useCommand } from '../ui/use-command.ts'
import { useNamedField } from './field-words.ts'
import type { OpenRule } from './policy.ts'
import { SignatureDialog } from './signature-dialog.tsx'

/** What a manager does to a rule with their signature. */
export type Act =
  | { kind: 'sign' }
  | { kind: 'rollBack'; to: number }
  | { kind: 'withdraw'; version: number }

interface RuleActsProps {
  rule: OpenRule
  act: Act | null
  close: () => void
}

/** Signing, rolling back and withdrawing: each asks for the PIN of who does it. */
export function RuleActs({ rule, act, close }: RuleActsProps) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const newest = rule.versions[0]?.version ?? 0
  const done = (text: string) => () => {
    close()
    void message.success(text)
  }
  const sign = useCommand(desk.policy.sign, { onDone: done(t('policy-screen:sign.done')) })
  const rollBack = useCommand(desk.policy.rollBack, {
    onDone: done(t('policy-screen:rollBack.done')),
  })
  const withdraw = useCommand(desk.policy.withdraw, {
    onDone: done(t('policy-screen:withdraw.done')),
  })
  const signRefusal = useNamedField(sign.error)
  const rollBackRefusal = useNamedField(rollBack.error)
  const leave = () => {
    sign.reset()
    rollBack.reset()
    withdraw.reset()
    close()
  }
  return (
    <>
      <SignatureDialog
        open={act?.kind === 'sign'}
        title={t('policy-screen:sign.title', { version: newest })}
        hint={t('policy-screen:sign.hint')}
        confirmLabel={t('policy-screen:act.sign')}
        error={signRefusal}
        busy={sign.isPending}
        onSign={({ pin, note }) => sign.mutate({ ruleId: rule.id, version: newest, pin, note })}
        onCancel={leave}
      />
      <SignatureDialog
        open={act?.kind === 'rollBack'}
        title={t('policy-screen:rollBack.title', {
          version: act?.kind === 'rollBack' ? act.to : 0,
        })}
        hint={t('policy-screen:rollBack.hint')}
        confirmLabel={t('policy-screen:act.rollBack')}
        dateLabel={t('policy-screen:rollBack.from')}
        noteNeeded
        error={rollBackRefusal}
        busy={rollBack.isPending}
        onSign={({ pin, note, from }) => {
          if (act?.kind !== 'rollBack') return
          rollBack.mutate({ ruleId: rule.id, version: newest, to: act.to, from, pin, note })
        }}
        onCancel={leave}
      />
      <SignatureDialog
        open={act?.kind === 'withdraw'}
        danger
        title={t('policy-screen:withdraw.title', {
          version: act?.kind === 'withdraw' ? act.version : 0,
        })}
        hint={t('policy-screen:withdraw.hint')}
        confirmLabel={t('policy-screen:act.withdraw')}
        dateLabel={t('policy-screen:withdraw.from')}
        noteNeeded
        error={withdraw.error}
        busy={withdraw.isPending}
        onSign={({ pin, note, from }) => {
          if (act?.kind !== 'withdraw') return
          withdraw.mutate({ ruleId: rule.id, version: act.version, from, pin, note })
        }}
        onCancel={leave}
      />
    </>
  )
}
