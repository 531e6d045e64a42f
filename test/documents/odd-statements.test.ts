import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { realComplaintTexts } from '../support/complaint-texts.ts'
import { openTestDesk, type TestDesk } from '../support/desk.ts'
import { readPdf } from './support/read-pdf.ts'

/** What customers say in characters that break programs, from being said to every place that shows it. */

let test: TestDesk

beforeAll(async () => {
  test = await openTestDesk()
})
afterAll(() => test.close())

const rare = '𣲷㐂𠮷'
const privateUse = '\uE00E\u{F0000}'
const padding = '顾客再三说明情况，希望商场尽快处理。'

/** 3,700 characters with everything odd at its beginning, in its middle and at its end. */
function longStatement(): string {
  const odd = `姓${rare}的顾客\t说\r\n退货款没有到${privateUse}👨‍👩‍👧`
  const fill = padding.repeat(300)
  const half = 1_850 - odd.length
  return `${odd}${fill.slice(0, half)}${odd}${fill.slice(0, 3_700 - 2 * odd.length - half)}`
}

const statements: [string, string][] = [
  ['four-byte Hanzi', `姓${[...rare].join('、')}的顾客投诉鞋开胶`],
  ['private-use emoji', `味道不好${privateUse}还少一双筷子👨‍👩‍👧`],
  ['tabs and line breaks', '第一行\t隔开\n\n第三行：送餐太慢\r\n最后一行'],
  ['3,700 characters', longStatement()],
]

async function record(text: string) {
  return test.clerk.client.complaints.record({
    class: 'goods',
    text,
    context: {
      receiptId: null,
      saleLineId: null,
      cardId: null,
      customerId: null,
      floor: '2F',
      counter: '女鞋',
    },
    contact: { name: '王小明', phone: '13812345521' },
    outcome: {
      kind: 'open',
      ownerId: test.clerk.id,
      promise: { text: '回电', dueAt: '2026-11-22T09:00:00.000Z' },
    },
  })
}

/** Nothing of it is half a character: every place that shortens a text cuts between letters. */
function expectWhole(shown: unknown): void {
  expect(JSON.stringify(shown)).not.toMatch(/\\ud[89a-f]/i)
}

/** What no list, file or paper of the desk may break. */
async function showEverywhere(text: string): Promise<string> {
  const { client } = test.clerk
  const { id, caseId } = await record(text)
  expect((await client.complaints.open({ complaintId: id })).text).toBe(text)
  await client.cases.note({ caseId, about: 'said', text: text.slice(0, 4_000) })
  const file = await client.cases.file({ caseId })
  const note = file.timeline.find(({ kind }) => kind === 'note_added')
  expect(note?.data['text']).toBe(text.slice(0, 4_000))
  expectWhole(file)
  expectWhole(await client.complaints.list({ state: 'open' }))
  expectWhole(await client.cases.duePromises())
  expectWhole(await client.clocks.running())
  expectWhole(await client.reports.day({ businessDate: '2026-11-21' }))
  expectWhole(
    await client.lessons.similar({
      text: text.slice(0, 20_000),
      class: null,
      saleLineId: null,
      cardId: null,
      counter: '',
      except: id,
    }),
  )
  const { pdf } = await client.papers.preview({ document: 'complaint_slip', complaintId: id })
  return (await readPdf(new Uint8Array(await pdf.arrayBuffer()))).text
}

describe('an odd statement', () => {
  it.each(statements)('of %s is kept, listed, searched and printed', async (_name, text) => {
    const slip = await showEverywhere(text)
    // The slip holds the beginning; line breaks and tabs are blanks there, and no letter is dropped.
    const beginning = [...text.replaceAll(/\s+/gu, ' ')].slice(0, 12)
    const printed = slip.replaceAll(/\s/gu, '')
    const hanzi = beginning.filter((each) => /\p{Script=Han}/u.test(each))
    // What no font has is a box, never a gap: the reader sees that a letter is there.
    const missing = hanzi.filter((letter) => !printed.includes(letter))
    expect(missing.filter((letter) => letter.length === 1)).toEqual([])
    expect((printed.match(/□/gu) ?? []).length).toBeGreaterThanOrEqual(missing.length)
  })

  it('is 3,700 characters long where it says so, and is found by words of its middle and end', async () => {
    const text = longStatement()
    expect(text).toHaveLength(3_700)
    const { id } = await record(text)
    for (const words of ['退货款没有到', '𠮷的', '再三说明']) {
      const { cases } = await test.clerk.client.lessons.search({
        text: words,
        before: null,
        limit: 50,
      })
      expect(
        cases.map(({ complaintId }) => complaintId),
        words,
      ).toContain(id)
      expectWhole(cases)
    }
  })

  it('of a real customer is kept, listed and printed, the longest of them too', async ({
    skip,
  }) => {
    const texts = realComplaintTexts()
    if (texts.length === 0) skip('no real texts beside the repository')
    const longest = texts.toSorted((a, b) => b.length - a.length).slice(0, 4)
    const marked = texts
      .filter((text) => /[\n\t]|\p{Co}|[\u{10000}-\u{10FFFF}]/u.test(text))
      .slice(0, 4)
    for (const text of [...longest, ...marked]) {
      expect((await showEverywhere(text)).length).toBeGreaterThan(0)
    }
  })
})
