import { readFile } from 'node:fs/promises'
import iconv from 'iconv-lite'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findA11yProblems } from '../support/axe.ts'
import { goTo, LOOKS, openAt, press } from '../support/desk-pages.ts'
import { openWebDesk, type WebDesk } from '../support/web-desk.ts'

let web: WebDesk

beforeAll(async () => {
  web = await openWebDesk()
})

afterAll(async () => web.close())

/** As tills export it: a title above the header, a total below, a code a spreadsheet has damaged. */
const SALES = `江城购物中心 销售明细
导出时间：2026-11-21 09:00

小票号,销售日期,货号,品名,数量,单价,实收金额,收款方式,柜组
A1001,2026-11-20 10:01,690001,羊毛袜,2,30.00,"¥60.00",微信,针织
A1001,2026-11-20 10:01,690002,"短靴 37 黑",1,599.00,539.10,微信,女鞋
A1002,2026-11-20 11:15,690003,"电饭煲, 4L",1,399.00,"1,399.00",现金,小家电
A1003,2026-13-45 11:15,690003,电饭煲,1,399.00,399.00,现金,小家电
A1004,2026-11-20 12:15,6.9E+12,电饭煲,1,399.00,399.00,现金,小家电
合计,,,,5,,"2,398.10",,
`

function chooseFile(page: Page, name: string, content: Buffer | string): Promise<void> {
  return page.locator('input[type=file]').setInputFiles({
    name,
    mimeType: 'text/csv',
    buffer: Buffer.from(content),
  })
}

async function openImports(look = {}): Promise<Page> {
  const page = await openAt(web, '#/imports', look)
  await page.locator('.drop-zone').waitFor()
  return page
}

/** The five figures of a run, in their order. */
async function countsOf(page: Page): Promise<number[]> {
  const figures = await page.locator('.count-part dd').allInnerTexts()
  return figures.map((figure) => Number(figure.replaceAll(',', '')))
}

describe('importing', () => {
  it('recognises a GBK export, reads it on trial, imports it, and doubles nothing', async () => {
    const page = await openImports()
    await chooseFile(page, '销售日结.csv', iconv.encode(SALES, 'gb18030'))
    await page.getByText('GBK / GB18030').waitFor()
    await page.locator('.header-line', { hasText: '小票号' }).waitFor()
    await expect.poll(() => page.locator('.page-header').innerText()).toContain('表头在第 4 行')
    await page.getByLabel('把对应方式存为方案').fill('日结')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByText('已保存「日结」').waitFor()

    await press(page, 'Control+Enter')
    await page.getByText('共 6 行，还没有写入').waitFor()
    expect(await countsOf(page)).toEqual([6, 3, 0, 1, 2])
    expect((await web.client.imports.list()).length).toBe(0)

    await press(page, 'Control+Enter')
    await page.getByText('导入完成，写入 3 行').waitFor()
    const rejects = page.getByRole('region', { name: /拒收的行/ })
    await expect.poll(() => rejects.innerText()).toContain('已被电子表格改坏')
    await expect.poll(() => rejects.locator('tbody tr td').first().innerText()).toBe('8')
    const saving = page.waitForEvent('download')
    await press(page, 'Control+s')
    const file = await readFile(await (await saving).path())
    expect(file.toString('utf8')).toContain('6.9E+12')

    await press(page, 'Control+Enter')
    await page.locator('.drop-zone').waitFor()
    await page.locator('.import-table', { hasText: '销售日结.csv' }).waitFor()
    await chooseFile(page, '又一次.csv', iconv.encode(SALES, 'gb18030'))
    await page.getByText('表头和保存过的方案「日结」相同').waitFor()
    await press(page, 'Control+Enter')
    await page.getByText('还没有写入').waitFor()
    expect(await countsOf(page)).toEqual([6, 0, 3, 1, 2])
    await expect.poll(() => page.getByRole('button', { name: '导入' }).isDisabled()).toBe(true)
  })

  it('lets a person say what a column holds, and asks which way dates are written', async () => {
    const page = await openImports()
    await chooseFile(
      page,
      'shop.csv',
      'Slip;When;Article;Pieces;Money\nB1;03/04/2026;Kettle;1;12,50\nB2;05/06/2026;Pan;1;9,90\n',
    )
    await page.locator('.column-table').waitFor()
    await page.getByLabel('文件里是什么').waitFor()
    for (const [header, field] of [
      ['Slip', '小票号'],
      ['When', '销售日期'],
      ['Article', '品名'],
      ['Pieces', '数量'],
      ['Money', '实收金额'],
    ] as const) {
      const select = page.getByLabel(`「${header}」列的含义`)
      await select.click()
      await select.fill(field)
      await press(page, 'Enter')
    }
    await page.getByText('分不清日和月，请选择').waitFor()
    await page.getByLabel('日期的写法').click()
    // The list may open beyond the edge of a scrolled page; a click by script does not care.
    await page.getByTitle('日 月 年（21/11/2026）').dispatchEvent('click')
    await page.locator('.choices').getByTitle('日 月 年（21/11/2026）').waitFor()
    await page.getByText('1.234,50').click()
    await press(page, 'Control+Enter')
    await page.getByText('共 2 行，还没有写入').waitFor()
    expect(await countsOf(page)).toEqual([2, 2, 0, 0, 0])
    await expect.poll(() => page.locator('.import-totals').first().innerText()).toContain('22.40')
  })

  it.each([
    ['leer.csv', '', '是空的'],
    ['销售.xlsx', Buffer.from('504b030414000600', 'hex'), 'XLSX'],
    ['zettel.txt', 'dies ist nur ein Satz', '表头'],
  ])('refuses %s with a message of its own', async (name, content, message) => {
    const page = await openImports()
    await chooseFile(page, name, content)
    const alert = page.getByRole('alert').filter({ hasText: message })
    await alert.waitFor()
    await expect.poll(() => alert.innerText()).toContain('数据没有变化')
  })

  it('refuses a folder that is dropped', async () => {
    const page = await openImports({ language: 'en' })
    await page.evaluate(() => {
      const data = new DataTransfer()
      data.items.add(new File([''], 'exports'))
      const event = new DragEvent('drop', { dataTransfer: data, cancelable: true })
      DataTransferItem.prototype.webkitGetAsEntry = () =>
        ({ isDirectory: true, name: 'exports' }) as FileSystemEntry
      window.dispatchEvent(event)
    })
    await page.getByText('"exports" is a folder, not a file').waitFor()
  })

  it('says that a payment bill is no sales file', async () => {
    const page = await openImports()
    await chooseFile(
      page,
      '账单.csv',
      '支付宝交易记录明细查询\n账号:[abc@example.com]\n交易号,商家订单号,交易创建时间,付款时间,最近修改时间,交易来源地,类型,交易对方,商品名称,金额（元）,收/支,交易状态,服务费（元）,成功退款（元）,备注,资金状态\n2026112000001,,2026-11-20 10:00:00,2026-11-20 10:00:01,2026-11-20 10:00:01,其他,即时到账交易,某店,餐饮,35.00,支出,交易成功,0.00,0.00,,已支出\n',
    )
    await page.getByText('不是销售文件').first().waitFor()
  })

  it('has nothing for axe to complain about, in both languages and colours', async () => {
    for (const look of LOOKS) {
      const page = await openImports(look)
      await page.locator('.import-table').waitFor()
      expect(await findA11yProblems(page)).toEqual([])
      await chooseFile(page, 'a.csv', SALES)
      await page.locator('.column-table').waitFor()
      expect(await findA11yProblems(page)).toEqual([])
      await press(page, 'Control+Enter')
      await page.locator('.counts').waitFor()
      expect(await findA11yProblems(page)).toEqual([])
      await goTo(page, '#/imports')
    }
  })
})
