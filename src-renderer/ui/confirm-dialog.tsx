import { Modal } from 'antd'
import { useRef } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { HotkeyLayer, useHotkeys } from '../input/hotkeys.tsx'
import { KeyCap } from './key-cap.tsx'

interface ConfirmDialogProps {
  open: boolean
  title: string
  /** The verb on the button: say what happens, not OK. */
  confirmLabel: string
  onConfirm: () => void
  onCancel: () => void
  danger?: boolean
  busy?: boolean
  /** The form inside is not complete yet. */
  unready?: boolean
  width?: number
  /** False where digits choose something first: a field with the focus would swallow them. */
  focusField?: boolean
  children?: ReactNode
}

function DialogKeys({
  confirmLabel,
  onConfirm,
  onCancel,
  ready,
}: {
  confirmLabel: string
  onConfirm: () => void
  onCancel: () => void
  ready: boolean
}) {
  const { t } = useTranslation()
  useHotkeys([
    { keys: 'Ctrl+Enter', label: confirmLabel, run: onConfirm, when: ready },
    { keys: 'Esc', label: t('app:cancel'), run: onCancel },
  ])
  return null
}

/**
 * The first field of a short form; without one the dialog keeps the focus, so Enter presses nothing. Whoever is in
 * another field already stays there: a PIN must not run on into the note before it.
 */
function focusFirst(content: HTMLElement | null): void {
  if (content?.contains(document.activeElement)) return
  const field = content?.querySelector<HTMLElement>('input:enabled, textarea:enabled')
  // Of a few choices the one that holds: arrows go on from there.
  const isChoice = field instanceof HTMLInputElement && field.type === 'radio'
  const chosen = isChoice ? content?.querySelector<HTMLElement>('input[type=radio]:checked') : null
  ;(chosen ?? field)?.focus()
}

/** Asks before something that cannot be taken back, or holds a short form. Ctrl+Enter does it, Esc leaves. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, title, confirmLabel, onConfirm, onCancel, danger, busy, unready, width } = props
  const { focusField = true, children } = props
  const { t } = useTranslation()
  const ready = !busy && !unready
  const content = useRef<HTMLDivElement>(null)
  return (
    <Modal
      open={open}
      title={title}
      onCancel={onCancel}
      onOk={onConfirm}
      keyboard={false}
      transitionName=""
      maskTransitionName=""
      afterOpenChange={(shown) => void (shown && focusField && focusFirst(content.current))}
      width={width ?? 460}
      destroyOnHidden
      mask={{ closable: false }}
      okButtonProps={{
        danger: danger ?? false,
        loading: busy ?? false,
        disabled: unready ?? false,
      }}
      okText={
        <>
          {confirmLabel} <KeyCap keys="Ctrl+Enter" />
        </>
      }
      cancelText={
        <>
          {t('app:cancel')} <KeyCap keys="Esc" />
        </>
      }
    >
      {open ? (
        <HotkeyLayer>
          <DialogKeys {...{ confirmLabel, onConfirm, onCancel, ready }} />
        </HotkeyLayer>
      ) : null}
      <HotkeyLayer>
        <div ref={content} className="dialog-form">
          {children}
        </div>
      </HotkeyLayer>
    </Modal>
  )
}
