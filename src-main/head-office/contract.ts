import { z } from 'zod'
import { id, instant, line, procedure } from '../foundation/procedure.ts'

/** What the book for head office is made of. */
export const streams = ['ledger', 'case', 'day_close'] as const
export type Stream = (typeof streams)[number]

/** Whether the people of the cases go along: not at all, with name and phone masked, or as they are. */
export const peopleChoices = ['none', 'masked', 'full'] as const
export type PeopleChoice = (typeof peopleChoices)[number]

/** Who it is for; each has its own last place in the book. */
const target = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/)
/** Empty: the folder of the settings. */
const folder = line(500).default('')
const reason = line(200)
const jobId = z.string().max(64)

const madeExport = z.object({
  id,
  target,
  fromSeq: z.int(),
  toSeq: z.int(),
  people: z.enum(peopleChoices),
  folder: z.string(),
  /** Name of the folder with its files. */
  name: z.string(),
  /** Begun and not finished: the next export of this target finishes it first. */
  state: z.enum(['begun', 'finished']),
  begunAt: instant,
  begunBy: z.string(),
  finishedAt: instant.nullable(),
  manifestSha256: z.string().nullable(),
})

const job = z.object({
  jobId: z.string(),
  state: z.enum(['collecting', 'writing', 'done', 'nothing_new', 'failed', 'cancelled']),
  /** Lines: collected so far, then written of how many. */
  done: z.int(),
  total: z.int(),
  /** Why it failed: a key of errors.json. */
  reason: z.string().nullable(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  /** Where the files are, once they are whole. */
  dir: z.string().nullable(),
  manifestSha256: z.string().nullable(),
})
export type ExportJob = z.output<typeof job>

export const headOfficeContract = {
  /** The last exports, newest first, and where the next would go. */
  exports: procedure('settings.change').output(
    z.object({ exports: z.array(madeExport), target, folder: z.string() }),
  ),
  /**
   * Begins the next export of a target: from where its last one ended to now, or first the one that was interrupted.
   * People as they are need a reason, which is written down.
   */
  start: procedure('settings.change')
    .input(
      z.object({
        target: target.default('head-office'),
        folder,
        people: z.enum(peopleChoices).default('masked'),
        reason: reason.default(''),
      }),
    )
    .output(z.object({ jobId })),
  /** Writes a finished export once more: the same bytes but for the people, who are as they are now. */
  again: procedure('settings.change').input(z.object({ id, folder })).output(z.object({ jobId })),
  job: procedure('settings.change').input(z.object({ jobId })).output(job),
  cancel: procedure('settings.change').input(z.object({ jobId })).output(z.object({ jobId })),
}
