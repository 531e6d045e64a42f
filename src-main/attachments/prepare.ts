import { mediaTypeOf, type MediaType, nameOfContent } from './content.ts'
import { type BareImage, DamagedImage } from './damage.ts'
import { refuse } from '../foundation/errors.ts'
import { hasInk } from './ink.ts'
import { mostPixels } from './rules.ts'
import { stripJpeg } from './strip-jpeg.ts'
import { stripPdf, type Untouched } from './strip-pdf.ts'
import { stripPng } from './strip-png.ts'
import { stripWebp } from './strip-webp.ts'

/** A file as it will be kept. */
export interface PreparedFile {
  mediaType: MediaType
  bytes: Uint8Array
  /** Pixels as coded, before a turned photo is turned; null for a PDF. */
  width: number | null
  height: number | null
  /** Something is written on it as a pad writes: it can stand for a signature. */
  inked: boolean
  /** Why what a program wrote beside the pages of a PDF is kept; null where it is gone. */
  untouched: Untouched | null
}

const strippers: Readonly<Record<string, (bytes: Uint8Array) => BareImage>> = {
  'image/jpeg': stripJpeg,
  'image/png': stripPng,
  'image/webp': stripWebp,
}

/**
 * What is kept of a file somebody chose: known by its bytes, without the place and whatever else a camera or a program
 * wrote beside the picture or the pages (domain.md §5.3). Refuses what cannot be kept (`attachments.wrong_type`), what is no whole picture
 * (`attachments.damaged`) and pictures that would take a screen's memory (`attachments.too_many_pixels`).
 */
export function prepareFile(file: { name: string; bytes: Uint8Array }): PreparedFile {
  const { name, bytes } = file
  const mediaType = mediaTypeOf(bytes)
  if (mediaType === null) refuse('attachments.wrong_type', { name, is: nameOfContent(bytes) })
  const strip = strippers[mediaType]
  if (!strip) {
    return { mediaType, ...stripPdf(bytes), width: null, height: null, inked: false }
  }
  const bare = readOrRefuse(name, () => strip(bytes))
  if (bare.width * bare.height > mostPixels) {
    refuse('attachments.too_many_pixels', { name, limit: mostPixels / 1_000_000 })
  }
  const inked = mediaType === 'image/png' && isInked(bare.bytes)
  return { mediaType, ...bare, inked, untouched: null }
}

function readOrRefuse(name: string, read: () => BareImage): BareImage {
  try {
    return read()
  } catch (error) {
    if (error instanceof DamagedImage) refuse('attachments.damaged', { name }, error)
    throw error
  }
}

function isInked(png: Uint8Array): boolean {
  try {
    return hasInk(png)
  } catch (error) {
    // A photo or a drawing of another form: no pad made it.
    if (error instanceof DamagedImage) return false
    throw error
  }
}
