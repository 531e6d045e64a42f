import { DeleteOutlined, LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Button, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { desk } from '../app/client.ts'
import { HotkeyLayer, useHotkeys } from '../input/hotkeys.tsx'
import type { Attachment } from './attachment-list.tsx'
import { Moment } from './business-date.tsx'
import { KeyCap } from './key-cap.tsx'
import { PdfPreview } from './pdf-preview.tsx'
import { ReasonDialog } from './reason-dialog.tsx'
import { RefusalAlert } from './refusal-alert.tsx'
import { LoadingState } from './states.tsx'
import { BlobPicture, useKeptBlob } from './thumbnail.tsx'
import { useCommand } from './use-command.ts'
import './attachments.css'

interface AttachmentViewProps {
  attachments: readonly Attachment[]
  at: number
  onMove: (to: number) => void
  onClose: () => void
  onVoided?: () => void
}

/** One attachment in full; ←→ show the next, Delete takes it off with a reason, Esc closes. */
export function AttachmentView(props: AttachmentViewProps) {
  const { attachments, at, onClose } = props
  const { t } = useTranslation()
  const shown = attachments[at]
  if (!shown) return null
  return (
    <Modal
      open
      width={1040}
      centered
      title={[t(`attachments:role.${shown.role}`), shown.label || shown.name].join(' · ')}
      onCancel={onClose}
      keyboard={false}
      transitionName=""
      maskTransitionName=""
      footer={null}
      destroyOnHidden
    >
      <HotkeyLayer>
        <Viewer {...props} shown={shown} />
      </HotkeyLayer>
    </Modal>
  )
}

function Viewer(props: AttachmentViewProps & { shown: Attachment }) {
  const { attachments, at, onMove, onClose, onVoided, shown } = props
  const { t } = useTranslation()
  const [isTakingOff, setTakingOff] = useState(false)
  const takeOff = useCommand(desk.attachments.void, {
    onDone: () => {
      setTakingOff(false)
      onClose()
      onVoided?.()
    },
  })
  const last = attachments.length - 1
  const mayTakeOff = onVoided !== undefined && shown.role !== 'signature'
  useHotkeys([
    { keys: '←', label: t('attachments:view.previous'), run: () => onMove(at - 1), when: at > 0 },
    { keys: '→', label: t('attachments:view.next'), run: () => onMove(at + 1), when: at < last },
    {
      keys: 'Delete',
      label: t('attachments:view.takeOff'),
      run: () => setTakingOff(true),
      when: mayTakeOff,
    },
    { keys: 'Esc', label: t('app:keys.close'), run: onClose },
  ])
  return (
    <div className="attachment-view">
      <FullFile key={shown.sha256} file={shown} />
      <div className="attachment-foot">
        <Button
          icon={<LeftOutlined />}
          disabled={at === 0}
          aria-label={t('attachments:view.previous')}
          onClick={() => onMove(at - 1)}
        >
          <KeyCap keys="←" />
        </Button>
        <span>{t('attachments:view.place', { at: at + 1, of: attachments.length })}</span>
        <Button
          icon={<RightOutlined />}
          disabled={at === last}
          aria-label={t('attachments:view.next')}
          onClick={() => onMove(at + 1)}
        >
          <KeyCap keys="→" />
        </Button>
        <span className="row-note">
          {shown.attachedBy} · <Moment at={shown.attachedAt} /> · {shown.name}
        </span>
        <code className="attachment-hash" title={shown.sha256}>
          {shown.sha256.slice(0, 12)}
        </code>
        {mayTakeOff ? (
          <Button icon={<DeleteOutlined />} danger onClick={() => setTakingOff(true)}>
            {t('attachments:view.takeOff')} <KeyCap keys="Delete" />
          </Button>
        ) : null}
      </div>
      <ReasonDialog
        open={isTakingOff}
        danger
        title={t('attachments:view.takeOff')}
        hint={t('attachments:view.takeOffHint')}
        label={t('attachments:view.reason')}
        confirmLabel={t('attachments:view.takeOff')}
        error={takeOff.error}
        busy={takeOff.isPending}
        onReason={(reason) => takeOff.mutate({ attachmentId: shown.id, reason })}
        onCancel={() => setTakingOff(false)}
      />
    </div>
  )
}

function FullFile({ file }: { file: Attachment }) {
  const { t } = useTranslation()
  const whole = useKeptBlob(file.sha256)
  const alt = file.label || t(`attachments:role.${file.role}`)
  if (whole.error) return <RefusalAlert error={whole.error} />
  if (!whole.data) return <LoadingState />
  if (file.mediaType === 'application/pdf') {
    return (
      <div className="attachment-paper">
        <PdfPreview pdf={whole.data} fileName={file.name} label={alt} />
      </div>
    )
  }
  return <BlobPicture className="attachment-picture" blob={whole.data} alt={alt} />
}
