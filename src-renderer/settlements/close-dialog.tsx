import { useTranslation } from 'react-i18next'

import { desk } from '../app/client.ts'
import { ReasonDialog } from '../ui/reason-dialog.tsx'
import { useCommand } from '../ui/use-command.ts'
import { type RemedyDialogProps, useRefresh } from './remedy.ts'

interface CloseDialogProps extends RemedyDialogProps {
  deed: 'give_up' | 'void' | 'undo'
  /** The item that is undone. */
  itemId: number | null
}

/** Parts without agreement, takes a proposal back, or undoes what was carried out: each with its reason. */
export function CloseDialog({ settling, deed, itemId, close }: CloseDialogProps) {
  const { t } = useTranslation()
  const [latest] = settling.settlements
  const refresh = useRefresh(close)
  const giveUp = useCommand(desk.settlements.giveUp, { onDone: refresh })
  const voiding = useCommand(desk.settlements.void, { onDone: refresh })
  const undo = useCommand(desk.settlements.undo, { onDone: refresh })
  const commands = [giveUp, voiding, undo]
  if (!latest) return null
  const step = { settlementId: latest.id, version: latest.version }
  return (
    <ReasonDialog
      open
      danger
      title={t(`settlements:close.${deed}`)}
      hint={t(`settlements:close.${deed}Hint`)}
      label={t('settlements:reason')}
      confirmLabel={t(`settlements:close.${deed}`)}
      error={commands.find(({ error }) => error)?.error ?? null}
      busy={commands.some(({ isPending }) => isPending)}
      onCancel={close}
      onReason={(reason) => {
        if (deed === 'give_up') giveUp.mutate({ ...step, reason })
        else if (deed === 'void') voiding.mutate({ ...step, reason })
        else if (itemId !== null) undo.mutate({ ...step, itemId, reason })
      }}
    />
  )
}
