import { deflateSync } from 'node:zlib'
import { intoJpeg, jpeg, jpegSecrets } from './pictures.ts'

const latin = (text: string) => Buffer.from(text, 'latin1')

interface Part {
  dictionary: string
  stream?: Uint8Array
}

/** XMP as programs write it. */
const xmp = latin(
  `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="secret-author" xmlns:exif="http://ns.adobe.com/exif/1.0/"
 exif:GPSLatitude="secret-place"/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`,
)

const info =
  '<</Author 7 0 R/Title (secret-author \\(told\\) twice)/Creator <7365637265742d617574686f72>' +
  "/CreationDate (D:20261120093000+08'00')>>"

const parts: Readonly<Record<number, Part>> = {
  1: { dictionary: '/Type/Catalog/Pages 2 0 R/Meta#64ata 6 0 R' },
  2: { dictionary: '/Type/Pages/Kids[3 0 R]/Count 1' },
  3: {
    dictionary:
      '/Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Metadata 9 0 R' +
      '/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>/XObject<</P 8 0 R>>>>',
  },
  4: {
    dictionary: '',
    stream: latin('BT /F 18 Tf 20 150 Td (Inspection 42) Tj ET q 16 0 0 24 20 20 cm /P Do Q'),
  },
  6: { dictionary: '/Type /Metadata /Subtype /XML', stream: xmp },
  8: {
    dictionary:
      '/Type/XObject/Subtype/Image/Width 16/Height 24/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/DCTDecode',
    stream: intoJpeg(jpeg, jpegSecrets(1)),
  },
  9: { dictionary: '/Type/Metadata/Subtype/XML/Filter/FlateDecode', stream: deflateSync(xmp) },
}

/** Writes objects one behind the other and remembers where each begins. */
class Writer {
  #written = latin('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n')
  readonly offsets = new Map<number, number>()

  get size(): number {
    return this.#written.length
  }

  add(text: string | Uint8Array): void {
    const bytes = typeof text === 'string' ? latin(text) : text
    this.#written = Buffer.concat([this.#written, bytes])
  }

  object(number: number, value: string, stream?: Uint8Array): void {
    this.offsets.set(number, this.size)
    this.add(`${number} 0 obj\n${value}\n`)
    if (stream) {
      this.add('stream\r\n')
      this.add(stream)
      this.add('\nendstream\n')
    }
    this.add('endobj\n')
  }

  part(number: number, { dictionary, stream }: Part): void {
    const length = stream ? `/Length ${stream.length}` : ''
    this.object(number, `<<${dictionary}${length}>>`, stream)
  }

  /** A table of all objects written since the last one, and the trailer. */
  table(numbers: readonly number[], trailer: string): void {
    const at = this.size
    const rows = numbers.map((number) => {
      const offset = String(this.offsets.get(number)).padStart(10, '0')
      return `${number} 1\n${offset} 00000 n \n`
    })
    this.add(`xref\n0 1\n0000000000 65535 f \n${rows.join('')}`)
    this.add(`trailer\n<</Size 20/Root 1 0 R${trailer}>>\nstartxref\n${at}\n%%EOF\n`)
  }

  end(): Uint8Array {
    return Uint8Array.from(this.#written)
  }
}

/**
 * A PDF as an office program writes it, with the author in every place one can stand in and a photo as a phone took it.
 * `revised`: saved again by another program, which leaves the first one's words where they are.
 */
export function makePdf({ trailer = '', revised = false } = {}): Uint8Array {
  const pdf = new Writer()
  for (const [number, part] of Object.entries(parts)) pdf.part(Number(number), part)
  pdf.object(5, info)
  pdf.object(7, '(secret-author)')
  const first = pdf.size
  const numbers = [1, 2, 3, 4, 5, 6, 7, 8, 9]
  pdf.table(numbers, `/Info 5 0 R${trailer}`)
  if (revised) {
    pdf.object(5, '<</Producer (secret-author again)>>')
    pdf.table([5], `/Info 5 0 R/Prev ${first}`)
  }
  return pdf.end()
}

/** The same as newer programs write it: small objects packed together, and no table in plain text. */
export function makePackedPdf({ inside = '' } = {}): Uint8Array {
  const pdf = new Writer()
  for (const number of [4, 6, 8, 9]) pdf.part(number, parts[number] ?? { dictionary: '' })
  const packed: [number, string][] = [
    [1, `<<${parts[1]?.dictionary ?? ''}${inside}>>`],
    [2, `<<${parts[2]?.dictionary ?? ''}>>`],
    [3, `<<${parts[3]?.dictionary ?? ''}>>`],
    [5, info],
    [7, '(secret-author)'],
  ]
  let content = ''
  const heads = packed.map(([number, text]) => {
    const head = `${number} ${content.length}`
    content += `${text} `
    return head
  })
  const head = `${heads.join(' ')} `
  const stream = deflateSync(latin(head + content))
  const dictionary = `/Type/ObjStm/N ${packed.length}/First ${head.length}/Filter/FlateDecode`
  pdf.part(10, { dictionary, stream })
  const at = pdf.size
  const row = (kind: number, place: number, index: number) =>
    new Uint8Array([kind, place >> 16, (place >> 8) & 0xff, place & 0xff, index])
  const rows = Array.from({ length: 12 }, (_, number) => {
    const index = packed.findIndex(([each]) => each === number)
    if (index >= 0) return row(2, 10, index)
    return row(number === 0 ? 0 : 1, number === 11 ? at : (pdf.offsets.get(number) ?? 0), 0)
  })
  pdf.part(11, {
    dictionary: '/Type/XRef/Size 12/W[1 3 1]/Root 1 0 R/Info 5 0 R',
    stream: Buffer.concat(rows),
  })
  pdf.add(`startxref\n${at}\n%%EOF\n`)
  return pdf.end()
}
