import { EyeOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { desk } from '../app/client.ts'
import { useSession } from '../app/session.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { ReasonDialog } from '../ui/reason-dialog.tsx'
import { useCommand } from '../ui/use-command.ts'

const KEY = 'Alt+K'

/** A password left with the goods: stars, until somebody says why they need it. */
export function PrivateNote({ itemId }: { itemId: number }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const [asking, ask] = useState(false)
  const shown = useCommand(desk.repairs.revealNote, { onDone: () => ask(false) })
  const canShow = may('repairs.reveal') && !shown.data
  useHotkeys([
    { keys: KEY, label: t('repairs:one.noteTitle'), when: canShow, run: () => ask(true) },
  ])
  return (
    <>
      {shown.data ? <code className="repair-note">{shown.data.note}</code> : '••••••'}{' '}
      {canShow ? (
        <Button size="small" icon={<EyeOutlined />} onClick={() => ask(true)}>
          {t('repairs:one.noteShow')} <KeyCap keys={KEY} />
        </Button>
      ) : null}
      <ReasonDialog
        open={asking}
        title={t('repairs:one.noteTitle')}
        hint={t('repairs:one.noteHint')}
        label={t('app:reveal.reason')}
        confirmLabel={t('repairs:one.noteShow')}
        error={shown.error}
        busy={shown.isPending}
        onReason={(reason) => shown.mutate({ itemId, reason })}
        onCancel={() => ask(false)}
      />
    </>
  )
}
