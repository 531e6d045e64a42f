import { randomUUID } from 'node:crypto'
import { refuse } from '../foundation/errors.ts'
import { largestFile, largestPiece } from './contract.ts'
import type { SettledFile } from './files.ts'

interface Upload {
  name: string
  size: number
  received: number
  pieces: Uint8Array[]
  /** Once it is kept, for a question that is asked again. */
  kept: SettledFile | null
}

/** Uploads remembered at once; the oldest is forgotten for one more. */
const mostUploads = 12

/** Files on their way in, in memory: nothing half arrived ever lies on the disk. */
export class Uploads {
  readonly #uploads = new Map<string, Upload>()

  /**
   * Adds a piece. Refuses a file that says, or turns out, to be larger than `largestFile` (`attachments.too_large`)
   * before the rest of it is sent, an empty one (`attachments.empty`) and pieces out of order (`attachments.interrupted`).
   */
  async receive(piece: {
    uploadId: string | null
    name: string
    size: number
    offset: number
    piece: Blob
  }): Promise<{ uploadId: string; received: number }> {
    const { name, size } = piece
    if (size > largestFile) refuseSize(name)
    if (size === 0) refuse('attachments.empty', { name })
    if (piece.piece.size > largestPiece) refuse('attachments.interrupted', { name })
    const bytes = new Uint8Array(await piece.piece.arrayBuffer())
    const uploadId = piece.uploadId ?? this.#open(name, size)
    const upload = this.#uploads.get(uploadId) ?? refuse('attachments.interrupted', { name })
    if (piece.offset !== upload.received || size !== upload.size) {
      refuse('attachments.interrupted', { name })
    }
    if (upload.received + bytes.length > upload.size) refuse('attachments.interrupted', { name })
    upload.pieces.push(bytes)
    upload.received += bytes.length
    return { uploadId, received: upload.received }
  }

  #open(name: string, size: number): string {
    const oldest = this.#uploads.keys().next()
    if (this.#uploads.size >= mostUploads && !oldest.done) this.#uploads.delete(oldest.value)
    const uploadId = randomUUID()
    this.#uploads.set(uploadId, { name, size, received: 0, pieces: [], kept: null })
    return uploadId
  }

  /** The whole file, or what it was kept as already. It stays until it is kept, so that keeping can be tried again. */
  whole(uploadId: string): { name: string; bytes: Uint8Array } | { kept: SettledFile } {
    const upload = this.#uploads.get(uploadId) ?? refuse('attachments.interrupted', { name: '' })
    if (upload.kept) return { kept: upload.kept }
    if (upload.received !== upload.size) refuse('attachments.interrupted', { name: upload.name })
    return { name: upload.name, bytes: Buffer.concat(upload.pieces) }
  }

  /** Its bytes are no longer needed. */
  settle(uploadId: string, kept: SettledFile): void {
    const upload = this.#uploads.get(uploadId)
    if (upload) Object.assign(upload, { kept, pieces: [] })
  }
}

/** Refuses a file for its size. */
export function refuseSize(name: string): never {
  refuse('attachments.too_large', { name, limitMb: largestFile / 1024 / 1024 })
}
