import { inflateRawSync } from 'node:zlib'

/** What stands in the cells of a workbook's first sheet, in order: numbers as they are written, texts as they read. */
export function readWorkbook(bytes: Uint8Array): string[] {
  const files = unzip(Buffer.from(bytes))
  const read = (name: string) => files.get(name)?.toString('utf8') ?? ''
  const shared = [...read('xl/sharedStrings.xml').matchAll(/<si>(.*?)<\/si>/gs)].map(([, item]) =>
    plain(item ?? ''),
  )
  const sheet = read('xl/worksheets/sheet1.xml')
  return [...sheet.matchAll(/<c ([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)].flatMap(([, marks, inner]) => {
    if (inner === undefined) return []
    const value = /<v>(.*?)<\/v>/s.exec(inner)?.[1]
    if (/t="s"/.test(marks ?? '')) return [shared[Number(value)] ?? '']
    return [value ?? plain(inner)]
  })
}

function plain(xml: string): string {
  return xml
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
}

/** The files of a ZIP by their names, as its directory lists them. */
function unzip(zip: Buffer): Map<string, Buffer> {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  const files = new Map<string, Buffer>()
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const name = zip.toString('utf8', at + 46, at + 46 + zip.readUInt16LE(at + 28))
    const local = zip.readUInt32LE(at + 42)
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const packed = zip.subarray(from, from + zip.readUInt32LE(at + 20))
    files.set(name, zip.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed))
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return files
}
