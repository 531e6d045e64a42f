import { spawnSync } from 'node:child_process'
import {
  closeSync,
  ftruncateSync,
  openSync,
  rmSync,
  statfsSync,
  statSync,
  writeSync,
} from 'node:fs'
import path from 'node:path'
import { refuse } from '../foundation/errors.ts'
import type { ImportJob } from './job.ts'

const mebibyte = 1024 * 1024
/** Rows with their indexes take two to five times their text in the file. */
const timesFileSize = 5
/** How large the WAL gets before it is written back. */
const largestWal = 64 * mebibyte
/** Always free while the import runs: more than a few transactions take, and room for the desk's own work. */
const alwaysFree = 12 * mebibyte

/**
 * Holds the disk space an import will need, so that nobody else can take it half-way: a file of that size beside the
 * database, cut shorter whenever the disk gets full. When the space is not there, the import is refused before its first
 * write (`import.disk_full`) and the data is as it was.
 */
export class SpaceReserve {
  readonly #file: string
  readonly #handle: number
  #held: number

  private constructor(file: string, handle: number, held: number) {
    this.#file = file
    this.#handle = handle
    this.#held = held
  }

  static take(job: ImportJob): SpaceReserve {
    const dir = path.dirname(job.databaseFile)
    const file = reserveFile(dir)
    rmSync(file, { force: true })
    const rows = job.form.size * timesFileSize
    const needed = rows + Math.min(rows, largestWal) + mebibyte
    requireFree(job, dir, needed + alwaysFree)
    const handle = openSync(file, 'w')
    try {
      if (!allocate(file, needed)) fill(handle, needed)
      return new SpaceReserve(file, handle, needed)
    } catch (error) {
      closeSync(handle)
      rmSync(file, { force: true })
      throw error
    }
  }

  /** Gives back as much as the next transactions may need; call before each. */
  makeRoom(): void {
    if (this.#held === 0) return
    const lacking = alwaysFree - freeBytes(path.dirname(this.#file))
    if (lacking <= 0) return
    this.#held = Math.max(0, this.#held - lacking)
    ftruncateSync(this.#handle, this.#held)
  }

  release(): void {
    closeSync(this.#handle)
    rmSync(this.#file, { force: true })
  }
}

/** The reserve of an import that was killed; removed when the desk opens. */
export function reserveFile(dataDir: string): string {
  return path.join(dataDir, 'import.reserve')
}

function requireFree(job: ImportJob, dir: string, needed: number): void {
  const free = freeBytes(dir)
  if (free >= needed) return
  refuse('import.disk_full', {
    fileName: job.form.name,
    neededMb: Math.ceil(needed / 1e6),
    freeMb: Math.floor(free / 1e6),
  })
}

function freeBytes(dir: string): number {
  const { bavail, bsize } = statfsSync(dir)
  return bavail * bsize
}

/**
 * Asks the file system for the space without writing it, where the system has a tool for that: hundreds of megabytes
 * of written pages would wait for the disk together with the import's own.
 */
function allocate(file: string, bytes: number): boolean {
  const { status } = spawnSync('fallocate', ['--length', String(bytes), file], { stdio: 'ignore' })
  return status === 0 && statSync(file).blocks * 512 >= bytes
}

/** Written, not only made long: a file with holes holds no space. */
function fill(handle: number, bytes: number): void {
  const block = Buffer.alloc(mebibyte, 0x5a)
  for (let at = 0; at < bytes; at += mebibyte) {
    writeSync(handle, block, 0, Math.min(mebibyte, bytes - at), at)
  }
}
