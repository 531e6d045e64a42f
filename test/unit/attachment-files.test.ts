import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mediaTypeOf, nameOfContent } from '../../src-main/attachments/content.ts'
import { hasInk } from '../../src-main/attachments/ink.ts'
import { readOrientation, writeOrientation } from '../../src-main/attachments/orientation.ts'
import { prepareFile } from '../../src-main/attachments/prepare.ts'
import { stripJpeg } from '../../src-main/attachments/strip-jpeg.ts'
import { stripPng } from '../../src-main/attachments/strip-png.ts'
import { stripWebp } from '../../src-main/attachments/strip-webp.ts'
import { isRefusal } from '../../src-main/foundation/errors.ts'
import {
  intoJpeg,
  intoWebp,
  jpeg,
  jpegSecrets,
  makeExif,
  makePng,
  makeSignature,
  pngChunk,
  secrets,
  webp,
} from '../support/pictures.ts'

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')
const word = (said: string) => Buffer.from(said, 'latin1')
const leaks = (bytes: Uint8Array) => secrets.filter((secret) => text(bytes).includes(secret))

/** What `prepareFile` refuses with. */
function refusal(bytes: Uint8Array): string {
  try {
    prepareFile({ name: 'x', bytes })
  } catch (error) {
    if (isRefusal(error)) return `${error.reason} ${String(error.params['is'] ?? '')}`.trim()
    throw error
  }
  return 'kept'
}

describe('what a file is', () => {
  it.each([
    [jpeg, 'image/jpeg'],
    [webp, 'image/webp'],
    [makePng(), 'image/png'],
    [word('%PDF-1.7\n'), 'application/pdf'],
  ] as const)('is read from its bytes', (bytes, type) => {
    expect(mediaTypeOf(bytes)).toBe(type)
  })

  it.each([
    ['GIF', word('GIF89a')],
    ['HEIC', Buffer.concat([new Uint8Array([0, 0, 0, 24]), word('ftypheic')])],
    ['MP4', Buffer.concat([new Uint8Array([0, 0, 0, 24]), word('ftypisom')])],
    ['ZIP', Buffer.concat([word('PK'), new Uint8Array([3, 4])])],
    ['EXE', word('MZ\0\0')],
    ['SVG', word('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['HTML', word('<!doctype html>')],
    ['TXT', word('no photo')],
    ['?', new Uint8Array([1, 2, 3, 4, 0, 0])],
  ])('is told by its name when it is %s called .jpg', (is, bytes) => {
    expect(mediaTypeOf(bytes)).toBeNull()
    expect(nameOfContent(bytes)).toBe(is)
    expect(refusal(bytes)).toBe(`attachments.wrong_type ${is}`)
  })
})

describe('a JPEG', () => {
  it('keeps its pixels byte for byte and loses what a phone wrote beside them', () => {
    const bare = stripJpeg(jpeg)
    const stripped = stripJpeg(intoJpeg(jpeg, jpegSecrets(1)))
    expect(leaks(stripped.bytes)).toEqual([])
    expect(stripped).toEqual(bare)
    expect(stripped).toMatchObject({ width: 16, height: 24 })
    expect(text(stripped.bytes)).toContain('ICC_PROFILE')
  })

  it('stays the right way up', () => {
    const stripped = stripJpeg(intoJpeg(jpeg, jpegSecrets(6)))
    expect(leaks(stripped.bytes)).toEqual([])
    const at = text(stripped.bytes).indexOf('Exif\0\0')
    expect(readOrientation(stripped.bytes.subarray(at + 6))).toBe(6)
    expect(stripJpeg(stripped.bytes)).toEqual(stripped)
  })

  it('loses what follows its end, another photo with its own place included', () => {
    const two = Buffer.concat([jpeg, intoJpeg(jpeg, jpegSecrets(3))])
    expect(stripJpeg(two)).toEqual(stripJpeg(jpeg))
  })

  it('loses the thumbnail of its header', () => {
    const thumb = Buffer.from(jpeg)
    const bare = stripJpeg(thumb)
    const header = [...word('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 1, 1, 9, 9, 9]
    const body = new Uint8Array([0xff, 0xe0, 0, header.length + 2, ...header])
    const withThumb = Buffer.concat([jpeg.subarray(0, 2), body, jpeg.subarray(20)])
    expect(stripJpeg(withThumb)).toEqual(bare)
  })

  it('that was cut short in its last rows is kept and ends properly', () => {
    const cut = stripJpeg(jpeg.subarray(0, jpeg.length - 6))
    expect([...cut.bytes.subarray(-2)]).toEqual([0xff, 0xd9])
  })

  it.each([
    ['nothing behind its start', jpeg.subarray(0, 3)],
    ['a segment that breaks off', jpeg.subarray(0, 40)],
    ['no pixels', Buffer.concat([jpeg.subarray(0, 20), new Uint8Array([0xff, 0xd9])])],
    ['a segment shorter than its length', new Uint8Array([0xff, 0xd8, 0xff, 0xe1, 0, 1, 0, 0])],
  ])('with %s is refused as damaged', (_what, bytes) => {
    expect(refusal(bytes)).toBe('attachments.damaged')
  })

  it('keeps nothing a phone wrote, wherever it wrote it, and its pixels always', () => {
    const bare = stripJpeg(jpeg)
    const marker = fc.constantFrom(0xe1, 0xe2, 0xe3, 0xec, 0xed, 0xef, 0xfe)
    const body = fc.uint8Array({ maxLength: 300 })
    const segments = fc.array(fc.tuple(marker, body), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(segments, fc.boolean(), (parts, atEnd) => {
        const more = parts.flatMap(([mark, bytes]) => {
          const said = [...word('secret-place'), ...bytes]
          return [0xff, mark, (said.length + 2) >> 8, (said.length + 2) & 0xff, ...said]
        })
        // Behind the start, or behind the pixels, where a second scan could follow.
        const whole = atEnd
          ? Buffer.concat([jpeg.subarray(0, -2), new Uint8Array(more), jpeg.subarray(-2)])
          : intoJpeg(jpeg, more)
        const stripped = stripJpeg(whole)
        expect(leaks(stripped.bytes)).toEqual([])
        expect(stripped).toEqual(bare)
      }),
    )
  })
})

describe('a PNG', () => {
  it('keeps its pixels and loses text, times and the place', () => {
    const bare = makePng({ isInk: (x) => x === 3 })
    const whole = makePng({
      isInk: (x) => x === 3,
      extra: [
        pngChunk('tEXt', word('Comment\0secret-place')),
        pngChunk('zTXt', word('secret-place')),
        pngChunk('iTXt', word('XML:com.adobe.xmp\0secret-place')),
        pngChunk('tIME', new Uint8Array(7)),
        pngChunk('eXIf', makeExif(1)),
        pngChunk('prVt', word('secret-place')),
      ],
    })
    const stripped = stripPng(Buffer.concat([whole, word('secret-place')]))
    expect(Buffer.from(stripped.bytes).equals(bare)).toBe(true)
    expect(stripped).toMatchObject({ width: 8, height: 8 })
  })

  it('stays the right way up', () => {
    const stripped = stripPng(makePng({ extra: [pngChunk('eXIf', makeExif(8))] }))
    expect(leaks(stripped.bytes)).toEqual([])
    expect(Buffer.from(stripped.bytes).includes(Buffer.from(writeOrientation(8)))).toBe(true)
  })

  it.each([
    ['breaks off', makePng().subarray(0, 40)],
    ['has no pixels', Buffer.concat([makePng().subarray(0, 33), pngChunk('IEND', word(''))])],
    ['has a wrong check sum', makePng().map((byte, at) => (at === 45 ? byte ^ 1 : byte))],
  ])('that %s is refused as damaged', (_what, bytes) => {
    expect(refusal(bytes)).toBe('attachments.damaged')
  })

  it('of more pixels than a desk can show is refused before anybody decodes it', () => {
    const huge = makePng()
    const view = new DataView(huge.buffer, huge.byteOffset, huge.length)
    view.setUint32(16, 60_000)
    view.setUint32(20, 60_000)
    const fixed = Buffer.concat([
      huge.subarray(0, 8),
      pngChunk('IHDR', huge.subarray(16, 29)),
      huge.subarray(33),
    ])
    expect(refusal(fixed)).toBe('attachments.too_many_pixels')
  })
})

describe('a WebP', () => {
  it('keeps its pixels and profile and loses the rest', () => {
    const whole = intoWebp(webp, [
      ['EXIF', makeExif(1)],
      ['XMP ', word('<x:xmpmeta>secret-place</x:xmpmeta>')],
      ['WHAT', word('secret-place')],
    ])
    const stripped = stripWebp(Buffer.concat([whole, word('secret-place')]))
    expect(Buffer.from(stripped.bytes).equals(Buffer.from(stripWebp(webp).bytes))).toBe(true)
    expect(stripped).toMatchObject({ width: 16, height: 24 })
    expect(text(stripped.bytes)).toContain('ICCP')
  })

  it('stays the right way up', () => {
    const stripped = stripWebp(intoWebp(webp, [['EXIF', makeExif(5)]]))
    expect(leaks(stripped.bytes)).toEqual([])
    expect(Buffer.from(stripped.bytes).includes(Buffer.from(writeOrientation(5)))).toBe(true)
    expect((stripped.bytes[20] ?? 0) & 0x0c).toBe(0x08)
  })

  it('that breaks off is refused as damaged', () => {
    expect(refusal(webp.subarray(0, 100))).toBe('attachments.damaged')
    expect(refusal(webp.subarray(0, 16))).toBe('attachments.damaged')
  })
})

describe('whatever bytes somebody sends', () => {
  const starts = [
    jpeg,
    webp,
    makePng(),
    intoJpeg(jpeg, jpegSecrets()),
    intoWebp(webp, [['EXIF', makeExif()]]),
  ]

  it('are kept or refused, never a fault, and stripping twice changes nothing', () => {
    const change = fc.tuple(fc.nat(2_000), fc.integer({ min: 0, max: 255 }))
    fc.assert(
      fc.property(
        fc.constantFrom(...starts),
        fc.array(change, { maxLength: 12 }),
        fc.nat(2_000),
        (start, changes, cut) => {
          const bytes = Uint8Array.from(start.subarray(0, Math.max(4, start.length - (cut % 90))))
          for (const [at, byte] of changes) bytes[at % bytes.length] = byte
          if (refusal(bytes) !== 'kept') return
          const once = prepareFile({ name: 'x', bytes })
          expect(prepareFile({ name: 'x', bytes: once.bytes }).bytes).toEqual(once.bytes)
        },
      ),
      { numRuns: 2_000 },
    )
  })
})

describe('a signature', () => {
  it('has ink', () => {
    expect(hasInk(makeSignature())).toBe(true)
    expect(prepareFile({ name: 'x', bytes: makeSignature() }).inked).toBe(true)
  })

  it.each([
    ['an empty pad', makePng({ width: 300, height: 90 })],
    ['a dot', makePng({ width: 300, height: 90, isInk: (x, y) => x < 7 && y < 7 })],
    ['a thin scratch', makePng({ width: 300, height: 90, isInk: (x, y) => y === 4 && x < 20 })],
  ])('is not %s', (_what, png) => {
    expect(hasInk(png)).toBe(false)
    expect(prepareFile({ name: 'x', bytes: png }).inked).toBe(false)
  })
})
