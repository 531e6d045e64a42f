import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { shownPerson, wordsOf } from '../../src-main/customers/rules.ts'
import { readPdf } from '../documents/support/read-pdf.ts'
import { openTestDesk, refusalOf, type TestDesk } from '../support/desk.ts'
import { addCustomer, addReceipt } from '../support/sold.ts'

let desk: TestDesk
let customerId: number
const kinds: string[] = []

beforeAll(async () => {
  desk = await openTestDesk()
  const receiptId = await desk.write(async (w) => {
    customerId = await addCustomer(w, { name: '司徒静', phone: '13811112222', memberNo: 'K9' })
    const sold = await addReceipt(w, {
      receiptNo: 'C-1',
      businessDate: '2026-11-19',
      customerId,
      lines: [{ name: '羊绒大衣', paid_amount: 189_900 }],
    })
    return sold.id
  })
  for (let no = 0; no < 33; no += 1) {
    await desk.clerk.client.complaints.record({
      class: 'service',
      text: `第 ${no + 1} 次来问改裤长`,
      context: { receiptId, saleLineId: null, cardId: null, customerId, floor: '', counter: '' },
      contact: { name: '', phone: '' },
      outcome: { kind: 'solved', satisfied: true },
    })
  }
  await desk.clerk.client.customers.addNote({ customerId, kind: 'size', text: '裤长 98' })
})

afterAll(() => desk.close())

describe('the service history', () => {
  it('lists what they came back for, newest first, a page at a time', async () => {
    const { customers } = desk.clerk.client
    const texts: string[] = []
    let after: Parameters<typeof customers.services>[0]['after']
    do {
      const page = await customers.services({ customerId, ...(after && { after }) })
      texts.push(...page.rows.map(({ text }) => text))
      kinds.push(...page.rows.map(({ kind }) => kind))
      after = page.next ?? undefined
    } while (after)
    expect(texts).toEqual(Array.from({ length: 33 }, (_, no) => `第 ${33 - no} 次来问改裤长`))
    expect(new Set(kinds)).toEqual(new Set(['complaint']))
  })
})

describe('the paper', () => {
  it('prints on A6 what the card says, masked, and counts the prints', async () => {
    const { papers } = desk.clerk.client
    const paper = { document: 'customer_card', customerId, format: 'A6' } as const
    const first = await papers.print(paper)
    const { text } = await readPdf(new Uint8Array(await first.pdf.arrayBuffer()))
    for (const word of [
      '司徒静',
      '138****2222',
      'K9',
      '羊绒大衣',
      '1,899.00',
      '裤长 98',
      '改裤长',
    ]) {
      expect(text).toContain(word)
    }
    expect(text).not.toContain('13811112222')
    expect((await papers.print(paper)).copyNo).toBe(1)
    expect(
      await refusalOf(papers.print({ document: 'erasure_report', erasureId: 99 })),
    ).toMatchObject({ reason: 'customers.unknown_erasure' })
  })
})

describe('who may see what', () => {
  it('masks name, phone and address for roles that may not reveal', () => {
    const person = { name: '司徒静', phone: '13811112222', address: '中山市石岐区悦来南路 18 号' }
    expect(shownPerson(person, true)).toMatchObject({ name: '司徒静', phoneMasked: '138****2222' })
    expect(shownPerson(person, false)).toEqual({
      name: '司**',
      phoneMasked: '138****2222',
      address: '中山市石岐区…',
    })
  })

  it('takes words that say somebody, never those that stand everywhere', () => {
    expect(
      wordsOf({
        names: ['王', '司徒静'],
        phones: ['138 1111 2222'],
        memberNos: ['42', 'K-42', '8800100018'],
        addresses: ['东区', '中山市石岐区悦来南路 18 号'],
      }),
    ).toEqual({
      terms: [
        '中山市石岐区悦来南路 18 号',
        '138 1111 2222',
        '13811112222',
        '8800100018',
        'K-42',
        '司徒静',
      ],
      signs: ['138 1111 2222', '13811112222', '8800100018', 'K-42'],
    })
  })
})
