import { LockOutlined, SwapOutlined, UnlockOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Button, Form } from 'antd'
import type { InputRef } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'

import { desk } from '../app/client.ts'
import { toggleLanguage } from '../app/i18n.ts'
import type { Operator } from '../app/session.ts'
import { HotkeyLayer, LOCK_LAYER, useHotkeys } from '../input/hotkeys.tsx'
import { useEnterSubmit } from '../input/use-enter-submit.ts'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { PinField } from '../ui/pin-field.tsx'

interface LockScreenProps {
  operator: Operator
  onUnlocked: () => void
  signOut: () => void
}

/** A modal dialog makes everything behind it inert for mouse, keyboard and screen reader, antd's dialogs included. */
function useModal(): RefObject<HTMLDialogElement | null> {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const before = document.activeElement
    dialog.current?.showModal()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  return dialog
}

function LockKeys() {
  const { t } = useTranslation()
  useHotkeys([
    // A native dialog would close on Esc.
    { keys: 'Esc', label: t('staff:lock.title'), run: () => {} },
    { keys: 'Ctrl+L', label: t('app:keys.language'), run: toggleLanguage },
  ])
  return null
}

/** Covers the desk until its operator types the PIN, or leaves it to another one. */
export function LockScreen({ operator, onUnlocked, signOut }: LockScreenProps) {
  const { t } = useTranslation()
  const [pin, setPin] = useState('')
  const field = useRef<InputRef>(null)
  const dialog = useModal()
  useEffect(() => field.current?.focus(), [])

  const unlock = useMutation({
    mutationFn: () => desk.staff.unlock({ pin }),
    onSuccess: onUnlocked,
    onError: () => {
      setPin('')
      field.current?.focus()
    },
  })
  const submit = () => {
    if (/^\d{4,12}$/.test(pin) && !unlock.isPending) unlock.mutate()
  }
  const onEnter = useEnterSubmit(submit)

  return createPortal(
    <HotkeyLayer level={LOCK_LAYER}>
      <LockKeys />
      <dialog ref={dialog} className="lock" aria-label={t('staff:lock.title')}>
        <div className="door-card">
          <span className="lock-icon" aria-hidden="true">
            <LockOutlined />
          </span>
          <h1>{t('staff:lock.title')}</h1>
          <p className="door-hint">
            {operator.name} · {t(`app:role.${operator.role}`)}
            <br />
            {t('staff:lock.hint')}
          </p>
          <RefusalAlert error={unlock.error} />
          <Form layout="vertical" component="div" requiredMark={false}>
            <Form.Item label={t('staff:pin')} htmlFor="lock-pin">
              <PinField
                id="lock-pin"
                ref={field}
                value={pin}
                onChange={(event) => setPin(event.target.value)}
                {...onEnter}
              />
            </Form.Item>
            <Button
              type="primary"
              size="large"
              block
              icon={<UnlockOutlined />}
              loading={unlock.isPending}
              onClick={submit}
            >
              {t('staff:lock.submit')}
            </Button>
            <Button
              type="text"
              block
              icon={<SwapOutlined />}
              className="lock-other"
              onClick={signOut}
            >
              {t('staff:lock.other')}
            </Button>
          </Form>
        </div>
      </dialog>
    </HotkeyLayer>,
    document.body,
  )
}
