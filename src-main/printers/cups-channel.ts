/**
 * Printers of the system through CUPS, by its own commands: no shell is asked, and nothing typed becomes an option.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  type PrintChannel,
  type PrinterCondition,
  PrintFailure,
  type PrintTrouble,
  type PrintWork,
} from './channel.ts'
import type { FoundPrinter } from './host-printers.ts'
import { readPageSize } from './move-pages.ts'

/** Whether CUPS has its commands here. Windows has none; macOS and Linux print through them, whatever the host. */
export function hasCups(): boolean {
  if (process.platform === 'win32') return false
  const folders = (process.env['PATH'] ?? '').split(path.delimiter)
  return folders.some((folder) => folder !== '' && existsSync(path.join(folder, 'lp')))
}

interface Ran {
  code: number
  out: string
  said: string
}

/** Longest a command of CUPS may take to answer. */
const answerMs = 20_000

/**
 * Runs a command of CUPS in the language its answers are read in.
 *
 * @throws PrintFailure `unsupported` where the system has no CUPS, `timed_out` where its server does not answer
 */
async function run(
  command: string,
  args: readonly string[],
  { input, signal }: { input?: Uint8Array; signal?: AbortSignal } = {},
): Promise<Ran> {
  const limit = AbortSignal.timeout(answerMs)
  const child = spawn(command, [...args], {
    env: { ...process.env, LC_ALL: 'C', LANG: 'C', SOFTWARE: '' },
    stdio: ['pipe', 'pipe', 'pipe'],
    signal: signal ? AbortSignal.any([signal, limit]) : limit,
  })
  const text = { out: '', said: '' }
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text.out += chunk))
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (text.said += chunk))
  // A command that ends before it has read everything says why on its own.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  return new Promise((resolve, reject) => {
    child.on('error', (error: NodeJS.ErrnoException) => {
      const trouble = error.code === 'ENOENT' ? 'unsupported' : 'timed_out'
      reject(new PrintFailure(trouble, 'nothing', command, { cause: error }))
    })
    child.on('close', (code) => resolve({ code: code ?? 1, ...text }))
  })
}

/** Queues the system has, the usual one marked. Empty where there is no CUPS. */
export async function listCupsPrinters(): Promise<FoundPrinter[]> {
  try {
    const [names, states, usual] = await Promise.all([
      run('lpstat', ['-e']),
      run('lpstat', ['-l', '-p']),
      run('lpstat', ['-d']),
    ])
    const isDefault = /: (\S+)\s*$/.exec(usual.out)?.[1]
    return names.out
      .split('\n')
      .map((name) => name.trim())
      .filter((name) => name !== '')
      .map((name) => {
        const part = partOf(states.out, name)
        return {
          name,
          description: /^\s*Description: (.*)$/m.exec(part)?.[1]?.trim() ?? '',
          isDefault: name === isDefault,
          state: part === '' ? ('unknown' as const) : conditionOf(part).state,
        }
      })
  } catch (error) {
    if (error instanceof PrintFailure) return []
    throw error
  }
}

/** What `lpstat -l -p` says of one printer, its name's line first. */
function partOf(states: string, name: string): string {
  const parts = states.split(/^(?=printer )/m)
  return parts.find((part) => part.startsWith(`printer ${name} `)) ?? ''
}

/** What the ways to a device say before they have sent it anything. */
const noConnection =
  /connecting-to-device|may not exist or is unavailable|not responding|not connected|Unable to locate|Waiting for printer to become available|will retry/

/** Reads how a printer is from what `lpstat -l -p` says of it. */
export function conditionOf(part: string): PrinterCondition {
  const [first = '', second = ''] = part.split('\n')
  const alerts = /^\s*Alerts: (.*)$/m.exec(part)?.[1] ?? ''
  const said = second.startsWith('\t') && !/^\s*\w[\w ]*:/.test(second) ? second.trim() : ''
  const detail = [said, alerts === 'none' ? '' : alerts.trim()].filter((each) => each !== '')
  const condition = (state: PrinterCondition['state']): PrinterCondition => ({
    state,
    detail: detail.join(' · '),
  })
  if (/media-(empty|needed)/.test(alerts)) return condition('paper_out')
  if (/(cover|door|interlock)-open/.test(alerts)) return condition('cover_open')
  if (/ disabled since/.test(first)) return condition('stopped')
  const isPrinting = / now printing /.test(first)
  if (/offline/.test(alerts)) return condition('unreachable')
  // What an idle queue says is of its last job; it is asked again by printing.
  if (isPrinting && noConnection.test(`${said} ${alerts}`)) return condition('unreachable')
  return condition(isPrinting ? 'busy' : 'ready')
}

/** Trays of a queue as its driver names them. */
export async function listTrays(
  queue: string,
): Promise<{ value: string; name: string; isDefault: boolean }[]> {
  const { out } = await run('lpoptions', ['-p', queue, '-l'])
  return readTrays(out)
}

/** Reads `InputSlot/Media Source: *Auto Upper Lower`. */
export function readTrays(out: string): { value: string; name: string; isDefault: boolean }[] {
  const [, key, choices] = /^(InputSlot|MediaSource|media-source)[^:]*: (.*)$/m.exec(out) ?? []
  if (key === undefined || choices === undefined) return []
  return choices
    .trim()
    .split(/\s+/)
    .map((choice) => {
      const name = choice.replace(/^\*/, '')
      return { value: `${key}=${name}`, name, isDefault: choice.startsWith('*') }
    })
}

/** The way to a queue of CUPS. A job counts as sent when CUPS is done with it, not when it has it. */
export function openCupsChannel(queue: string): PrintChannel {
  return {
    look: (signal) => look(queue, signal),
    send: async (work, signal) => {
      await requireReady(queue, signal)
      const reference = await hand(queue, work, signal)
      await follow(queue, reference, signal)
      return { state: 'sent', reference }
    },
  }
}

async function look(queue: string, signal: AbortSignal): Promise<PrinterCondition> {
  try {
    const { code, out, said } = await run('lpstat', ['-l', '-p', queue], { signal })
    const part = partOf(out, queue)
    if (code === 0 && part !== '') return conditionOf(part)
    return { state: 'unreachable', detail: said.trim() }
  } catch (error) {
    if (error instanceof PrintFailure) return { state: 'unreachable', detail: error.message }
    throw error
  }
}

/** A queue that stands still would keep the paper and print it whenever it is started again. */
async function requireReady(queue: string, signal: AbortSignal): Promise<void> {
  const { state, detail } = await look(queue, signal)
  if (state === 'unreachable' || state === 'stopped')
    throw new PrintFailure(state, 'nothing', detail)
  if (state === 'paper_out' || state === 'cover_open') {
    throw new PrintFailure(state, 'nothing', detail)
  }
  const { out } = await run('lpstat', ['-a', queue], { signal })
  if (/ not accepting requests /.test(out)) {
    throw new PrintFailure('refused', 'nothing', out.trim().split('\n').at(-1)?.trim() ?? '')
  }
}

/** Gives a paper to the queue; returns its number there. */
async function hand(queue: string, work: PrintWork, signal: AbortSignal): Promise<string> {
  const options = optionsOf(work).flatMap((option) => ['-o', option])
  const args = ['-d', queue, '-n', String(work.copies), '-t', work.title, ...options, '--', '-']
  const { code, out, said } = await run('lp', args, { input: work.pdf, signal }).catch(
    (error: unknown) => {
      // Once asked, CUPS may have the paper although its answer did not come.
      if (!(error instanceof PrintFailure) || error.trouble === 'unsupported') throw error
      throw new PrintFailure('interrupted', 'perhaps', error.message, { cause: error })
    },
  )
  const reference = /request id is (\S+)/.exec(out)?.[1]
  if (code === 0 && reference !== undefined) return reference
  throw new PrintFailure('refused', 'nothing', said.trim())
}

/** The page in its own size, on paper of that size. */
function optionsOf({ pdf, format, mediaSource, sides }: PrintWork): string[] {
  const size = readPageSize(pdf)
  return [
    ...mediaOf(format, size),
    'print-scaling=none',
    `sides=${sidesOf[sides]}`,
    ...(mediaSource === '' ? [] : [mediaSource]),
  ]
}

const sidesOf = {
  one: 'one-sided',
  long_edge: 'two-sided-long-edge',
  short_edge: 'two-sided-short-edge',
} as const

function mediaOf(format: string, size: { width: number; height: number } | null): string[] {
  if (/^A\d$/.test(format)) return [`media=${format}`]
  if (!size) return []
  const millimetres = (tenths: number): string => (tenths / 10).toFixed(1)
  return [`media=Custom.${millimetres(size.width)}x${millimetres(size.height)}mm`]
}

/** How often CUPS is asked after a job, and how long it may be in its hands without end. */
const askEveryMs = 400
const longestMs = 10 * 60_000
/** How long a job may lie in a queue that has stopped or has no connection to its printer. */
const heldMs = 5_000

/**
 * Waits until CUPS is done with a job. Where its queue stops it is taken back, so that it does not come out unbidden
 * when somebody starts the queue again.
 */
async function follow(queue: string, reference: string, signal: AbortSignal): Promise<void> {
  const began = performance.now()
  let heldSince: number | null = null
  let hasBegun = false
  for (;;) {
    const { out } = await ask(queue, reference, ['-l', '-W', 'not-completed', '-o', queue])
    if (!hasJob(out, reference)) return requireDone(queue, reference)
    const state = await look(queue, AbortSignal.timeout(answerMs))
    hasBegun ||= state.state === 'busy'
    const trouble = heldTrouble(state.state)
    const now = performance.now()
    heldSince = trouble ? (heldSince ?? now) : null
    if (trouble && heldSince !== null && now - heldSince > heldMs) {
      const isBefore = trouble === 'unreachable' && noConnection.test(state.detail)
      const reached = isBefore ? 'nothing' : reachOf(hasBegun)
      return takeBack(reference, new PrintFailure(trouble, reached, state.detail))
    }
    if (signal.aborted || now - began > longestMs) {
      const why = signal.aborted ? 'interrupted' : 'timed_out'
      return takeBack(reference, new PrintFailure(why, reachOf(hasBegun), state.detail))
    }
    await sleep(askEveryMs)
  }
}

/** States of a queue in which its job does not move. */
function heldTrouble(state: PrinterCondition['state']): PrintTrouble | null {
  const isHeld = state !== 'ready' && state !== 'busy' && state !== 'unknown'
  return isHeld ? state : null
}

function reachOf(hasBegun: boolean): 'nothing' | 'perhaps' {
  return hasBegun ? 'perhaps' : 'nothing'
}

async function ask(queue: string, reference: string, args: readonly string[]): Promise<Ran> {
  try {
    return await run('lpstat', args)
  } catch (error) {
    const detail = `${queue} ${reference}`
    throw new PrintFailure('interrupted', 'perhaps', detail, { cause: error })
  }
}

function hasJob(out: string, reference: string): boolean {
  return out.split('\n').some((row) => row.startsWith(`${reference} `))
}

/** Why a job left the queue, from what CUPS remembers of it. */
async function requireDone(queue: string, reference: string): Promise<void> {
  const { out } = await ask(queue, reference, ['-l', '-W', 'completed', '-o', queue])
  const rows = out.split('\n')
  const at = rows.findIndex((row) => row.startsWith(`${reference} `))
  const after = at < 0 ? [] : rows.slice(at + 1)
  const end = after.findIndex((row) => !/^\s/.test(row))
  const said = (end < 0 ? after : after.slice(0, end)).map((row) => row.trim()).join(' · ')
  if (/job-completed-successfully/.test(said)) return
  if (/canceled|aborted|errors/.test(said)) throw new PrintFailure('failed', 'perhaps', said)
}

/** Calls a job off in the queue; where that cannot be done, it may still come out. */
async function takeBack(reference: string, failure: PrintFailure): Promise<never> {
  const { code } = await run('cancel', [reference]).catch(() => ({ code: 1 }))
  if (code === 0) throw failure
  throw new PrintFailure(failure.trouble, 'perhaps', failure.message)
}
