import { z } from 'zod'
import shippedData from '../../resources/complaints/guides.json' with { type: 'json' }
import { record } from '../audit/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import type { Call } from '../handlers.ts'
import { type guideBody, type GuideSubject, guideSubjects } from './contract.ts'
import { insertGuide, listGuideVersions, listNewestGuides } from './guide-store.ts'

type Body = z.output<typeof guideBody>

const shipped = z
  .record(z.enum(guideSubjects), z.custom<Body>())
  .parse(shippedData) satisfies Record<GuideSubject, Body>

/** What helps with each class and kind now: as the store wrote it last, else as the program brings it. */
export async function readGuides(r: ReadHandle) {
  const written = await listNewestGuides(r)
  return guideSubjects.map((subject) => {
    const own = written.get(subject)
    const { version = 0, writtenAt = null, writtenBy = null } = own ?? {}
    return { subject, body: own?.body ?? shipped[subject], version, writtenAt, writtenBy }
  })
}

/** Every version of a guide, the newest first, and last the one that came with the program. */
export async function readVersions(r: ReadHandle, subject: GuideSubject) {
  const own = await listGuideVersions(r, subject)
  const first = { version: 0, body: shipped[subject], note: '', writtenAt: null, writtenBy: null }
  return [...own, first]
}

/** Writes a new version; the old ones stay readable. */
export async function writeGuide(
  w: WriteHandle,
  call: Call,
  input: { subject: GuideSubject; body: Body; note: string; version: number },
) {
  const { subject, body, note } = input
  const newest = (await listGuideVersions(w, subject))[0]?.version ?? 0
  if (newest !== input.version) refuse('desk.changed_meanwhile')
  const at = call.now().toISOString()
  const version = await insertGuide(w, { subject, body, note, at, by: call.actor.id })
  await record(w, call, 'complaints.write_guide', { type: 'guide', id: subject }, { version, note })
  return { version }
}
