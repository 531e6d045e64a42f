import { Modal } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { HotkeyLayer, useHotkeys } from '../input/hotkeys.tsx'
import { type Paper, PaperPreview } from '../ui/paper-preview.tsx'

interface PaperDialogProps {
  title: string
  paper: Paper
  /** Changes when what is printed on it has changed. */
  revision?: string | number
  /** Above the paper: what can be chosen about it. */
  children?: ReactNode
  close: () => void
}

/** A paper to look at, print with F9 and save with Ctrl+S. */
export function PaperDialog({ title, paper, revision = 0, children, close }: PaperDialogProps) {
  return (
    <Modal
      open
      title={title}
      width={900}
      footer={null}
      keyboard={false}
      transitionName=""
      maskTransitionName=""
      onCancel={close}
      destroyOnHidden
    >
      <HotkeyLayer>
        <CloseKey close={close} />
        {children}
        <div className="vendor-paper">
          <PaperPreview paper={paper} label={title} revision={revision} />
        </div>
      </HotkeyLayer>
    </Modal>
  )
}

function CloseKey({ close }: { close: () => void }) {
  const { t } = useTranslation()
  useHotkeys([{ keys: 'Esc', label: t('app:keys.close'), run: close }])
  return null
}
