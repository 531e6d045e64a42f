/** A chosen file that can no longer be read: it was moved or changed, or its stick was pulled out. */
export class FileGone extends Error {
  readonly fileName: string

  constructor(fileName: string) {
    super('the file cannot be read')
    this.name = 'FileGone'
    this.fileName = fileName
  }
}

/** One piece of a file, read now: the browser keeps a path, not the bytes. Throws `FileGone`. */
export async function readPiece(file: File, offset: number, bytes: number): Promise<Blob> {
  try {
    return new Blob([await file.slice(offset, offset + bytes).arrayBuffer()])
  } catch {
    throw new FileGone(file.name)
  }
}
