import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { decodeEscpos, linesOf } from '../support/escpos-decoder.ts'
import { type PrinterBehaviour, startPrinter, type TestPrinter } from '../support/escpos-printer.ts'
import { recordWait } from '../support/complain.ts'
import { openTestDesk, type TestDesk } from '../support/desk.ts'

let test: TestDesk
let printer: TestPrinter

beforeEach(async () => {
  test = await openTestDesk()
})
afterEach(async () => {
  await test.close()
  await printer.close()
})

/** A receipt printer with the way of all slips on 80 mm to it. */
async function setUp(
  behaviour: PrinterBehaviour,
  options: Record<string, string> = {},
  offset = { offsetX: 0, offsetY: 0 },
) {
  printer = await startPrinter(behaviour)
  const { client } = test.manager
  const { printerId } = await client.printers.add({
    name: '小票机',
    kind: 'escpos',
    target: `127.0.0.1:${printer.port}`,
    options,
  })
  await client.printers.setRoute({
    document: '*',
    format: '80mm',
    printerId,
    copies: 1,
    ...offset,
    mediaSource: '',
    sides: 'one',
    version: 0,
  })
  return printerId
}

async function printSlip() {
  const { client } = test.clerk
  const { id } = await recordWait(test)
  return client.papers.print({ document: 'complaint_slip', complaintId: id, format: '80mm' })
}

const until = (state: string) =>
  vi.waitFor(
    async () => {
      const { jobs } = await test.clerk.client.printers.jobs({ view: 'all' })
      expect(jobs[0]?.state).toBe(state)
      return jobs
    },
    { timeout: 30_000 },
  )

const slips = () => decodeEscpos(printer.received()).slips

describe('a slip with its way to a receipt printer', () => {
  it('is set in its letters, with the number as bars, and cut', async () => {
    const printerId = await setUp({})
    await printSlip()
    const [job] = await until('sent')
    const [slip, ...more] = slips()
    expect(more).toEqual([])
    const number = job?.subject ?? ''
    const bars = slip?.parts.find(({ kind }) => kind === 'code128')
    expect(bars).toMatchObject({ text: number.replaceAll('-', ''), module: 3 })
    expect(slip && linesOf(slip).map((line) => line.trim())).toEqual(
      expect.arrayContaining([number, expect.stringContaining('等了很久没人理')]),
    )
    expect(slip?.cut).toBe('partial')
    expect(await test.clerk.client.printers.look({ printerId })).toMatchObject({ state: 'ready' })
  })

  it.each(['text', 'dots'])('is moved as its way says, as %s', async (mode) => {
    await setUp({}, { mode }, { offsetX: 20, offsetY: 10 })
    await printSlip()
    await until('sent')
    const [slip] = slips()
    expect(slip?.area).toEqual({ left: 16, width: 560 })
    expect(slip?.parts[0]).toEqual({ kind: 'feed', dots: 8 })
  })

  it('waits for paper and comes out once', async () => {
    const printerId = await setUp({ trouble: 'paper_out' })
    await printSlip()
    await vi.waitFor(
      async () => {
        const [found] = await test.clerk.client.printers.list()
        expect(found).toMatchObject({ trouble: 'paper_out', waiting: 1 })
      },
      { timeout: 30_000 },
    )
    expect(slips()).toEqual([])
    printer.behave({})
    await test.clerk.client.printers.tryNow({ printerId })
    await until('sent')
    expect(slips()).toHaveLength(1)
  })

  it('is asked about, and not sent again, when the printer is unplugged in the middle', async () => {
    await setUp({ answers: false, closesAfter: 5_000 }, { mode: 'dots' })
    await printSlip()
    const [job] = await until('unknown')
    expect(job).toMatchObject({ trouble: 'interrupted', attempts: 1 })
    expect(printer.connections().all).toBe(1)
  })

  it('finds its code page by a page of its own', async () => {
    const printerId = await setUp({})
    await test.manager.client.printers.testPage({ printerId, format: '80mm', what: 'code_pages' })
    await until('sent')
    const [check] = slips()
    expect(check && linesOf(check)).toContain('1  退货单 中文 ￥12.50 é·×')
    await test.manager.client.printers.testPage({ printerId, format: '80mm', what: 'marks' })
    await until('sent')
    expect(slips()).toHaveLength(2)
  })
})
