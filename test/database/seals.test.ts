import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createRouterClient } from '@orpc/server'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listAuditOf } from '../../src-main/audit/index.ts'
import { restoreBackup } from '../../src-main/database/restore.ts'
import { openDesk } from '../../src-main/desk.ts'
import { formatDocumentNumber } from '../../src-main/foundation/document-number.ts'
import { contentStreams, readCells } from '../documents/support/read-pdf.ts'
import { readSigningKey, sealCard } from '../../src-main/seals/keys.ts'
import { decodeQr } from '../documents/support/qr.ts'
import { openTestDesk, refusalOf, type TestDesk } from '../support/desk.ts'
import { openHouse } from '../support/open-house.ts'
import { addReceipt } from '../support/sold.ts'

let first: TestDesk
let second: TestDesk

beforeAll(async () => {
  first = await openTestDesk()
  second = await openTestDesk()
  for (const test of [first, second]) await test.write(openHouse)
})
afterAll(async () => {
  await first.close()
  await second.close()
})

let receipts = 0

/** Sells and gives a card; answers with the text of the QR on its paper, as a scanner would type it. */
async function giveCard(test: TestDesk, change: { name?: string; units?: number } = {}) {
  receipts += 1
  const { name = '飞鸽 26 寸山地车 龘𠮷', units = 1 } = change
  const receiptNo = `POS-SEAL-${receipts}`
  const sale = await test.write((w) =>
    addReceipt(w, {
      receiptNo,
      businessDate: '2026-11-12',
      lines: Array.from({ length: units }, (_, index) => ({
        name,
        paid_amount: 89_900,
        serial_no: `S${receipts}-${index}`,
      })),
    }),
  )
  const { id, number } = await test.clerk.client.cards.issue({
    receiptId: sale.id,
    consumer: { name: '', phone: '', address: '', postcode: '' },
    paperLanguage: 'zh',
    units: sale.lineIds.map((saleLineId, index) => ({
      saleLineId,
      unitNo: 1,
      brand: '飞鸽',
      model: 'FG-26',
      name,
      serialNo: `S${receipts}-${index}`,
      batchNo: '',
      origin: '',
      installedOn: null,
      unitMonths: 12,
      partMonths: 24,
      mainParts: '车架',
      provider: 'store' as const,
      providerName: '',
      providerPhone: '',
      scope: '性能故障',
      costBearer: 'store' as const,
    })),
  })
  return { id, number, receiptId: sale.id, receiptNo, code: await printedCode(test, id) }
}

async function printedCode(test: TestDesk, cardId: number): Promise<string> {
  const { pdf } = await test.clerk.client.papers.print({ document: 'card', cardId })
  const squares = contentStreams(new Uint8Array(await pdf.arrayBuffer())).flatMap(readCells)
  return decodeQr(squares.find((cells) => new Set(cells.map(([, y]) => y)).size > 1) ?? [])
}

const verify = (test: TestDesk, text: string) => test.clerk.client.cards.verify({ text })

async function ownKey(test: TestDesk) {
  const [key] = await test.manager.client.seals.keys()
  if (!key) throw new Error('no key')
  return key
}

/** The second desk takes the key of the first as its manager would: by file, and the end read out over the phone. */
async function introduce(): Promise<void> {
  const { id, fingerprint } = await ownKey(first)
  const { content } = await first.clerk.client.seals.publicKey({ id })
  await second.manager.client.seals.addKey({ text: content, fingerprintEnd: fingerprint.slice(-4) })
}

describe('a card on paper', () => {
  it('carries facts that its desk signed, and opens at that desk', async () => {
    const card = await giveCard(first)
    const found = await verify(first, card.code)
    expect(found).toMatchObject({
      verdict: 'genuine',
      signer: { store: '鹤翔百货中山店', deskNo: '0312', voidFrom: null },
      here: { cardId: card.id, receiptId: card.receiptId, state: 'active', newer: [] },
      facts: {
        number: card.number,
        issue: 1,
        store: '鹤翔百货中山店',
        saleDate: '2026-11-12',
        receiptNo: card.receiptNo,
        currency: 'CNY',
        unitCount: 1,
        units: [
          {
            name: '飞鸽 26 寸山地车 龘𠮷',
            brand: '',
            model: 'FG-26',
            paid: 89_900,
            unitEndsOn: '2027-11-12',
            partEndsOn: '2028-11-12',
            mainParts: '车架',
          },
        ],
      },
    })
    // The one box and every field for a card take the code as they take its number.
    const { exact } = await first.clerk.client.sales.find({ text: card.code })
    expect(exact).toMatchObject({ kind: 'card', id: card.id })
  })

  it('is the same text on every reprint', async () => {
    const card = await giveCard(first)
    expect(await printedCode(first, card.id)).toBe(card.code)
  })

  it('counts the units that do not fit', async () => {
    const { code } = await giveCard(first, { name: `加厚双人四件套${'纯棉'.repeat(20)}`, units: 6 })
    const { verdict, facts } = await verify(first, code)
    expect(verdict).toBe('genuine')
    expect(facts?.unitCount).toBe(6)
    expect(facts?.units.length).toBeLessThan(6)
    expect(facts?.units[0]?.name).toMatch(/^加厚双人四件套纯棉.*…$/)
  })

  it('says when this desk declared it void, and its reprint is no good card', async () => {
    const card = await giveCard(first)
    await first.manager.client.cards.void({ cardId: card.id, reason: '重复开卡', version: 1 })
    expect(await verify(first, card.code)).toMatchObject({
      verdict: 'genuine',
      here: { state: 'void', voidReason: '重复开卡' },
    })
    const again = await printedCode(first, card.id)
    expect(again).toBe(`GWD1|${card.number}`)
    expect(await verify(first, again)).toMatchObject({
      verdict: 'unsigned',
      here: { state: 'void' },
    })
  })
})

describe('a card of another desk', () => {
  it('is of an unknown key until a manager takes that key, then genuine without its database', async () => {
    const { code, number } = await giveCard(first)
    const { fingerprint } = await ownKey(first)
    const before = await verify(second, code)
    expect(before).toMatchObject({ verdict: 'unknown_key', facts: { number }, here: null })
    expect(fingerprint.startsWith(`${before.fingerprint}-`)).toBe(true)

    const { content, text } = await first.clerk.client.seals.publicKey({
      id: (await ownKey(first)).id,
    })
    expect(text).toMatch(/^GWK1[0-9A-HJ-NP-X]{150,320}$/)
    const told = await second.manager.client.seals.readKey({ text: content })
    expect(told).toMatchObject({ store: '鹤翔百货中山店', deskNo: '0312', known: false })
    expect(`${told.fingerprintStart}${fingerprint.slice(-4)}`).toBe(fingerprint)
    const take = (fingerprintEnd: string, client = second.manager.client) =>
      client.seals.addKey({ text, fingerprintEnd })
    expect(await refusalOf(take('0000'))).toMatchObject({ reason: 'seals.fingerprint_differs' })
    expect(await refusalOf(take(fingerprint.slice(-4), second.clerk.client))).toMatchObject({
      reason: 'staff.not_allowed',
    })
    await introduce()
    expect(await refusalOf(introduce())).toMatchObject({ reason: 'seals.key_known' })
    expect(
      await refusalOf(second.manager.client.seals.readKey({ text: text.slice(0, -9) })),
    ).toMatchObject({ reason: 'seals.not_a_key' })
    expect(await verify(second, code)).toMatchObject({
      verdict: 'genuine',
      signer: { fingerprint, deskNo: '0312' },
      here: null,
    })
  })

  it('stands for the slip as a strong proof; a changed one is refused', async () => {
    const { code } = await giveCard(first)
    const goods = { name: '飞鸽山地车', category: '', units: 1, paid: 89_900, soldOn: '2026-11-12' }
    const proof = (text: string) => ({ kind: 'signed_card' as const, code: text, sha256: null })
    const { clerk, manager } = second
    const weighed = await clerk.client.rights.weighProofs({ proofs: [proof(code)] })
    expect(weighed.alone).toMatchObject({ strength: 'strong', approver: 'clerk' })
    const record = (text: string) =>
      clerk.client.rights.recordProofs({
        proofs: [proof(text)],
        receiptId: null,
        goods,
        answer: { reason: 'quality' },
        note: '',
        contact: { name: '王芳', phone: '' },
      })
    const { id } = await record(code)
    const kept = await manager.client.rights.openProofs({ proofSetId: id })
    expect(kept.proofs).toMatchObject([
      { kind: 'signed_card', standing: 'alone', detail: { code } },
    ])
    const changed = code.slice(0, 90) + (code.charAt(90) === 'A' ? 'B' : 'A') + code.slice(91)
    expect(await refusalOf(record(changed))).toMatchObject({ reason: 'rights.card_forged' })
    expect(await refusalOf(record(code.slice(0, -1)))).toMatchObject({
      reason: 'rights.card_incomplete',
    })
  })

  it('points to the sale at the desk that has it, and is no proof once it is void', async () => {
    const card = await giveCard(first)
    const proofs = [{ kind: 'signed_card' as const, code: card.code, sha256: null }]
    const weighed = await first.clerk.client.rights.weighProofs({ proofs })
    expect(weighed.candidates).toMatchObject([{ receiptId: card.receiptId, standings: ['agrees'] }])
    await first.manager.client.cards.void({ cardId: card.id, reason: '填错', version: 1 })
    expect(await refusalOf(first.clerk.client.rights.weighProofs({ proofs }))).toMatchObject({
      reason: 'rights.card_void',
    })
  })

  it('is believed no longer once its key is withdrawn from a day before it', async () => {
    const { code } = await giveCard(first)
    const known = (await second.manager.client.seals.keys()).find((key) => key.role === 'known')
    const withdraw = (voidFrom: string | null, version: number) =>
      second.manager.client.seals.withdraw({
        id: known?.id ?? 0,
        voidFrom,
        reason: '电脑被盗',
        version,
      })
    expect(await refusalOf(withdraw('2026-11-22', 1))).toMatchObject({
      reason: 'seals.void_in_future',
    })
    await withdraw('2026-11-21', 1)
    expect(await verify(second, code)).toMatchObject({ verdict: 'key_void' })
    expect(await refusalOf(withdraw('2026-11-20', 1))).toMatchObject({
      reason: 'desk.changed_meanwhile',
    })
    await withdraw(null, 2)
    expect(await verify(second, code)).toMatchObject({ verdict: 'genuine' })
  })
})

describe('the key of a desk', () => {
  const keyFile = (dir: string) => path.join(dir, 'keys', 'signing-key.pem')

  it('is a file for its user alone, in no backup', async () => {
    expect(statSync(keyFile(first.dir)).mode & 0o777).toBe(0o600)
    const { file } = await first.manager.client.settings.backUp()
    const secret = readFileSync(keyFile(first.dir), 'utf8').split('\n')[1] ?? 'none'
    const bytes = readFileSync(file)
    expect(bytes.includes(secret)).toBe(false)
    expect(bytes.includes(Buffer.from(secret, 'base64').subarray(-32))).toBe(false)
    expect(readdirSync(path.dirname(file)).filter((name) => /key|pem/.test(name))).toEqual([])
  })

  it('changes, and what the one before signed stays good', async () => {
    const old = await giveCard(first)
    const before = await ownKey(first)
    const pem = readFileSync(keyFile(first.dir), 'utf8')
    await first.manager.client.seals.rotate({ reason: '每年换一次' })
    const after = await ownKey(first)
    expect(after.fingerprint).not.toBe(before.fingerprint)
    expect(readFileSync(keyFile(first.dir), 'utf8')).not.toBe(pem)
    const roles = (await first.manager.client.seals.keys()).map((key) => key.role)
    expect(roles.filter((role) => role === 'signing')).toHaveLength(1)
    expect(await verify(first, old.code)).toMatchObject({ verdict: 'genuine' })
    const next = await giveCard(first)
    expect((await verify(first, next.code)).signer?.fingerprint).toBe(after.fingerprint)
    const written = await first.desk.folder.store.read((r) =>
      listAuditOf(r, { type: 'seal_key', ids: [after.fingerprint] }),
    )
    expect(written).toMatchObject([{ action: 'seals.new_key', data: '{"reason":"每年换一次"}' }])
  })

  it('is replaced at once when it is declared void', async () => {
    const { code } = await giveCard(first)
    const stolen = await ownKey(first)
    await first.manager.client.seals.withdraw({
      id: stolen.id,
      voidFrom: '2026-11-21',
      reason: '电脑被盗',
      version: stolen.version,
    })
    const now = await ownKey(first)
    expect(now.id).not.toBe(stolen.id)
    expect(await verify(first, code)).toMatchObject({
      verdict: 'key_void',
      here: { state: 'active' },
    })
    const reprint = await giveCard(first)
    expect(await verify(first, reprint.code)).toMatchObject({ verdict: 'genuine' })
  })

  it('is new after a restore, and cards from before are still genuine', async () => {
    const card = await giveCard(first)
    const { file } = await first.manager.client.settings.backUp()
    const dir = mkdtempSync(path.join(os.tmpdir(), 'goodwill-restored-'))
    rmSync(dir, { recursive: true })
    restoreBackup(file, dir, first.now())
    const open = () =>
      openDesk({
        dataDir: dir,
        host: 'cli',
        appVersion: '0.0.0-test',
        log: pino({ level: 'silent' }),
        now: () => first.now(),
      })
    let desk = await open()
    try {
      const client = createRouterClient(desk.router, { context: { trusted: true } })
      const [own] = await client.seals.keys()
      expect(own?.fingerprint).not.toBe((await ownKey(first)).fingerprint)
      expect(await client.cards.verify({ text: card.code })).toMatchObject({ verdict: 'genuine' })
      // A file that is no key any more is put aside and a new key begun.
      await desk.close()
      writeFileSync(keyFile(dir), 'not a key')
      desk = await open()
      const after = createRouterClient(desk.router, { context: { trusted: true } })
      expect((await after.seals.keys())[0]?.fingerprint).not.toBe(own?.fingerprint)
      expect(readdirSync(path.join(dir, 'keys')).some((name) => name.includes('.broken-'))).toBe(
        true,
      )
    } finally {
      await desk.close()
      rmSync(dir, { recursive: true })
    }
  })
})

describe('desk verify-card', () => {
  const run = (args: string[]) => {
    try {
      const out = execFileSync(
        process.execPath,
        ['src-main/hosts/cli/desk.ts', 'verify-card', ...args, '--json'],
        { encoding: 'utf8', env: { ...process.env, LANG: 'en_US.UTF-8' } },
      )
      return { exit: 0, out: JSON.parse(out) as Record<string, unknown> }
    } catch (error) {
      const { status, stdout } = error as { status: number; stdout: string }
      return { exit: status, out: JSON.parse(stdout) as Record<string, unknown> }
    }
  }

  it('checks by a folder of public keys alone, beside the desk that is open', async () => {
    const { code } = await giveCard(first)
    const keys = path.join(first.dir, 'keys')
    const own = run([code, '--data', first.dir])
    expect(own).toMatchObject({ exit: 0, out: { ok: true, verdict: 'genuine' } })
    const folder = mkdtempSync(path.join(os.tmpdir(), 'goodwill-keys-'))
    try {
      const file = path.join(folder, 'scanned.txt')
      writeFileSync(file, `${code.toLowerCase()}\r\n`)
      expect(run([file, '--keys', folder])).toMatchObject({
        exit: 3,
        out: { ok: false, verdict: 'unknown_key' },
      })
      for (const name of readdirSync(keys).filter((each) => each.endsWith('.gwkey'))) {
        writeFileSync(path.join(folder, name), readFileSync(path.join(keys, name)))
      }
      writeFileSync(path.join(folder, 'other.gwkey'), 'not a key')
      expect(run([file, '--keys', folder])).toMatchObject({
        exit: 0,
        out: { verdict: 'genuine', unreadable: ['other.gwkey'] },
      })
      expect(
        run([code.replace(/.$/, (end) => (end === '0' ? 'G' : '0')), '--keys', folder]),
      ).toMatchObject({
        exit: 1,
        out: { ok: false, verdict: 'forged' },
      })
      expect(run([code.slice(0, -3), '--keys', folder])).toMatchObject({
        exit: 1,
        out: { verdict: 'incomplete', missing: 3 },
      })
      expect(existsSync(path.join(folder, 'desk.sqlite'))).toBe(false)
    } finally {
      rmSync(folder, { recursive: true })
    }
    expect(run([code, '--keys', '/nowhere'])).toMatchObject({
      exit: 1,
      out: { reason: 'cli.no_key_folder' },
    })
  })

  it('never calls a card genuine on the word of a key that was withdrawn later, however it is dated', async () => {
    const card = await giveCard(first)
    const stolen = readSigningKey(
      readFileSync(path.join(first.dir, 'keys', 'signing-key.pem'), 'utf8'),
    )
    const { facts } = await verify(first, card.code)
    if (!facts) throw new Error('no facts')
    const own = await ownKey(first)
    for (const test of [first, second]) await test.setNow('2026-11-22T04:00:00.000Z')
    const { content } = await first.clerk.client.seals.publicKey({ id: own.id })
    const { manager, clerk } = second
    const { id } = await manager.client.seals.addKey({
      text: content,
      fingerprintEnd: own.fingerprint.slice(-4),
    })
    const withdrawn = { voidFrom: '2026-11-22', reason: '电脑被盗' }
    await manager.client.seals.withdraw({ id, version: 1, ...withdrawn })
    await first.manager.client.seals.withdraw({ id: own.id, version: own.version, ...withdrawn })

    // Elsewhere nobody can tell; the desk that issued it has it in its book.
    expect(await verify(second, card.code)).toMatchObject({ verdict: 'key_withdrawn', here: null })
    const proofs = [{ kind: 'signed_card' as const, code: card.code, sha256: null }]
    expect(await refusalOf(clerk.client.rights.weighProofs({ proofs }))).toMatchObject({
      reason: 'rights.card_key_withdrawn',
    })
    expect(await verify(first, card.code)).toMatchObject({
      verdict: 'genuine',
      here: { agrees: true },
      signer: { voidFrom: '2026-11-22' },
    })
    expect(run([card.code, '--data', first.dir])).toMatchObject({
      exit: 4,
      out: { ok: false, verdict: 'key_withdrawn' },
    })
    // The thief writes an earlier day on a card of their own, or a better price into a real one.
    const number = formatDocumentNumber({
      type: 'XY',
      desk: '0312',
      businessDate: '2026-11-20',
      serial: 9,
    })
    const madeUp = sealCard({ ...facts, number }, stolen)
    expect((await verify(first, madeUp)).verdict).toBe('key_withdrawn')
    for (const change of [{ paid: 990_000 }, { unitEndsOn: '2031-11-12' }, { serialNo: 'S999' }]) {
      const units = facts.units.map((unit) => ({ ...unit, ...change }))
      expect(await verify(first, sealCard({ ...facts, units }, stolen))).toMatchObject({
        verdict: 'key_withdrawn',
        here: { agrees: false },
      })
    }
  })
})
