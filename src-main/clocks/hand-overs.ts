import { listCaseNames, listOffered } from '../cases/index.ts'
import type { ReadHandle } from '../database/store.ts'
import type { Call } from '../handlers.ts'
import { readStoreTime } from './settings.ts'

/** Open minutes of the store within which a case that was offered is answered: the store's own start value. */
const handOverMinutes = 30

/**
 * Cases offered to somebody and not answered yet, the longest waiting first, with the open minutes they wait. After
 * `handOverMinutes` of them, or where the one asked does not work here any more, an offer is overdue and stands with
 * every manager; the case stays with its owner all the while. Derived when read: nothing runs out at night.
 */
export async function listHandOvers(r: ReadHandle, call: Call) {
  const time = await readStoreTime(r, call)
  const now = call.now().getTime()
  const isManager = call.may('cases.assign')
  const { id } = call.actor
  const offers = (await listOffered(r)).filter(
    ({ from, to, offeredBy }) => isManager || [from.id, to.id, offeredBy.id].includes(id),
  )
  const names = await listCaseNames(r, [...new Set(offers.map(({ caseId }) => caseId))])
  return offers.map(({ id: handOverId, caseId, from, to, offeredAt }) => {
    const waited = time.openBetween(Date.parse(offeredAt), now)
    const waitedMinutes = Math.floor(waited / 60_000)
    const named = names.get(caseId)
    return {
      handOverId,
      caseId,
      number: named?.number ?? `#${caseId}`,
      complaintId: named?.complaintId ?? null,
      text: named?.text ?? '',
      fromName: from.name,
      toName: to.name,
      toActive: to.active,
      isMine: to.id === id,
      offeredAt,
      waitedMinutes,
      overdue: !to.active || waitedMinutes >= handOverMinutes,
    }
  })
}
