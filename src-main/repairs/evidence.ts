import { attach, listAttachments } from '../attachments/index.ts'
import type { Moment } from '../cases/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import type { Call } from '../handlers.ts'

/** Attaches kept files to a repair; the label of a photo begins with the item it shows. */
export async function attachAll(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  asked: {
    repair: { id: number; caseId: number }
    files: readonly (string | null)[]
    role: 'photo' | 'signature'
    label: string
  },
): Promise<void> {
  const { repair, role, label } = asked
  for (const sha256 of asked.files) {
    if (sha256 === null) continue
    await attach(w, call, moment, {
      sha256,
      subject: { type: 'repair', id: repair.id },
      caseId: repair.caseId,
      role,
      label,
    })
  }
}

/** Photos of an item say on the ticket which one they show. */
export function itemLabel(position: number): string {
  return `#${position}`
}

/** The photos of each item of a ticket, by the item's position; those taken off are left out. */
export async function photosOf(
  r: ReadHandle,
  repairId: number,
): Promise<(position: number) => string[]> {
  const files = await listAttachments(r, { type: 'repair', id: repairId })
  return (position) =>
    files
      .filter(({ role, voided }) => role === 'photo' && voided === null)
      .filter(({ label }) => label.split(' ')[0] === itemLabel(position))
      .map(({ sha256 }) => sha256)
}
