import type { InferClientOutputs } from '@orpc/client'

import { largestPiece, thumbnailSide } from '../../src-main/attachments/contract.ts'
import { desk } from '../app/client.ts'
import { readPiece } from './file-pieces.ts'

/** A file the desk keeps. */
export type KeptFile = InferClientOutputs<typeof desk>['attachments']['keep']

const thumbnailQuality = 0.72

/**
 * Hands a file to the desk piece by piece; the desk refuses what is too large with the first one. A photo also gets
 * its small picture. Throws `FileGone` and what the desk refuses.
 */
export async function keepFile(file: File): Promise<KeptFile> {
  const kept = await desk.attachments.keep({ uploadId: await uploadFile(file) })
  void keepThumbnail(kept, file)
  return kept
}

/** Hands a file to the desk piece by piece, for whatever is to become of it. Throws like `keepFile`. */
export async function uploadFile(file: File): Promise<string> {
  let uploadId: string | null = null
  let offset = 0
  do {
    const piece = await readPiece(file, offset, largestPiece)
    const name = file.name.slice(-200) || 'photo'
    const answer: { uploadId: string } = await desk.attachments.upload({
      uploadId,
      name,
      size: file.size,
      offset,
      piece,
    })
    uploadId = answer.uploadId
    offset += piece.size
  } while (offset < file.size)
  return uploadId
}

/** Lists show it later; without it they show the file itself. */
export async function keepThumbnail(
  kept: Pick<KeptFile, 'sha256' | 'mediaType'>,
  picture: Blob,
): Promise<void> {
  if (!kept.mediaType.startsWith('image/')) return
  const thumbnail = await makeThumbnail(picture).catch(() => null)
  if (thumbnail === null) return
  await desk.attachments.keepThumbnail({ sha256: kept.sha256, thumbnail }).catch(() => undefined)
}

/** A small picture of a large one, the right way up; what is see-through stays so. */
async function makeThumbnail(picture: Blob): Promise<Blob | null> {
  const bitmap = await createImageBitmap(picture, { imageOrientation: 'from-image' })
  const scale = Math.min(1, thumbnailSide / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(bitmap.width * scale))
  canvas.height = Math.max(1, Math.round(bitmap.height * scale))
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  const type = picture.type === 'image/png' ? 'image/webp' : 'image/jpeg'
  return new Promise((resolve) => canvas.toBlob(resolve, type, thumbnailQuality))
}
