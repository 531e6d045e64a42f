import { afterAll, describe, expect, it } from 'vitest'
import { hostOverHttp, makeTempFolder, openQuietDesk } from '../support/hosted-desk.ts'
import { runCommand } from '../support/run-command.ts'

const folder = makeTempFolder('second')
afterAll(() => folder.remove())

const verify = (): ReturnType<typeof runCommand> =>
  runCommand([
    process.execPath,
    'src-main/hosts/cli/desk.ts',
    'verify',
    '--json',
    '--data',
    folder.dir,
  ])

describe('a second process on a data folder', () => {
  it('is told who has it, and may have it afterwards', async () => {
    const desk = await openQuietDesk(folder.dir)
    const host = await hostOverHttp(desk)
    const refused = await verify()
    expect(refused.code).toBe(1)
    expect(JSON.parse(refused.output)).toMatchObject({
      ok: false,
      reason: 'desk.folder_in_use',
      params: { host: 'web', pid: process.pid },
    })
    await host.close()
    await desk.close()
    expect(JSON.parse((await verify()).output)).toMatchObject({ reason: 'desk.not_set_up' })
  })
})
