import { parseArgs, type ParseArgsConfig } from 'node:util'
import { type Language, say } from '../words.ts'

/** A command line that means nothing: told with the command's usage, exit code 2. */
export class UsageError extends Error {
  readonly key: string
  readonly params: Record<string, string | number>

  constructor(key: string, params: Record<string, string | number> = {}) {
    super(key)
    this.name = 'UsageError'
    this.key = key
    this.params = params
  }
}

/** An option of a command; its help text is `cli.help.<name>`. */
export interface OptionSpec {
  name: string
  /** What stands for its value in the usage; absent for a switch. */
  value?: string
}

/** How a command is called. */
export interface CommandSpec {
  name: string
  /** Words after the name, such as `FILE`; a lower-case word stands for itself. */
  words: readonly string[]
  options: readonly OptionSpec[]
  /** Words about its exit codes, where it has more than the others. */
  exits?: string
}

export interface Arguments {
  words: readonly string[]
  options: Readonly<Record<string, string | undefined>>
  data: string | undefined
  json: boolean
  help: boolean
}

const COMMON: readonly OptionSpec[] = [
  { name: 'data', value: 'DIR' },
  { name: 'json' },
  { name: 'help' },
]

/** Reads the words after a command's name. Throws `UsageError`. */
export function readArguments(spec: CommandSpec, argv: readonly string[]): Arguments {
  const options: ParseArgsConfig['options'] = {}
  for (const { name, value } of [...spec.options, ...COMMON]) {
    options[name] = { type: value ? 'string' : 'boolean' }
  }
  const { values, positionals } = parseStrictly(argv, options)
  const help = values['help'] === true
  if (!help) checkWords(spec, positionals)
  return {
    words: positionals,
    options: Object.fromEntries(
      spec.options.map(({ name }) => [name, values[name]?.toString()] as const),
    ),
    data: values['data']?.toString(),
    json: values['json'] === true,
    help,
  }
}

function parseStrictly(argv: readonly string[], options: NonNullable<ParseArgsConfig['options']>) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true })
  } catch (error) {
    throw new UsageError('invalid', { message: error instanceof Error ? error.message : '' })
  }
}

function checkWords({ words }: CommandSpec, given: readonly string[]): void {
  words.forEach((word, i) => {
    const value = given[i]
    if (value === undefined) throw new UsageError('missing', { what: word })
    if (word === word.toLowerCase() && value !== word) {
      throw new UsageError('value', { what: word, value })
    }
  })
}

/** `import FILE [--kind KIND]` */
export function formatUsage(spec: CommandSpec): string {
  const options = spec.options.map(({ name, value }) => `[--${name}${value ? ` ${value}` : ''}]`)
  return [spec.name, ...spec.words, ...options].join(' ')
}

/** The help of one command. */
export function formatCommandHelp(spec: CommandSpec, language: Language): string {
  const rows = [...spec.options, ...COMMON].map(
    ({ name, value }) =>
      [`--${name}${value ? ` ${value}` : ''}`, say(language, `cli.help.${name}`)] as const,
  )
  return [
    say(language, `cli.help.${spec.name}`),
    say(language, 'cli.help.usage', { usage: formatUsage(spec) }),
    '',
    `${say(language, 'cli.help.options')}:`,
    ...formatRows(rows),
    '',
    say(language, spec.exits ?? 'cli.help.exit'),
  ].join('\n')
}

/** The list of all commands. */
export function formatHelp(specs: readonly CommandSpec[], language: Language): string {
  const rows = specs.map(
    (spec) =>
      [[spec.name, ...spec.words].join(' '), say(language, `cli.help.${spec.name}`)] as const,
  )
  return [
    say(language, 'cli.help.head'),
    '',
    `${say(language, 'cli.help.commands')}:`,
    ...formatRows(rows),
    '',
    say(language, 'cli.help.exit'),
  ].join('\n')
}

function formatRows(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`)
}
