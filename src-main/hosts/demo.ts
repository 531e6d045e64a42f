import { randomUUID } from 'node:crypto'
import { createRouterClient } from '@orpc/server'
import type { Logger } from 'pino'
import { createDemoStore, type DemoDesk, type DemoOptions } from '../demo/index.ts'
import { openDesk } from '../desk.ts'
import { refuse } from '../foundation/errors.ts'
import type { HostKind } from '../handlers.ts'

/**
 * Sees to it that a data folder holds the demo store: makes it in an empty folder, leaves one that is there as it is.
 * Refuses with `demo.folder_has_store` where a real store is, and like `openDesk`.
 *
 * @returns true when it was made now
 */
export async function ensureDemoStore(
  config: { dataDir: string; host: HostKind; appVersion: string; log: Logger },
  options: DemoOptions = {},
): Promise<boolean> {
  let clock: Date | undefined
  const desk = await openDesk({ ...config, now: () => clock ?? new Date() })
  try {
    const system = createRouterClient(desk.router, {
      context: () => ({ trusted: true, requestId: randomUUID() }),
    }) as DemoDesk['system']
    const { setUp, isDemo } = await system.settings.status()
    if (setUp && isDemo) return false
    if (setUp) refuse('demo.folder_has_store', { dir: config.dataDir })
    await createDemoStore(
      {
        dir: desk.folder.dir,
        store: desk.folder.store,
        system,
        signedIn: (token) =>
          createRouterClient(desk.router, {
            context: () => ({
              requestId: randomUUID(),
              reqHeaders: new Headers({ authorization: `Bearer ${token}` }),
            }),
          }) as DemoDesk['system'],
        setClock: (instant) => {
          clock = instant
        },
      },
      options,
    )
    return true
  } finally {
    await desk.close()
  }
}
