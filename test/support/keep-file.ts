import { largestPiece } from '../../src-main/attachments/contract.ts'
import type { DeskClient } from './desk.ts'

/** Hands a file to the desk as the screen does, piece by piece, and has it kept. */
export async function keep(
  client: Pick<DeskClient, 'attachments'>,
  file: { name: string; bytes: Uint8Array },
) {
  return client.attachments.keep({ uploadId: await upload(client, file) })
}

/** Hands a file to the desk, piece by piece. */
export async function upload(
  client: Pick<DeskClient, 'attachments'>,
  file: { name: string; bytes: Uint8Array },
): Promise<string> {
  const { name, bytes } = file
  let uploadId: string | null = null
  let offset = 0
  do {
    const piece = new Blob([new Uint8Array(bytes.subarray(offset, offset + largestPiece))])
    const answer: { uploadId: string; received: number } = await client.attachments.upload({
      uploadId,
      name,
      size: bytes.length,
      offset,
      piece,
    })
    uploadId = answer.uploadId
    offset = answer.received
  } while (offset < bytes.length)
  return uploadId
}
