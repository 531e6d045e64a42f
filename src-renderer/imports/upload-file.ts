import { desk } from '../app/client.ts'
import { readPiece } from '../ui/file-pieces.ts'

const PIECE_BYTES = 4 * 1024 * 1024

/** The chosen thing is no file that can be read: why, as a key of `imports-screen:file`. */
export class FileProblem extends Error {
  readonly key: 'isDirectory' | 'gone' | 'severalFiles' | 'nothing'
  readonly fileName: string

  constructor(key: FileProblem['key'], fileName = '') {
    super(key)
    this.name = 'FileProblem'
    this.key = key
    this.fileName = fileName
  }
}

/** The one file of a drop. A folder, several files or dragged text are refused with a reason of their own. */
export function fileOfDrop(data: DataTransfer): File {
  const items = [...data.items].filter((item) => item.kind === 'file')
  const [first] = items
  if (!first) throw new FileProblem('nothing')
  if (items.length > 1) throw new FileProblem('severalFiles')
  const entry = first.webkitGetAsEntry()
  if (entry?.isDirectory) throw new FileProblem('isDirectory', entry.name)
  const file = first.getAsFile()
  if (!file) throw new FileProblem('nothing')
  return file
}

/** Sends a file to the desk piece by piece. Answers its id; stops when `signal` is aborted. */
export async function uploadFile(
  file: File,
  onProgress: (sent: number) => void,
  signal: AbortSignal,
): Promise<string> {
  let fileId: string | null = null
  let offset = 0
  do {
    const chunk = await readPiece(file, offset, PIECE_BYTES).catch(() => {
      throw new FileProblem('gone', file.name)
    })
    const answer: { fileId: string } = await desk.imports.upload(
      { fileId, fileName: file.name, offset, chunk },
      { signal, context: {} },
    )
    fileId = answer.fileId
    offset += chunk.size
    onProgress(offset)
  } while (offset < file.size)
  return fileId
}
