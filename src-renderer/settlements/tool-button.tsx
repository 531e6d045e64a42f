import { Button } from 'antd'
import type { ReactNode } from 'react'

import { useHotkeys } from '../input/hotkeys.tsx'
import { KeyCap } from '../ui/key-cap.tsx'

interface ToolButtonProps {
  keys: string
  label: string
  icon?: ReactNode
  primary?: boolean
  when: boolean
  run: () => void
}

/** A button of a panel with its key; not there where it cannot be done. */
export function ToolButton({ keys, label, icon, primary, when, run }: ToolButtonProps) {
  useHotkeys([{ keys, label, when, run }])
  if (!when) return null
  return (
    <Button
      size="small"
      type={primary ? 'primary' : 'default'}
      icon={icon}
      aria-keyshortcuts={keys}
      onClick={run}
    >
      {label} <KeyCap keys={keys} />
    </Button>
  )
}
