import path from 'node:path'
import { restoreBackup } from '../../database/restore.ts'
import { say } from '../words.ts'
import { type Outcome, verify } from './commands.ts'
import { openSession } from './session.ts'

/** Puts a backup into an empty folder, opens it as the store it now is, and verifies it file by file. */
export async function restore(snapshot: string, dir: string): Promise<Outcome> {
  const file = path.resolve(snapshot)
  restoreBackup(file, dir)
  const session = await openSession(dir, { demo: false })
  try {
    const verified = await verify(session)
    return {
      ok: verified.ok,
      data: { file, dir, ...verified.data },
      lines: [
        say(session.language, 'cli.restore.done', { file, dir }),
        ...verified.lines,
        say(session.language, 'cli.restore.since'),
      ],
    }
  } finally {
    await session.close()
  }
}
