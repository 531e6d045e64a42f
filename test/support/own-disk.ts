import { execFileSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect } from 'vitest'

/** A disk of its own that can really be full. */
export interface OwnDisk {
  dir: string
  unmount(): void
}

/** Mounts one; null where that right is missing, which not every machine gives. */
export function mountDisk(megabytes: number): OwnDisk | null {
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
export function fillUp(dir: string): void {
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

/** Gives the space back. */
export function makeRoom(dir: string): void {
  rmSync(path.join(dir, 'somebody-else'), { force: true })
}
