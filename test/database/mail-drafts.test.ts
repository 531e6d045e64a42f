import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createRouterClient } from '@orpc/server'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDesk, type Desk } from '../../src-main/desk.ts'
import { writeMailDraft } from '../../src-main/foundation/mail-draft.ts'
import { openTestDesk, refusalOf, type TestDesk } from '../support/desk.ts'

let test: TestDesk
let desk: Desk
let dir: string
const opened: string[] = []
let hasProgram = true

beforeAll(async () => {
  test = await openTestDesk()
  // The same store on a host that can open files, as the desk's own window can.
  const { file } = await test.manager.client.settings.backUp()
  const { restoreBackup } = await import('../../src-main/database/restore.ts')
  dir = path.join(mkdtempSync(path.join(os.tmpdir(), 'goodwill-mail-')), 'data')
  restoreBackup(file, dir, test.now())
  desk = await openDesk({
    dataDir: dir,
    host: 'electron',
    appVersion: '0.0.0-test',
    log: pino({ level: 'silent' }),
    now: () => test.now(),
    openFile: (each) => {
      opened.push(each)
      return Promise.resolve(hasProgram)
    },
  })
})
afterAll(async () => {
  await desk.close()
  await test.close()
  rmSync(path.dirname(dir), { recursive: true })
})

const mail = writeMailDraft(
  {
    subject: '信誉卡',
    text: '请查收。',
    attachment: { fileName: '信誉卡.pdf', mediaType: 'application/pdf', bytes: new Uint8Array(9) },
  },
  'paper',
)
const draft = (fileName: string) => ({ fileName, draft: new Blob([mail]) })

describe('a mail with a paper', () => {
  it('is kept in the outbox and opened in the mail program, which sends it or not', async () => {
    const client = createRouterClient(desk.router, { context: { trusted: true } })
    expect(await client.papers.openDraft(draft('card-XY-0001.eml'))).toEqual({ opened: true })
    const [file = ''] = opened
    expect(file).toBe(path.join(dir, 'outbox', 'card-XY-0001.eml'))
    expect(readFileSync(file, 'utf8')).toBe(mail)
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('stays in the outbox whatever its name asks for, and says where no program took it', async () => {
    const client = createRouterClient(desk.router, { context: { trusted: true } })
    hasProgram = false
    const names = ['../../desk.sqlite', '..', 'C:\\x\\卡:1?.eml', '长'.repeat(200)]
    for (const name of names) {
      expect(await client.papers.openDraft(draft(name))).toEqual({ opened: false })
    }
    for (const file of opened) expect(path.dirname(file)).toBe(path.join(dir, 'outbox'))
    for (const name of readdirSync(path.join(dir, 'outbox'))) expect(name).toMatch(/\.eml$/)
  })

  it('goes where the settings say, once that takes files', async () => {
    const client = createRouterClient(desk.router, { context: { trusted: true } })
    const { usualDrafts, ...folders } = await client.settings.folders()
    expect([usualDrafts, folders.drafts]).toEqual([path.join(dir, 'outbox'), ''])
    const drafts = path.join(path.dirname(dir), 'to-send')
    const change = (asked: { drafts: string; exports?: string; version?: number }) =>
      client.settings.changeFolders({ ...folders, ...asked })
    expect(await refusalOf(change({ drafts }))).toMatchObject({
      reason: 'settings.folder_missing',
      params: { folder: drafts },
    })
    expect(await refusalOf(change({ drafts: 'to-send' }))).toMatchObject({
      reason: 'settings.folder_missing',
    })
    // A folder of the system that nobody can write into, whoever they are.
    expect(await refusalOf(change({ drafts: '/proc' }))).toMatchObject({
      reason: 'settings.folder_unwritable',
      params: { folder: '/proc' },
    })
    mkdirSync(drafts)
    await change({ drafts })
    expect(await refusalOf(change({ drafts: '' }))).toMatchObject({
      reason: 'desk.changed_meanwhile',
    })
    hasProgram = true
    expect(await client.papers.openDraft(draft('card-XY-0002.eml'))).toEqual({ opened: true })
    expect(opened.at(-1)).toBe(path.join(drafts, 'card-XY-0002.eml'))
    expect(readdirSync(drafts)).toEqual(['card-XY-0002.eml'])
    rmSync(drafts, { recursive: true })
    expect(await refusalOf(client.papers.openDraft(draft('card.eml')))).toMatchObject({
      reason: 'settings.folder_missing',
    })
    await change({ drafts: '', version: folders.version + 1 })
    expect(await client.papers.openDraft(draft('card-XY-0003.eml'))).toEqual({ opened: true })
  })

  it('is left to the screen where the host opens no files', async () => {
    expect(await test.clerk.client.papers.openDraft(draft('card.eml'))).toEqual({ opened: false })
    expect(readdirSync(test.dir)).not.toContain('outbox')
  })
})
