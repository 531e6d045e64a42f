/** Receipt printers on the network (ESC/POS over a raw TCP port). */
import {
  type PrintChannel,
  type PrinterCondition,
  PrintFailure,
  type PrintWork,
  type Sent,
} from '../channel.ts'
import { encodeCodePageCheck } from './code-pages.ts'
import { type Patience, PrinterConnection } from './connection.ts'
import { type EscposOptions, readEscposOptions } from './options.ts'
import type { SlipEncoder } from './slip-encoder.ts'

const usualPatience: Patience = { connect: 5_000, answer: 600, idle: 30_000, finish: 60_000 }

/** What is being done at each printer: most take one connection at a time. */
const turns = new Map<string, Promise<void>>()

/**
 * The way to one receipt printer. Nothing is ever sent twice: what broke off says whether anything can have come out.
 *
 * @param kept the printer's options, see `readEscposOptions`
 */
export function openEscposChannel(
  address: { host: string; port: number },
  kept: Readonly<Record<string, unknown>>,
  encoder: Pick<SlipEncoder, 'encode'>,
  patience: Patience = usualPatience,
): PrintChannel {
  const options = readEscposOptions(kept)
  const name = `${address.host}:${address.port}`
  return {
    send: async (work, signal): Promise<Sent> => {
      const bytes = await bytesOf(work, options, encoder)
      await inTurn(name, async () => {
        const connection = await PrinterConnection.open(address, patience, signal)
        try {
          await handOver(connection, bytes)
        } finally {
          await connection.leave()
        }
      })
      return { state: 'sent', reference: null }
    },
    look: (signal) => lookAt(address, patience, signal),
  }
}

async function bytesOf(
  work: PrintWork,
  options: EscposOptions,
  encoder: Pick<SlipEncoder, 'encode'>,
): Promise<Uint8Array> {
  if (work.isCodePageCheck) return encodeCodePageCheck(options, work.format)
  if (!work.slip) throw new PrintFailure('unsupported', 'nothing')
  const { copies, offset } = work
  const { bytes } = await encoder.encode(work.slip, options, { copies, offset })
  return bytes
}

async function handOver(connection: PrinterConnection, bytes: Uint8Array): Promise<void> {
  const state = await connection.ask()
  if (state === 'paper_out' || state === 'cover_open' || state === 'stopped') {
    throw new PrintFailure(state, 'nothing')
  }
  await connection.write(bytes)
  const isPrinted = state === 'ready'
  if (isPrinted) await connection.waitPrinted()
  await connection.finish({ isPrinted })
}

async function lookAt(
  address: { host: string; port: number },
  patience: Patience,
  signal: AbortSignal,
): Promise<PrinterCondition> {
  const name = `${address.host}:${address.port}`
  if (turns.has(name)) return { state: 'busy', detail: '' }
  let condition: PrinterCondition = { state: 'unknown', detail: '' }
  await inTurn(name, async () => {
    let connection: PrinterConnection | null = null
    try {
      connection = await PrinterConnection.open(address, patience, signal)
      condition = { state: await connection.ask(), detail: '' }
    } catch (error) {
      if (!(error instanceof PrintFailure)) throw error
      condition = { state: 'unreachable', detail: error.message }
    } finally {
      await connection?.leave()
    }
  })
  return condition
}

/** Does something at a printer once nothing else is done there. */
async function inTurn(name: string, work: () => Promise<void>): Promise<void> {
  const before = turns.get(name) ?? Promise.resolve()
  const turn = before.catch(() => undefined).then(work)
  turns.set(name, turn)
  try {
    await turn
  } finally {
    if (turns.get(name) === turn) turns.delete(name)
  }
}
