import { enableCompileCache } from 'node:module'
import { ORPCError } from '@orpc/client'
import { isRefusal, type RefusalParams } from '../../foundation/errors.ts'
import { chooseDataFolder } from '../data-folder.ts'
import { type Language, say, sayRefusal, systemLanguage } from '../words.ts'
import { COMMANDS, type Outcome, readNumber } from './commands.ts'
import {
  type Arguments,
  type CommandSpec,
  formatCommandHelp,
  formatHelp,
  formatUsage,
  readArguments,
  UsageError,
} from './usage.ts'

const DONE = 0
const REFUSED = 1
const WRONG_USAGE = 2

const SERVE: CommandSpec = { name: 'serve', words: [], options: [{ name: 'port', value: 'N' }] }
const RESTORE: CommandSpec = {
  name: 'restore',
  words: ['BACKUP'],
  // Always named: a backup never goes into a folder somebody did not think of.
  options: [{ name: 'data', value: 'NEW_FOLDER', required: true, help: 'restoreData' }],
}
const VERIFY_CARD: CommandSpec = {
  name: 'verify-card',
  words: ['TEXT'],
  options: [{ name: 'keys', value: 'DIR' }],
  exits: 'cli.verifyCard.exit',
}
const SPECS: readonly CommandSpec[] = [...COMMANDS, VERIFY_CARD, RESTORE, SERVE]

// Halves the time until a command starts; everything large is loaded after this.
enableCompileCache()

/** Becomes the store's language as soon as its store is open. */
let language: Language = systemLanguage()
/** The data folder of this run, as soon as it is chosen. */
let usedFolder = ''
const argv = process.argv.slice(2)
const asJson = argv.includes('--json')

process.exitCode = await main(argv)

async function main([name, ...rest]: string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === 'help') {
    console.log(formatHelp(SPECS, language))
    return name === undefined ? WRONG_USAGE : DONE
  }
  const spec = SPECS.find((known) => known.name === name)
  try {
    if (!spec) throw new UsageError('unknown', { name })
    const args = readArguments(spec, rest)
    if (args.help) {
      console.log(formatCommandHelp(spec, language))
      return DONE
    }
    return tell(await run(spec, args))
  } catch (error) {
    return tellFailure(error, spec)
  }
}

async function run(spec: CommandSpec, args: Arguments): Promise<Outcome> {
  if (spec === RESTORE) return putBack(args)
  if (spec === VERIFY_CARD) return checkCard(args)
  const command = COMMANDS.find((known) => known.name === spec.name)
  const dataDir = chooseDataFolder({ data: args.data, demo: command?.makesDemo })
  usedFolder = dataDir
  if (!command) return serve(dataDir, args)
  const runCommand = command.prepare(args)
  // Loaded only now: help and wrong usage answer without the whole desk.
  const { openSession } = await import('./session.ts')
  const session = await openSession(dataDir, { demo: command.makesDemo ?? false })
  try {
    language = session.language
    // Progress goes to the error stream, so that standard output holds the answer alone.
    return await runCommand(session, (line) => asJson || console.error(line))
  } finally {
    await session.close()
  }
}

async function putBack({ words, data }: Arguments): Promise<Outcome> {
  const { restore } = await import('./restore.ts')
  return restore(words[0] ?? '', chooseDataFolder({ data }))
}

/** Works beside a desk that is open, and where there is none. */
async function checkCard({ words, options, data }: Arguments): Promise<Outcome> {
  const { verifyCard } = await import('./verify-card.ts')
  const dataDir = chooseDataFolder({ data })
  return verifyCard(words[0] ?? '', { keys: options['keys'], dataDir }, language)
}

async function serve(dataDir: string, args: Arguments): Promise<Outcome> {
  const port = readNumber('--port', args.options['port'], { min: 0, max: 65_535 }) ?? 0
  const { serveDesk } = await import('../web/serve.ts')
  await serveDesk({
    dataDir,
    port,
    onReady: (address) =>
      console.log(
        asJson
          ? JSON.stringify({ ok: true, address })
          : say(language, 'start.browser', { address }),
      ),
  })
  return { ok: true, data: {}, lines: [] }
}

function tell({ ok, exit, data, lines }: Outcome): number {
  if (asJson && Object.keys(data).length > 0) console.log(JSON.stringify({ ok, ...data }))
  if (!asJson) for (const line of lines) console.log(line)
  return exit ?? (ok ? DONE : REFUSED)
}

function tellFailure(error: unknown, spec: CommandSpec | undefined): number {
  if (error instanceof UsageError) {
    const message = say(language, `cli.usage.${error.key}`, error.params)
    const usage = say(language, 'cli.help.usage', {
      usage: spec ? formatUsage(spec) : SPECS.map(({ name }) => name).join(' | '),
    })
    report({ reason: `usage.${error.key}`, params: error.params, message }, usage)
    return WRONG_USAGE
  }
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST') {
    report({ reason: 'usage.invalid', params: {}, message: error.message })
    return WRONG_USAGE
  }
  const refusal = asRefusal(error)
  if (!refusal) throw error
  const message = sayRefusal(language, refusal.reason, refusal.params)
  // An empty folder is most often another one than was meant.
  const isEmpty = refusal.reason === 'desk.not_set_up'
  report(
    { ...refusal, message },
    ...(isEmpty ? [say(language, 'cli.empty', { dir: usedFolder })] : []),
  )
  return REFUSED
}

function report(
  failure: { reason: string; params: RefusalParams; message: string },
  ...more: string[]
): void {
  if (asJson) console.log(JSON.stringify({ ok: false, ...failure }))
  else for (const line of [failure.message, ...more]) console.error(line)
}

/** A refusal of the desk's door or of opening it, as one thing; undefined for a bug. */
function asRefusal(error: unknown): { reason: string; params: RefusalParams } | undefined {
  if (isRefusal(error)) return { reason: error.reason, params: error.params }
  if (!(error instanceof ORPCError) || error.code !== 'REFUSED') return undefined
  const data = error.data as { reason: string; params: RefusalParams }
  return { reason: data.reason, params: data.params }
}
