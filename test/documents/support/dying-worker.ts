/** The real PDF worker, dying at the third slice of a batch as often as a file beside the desk's data says. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parentPort } from 'node:worker_threads'
import '../../../src-main/papers/worker.ts'

const deaths = path.join(tmpdir(), `goodwill-deaths-${process.pid}`)
let slices = 0

parentPort?.on('message', ({ work }: { work: { add?: unknown[] } }) => {
  if (!work.add) return
  slices += 1
  const left = existsSync(deaths) ? Number(readFileSync(deaths, 'utf8')) : 0
  if (slices < 3 || left === 0) return
  writeFileSync(deaths, String(left - 1))
  process.exit(3)
})
