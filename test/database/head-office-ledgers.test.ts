import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hashClose, hashLedger } from '../../src-main/day-closes/hash.ts'
import { addFloorManager, closeDay } from '../support/close-day.ts'
import { openTestDesk, type TestDesk } from '../support/desk.ts'
import { exportNext, readExport } from '../support/head-office.ts'
import { openHouse } from '../support/open-house.ts'
import { openRepairDesk, soldOn } from '../support/repair-desk.ts'
import { addReceipt } from '../support/sold.ts'
import { openVendorDesk } from '../support/vendor-visit.ts'

let out: string
let test: TestDesk

beforeEach(() => {
  out = mkdtempSync(path.join(os.tmpdir(), 'goodwill-ledgers-'))
})
afterEach(async () => {
  await test.close()
  rmSync(out, { recursive: true })
})

/** The lines of the next export; none where there was nothing new. */
async function nextLines() {
  const job = await exportNext(test, { folder: out, people: 'none' })
  expect(job.reason).toBeNull()
  if (job.dir === null) return { ledger: [], dayCloses: [] }
  return readExport(job.dir)
}

describe('the ledger for head office', () => {
  it('has what a carrier paid, told once however it is booked later', async () => {
    const house = await openVendorDesk()
    ;({ test } = house)
    const { caseId, refundId, number } = await house.takeBack({
      vendor: '',
      amount: 5_000,
      reason: 'damaged',
      freight: { amount: 800, paidBy: 'store', carrier: '飞马速运' },
    })
    expect((await nextLines()).ledger.map(({ kind }) => kind)).toEqual(['refund'])
    const { id } = await house.claim(caseId)
    const { carrierClaim } = await test.clerk.client.refunds.open({ refundId })
    await test.manager.client.refunds.settleClaim({
      claimId: carrierClaim?.id ?? 0,
      outcome: 'settled',
      receivedAmount: 4_000,
      version: 1,
    })
    const paid = { kind: 'carrier_claim', number, caseId, party: '飞马速运' }
    expect((await nextLines()).ledger).toMatchObject([
      { ...paid, amount: -4_000, reversed: false, how: 'freight:800 goods:5000' },
    ])
    // The vendors' book takes it over: its charge is told, and the payment taken back.
    await house.agree(id, 1_800)
    expect((await nextLines()).ledger).toMatchObject([
      { kind: 'charge_back', amount: -1_800 },
      { ...paid, amount: 4_000, reversed: true, reverses: number },
    ])
    const { version } = await house.read(caseId, id)
    await test.manager.client.vendors.reverse({ claimId: id, version, reason: '记错了' })
    expect((await nextLines()).ledger).toMatchObject([
      { kind: 'charge_back', amount: 1_800, reversed: true },
      { ...paid, amount: -4_000, reversed: false },
    ])
    expect((await nextLines()).ledger).toEqual([])
  })

  it('has what customers paid for repairs when they took them home, and nothing of free ones', async () => {
    test = await openTestDesk()
    await test.write(openHouse)
    await test.setNow(`${soldOn}T04:00:00.000Z`)
    const at = await openRepairDesk(test)
    const phone = 2
    const { id, number } = await at.takeIn([
      at.sold(phone, {
        rightsId: await at.decide(phone, { findings: ['misuse'] }),
        quote: { estimate: 30_000, limit: 40_000 },
      }),
    ])
    const { quotes, ...item } = await at.item(id)
    await at.client.repairs.consent({
      itemId: item.id,
      version: item.version,
      quoteId: quotes[0]?.id ?? 0,
      consent: { how: 'phone', by: '王小明' },
    })
    const free = await at.takeIn([at.sold(0, { rightsId: await at.decide(0) })])
    await at.mend(id, { minutes: 30, hourFee: 6_000, fees: [{ kind: 'material', amount: 20_000 }] })
    await at.mend(free.id)
    expect((await nextLines()).ledger).toEqual([])
    await at.handBack(id)
    await at.handBack(free.id)
    expect((await nextLines()).ledger).toMatchObject([
      { kind: 'repair_fee', number, amount: -23_000, how: 'repaired', reversed: false },
    ])
  })
})

describe('day closes for head office', () => {
  it('can be proved: seals in a chain, late entries, a day opened again', async () => {
    test = await openTestDesk()
    await test.write(openHouse)
    await test.setNow('2026-11-21T14:30:00.000Z')
    await addFloorManager(test)
    const sale = await test.write((w) =>
      addReceipt(w, {
        receiptNo: 'POS-1',
        businessDate: '2026-11-20',
        lines: [{ name: '羊毛衫', units: 4, qty_milli: 4_000, paid_amount: 40_000 }],
      }),
    )
    const refund = () =>
      test.manager.client.refunds.record({
        receiptId: sale.id,
        reason: 'quality',
        expectedAmount: 10_000,
        lines: [
          {
            saleLineId: sale.lineIds[0] ?? 0,
            units: 1,
            condition: 'faulty',
            packagingIntact: true,
          },
        ],
      })
    await refund()
    const first = await closeDay(test, '2026-11-21')
    // Booked on the next day, which says so.
    await refund()
    await test.setNow('2026-11-22T04:00:00.000Z')
    const second = await closeDay(test, '2026-11-22')
    const sealed = await nextLines()
    expect(sealed.dayCloses).toMatchObject([
      { businessDate: '2026-11-21', version: 1, late: 0, reopened: false, hash: first.hash },
      { businessDate: '2026-11-22', version: 1, late: 1, reopened: false, hash: second.hash },
    ])
    await test.manager.client.dayCloses.reopen({
      businessDate: '2026-11-22',
      version: 1,
      reason: '点数写错了',
    })
    const third = await closeDay(test, '2026-11-22')
    const { dayCloses } = await nextLines()
    expect(dayCloses).toMatchObject([
      { businessDate: '2026-11-22', version: 2, reopened: false, hash: third.hash },
      { businessDate: '2026-11-22', version: 1, reopened: true, hash: second.hash },
    ])
    const closes = [...sealed.dayCloses, ...dayCloses.filter(({ reopened }) => !reopened)]
    expect(closes.map(({ prevHash }) => prevHash)).toEqual([
      '0'.repeat(64),
      first.hash,
      second.hash,
    ])
    // Each hash is that of the content the desk has, and its ledger the one that was sealed.
    const rows = await test.desk.folder.store.read((r) =>
      r.selectFrom('day_close').selectAll().orderBy('id').execute(),
    )
    for (const [index, row] of rows.entries()) {
      const told = closes[index]
      expect(told?.ledgerHash).toBe(hashLedger(JSON.parse(row.ledger) as string[]))
      expect(told?.hash).toBe(
        hashClose({
          deskNo: told?.deskNo ?? '',
          businessDate: told?.businessDate ?? '',
          version: told?.version ?? 0,
          ledgerHash: told?.ledgerHash ?? '',
          facts: row.facts,
          auditSeq: row.audit_seq,
          auditHash: row.audit_hash,
          prevHash: told?.prevHash ?? '',
          closedAt: told?.at ?? '',
          closedById: row.closed_by,
        }),
      )
    }
  }, 120_000)
})
