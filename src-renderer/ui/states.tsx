import { InboxOutlined } from '@ant-design/icons'
import { Spin } from 'antd'
import type { ReactNode } from 'react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

interface EmptyStateProps {
  /** What is missing, in a few words. */
  title: string
  /** What to do about it; an empty screen teaches. */
  hint?: string
  icon?: ReactNode
  action?: ReactNode
  small?: boolean
}

/** Nothing here yet, and what the clerk can try. */
export function EmptyState({ title, hint, icon, action, small }: EmptyStateProps) {
  return (
    <div className={small ? 'empty-state empty-small' : 'empty-state'}>
      <span className="empty-icon" aria-hidden="true">
        {icon ?? <InboxOutlined />}
      </span>
      <p className="empty-title">{title}</p>
      {hint ? <p className="empty-hint">{hint}</p> : null}
      {action}
    </div>
  )
}

/** Waiting for the desk. Appears only after a moment, so fast answers do not flicker. */
export function LoadingState({ text }: { text?: string }) {
  const { t } = useTranslation()
  const [shown, show] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => show(true), 180)
    return () => clearTimeout(timer)
  }, [])
  return (
    <output className="loading-state" aria-live="polite">
      {shown ? (
        <>
          <Spin />
          <p>{text ?? t('app:loading')}</p>
        </>
      ) : null}
    </output>
  )
}
