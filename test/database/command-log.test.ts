import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CommandRequest, runOnce } from '../../src-main/database/command-log.ts'
import { takeDocumentNumber } from '../../src-main/database/document-counter.ts'
import { addCustomer, freshFolder, soldAt, writeFrame } from '../support/sold.ts'

const { folder, remove } = freshFolder()
beforeAll(() => folder.store.write(writeFrame))
afterAll(remove)

function request(requestId: string, change: Partial<CommandRequest> = {}): CommandRequest {
  return {
    requestId,
    procedure: 'customers.add',
    operatorId: 1,
    input: { name: '张伟' },
    ...change,
  }
}

let runs = 0

function run(wanted: CommandRequest): Promise<{ id: number }> {
  return folder.store.write((w) =>
    runOnce(w, wanted, soldAt, async (inner) => {
      runs += 1
      return { id: await addCustomer(inner, { name: '张伟' }) }
    }),
  )
}

describe('a command', () => {
  it('happens once however often it is asked, also at the same time', async () => {
    runs = 0
    const results = await Promise.all([run(request('a')), run(request('a')), run(request('a'))])
    expect(runs).toBe(1)
    expect(new Set(results.map((each) => each.id)).size).toBe(1)
    expect(await run(request('a'))).toEqual(results[0])
  })

  it.each([
    ['another input', { input: { name: '李静' } }],
    ['another procedure', { procedure: 'customers.remove' }],
    ['another operator', { operatorId: null }],
  ])('is not repeated by %s under its id', async (_what, change) => {
    await run(request('b'))
    await expect(run(request('b', change))).rejects.toMatchObject({ reason: 'desk.request_reused' })
  })

  it('that failed may be tried again', async () => {
    const attempt = folder.store.write((w) =>
      runOnce(w, request('c'), soldAt, () => Promise.reject(new Error('no'))),
    )
    await expect(attempt).rejects.toThrow('no')
    await expect(run(request('c'))).resolves.toMatchObject({ id: expect.any(Number) as number })
  })

  it('keeps PINs out of the log, even as a hash', async () => {
    await run(request('d', { input: { name: '张伟', pin: '2468' } }))
    await expect(run(request('d', { input: { name: '张伟', pin: '8642' } }))).resolves.toBeDefined()
    const rows = await folder.store.read((r) => r.selectFrom('command_log').selectAll().execute())
    expect(JSON.stringify(rows)).not.toContain('2468')
  })
})

describe('document numbers', () => {
  const take = (type: 'XY' | 'TH', desk = '0312', date = '2026-11-21') =>
    folder.store.write((w) => takeDocumentNumber(w, type, desk, date))

  it('count for each type, desk and business date, also when taken at the same time', async () => {
    expect(await Promise.all([take('XY'), take('XY'), take('TH'), take('XY', '0313')])).toEqual([
      expect.stringMatching(/^XY-0312-261121-0001-.$/),
      expect.stringMatching(/^XY-0312-261121-0002-.$/),
      expect.stringMatching(/^TH-0312-261121-0001-.$/),
      expect.stringMatching(/^XY-0313-261121-0001-.$/),
    ])
    expect(await take('XY', '0312', '2026-11-22')).toMatch(/-0001-.$/)
  })

  it('have no holes: a number taken in vain is given again', async () => {
    const before = await take('TH', '0400')
    const attempt = folder.store.write(async (w) => {
      await takeDocumentNumber(w, 'TH', '0400', '2026-11-21')
      throw new Error('no')
    })
    await expect(attempt).rejects.toThrow('no')
    expect(before).toContain('-0001-')
    expect(await take('TH', '0400')).toContain('-0002-')
  })

  it('end at 9999', async () => {
    await folder.store.write((w) =>
      w
        .insertInto('document_counter')
        .values({ type: 'TH', desk_no: '0500', business_date: '2026-11-21', last_serial: 9998 })
        .execute(),
    )
    expect(await take('TH', '0500')).toContain('-9999-')
    await expect(take('TH', '0500')).rejects.toMatchObject({ reason: 'desk.numbers_used_up' })
  })
})
