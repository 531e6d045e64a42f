import { appendAudit, record, verifyChain } from '../audit/index.ts'
import { checkDatabase, writeSnapshot } from '../database/maintenance.ts'
import { businessDateOf, isTimeZone } from '../foundation/business-date.ts'
import { refuse } from '../foundation/errors.ts'
import { command, query, type RoomHandlers, task } from '../handlers.ts'
import { hashPin, insertOperator, refuseWeakPin } from '../staff/index.ts'
import type { settingsContract } from './contract.ts'
import { changeFolders, usualDraftFolder } from './folders.ts'
import { findFolders, findProfile, hasReceipts, insertProfile, updateProfile } from './store.ts'

/** How to enter the demo store; the sign-in screen shows it there and nowhere else. */
export const demoManager = { code: 'M01', pin: '2468' }

export const settingsHandlers: RoomHandlers<typeof settingsContract> = {
  status: query(async (r, call) => {
    const profile = await findProfile(r)
    return {
      setUp: profile !== undefined,
      isDemo: profile?.isDemo ?? false,
      store: profile ?? null,
      businessDate: profile ? businessDateOf(call.now(), profile) : null,
      host: call.host,
      appVersion: call.appVersion,
      demoSignIn: profile?.isDemo ? demoManager : null,
    }
  }),

  setUp: task(async (call, input) => {
    refuseUnknownPlace(input)
    refuseWeakPin(input.manager.pin)
    const pinHash = await hashPin(input.manager.pin)
    const at = call.now().toISOString()
    const done = await call.commit(async (w) => {
      if (await findProfile(w)) refuse('settings.already_set_up')
      const { manager, ...profile } = input
      // Where the desk is worked in English, papers say both: their readers are customers in China.
      const paperLanguage = profile.language === 'en' ? 'bilingual' : 'zh'
      await insertProfile(w, { ...profile, paperLanguage, idleLockMinutes: 10, isDemo: false }, at)
      await insertOperator(w, {
        code: 'SYSTEM',
        name: 'SYSTEM',
        phone: '',
        role: 'system',
        pinHash: null,
        createdAt: at,
      })
      const operatorId = await insertOperator(w, {
        code: manager.code,
        name: manager.name,
        phone: '',
        role: 'store_manager',
        pinHash,
        createdAt: at,
      })
      await appendAudit(w, {
        at,
        actorId: operatorId,
        action: 'settings.set_up',
        subjectType: 'store',
        subjectId: input.name,
        data: { deskNo: input.deskNo, currency: input.currency, timeZone: input.timeZone },
      })
      return { operatorId }
    })
    await call.reloadProfile()
    call.announce('settings', 'staff')
    return done
  }),

  read: query(async (_r, call) => Promise.resolve(call.profile)),

  change: task(async (call, input) => {
    refuseUnknownPlace(input)
    const changed = await call.commit(async (w) => {
      const before = await findProfile(w)
      if (before?.currency !== input.currency && (await hasReceipts(w))) {
        refuse('settings.currency_in_use')
      }
      if (!(await updateProfile(w, input.version, input))) refuse('desk.changed_meanwhile')
      await record(w, call, 'settings.change', { type: 'store', id: input.name }, { before })
      return { version: input.version + 1 }
    })
    await call.reloadProfile()
    call.announce('settings')
    return changed
  }),

  folders: query(async (r, call) => ({
    ...(await findFolders(r)),
    usualDrafts: usualDraftFolder(call),
  })),

  changeFolders: command(['settings', 'head_office'], changeFolders),

  backUp: task(async (call) => {
    const at = call.now()
    const { file, bytes } = await writeSnapshot(call.folder, 'on-demand', at)
    return { file, bytes, at: at.toISOString() }
  }),

  verify: task(async (call) => {
    const database = await checkDatabase(call.folder)
    const chain = await call.store.read((r) => verifyChain(r))
    return {
      ok:
        database.integrity === 'ok' &&
        database.foreignKeyViolations === 0 &&
        database.evidence.missing.length === 0 &&
        database.evidence.changed.length === 0 &&
        chain.brokenAt === null,
      ...database,
      auditEntries: chain.entries,
      auditBrokenAt: chain.brokenAt,
    }
  }),

  changes: task(async (call, _input, signal) => Promise.resolve(call.subscribeToChanges(signal))),
}

function refuseUnknownPlace(input: { timeZone: string; currency: string }): void {
  if (!isTimeZone(input.timeZone))
    refuse('settings.unknown_time_zone', { timeZone: input.timeZone })
  if (!isCurrency(input.currency)) refuse('settings.unknown_currency', { currency: input.currency })
}

function isCurrency(code: string): boolean {
  return Intl.supportedValuesOf('currency').includes(code)
}
