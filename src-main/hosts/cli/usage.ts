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

/** An option of a command. */
export interface OptionSpec {
  name: string
  /** What stands for its value in the usage; absent for a switch. */
  value?: string
  /** The command does nothing without it. */
  required?: boolean
  /** Key of its help text, where it differs from `cli.help.<name>`. */
  help?: string
}

/** How a command is called. */
export interface CommandSpec {
  name: string
  /** Words after the name, such as `FILE`; a lower-case word stands for itself. */
  words: readonly string[]
  /** More words belong to the last one, as in a search; elsewhere they are a mistake. */
  takesMore?: boolean
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
  for (const { name, value } of allOptions(spec)) {
    options[name] = { type: value ? 'string' : 'boolean' }
  }
  const { values, positionals } = parseStrictly(argv, options)
  const help = values['help'] === true
  if (!help) {
    checkWords(spec, positionals)
    for (const { name, required } of spec.options) {
      if (required && !values[name]) throw new UsageError('missing', { what: `--${name}` })
    }
  }
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
    throw describeParseError(error)
  }
}

/** What `parseArgs` found wrong, to be told in the user's language: its own messages are English. */
export function describeParseError(error: unknown): UsageError {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  const what = /'(?:-\w, )?(--?[^\s'=]+)/.exec(message)?.[1] ?? ''
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return new UsageError('option', { what })
  if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') {
    return new UsageError(message.includes('does not take') ? 'noValue' : 'needsValue', { what })
  }
  if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL') {
    return new UsageError('surplus', { what: /'([^']*)'/.exec(message)?.[1] ?? '' })
  }
  return new UsageError('invalid', { message })
}

/** Its own options, then those all commands have, each name once. */
function allOptions(spec: CommandSpec): readonly OptionSpec[] {
  const own = new Set(spec.options.map(({ name }) => name))
  return [...spec.options, ...COMMON.filter(({ name }) => !own.has(name))]
}

function checkWords({ words, takesMore }: CommandSpec, given: readonly string[]): void {
  words.forEach((word, i) => {
    const value = given[i]
    if (value === undefined) throw new UsageError('missing', { what: word })
    if (word === word.toLowerCase() && value !== word) {
      throw new UsageError('choice', { what: word, value, choices: word })
    }
  })
  const surplus = given[words.length]
  // A path with a blank in it, not quoted: half of it names another file.
  if (surplus !== undefined && !takesMore) throw new UsageError('surplus', { what: surplus })
}

/** `import FILE [--kind KIND]` */
export function formatUsage(spec: CommandSpec): string {
  const options = spec.options.map(({ name, value, required }) => {
    const option = `--${name}${value ? ` ${value}` : ''}`
    return required ? option : `[${option}]`
  })
  return [spec.name, ...spec.words, ...options].join(' ')
}

/** The help of one command. */
export function formatCommandHelp(spec: CommandSpec, language: Language): string {
  const rows = allOptions(spec).map(
    ({ name, value, help = name }) =>
      [`--${name}${value ? ` ${value}` : ''}`, say(language, `cli.help.${help}`)] as const,
  )
  return [
    say(language, `cli.help.${spec.name}`),
    say(language, 'cli.help.usage', { usage: formatUsage(spec) }),
    '',
    say(language, 'cli.help.options'),
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
    say(language, 'cli.help.commands'),
    ...formatRows(rows),
    '',
    say(language, 'cli.help.exit'),
  ].join('\n')
}

function formatRows(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`)
}
