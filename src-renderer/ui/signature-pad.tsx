import { CheckOutlined, ClearOutlined, FileDoneOutlined, UndoOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'

import { useHotkeys } from '../input/hotkeys.tsx'
import { FileAlert } from './file-alert.tsx'
import { KeyCap } from './key-cap.tsx'
import { keepFile } from './kept-file.ts'
import { drawSignature, type InkPoint, isSigned, paint, type Stroke } from './signature-strokes.ts'
import { Tag } from './tag.tsx'
import { Thumbnail } from './thumbnail.tsx'
import './attachments.css'

/** Who signed, on the screen (a kept picture to attach in the role `signature`) or on paper, seen by the clerk. */
export type Signature = { kind: 'drawn'; sha256: string; name: string } | { kind: 'paper' }

interface SignaturePadProps {
  /** Whose signature: `顾客签字`. */
  label: string
  /** What is signed, read before signing. */
  hint?: string
  value: Signature | null
  onChange: (value: Signature | null) => void
  disabled?: boolean
  /** False where only a drawn signature will do. */
  paper?: boolean
}

/** A pen at rest this long has finished, in milliseconds. */
const REST_MS = 2_000

/**
 * Room for a signature by pen, finger or mouse. While the pad has the focus: Ctrl+Z takes the last stroke back, Delete
 * wipes it, Space is done, Alt+Z says it was signed on paper. An empty pad is no signature.
 */
export function SignaturePad(props: SignaturePadProps) {
  const { label, hint, value, onChange, disabled, paper = true } = props
  const { t } = useTranslation()
  const pad = useRef<HTMLCanvasElement>(null)
  const frame = useRef<HTMLDivElement>(null)
  const [strokes, setStrokes] = useState<readonly Stroke[]>([])
  const [isKeeping, setKeeping] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [isEmpty, setEmpty] = useState(false)
  const drawing = useRef<{ id: number; points: InkPoint[] } | null>(null)

  useEffect(() => repaint(pad.current, strokes), [strokes, value])

  const finish = async () => {
    if (isKeeping || value) return
    if (!isSigned(strokes)) return setEmpty(true)
    setKeeping(true)
    setError(null)
    try {
      const picture = await drawSignature(strokes)
      if (!picture) return setEmpty(true)
      const kept = await keepFile(new File([picture], 'signature.png', { type: 'image/png' }))
      // The desk looks again: what has no ink for it is no signature here either.
      if (!kept.inked) return setEmpty(true)
      onChange({ kind: 'drawn', sha256: kept.sha256, name: kept.name })
    } catch (failed) {
      setError(failed)
    } finally {
      setKeeping(false)
    }
  }
  useRest(strokes, REST_MS, () => {
    if (isSigned(strokes) && drawing.current === null) void finish()
  })
  const isFocused = useFocusWithin(frame, () => {
    if (isSigned(strokes)) void finish()
  })
  const again = () => {
    setStrokes([])
    setEmpty(false)
    onChange(null)
    // The pad is there again only after this.
    setTimeout(() => pad.current?.focus(), 0)
  }
  const sign = (next: readonly Stroke[]) => {
    setEmpty(false)
    setStrokes(next)
  }
  const signOnPaper = () => {
    setStrokes([])
    setEmpty(false)
    onChange({ kind: 'paper' })
  }
  const acts = isFocused && !disabled
  const hasInk = strokes.length > 0 && value === null
  useHotkeys([
    {
      keys: 'Ctrl+Z',
      label: t('attachments:signature.undo'),
      run: () => sign(strokes.slice(0, -1)),
      when: acts && hasInk,
    },
    {
      keys: 'Delete',
      label: t('attachments:signature.clear'),
      run: value ? again : () => sign([]),
      when: acts && (hasInk || value !== null),
    },
    {
      keys: 'Space',
      label: t('attachments:signature.done'),
      run: () => void finish(),
      when: acts && value === null,
    },
    {
      keys: 'Alt+Z',
      label: t('attachments:signature.onPaper'),
      run: signOnPaper,
      when: acts && paper && value === null,
    },
  ])

  const pointOf = (event: PointerEvent<HTMLCanvasElement>): InkPoint => {
    const area = event.currentTarget.getBoundingClientRect()
    // A mouse presses by half; some pens report nothing at the first touch.
    const pressure = event.pressure > 0 ? event.pressure : 0.5
    return { x: event.clientX - area.left, y: event.clientY - area.top, pressure }
  }
  const down = (event: PointerEvent<HTMLCanvasElement>) => {
    if (disabled || isKeeping || event.button !== 0 || drawing.current) return
    event.preventDefault()
    event.currentTarget.focus()
    event.currentTarget.setPointerCapture(event.pointerId)
    drawing.current = { id: event.pointerId, points: [pointOf(event)] }
    setEmpty(false)
  }
  const move = (event: PointerEvent<HTMLCanvasElement>) => {
    const { current } = drawing
    if (current?.id !== event.pointerId) return
    current.points.push(pointOf(event))
    repaint(event.currentTarget, [...strokes, current.points])
  }
  const up = (event: PointerEvent<HTMLCanvasElement>) => {
    const { current } = drawing
    if (current?.id !== event.pointerId) return
    drawing.current = null
    sign([...strokes, current.points])
  }
  return (
    <div role="group" ref={frame} className="signature" aria-label={label}>
      <p className="signature-head">
        <strong>{label}</strong>
        {value ? (
          <Tag tone="good">{t(`attachments:signature.is.${value.kind}`)}</Tag>
        ) : (
          <Tag>{t('attachments:signature.open')}</Tag>
        )}
      </p>
      {hint ? <p className="row-note">{hint}</p> : null}
      <FileAlert error={error} />
      {value === null ? (
        <canvas
          ref={pad}
          className="signature-pad"
          // Drawn on with a pen, and the place of the pad's keys.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={disabled ? -1 : 0}
          role="img"
          aria-label={t('attachments:signature.pad', { label })}
          onPointerDown={down}
          onPointerMove={move}
          onPointerUp={up}
          onPointerCancel={up}
        />
      ) : (
        <SignedWith value={value} label={label} />
      )}
      {isEmpty ? (
        <p className="field-problem" role="alert">
          {t(paper ? 'attachments:signature.empty' : 'attachments:signature.emptyPad')}
        </p>
      ) : null}
      <div className="signature-tools">
        {value === null ? (
          <>
            <Button
              type="default"
              icon={<CheckOutlined />}
              loading={isKeeping}
              disabled={disabled ?? false}
              onClick={() => void finish()}
            >
              {t('attachments:signature.done')} <KeyCap keys="Space" />
            </Button>
            <Button
              icon={<UndoOutlined />}
              disabled={!hasInk}
              onClick={() => sign(strokes.slice(0, -1))}
            >
              {t('attachments:signature.undo')} <KeyCap keys="Ctrl+Z" />
            </Button>
            <Button icon={<ClearOutlined />} disabled={!hasInk} onClick={() => sign([])}>
              {t('attachments:signature.clear')} <KeyCap keys="Delete" />
            </Button>
            {paper ? (
              <Button
                icon={<FileDoneOutlined />}
                disabled={disabled ?? false}
                onClick={signOnPaper}
              >
                {t('attachments:signature.onPaper')} <KeyCap keys="Alt+Z" />
              </Button>
            ) : null}
          </>
        ) : (
          <Button icon={<ClearOutlined />} disabled={disabled ?? false} onClick={again}>
            {t('attachments:signature.again')} <KeyCap keys="Delete" />
          </Button>
        )}
      </div>
    </div>
  )
}

function SignedWith({ value, label }: { value: Signature; label: string }) {
  const { t } = useTranslation()
  if (value.kind === 'paper') {
    return <p className="signature-paper">{t('attachments:signature.paperSigned')}</p>
  }
  const file = { sha256: value.sha256, name: value.name, mediaType: 'image/png' as const }
  return (
    <div className="signature-drawn">
      <Thumbnail file={file} alt={t('attachments:signature.pictureOf', { label })} />
    </div>
  )
}

/** Calls once nothing was added for a while. */
function useRest(strokes: readonly Stroke[], ms: number, onRest: () => void): void {
  const latest = useRef(onRest)
  useEffect(() => {
    latest.current = onRest
  })
  useEffect(() => {
    if (strokes.length === 0) return undefined
    const timer = setTimeout(() => latest.current(), ms)
    return () => clearTimeout(timer)
  }, [strokes, ms])
}

/** Whether the focus is inside; calls when it leaves. */
function useFocusWithin(frame: { current: HTMLElement | null }, onLeave: () => void): boolean {
  const [isFocused, setFocused] = useState(false)
  const latest = useRef(onLeave)
  useEffect(() => {
    latest.current = onLeave
  })
  useEffect(() => {
    const target = frame.current
    if (!target) return undefined
    const control = new AbortController()
    const { signal } = control
    const leave = (event: FocusEvent) => {
      if (event.relatedTarget instanceof Node && target.contains(event.relatedTarget)) return
      setFocused(false)
      latest.current()
    }
    target.addEventListener('focusin', () => setFocused(true), { signal })
    target.addEventListener('focusout', leave, { signal })
    return () => control.abort()
  }, [frame])
  return isFocused
}

/** The pad as sharp as the screen is. */
function repaint(canvas: HTMLCanvasElement | null, strokes: readonly Stroke[]): void {
  const context = canvas?.getContext('2d')
  if (!canvas || !context) return
  const density = window.devicePixelRatio || 1
  canvas.width = Math.round(canvas.clientWidth * density)
  canvas.height = Math.round(canvas.clientHeight * density)
  context.scale(density, density)
  paint(context, strokes)
}
