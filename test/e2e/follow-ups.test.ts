import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { insertDraw, insertReviews } from '../../src-main/case-reviews/store.ts'
import { findA11yProblems } from '../support/axe.ts'
import { goTo, LOOKS, openAt, press } from '../support/desk-pages.ts'
import { CLERK, openWebDesk, type WebDesk } from '../support/web-desk.ts'

let web: WebDesk
let first: { id: number; caseId: number }

const look = async (page: Page) => expect(await findA11yProblems(page)).toEqual([])

/** A complaint that is closed, whose customer is to be called today. */
async function closed(text: string, phone: string) {
  const clerk = (await web.client.staff.colleagues()).find(({ name }) => name === CLERK.name)
  const { id, caseId } = await web.client.complaints.record({
    class: 'goods',
    text,
    context: {
      receiptId: null,
      saleLineId: null,
      cardId: null,
      customerId: null,
      floor: '1F',
      counter: '女鞋',
    },
    contact: { name: '王小明', phone },
    outcome: {
      kind: 'open',
      ownerId: clerk?.id ?? 0,
      promise: { text: '厂家检测后回电', dueAt: '2026-11-21T13:00:00.000Z' },
    },
  })
  await web.client.complaints.solve({
    complaintId: id,
    solution: '换了一双新的',
    version: 1,
    satisfaction: { answer: 'given', points: 4, reason: 'quick', note: '' },
  })
  const today = { caseId, planId: 'contact', onDate: '2026-11-21' }
  await web.client.followups.begin({ ...today, reason: '答应今天再问一次' })
  return { id, caseId }
}

beforeAll(async () => {
  web = await openWebDesk()
  first = await closed('鞋底开胶，要求换新', '13812345521')
  await closed('靴子掉色，袜子也染了', '13912345522')
})

afterAll(async () => web.close())

describe('follow-ups', () => {
  it('are called one after the other by key: the number, points, and what is taken up again', async () => {
    const page = await openAt(web, '#/promises', { who: CLERK })
    await page.locator('.page-header').waitFor()
    await press(page, 'Alt+u')
    const rows = page.locator('.followup-row')
    await rows.first().waitFor()
    await expect.poll(() => rows.count()).toBe(2)
    await look(page)
    await rows.filter({ hasText: '开胶' }).click()
    // The list says the number and the words as well: the call is on screen with what to ask.
    await page.locator('.complaint-columns').waitFor()
    await page.getByText('138****5521').waitFor()
    await press(page, 'Alt+n')
    await page.getByText('13812345521').waitFor()
    await look(page)
    await press(page, '1')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('顾客给几分').waitFor()
    await press(page, '5')
    await dialog.getByRole('button', { pressed: true }).getByText('很满意').waitFor()
    await dialog.getByLabel('学到什么').fill('穿 37 码')
    await look(page)
    await press(page, 'Control+Enter')
    await rows.filter({ hasText: '掉色' }).click()
    await page.locator('.complaint-columns', { hasText: '靴子掉色' }).waitFor()
    await press(page, '2')
    await dialog.getByText('顾客给几分').waitFor()
    await press(page, '1')
    await dialog.getByRole('button', { pressed: true }).getByText('很不满意').waitFor()
    await dialog.getByLabel('顾客怎么说').fill('新的那双也掉色')
    await look(page)
    await press(page, 'Control+Enter')
    await page.locator('.timeline').getByText('新的那双也掉色').first().waitFor()
    await goTo(page, `#/complaints/${first.id}?tab=followups`)
    await page.getByText('穿 37 码').waitFor()
    await look(page)
    await press(page, 'Alt+f')
    await dialog.getByText('第一次在哪天').waitFor()
    await look(page)
    await press(page, 'Control+Enter')
    await dialog.waitFor({ state: 'detached' })
  })

  it.each(LOOKS)('shows rates, plans and reviews ($language, $mode)', async (visit) => {
    const page = await openAt(web, '#/followups?view=rates', visit)
    await page.locator('.rate-table').first().waitFor()
    await look(page)
    await goTo(page, '#/followups?view=plans')
    await page.locator('.followup-of-case').first().waitFor()
    await look(page)
    await goTo(page, '#/followups/plans/installed_twice')
    await page.locator('.followup-grid').first().waitFor()
    await look(page)
    await goTo(page, '#/reviews?view=draws')
    await page.locator('.page-header').waitFor()
    await look(page)
  })

  it('are read again by somebody else, and come back with what was found', async () => {
    const colleagues = await web.client.staff.colleagues()
    const idOf = (name: string) => colleagues.find((each) => each.name === name)?.id ?? 0
    await web.desk.folder.store.write(async (w) => {
      const period = { from: '2026-11-20', until: '2026-11-20' }
      const rule = { share: 10, leastOfStratum: 1 }
      const by = idOf('李静')
      const at = '2026-11-21T06:00:00.000Z'
      const drawId = await insertDraw(w, { ...period, seed: '', rule, closed: 1, at, by })
      const { id, caseId } = first
      const sampled = {
        complaintId: id,
        roundNo: 1,
        number: '',
        floor: '1F',
        class: 'goods',
        isSerious: false,
        why: 'sample' as const,
        caseId,
        ownerId: idOf(CLERK.name),
      }
      await insertReviews(w, drawId, [sampled])
    })
    const page = await openAt(web, '#/reviews')
    await page.locator('.row', { hasText: '开胶' }).click()
    const checks = page.locator('.review-checklist li')
    await checks.first().waitFor()
    for (const check of await checks.all()) {
      await check.getByText('合格', { exact: true }).click()
    }
    await checks.first().getByText('不合格').click()
    await page.getByLabel('发现了什么问题').fill('原话没有写全')
    await look(page)
    await press(page, 'Alt+r')
    await page.getByText('没有要看的').waitFor()
    await press(page, '3')
    await page.locator('.row', { hasText: '退回负责人' }).waitFor()
    await look(page)
  })
})
