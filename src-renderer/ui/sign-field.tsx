import { EditOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useHotkeys } from '../input/hotkeys.tsx'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { KeyCap } from './key-cap.tsx'
import { type Signature, SignaturePad } from './signature-pad.tsx'
import { Tag } from './tag.tsx'
import './attachments.css'

interface SignFieldProps {
  label: string
  hint?: string
  /** Opens the pad; null where another field of the screen has the key. */
  keys: string | null
  /** Hash of the drawn signature. */
  value: string | null
  onChange: (sha256: string | null) => void
}

/** A signature that may be drawn on the screen: a button that opens the pad, and whether it is there. */
export function SignField({ label, hint, keys, value, onChange }: SignFieldProps) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const [signature, setSignature] = useState<Signature | null>(null)
  useHotkeys(keys === null ? [] : [{ keys, label, run: () => setOpen(true) }])
  const sha256 = signature?.kind === 'drawn' ? signature.sha256 : null
  const close = () => {
    setSignature(null)
    setOpen(false)
  }
  return (
    <div className="sign-field">
      <Button
        icon={<EditOutlined />}
        aria-keyshortcuts={keys ?? undefined}
        onClick={() => setOpen(true)}
      >
        {label} {keys ? <KeyCap keys={keys} /> : null}
      </Button>
      {value ? (
        <Tag tone="good">{t('attachments:signature.is.drawn')}</Tag>
      ) : hint ? (
        <span className="row-note">{hint}</span>
      ) : null}
      <ConfirmDialog
        open={isOpen}
        width={640}
        title={label}
        confirmLabel={t('attachments:ask.keep')}
        unready={sha256 === null}
        onConfirm={() => {
          onChange(sha256)
          close()
        }}
        onCancel={close}
      >
        <SignaturePad label={label} value={signature} onChange={setSignature} paper={false} />
      </ConfirmDialog>
    </div>
  )
}
