import { spawn } from 'node:child_process'
import { createRouterClient } from '@orpc/server'
import { afterAll, describe, expect, it } from 'vitest'
import { HOSTED_NOW, makeTempFolder, openQuietDesk } from '../support/hosted-desk.ts'
import { ROOT } from '../support/run-command.ts'

const folder = makeTempFolder('power-cut')
afterAll(() => folder.remove())

/** Lets a desk record until it has confirmed `enough`, kills it as a power cut would; returns what it confirmed. */
function recordAndKill(enough: number): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['test/support/record-complaints.ts', folder.dir], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      if (output.split('\n').length > enough) child.kill('SIGKILL')
    })
    child.on('error', reject)
    child.on('close', () => resolve(output.split('\n').slice(0, -1)))
  })
}

describe('a desk that is killed in the middle of its work', () => {
  it('keeps every complaint it confirmed, half of none, and starts again', async () => {
    const confirmed: string[] = []
    for (const enough of [3, 17, 40]) {
      const lines = await recordAndKill(enough)
      expect(lines.length).toBeGreaterThanOrEqual(enough)
      confirmed.push(...lines.map((line) => line.split(' ')[1] ?? ''))
    }
    const desk = await openQuietDesk(folder.dir)
    const client = createRouterClient(desk.router, { context: { trusted: true } })
    try {
      const { ok, auditBrokenAt } = await client.settings.verify()
      expect({ ok, auditBrokenAt }).toEqual({ ok: true, auditBrokenAt: null })
      const businessDate = HOSTED_NOW.toISOString().slice(0, 10)
      const kept = await client.complaints.list({ state: 'day', businessDate })
      const numbers = kept.map((complaint) => complaint.number)
      expect(new Set(numbers).size).toBe(numbers.length)
      expect(confirmed.filter((number) => !numbers.includes(number))).toEqual([])
      // At most one per kill may have been written without its confirmation getting out.
      expect(numbers.length - confirmed.length).toBeLessThanOrEqual(3)
      for (const { id } of kept.slice(0, 5)) {
        const { events } = await client.complaints.open({ complaintId: id })
        expect(events.length).toBeGreaterThan(0)
      }
    } finally {
      await desk.close()
    }
  })
})
