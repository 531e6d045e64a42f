import { z } from 'zod'
import { id, instant, line, procedure, version } from '../foundation/procedure.ts'

export const printerKinds = ['system', 'escpos', 'folder', 'pdf'] as const

/** Sizes of paper there are routes for. */
export const paperFormats = ['80mm', '58mm', '70x50', 'A6', 'A5', 'A4', '241mm'] as const

/** In a route: whichever paper. */
export const anyDocument = '*'

const document = z.string().regex(/^(\*|[a-z][a-z_]{0,60})$/)
const format = z.string().regex(/^[A-Za-z0-9x]{1,20}$/)
const kind = z.enum(printerKinds)
const sides = z.enum(['one', 'long_edge', 'short_edge'])
/** Tenths of a millimetre, to the right and down. */
const offset = z.int().min(-300).max(300)

/** What a kind of printer has to be told besides its address: code page, columns, cutter. */
const options = z.record(z.string().max(40), z.union([z.string().max(80), z.int(), z.boolean()]))

const address = z.object({
  name: line(60).min(1),
  kind,
  /** The queue's name, `host:port`, or a folder. */
  target: line(300).min(1),
  options,
})

export const jobStates = [
  'queued',
  'sending',
  'sent',
  'unknown',
  'failed',
  'confirmed',
  'cancelled',
] as const

const condition = z.object({
  state: z.enum(['ready', 'busy', 'stopped', 'paper_out', 'cover_open', 'unreachable', 'unknown']),
  detail: z.string(),
})

const job = z.object({
  id,
  printerId: id,
  printerName: z.string(),
  document: z.string(),
  subject: z.string(),
  format: z.string(),
  copyNo: z.int(),
  copies: z.int(),
  pages: z.int(),
  state: z.enum(jobStates),
  /** Why it is not out; a key of `printers.json`. */
  trouble: z.string().nullable(),
  /** What the printer or the system said. */
  detail: z.string(),
  attempts: z.int(),
  /** What the system's queue calls it, or the file that was written. */
  reference: z.string().nullable(),
  createdAt: instant,
  createdBy: z.string(),
  changedAt: instant,
  /** Whether its pages are still there to be sent again. */
  hasFile: z.boolean(),
})

/** Jobs by what they wait for. */
export const jobViews = ['open', 'all'] as const

const jobIds = z.array(id).min(1).max(1_000)

const route = z.object({
  document,
  format,
  /** Null: the system's print dialog asks each time. */
  printerId: id.nullable(),
  copies: z.int().min(1).max(9),
  offsetX: offset,
  offsetY: offset,
  /** As the system names a tray; empty for the printer's own choice. */
  mediaSource: line(120),
  sides,
})

export const printersContract = {
  /** Printers of this desk and how their lanes stand. */
  list: procedure('signed_in').output(
    z.array(
      address.extend({
        id,
        version,
        waiting: z.int(),
        sending: z.int(),
        /** Jobs that wait for a person. */
        asking: z.int(),
        /** What holds the lane up; null while it runs. */
        trouble: z.string().nullable(),
        detail: z.string(),
        /** When it is tried again by itself. */
        nextTryAt: instant.nullable(),
      }),
    ),
  ),
  /** For the line above every screen. */
  summary: procedure('signed_in').output(
    z.object({
      printers: z.int(),
      waiting: z.int(),
      asking: z.int(),
      /** Name of a printer whose lane is held up. */
      held: z.string().nullable(),
      heldBy: z.string().nullable(),
    }),
  ),
  /** What the system knows of printers; `via` says who was asked. */
  discover: procedure('settings.change').output(
    z.object({
      via: z.enum(['cups', 'host', 'none']),
      found: z.array(
        z.object({
          name: z.string(),
          description: z.string(),
          isDefault: z.boolean(),
          state: condition.shape.state,
        }),
      ),
    }),
  ),
  /** Tries an address or a queue before it is added; prints nothing. */
  probe: procedure('settings.change')
    .input(address.omit({ name: true }))
    .output(condition),
  /** How a printer is now; prints nothing. */
  look: procedure('signed_in')
    .input(z.object({ printerId: id }))
    .output(condition),
  /** Trays of a system printer, as `route.mediaSource` names them. */
  trays: procedure('settings.change')
    .input(z.object({ printerId: id }))
    .output(z.array(z.object({ value: z.string(), name: z.string(), isDefault: z.boolean() }))),
  add: procedure('settings.change')
    .input(address)
    .output(z.object({ printerId: id })),
  change: procedure('settings.change')
    .input(address.omit({ kind: true }).extend({ printerId: id, version }))
    .output(z.object({ version })),
  /** Takes a printer out of use: its routes ask again, what waits for it is called off. */
  retire: procedure('settings.change')
    .input(z.object({ printerId: id, version }))
    .output(z.object({ cancelled: z.int() })),
  /** A page with marks to measure by, or the lines by which a code page is found. */
  testPage: procedure('papers.print')
    .input(z.object({ printerId: id, format, what: z.enum(['marks', 'code_pages']) }))
    .output(z.object({ jobId: id })),
  routes: procedure('signed_in').output(z.array(route.extend({ version }))),
  /** `version` 0 for a route there is not yet. */
  setRoute: procedure('settings.change')
    .input(route.extend({ version: z.int().min(0) }))
    .output(z.object({ version })),
  dropRoute: procedure('settings.change')
    .input(z.object({ document, format, version }))
    .output(z.object({})),
  settings: procedure('signed_in').output(
    z.object({ expiryMinutes: z.int(), version: z.int().min(0) }),
  ),
  changeSettings: procedure('settings.change')
    .input(z.object({ expiryMinutes: z.int().min(5).max(2_880), version: z.int().min(0) }))
    .output(z.object({ version })),
  /** The newest first; at most 200, with how many there are. */
  jobs: procedure('signed_in')
    .input(z.object({ view: z.enum(jobViews), printerId: id.optional() }))
    .output(z.object({ jobs: z.array(job), total: z.int() })),
  /** What happened to a job, oldest first. */
  history: procedure('signed_in')
    .input(z.object({ jobId: id }))
    .output(
      z.array(
        z.object({
          at: instant,
          by: z.string().nullable(),
          action: z.string(),
          state: z.enum(jobStates),
          trouble: z.string().nullable(),
          detail: z.string(),
          printerName: z.string(),
        }),
      ),
    ),
  /** The pages of a job, to look at or to print by hand. */
  file: procedure('papers.print')
    .input(z.object({ jobId: id }))
    .output(z.object({ fileName: z.string(), pdf: z.instanceof(Blob) })),
  /** Sends failed jobs again, to another printer where one is named; waiting ones only move. */
  retry: procedure('papers.print')
    .input(z.object({ jobIds, printerId: id.optional() }))
    .output(z.object({ queued: z.int() })),
  /** Calls jobs off that have not come out; one that is being sent is stopped, and asked about. */
  cancel: procedure('papers.print')
    .input(z.object({ jobIds }))
    .output(z.object({ cancelled: z.int() })),
  /** What somebody saw at the printer. */
  answer: procedure('papers.print')
    .input(z.object({ jobIds, cameOut: z.boolean() }))
    .output(z.object({ answered: z.int() })),
  /** Tries a held-up printer at once. */
  tryNow: procedure('papers.print')
    .input(z.object({ printerId: id }))
    .output(z.object({})),
}
