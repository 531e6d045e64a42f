import { describe, expect, it } from 'vitest'
import {
  type CommandSpec,
  formatCommandHelp,
  formatUsage,
  readArguments,
  UsageError,
} from '../../src-main/hosts/cli/usage.ts'
import { say } from '../../src-main/hosts/words.ts'

const spec: CommandSpec = {
  name: 'report',
  words: ['day'],
  options: [
    { name: 'date', value: 'D', required: true },
    { name: 'out', value: 'F.pdf', help: 'outFile' },
  ],
}

function thrownBy(run: () => unknown): unknown {
  try {
    return run()
  } catch (error) {
    return error
  }
}

describe('a command line', () => {
  it('is read into words and options', () => {
    const args = readArguments(spec, ['day', '--date', '2026-11-20', '--data=/srv/desk', '--json'])
    expect(args).toEqual({
      words: ['day'],
      options: { date: '2026-11-20', out: undefined },
      data: '/srv/desk',
      json: true,
      help: false,
    })
  })

  it.each([
    ['missing', 'day', ['--date', '2026-11-20']],
    ['missing', '--date', ['day']],
    ['choice', 'day', ['week', '--date', '2026-11-20']],
    ['option', '--unknown', ['day', '--unknown']],
    ['needsValue', '--date', ['day', '--date']],
    ['noValue', '--json', ['day', '--json=yes']],
    ['surplus', 'too', ['day', 'too', '--date', '2026-11-20']],
  ])('is refused as %s of %s', (key, what, argv) => {
    const told = thrownBy(() => readArguments(spec, argv))
    expect(told).toBeInstanceOf(UsageError)
    expect(told).toMatchObject({ key, params: { what } })
    for (const language of ['zh-CN', 'en'] as const) {
      expect(say(language, `cli.usage.${key}`, { what })).toContain(what)
    }
  })

  it('leaves all words to a command that takes them', () => {
    const find = { name: 'find', words: ['TEXT'], takesMore: true, options: [] }
    expect(readArguments(find, ['Ann', 'Lee']).words).toEqual(['Ann', 'Lee'])
  })

  it('asks for help before anything else is checked', () => {
    expect(readArguments(spec, ['--help']).help).toBe(true)
  })

  it('shows its usage and help in both languages', () => {
    expect(formatUsage(spec)).toBe('report day --date D [--out F.pdf]')
    expect(formatCommandHelp(spec, 'en')).toContain('--out F.pdf')
    expect(formatCommandHelp(spec, 'zh-CN')).toContain('营业日')
  })
})
