import { PrinterOutlined } from '@ant-design/icons'
import { Button, Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { HotkeyLayer, useHotkeys } from '../input/hotkeys.tsx'
import { KeyCap } from './key-cap.tsx'
import { type Paper, PaperPreview } from './paper-preview.tsx'

interface PaperBehindKeyProps {
  keys: string
  /** What the key does, on its button. */
  label: string
  /** What the paper is: title of the window. */
  title: string
  width?: number
  children: ReactNode
}

/** A paper behind a key: the key shows it in a window of its own, where F9 prints it. */
export function PaperBehindKey({ keys, label, title, width = 620, children }: PaperBehindKeyProps) {
  const [isOpen, setOpen] = useState(false)
  const close = () => setOpen(false)
  useHotkeys([{ keys, label, run: () => setOpen(true) }])
  return (
    <>
      <Button icon={<PrinterOutlined />} aria-keyshortcuts={keys} onClick={() => setOpen(true)}>
        {label} <KeyCap keys={keys} />
      </Button>
      <Modal
        open={isOpen}
        width={width}
        centered
        title={title}
        footer={null}
        keyboard={false}
        transitionName=""
        maskTransitionName=""
        destroyOnHidden
        onCancel={close}
      >
        {isOpen ? (
          <HotkeyLayer>
            <CloseKey close={close} />
            {children}
          </HotkeyLayer>
        ) : null}
      </Modal>
    </>
  )
}

interface PaperKeyProps {
  keys: string
  label: string
  title: string
  paper: Paper
  /** Changes when what is printed on it has changed. */
  revision?: string | number
}

/** One paper that comes in one format, behind a key. */
export function PaperKey({ keys, label, title, paper, revision }: PaperKeyProps) {
  return (
    <PaperBehindKey keys={keys} label={label} title={title} width={960}>
      <PaperPreview paper={paper} label={title} {...(revision === undefined ? {} : { revision })} />
    </PaperBehindKey>
  )
}

function CloseKey({ close }: { close: () => void }) {
  const { t } = useTranslation()
  useHotkeys([{ keys: 'Esc', label: t('app:keys.close'), run: close }])
  return null
}
