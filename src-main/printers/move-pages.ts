/**
 * Calibration: moves what stands on the pages of one of our PDFs, for printers that take their paper a little off its
 * place. The pages keep their size; a line in front of their content moves it, added as an incremental update
 * (ISO 32000-1 §7.5.6), so that not a byte of the paper itself changes.
 */

const pointsPerTenth = 72 / 254

/** A page and where its object stands in the file. */
interface FoundPage {
  number: number
  dictionary: string
}

/**
 * The same paper moved to the right and down, in tenths of a millimetre; negative numbers move it left and up.
 *
 * @throws Error when it is not a PDF as the painter writes it
 */
export function movePages(pdf: Uint8Array, rightTenths: number, downTenths: number): Uint8Array {
  if (rightTenths === 0 && downTenths === 0) return pdf
  const text = Buffer.from(pdf).toString('latin1')
  const tableAt = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(text)?.[1])
  const trailer = /trailer\s*<<([\s\S]*?)>>\s*startxref/.exec(text.slice(tableAt))?.[1]
  const size = Number(/\/Size (\d+)/.exec(trailer ?? '')?.[1])
  if (trailer === undefined || !Number.isSafeInteger(size)) throw new Error('no trailer to follow')
  const pages = findPages(text, tableAt)
  if (pages.length === 0) throw new Error('no pages to move')

  const update = new Update(text.endsWith('\n') ? text : `${text}\n`)
  // y grows upwards on a page of a PDF.
  const move = `1 0 0 1 ${points(rightTenths)} ${points(-downTenths)} cm\n`
  update.add(size, `<<\n/Length ${move.length}\n>>\nstream\n${move}endstream`)
  for (const { number, dictionary } of pages) {
    const moved = dictionary.replace(
      /\/Contents (\d+ \d+ R)/,
      (_, content: string) => `/Contents [${size} 0 R ${content}]`,
    )
    update.add(number, `<<${moved}>>`)
  }
  return update.finish(trailer.replace(/\/Size \d+/, `/Size ${size + 1}`), tableAt)
}

function points(tenths: number): string {
  return (tenths * pointsPerTenth).toFixed(4)
}

function findPages(text: string, tableAt: number): FoundPage[] {
  const [, first, count] = /^xref\s+(\d+) (\d+)\s+/.exec(text.slice(tableAt)) ?? []
  if (first !== '0' || count === undefined) throw new Error('no table of one part')
  const entries = text.slice(tableAt).match(/^\d{10} \d{5} [nf]/gm) ?? []
  return entries.slice(0, Number(count)).flatMap((entry, number) => {
    if (!entry.endsWith('n')) return []
    const at = Number(entry.slice(0, 10))
    const object = /^\d+ \d+ obj\s*<<(\s*\/Type \/Page\s[\s\S]*?)>>\s*endobj/.exec(
      text.slice(at, at + longestPage),
    )
    return object?.[1] === undefined ? [] : [{ number, dictionary: object[1] }]
  })
}

/** A page's object names its parts; it holds none of them. */
const longestPage = 4_096

/** What is written behind a file that stays as it is. */
class Update {
  readonly #before: string
  readonly #parts: string[] = []
  readonly #places = new Map<number, number>()
  #at: number

  constructor(before: string) {
    this.#before = before
    this.#at = before.length
  }

  add(number: number, body: string): void {
    this.#places.set(number, this.#at)
    this.#write(`${number} 0 obj\n${body}\nendobj\n`)
  }

  #write(part: string): void {
    this.#parts.push(part)
    this.#at += part.length
  }

  finish(trailer: string, tableBefore: number): Uint8Array {
    const tableAt = this.#at
    const entries = [...this.#places].map(
      ([number, at]) => `${number} 1\n${String(at).padStart(10, '0')} 00000 n \n`,
    )
    this.#write(`xref\n${entries.join('')}trailer\n<<${trailer}/Prev ${tableBefore}\n>>\n`)
    this.#write(`startxref\n${tableAt}\n%%EOF\n`)
    return Buffer.from(this.#before + this.#parts.join(''), 'latin1')
  }
}

/** Width and height of a paper's first page in tenths of a millimetre; null where it does not say. */
export function readPageSize(pdf: Uint8Array): { width: number; height: number } | null {
  const text = Buffer.from(pdf).toString('latin1')
  const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(text) ?? []
  if (width === undefined || height === undefined) return null
  const tenths = (value: string): number => Math.round(Number(value) / pointsPerTenth)
  return { width: tenths(width), height: tenths(height) }
}
