import { execFileSync, spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { makeTempFolder } from './hosted-desk.ts'

const program = '/usr/sbin/cupsd'
const driver = '/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd'
/** Where cups-pdf puts the papers of people the system does not know. */
const outDir = '/var/spool/cups-pdf/ANONYMOUS'

/** Why there can be no CUPS of the test's own here; empty where there can. */
export const noCups = whyNoCups()

function whyNoCups(): string {
  if (process.getuid?.() !== 0) return 'cups-pdf prints for root only'
  if (!existsSync(program) || spawnSync('lpstat', ['-v']).error) return 'no cupsd here'
  return existsSync(driver) && existsSync(outDir) ? '' : 'no cups-pdf here'
}

/** A CUPS of the test's own: other folders, other socket; the system's is not touched. */
export interface PrivateCups {
  /** Adds a queue with the real cups-pdf behind it. */
  addPdfQueue(name: string): void
  /** Adds a queue whose printer is at a device address. */
  addQueue(name: string, device: string): void
  /** Runs a command of CUPS against it. */
  run(command: string, ...args: readonly string[]): string
  /** Waits for the paper of this title; it is read and taken away. */
  paper(title: string): Promise<Uint8Array>
  /** Papers that came out under titles that begin so. */
  count(title: string): number
  close(): Promise<void>
}

/** Someone no system has, so that papers land in a folder that any test can read. */
const user = `goodwill-test-${process.pid}`

/** Starts it and points this process's commands of CUPS at it. */
export async function openPrivateCups(): Promise<PrivateCups> {
  const folder = makeTempFolder('cups')
  const at = (...parts: string[]): string => path.join(folder.dir, ...parts)
  // Its filters run as somebody else and must get in.
  chmodSync(folder.dir, 0o755)
  for (const dir of ['etc/ppd', 'spool/tmp', 'cache', 'state', 'log']) {
    mkdirSync(at(dir), { recursive: true })
  }
  const socket = at('cups.sock')
  writeFileSync(at('etc', 'cups-files.conf'), filesOf(at))
  writeFileSync(at('etc', 'cupsd.conf'), settingsOf(socket))
  const before = { server: process.env['CUPS_SERVER'], user: process.env['CUPS_USER'] }
  process.env['CUPS_SERVER'] = socket
  process.env['CUPS_USER'] = user
  const server = spawn(
    program,
    ['-f', '-c', at('etc', 'cupsd.conf'), '-s', at('etc', 'cups-files.conf')],
    { stdio: 'ignore' },
  )
  const run = (command: string, ...args: readonly string[]): string =>
    execFileSync(command, args, {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  for (let tries = 0; !existsSync(socket) || !run('lpstat', '-r').includes('is running');) {
    if (++tries > 200) throw new Error(readFileSync(at('log', 'error_log'), 'utf8'))
    await sleep(50)
  }
  const papersOf = (title: string): string[] =>
    readdirSync(outDir).filter((name) => name.startsWith(title))
  return {
    addPdfQueue: (name) => void run('lpadmin', '-p', name, '-E', '-v', 'cups-pdf:/', '-P', driver),
    addQueue: (name, device) => void run('lpadmin', '-p', name, '-E', '-v', device, '-m', 'raw'),
    run,
    paper: async (title) => {
      for (let tries = 0; tries < 400; tries += 1) {
        const [name] = papersOf(title)
        // cups-pdf gives a paper its name before all of it is written.
        if (name) {
          const bytes = readFileSync(path.join(outDir, name))
          if (bytes.subarray(-8).toString('latin1').includes('%%EOF')) {
            rmSync(path.join(outDir, name))
            return new Uint8Array(bytes)
          }
        }
        await sleep(50)
      }
      throw new Error(`no paper ${title}`)
    },
    count: (title) => papersOf(title).length,
    close: async () => {
      const ended = new Promise((resolve) => server.once('close', resolve))
      server.kill()
      await ended
      restore('CUPS_SERVER', before.server)
      restore('CUPS_USER', before.user)
      folder.remove()
    },
  }
}

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name]
  else process.env[name] = value
}

function filesOf(at: (...parts: string[]) => string): string {
  return `SystemGroup root
ServerRoot ${at('etc')}
RequestRoot ${at('spool')}
TempDir ${at('spool', 'tmp')}
CacheDir ${at('cache')}
StateDir ${at('state')}
AccessLog ${at('log', 'access_log')}
ErrorLog ${at('log', 'error_log')}
PageLog ${at('log', 'page_log')}
ServerBin /usr/lib/cups
DataDir /usr/share/cups
Printcap
Sandboxing relaxed
`
}

function settingsOf(socket: string): string {
  const everybody = '  Order allow,deny\n  Allow all\n'
  return `LogLevel warn
Listen ${socket}
Browsing Off
DefaultAuthType None
WebInterface No
PreserveJobHistory Yes
<Location />
${everybody}</Location>
<Location /admin>
${everybody}</Location>
<Policy default>
<Limit All>
  Order deny,allow
  Allow all
</Limit>
</Policy>
`
}
