import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { restoreBackup } from '../../src-main/database/restore.ts'
import { reserveFile } from '../../src-main/imports/space-reserve.ts'
import { createRouterClient } from '@orpc/server'
import { refusalOf } from '../support/desk.ts'
import { openQuietDesk } from '../support/hosted-desk.ts'
import { NEW_STORE } from '../support/new-store.ts'
import { keep } from '../support/keep-file.ts'
import { fillUp, makeRoom as makeRoomOn, mountDisk } from '../support/own-disk.ts'
import { jpeg, makePng, pngChunk } from '../support/pictures.ts'
import { type ImportBench, openImportBench } from '../support/import-file.ts'

const text = [
  '小票号,销售日期,货号,品名,数量,实收金额,专柜,供应商',
  ...Array.from({ length: 30_000 }, (_, row) => {
    const receipt = Math.floor(row / 3)
    return `A${String(receipt).padStart(6, '0')},2025-07-0${1 + (receipt % 9)},${row % 977},货${row % 977},1,${(row % 97) + 1}.50,女鞋,步云里鞋业`
  }),
].join('\n')

const disk = mountDisk(96)
const deskDisk = mountDisk(48)
const reason = disk ? '' : ' (skipped: no right to mount a disk for it)'
let bench: ImportBench

describe('the space of an import', () => {
  beforeEach(() => {
    bench = openImportBench()
  })

  afterEach(() => bench.close())

  it('is held while it runs and free afterwards', async () => {
    const file = reserveFile(bench.folder.dir)
    const held: number[] = []
    const state = await bench.importText('sales.csv', text, {
      hooks: {
        isCancelled: () => {
          held.push(statSync(file).size)
          return false
        },
      },
    })
    expect(state.state).toBe('finished')
    expect(held[0]).toBeGreaterThan(Buffer.byteLength(text) * 5)
    expect(existsSync(file)).toBe(false)
  })
})

describe.skipIf(disk === null)(`a disk of its own${reason}`, () => {
  beforeEach(() => {
    bench = openImportBench(disk?.dir)
  })

  afterEach(async () => {
    await bench.close()
    makeRoomOn(disk?.dir ?? '')
  })

  afterAll(() => disk?.unmount())

  it('that fills up half-way leaves the import its space', async () => {
    let calls = 0
    const state = await bench.importText('sales.csv', text, {
      hooks: {
        isCancelled: () => {
          calls += 1
          if (calls === 250) fillUp(disk?.dir ?? '')
          return false
        },
      },
    })
    expect(state).toMatchObject({ state: 'finished', failure: null })
    expect(bench.one('SELECT count(*) FROM receipt')).toBe(10_000)
    expect(bench.one('PRAGMA integrity_check')).toBe('ok')
  })

  it('that is too full refuses the file before anything is written', async () => {
    fillUp(disk?.dir ?? '')
    const file = path.join(tmpdir(), `goodwill-${process.pid}-sales.csv`)
    writeFileSync(file, text)
    try {
      const state = await bench.importFile(file)
      expect(state).toMatchObject({ state: 'failed', failure: { reason: 'import.disk_full' } })
      expect(bench.one('SELECT count(*) FROM import_batch')).toBe(0)
      expect(bench.one('SELECT count(*) FROM receipt')).toBe(0)
    } finally {
      rmSync(file)
    }
  })
})

describe.skipIf(deskDisk === null)(`photos on a disk of their own${reason}`, () => {
  const dir = path.join(deskDisk?.dir ?? '', 'data')
  const makeRoom = () => makeRoomOn(deskDisk?.dir ?? '')
  const filesIn = (folder: string) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name)

  afterAll(() => deskDisk?.unmount())

  it('that is full are refused whole: nothing half there, nothing lost, and they can be kept again', async () => {
    const desk = await openQuietDesk(dir)
    try {
      const client = createRouterClient(desk.router, { context: { trusted: true } })
      await client.settings.setUp(NEW_STORE)
      const before = await keep(client, { name: 'before.jpg', bytes: jpeg })
      fillUp(deskDisk?.dir ?? '')
      const large = { name: 'large.png', bytes: makeLargePng() }
      expect(await refusalOf(keep(client, large))).toMatchObject({ reason: 'database.disk_full' })
      const thumbnail = new Blob([new Uint8Array(makePng({ width: 20 }))])
      const small = client.attachments.keepThumbnail({ sha256: before.sha256, thumbnail })
      expect(await refusalOf(small)).toMatchObject({ reason: 'database.disk_full' })
      expect(filesIn(path.join(dir, 'evidence'))).toEqual([before.sha256])
      const shown = await client.attachments.file({ sha256: before.sha256 })
      expect(shown.size).toBe(before.bytes)
      makeRoom()
      const { sha256 } = await keep(client, large)
      expect(filesIn(path.join(dir, 'evidence')).sort()).toEqual([before.sha256, sha256].sort())
      expect(await client.settings.verify()).toMatchObject({
        ok: true,
        evidence: { files: 2, missing: [], changed: [], orphans: [] },
      })
    } finally {
      await desk.close()
    }
  })

  it('that fills up leave no half restored store', async () => {
    const desk = await openQuietDesk(dir)
    const client = createRouterClient(desk.router, { context: { trusted: true } })
    const { file } = await client.settings.backUp()
    await desk.close()
    const target = path.join(deskDisk?.dir ?? '', 'restored')
    fillUp(deskDisk?.dir ?? '')
    expect(() => restoreBackup(file, target)).toThrow(
      expect.objectContaining({ reason: 'database.disk_full' }),
    )
    expect(existsSync(target) ? filesIn(target) : []).toEqual([])
    makeRoom()
    restoreBackup(file, target)
    expect(filesIn(target)).toHaveLength(3)
  })
})

/** A picture of several megabytes that nothing makes smaller. */
function makeLargePng(): Uint8Array {
  const noise = pngChunk('IDAT', randomBytes(4 * 1024 * 1024))
  const plain = makePng()
  return Buffer.concat([plain.subarray(0, 33), noise, pngChunk('IEND', new Uint8Array())])
}
