import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keepFile, listAttachments } from '../../src-main/attachments/index.ts'
import { largestFile } from '../../src-main/attachments/contract.ts'
import { verifyChain } from '../../src-main/audit/index.ts'
import { openDataFolder } from '../../src-main/database/folder.ts'
import { checkDatabase } from '../../src-main/database/maintenance.ts'
import { restoreBackup } from '../../src-main/database/restore.ts'
import type { Call } from '../../src-main/handlers.ts'
import { openTestDesk, refusalOf, type TestDesk } from '../support/desk.ts'
import { keep } from '../support/keep-file.ts'
import {
  intoJpeg,
  jpeg,
  jpegSecrets,
  makePng,
  makeSignature,
  secrets,
} from '../support/pictures.ts'
import { recordScratch } from '../support/scratch.ts'

let desk: TestDesk
let complaintId: number

beforeAll(async () => {
  desk = await openTestDesk()
  complaintId = await recordScratch(desk.clerk.client)
})

afterAll(async () => desk.close())

const client = () => desk.clerk.client
const subject = () => ({ type: 'complaint' as const, id: complaintId })
const place = (sha256: string) => path.join(desk.dir, 'evidence', sha256.slice(0, 2), sha256)
const folder = () =>
  readdirSync(path.join(desk.dir, 'evidence'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)

describe('a file', () => {
  it('is kept once, by the hash of what is kept, without the place it was taken at', async () => {
    const photo = { name: 'fridge.jpg', bytes: intoJpeg(jpeg, jpegSecrets()) }
    const first = await keep(client(), photo)
    const again = await keep(client(), { ...photo, name: 'again.jpg' })
    expect(again.sha256).toBe(first.sha256)
    expect(first).toMatchObject({ mediaType: 'image/jpeg', name: 'fridge.jpg' })
    expect(folder().filter((name) => name === first.sha256)).toHaveLength(1)
    const shown = await client().attachments.file({ sha256: first.sha256 })
    expect(shown.type).toBe('image/jpeg')
    const bytes = Buffer.from(await shown.arrayBuffer())
    expect(bytes.equals(readFileSync(place(first.sha256)))).toBe(true)
    expect(secrets.filter((secret) => bytes.includes(secret))).toEqual([])
  })

  it('arrives in pieces; asked twice to be kept it is kept once', async () => {
    const bytes = Buffer.concat([jpeg, Buffer.alloc(2_500_000, 7)])
    const { sha256, bytes: size } = await keep(client(), { name: 'large.jpg', bytes })
    expect(size).toBeLessThan(jpeg.length + 10)
    expect(folder()).toContain(sha256)
    const one = { name: 'a.png', size: makePng().length, offset: 0, uploadId: null }
    const piece = new Blob([new Uint8Array(makePng())])
    const { uploadId } = await client().attachments.upload({ ...one, piece })
    const kept = await client().attachments.keep({ uploadId })
    expect(await client().attachments.keep({ uploadId })).toEqual(kept)
  })

  it.each([
    ['too large, before it is read', 40 * 1024 * 1024, 'attachments.too_large'],
    ['empty', 0, 'attachments.empty'],
  ])('that is %s is refused', async (_what, size, reason) => {
    const first = { uploadId: null, name: 'x.jpg', size, offset: 0, piece: new Blob(['x']) }
    expect(await refusalOf(client().attachments.upload(first))).toMatchObject({ reason })
  })

  it('that sends more than it said, or out of order, is refused', async () => {
    const first = { uploadId: null, name: 'x.jpg', size: 4, offset: 0 }
    const more = client().attachments.upload({ ...first, piece: new Blob(['12345']) })
    expect(await refusalOf(more)).toMatchObject({ reason: 'attachments.interrupted' })
    const { uploadId } = await client().attachments.upload({ ...first, piece: new Blob(['12']) })
    const gap = { ...first, uploadId, offset: 3, piece: new Blob(['4']) }
    const interrupted = { reason: 'attachments.interrupted' }
    expect(await refusalOf(client().attachments.upload(gap))).toMatchObject(interrupted)
    expect(await refusalOf(client().attachments.keep({ uploadId }))).toMatchObject(interrupted)
    const lost = client().attachments.keep({ uploadId: 'never-sent' })
    expect(await refusalOf(lost)).toMatchObject(interrupted)
  })

  it('called .jpg is refused by what it is', async () => {
    const renamed = keep(client(), { name: 'scan.jpg', bytes: Buffer.from('PK\u0003\u0004 zip') })
    expect(await refusalOf(renamed)).toMatchObject({
      reason: 'attachments.wrong_type',
      params: { name: 'scan.jpg', is: 'ZIP' },
    })
  })

  it('that another room keeps is checked by its size too', async () => {
    const bytes = Buffer.alloc(largestFile + 1)
    await expect(keepFile({} as Call, { name: 'x.jpg', bytes })).rejects.toMatchObject({
      reason: 'attachments.too_large',
    })
  })

  it('that cannot be written leaves nothing half there, and can be kept again', async () => {
    const bytes = makePng({ width: 31 })
    const { sha256 } = await keep(client(), { name: 'a.png', bytes })
    rmSync(path.dirname(place(sha256)), { recursive: true })
    // A file stands where the folder has to be.
    writeFileSync(path.dirname(place(sha256)), '')
    await expect(keep(client(), { name: 'a.png', bytes })).rejects.toThrow(/./)
    rmSync(path.dirname(place(sha256)))
    expect(folder().filter((name) => name.endsWith('.part'))).toEqual([])
    expect((await keep(client(), { name: 'a.png', bytes })).sha256).toBe(sha256)
    expect(folder()).toContain(sha256)
  })

  it('has a small picture once the screen made one', async () => {
    const { sha256 } = await keep(client(), { name: 'b.png', bytes: makePng({ width: 40 }) })
    expect(await client().attachments.thumbnail({ sha256 })).toBeNull()
    const asked = { sha256, thumbnail: new Blob([new Uint8Array(makePng({ width: 20 }))]) }
    expect(await client().attachments.keepThumbnail(asked)).toEqual({ done: true })
    expect((await client().attachments.thumbnail({ sha256 }))?.type).toBe('image/png')
    const none = { sha256, thumbnail: new Blob(['<script>']) }
    expect(await client().attachments.keepThumbnail(none)).toEqual({ done: false })
    const large = { sha256, thumbnail: new Blob([new Uint8Array(makePng({ width: 900 }))]) }
    expect(await client().attachments.keepThumbnail(large)).toEqual({ done: false })
  })
})

describe('an attachment', () => {
  it('is listed with who, and stands in the case and in the chain by its hash', async () => {
    const { sha256 } = await keep(client(), { name: 'door.png', bytes: makePng({ width: 50 }) })
    const asked = { sha256, subject: subject(), role: 'photo' as const, label: '门' }
    const { id } = await client().attachments.attach(asked)
    expect(await client().attachments.attach(asked)).toEqual({ id })
    const list = await client().attachments.list({ subject: subject() })
    expect(list).toMatchObject([{ id, sha256, label: '门', attachedBy: '赵敏', voided: null }])
    const { events } = await client().complaints.open({ complaintId })
    expect(events.at(-1)).toMatchObject({ kind: 'attachment_added', data: { sha256 } })
    const rows = await desk.desk.folder.store.read((r) =>
      r.selectFrom('audit_log').selectAll().where('action', '=', 'attachments.attach').execute(),
    )
    expect(rows).toHaveLength(1)
    expect(JSON.parse(rows[0]?.data ?? '')).toMatchObject({ sha256, role: 'photo' })
  })

  it('is taken off with a reason, once; its file and its history stay', async () => {
    const [first] = await desk.desk.folder.store.read((r) => listAttachments(r, subject()))
    const attachmentId = first?.id ?? 0
    await client().attachments.void({ attachmentId, reason: '拍错了' })
    const again = client().attachments.void({ attachmentId, reason: '再去一次' })
    expect(await refusalOf(again)).toMatchObject({ reason: 'attachments.voided_before' })
    const list = await client().attachments.list({ subject: subject() })
    expect(list[0]?.voided).toMatchObject({ by: '赵敏', reason: '拍错了' })
    expect(folder()).toContain(first?.sha256)
    const asked = { sha256: first?.sha256 ?? '', subject: subject(), role: 'photo' as const }
    expect((await client().attachments.attach(asked)).id).not.toBe(attachmentId)
    const chain = await desk.desk.folder.store.read((r) => verifyChain(r))
    expect(chain.brokenAt).toBeNull()
  })

  it('cannot be changed or deleted behind the desk', async () => {
    const change = desk.write((w) => w.updateTable('attachment').set({ label: '假' }).execute())
    await expect(change).rejects.toThrow('attachment can only be voided')
    const del = desk.write((w) => w.deleteFrom('attachment').execute())
    await expect(del).rejects.toThrow('append-only')
  })

  it('as a signature needs ink, and stays', async () => {
    const empty = await keep(client(), { name: 's.png', bytes: makePng({ width: 200 }) })
    const sign = (sha256: string) =>
      client().attachments.attach({
        sha256,
        subject: subject(),
        role: 'signature',
        label: '王女士',
      })
    expect(await refusalOf(sign(empty.sha256))).toMatchObject({
      reason: 'attachments.signature_empty',
    })
    const signed = await keep(client(), { name: 's.png', bytes: makeSignature() })
    expect(signed.inked).toBe(true)
    const { id } = await sign(signed.sha256)
    const off = client().attachments.void({ attachmentId: id, reason: '不要了' })
    expect(await refusalOf(off)).toMatchObject({ reason: 'attachments.signature_stays' })
  })

  it('of a paper is no photo, and one of nothing is refused', async () => {
    const pdf = await keep(client(), { name: 'p.pdf', bytes: Buffer.from('%PDF-1.7\n%%EOF') })
    const asked = { sha256: pdf.sha256, subject: subject() }
    const photo = client().attachments.attach({ ...asked, role: 'photo' })
    expect(await refusalOf(photo)).toMatchObject({ reason: 'attachments.not_a_photo' })
    await client().attachments.attach({ ...asked, role: 'document' })
    const nobody = { ...asked, role: 'document' as const, subject: { ...subject(), id: 999 } }
    expect(await refusalOf(client().attachments.attach(nobody))).toMatchObject({
      reason: 'attachments.unknown_subject',
    })
    const never = { ...asked, role: 'document' as const, sha256: 'a'.repeat(64) }
    expect(await refusalOf(client().attachments.attach(never))).toMatchObject({
      reason: 'attachments.unknown_file',
    })
  })
})

describe('the data of a store', () => {
  it('goes back to a backup with every file', async () => {
    await keep(client(), { name: 'r.png', bytes: makePng({ width: 80 }) })
    const { file } = await desk.manager.client.settings.backUp()
    const dir = mkdtempSync(path.join(os.tmpdir(), 'goodwill-restored-'))
    restoreBackup(file, dir)
    expect(readdirSync(dir).sort()).toEqual(['desk.sqlite', 'evidence'])
    const restored = openDataFolder(dir, 'cli', new Date(0))
    try {
      const { integrity, evidence } = await checkDatabase(restored)
      expect(integrity).toBe('ok')
      expect(evidence).toMatchObject({ missing: [], changed: [], orphans: [] })
      expect(evidence.files).toBeGreaterThan(3)
    } finally {
      await restored.close()
      rmSync(dir, { recursive: true })
    }
  })

  it('is backed up with every file, once, and a copy that broke off is made again', async () => {
    const { sha256 } = await keep(client(), { name: 'c.png', bytes: makePng({ width: 60 }) })
    const copy = path.join(desk.dir, 'backups', 'evidence', sha256.slice(0, 2), sha256)
    mkdirSync(path.dirname(copy), { recursive: true })
    writeFileSync(`${copy}.part`, 'half')
    for (let count = 0; count < 2; count += 1) await desk.manager.client.settings.backUp()
    expect(readFileSync(copy).equals(readFileSync(place(sha256)))).toBe(true)
    expect(readdirSync(path.dirname(copy)).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('is verified file by file: gone, changed and unnamed ones are told, none is deleted', async () => {
    const verify = () => desk.manager.client.settings.verify()
    expect(await verify()).toMatchObject({ ok: true, evidence: { missing: [], changed: [] } })
    const gone = await keep(client(), { name: 'gone.png', bytes: makePng({ width: 70 }) })
    const bent = await keep(client(), { name: 'bent.png', bytes: makePng({ width: 71 }) })
    rmSync(place(gone.sha256))
    writeFileSync(place(bent.sha256), 'other bytes')
    const orphan = 'f'.repeat(64)
    mkdirSync(path.dirname(place(orphan)), { recursive: true })
    writeFileSync(place(orphan), 'left by a crash')
    const found = await verify()
    expect(found.ok).toBe(false)
    expect(found.evidence).toMatchObject({
      missing: [{ sha256: gone.sha256, name: 'gone.png' }],
      changed: [{ sha256: bent.sha256, name: 'bent.png' }],
      orphans: [orphan],
    })
    expect(readFileSync(place(orphan), 'utf8')).toBe('left by a crash')
    expect(await refusalOf(client().attachments.file({ sha256: bent.sha256 }))).toMatchObject({
      reason: 'attachments.lost',
      params: { name: 'bent.png' },
    })
    await keep(client(), { name: 'bent.png', bytes: makePng({ width: 71 }) })
    expect((await verify()).evidence.changed).toEqual([])
  })
})
