import { CameraOutlined, PaperClipOutlined } from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useHotkeys } from '../input/hotkeys.tsx'
import { CameraDialog } from './camera-dialog.tsx'
import { FileAlert } from './file-alert.tsx'
import { KeyCap } from './key-cap.tsx'
import { type KeptFile, keepFile } from './kept-file.ts'
import './attachments.css'

interface PhotoBoxProps {
  /** What is photographed, e.g. the goods' name: title of the camera, name of the box. */
  label: string
  /** Each file as soon as the desk keeps it. */
  onKept: (file: KeptFile) => void
  /** Papers (PDF) too. */
  papers?: boolean
  /** Keys of the box; none where a screen has several. */
  keys?: { camera: string; file: string } | null
  disabled?: boolean
}

const PICTURES = 'image/jpeg,image/png,image/webp'

/** The keys of the one box of a screen. */
export const photoKeys = { camera: 'Alt+C', file: 'Alt+I' } as const

/**
 * Takes photos in: from the camera, by choosing, dropping or pasting files. Each is kept by the desk before it is handed
 * on; what cannot be kept is said in a sentence, and everything typed around it stays.
 */
export function PhotoBox(props: PhotoBoxProps) {
  const { label, onKept, papers = false, keys = photoKeys, disabled = false } = props
  const { t } = useTranslation()
  const [waiting, setWaiting] = useState(0)
  const [error, setError] = useState<unknown>(null)
  const [untouched, setUntouched] = useState<KeptFile[]>([])
  const [isCamera, setCamera] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLInputElement>(null)

  const keepAll = async (files: readonly File[]) => {
    if (disabled || files.length === 0) return
    setError(null)
    setUntouched([])
    setWaiting((before) => before + files.length)
    for (const file of files) {
      try {
        const kept = await keepFile(file)
        if (kept.untouched !== null) setUntouched((before) => [...before, kept])
        onKept(kept)
      } catch (failed) {
        setError(failed)
      } finally {
        setWaiting((before) => before - 1)
      }
    }
  }
  const isOver = useGivenFiles(box, keys !== null, (files) => void keepAll(files))
  useHotkeys(
    keys === null || disabled
      ? []
      : [
          { keys: keys.camera, label: t('attachments:box.camera'), run: () => setCamera(true) },
          {
            keys: keys.file,
            label: t('attachments:box.choose'),
            run: () => input.current?.click(),
          },
        ],
  )
  return (
    <div
      role="group"
      ref={box}
      className={isOver ? 'photo-box photo-box-over' : 'photo-box'}
      aria-label={t('attachments:box.label', { label })}
    >
      <FileAlert error={error} />
      {untouched.map((file) => (
        <Alert
          key={file.sha256}
          type="warning"
          showIcon
          role="status"
          title={t(`attachments:untouched.${file.untouched ?? 'unreadable'}`, { name: file.name })}
        />
      ))}
      <div className="photo-box-tools">
        <Button
          icon={<CameraOutlined />}
          disabled={disabled}
          aria-keyshortcuts={keys?.camera}
          onClick={() => setCamera(true)}
        >
          {t('attachments:box.camera')} {keys ? <KeyCap keys={keys.camera} /> : null}
        </Button>
        <Button
          icon={<PaperClipOutlined />}
          disabled={disabled}
          loading={waiting > 0}
          aria-keyshortcuts={keys?.file}
          onClick={() => input.current?.click()}
        >
          {t(papers ? 'attachments:box.chooseFile' : 'attachments:box.choose')}{' '}
          {keys ? <KeyCap keys={keys.file} /> : null}
        </Button>
        <span className="photo-box-hint">
          {waiting > 0
            ? t('attachments:box.keeping', { count: waiting })
            : t('attachments:box.hint')}
        </span>
        <input
          ref={input}
          type="file"
          hidden
          multiple
          aria-label={t('attachments:box.label', { label })}
          accept={papers ? `${PICTURES},application/pdf` : PICTURES}
          onChange={(event) => {
            const files = [...(event.target.files ?? [])]
            // The same file may be chosen again after it was refused.
            event.target.value = ''
            void keepAll(files)
          }}
        />
      </div>
      {isCamera ? (
        <CameraDialog label={label} onKept={onKept} onClose={() => setCamera(false)} />
      ) : null}
    </div>
  )
}

/**
 * Files pasted or dropped anywhere on the screen, or at the box where there are several. A file dropped beside every
 * box is taken by none; the browser would open it and leave the desk.
 *
 * @returns whether files are held over the box now.
 */
function useGivenFiles(
  box: { current: HTMLElement | null },
  anywhere: boolean,
  onFiles: (files: File[]) => void,
): boolean {
  const [isOver, setOver] = useState(false)
  const latest = useRef(onFiles)
  useEffect(() => {
    latest.current = onFiles
  })
  useEffect(() => {
    const control = new AbortController()
    const { signal } = control
    const isHere = (target: unknown) =>
      anywhere || (target instanceof Node && (box.current?.contains(target) ?? false))
    const paste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])]
      if (files.length === 0 || !isHere(document.activeElement)) return
      event.preventDefault()
      latest.current(files)
    }
    const over = (event: DragEvent) => {
      event.preventDefault()
      setOver(isHere(event.target))
    }
    const drop = (event: DragEvent) => {
      event.preventDefault()
      setOver(false)
      if (isHere(event.target)) latest.current([...(event.dataTransfer?.files ?? [])])
    }
    document.addEventListener('paste', paste, { signal })
    document.addEventListener('dragover', over, { signal })
    document.addEventListener('dragleave', () => setOver(false), { signal })
    document.addEventListener('drop', drop, { signal })
    return () => control.abort()
  }, [anywhere, box])
  return isOver
}
