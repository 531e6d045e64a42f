/** Writes what is made from the rules: their JSON Schemas and the table in docs/policies.md (`npm run policies`). */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { planFile } from '../src-main/followups/plans.ts'
import { clockFile } from '../src-main/clocks/rule.ts'
import { policySchema, policyTable, tableMarks } from './support/policy-papers.ts'
import { packageCommand, ROOT, runCommand } from './support/run-command.ts'

const schemas = [
  { file: path.join(ROOT, 'resources', 'policies', 'policy.schema.json'), schema: policySchema() },
  {
    file: path.join(ROOT, 'resources', 'clocks', 'clock.schema.json'),
    schema: z.toJSONSchema(clockFile),
  },
  {
    file: path.join(ROOT, 'resources', 'followups', 'plan.schema.json'),
    schema: z.toJSONSchema(planFile),
  },
]
for (const { file, schema } of schemas) {
  writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`)
  await runCommand(packageCommand('oxfmt/bin/oxfmt', file))
}

const docFile = path.join(ROOT, 'docs', 'policies.md')
const doc = readFileSync(docFile, 'utf8')
const [before = ''] = doc.split(tableMarks.begin)
const after = doc.split(tableMarks.end)[1] ?? ''
writeFileSync(
  docFile,
  `${before}${tableMarks.begin}\n\n${policyTable()}\n${tableMarks.end}${after}`,
)
