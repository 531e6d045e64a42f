import {
  LeftOutlined,
  MailOutlined,
  PrinterOutlined,
  RightOutlined,
  SaveOutlined,
  ZoomInOutlined,
  ZoomOutOutlined,
} from '@ant-design/icons'
import { Button } from 'antd'
import { GlobalWorkerOptions, getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
// oxlint-disable-next-line import/default -- the bundler's `?url` gives the address of the worker file
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useHotkeys } from '../input/hotkeys.tsx'
import { KeyCap } from './key-cap.tsx'
import { LoadingState } from './states.tsx'

GlobalWorkerOptions.workerSrc = workerUrl

const ZOOMS = [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3] as const
const CSS_PIXELS_PER_POINT = 96 / 72

interface PdfPreviewProps {
  /** The finished document; null while it is being made. */
  pdf: Uint8Array | Blob | null
  /** File name offered by save-as, with `.pdf`. */
  fileName: string
  /** Sends the document to the printer; absent when there is none. */
  onPrint?: (() => void) | undefined
  printing?: boolean
  /** Begins a mail with the document attached; absent where it is not to go out. */
  onSend?: (() => void) | undefined
  /** What the picture shows, for the screen reader. */
  label: string
}

/** What became of the last document given; null when it could not be read. */
interface Opened {
  pdf: Uint8Array | Blob
  document: PDFDocumentProxy | null
}

async function openPdf(pdf: Uint8Array | Blob): Promise<PDFDocumentProxy> {
  const bytes = pdf instanceof Blob ? new Uint8Array(await pdf.arrayBuffer()) : pdf.slice()
  return getDocument({ data: bytes, useWasm: false }).promise
}

/** Hands the document to the browser or to Electron's save dialog. */
function savePdf(pdf: Uint8Array | Blob, fileName: string): void {
  const blob = pdf instanceof Blob ? pdf : new Blob([pdf.slice()], { type: 'application/pdf' })
  const address = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

interface PageCanvasProps {
  document: PDFDocumentProxy
  pageNo: number
  /** A number, or `fit` for the width that is there. */
  zoom: number | 'fit'
  width: number
  label: string
}

function PageCanvas({ document, pageNo, zoom, width, label }: PageCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    let current = true
    let stop: (() => void) | undefined
    void (async () => {
      // A paper that is replaced while its page is on the way takes the page with it.
      const page = await document.getPage(pageNo).catch((error: unknown) => {
        if (current) throw error
        return null
      })
      const target = canvas.current
      if (!current || !page || !target) return
      const natural = page.getViewport({ scale: CSS_PIXELS_PER_POINT })
      const scale = zoom === 'fit' ? Math.min((width - 48) / natural.width, 1.6) : zoom
      const density = Math.min(window.devicePixelRatio || 1, 2)
      const viewport = page.getViewport({ scale: CSS_PIXELS_PER_POINT * scale * density })
      target.width = Math.floor(viewport.width)
      target.height = Math.floor(viewport.height)
      target.style.width = `${Math.floor(viewport.width / density)}px`
      const task = page.render({ canvas: target, viewport })
      stop = () => task.cancel()
      await task.promise.catch((error: unknown) => {
        if (current) throw error
      })
      if (current) target.dataset['painted'] = String(pageNo)
    })()
    return () => {
      current = false
      stop?.()
    }
  }, [document, pageNo, zoom, width])
  return (
    <figure className="pdf-figure">
      <canvas ref={canvas} className="pdf-page" aria-hidden="true" />
      <figcaption className="sr-only">{label}</figcaption>
    </figure>
  )
}

/**
 * The paper itself. Keys: PgUp/PgDn turn pages, Ctrl+plus/minus/0 zoom, F9 prints, Ctrl+S saves, Ctrl+F9 sends.
 * Pages are painted on a canvas, the same in Electron and in a browser.
 */
export function PdfPreview(props: PdfPreviewProps) {
  const { pdf, fileName, onPrint, printing, onSend, label } = props
  const { t } = useTranslation()
  const [opened, setOpened] = useState<Opened | null>(null)
  const document = opened?.pdf === pdf ? opened.document : null
  const broken = opened?.pdf === pdf && opened.document === null
  const [pageNo, turnTo] = useState(1)
  const [zoom, zoomTo] = useState<number | 'fit'>('fit')
  const [width, setWidth] = useState(0)
  const frame = useRef<HTMLDivElement>(null)

  useEffect(() => {
    if (!pdf) return undefined
    let current = true
    let own: PDFDocumentProxy | null = null
    const open = async () => {
      own = await openPdf(pdf).catch(() => null)
      if (!current) return void own?.loadingTask.destroy()
      setOpened({ pdf, document: own })
      turnTo((now) => Math.min(now, own?.numPages ?? 1))
    }
    void open()
    return () => {
      current = false
      void own?.loadingTask.destroy()
    }
  }, [pdf])

  useEffect(() => {
    const target = frame.current
    if (!target) return undefined
    const observer = new ResizeObserver(() => setWidth(target.clientWidth))
    observer.observe(target)
    return () => observer.disconnect()
  }, [])

  const pages = document?.numPages ?? 0
  const turn = (by: number) => turnTo((now) => Math.min(Math.max(1, now + by), Math.max(1, pages)))
  const step = (by: number) =>
    zoomTo((now) => {
      const from = now === 'fit' ? 1 : now
      const index = ZOOMS.findIndex((each) => each >= from)
      return ZOOMS[Math.min(Math.max(0, index + by), ZOOMS.length - 1)] ?? 1
    })
  const save = () => pdf && savePdf(pdf, fileName)

  useHotkeys([
    { keys: 'PageDown', label: t('app:pdf.next'), run: () => turn(1), when: pages > 1 },
    { keys: 'PageUp', label: t('app:pdf.previous'), run: () => turn(-1), when: pages > 1 },
    { keys: 'Ctrl+=', label: t('app:pdf.zoomIn'), run: () => step(1), when: pages > 0 },
    { keys: 'Ctrl+-', label: t('app:pdf.zoomOut'), run: () => step(-1), when: pages > 0 },
    { keys: 'Ctrl+0', label: t('app:pdf.fit'), run: () => zoomTo('fit'), when: pages > 0 },
    { keys: 'Ctrl+S', label: t('app:pdf.save'), run: () => void save(), when: pdf !== null },
    {
      keys: 'F9',
      label: t('app:pdf.print'),
      run: () => onPrint?.(),
      when: onPrint !== undefined && pdf !== null && !printing,
    },
    {
      keys: 'Ctrl+F9',
      label: t('app:pdf.send'),
      run: () => onSend?.(),
      when: onSend !== undefined && pdf !== null,
    },
  ])

  return (
    <section className="pdf-preview" aria-label={label}>
      <div className="pdf-tools" role="toolbar" aria-label={t('app:pdf.tools')}>
        {pages > 1 ? (
          <>
            <Button
              icon={<LeftOutlined />}
              aria-label={t('app:pdf.previous')}
              disabled={pageNo <= 1}
              onClick={() => turn(-1)}
            />
            <span className="pdf-count">
              {t('app:pdf.page', { page: pages ? pageNo : 0, pages })}
            </span>
            <Button
              icon={<RightOutlined />}
              aria-label={t('app:pdf.next')}
              disabled={pageNo >= pages}
              onClick={() => turn(1)}
            />
            <span className="pdf-tools-gap" />
          </>
        ) : null}
        <Button
          icon={<ZoomOutOutlined />}
          aria-label={t('app:pdf.zoomOut')}
          onClick={() => step(-1)}
        />
        <Button onClick={() => zoomTo('fit')}>{t('app:pdf.fit')}</Button>
        <Button
          icon={<ZoomInOutlined />}
          aria-label={t('app:pdf.zoomIn')}
          onClick={() => step(1)}
        />
        <span className="pdf-tools-rest" />
        <Button icon={<SaveOutlined />} disabled={!pdf} onClick={save}>
          {t('app:pdf.save')} <KeyCap keys="Ctrl+S" />
        </Button>
        {onSend ? (
          <Button icon={<MailOutlined />} disabled={!pdf} onClick={onSend}>
            {t('app:pdf.send')} <KeyCap keys="Ctrl+F9" />
          </Button>
        ) : null}
        {onPrint ? (
          <Button
            type="primary"
            icon={<PrinterOutlined />}
            disabled={!pdf}
            loading={printing ?? false}
            onClick={onPrint}
          >
            {t('app:pdf.print')} <KeyCap keys="F9" />
          </Button>
        ) : null}
      </div>
      <section
        className="pdf-frame"
        ref={frame}
        // Scrolled with the arrow keys, so it must be reachable by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        aria-label={t('app:pdf.paper')}
      >
        {broken ? <p role="alert">{t('app:pdf.broken')}</p> : null}
        {!document && !broken ? <LoadingState text={t('app:pdf.making')} /> : null}
        {document && width > 0 ? (
          <PageCanvas
            document={document}
            pageNo={pageNo}
            zoom={zoom}
            width={width}
            label={t('app:pdf.pageOf', { label, page: pageNo, pages })}
          />
        ) : null}
      </section>
    </section>
  )
}
