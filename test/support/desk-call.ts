import type { Call } from '../../src-main/handlers.ts'

/** A call as a use case gets it, for tests that stand inside a write: who asks, when, and in which store. */
export function callAt(now: string, actorId: number): Call {
  const profile = {
    deskNo: '0312',
    currency: 'CNY',
    province: '广东省',
    language: 'zh-CN',
    timeZone: 'Asia/Shanghai',
    cutoffMinutes: 240,
  }
  return {
    actor: { id: actorId, role: 'store_manager' },
    now: () => new Date(now),
    today: now.slice(0, 10),
    bookedOn: now.slice(0, 10),
    profile,
  } as Call
}
