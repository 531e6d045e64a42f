import { GlobalWorkerOptions, getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url'

GlobalWorkerOptions.workerSrc = workerUrl

/** Fine enough for a Code 128 on a 203 dpi roll printer and for 8 pt Hanzi on a laser printer. */
const DOTS_PER_INCH = 300
const POINTS_PER_INCH = 72
const MILLIMETRES_PER_INCH = 25.4

interface Sheet {
  address: string
  width: number
  height: number
}

async function paintSheet(document: PDFDocumentProxy, pageNo: number): Promise<Sheet> {
  const page = await document.getPage(pageNo)
  const natural = page.getViewport({ scale: 1 })
  const viewport = page.getViewport({ scale: DOTS_PER_INCH / POINTS_PER_INCH })
  const canvas = window.document.createElement('canvas')
  canvas.width = Math.ceil(viewport.width)
  canvas.height = Math.ceil(viewport.height)
  await page.render({ canvas, viewport, intent: 'print' }).promise
  const picture = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  canvas.width = 0
  if (!picture) throw new Error('the page could not be painted')
  return {
    address: URL.createObjectURL(picture),
    width: (natural.width / POINTS_PER_INCH) * MILLIMETRES_PER_INCH,
    height: (natural.height / POINTS_PER_INCH) * MILLIMETRES_PER_INCH,
  }
}

async function paintSheets(pdf: Blob): Promise<Sheet[]> {
  const data = new Uint8Array(await pdf.arrayBuffer())
  const document = await getDocument({ data, useWasm: false }).promise
  try {
    const sheets: Sheet[] = []
    for (let pageNo = 1; pageNo <= document.numPages; pageNo += 1) {
      sheets.push(await paintSheet(document, pageNo))
    }
    return sheets
  } finally {
    await document.loadingTask.destroy()
  }
}

/** The print dialog scales a page to its paper unless the page says how large it is. */
function writeSheetRules([first]: readonly Sheet[]): string {
  const size = first ? `${first.width.toFixed(1)}mm ${first.height.toFixed(1)}mm` : 'auto'
  return `@page { size: ${size}; margin: 0 }
@media print {
  body > :not(.print-sheets) { display: none !important }
  .print-sheets img { display: block; break-after: page }
}
@media screen { .print-sheets { display: none } }`
}

/** Puts the pages of `pdf` into the document, in their own size, for printing alone; the answer takes them out again. */
export async function layOutSheets(pdf: Blob): Promise<() => void> {
  const sheets = await paintSheets(pdf)
  const holder = window.document.createElement('div')
  holder.className = 'print-sheets'
  const rules = window.document.createElement('style')
  rules.textContent = writeSheetRules(sheets)
  holder.append(rules)
  for (const sheet of sheets) {
    const image = window.document.createElement('img')
    image.src = sheet.address
    image.alt = ''
    image.style.width = `${sheet.width}mm`
    image.style.height = `${sheet.height}mm`
    holder.append(image)
  }
  window.document.body.append(holder)
  await Promise.all([...holder.querySelectorAll('img')].map((image) => image.decode()))
  return () => {
    holder.remove()
    for (const sheet of sheets) URL.revokeObjectURL(sheet.address)
  }
}

/**
 * Opens the system's print dialog with the pages of `pdf` in their own size, on any host: neither Electron
 * nor the browser needs a PDF plug-in for it. Resolves when the dialog is closed.
 */
export async function printPdf(pdf: Blob): Promise<void> {
  const clear = await layOutSheets(pdf)
  try {
    window.print()
  } finally {
    clear()
  }
}
