import type { StateMachine } from '../foundation/state-machine.ts'

export type JobState =
  | 'queued'
  | 'sending'
  | 'sent'
  | 'unknown'
  | 'failed'
  | 'confirmed'
  | 'cancelled'

export type JobAction =
  | 'send'
  | 'wait'
  | 'deliver'
  | 'save'
  | 'lose'
  | 'fail'
  | 'expire'
  | 'retry'
  | 'move'
  | 'came_out'
  | 'did_not_come_out'
  | 'cancel'

/**
 * One paper on its way to a printer (design.md §6). What a printer may have taken is never sent again by itself: only
 * a person who looked at the printer can say that nothing came out.
 */
export const printJobMachine: StateMachine<JobState, JobAction> = {
  initial: 'queued',
  states: ['queued', 'sending', 'sent', 'unknown', 'failed', 'confirmed', 'cancelled'],
  transitions: [
    { from: 'queued', action: 'send', to: 'sending', needs: ['the lane of its printer is free'] },
    { from: 'queued', action: 'fail', to: 'failed', needs: ['its file is gone'] },
    { from: 'queued', action: 'expire', to: 'failed', needs: ['it waited too long'] },
    { from: 'queued', action: 'move', to: 'queued', needs: ['another printer'] },
    { from: 'queued', action: 'cancel', to: 'cancelled' },
    {
      from: 'sending',
      action: 'wait',
      to: 'queued',
      needs: ['nothing reached the printer', 'the trouble passes by itself'],
    },
    { from: 'sending', action: 'fail', to: 'failed', needs: ['nothing reached the printer'] },
    { from: 'sending', action: 'lose', to: 'unknown', needs: ['a part may have come out'] },
    { from: 'sending', action: 'deliver', to: 'sent', needs: ['the printer took all of it'] },
    { from: 'sending', action: 'save', to: 'confirmed', needs: ['the file is there'] },
    { from: 'sent', action: 'came_out', to: 'confirmed', needs: ['somebody looked'] },
    { from: 'sent', action: 'did_not_come_out', to: 'failed', needs: ['somebody looked'] },
    { from: 'unknown', action: 'came_out', to: 'confirmed', needs: ['somebody looked'] },
    { from: 'unknown', action: 'did_not_come_out', to: 'failed', needs: ['somebody looked'] },
    { from: 'failed', action: 'retry', to: 'queued', needs: ['its file'] },
    { from: 'failed', action: 'move', to: 'queued', needs: ['its file', 'another printer'] },
    { from: 'failed', action: 'cancel', to: 'cancelled' },
  ],
}

/** Troubles of a printer that pass by themselves once somebody has seen to it: its papers wait for it. */
const passingTroubles: ReadonlySet<string> = new Set([
  'unreachable',
  'stopped',
  'paper_out',
  'cover_open',
])

/**
 * What becomes of a job whose work was not delivered: it waits only where nothing can have come out and the trouble
 * passes; where something may have come out a person is asked.
 */
export function actionAfterFailure(trouble: string, reached: 'nothing' | 'perhaps'): JobAction {
  if (reached === 'perhaps') return 'lose'
  return passingTroubles.has(trouble) ? 'wait' : 'fail'
}

/** Before which instant a job must have been queued to be too old now: a printer that was off prints no flood. */
export function expiryInstant(now: Date, expiryMinutes: number): string {
  return new Date(now.getTime() - expiryMinutes * 60_000).toISOString()
}

/** How long a paper waits for its printer before a person is asked, unless the store sets something else. */
export const usualExpiryMinutes = 240

const dayMs = 86_400_000

/** How long the file of a job is kept that nobody has seen to, and of one that was sent. */
export const keptDays = { open: 7, sent: 1 } as const

/** Files of jobs whose last step lies before these instants are cleared away. */
export function clearingInstants(now: Date): { open: string; sent: string } {
  const before = (days: number): string => new Date(now.getTime() - days * dayMs).toISOString()
  return { open: before(keptDays.open), sent: before(keptDays.sent) }
}

/** Host and port of a network printer as typed: `192.168.1.50` or `192.168.1.50:9100`; null where it is none. */
export function readAddress(text: string): { host: string; port: number } | null {
  const parts = /^\[?([A-Za-z0-9.:-]+?)\]?(?::(\d{1,5}))?$/.exec(text.trim())
  const [, host = '', portText] = parts ?? []
  const port = portText === undefined ? rawPort : Number(portText)
  const isPort = port >= 1 && port <= 65_535
  return host !== '' && isPort ? { host, port } : null
}

/** Where receipt printers listen. */
const rawPort = 9100

/** What the queue of a printer must be called for the system's commands: no option, no path, no white space. */
export function isQueueName(name: string): boolean {
  return /^[^\s/\\#?'"<>|&;`$-][^\s/\\#?'"<>|&;`$]{0,126}$/u.test(name)
}

/** A tray as the system names it, `InputSlot=Tray1`; empty for the printer's own choice. */
export function isMediaSource(text: string): boolean {
  return text === '' || /^[A-Za-z][A-Za-z0-9-]{0,40}=[A-Za-z0-9._-]{1,80}$/.test(text)
}
