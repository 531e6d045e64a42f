import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeTempFolder } from '../support/hosted-desk.ts'
import { TILL_EXPORT, workMainJob } from '../support/main-job.ts'
import { openWebDesk, type WebDesk } from '../support/web-desk.ts'

const folder = makeTempFolder('main-job')
let web: WebDesk

beforeAll(async () => {
  web = await openWebDesk({ setUp: false })
})

afterAll(async () => {
  await web.close()
  folder.remove()
})

describe('the first day, from an empty folder to the report', () => {
  it('is done in a browser by keyboard and scanner, as it is in Electron', async () => {
    const file = path.join(folder.dir, 'till.csv')
    writeFileSync(file, TILL_EXPORT)
    const page = await web.openPage()
    const { card, slip } = await workMainJob(page, file)

    const { businessDate } = await web.client.settings.status()
    const report = await web.client.reports.day({ businessDate: businessDate ?? '' })
    expect(report.totals).toMatchObject({
      received: 1,
      solvedOnSpot: 1,
      refunds: 1,
      refundAmount: 3000,
      cardsIssued: 1,
    })
    for (const number of [card, slip]) {
      expect((await web.client.sales.find({ text: number })).exact?.label).toBe(number)
    }
  })
})
