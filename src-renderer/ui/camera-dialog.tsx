import { CameraOutlined, DisconnectOutlined, ReloadOutlined } from '@ant-design/icons'
import { Alert, Button, Modal, Select } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { HotkeyLayer, useHotkeys } from '../input/hotkeys.tsx'
import { FileAlert } from './file-alert.tsx'
import { KeyCap } from './key-cap.tsx'
import { type KeptFile, keepFile } from './kept-file.ts'
import { Thumbnail } from './thumbnail.tsx'
import { useCamera } from './use-camera.ts'
import './attachments.css'

interface CameraDialogProps {
  /** What is photographed. */
  label: string
  onKept: (file: KeptFile) => void
  onClose: () => void
}

/** A still of what the camera shows now. */
async function takeStill(video: HTMLVideoElement): Promise<File | null> {
  const canvas = document.createElement('canvas')
  canvas.width = video.videoWidth
  canvas.height = video.videoHeight
  canvas.getContext('2d')?.drawImage(video, 0, 0)
  const blob = await new Promise<Blob | null>((resolve) =>
    canvas.toBlob(resolve, 'image/jpeg', 0.92),
  )
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')
  return blob && new File([blob], `camera-${stamp}.jpg`, { type: 'image/jpeg' })
}

/**
 * The camera: Space takes a photo and keeps it at once, as often as wanted; Esc is done. A camera that disappears is
 * said, and photos taken before are kept already.
 */
export function CameraDialog({ label, onKept, onClose }: CameraDialogProps) {
  const { t } = useTranslation()
  return (
    <Modal
      open
      width={760}
      title={t('attachments:camera.title', { label })}
      onCancel={onClose}
      keyboard={false}
      mask={{ closable: false }}
      transitionName=""
      maskTransitionName=""
      footer={null}
      destroyOnHidden
    >
      <HotkeyLayer>
        <CameraView onKept={onKept} onClose={onClose} />
      </HotkeyLayer>
    </Modal>
  )
}

function CameraView({ onKept, onClose }: Omit<CameraDialogProps, 'label'>) {
  const { t } = useTranslation()
  const camera = useCamera()
  const { stream, problem, restart } = camera
  const video = useRef<HTMLVideoElement>(null)
  const trigger = useRef<HTMLButtonElement>(null)
  const [taken, setTaken] = useState<readonly KeptFile[]>([])
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [shown, setShown] = useState<MediaStream | null>(null)

  useEffect(() => {
    if (video.current) video.current.srcObject = stream
  }, [stream])

  const isShown = stream !== null && shown === stream
  // Space on the dialog's own cross would close it.
  useEffect(() => {
    if (isShown) trigger.current?.focus()
  }, [isShown])
  const ready = isShown && !busy
  const take = async () => {
    if (!ready || !video.current) return
    setBusy(true)
    setError(null)
    try {
      const still = await takeStill(video.current)
      if (!still) return
      const kept = await keepFile(still)
      setTaken((before) => [...before, kept])
      onKept(kept)
    } catch (failed) {
      setError(failed)
    } finally {
      setBusy(false)
    }
  }
  useHotkeys([
    { keys: 'Space', label: t('attachments:camera.take'), run: () => void take(), when: ready },
    { keys: 'Alt+R', label: t('attachments:camera.again'), run: restart, when: problem !== null },
    { keys: 'Esc', label: t('attachments:camera.done'), run: onClose },
  ])
  return (
    <div className="camera">
      <FileAlert error={error} />
      {problem ? (
        <Alert
          type="error"
          showIcon
          role="alert"
          icon={<DisconnectOutlined />}
          title={t(`attachments:camera.problem.${problem}`)}
          description={
            taken.length > 0
              ? t('attachments:camera.keptSoFar', { count: taken.length })
              : t('attachments:camera.nothingLost')
          }
          action={
            <Button icon={<ReloadOutlined />} onClick={restart}>
              {t('attachments:camera.again')} <KeyCap keys="Alt+R" />
            </Button>
          }
        />
      ) : (
        <video
          ref={video}
          className="camera-picture"
          autoPlay
          muted
          playsInline
          aria-label={t('attachments:camera.picture')}
          onPlaying={() => setShown(stream)}
        />
      )}
      <div className="camera-tools">
        {camera.devices.length > 1 ? (
          <Select
            className="camera-device"
            aria-label={t('attachments:camera.device')}
            value={camera.deviceId}
            onChange={camera.choose}
            options={camera.devices.map((device, index) => ({
              value: device.deviceId,
              label: device.label || t('attachments:camera.unnamed', { number: index + 1 }),
            }))}
          />
        ) : null}
        <Button
          ref={trigger}
          type="primary"
          size="large"
          icon={<CameraOutlined />}
          loading={busy}
          disabled={!ready && !busy}
          onClick={() => void take()}
        >
          {t('attachments:camera.take')} <KeyCap keys="Space" />
        </Button>
        <Button size="large" onClick={onClose}>
          {t('attachments:camera.done')} <KeyCap keys="Esc" />
        </Button>
        <output className="camera-count">
          {taken.length > 0 ? t('attachments:camera.taken', { count: taken.length }) : ''}
        </output>
      </div>
      {taken.length > 0 ? (
        <div className="photo-strip">
          {taken.map((file, index) => (
            <Thumbnail
              // The same picture taken twice is kept once and shown twice.
              key={index}
              file={file}
              alt={t('attachments:camera.nth', { number: index + 1 })}
            />
          ))}
        </div>
      ) : null}
    </div>
  )
}
