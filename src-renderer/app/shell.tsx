import { App } from 'antd'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Outlet, useLocation, useNavigate } from 'react-router'

import { useHotkeys } from '../input/hotkeys.tsx'
import type { Hotkey } from '../input/hotkeys.tsx'
import { useScanner, useSpoiltScan } from '../input/use-scanner.tsx'
import { SubjectContext } from '../ui/use-subject.ts'
import { useChanges } from './changes.ts'
import { toggleLanguage } from './i18n.ts'
import { KeySheet } from './key-sheet.tsx'
import { OverlayOutlet } from './overlay-outlet.tsx'
import type { About } from './paths.ts'
import { paths } from './paths.ts'
import { Rail } from './rail.tsx'
import { railItems, roomHotkeys } from './rooms.ts'
import { useSession } from './session.ts'
import { BookingNotice, StatusLine } from './status-line.tsx'
import { focusTopBox, TopBox } from './top-box.tsx'

/** The frame of every screen: rail, the one box, the status line, and the keys that work everywhere. */
export function Shell() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { pathname, search } = useLocation()
  const { message } = App.useApp()
  const { lock } = useSession()
  const [about, setAbout] = useState<About>({})
  const [sheetOpen, openSheet] = useState(false)
  const subject = useMemo(() => ({ about, setAbout }), [about])
  useChanges()

  useScanner((text) => void navigate(`${paths.find(text)}&scan=1`))
  useSpoiltScan(
    useCallback(() => {
      void message.warning({ key: 'ime', content: t('app:scan.imeHint'), duration: 6 })
    }, [message, t]),
  )

  const fromRooms = roomHotkeys.map<Hotkey>(({ keys, label, to }) => ({
    keys,
    label: t(label),
    when: to(about) !== null,
    run: () => {
      const target = to(about)
      if (target) void navigate(target)
    },
  }))
  const fromRail = railItems.flatMap<Hotkey>(({ keys, label, to }) =>
    keys === undefined ? [] : [{ keys, label: t(label), run: () => void navigate(to) }],
  )
  useHotkeys(
    [
      { keys: 'F2', label: t('app:keys.box'), run: focusTopBox },
      ...fromRooms,
      ...fromRail,
      { keys: '?', label: t('app:keys.sheet'), run: () => openSheet(true) },
      { keys: 'Ctrl+L', label: t('app:keys.language'), run: toggleLanguage, overDialogs: true },
      { keys: 'Ctrl+Shift+L', label: t('app:keys.lock'), run: lock, overDialogs: true },
    ],
    'everywhere',
  )

  return (
    <SubjectContext value={subject}>
      <div className="shell">
        <Rail items={railItems} />
        {/* The address on screen, which is not yet the window's while a page is on its way. */}
        <div className="shell-main" data-address={pathname + search}>
          <header className="shell-head">
            {pathname === '/' ? null : <TopBox />}
            <StatusLine openKeySheet={() => openSheet(true)} />
            <BookingNotice />
          </header>
          <Outlet />
        </div>
        <OverlayOutlet />
        <KeySheet open={sheetOpen} close={() => openSheet(false)} />
      </div>
    </SubjectContext>
  )
}
