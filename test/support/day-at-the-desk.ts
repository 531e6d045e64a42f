import { type Caller, type CallingClient, see, type Seen } from './calls.ts'
import { NEW_STORE } from './new-store.ts'

const SALES = `小票号,销售日期,商品编码,商品名称,数量,单价,实收金额,支付方式
A0001,2026-11-20 10:01:02,690001,羊毛袜,2,30.00,60.00,微信
A0001,2026-11-20 10:01:02,690002,短靴 37 黑,1,599.00,539.10,微信
A0002,2026-11-20 11:15:00,690003,"电饭煲, 4L",1,399.00,399.00,现金
`

const NO_CONTEXT = {
  receiptId: null,
  saleLineId: null,
  cardId: null,
  customerId: null,
  floor: '2F',
  counter: '女鞋',
}

/** Everything seen, by the step it belongs to. */
export type Diary = Record<string, Seen>

/**
 * Does a day's work through a client, refusals and mistakes included, and writes down what it saw. The same
 * through any transport; session tokens and job ids, which are random, are left out.
 */
export async function workOneDay(desk: CallingClient, caller: Caller): Promise<Diary> {
  const diary: Diary = {}
  const note = async (step: string, call: Promise<unknown>): Promise<Seen> =>
    (diary[step] = await see(call))

  await note('before set-up', desk.staff.colleagues())
  await note('unknown time zone', desk.settings.setUp({ ...NEW_STORE, timeZone: 'Mars/Olympus' }))
  await note('set-up', desk.settings.setUp(NEW_STORE))
  await note('set-up again', desk.settings.setUp(NEW_STORE))
  await note('not signed in', desk.sales.find({ text: 'A0001' }))
  await note('wrong PIN', desk.staff.signIn({ code: '001', pin: '9999' }))
  caller.token = (await desk.staff.signIn({ code: '001', pin: '2580' })).token
  await note('me', desk.staff.me())
  await note('no text', desk.sales.find({ text: '' }))

  const clerk = { code: '002', name: '赵敏', phone: '', role: 'clerk', pin: '1379' } as const
  const context = { context: { requestId: 'add-a-clerk-once' } }
  await note('a clerk', desk.staff.add(clerk, context))
  await note('the same request again', desk.staff.add(clerk, context))
  await note('the same code again', desk.staff.add(clerk))

  await importSales(desk, note)
  const found = await desk.sales.find({ text: 'A0001' })
  const receiptId = found.exact?.receiptId ?? 0
  await note('found', Promise.resolve(found))
  const sale = await desk.sales.open({ receiptId })
  await note('a sale that is not there', desk.sales.open({ receiptId: 999_999 }))
  const socks = sale.lines.find((line) => line.name === '羊毛袜')?.id ?? 0

  const line = {
    saleLineId: socks,
    units: 1,
    condition: 'sealed' as const,
    packagingIntact: true,
  }
  const refund = { receiptId, reason: 'preference' as const, note: '', lines: [line] }
  await note('refund preview', desk.refunds.preview(refund))
  await note('another amount', desk.refunds.record({ ...refund, expectedAmount: 1 }))
  await note('refund', desk.refunds.record({ ...refund, expectedAmount: 3000 }))
  const lines = [{ ...line, units: 2 }]
  await note('too many', desk.refunds.record({ ...refund, lines, expectedAmount: 6000 }))
  await note('card draft', desk.cards.draft({ receiptId }))
  await note(
    'complaint',
    desk.complaints.record({
      class: 'goods',
      text: '靴子开胶',
      context: { ...NO_CONTEXT, receiptId },
      contact: { name: '张伟', phone: '13812345521' },
      outcome: { kind: 'solved', solution: '已换新', satisfied: true },
    }),
  )
  const me = await desk.staff.me()
  const repair = {
    items: [
      {
        subject: { kind: 'sold' as const, saleLineId: socks, unitNo: 2 },
        fault: '脱线',
        privateNote: '无',
      },
    ],
    contact: { name: '张伟', phone: '13812345521' },
    promise: { ownerId: me.operator.id, text: '电话通知', dueAt: '2027-01-01T00:00:00.000Z' },
  }
  await note('repair', desk.repairs.intake(repair))
  await note('repaired twice at once', desk.repairs.intake(repair))
  Object.assign(diary, await lookAround(desk, receiptId))
  return diary
}

async function importSales(
  desk: CallingClient,
  note: (step: string, call: Promise<unknown>) => Promise<Seen>,
): Promise<void> {
  const { fileId } = await desk.imports.upload({
    fileId: null,
    fileName: 'sales.csv',
    offset: 0,
    chunk: new Blob([SALES], { type: 'text/csv' }),
  })
  const seen = await desk.imports.inspect({ fileId, kind: 'sales' })
  await note('inspected', Promise.resolve(seen))
  const { jobId } = await desk.imports.start({ fileId, mapping: seen.mapping })
  for (;;) {
    const { rowsPerSecond: _, ...job } = await desk.imports.job({ jobId })
    if (job.state !== 'running') {
      await note('imported', Promise.resolve(job))
      return
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** A bicycle that broke on the third day. */
function askAboutFault(desk: CallingClient): Promise<unknown> {
  return desk.policy.tryIt({
    today: '2026-11-21',
    sold: '2026-11-18',
    delivered: null,
    installed: null,
    exchanged: null,
    category: 'bicycle',
    sku: '',
    brand: '',
    counter: '',
    tags: [],
    tier: null,
    channel: 'counter',
    paid: 59_900,
    units: 1,
    currentPrice: null,
    reason: 'quality',
    condition: 'faulty',
    complete: true,
    part: null,
    proof: { receipt: true, memberCard: false, medical: false, repairRecords: false },
    findings: [],
    foundSubstandard: false,
    repairs: [],
    sameModelInStock: true,
    wish: null,
    asIfSigned: null,
  })
}

/** What a signed-in operator can read after such a day; changes nothing. */
export async function lookAround(desk: CallingClient, receiptId: number): Promise<Diary> {
  const status = await desk.settings.status()
  const businessDate = status.businessDate ?? ''
  return {
    status: { answer: { ...status, host: null } },
    settings: await see(desk.settings.read()),
    colleagues: await see(desk.staff.list()),
    sale: await see(desk.sales.open({ receiptId })),
    'by name': await see(desk.sales.find({ text: '羊毛' })),
    board: await see(desk.reports.board().then((board) => ({ ...board, lastImportAt: null }))),
    'day report': await see(desk.reports.day({ businessDate })),
    days: await see(desk.reports.days()),
    complaints: await see(desk.complaints.list({ state: 'day', businessDate })),
    // An import runs in a thread with a clock of its own.
    imports: await see(
      desk.imports
        .list()
        .then((rows) => rows.map((row) => ({ ...row, startedAt: null, finishedAt: null }))),
    ),
    promises: await see(desk.cases.duePromises()),
    repairs: await see(desk.repairs.ofReceipt({ receiptId })),
    'repair draft': await see(desk.repairs.draft({ receiptId })),
    paper: await see(desk.papers.preview({ document: 'day_report', businessDate })),
    rules: await see(desk.policy.list({ effect: 'exposure' })),
    rule: await see(desk.policy.open({ ruleId: 'cn.sb-07' })),
    'no such rule': await see(desk.policy.open({ ruleId: 'nothing.here' })),
    choices: await see(desk.policy.choices()),
    'a question to the engine': await see(askAboutFault(desk)),
    'not a date': await see(desk.reports.day({ businessDate: '2026-02-30' })),
    'no such card': await see(desk.cards.open({ cardId: 424_242 })),
  }
}
