import os from 'node:os'
import path from 'node:path'

/** Name of the data folder below the place where the operating system keeps application data. */
const FOLDER = 'goodwill-desk'
const DEMO_FOLDER = 'goodwill-desk-demo'

export interface DataFolderChoice {
  /** `--data DIR`. */
  data?: string | undefined
  /** `--demo`: the demonstration store never shares a folder with the real one. */
  demo?: boolean | undefined
}

/**
 * The data folder of this run: `--data`, else `GOODWILL_DATA`, else the operating system's place for
 * application data. All three hosts ask here, so they find the same store.
 */
export function chooseDataFolder(
  choice: DataFolderChoice,
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const given = choice.data ?? env['GOODWILL_DATA']
  if (given) return path.resolve(given)
  return path.join(applicationData(env, platform), choice.demo ? DEMO_FOLDER : FOLDER)
}

function applicationData(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const home = os.homedir()
  if (platform === 'win32') return env['APPDATA'] ?? path.join(home, 'AppData', 'Roaming')
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support')
  return env['XDG_CONFIG_HOME'] ?? path.join(home, '.config')
}
