import type { z } from 'zod'
import {
  DamagedImage,
  keepFile,
  mediaTypeOf,
  nameOfContent,
  prepareFile,
  readPoints,
  requireFile,
} from '../attachments/index.ts'
import type { ReadHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import type { Call } from '../handlers.ts'
import { largestLogo, logoSides, smallLogo, type storeSign } from './contract.ts'
import { drawLogo } from './logo-pictures.ts'

export type Logo = NonNullable<z.output<typeof storeSign>['logo']>

/** A small picture of a wide logo is cut to whole pixels: so much its sides may differ in proportion. */
const MOST_SKEW = 0.04

/**
 * Keeps the pictures of a logo beside the attachments, by the hash of their bytes. The file somebody chose is looked at
 * whole, by its bytes and not by its name, and is not kept itself; the screen, which can read it, makes it small.
 */
export async function keepLogo(
  call: Call,
  { uploadId, small }: { uploadId: string; small: Blob },
): Promise<Logo> {
  const upload = call.uploads.whole(uploadId)
  if ('kept' in upload) refuse('attachments.interrupted', { name: upload.kept.name })
  const { name } = upload
  const sides = checkChosen(upload)
  const pictures =
    drawLogo(await readSmall(name, small, sides)) ?? refuse('papers.logo_blank', { name })
  const keep = async (of: keyof Logo) => {
    const { bytes, width, height } = pictures[of]
    const { sha256 } = await keepFile(call, { name: `logo-${of}.png`, bytes })
    return { sha256, width, height }
  }
  return { colour: await keep('colour'), shapes: await keep('shapes'), dots: await keep('dots') }
}

/** Refuses what is no logo; the sides of one, as it lies in its file. */
function checkChosen(file: { name: string; bytes: Uint8Array }): { width: number; height: number } {
  const { name, bytes } = file
  const mediaType = mediaTypeOf(bytes)
  if (mediaType !== 'image/png' && mediaType !== 'image/jpeg') {
    const is = nameOfContent(bytes)
    if (is === 'SVG') refuse('papers.logo_svg', { name })
    refuse('papers.logo_wrong_type', { name })
  }
  if (bytes.length > largestLogo) {
    refuse('papers.logo_too_large', { name, limitMb: largestLogo / 1024 / 1024 })
  }
  const { width, height } = prepareFile(file)
  if (width === null || height === null) refuse('papers.logo_wrong_type', { name })
  const { least, most } = logoSides
  if (Math.min(width, height) < least)
    refuse('papers.logo_too_small', { name, width, height, least })
  if (Math.max(width, height) > most) refuse('papers.logo_too_wide', { name, width, height, most })
  return { width, height }
}

/** The small picture as the screen made it; it must be of the chosen one, upright or turned. */
async function readSmall(name: string, small: Blob, chosen: { width: number; height: number }) {
  if (small.size > smallLogo.bytes) refuse('attachments.damaged', { name })
  try {
    const points = readPoints(new Uint8Array(await small.arrayBuffer()), smallLogo)
    const ratio = (points.width / points.height) * (chosen.height / chosen.width)
    const turned = (points.width / points.height) * (chosen.width / chosen.height)
    // Whole pixels of a flat picture are coarse.
    const coarse = MOST_SKEW + 2 / Math.min(points.width, points.height)
    if (Math.min(Math.abs(ratio - 1), Math.abs(turned - 1)) > coarse) {
      refuse('attachments.damaged', { name })
    }
    return points
  } catch (error) {
    if (error instanceof DamagedImage) refuse('attachments.damaged', { name }, error)
    throw error
  }
}

/** Refuses a logo whose pictures were never kept. */
export async function requireLogo(r: ReadHandle, logo: Logo): Promise<void> {
  for (const { sha256 } of Object.values(logo)) await requireFile(r, sha256)
}
