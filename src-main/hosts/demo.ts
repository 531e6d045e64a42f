import { randomUUID } from 'node:crypto'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createRouterClient } from '@orpc/server'
import type { Logger } from 'pino'
import { createDemoStore, type DemoDesk, type DemoOptions } from '../demo/index.ts'
import { type CallContext, openDesk } from '../desk.ts'
import { refuse } from '../foundation/errors.ts'
import type { HostKind } from '../handlers.ts'

interface DemoConfig {
  dataDir: string
  host: HostKind
  appVersion: string
  log: Logger
}

/** Stands in the data folder while the demo store is being made. */
const unfinishedMark = 'demo.unfinished'

/**
 * Sees to it that a data folder holds the demo store: makes it in an empty folder, makes it again where that was
 * interrupted, leaves one that is there as it is. Refuses with `demo.folder_has_store` where a real store is, and
 * like `openDesk`.
 *
 * @returns true when it was made now
 */
export async function ensureDemoStore(
  config: DemoConfig,
  options: DemoOptions = {},
): Promise<boolean> {
  const mark = path.join(config.dataDir, unfinishedMark)
  if (existsSync(mark)) await removeUnfinished(config)
  let clock: Date | undefined
  const desk = await openDesk({ ...config, now: () => clock ?? new Date() })
  try {
    const clientOf = (context: () => Partial<CallContext>) =>
      createRouterClient(desk.router, {
        context: () => ({ ...context(), requestId: randomUUID() }),
      }) as DemoDesk['system']
    const system = clientOf(() => ({ trusted: true }))
    const { setUp, isDemo } = await system.settings.status()
    if (setUp && isDemo) return false
    if (setUp) refuse('demo.folder_has_store', { dir: config.dataDir })
    writeFileSync(mark, '')
    const parts: DemoDesk = {
      dir: desk.folder.dir,
      store: desk.folder.store,
      system,
      signedIn: (token) =>
        clientOf(() => ({ reqHeaders: new Headers({ authorization: `Bearer ${token}` }) })),
      setClock: (instant) => {
        clock = instant
      },
    }
    await createDemoStore(parts, options)
    rmSync(mark)
    return true
  } finally {
    await desk.close()
  }
}

/** Takes away a demo store that was never finished, once nobody else has the folder. */
async function removeUnfinished(config: DemoConfig): Promise<void> {
  const desk = await openDesk(config)
  const { databaseFile } = desk.folder
  await desk.close()
  for (const suffix of ['', '-wal', '-shm']) rmSync(databaseFile + suffix, { force: true })
}
