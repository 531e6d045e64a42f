import { createRouterClient } from '@orpc/server'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { refusalOf } from '../support/desk.ts'
import { makeTempFolder, openQuietDesk } from '../support/hosted-desk.ts'
import { NEW_STORE } from '../support/new-store.ts'

let folder: ReturnType<typeof makeTempFolder>
let desk: Awaited<ReturnType<typeof openQuietDesk>>
const client = () => createRouterClient(desk.router, { context: { trusted: true } })

beforeEach(async () => {
  folder = makeTempFolder('set-up')
  desk = await openQuietDesk(folder.dir)
})
afterEach(async () => {
  await desk.close()
  folder.remove()
})

describe('a new store', () => {
  it.each([
    ['zh-CN', 'zh'],
    ['en', 'bilingual'],
  ] as const)('worked in %s has papers in %s', async (language, paperLanguage) => {
    await client().settings.setUp({ ...NEW_STORE, language })
    expect(await client().settings.read()).toMatchObject({ language, paperLanguage })
  })

  it('is set up once', async () => {
    await client().settings.setUp(NEW_STORE)
    expect(await refusalOf(client().settings.setUp(NEW_STORE))).toMatchObject({
      reason: 'settings.already_set_up',
    })
  })
})
