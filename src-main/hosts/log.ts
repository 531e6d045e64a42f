import { mkdirSync, renameSync, statSync } from 'node:fs'
import path from 'node:path'
import { type Logger, pino } from 'pino'

/** Writes a host's own event to the log of the desk. */
export type LogEvent = (event: string, details: Record<string, unknown>) => void

/** One old log is kept beside the current one. */
const LARGEST_LOG_BYTES = 5 * 2 ** 20

/** Paths a secret could travel in; the log never keeps them. */
const SECRETS = ['pin', '*.pin', '*.*.pin', 'token', '*.token', 'input.manager.pin']

/** Where the desk of a data folder keeps its log. */
export function logFile(dataDir: string): string {
  return path.join(dataDir, 'logs', 'desk.log')
}

/** Opens the log of a data folder; a folder that cannot be written gets a silent log, its refusal comes later. */
export function openLog(dataDir: string): Logger {
  const file = logFile(dataDir)
  try {
    mkdirSync(path.dirname(file), { recursive: true })
    rotate(file)
    return pino(
      { base: { pid: process.pid }, redact: { paths: SECRETS, censor: '[hidden]' } },
      pino.destination({ dest: file, sync: true }),
    )
  } catch {
    return pino({ enabled: false })
  }
}

function rotate(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (size > LARGEST_LOG_BYTES) renameSync(file, `${file}.1`)
}
