import { useTranslation } from 'react-i18next'

import { ReasonDialog } from './reason-dialog.tsx'

interface VoidDialogProps {
  open: boolean
  title: string
  /** What voiding does, in a sentence. */
  hint: string
  confirmLabel: string
  error: unknown
  busy: boolean
  onVoid: (reason: string) => void
  onCancel: () => void
}

/** Nothing is deleted: a paper is voided, with a reason that stays. */
export function VoidDialog({ onVoid, ...dialog }: VoidDialogProps) {
  const { t } = useTranslation()
  return <ReasonDialog {...dialog} danger label={t('papers:voidReason')} onReason={onVoid} />
}
