import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { ContractRouterClient } from '@orpc/contract'
import { createRouterClient } from '@orpc/server'
import { pino } from 'pino'
import type { DeskContract } from '../../src-main/contract.ts'
import { type Desk, openDesk } from '../../src-main/desk.ts'
import { ensureDemoStore } from '../../src-main/hosts/demo.ts'

export const demoDay = '2026-11-20'

const log = pino({ level: 'silent' })

export interface DemoRun {
  dir: string
  remove: () => void
}

/** A data folder with a demo store that stands at `demoDay`, three in the afternoon. */
export async function makeDemoStore(seed?: number): Promise<DemoRun> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'goodwill-demo-'))
  await ensureDemo(dir, seed)
  return { dir, remove: () => rmSync(dir, { recursive: true }) }
}

export function ensureDemo(dir: string, seed?: number): Promise<boolean> {
  return ensureDemoStore(
    { dataDir: dir, host: 'cli', appVersion: '0.0.0', log },
    { today: demoDay, ...(seed === undefined ? {} : { seed }) },
  )
}

export interface OpenDesk {
  desk: Desk
  client: ContractRouterClient<DeskContract>
}

/** The desk on a folder, called as the machine's own operator, with the clock at `demoDay`. */
export async function openAsSystem(dir: string): Promise<OpenDesk> {
  const now = () => new Date(`${demoDay}T07:30:00.000Z`)
  const desk = await openDesk({ dataDir: dir, host: 'cli', appVersion: '0.0.0', log, now })
  const client: OpenDesk['client'] = createRouterClient(desk.router, {
    context: () => ({ trusted: true, requestId: randomUUID() }),
  })
  return { desk, client }
}
