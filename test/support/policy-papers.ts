import { z } from 'zod'
import { shippedPolicyFiles } from '../../src-main/policy/files.ts'
import { policyFile, type Rule } from '../../src-main/policy/rule.ts'

/** The published JSON Schema of a policy file: what an editor checks while one writes; the program checks more. */
export function policySchema(): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(policyFile, { io: 'input', reused: 'ref' })
  return {
    $schema,
    title: 'Goodwill Desk policy file',
    description: 'Rules of law and of the house as data; see docs/policies.md.',
    ...rest,
  }
}

/** Where in docs/policies.md the table of rules begins and ends. */
export const tableMarks = { begin: '<!-- rules: begin -->', end: '<!-- rules: end -->' }

/** Every rule that comes with the program, file by file: what it says, where that is from, what is unverified. */
export function policyTable(): string {
  return shippedPolicyFiles()
    .flatMap((file) => [
      `### ${file.title.en} · ${file.title.zh}`,
      '',
      `\`${file.id}.json\`, ${file.rules.length} rules${file.extends.length > 0 ? `, builds on ${file.extends.join(', ')}` : ''}`,
      '',
      '| rule | kind | what it says | source | |',
      '|---|---|---|---|---|',
      ...file.rules.map(rowOf),
      '',
    ])
    .join('\n')
}

function rowOf(rule: Rule): string {
  const cells = [
    `\`${rule.id}\``,
    rule.statutory ? `${rule.effect}, law` : rule.effect,
    rule.text.en,
    rule.source,
    notesOf(rule).join(', '),
  ]
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

function notesOf(rule: Rule): string[] {
  return [
    ...(rule.unverified ? ['unverified'] : []),
    ...(rule.enabled ? [] : ['off']),
    ...(rule.profile ? [`profile ${rule.profile.code}`] : []),
  ]
}
