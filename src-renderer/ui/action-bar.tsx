import { App, Button } from 'antd'
import type { ReactNode } from 'react'

import { useHotkeys } from '../input/hotkeys.tsx'
import { KeyCap } from './key-cap.tsx'

/** One thing the clerk can do here; its key works and is shown. */
export interface Action {
  keys: string
  label: string
  run: () => void
  icon?: ReactNode
  /** The one thing most people come here to do; at most one per screen. */
  primary?: boolean
  /** Cannot be undone or means a risk. */
  danger?: boolean
  busy?: boolean
  /** Why it cannot be done now, in a sentence: disables the button, and the key says it. */
  unless?: string | undefined
  /** Where it cannot be done yet, the key leads to what is missing. */
  lead?: () => void
}

/** The bar at the foot of a screen: what can be done next, each with its key. */
export function ActionBar({
  actions,
  children,
}: {
  actions: readonly Action[]
  children?: ReactNode
}) {
  const { message } = App.useApp()
  useHotkeys(
    actions.map(({ keys, label, run, unless, lead, busy }) => ({
      keys,
      label,
      // A key that cannot act says why; it must not fall through to what the same key means elsewhere.
      run: () => {
        if (unless !== undefined) {
          void message.info({ key: keys, content: unless })
          lead?.()
        } else if (!busy) run()
      },
    })),
  )
  return (
    <div className="action-bar" role="toolbar">
      {actions.map((action) => (
        <Button
          key={action.keys}
          size="large"
          type={action.primary ? 'primary' : 'default'}
          danger={action.danger ?? false}
          icon={action.icon}
          loading={action.busy ?? false}
          disabled={action.unless !== undefined}
          title={action.unless}
          aria-keyshortcuts={action.keys.replace('Ctrl', 'Control').replace('Esc', 'Escape')}
          onClick={action.run}
        >
          {action.label}
          <KeyCap keys={action.keys} />
        </Button>
      ))}
      {children ? <div className="action-bar-rest">{children}</div> : null}
    </div>
  )
}
