import { Modal } from 'antd'
import { useTranslation } from 'react-i18next'

import { HotkeyLayer, useHotkeys } from '../input/hotkeys.tsx'
import { type Paper, PaperPreview } from '../ui/paper-preview.tsx'

export type RemedyPaper = Extract<Paper, { document: 'settlement_slip' | 'apology_letter' }>

/** A paper over the tab: F9 prints it, Esc leaves. */
export function PaperDialog({ paper, close }: { paper: RemedyPaper; close: () => void }) {
  const { t } = useTranslation()
  const label = t(`settlements:paper.${paper.document}`)
  return (
    <Modal
      open
      width={760}
      centered
      title={label}
      footer={null}
      keyboard={false}
      transitionName=""
      maskTransitionName=""
      destroyOnHidden
      onCancel={close}
    >
      <HotkeyLayer>
        <CloseKey close={close} />
        <PaperPreview paper={paper} label={label} />
      </HotkeyLayer>
    </Modal>
  )
}

function CloseKey({ close }: { close: () => void }) {
  const { t } = useTranslation()
  useHotkeys([{ keys: 'Esc', label: t('app:keys.close'), run: close }])
  return null
}
