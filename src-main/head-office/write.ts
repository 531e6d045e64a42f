import { createHash, type Hash } from 'node:crypto'
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Store } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { type PeopleChoice, type Stream, streams } from './contract.ts'
import {
  columns,
  csvRow,
  fileOf,
  type LineData,
  nameOfExport,
  peopleColumns,
  personFor,
} from './format.ts'
import { FORMAT_VERSION, type Manifest } from './lines.ts'
import { listLines } from './book-store.ts'
import { listPeople } from './people-store.ts'

/** Lines that are read and written at once. */
const linesAtOnce = 200

export interface Range {
  target: string
  fromSeq: number
  toSeq: number
  /** Hash of the manifest before it, for this target; empty for the first. */
  previous: string
  people: PeopleChoice
  /** The desk as it was called then. */
  store: string
  deskNo: string
}

export interface Written {
  dir: string
  manifestSha256: string
}

/** A file that is hashed as it is written. */
class HashedFile {
  readonly name: string
  readonly #handle: FileHandle
  readonly #hash: Hash = createHash('sha256')
  #bytes = 0
  #rows = 0

  private constructor(name: string, handle: FileHandle) {
    this.name = name
    this.#handle = handle
  }

  static async begin(dir: string, name: string, head: string): Promise<HashedFile> {
    const file = new HashedFile(name, await open(path.join(dir, name), 'wx'))
    await file.write(head, 0)
    return file
  }

  async write(text: string, rows: number): Promise<void> {
    if (text === '') return
    const bytes = Buffer.from(text, 'utf8')
    this.#hash.update(bytes)
    this.#bytes += bytes.length
    this.#rows += rows
    await this.#handle.write(bytes)
  }

  /** Ends the file on the disk; what the manifest says of it. */
  async end(): Promise<{ name: string; rows: number; bytes: number; sha256: string }> {
    await this.#handle.sync()
    await this.#handle.close()
    return {
      name: this.name,
      rows: this.#rows,
      bytes: this.#bytes,
      sha256: this.#hash.digest('hex'),
    }
  }

  async abandon(): Promise<void> {
    await this.#handle.close().catch(() => undefined)
  }
}

/**
 * Writes a range of the book as files of a folder of its own, which has its name only when everything in it is whole: an
 * interrupted one stays a `.part` and is begun again. Files of a range are the same bytes every time; the people are
 * a file of their own, as they are now.
 */
export async function writeExport(
  store: Store,
  of: { range: Range; folder: string },
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<Written> {
  const { range, folder } = of
  const name = nameOfExport(range)
  const dir = path.join(folder, name)
  const part = `${dir}.part`
  try {
    await rm(part, { recursive: true, force: true })
    await mkdir(part, { recursive: true })
    const written = await writeFiles(store, { ...of, dir: part }, signal, onProgress)
    signal.throwIfAborted()
    await rm(dir, { recursive: true, force: true })
    await rename(part, dir)
    return { dir, manifestSha256: written }
  } catch (error) {
    await rm(part, { recursive: true, force: true }).catch(() => undefined)
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOSPC' || code === 'EDQUOT') refuse('head_office.disk_full', { folder }, error)
    if (code !== undefined && !signal.aborted && /^E[A-Z]+$/.test(code)) {
      refuse('head_office.folder_unwritable', { folder, cause: code }, error)
    }
    throw error
  }
}

async function writeFiles(
  store: Store,
  of: { range: Range; dir: string },
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<string> {
  const { range, dir } = of
  const files: HashedFile[] = []
  try {
    const begin = async (name: string, head: string) => {
      const file = await HashedFile.begin(dir, name, head)
      files.push(file)
      return file
    }
    const pairs = new Map<Stream, { csv: HashedFile; lines: HashedFile }>()
    for (const stream of streams) {
      const head = `\ufeff${csvRow(columns[stream])}`
      pairs.set(stream, {
        csv: await begin(`${fileOf[stream]}.csv`, head),
        lines: await begin(`${fileOf[stream]}.jsonl`, ''),
      })
    }
    const people = await writeLines(store, range, pairs, signal, onProgress)
    const ends = []
    for (const file of files) ends.push(await file.end())
    const alongside =
      range.people === 'none' ? [] : [await writePeople(store, { ...of, people }, signal)]
    const manifest: Manifest = {
      format: 'goodwill-desk/head-office',
      version: FORMAT_VERSION,
      store: range.store,
      deskNo: range.deskNo,
      target: range.target,
      fromSeq: range.fromSeq + 1,
      toSeq: range.toSeq,
      previous: range.previous,
      files: ends,
    }
    const text = `${JSON.stringify(manifest, null, 2)}\n`
    const file = await HashedFile.begin(dir, 'manifest.json', text)
    const { sha256 } = await file.end()
    if (alongside.length > 0) {
      const told = { format: 'goodwill-desk/people', version: FORMAT_VERSION, people: range.people }
      const besides = await HashedFile.begin(
        dir,
        'people-manifest.json',
        `${JSON.stringify({ ...told, files: alongside }, null, 2)}\n`,
      )
      await besides.end()
    }
    return sha256
  } catch (error) {
    for (const file of files) await file.abandon()
    throw error
  }
}

async function writeLines(
  store: Store,
  range: Range,
  pairs: ReadonlyMap<Stream, { csv: HashedFile; lines: HashedFile }>,
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<Set<number>> {
  const people = new Set<number>()
  for (let after = range.fromSeq; ;) {
    signal.throwIfAborted()
    const batch = await store.read((r) =>
      listLines(r, { after, to: range.toSeq, limit: linesAtOnce }),
    )
    for (const [stream, { csv, lines }] of pairs) {
      const own = batch.filter((line) => line.stream === stream)
      await csv.write(own.map(({ seq, data }) => rowOf(stream, seq, data)).join(''), own.length)
      await lines.write(
        own.map(({ seq, data }) => `${JSON.stringify({ seq, ...data })}\n`).join(''),
        own.length,
      )
    }
    for (const { data } of batch) {
      const ref = data['customerRef']
      if (typeof ref === 'number') people.add(ref)
    }
    after = batch.at(-1)?.seq ?? range.toSeq
    onProgress(after - range.fromSeq)
    if (batch.length < linesAtOnce) return people
  }
}

function rowOf(stream: Stream, seq: number, data: LineData): string {
  const line: LineData = { seq, ...data }
  return csvRow(columns[stream].map((column) => line[column]))
}

/** The people of the range's cases, as the store has them now: masked, or as they are where somebody said why. */
async function writePeople(
  store: Store,
  of: { range: Range; dir: string; people: ReadonlySet<number> },
  signal: AbortSignal,
) {
  const file = await HashedFile.begin(of.dir, 'people.csv', `\ufeff${csvRow(peopleColumns)}`)
  try {
    const refs = [...of.people].toSorted((a, b) => a - b)
    for (let at = 0; at < refs.length; at += linesAtOnce) {
      signal.throwIfAborted()
      const found = await store.read((r) => listPeople(r, refs.slice(at, at + linesAtOnce)))
      const rows = found.map((each) => {
        const person = personFor(each, of.range.people)
        return csvRow(peopleColumns.map((column) => person[column]))
      })
      await file.write(rows.join(''), rows.length)
    }
    return await file.end()
  } catch (error) {
    await file.abandon()
    throw error
  }
}
