import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { createRouterClient } from '@orpc/server'
import { describe, expect, it } from 'vitest'
import { launchElectron, missingForElectron } from '../support/electron.ts'
import { makeTempFolder, openQuietDesk } from '../support/hosted-desk.ts'
import { TILL_EXPORT, workMainJob } from '../support/main-job.ts'

const missing = missingForElectron()

describe('the first day, from an empty folder to the report', () => {
  it('is done in Electron by keyboard and scanner, and is on file when the window is closed', async ({
    skip,
  }) => {
    skip(missing !== undefined, missing)
    const folder = makeTempFolder('main-job')
    const dataDir = path.join(folder.dir, 'data')
    const file = path.join(folder.dir, 'till.csv')
    writeFileSync(file, TILL_EXPORT)
    const electron = await launchElectron({ dataDir })
    const { card, slip, complaint } = await workMainJob(electron.page, file)
    await electron.close()

    const desk = await openQuietDesk(dataDir, () => new Date())
    const client = createRouterClient(desk.router, { context: { trusted: true } })
    for (const number of [card, slip, complaint]) {
      expect((await client.sales.find({ text: number })).exact?.label).toBe(number)
    }
    expect(await client.settings.verify()).toMatchObject({ ok: true })
    await desk.close()
    folder.remove()
  })
})
