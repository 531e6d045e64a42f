import { afterEach, beforeEach, expect, it } from 'vitest'
import { readPdf } from '../documents/support/read-pdf.ts'
import { openTestDesk, refusalOf, type TestDesk } from '../support/desk.ts'

let test: TestDesk

beforeEach(async () => {
  test = await openTestDesk()
})
afterEach(() => test.close())

const params = { from: '2026-11-01', to: '2026-11-21' }

async function textOf({ pdf }: { pdf: Blob }): Promise<string> {
  return (await readPdf(new Uint8Array(await pdf.arrayBuffer()))).text
}

it('prints a report as it stands on the screen, as often as it is asked for', async () => {
  const { papers, complaints } = test.manager.client
  await complaints.record({
    class: 'goods',
    text: '鞋底开胶',
    context: {
      receiptId: null,
      saleLineId: null,
      cardId: null,
      customerId: null,
      floor: '2F',
      counter: '女鞋',
    },
    contact: { name: '', phone: '' },
    outcome: { kind: 'solved', solution: '已道歉', satisfied: true },
  })
  const choice = { document: 'report' as const, report: 'complaints', params }
  const first = await papers.print(choice)
  expect(first.fileName).toBe('report-complaints-floor-2026-11-01-2026-11-21-A4.pdf')
  expect(await textOf(first)).toContain('2F')
  const again = await papers.print({ ...choice, language: 'en' })
  expect(again.copyNo).toBe(1)
  const text = await textOf(again)
  expect(text).toContain('Period')
  expect(text).not.toContain('COPY')
})

it('prints no report that cannot be made', async () => {
  const preview = async (report: string, more: object = {}) => {
    const { reason } = await refusalOf(
      test.manager.client.papers.preview({
        document: 'report',
        report,
        params: { ...params, ...more },
      }),
    )
    return reason
  }
  expect(await preview('horoscope')).toBe('reports.unknown_report')
  expect(await preview('complaints', { to: '2027-01-01' })).toBe('reports.in_future')
  expect(await preview('complaints', { from: '2026-11-30' })).toBe('reports.backwards')
})
