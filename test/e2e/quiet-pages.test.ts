import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findA11yProblems } from '../support/axe.ts'
import { goTo, LOOKS, openAt } from '../support/desk-pages.ts'
import { seedSales } from '../support/seed-sales.ts'
import { openWebDesk, type WebDesk } from '../support/web-desk.ts'

let web: WebDesk
let customerId: number

beforeAll(async () => {
  web = await openWebDesk()
  await seedSales(web.desk.folder.store)
  customerId = (await web.client.customers.list({})).rows[0]?.id ?? 0
})

afterAll(() => web.close())

/** Pages no other script of the browser comes by. */
const pages = () => [
  '#/complaints/leavers',
  '#/alerts',
  '#/deductions',
  '#/compensations',
  '#/agreements',
  '#/printers?view=printers',
  '#/printers?view=routes',
  '#/verify/keys',
  '#/reports/head-office',
  `#/customers/${customerId}/data`,
]

describe('pages seldom opened', () => {
  it.each(LOOKS)('are readable for everybody ($language, $mode)', async (look) => {
    const page = await openAt(web, pages()[0] ?? '', look)
    for (const hash of pages()) {
      await goTo(page, hash)
      await page.locator('main h1').first().waitFor()
      expect(await findA11yProblems(page), hash).toEqual([])
    }
  })
})
