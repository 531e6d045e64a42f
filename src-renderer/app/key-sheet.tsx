import { Modal } from 'antd'
import { useTranslation } from 'react-i18next'

import { HotkeyLayer, useActiveHotkeys, useHotkeys } from '../input/hotkeys.tsx'
import type { HotkeyGroup } from '../input/hotkeys.tsx'
import { KeyCap } from '../ui/key-cap.tsx'

function KeyList({ group }: { group: HotkeyGroup }) {
  const { t } = useTranslation()
  const keys = useActiveHotkeys().filter((each) => each.group === group)
  if (keys.length === 0) return null
  return (
    <section>
      <h3>{t(`app:keySheet.${group}`)}</h3>
      <dl className="key-list">
        {keys.map(({ hotkey }) => (
          <div key={hotkey.keys}>
            <dt>
              <KeyCap keys={hotkey.keys} />
            </dt>
            <dd>{hotkey.label}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function SheetKeys({ close }: { close: () => void }) {
  const { t } = useTranslation()
  useHotkeys([
    { keys: 'Esc', label: t('app:keys.close'), run: close },
    { keys: '?', label: t('app:keys.close'), run: close },
  ])
  return null
}

/** The keys that work right now, on one sheet. */
export function KeySheet({ open, close }: { open: boolean; close: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal
      open={open}
      onCancel={close}
      footer={null}
      keyboard={false}
      transitionName=""
      maskTransitionName=""
      width={760}
      title={t('app:keySheet.title')}
      destroyOnHidden
    >
      {open ? (
        <HotkeyLayer>
          <SheetKeys close={close} />
        </HotkeyLayer>
      ) : null}
      <div className="key-sheet" tabIndex={0} role="region" aria-label={t('app:keySheet.title')}>
        <KeyList group="screen" />
        <KeyList group="everywhere" />
      </div>
    </Modal>
  )
}
