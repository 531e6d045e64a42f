/** A receipt printer on a TCP port, which keeps what it gets and can be out of order in every way they are. */
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'

export interface PrinterBehaviour {
  /** Answers questions; the simplest printers never do. */
  answers?: boolean
  trouble?: 'paper_out' | 'cover_open' | 'offline'
  /** Paper ends once so many bytes have come. */
  paperEndsAfter?: number
  /** Closes the connection once so many bytes have come. */
  closesAfter?: number
  /** Takes nothing more once so many bytes have come. */
  stopsAfter?: number
  /** Takes so many bytes at a time. */
  sip?: number
}

export interface TestPrinter {
  port: number
  /** All that came. */
  received(): Uint8Array
  /** Connections so far, and the most that were open at once. */
  connections(): { all: number; most: number }
  behave(behaviour: PrinterBehaviour): void
  close(): Promise<void>
}

/** Starts a printer that answers and prints unless told otherwise, on `port` or, for 0, on one that is free. */
export async function startPrinter(first: PrinterBehaviour = {}, port = 0): Promise<TestPrinter> {
  let behaviour = first
  const got: number[] = []
  const count = { all: 0, open: 0, most: 0 }
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    count.all++
    count.most = Math.max(count.most, ++count.open)
    socket.on('close', () => {
      sockets.delete(socket)
      count.open--
    })
    socket.on('error', () => undefined)
    serve(socket, got, () => behaviour)
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    received: () => Uint8Array.from(got),
    connections: () => ({ all: count.all, most: count.most }),
    behave: (next) => {
      behaviour = next
    },
    close: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

function serve(socket: Socket, got: number[], behaviour: () => PrinterBehaviour): void {
  let taken = 0
  socket.on('data', (chunk: Buffer) => {
    const { closesAfter, stopsAfter, sip, answers = true } = behaviour()
    chunk.forEach((byte, at) => {
      got.push(byte)
      taken++
      const question = questionAt(got, at === chunk.length - 1)
      if (question && answers) socket.write(answerTo(question, behaviour(), taken))
    })
    if (closesAfter !== undefined && taken >= closesAfter) socket.destroy()
    else if (stopsAfter !== undefined && taken >= stopsAfter) socket.pause()
    else if (sip !== undefined) {
      socket.pause()
      setTimeout(() => socket.resume(), Math.ceil(chunk.length / sip))
    }
  })
}

type Question = 'printer' | 'cause' | 'paper' | 'printed'

const NOW = { 1: 'printer', 2: 'cause', 4: 'paper' } as const

/** DLE EOT n is answered wherever it comes, as printers do; GS r n once all before it is printed. */
function questionAt(got: readonly number[], isLast: boolean): Question | null {
  const [first, second, third] = got.slice(-3)
  if (first === 0x10 && second === 4) return NOW[third as 1 | 2 | 4] ?? null
  return isLast && first === 0x1d && second === 0x72 ? 'printed' : null
}

function answerTo(question: Question, behaviour: PrinterBehaviour, taken: number): Uint8Array {
  const ended = behaviour.paperEndsAfter !== undefined && taken >= behaviour.paperEndsAfter
  const trouble = behaviour.trouble ?? (ended ? 'paper_out' : null)
  const bits: Record<Question, number> = {
    printer: trouble ? 0x08 : 0,
    cause: trouble === 'cover_open' ? 0x04 : trouble === 'paper_out' ? 0x20 : trouble ? 0x40 : 0,
    paper: trouble === 'paper_out' ? 0x60 : 0,
    printed: 0,
  }
  if (question === 'printed') return trouble ? new Uint8Array() : Uint8Array.of(0)
  return Uint8Array.of(0x12 | bits[question])
}
