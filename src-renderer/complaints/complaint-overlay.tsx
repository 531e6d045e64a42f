import { Modal } from 'antd'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate, useSearchParams } from 'react-router'

import { readOverlay, withoutOverlay } from '../app/paths.ts'
import { HotkeyLayer } from '../input/hotkeys.tsx'
import { ComplaintForm } from './complaint-form-view.tsx'
import './complaints.css'

const SCREEN_MARGIN = 40

/** F8, over anything: records a complaint and gives the screen below back as it was. */
export default function ComplaintOverlay() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { pathname, key } = useLocation()
  const [query] = useSearchParams()
  const about = readOverlay(query)?.about ?? {}
  const close = useCallback(() => {
    // 'default' is the first address of this window: there is nothing to go back to.
    if (key !== 'default') return void navigate(-1)
    const rest = withoutOverlay(query).toString()
    void navigate(rest ? `${pathname}?${rest}` : pathname, { replace: true })
  }, [key, navigate, pathname, query])
  return (
    <Modal
      open
      className="complaint-modal"
      title={t('complaints:record.title')}
      width={1220}
      style={{ top: SCREEN_MARGIN / 2, maxWidth: `calc(100vw - ${SCREEN_MARGIN}px)` }}
      footer={null}
      keyboard={false}
      mask={{ closable: false }}
      onCancel={close}
      closable={{ 'aria-label': t('app:keys.close') }}
    >
      <HotkeyLayer>
        <ComplaintForm about={about} close={close} />
      </HotkeyLayer>
    </Modal>
  )
}
