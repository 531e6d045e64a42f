import { execFileSync } from 'node:child_process'
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { reserveFile } from '../../src-main/imports/space-reserve.ts'
import { type ImportBench, openImportBench } from '../support/import-file.ts'

const text = [
  '小票号,销售日期,货号,品名,数量,实收金额,专柜,供应商',
  ...Array.from({ length: 30_000 }, (_, row) => {
    const receipt = Math.floor(row / 3)
    return `A${String(receipt).padStart(6, '0')},2025-07-0${1 + (receipt % 9)},${row % 977},货${row % 977},1,${(row % 97) + 1}.50,女鞋,步云里鞋业`
  }),
].join('\n')

/** A disk of its own that can really be full; mounting one takes rights that not every machine gives. */
function mountDisk(megabytes: number): { dir: string; unmount(): void } | null {
  const dir = mkdtempSync(path.join(tmpdir(), 'goodwill-disk-'))
  const unmount = () => {
    execFileSync('umount', [dir])
    rmSync(dir, { recursive: true })
  }
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', dir], {
      stdio: 'ignore',
    })
    return { dir, unmount }
  } catch {
    rmSync(dir, { recursive: true })
    return null
  }
}

/** Takes all the space that is left. */
function fillUp(dir: string): void {
  const handle = openSync(path.join(dir, 'somebody-else'), 'a')
  try {
    const block = Buffer.alloc(64 * 1024, 1)
    for (;;) writeSync(handle, block)
  } catch (error) {
    expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC')
  } finally {
    closeSync(handle)
  }
}

const disk = mountDisk(96)
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
    rmSync(path.join(disk?.dir ?? '', 'somebody-else'), { force: true })
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
