import { inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { describe, expect, it } from 'vitest'
import { prepareFile } from '../../src-main/attachments/prepare.ts'
import { stripPdf } from '../../src-main/attachments/strip-pdf.ts'
import { makePackedPdf, makePdf } from '../support/pdfs.ts'

const told = ['secret-author', 'secret-place', '7365637265742d', '20261120']

/** What the file still tells, in plain bytes and in whatever of it is packed. */
function leaks(bytes: Uint8Array): string[] {
  const plain = Buffer.from(bytes).toString('latin1')
  const unpacked = [...plain.matchAll(/stream\r?\n/g)].map(({ index, 0: word }) => {
    try {
      return inflateSync(bytes.subarray(index + word.length), { finishFlush: 2 }).toString('latin1')
    } catch {
      return ''
    }
  })
  return told.filter((secret) => [plain, ...unpacked].some((text) => text.includes(secret)))
}

/** The PDF as a viewer understands it. */
async function read(bytes: Uint8Array) {
  const task = getDocument({ data: bytes.slice(), verbosity: 0, stopAtErrors: true })
  const document = await task.promise
  const page = await document.getPage(1)
  const { items } = await page.getTextContent()
  const { fnArray } = await page.getOperatorList()
  const { info, metadata } = await document.getMetadata()
  const text = items.map((item) => ('str' in item ? item.str : '')).join('')
  const said = { ...info } as Record<string, unknown>
  await task.destroy()
  return { text, fnArray, said, creator: metadata?.get('dc:creator') ?? null }
}

describe('a PDF', () => {
  it.each([
    ['as an office program writes it', makePdf()],
    ['saved again by another program', makePdf({ revised: true })],
    ['with its objects packed', makePackedPdf()],
  ])('%s loses author, times and place and keeps its pages', async (_what, pdf) => {
    expect(leaks(pdf)).toContain('secret-author')
    const before = await read(pdf)
    const { bytes, untouched } = prepareFile({ name: 'x.pdf', bytes: pdf })
    expect(untouched).toBeNull()
    expect(leaks(bytes)).toEqual([])
    expect(bytes).toHaveLength(pdf.length)
    const after = await read(bytes)
    expect(after).toMatchObject({ text: 'Inspection 42', fnArray: before.fnArray, creator: null })
    expect(JSON.stringify(before.said)).toContain('secret-author')
    for (const key of ['Author', 'Title', 'Creator', 'Producer', 'CreationDate']) {
      expect(after.said[key]).toBeUndefined()
    }
    expect(stripPdf(bytes).bytes).toEqual(bytes)
  })

  it.each([
    ['signed', makePdf({ trailer: '/Sig<</Type/Sig/ByteRange[0 10 20 30]>>' })],
    ['signed', makePackedPdf({ inside: '/Sig<</Type/Sig/ByteRange[0 10 20 30]>>' })],
    ['encrypted', makePdf({ trailer: '/Encrypt<</Filter/Standard/V 1>>' })],
    ['unreadable', Buffer.from('%PDF-1.7\nnothing behind its start')],
    ['unreadable', makePdf().subarray(0, 900)],
  ] as const)('that is %s is kept as it came, and says so', (why, pdf) => {
    expect(stripPdf(pdf)).toEqual({ bytes: pdf, untouched: why })
  })

  it('of whatever bytes is kept at its length, never a fault', () => {
    const starts = [makePdf(), makePdf({ revised: true }), makePackedPdf()]
    const change = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }))
    fc.assert(
      fc.property(
        fc.nat(starts.length - 1),
        fc.array(change, { maxLength: 12 }),
        fc.nat(4_000),
        (index, changes, cut) => {
          const start = starts[index] ?? new Uint8Array()
          const pdf = Uint8Array.from(start.subarray(0, Math.max(8, start.length - (cut % 900))))
          for (const [at, byte] of changes) pdf[at % pdf.length] = byte
          const once = stripPdf(pdf)
          expect(once.bytes).toHaveLength(pdf.length)
          if (once.untouched !== null) expect(once.bytes).toEqual(pdf)
        },
      ),
      { numRuns: 1_000 },
    )
  })
})
