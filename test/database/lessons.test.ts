import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { catchUpComplaintGrams } from '../../src-main/complaints/index.ts'
import { foldName } from '../../src-main/foundation/bigrams.ts'
import { realComplaintTexts } from '../support/complaint-texts.ts'
import { openTestDesk, refusalOf, type TestDesk } from '../support/desk.ts'
import { addProduct, addReceipt } from '../support/sold.ts'

let test: TestDesk
let shoes: { productId: number; lineId: number; otherLineId: number }

type Entry = Parameters<TestDesk['clerk']['client']['complaints']['record']>[0]

const nowhere = {
  receiptId: null,
  saleLineId: null,
  cardId: null,
  customerId: null,
  floor: '',
  counter: '',
}

async function complain(text: string, change: Partial<Entry> = {}): Promise<number> {
  const { id } = await test.clerk.client.complaints.record({
    class: 'goods',
    text,
    context: nowhere,
    contact: { name: '', phone: '' },
    outcome: { kind: 'solved', solution: '', satisfied: null },
    ...change,
  })
  return id
}

function similar(text: string, change: Partial<Parameters<typeof ask>[0]> = {}) {
  return ask({ text, class: null, saleLineId: null, cardId: null, except: null, ...change })
}

function ask(question: Parameters<TestDesk['clerk']['client']['lessons']['similar']>[0]) {
  return test.clerk.client.lessons.similar(question)
}

function search(text: string, limit = 50, before: number | null = null) {
  return test.clerk.client.lessons.search({ text, before, limit })
}

beforeAll(async () => {
  test = await openTestDesk()
  shoes = await test.write(async (w) => {
    const productId = await addProduct(w, { sku: 'S1', name: '女式短靴', brand: '步云里' })
    const sale = (receiptNo: string) =>
      addReceipt(w, {
        receiptNo,
        lines: [{ name: '女式短靴', product_id: productId, paid_amount: 39_900, counter: '女鞋' }],
      })
    const [one, other] = [await sale('S-1'), await sale('S-2')]
    return { productId, lineId: one.lineIds[0] ?? 0, otherLineId: other.lineIds[0] ?? 0 }
  })
})
afterAll(() => test.close())

describe('similar cases', () => {
  it('share words, say which, and tell what came of them', async () => {
    const glued = await complain('新鞋没穿几天鞋底就开胶了，顾客要求退货', {
      outcome: { kind: 'solved', solution: '当场换了一双', satisfied: true },
    })
    await complain('收银员多收了钱，小票和价签不一致', { class: 'price' })
    await complain('导购态度恶劣，叫了三次不理人', { class: 'service' })
    const [first, ...others] = await similar('运动鞋鞋底开胶')
    expect(first).toMatchObject({
      complaintId: glued,
      solution: '当场换了一双',
      satisfied: true,
      solvedOnSpot: true,
      open: false,
      remedies: [],
    })
    expect(first?.words.toSorted()).toEqual(['开胶', '鞋底'].toSorted())
    expect(others).toEqual([])
  })

  it('are first of all those about the same goods, however they were told', async () => {
    const heel = await complain('跟松了，走路有响声', {
      context: { ...nowhere, saleLineId: shoes.lineId },
    })
    const [first] = await similar('内里掉毛弄脏袜子', {
      saleLineId: shoes.otherLineId,
      class: 'goods',
      counter: '女鞋',
    })
    expect(first).toMatchObject({ complaintId: heel, words: [], goods: '女式短靴' })
    expect(first?.same).toEqual(['product', 'brand', 'class', 'counter'])
  })

  it('leave out the complaint that asks, and what has only polite words in common', async () => {
    const text = '儿童推车刹车失灵，非常危险'
    const id = await complain(text)
    expect((await similar(text)).map((each) => each.complaintId)).toContain(id)
    expect(await similar(text, { except: id })).toEqual([])
    expect(await similar('您好，我希望你们处理一下这个问题，谢谢')).toEqual([])
    expect(await similar('')).toEqual([])
  })

  it('know the solution as soon as it is written', async () => {
    const { id } = await test.clerk.client.complaints.record({
      class: 'goods',
      text: '电饭煲跳闸',
      context: nowhere,
      contact: { name: '', phone: '' },
      outcome: {
        kind: 'open',
        ownerId: test.manager.id,
        promise: { text: '回电', dueAt: '2026-11-22T06:00:00.000Z' },
      },
    })
    const { version } = await test.clerk.client.complaints.open({ complaintId: id })
    expect((await similar('电饭煲一插就跳闸'))[0]).toMatchObject({ complaintId: id, open: true })
    await test.clerk.client.complaints.solve({
      complaintId: id,
      solution: '插座老化，换了电源线',
      satisfied: true,
      version,
    })
    expect((await search('电源线')).cases[0]).toMatchObject({ complaintId: id, open: false })
    expect((await similar('电饭煲一插就跳闸'))[0]).toMatchObject({ open: false, satisfied: true })
  })

  it('are found again by the index made anew', async () => {
    const id = await complain('羽绒服钻绒严重')
    await test.write((w) => w.deleteFrom('complaint_grams').execute())
    expect(await similar('羽绒服钻绒')).toEqual([])
    await catchUpComplaintGrams(test.desk.folder.store, new AbortController().signal)
    expect((await similar('羽绒服钻绒'))[0]?.complaintId).toBe(id)
  })
})

describe('words looked for', () => {
  it('page back without a gap, newest first', async () => {
    const ids: number[] = []
    for (let count = 0; count < 7; count += 1) ids.push(await complain(`第${count}次 拉链卡住`))
    const first = await search('拉链', 3)
    const second = await search('拉链', 3, first.before)
    const third = await search('拉链', 3, second.before)
    const seen = [first, second, third].flatMap(({ cases }) =>
      cases.map(({ complaintId }) => complaintId),
    )
    expect(seen).toEqual(ids.toReversed())
    expect(third.before).toBeNull()
  })

  it('stand together in the statement: pairs that are apart do not count', async () => {
    await complain('退款已到，货没有收走')
    const whole = await complain('退货款没有到')
    expect((await search('退货款')).cases.map(({ complaintId }) => complaintId)).toEqual([whole])
  })

  it('are found in characters of four bytes, in full width and between line breaks', async () => {
    const id = await complain('姓𠮷的顾客\n说ＷＩＦＩ连不上\t\uE00E')
    for (const words of ['𠮷的', 'wifi', '连不']) {
      expect((await search(words)).cases[0], words).toMatchObject({ complaintId: id })
    }
    expect((await search('！？')).cases).toEqual([])
  })

  it('are exactly those that really have them, in texts as customers write them', async ({
    skip,
  }) => {
    const texts = realComplaintTexts()
    if (texts.length === 0) skip('no real texts beside the repository')
    const all = new Map<number, string>()
    for (const text of texts.slice(0, 400)) all.set(await complain(text), text)
    for (const word of ['送餐', '态度', '电话', '不好', '小时', '垃圾', '退款', '味道']) {
      const expected = [...all].filter(([, text]) => foldName(text).includes(word))
      const found: number[] = []
      let before: number | null = null
      do {
        const page: Awaited<ReturnType<typeof search>> = await search(word, 50, before)
        found.push(...page.cases.map(({ complaintId }) => complaintId))
        before = page.before
      } while (before !== null)
      expect(
        found.filter((id) => all.has(id)),
        word,
      ).toEqual(expected.map(([id]) => id).toReversed())
    }
  })
})

describe('an example for everybody', () => {
  const wording = {
    title: '冰箱噪音',
    story: '顾客反映冰箱夜里噪音大',
    handling: '上门调平后正常',
    takeaway: '送货时当面调平',
  }

  it('begins with the complaint without personal data, is shown, worded anew and taken back', async () => {
    const complaintId = await complain('王先生反映冰箱夜里噪音大，电话13812345521', {
      contact: { name: '王建国', phone: '13812345521' },
      outcome: { kind: 'solved', solution: '赵敏上门调平后正常', satisfied: true },
    })
    const { lessons } = test.manager.client
    const draft = await lessons.draft({ complaintId })
    expect(draft).toMatchObject({
      version: 0,
      lessonId: null,
      story: '某先生反映冰箱夜里噪音大，电话〔电话〕',
      handling: '员工上门调平后正常',
      removed: ['phone', 'person'],
    })
    const shown = await lessons.show({ ...wording, complaintId, version: 0 })
    expect(shown.version).toBe(1)
    const again = await lessons.show({ ...wording, title: '冰箱夜里响', complaintId, version: 1 })
    expect(again).toEqual({ id: shown.id, version: 2 })
    const { lessons: page } = await test.clerk.client.lessons.list({ before: null, limit: 10 })
    expect(page[0]).toMatchObject({ id: shown.id, title: '冰箱夜里响', state: 'shown', version: 2 })
    await lessons.withdraw({ lessonId: shown.id, reason: '已过时', version: 2 })
    const after = await test.clerk.client.lessons.list({ before: null, limit: 10 })
    expect(after.lessons.some(({ id }) => id === shown.id)).toBe(false)
    const { events } = await test.clerk.client.complaints.open({ complaintId })
    expect(events.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['lesson_shown', 'lesson_withdrawn']),
    )
  })

  it('names nobody: refused with the words that do', async () => {
    const complaintId = await complain('插座漏电', { contact: { name: '钱多多', phone: '' } })
    const story = '钱多多女士说插座漏电，打139-1111-2222'
    const refused = test.manager.client.lessons.show({ ...wording, story, complaintId, version: 0 })
    expect(await refusalOf(refused)).toEqual({
      reason: 'lessons.personal_data',
      params: { words: '钱多多女士、139-1111-2222' },
    })
  })

  it('is made of closed cases, by whoever may, and never over somebody else’s wording', async () => {
    const { lessons } = test.manager.client
    const complaintId = await complain('电梯口地滑')
    const open = await complain('地毯翘边绊人', {
      outcome: {
        kind: 'open',
        ownerId: test.manager.id,
        promise: { text: '回电', dueAt: '2026-11-22T06:00:00.000Z' },
      },
    })
    const show = (change: Partial<Parameters<typeof lessons.show>[0]>) =>
      refusalOf(lessons.show({ ...wording, complaintId, version: 0, ...change }))
    expect(await show({ complaintId: open })).toMatchObject({ reason: 'lessons.still_open' })
    expect(await show({ version: 3 })).toMatchObject({ reason: 'desk.changed_meanwhile' })
    expect(
      await refusalOf(test.clerk.client.lessons.show({ ...wording, complaintId, version: 0 })),
    ).toMatchObject({ reason: 'staff.not_allowed' })
  })
})
