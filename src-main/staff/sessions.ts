import { randomBytes } from 'node:crypto'

/** A sign-in of one operator on one screen; it ends with the process, at sign-out or after a working day. */
interface Session {
  operatorId: number
  locked: boolean
  opensUntil: number
}

const longestSessionMs = 14 * 3_600_000

/** Who is signed in. Kept in memory only: a stolen data folder holds no way in. */
export class Sessions {
  readonly #sessions = new Map<string, Session>()

  open(operatorId: number, now: Date): string {
    const token = randomBytes(24).toString('base64url')
    this.#sessions.set(token, {
      operatorId,
      locked: false,
      opensUntil: now.getTime() + longestSessionMs,
    })
    return token
  }

  find(token: string, now: Date): Session | undefined {
    const session = this.#sessions.get(token)
    if (session && session.opensUntil > now.getTime()) return session
    this.#sessions.delete(token)
    return undefined
  }

  setLocked(token: string, locked: boolean): void {
    const session = this.#sessions.get(token)
    if (session) session.locked = locked
  }

  close(token: string): void {
    this.#sessions.delete(token)
  }

  /** Ends every session of an operator, as when they are deactivated or get a new PIN. */
  closeAllOf(operatorId: number): void {
    for (const [token, session] of this.#sessions) {
      if (session.operatorId === operatorId) this.#sessions.delete(token)
    }
  }
}
