import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fingerprintOf, sealCard, writePublicKey } from '../../src-main/seals/keys.ts'
import { decodeQr } from '../documents/support/qr.ts'
import { contentStreams, readCells } from '../documents/support/read-pdf.ts'
import { findA11yProblems } from '../support/axe.ts'
import { goTo, LOOKS, openAt, press } from '../support/desk-pages.ts'
import { scan, typeSlowly } from '../support/keyboard.ts'
import { codeFacts, fixedKey } from '../support/seal-key.ts'
import { seedSales, type SeededSales } from '../support/seed-sales.ts'
import { openWebDesk, type WebDesk } from '../support/web-desk.ts'

let web: WebDesk
let sales: SeededSales

beforeAll(async () => {
  web = await openWebDesk()
  sales = await seedSales(web.desk.folder.store)
})

afterAll(async () => web.close())

/** Issues a card, prints it, and reads its QR off the paper as a scanner does. */
async function codeOfPaper(): Promise<string> {
  const draft = await web.client.cards.draft({ receiptId: sales.shoes })
  const [unit] = draft.units.filter((each) => each.blocked === null)
  if (!unit) throw new Error('nothing in the seed to give a card for')
  const { paidAmount: _, serialTracked: __, blocked: ___, cardNumber: ____, ...terms } = unit
  const { id } = await web.client.cards.issue({
    receiptId: sales.shoes,
    consumer: draft.consumer,
    paperLanguage: 'zh',
    units: [{ ...terms, unitMonths: 3 }],
  })
  const { pdf } = await web.client.papers.print({ document: 'card', cardId: id })
  const squares = contentStreams(new Uint8Array(await pdf.arrayBuffer())).flatMap(readCells)
  return decodeQr(squares.find((cells) => new Set(cells.map(([, y]) => y)).size > 1) ?? [])
}

describe('the code of a card under the scanner', () => {
  it('opens the sale here, and is told genuine, changed or unknown; a foreign one stands for the slip', async () => {
    const code = await codeOfPaper()
    expect(code.length).toBeGreaterThan(250)
    const page = await openAt(web, '#/')
    await page.locator('[data-home-box]').waitFor()
    await scan(page, code)
    await page.locator('tr[data-line]').first().waitFor()
    expect(new URL(page.url()).hash).toBe(`#/sales/${sales.shoes}`)

    await press(page, 'Alt+Shift+y')
    await page.getByRole('heading', { name: '核验信誉卡' }).waitFor()
    await scan(page, code.slice(0, -1))
    await page.getByRole('heading', { name: '二维码没有读完整' }).waitFor()
    await scan(page, code.slice(0, 80) + (code[80] === 'A' ? 'B' : 'A') + code.slice(81))
    await page.getByRole('heading', { name: /没有有效签名/ }).waitFor()
    await scan(page, code)
    await page.getByRole('heading', { name: /真卡：由/ }).waitFor()
    await expect.poll(() => page.getByRole('link', { name: /^XY-/ }).count()).toBe(1)
    expect(await findA11yProblems(page)).toEqual([])

    const other = fixedKey(7)
    const foreign = sealCard({ ...codeFacts, store: '鹤翔百货石岐店' }, other)
    await scan(page, foreign)
    await page.getByRole('heading', { name: /不认识签发它的密钥/ }).waitFor()
    await page.getByText('未经核实').waitFor()
    expect(await findA11yProblems(page)).toEqual([])

    await press(page, 'Alt+k')
    await page.getByRole('heading', { name: '公钥' }).waitFor()
    await press(page, 'Alt+a')
    const made = { store: '鹤翔百货石岐店', deskNo: '0001', madeOn: '2026-10-01' }
    await page.getByLabel('公钥文字').fill(writePublicKey(made, other))
    const end = page.getByLabel('指纹末四位')
    await end.waitFor()
    expect(await findA11yProblems(page)).toEqual([])
    await end.focus()
    await typeSlowly(page, '0000')
    await press(page, 'Control+Enter')
    await page.getByText('指纹末四位和这把公钥不一致').waitFor()
    await end.fill('')
    await end.focus()
    await typeSlowly(page, fingerprintOf(other.publicKey).slice(-4))
    await press(page, 'Control+Enter')
    await page.getByText('别的服务台').waitFor()

    await goTo(page, '#/')
    await page.locator('[data-home-box]').waitFor()
    await scan(page, foreign)
    await page.getByRole('heading', { name: /真卡：由鹤翔百货石岐店/ }).waitFor()
    await press(page, 'Control+Enter')
    await page.locator('.proof-card', { hasText: '签名的信誉卡' }).waitFor()
    await page.getByText('由您办理。').first().waitFor()
    await expect
      .poll(() => page.getByRole('textbox', { name: '买了什么' }).inputValue())
      .toContain('清澜')
  })

  it('goes out with its card by mail, as a draft to open', async () => {
    await codeOfPaper()
    const page = await openAt(web, '#/cards/1')
    await page.locator('.pdf-page').waitFor()
    await press(page, 'Control+F9')
    await page.getByText('只发给本人或确实需要的人').waitFor()
    expect(await findA11yProblems(page)).toEqual([])
    const saved = page.waitForEvent('download')
    await press(page, 'Control+Enter')
    const file = await saved
    expect(file.suggestedFilename()).toMatch(/^card-XY-.*\.eml$/)
    const mail = readFileSync(await file.path(), 'latin1')
    expect(mail.startsWith('X-Unsent: 1\r\n')).toBe(true)
    expect(mail).toMatch(/filename="card-XY-/)
    const [, , , attached = ''] = mail.split('\r\n\r\n')
    expect(Buffer.from(attached, 'base64').subarray(0, 5).toString()).toBe('%PDF-')
  })

  it.each(LOOKS)('is shown to everybody ($language, $mode)', async (look) => {
    const page = await openAt(web, '#/verify', look)
    await page.locator('.verify-field').waitFor()
    await page.locator('.verify-field').fill(sealCard(codeFacts, fixedKey(9)))
    await press(page, 'Enter')
    await page.locator('.seal-verdict').waitFor()
    expect(await findA11yProblems(page)).toEqual([])
  })
})
