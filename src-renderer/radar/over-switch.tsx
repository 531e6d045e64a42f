import { Switch } from 'antd'

import { useHotkeys } from '../input/hotkeys.tsx'
import { KeyCap } from '../ui/key-cap.tsx'

/** A switch for what is over, with its key. */
export function OverSwitch({
  label,
  value,
  onChange,
}: {
  label: string
  value: boolean
  onChange: (next: boolean) => void
}) {
  useHotkeys([{ keys: 'Alt+L', label, run: () => onChange(!value) }])
  return (
    <div className="radar-tools">
      <label className="radar-switch">
        <Switch size="small" checked={value} onChange={onChange} /> {label} <KeyCap keys="Alt+L" />
      </label>
    </div>
  )
}
