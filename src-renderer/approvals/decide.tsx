import { App } from 'antd'
import {
  ArrowUpOutlined,
  CheckOutlined,
  CloseOutlined,
  ReloadOutlined,
  RollbackOutlined,
} from '@ant-design/icons'
import type { UseMutationResult } from '@tanstack/react-query'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { desk } from '../app/client.ts'
import type { Action } from '../ui/action-bar.tsx'
import { ReasonDialog } from '../ui/reason-dialog.tsx'
import { useCommand } from '../ui/use-command.ts'
import type { Approval } from './approval.ts'
import { GrantDialog } from './grant-dialog.tsx'

type Step = 'grant' | 'deny' | 'escalate' | 'withdraw'

/** What may be done with the chosen request, each with its key, and the dialog that asks for PIN or reason. */
export function useDecisions(approval: Approval | undefined): {
  actions: Action[]
  dialog: ReactNode
} {
  const { t } = useTranslation()
  const { message } = App.useApp()
  // What was on screen when the key was pressed: the list may change under an open dialog.
  const [open, setOpen] = useState<{ step: Step; approval: Approval } | null>(null)
  const done = (step: Step) => {
    setOpen(null)
    void message.success(t(`approvals:done.${step}`))
  }
  const deny = useCommand(desk.approvals.deny, { onDone: () => done('deny') })
  const escalate = useCommand(desk.approvals.escalate, { onDone: () => done('escalate') })
  const renew = useCommand(desk.approvals.renew, {
    onDone: () => void message.success(t('approvals:done.renew')),
  })
  const withdraw = useCommand(desk.approvals.withdraw, { onDone: () => done('withdraw') })
  const commands = { deny, escalate, withdraw }
  const start = (step: Step) => {
    if (!approval) return
    if (step !== 'grant') commands[step].reset()
    setOpen({ step, approval })
  }
  const all: (Action & { step: Step })[] = [
    {
      step: 'grant',
      keys: 'Ctrl+Enter',
      icon: <CheckOutlined />,
      primary: true,
      ...texts('grant'),
    },
    { step: 'deny', keys: 'Delete', icon: <CloseOutlined />, danger: true, ...texts('deny') },
    { step: 'escalate', keys: 'Alt+U', icon: <ArrowUpOutlined />, ...texts('escalate') },
    { step: 'withdraw', keys: 'Alt+W', icon: <RollbackOutlined />, ...texts('withdraw') },
  ]
  // Nothing is asked: it is the same request, word for word.
  const again: Action = {
    keys: 'Alt+R',
    label: t('approvals:action.renew'),
    icon: <ReloadOutlined />,
    primary: true,
    busy: renew.isPending,
    run: () => {
      if (approval) renew.mutate({ approvalId: approval.id, version: approval.version })
    },
  }
  function texts(step: Step) {
    return { label: t(`approvals:action.${step}`), run: () => start(step) }
  }
  return {
    actions: approval?.may.renew
      ? [again, ...all.filter(({ step }) => approval.may[step])]
      : all.filter(({ step }) => approval?.may[step]),
    dialog: open ? (
      <DecisionDialog
        key={open.step}
        {...open}
        command={open.step === 'grant' ? null : commands[open.step]}
        onGranted={() => done('grant')}
        onCancel={() => setOpen(null)}
      />
    ) : null,
  }
}

interface DecisionDialogProps {
  step: Step
  approval: Approval
  command: UseMutationResult<
    unknown,
    Error,
    { approvalId: number; version: number; reason: string }
  > | null
  onGranted: () => void
  onCancel: () => void
}

function DecisionDialog({ step, approval, command, onGranted, onCancel }: DecisionDialogProps) {
  const { t } = useTranslation()
  if (!command) return <GrantDialog approval={approval} onDone={onGranted} onCancel={onCancel} />
  const seen = { approvalId: approval.id, version: approval.version }
  return (
    <ReasonDialog
      open
      danger={step === 'deny'}
      title={t(`approvals:${step}.title`)}
      hint={t(`approvals:${step}.hint`)}
      label={t('approvals:fact.reason')}
      confirmLabel={t(`approvals:action.${step}`)}
      error={command.error}
      busy={command.isPending}
      onReason={(reason) => command.mutate({ ...seen, reason })}
      onCancel={onCancel}
    />
  )
}
