/** A TCP connection to one receipt printer, with what goes wrong told apart. */
import { connect, type Socket } from 'node:net'
import { PrintFailure, type PrintTrouble, type PrinterCondition } from '../channel.ts'
import { answersNow, askNow, askPrinted, isRealTime, readCondition } from './status.ts'

/** How long a printer is waited for, in milliseconds. */
export interface Patience {
  connect: number
  /** For an answer to a question; printers that never answer print all the same. */
  answer: number
  /** For the printer to take more. */
  idle: number
  /** For the end of what it has taken, where it says so. */
  finish: number
}

/** Bytes handed over at a time. */
const PIECE = 4096

export class PrinterConnection {
  readonly #socket: Socket
  readonly #patience: Patience
  readonly #signal: AbortSignal
  readonly #heard: number[] = []
  #wake: (() => void) | null = null
  #broken: string | null = null
  #ended = false
  #hasWritten = false

  private constructor(socket: Socket, patience: Patience, signal: AbortSignal) {
    this.#socket = socket
    this.#patience = patience
    this.#signal = signal
    const wake = (): void => this.#wake?.()
    socket.on('data', (chunk: Buffer) => {
      this.#heard.push(...chunk)
      wake()
    })
    socket.on('error', (error: NodeJS.ErrnoException) => {
      this.#broken = error.code ?? error.message
      wake()
    })
    socket.on('end', () => {
      this.#ended = true
      wake()
    })
    socket.on('close', () => {
      this.#broken ??= 'closed'
      wake()
    })
    for (const event of ['connect', 'drain', 'finish']) socket.on(event, wake)
    signal.addEventListener('abort', wake)
    socket.once('close', () => signal.removeEventListener('abort', wake))
  }

  /** @throws PrintFailure `unreachable` */
  static async open(
    { host, port }: { host: string; port: number },
    patience: Patience,
    signal: AbortSignal,
  ): Promise<PrinterConnection> {
    const socket = connect({ host, port })
    socket.setNoDelay(true)
    const connection = new PrinterConnection(socket, patience, signal)
    const isOpen = await connection.#until(() => !socket.connecting, patience.connect)
    if (isOpen && connection.#broken === null && !signal.aborted) return connection
    socket.destroy()
    const why = signal.aborted ? 'interrupted' : 'unreachable'
    throw new PrintFailure(why, 'nothing', connection.#broken ?? '')
  }

  /** How the printer is; `unknown` where it does not answer. */
  async ask(): Promise<PrinterCondition['state']> {
    this.#heard.length = 0
    this.#socket.write(askNow)
    await this.#until(
      () => this.#heard.filter(isRealTime).length >= answersNow,
      this.#patience.answer,
    )
    return readCondition(this.#heard.filter(isRealTime))
  }

  /**
   * Hands everything over, no faster than it is taken.
   *
   * @throws PrintFailure
   */
  async write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; at += PIECE) {
      this.#check()
      this.#hasWritten = true
      if (this.#socket.write(bytes.subarray(at, at + PIECE))) continue
      const isTaken = await this.#until(() => !this.#socket.writableNeedDrain, this.#patience.idle)
      this.#check()
      if (!isTaken) this.#fail('timed_out')
    }
    this.#check()
  }

  /**
   * Waits until a printer that answers says that everything before is printed.
   *
   * @throws PrintFailure with what it says of itself meanwhile
   */
  async waitPrinted(): Promise<void> {
    this.#heard.length = 0
    this.#socket.write(askPrinted)
    const isPrinted = (): boolean => this.#heard.some((byte) => !isRealTime(byte))
    for (let waited = 0; waited < this.#patience.finish; waited += this.#patience.answer) {
      if (await this.#until(isPrinted, this.#patience.answer)) return
      this.#check()
      this.#heard.splice(0, this.#heard.length, ...this.#heard.filter((byte) => !isRealTime(byte)))
      this.#socket.write(askNow)
      await this.#until(
        () => isPrinted() || this.#heard.filter(isRealTime).length >= answersNow,
        this.#patience.answer,
      )
      const state = readCondition(this.#heard.filter(isRealTime))
      if (state === 'paper_out' || state === 'cover_open' || state === 'stopped') this.#fail(state)
    }
    this.#check()
    this.#fail('timed_out')
  }

  /**
   * Says that nothing more comes and waits until it has all been taken.
   *
   * @throws PrintFailure
   */
  async finish({ isPrinted }: { isPrinted: boolean }): Promise<void> {
    // A printer waits for the end of the work: one that closes before it has not taken all, whatever our system took.
    if (!isPrinted) {
      await this.#until(() => this.#ended, this.#patience.answer)
      this.#check()
    }
    this.#socket.end()
    const isTaken = await this.#until(() => this.#socket.writableFinished, this.#patience.idle)
    if (this.#signal.aborted) this.#fail('interrupted')
    if (!isTaken) this.#fail(this.#broken === null ? 'timed_out' : 'interrupted')
    // A printer that drops what it has says so with a reset; one that is content closes, or says nothing.
    await this.#until(() => this.#ended, this.#patience.answer)
    if (this.#broken !== null && this.#broken !== 'closed') this.#fail('interrupted')
  }

  /** Ends the connection so that the printer knows of it before the next one comes. */
  async leave(): Promise<void> {
    if (this.#broken === null && !this.#signal.aborted && !this.#socket.writableEnded) {
      this.#socket.end()
      await this.#until(() => this.#ended, this.#patience.answer)
    }
    this.#socket.destroy()
  }

  #check(): void {
    if (this.#signal.aborted) this.#fail('interrupted')
    if (this.#broken === null && !this.#ended) return
    this.#fail(this.#hasWritten ? 'interrupted' : 'unreachable')
  }

  #fail(trouble: PrintTrouble): never {
    const detail = this.#broken === 'closed' ? '' : (this.#broken ?? '')
    throw new PrintFailure(trouble, this.#hasWritten ? 'perhaps' : 'nothing', detail)
  }

  /** Waits for something to be so; false when the time is over, the connection broken or the work called off. */
  async #until(isSo: () => boolean, milliseconds: number): Promise<boolean> {
    const ends = (): boolean => isSo() || this.#broken !== null || this.#signal.aborted
    if (!ends()) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds)
        this.#wake = () => {
          if (!ends()) return
          clearTimeout(timer)
          resolve()
        }
      })
      this.#wake = null
    }
    return isSo()
  }
}
