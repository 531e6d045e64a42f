import { EyeOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { ReasonDialog } from './reason-dialog.tsx'
import { useCommand } from './use-command.ts'

interface MaskedPhoneProps {
  /** As the desk hands it out: already masked. */
  masked: string
  /** Asks for the whole number; the desk writes down who asked and why. Without it the number stays masked. */
  reveal?: (reason: string) => Promise<{ phone: string }>
}

/** A phone number nobody can read over the counter; it is shown whole for a reason, until the page is left. */
export function MaskedPhone({ masked, reveal }: MaskedPhoneProps) {
  return (
    <span className="masked-phone">
      {reveal ? <RevealablePhone masked={masked} reveal={reveal} /> : masked}
    </span>
  )
}

function RevealablePhone({ masked, reveal }: Required<MaskedPhoneProps>) {
  const { t } = useTranslation()
  const [asking, ask] = useState(false)
  const shown = useCommand((reason: string) => reveal(reason), { onDone: () => ask(false) })
  if (shown.data) return <>{shown.data.phone}</>
  return (
    <>
      {masked}
      <Button
        type="text"
        size="small"
        icon={<EyeOutlined />}
        aria-label={t('app:reveal.label')}
        onClick={() => ask(true)}
      />
      <ReasonDialog
        open={asking}
        title={t('app:reveal.label')}
        hint={t('app:reveal.hint')}
        label={t('app:reveal.reason')}
        confirmLabel={t('app:reveal.confirm')}
        error={shown.error}
        busy={shown.isPending}
        onReason={(reason) => shown.mutate(reason)}
        onCancel={() => ask(false)}
      />
    </>
  )
}
