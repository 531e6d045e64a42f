import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, vi } from 'vitest'
import type { TestDesk } from './desk.ts'
import { makeTempFolder } from './hosted-desk.ts'

/** A folder that papers go to. */
export interface FolderPrinter {
  name: string
  /** What came, once something has. */
  papers(): Promise<Uint8Array[]>
  remove(): void
}

/** Sets a folder up as the printer of one paper on A4, moved by so many tenths of a millimetre. */
export async function addFolderPrinter(
  { manager: { client } }: TestDesk,
  document: string,
  { offsetX, offsetY } = { offsetX: 0, offsetY: 0 },
): Promise<FolderPrinter> {
  const folder = makeTempFolder('papers')
  const name = `纸夹 ${document}`
  const where = { name, kind: 'folder', target: folder.dir, options: {} } as const
  const { printerId } = await client.printers.add(where)
  await client.printers.setRoute({
    document,
    format: 'A4',
    printerId,
    copies: 1,
    offsetX,
    offsetY,
    mediaSource: '',
    sides: 'long_edge',
    version: 0,
  })
  const papers = () =>
    vi.waitFor(
      () => {
        const names = readdirSync(folder.dir).filter((each) => each.endsWith('.pdf'))
        expect(names).not.toEqual([])
        return names.map((each) => new Uint8Array(readFileSync(path.join(folder.dir, each))))
      },
      { timeout: 30_000 },
    )
  return { name, papers, remove: () => folder.remove() }
}
