/** Writes what is made from the rules: their JSON Schema and the table in docs/policies.md (`npm run policies`). */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { policySchema, policyTable, tableMarks } from './support/policy-papers.ts'
import { packageCommand, ROOT, runCommand } from './support/run-command.ts'

const schemaFile = path.join(ROOT, 'resources', 'policies', 'policy.schema.json')
writeFileSync(schemaFile, `${JSON.stringify(policySchema(), null, 2)}\n`)
await runCommand(packageCommand('oxfmt/bin/oxfmt', schemaFile))

const docFile = path.join(ROOT, 'docs', 'policies.md')
const doc = readFileSync(docFile, 'utf8')
const [before = ''] = doc.split(tableMarks.begin)
const after = doc.split(tableMarks.end)[1] ?? ''
writeFileSync(
  docFile,
  `${before}${tableMarks.begin}\n\n${policyTable()}\n${tableMarks.end}${after}`,
)
