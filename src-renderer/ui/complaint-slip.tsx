import { PrinterOutlined } from '@ant-design/icons'
import { Button, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { formatsOf } from '../../src-main/foundation/paper-formats.ts'
import { HotkeyLayer, useHotkeys } from '../input/hotkeys.tsx'
import { KeyCap } from './key-cap.tsx'
import { SlipPaper } from './slip-paper.tsx'

interface ComplaintSlipProps {
  complaintId: number
  number: string
  /** Changes when what is promised has changed. */
  revision: string | number
}

/** The slip a customer takes home: F9 shows it, F9 again prints it. */
export function ComplaintSlip({ complaintId, number, revision }: ComplaintSlipProps) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const close = () => setOpen(false)
  useHotkeys([{ keys: 'F9', label: t('complaints:slip.show'), run: () => setOpen(true) }])
  return (
    <>
      <Button icon={<PrinterOutlined />} aria-keyshortcuts="F9" onClick={() => setOpen(true)}>
        {t('complaints:slip.show')} <KeyCap keys="F9" />
      </Button>
      <Modal
        open={isOpen}
        width={620}
        centered
        title={t('complaints:slip.label', { number })}
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
            <SlipPaper
              formats={formatsOf.complaint_slip}
              remember="goodwill.complaint-slip-format"
              paperOf={(format) => ({ document: 'complaint_slip', complaintId, format })}
              revision={String(revision)}
              label={t('complaints:slip.label', { number })}
            />
          </HotkeyLayer>
        ) : null}
      </Modal>
    </>
  )
}

function CloseKey({ close }: { close: () => void }) {
  const { t } = useTranslation()
  useHotkeys([{ keys: 'Esc', label: t('app:keys.close'), run: close }])
  return null
}
