import type { ClientLink } from '@orpc/client'
import { createORPCClient, ORPCError } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import type { DeskContract } from '../../src-main/contract.ts'

/** Headers that every page of the desk sends with a call. */
export interface CallHeaders {
  requestId?: string
}

export type CallingClient = ContractRouterClient<DeskContract, CallHeaders>

/** A session of one caller: the token it signed in with travels with each call. */
export class Caller {
  token = ''

  /** What a transport's link is to be given as `headers`. */
  readonly headers = ({ context }: { context: CallHeaders }): Record<string, string> => ({
    ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
    ...(context.requestId ? { 'x-request-id': context.requestId } : {}),
  })

  client(link: ClientLink<CallHeaders>): CallingClient {
    return createORPCClient(link)
  }
}

/** What a caller sees of a call: the answer, the refusal, or the error. Plain JSON, files by type and size. */
export type Seen = { answer: unknown } | { error: { code: string; status: number; data: unknown } }

/** Makes a call and writes down what came of it. */
export async function see(call: Promise<unknown>): Promise<Seen> {
  try {
    return { answer: await plain(await call) }
  } catch (error) {
    if (!(error instanceof ORPCError)) throw error
    return { error: { code: error.code, status: error.status, data: await plain(error.data) } }
  }
}

async function plain(value: unknown): Promise<unknown> {
  if (value instanceof Blob) return { file: value.type, bytes: await digest(value) }
  if (Array.isArray(value)) return Promise.all(value.map(plain))
  if (typeof value !== 'object' || value === null) return value
  const entries = await Promise.all(
    Object.entries(value).map(async ([key, inner]) => [key, await plain(inner)] as const),
  )
  return Object.fromEntries(entries)
}

async function digest(blob: Blob): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer())
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
