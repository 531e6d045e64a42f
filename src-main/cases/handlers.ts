import { record } from '../audit/index.ts'
import { refuse } from '../foundation/errors.ts'
import { command, query, type RoomHandlers } from '../handlers.ts'
import { closingReasons } from './closing.ts'
import type { casesContract } from './contract.ts'
import { listForMe, openFile } from './file.ts'
import {
  addNote,
  answerCall,
  answerOffer,
  callManager,
  offerCase,
  reassignAll,
  reassignCase,
  setSecond,
} from './people.ts'
import { isOverdue } from './rules.ts'
import { momentOf, requireStep, settle } from './service.ts'
import { findPromise, listOpenPromises } from './store.ts'

export const casesHandlers: RoomHandlers<typeof casesContract> = {
  file: query((r, call, input) => openFile(r, call, input.caseId)),

  closingReasons: query(() => {
    const { satisfactionReasons, retentionReasons } = closingReasons()
    return Promise.resolve({ satisfaction: satisfactionReasons, retention: retentionReasons })
  }),

  forMe: query((r, call) => listForMe(r, call)),

  offer: command(['cases'], offerCase),

  answerOffer: command(['cases', 'complaints'], answerOffer),

  reassign: command(['cases', 'complaints'], reassignCase),

  reassignAll: command(['cases', 'complaints'], reassignAll),

  setSecond: command(['cases'], setSecond),

  callManager: command(['cases'], callManager),

  answerCall: command(['cases'], answerCall),

  note: command(['cases', 'complaints'], addNote),

  duePromises: query(async (r, call) => {
    const at = call.now().toISOString()
    const promises = await listOpenPromises(r)
    return promises.map((each) => ({ ...each, overdue: isOverdue(each, at) }))
  }),

  settlePromise: command(['cases', 'complaints'], async (w, call, input) => {
    const moment = momentOf(call)
    const promise = await findPromise(w, input.promiseId)
    if (!promise) refuse('cases.unknown_promise')
    await requireStep(w, promise.caseId, 'settle')
    if (promise.version !== input.version) refuse('desk.changed_meanwhile')
    const state = input.kept ? 'kept' : 'broken'
    await settle(w, moment, promise, state, input.note)
    await record(w, call, 'cases.settle_promise', { type: 'promise', id: promise.id }, { state })
    return { version: promise.version + 1 }
  }),
}
