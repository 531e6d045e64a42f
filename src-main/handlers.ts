import type {
  AnyContractRouter,
  ContractProcedure,
  InferSchemaInput,
  InferSchemaOutput,
} from '@orpc/contract'
import type { Uploads } from './attachments/index.ts'
import type { DataFolder } from './database/folder.ts'
import type { ReadHandle, Store, WriteHandle } from './database/store.ts'
import type { BusinessDate } from './foundation/business-date.ts'
import type { Permission } from './foundation/procedure.ts'
import type { ImportJobs } from './imports/index.ts'
import type { Printing } from './papers/index.ts'
import type { Printers } from './printers/index.ts'
import type { Seals } from './seals/index.ts'
import type { ChangeScope, StoreProfile } from './settings/index.ts'
import type { Operator, Sessions } from './staff/index.ts'

export type HostKind = 'electron' | 'web' | 'cli'

/** What every use case gets beside its input: who asks, when, and the desk's parts. */
export interface Call {
  readonly host: HostKind
  readonly appVersion: string
  readonly now: () => Date
  readonly store: Store
  readonly folder: DataFolder
  readonly printing: Printing
  readonly printers: Printers
  readonly imports: ImportJobs
  readonly uploads: Uploads
  /** Opens a file with the program of this machine for it; absent where the host cannot. */
  readonly openFile?: ((file: string) => Promise<boolean>) | undefined
  readonly sessions: Sessions
  readonly seals: Seals
  /** The signed-in operator. Throws where nobody is: only procedures open to everybody may meet that. */
  readonly actor: Operator
  /** The session's token, empty before sign-in and on the command line. */
  readonly sessionToken: string
  /** Throws a refusal while the desk is not set up. */
  readonly profile: StoreProfile
  /** The business date it is now: every right, term and clock goes by it. */
  readonly today: BusinessDate
  /**
   * The business date that what is written now is booked on: `today`, or the next open one once the desk has closed
   * today (docs/day-close.md).
   */
  readonly bookedOn: BusinessDate
  /**
   * Runs `work` in one write transaction exactly once per request id: a repeated request gets the first one's
   * result. Results are plain JSON.
   */
  commit<T>(work: (w: WriteHandle) => Promise<T>): Promise<T>
  /** Tells every open screen that data of these scopes changed; call it after the write. */
  announce(...scopes: ChangeScope[]): void
  /**
   * Leaves a write for the case that this call ends in a refusal, which rolls everything else back: what must stand
   * all the same, as that somebody tried. Runs in a transaction of its own, after the roll-back.
   */
  whenRefused(scopes: readonly ChangeScope[], work: (w: WriteHandle) => Promise<void>): void
  /** Rereads the store profile after it was written. */
  reloadProfile(): Promise<void>
  /** Rereads which days are closed after one was closed or reopened. */
  reloadClosedDays(): Promise<void>
  may(permission: Permission): boolean
  subscribeToChanges(
    signal?: AbortSignal,
  ): AsyncIteratorObject<{ scopes: ChangeScope[] }, unknown, void>
}

/** A use case behind one procedure of a contract. */
export type Handler<Input, Output> =
  | {
      kind: 'query'
      run: (r: ReadHandle, call: Call, input: Input) => Promise<Output>
    }
  | {
      kind: 'command'
      scopes: readonly ChangeScope[]
      run: (w: WriteHandle, call: Call, input: Input) => Promise<Output>
    }
  | {
      kind: 'task'
      run: (call: Call, input: Input, signal?: AbortSignal) => Promise<Output>
    }

/** Reads in one snapshot. */
export function query<Input, Output>(
  run: (r: ReadHandle, call: Call, input: Input) => Promise<Output>,
): Handler<Input, Output> {
  return { kind: 'query', run }
}

/** Writes in one transaction, exactly once per request id, and announces `scopes` when it is committed. */
export function command<Input, Output>(
  scopes: readonly ChangeScope[],
  run: (w: WriteHandle, call: Call, input: Input) => Promise<Output>,
): Handler<Input, Output> {
  return { kind: 'command', scopes, run }
}

/** Long or outside the database; opens its own units of work through `call.store` and `call.commit`. */
export function task<Input, Output>(
  run: (call: Call, input: Input, signal?: AbortSignal) => Promise<Output>,
): Handler<Input, Output> {
  return { kind: 'task', run }
}

/** One handler for each procedure of a room's contract. */
export type RoomHandlers<Contract extends AnyContractRouter> = {
  [Name in keyof Contract]: Contract[Name] extends ContractProcedure<
    infer Input,
    infer Output,
    infer _Errors,
    infer _Meta
  >
    ? Handler<InferSchemaOutput<Input>, InferSchemaInput<Output>>
    : never
}
