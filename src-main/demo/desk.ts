import type { ContractRouterClient } from '@orpc/contract'
import type { DeskContract } from '../contract.ts'
import type { Store } from '../database/store.ts'

export type DemoClient = ContractRouterClient<DeskContract>

/** An open desk on an empty data folder, with a clock that can be set: what the demo store is made through. */
export interface DemoDesk {
  /** The data folder. */
  dir: string
  store: Store
  /** The desk as the machine's own operator calls it. */
  system: DemoClient
  /** The desk as somebody signed in calls it. */
  signedIn(token: string): DemoClient
  setClock(instant: Date): void
}

/** Something that happened at the desk at its time. */
export interface Happening {
  at: Date
  happens: () => Promise<void>
}

/** Lets everything happen in the order of time, each with the clock standing at its moment. */
export async function letHappen(desk: DemoDesk, happenings: readonly Happening[]): Promise<void> {
  const inOrder = [...happenings].sort((a, b) => a.at.getTime() - b.at.getTime())
  for (const { at, happens } of inOrder) {
    desk.setClock(at)
    await happens()
  }
}
