import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { PrintFailure, PrintWork } from '../../src-main/printers/channel.ts'
import { openEscposChannel } from '../../src-main/printers/escpos/channel.ts'
import { SlipEncoder } from '../../src-main/printers/escpos/slip-encoder.ts'
import type { SlipContent } from '../../src-main/printing/slip.ts'
import { manyRefundLines, refund } from '../documents/support/example-facts.ts'
import { renderExample } from '../documents/support/render-example.ts'
import { decodeEscpos, linesOf } from '../support/escpos-decoder.ts'
import { type PrinterBehaviour, startPrinter, type TestPrinter } from '../support/escpos-printer.ts'

/** Short enough for a test, long enough for a loaded machine to answer on its own loopback. */
const patience = { connect: 5_000, answer: 1_000, idle: 2_000, finish: 10_000 }
const encoder = new SlipEncoder()
const printers: TestPrinter[] = []
let slip: SlipContent
let longSlip: SlipContent

beforeAll(async () => {
  slip = (await renderExample('refund', refund)).slip as SlipContent
  longSlip = (await renderExample('refund', manyRefundLines(40))).slip as SlipContent
})
afterEach(async () => {
  for (const printer of printers.splice(0)) await printer.close()
})
afterAll(() => encoder.close())

async function printerThat(behaviour: PrinterBehaviour = {}): Promise<TestPrinter> {
  const printer = await startPrinter(behaviour)
  printers.push(printer)
  return printer
}

function workOf(changes: Partial<PrintWork> = {}): PrintWork {
  return {
    jobId: 1,
    title: 'slip',
    pdf: new Uint8Array(),
    format: '80mm',
    pages: 1,
    copies: 1,
    slip,
    offset: { right: 0, down: 0 },
    isCodePageCheck: false,
    mediaSource: '',
    sides: 'one',
    ...changes,
  }
}

function channelTo(
  { port }: { port: number },
  options: Record<string, string> = {},
  more: Partial<typeof patience> = {},
) {
  return openEscposChannel({ host: '127.0.0.1', port }, options, encoder, { ...patience, ...more })
}

const calm = (): AbortSignal => new AbortController().signal

/** How a piece of work failed. */
async function failureOf(sending: Promise<unknown>): Promise<[string, string]> {
  const failure = await sending.then(
    () => null,
    (error: PrintFailure) => error,
  )
  if (!failure) throw new Error('it was sent')
  return [failure.trouble, failure.reached]
}

describe('a receipt printer', () => {
  it.each([
    ['that answers', {}],
    ['that never answers', { answers: false }],
    ['that is slow', { sip: 512 }],
  ])('%s prints a slip once', async (_name, behaviour) => {
    const printer = await printerThat(behaviour)
    const sent = await channelTo(printer).send(workOf({ copies: 2 }), calm())
    expect(sent).toEqual({ state: 'sent', reference: null })
    const { slips } = decodeEscpos(printer.received())
    expect(slips).toHaveLength(2)
    expect(slips.map((each) => linesOf(each)[1]?.trim())).toEqual(['退货单', '退货单'])
  })

  it('takes a slip of dots with a slow hand', async () => {
    const printer = await printerThat({ sip: 4_096 })
    await channelTo(printer, { mode: 'dots' }).send(workOf(), calm())
    expect(decodeEscpos(printer.received()).slips).toHaveLength(1)
  })

  it.each([
    ['paper_out', 'paper_out'],
    ['cover_open', 'cover_open'],
    ['offline', 'stopped'],
  ] as const)('that says %s gets nothing', async (trouble, expected) => {
    const printer = await printerThat({ trouble })
    const channel = channelTo(printer)
    expect(await failureOf(channel.send(workOf(), calm()))).toEqual([expected, 'nothing'])
    expect(await channel.look(calm())).toMatchObject({ state: expected })
    expect(decodeEscpos(printer.received()).slips).toEqual([])
  })

  it('whose paper ends meanwhile has perhaps printed', async () => {
    const printer = await printerThat({ paperEndsAfter: 500 })
    expect(await failureOf(channelTo(printer).send(workOf(), calm()))).toEqual([
      'paper_out',
      'perhaps',
    ])
  })

  it('that is unplugged in the middle has perhaps printed, and is not sent it again', async () => {
    const printer = await printerThat({ closesAfter: 400 })
    const work = workOf({ slip: longSlip, copies: 9 })
    expect(await failureOf(channelTo(printer, { mode: 'dots' }).send(work, calm()))).toEqual([
      'interrupted',
      'perhaps',
    ])
    expect(printer.connections().all).toBe(1)
  })

  it('that is unplugged before anything was sent has printed nothing', async () => {
    const printer = await printerThat({ closesAfter: 1, answers: false })
    expect(await failureOf(channelTo(printer).send(workOf(), calm()))).toEqual([
      'unreachable',
      'nothing',
    ])
  })

  it('that stops taking is given up', async () => {
    const printer = await printerThat({ stopsAfter: 2_000, answers: false })
    const work = workOf({ slip: longSlip, copies: 200 })
    expect(await failureOf(channelTo(printer, { mode: 'dots' }).send(work, calm()))).toEqual([
      'timed_out',
      'perhaps',
    ])
  })

  it('that is not there is unreachable', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    server.close()
    await once(server, 'close')
    const channel = channelTo({ port })
    expect(await failureOf(channel.send(workOf(), calm()))).toEqual(['unreachable', 'nothing'])
    expect(await channel.look(calm())).toMatchObject({ state: 'unreachable' })
  })

  it('gets no more once the work is called off', async () => {
    const printer = await printerThat({ stopsAfter: 2_000, answers: false })
    const abort = new AbortController()
    const work = workOf({ slip: longSlip, copies: 200 })
    const channel = channelTo(printer, { mode: 'dots' }, { idle: 60_000 })
    const sending = channel.send(work, abort.signal)
    const failure = failureOf(sending)
    await expect.poll(() => printer.received().length, { timeout: 20_000 }).toBeGreaterThan(1_000)
    abort.abort()
    expect(await failure).toEqual(['interrupted', 'perhaps'])
  })

  it('has one connection at a time, whoever asks', async () => {
    const printer = await printerThat()
    const work = Promise.all([1, 2, 3].map(() => channelTo(printer).send(workOf(), calm())))
    await expect(channelTo(printer).look(calm())).resolves.toBeDefined()
    await work
    expect(printer.connections()).toEqual({ all: expect.any(Number), most: 1 })
    expect(decodeEscpos(printer.received()).slips).toHaveLength(3)
    expect(await channelTo(printer).look(calm())).toEqual({ state: 'ready', detail: '' })
  })

  it('says nothing of itself where it never answers', async () => {
    const printer = await printerThat({ answers: false })
    expect(await channelTo(printer).look(calm())).toEqual({ state: 'unknown', detail: '' })
  })

  it('prints no paper but a roll, and the code-page check without one', async () => {
    const printer = await printerThat()
    expect(await failureOf(channelTo(printer).send(workOf({ slip: null }), calm()))).toEqual([
      'unsupported',
      'nothing',
    ])
    await channelTo(printer).send(workOf({ slip: null, isCodePageCheck: true }), calm())
    const [check] = decodeEscpos(printer.received()).slips
    expect(check && linesOf(check)).toContain('1  退货单 中文 ￥12.50 é·×')
  })
})
