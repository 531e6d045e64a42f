import { EditOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Subject } from '../../src-main/attachments/contract.ts'
import { desk } from '../app/client.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { Field } from './field.tsx'
import { KeyCap } from './key-cap.tsx'
import { RefusalAlert } from './refusal-alert.tsx'
import { type Signature, SignaturePad } from './signature-pad.tsx'
import { useCommand } from './use-command.ts'

interface AskSignatureProps {
  subject: Subject
  hasKey: boolean
  onSigned: () => void
}

const KEY = 'Alt+Y'

/** Has somebody sign what was written down, on the screen, with their name beside it. */
export function AskSignature({ subject, hasKey, onSigned }: AskSignatureProps) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const [name, setName] = useState('')
  const [signature, setSignature] = useState<Signature | null>(null)
  const close = () => {
    setOpen(false)
    setSignature(null)
    setName('')
  }
  const attach = useCommand(desk.attachments.attach, {
    onDone: () => {
      close()
      onSigned()
    },
  })
  useHotkeys(
    hasKey ? [{ keys: KEY, label: t('attachments:ask.open'), run: () => setOpen(true) }] : [],
  )
  const sha256 = signature?.kind === 'drawn' ? signature.sha256 : null
  return (
    <div className="signature-ask">
      <Button
        icon={<EditOutlined />}
        aria-keyshortcuts={hasKey ? KEY : undefined}
        onClick={() => setOpen(true)}
      >
        {t('attachments:ask.open')} {hasKey ? <KeyCap keys={KEY} /> : null}
      </Button>
      <ConfirmDialog
        open={isOpen}
        width={640}
        title={t('attachments:ask.title')}
        confirmLabel={t('attachments:ask.keep')}
        busy={attach.isPending}
        unready={sha256 === null || name.trim() === ''}
        onConfirm={() =>
          sha256 && attach.mutate({ sha256, subject, role: 'signature', label: name.trim() })
        }
        onCancel={close}
      >
        <RefusalAlert error={attach.error} />
        <Field label={t('attachments:ask.who')}>
          {(id) => (
            <Input
              id={id}
              value={name}
              maxLength={60}
              autoComplete="off"
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <SignaturePad
          label={t('attachments:role.signature')}
          value={signature}
          onChange={setSignature}
          paper={false}
        />
      </ConfirmDialog>
    </div>
  )
}
