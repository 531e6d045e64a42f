import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listContactRules, listFamily } from '../../src-main/customers/index.ts'
import { mayContact } from '../../src-main/customers/rules.ts'
import { openTestDesk, refusalOf, type TestDesk } from '../support/desk.ts'
import { importText } from '../support/till-import.ts'
import { addCustomer, addReceipt } from '../support/sold.ts'

const today = '2026-11-21'
let desk: TestDesk
const ids: Record<string, number> = {}

const typed = { memberNo: null, name: '', phone: '', address: '', note: '' }

beforeAll(async () => {
  desk = await openTestDesk()
  await desk.write(async (w) => {
    ids['wang'] = await addCustomer(w, {
      name: '王小明',
      phone: '13812345521',
      memberNo: 'M1001',
      tier: '银卡',
    })
    ids['twin'] = await addCustomer(w, {
      name: '王小明',
      phone: '138 1234 5521',
      memberNo: 'M2002',
    })
    ids['li'] = await addCustomer(w, { name: '李静怡', phone: '13900001111' })
    ids['zhao'] = await addCustomer(w, { name: '赵一', phone: '13700002222' })
    for (const [no, customer] of [
      ['A-1', 'wang'],
      ['A-2', 'twin'],
      ['A-3', 'wang'],
    ] as const) {
      await addReceipt(w, {
        receiptNo: no,
        businessDate: today,
        customerId: ids[customer] ?? 0,
        lines: [{ name: '羊毛衫', paid_amount: 10_000 }],
      })
    }
  })
})

afterAll(() => desk.close())

const of = (name: string) => ({ customerId: ids[name] ?? 0 })

describe('how a customer wants to be spoken to', () => {
  it('is one rule a channel, holds until its day, and can be taken back', async () => {
    const { customers } = desk.clerk.client
    const rule = { ...of('li'), channel: 'phone', rule: 'never', note: '上夜班' } as const
    await customers.setContactRule({ ...rule, until: '2026-11-30' })
    const { id } = await customers.setContactRule({ ...rule, until: today })
    const { contactRules } = await customers.open(of('li'))
    expect(contactRules).toMatchObject([{ id, channel: 'phone', rule: 'never', holds: true }])
    expect(mayContact(contactRules, 'phone', today)).toBe(false)
    expect(mayContact(contactRules, 'message', today)).toBe(true)
    expect(mayContact(contactRules, 'phone', '2026-11-22')).toBe(true)
    await customers.endContactRule({ ruleId: id })
    expect(await refusalOf(customers.endContactRule({ ruleId: id }))).toMatchObject({
      reason: 'customers.unknown_rule',
    })
    expect((await customers.open(of('li'))).contactRules).toEqual([])
  })

  it('cannot be a preference for everything, nor end before today', async () => {
    const { customers } = desk.clerk.client
    const any = { ...of('li'), channel: 'any', note: '', until: null } as const
    expect(await refusalOf(customers.setContactRule({ ...any, rule: 'prefers' }))).toMatchObject({
      reason: 'customers.prefers_what',
    })
    expect(
      await refusalOf(customers.setContactRule({ ...any, rule: 'never', until: '2026-11-20' })),
    ).toMatchObject({ reason: 'customers.rule_over' })
  })
})

describe('a customer typed by hand', () => {
  it('is found by name, sound, part of the name, end of the phone and member number', async () => {
    const { customers } = desk.clerk.client
    const { id } = await customers.add({
      ...typed,
      name: '欧阳娜娜',
      phone: '136-0000-7788',
      memberNo: 'V88',
    })
    for (const text of ['欧阳娜娜', '欧阳', '娜娜', 'ouyang', 'oynn', '7788', 'V88']) {
      const { rows } = await customers.list({ text })
      expect([text, rows.map((row) => row.id)]).toEqual([text, [id]])
    }
    expect(await customers.open({ customerId: id })).toMatchObject({
      name: '欧阳娜娜',
      phoneMasked: '136****7788',
      joinedOn: today,
      tierSource: 'import',
    })
  })

  it('shows who has the same phone or member number while it is typed', async () => {
    const { customers } = desk.clerk.client
    const found = await customers.taken({ phone: '+86 138-1234-5521', memberNo: '0M1001' })
    expect(found.map(({ id, reasons }) => [id, reasons])).toEqual([
      [ids['wang'], ['same_phone', 'same_member']],
      [ids['twin'], ['same_phone']],
    ])
    expect(
      await customers.taken({ phone: '13812345521', memberNo: '', except: ids['wang'] }),
    ).toHaveLength(1)
  })

  it('is refused without anything to know them by, and with a member number somebody has', async () => {
    const { customers } = desk.clerk.client
    expect(await refusalOf(customers.add({ ...typed, address: '中山' }))).toMatchObject({
      reason: 'customers.nothing_known',
    })
    expect(await refusalOf(customers.add({ ...typed, memberNo: 'M1001' }))).toMatchObject({
      reason: 'customers.member_taken',
      params: { memberNo: 'M1001' },
    })
  })

  it('is changed by one at a time; a phone nobody looked at stays', async () => {
    const { customers } = desk.clerk.client
    const before = await customers.open(of('zhao'))
    const change = { ...typed, ...of('zhao'), name: '赵壹', phone: null, version: before.version }
    await customers.change({ ...change, address: '石岐区' })
    expect(await customers.open(of('zhao'))).toMatchObject({
      name: '赵壹',
      phoneMasked: '137****2222',
      address: '石岐区',
    })
    expect((await customers.list({ text: '赵一' })).rows).toEqual([])
    expect(await refusalOf(customers.change(change))).toMatchObject({
      reason: 'desk.changed_meanwhile',
    })
  })
})

describe('the card', () => {
  it('keeps notes for the next sale, and takes them off without losing them', async () => {
    const { customers } = desk.clerk.client
    await customers.addNote({ ...of('wang'), kind: 'size', text: '鞋 42，裤长 104' })
    const { id } = await customers.addNote({ ...of('wang'), kind: 'care', text: '对羊毛过敏' })
    await customers.endNote({ noteId: id })
    expect((await customers.open(of('wang'))).notes).toMatchObject([
      { kind: 'size', text: '鞋 42，裤长 104', by: '赵敏', businessDate: today },
    ])
    expect(
      await desk.write((w) => w.selectFrom('customer_note').select('id').execute()),
    ).toHaveLength(2)
  })

  it('has a grade given by hand with its reason, and the file’s again', async () => {
    const { customers } = desk.manager.client
    const { version } = await customers.open(of('wang'))
    const given = { ...of('wang'), tier: '金卡', reason: '全年三次团购', version }
    expect(await refusalOf(desk.clerk.client.customers.setGrade(given))).toMatchObject({
      reason: 'staff.not_allowed',
    })
    const next = await customers.setGrade(given)
    expect(await customers.open(of('wang'))).toMatchObject({ tier: '金卡', tierSource: 'hand' })
    await customers.setGrade({ ...of('wang'), tier: null, reason: '年度复核', ...next })
    expect(await customers.open(of('wang'))).toMatchObject({
      tier: '银卡',
      tierSource: 'import',
      grades: [
        { before: '金卡', tier: '银卡', reason: '年度复核', by: '李静' },
        { before: '银卡', tier: '金卡', reason: '全年三次团购', by: '李静' },
      ],
    })
  })

  it('knows who recommended whom, never in a circle', async () => {
    const { customers } = desk.clerk.client
    await customers.setReferral({ ...of('li'), referredBy: ids['wang'] ?? 0, note: '邻居' })
    await customers.setReferral({ ...of('zhao'), referredBy: ids['li'] ?? 0, note: '' })
    expect((await customers.open(of('li'))).referredBy).toMatchObject({
      name: '王小明',
      note: '邻居',
    })
    expect((await customers.open(of('wang'))).brought).toMatchObject([{ name: '李静怡' }])
    for (const referredBy of [ids['zhao'] ?? 0, ids['wang'] ?? 0]) {
      expect(
        await refusalOf(customers.setReferral({ ...of('wang'), referredBy, note: '' })),
      ).toMatchObject({ reason: 'customers.referral_circle' })
    }
  })

  it('asks for occupation, age and gender only where switched on, and only with consent', async () => {
    const { customers } = desk.manager.client
    const job = { ...of('li'), field: 'occupation', value: '护士', agreedHow: 'signed' } as const
    expect(await refusalOf(customers.setDetail({ ...job, wordingVersion: 1 }))).toMatchObject({
      reason: 'customers.detail_off',
    })
    const off = await customers.settings()
    expect(off).toMatchObject({ asks: [], wordingVersion: null })
    const on = { asks: ['occupation' as const], version: off.version }
    expect(await refusalOf(customers.changeSettings({ ...on, wording: '' }))).toMatchObject({
      reason: 'customers.wording_missing',
    })
    const { version } = await customers.changeSettings({ ...on, wording: '仅用于节日问候' })
    const { wordingVersion } = await customers.settings()
    await customers.setDetail({ ...job, wordingVersion: wordingVersion ?? 0 })
    expect((await customers.open(of('li'))).details).toMatchObject([
      { field: 'occupation', value: '护士', agreedHow: 'signed', takenBy: '李静', wordingVersion },
    ])
    await customers.withdrawDetail({ ...of('li'), field: 'occupation' })
    const kept = await desk.write((w) => w.selectFrom('customer_detail').selectAll().execute())
    expect(kept).toMatchObject([{ value: '', end_cause: 'withdrawn' }])
    await customers.setDetail({ ...job, wordingVersion: wordingVersion ?? 0 })
    const last = await customers.changeSettings({ asks: [], wording: '', version })
    expect(last.removed).toBe(1)
    expect((await customers.open(of('li'))).details).toEqual([])
  })
})

describe('two rows of one person', () => {
  it('are proposed with why, and not again once told apart', async () => {
    const { customers } = desk.manager.client
    const found = await customers.duplicates(of('wang'))
    expect(found).toMatchObject([{ id: ids['twin'], reasons: ['same_phone'] }])
    expect(await refusalOf(desk.clerk.client.customers.duplicates(of('wang')))).toMatchObject({
      reason: 'staff.not_allowed',
    })
  })

  it('become one without moving anything, and two again exactly as they were', async () => {
    const { customers, sales } = desk.manager.client
    const rows = () =>
      desk.write((w) =>
        w
          .selectFrom('customer')
          .select(['id', 'member_no', 'name', 'phone', 'phone_digits', 'address', 'tier', 'note'])
          .select(['merged_into', 'name_pinyin', 'tier_source'])
          .orderBy('id')
          .execute(),
      )
    await customers.change({
      ...typed,
      customerId: ids['twin'] ?? 0,
      memberNo: 'M2002',
      name: '王晓明',
      phone: '13812345521',
      address: '东区',
      version: (await customers.open(of('twin'))).version,
    })
    const before = await rows()
    const receipts = () =>
      desk.write((w) => w.selectFrom('receipt').select(['id', 'customer_id']).execute())
    const sold = await receipts()
    const { fields } = await customers.compare({
      survivorId: ids['wang'] ?? 0,
      mergedId: ids['twin'] ?? 0,
    })
    expect(fields.find(({ field }) => field === 'address')).toMatchObject({
      survivor: '',
      merged: '东区',
      proposed: true,
    })
    const { mergeId } = await customers.merge({
      survivorId: ids['wang'] ?? 0,
      mergedId: ids['twin'] ?? 0,
      taken: ['name', 'address'],
      reason: '同一电话',
    })
    const card = await customers.open(of('twin'))
    expect(card).toMatchObject({
      id: ids['wang'],
      askedId: ids['twin'],
      name: '王晓明',
      address: '东区',
      tier: '银卡',
      memberNos: ['M1001', 'M2002'],
      bought: { receipts: 3, amounts: [{ currency: 'CNY', total: 30_000 }] },
      merged: [{ id: ids['twin'], taken: ['name', 'address'], reason: '同一电话' }],
    })
    expect((await sales.ofCustomer(of('wang'))).receipts).toHaveLength(3)
    expect((await customers.list({ text: 'M2002' })).rows).toMatchObject([
      { id: ids['wang'], foundAs: 'M2002' },
    ])
    expect(await receipts()).toEqual(sold)
    expect(
      await refusalOf(
        customers.merge({
          survivorId: ids['li'] ?? 0,
          mergedId: ids['twin'] ?? 0,
          taken: [],
          reason: '再合并',
        }),
      ),
    ).toMatchObject({ reason: 'customers.merged_meanwhile' })
    await customers.undoMerge({ mergeId, reason: '父子二人' })
    expect(await rows()).toEqual(before)
    await customers.tellApart({ ...of('wang'), otherId: ids['twin'] ?? 0 })
    expect(await customers.duplicates(of('wang'))).toEqual([])
  })

  it('keep what was chosen for both when the till sends its file again', async () => {
    const { customers } = desk.manager.client
    const file = (phone: string) => `会员卡号,姓名,手机,会员等级\nK1,周周,${phone},银卡\n`
    await importText(desk.manager.client, file('13511110000'), 'customers')
    const [survivorId = 0] = (await customers.list({ text: 'K1' })).rows.map(({ id }) => id)
    const { id: mergedId } = await customers.add({ ...typed, name: '周周', phone: '13522220000' })
    const { mergeId } = await customers.merge({
      survivorId,
      mergedId,
      taken: ['phone'],
      reason: '换了号码',
    })
    const { version } = await customers.open({ customerId: survivorId })
    await customers.setGrade({
      customerId: survivorId,
      tier: '金卡',
      reason: '十年老顾客',
      version,
    })
    await importText(desk.manager.client, file('13511110000'), 'customers')
    const card = () => customers.open({ customerId: survivorId })
    expect(await card()).toMatchObject({ phoneMasked: '135****0000', tier: '金卡' })
    expect((await customers.list({ text: '13522220000' })).rows).toHaveLength(1)
    await importText(desk.manager.client, file('13533330000'), 'customers')
    await customers.undoMerge({ mergeId, reason: '分开' })
    expect((await customers.list({ text: '13533330000' })).rows).toMatchObject([{ id: survivorId }])
    expect((await customers.list({ text: '13522220000' })).rows).toMatchObject([{ id: mergedId }])
    // Three imports, each with a worker of its own.
  }, 90_000)

  it('share what was forbidden: whoever asks the family asks for both', async () => {
    const { customers } = desk.manager.client
    const { mergeId } = await customers.merge({
      survivorId: ids['li'] ?? 0,
      mergedId: ids['zhao'] ?? 0,
      taken: [],
      reason: '登记错误',
    })
    await desk.write(async (w) => {
      expect(await listFamily(w, ids['zhao'] ?? 0)).toEqual([ids['li'], ids['zhao']])
      expect(await listContactRules(w, await listFamily(w, ids['zhao'] ?? 0))).toEqual([])
    })
    expect((await customers.open(of('li'))).brought, 'nobody recommended themselves').toEqual([])
    await customers.undoMerge({ mergeId, reason: '分开' })
  })
})
