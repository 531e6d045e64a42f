import { randomUUID } from 'node:crypto'
import { createRouterClient } from '@orpc/server'
import type { ContractRouterClient } from '@orpc/contract'
import type { DeskContract } from '../../contract.ts'
import { type HostedDesk, type HostedDeskOptions, openHostedDesk } from '../open.ts'
import { type Language, systemLanguage } from '../words.ts'

/** The desk as the command line calls it. */
export type DeskClient = ContractRouterClient<DeskContract>

export interface CliSession {
  client: DeskClient
  desk: HostedDesk
  language: Language
  currency: string
  close(): Promise<void>
}

/** Opens a data folder for one command, as the machine's own operator. Refuses like `openDesk`. */
export async function openSession(
  dataDir: string,
  options: HostedDeskOptions,
): Promise<CliSession> {
  const desk = await openHostedDesk(dataDir, 'cli', options)
  try {
    const client: DeskClient = createRouterClient(desk.router, {
      context: () => ({ trusted: true, requestId: randomUUID() }),
    })
    const { store } = await client.settings.status()
    return {
      client,
      desk,
      language: store?.language ?? systemLanguage(),
      currency: store?.currency ?? 'CNY',
      close: () => desk.close(),
    }
  } catch (error) {
    await desk.close()
    throw error
  }
}
