import { describe, expect, it } from 'vitest'
import {
  type CommandSpec,
  formatCommandHelp,
  formatUsage,
  readArguments,
  UsageError,
} from '../../src-main/hosts/cli/usage.ts'

const spec: CommandSpec = {
  name: 'report',
  words: ['day'],
  options: [
    { name: 'date', value: 'D' },
    { name: 'out', value: 'F.pdf' },
  ],
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
    [['--date', '2026-11-20']],
    [['week']],
    [['day', '--unknown']],
    [['day', '--date']],
    [['day', '--json=yes']],
  ])('is refused: %j', (argv) => {
    expect(() => readArguments(spec, argv)).toThrow(UsageError)
  })

  it('asks for help before anything else is checked', () => {
    expect(readArguments(spec, ['--help']).help).toBe(true)
  })

  it('shows its usage and help in both languages', () => {
    expect(formatUsage(spec)).toBe('report day [--date D] [--out F.pdf]')
    expect(formatCommandHelp(spec, 'en')).toContain('--out F.pdf')
    expect(formatCommandHelp(spec, 'zh-CN')).toContain('营业日')
  })
})
