import { readdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { partEnding, writeWhole } from '../database/whole-file.ts'
import type { SlipContent } from './slip.ts'

/** The pages of a job as they wait for their printer. */
export interface SpooledPaper {
  pdf: Uint8Array
  slip: SlipContent | null
}

/** A folder of the data folder in which papers wait for their printers, two files a job at most. */
export class Spool {
  readonly #dir: string

  constructor(dir: string) {
    this.#dir = dir
  }

  #place(jobId: number, kind: 'pdf' | 'slip.json'): string {
    return path.join(this.#dir, `${jobId}.${kind}`)
  }

  /** Writes a job's pages, whole or not at all. @throws what the system says: full, gone, not allowed */
  async write(jobId: number, { pdf, slip }: SpooledPaper): Promise<void> {
    if (slip) await writeWhole(this.#place(jobId, 'slip.json'), Buffer.from(JSON.stringify(slip)))
    await writeWhole(this.#place(jobId, 'pdf'), pdf)
  }

  /** @returns null where they are gone. */
  async read(jobId: number): Promise<SpooledPaper | null> {
    const pdf = await readFile(this.#place(jobId, 'pdf')).catch(() => null)
    if (!pdf) return null
    const slip = await readFile(this.#place(jobId, 'slip.json'), 'utf8').catch(() => null)
    return { pdf, slip: slip === null ? null : (JSON.parse(slip) as SlipContent) }
  }

  async remove(jobIds: readonly number[]): Promise<void> {
    for (const jobId of jobIds) {
      await rm(this.#place(jobId, 'pdf'), { force: true })
      await rm(this.#place(jobId, 'slip.json'), { force: true })
    }
  }

  /** Takes away what a crash left half written. */
  async tidy(): Promise<void> {
    const names = await readdir(this.#dir).catch(() => [])
    for (const name of names.filter((each) => each.endsWith(partEnding))) {
      await rm(path.join(this.#dir, name), { force: true })
    }
  }
}
