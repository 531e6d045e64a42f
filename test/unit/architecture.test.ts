import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { findBrokenRules, readSources } from '../support/import-graph.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

const broken = (files: Record<string, string>): string[] =>
  findBrokenRules(new Map(Object.entries(files)))

describe('the house as it stands', () => {
  it('keeps its rules', () => {
    expect(findBrokenRules(readSources(ROOT, ['src-main', 'src-renderer']))).toEqual([])
  })
})

describe('the plan of the house', () => {
  it('names every room once', () => {
    const root = new URL('../../', import.meta.url)
    const rooms = readdirSync(new URL('src-main/', root), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
    const plan = readFileSync(new URL('docs/architecture.md', root), 'utf8')
    const named = [...plan.matchAll(/^\| `([\w-]+)` \|/gm)].flatMap(([, name]) => name ?? [])
    expect(named.toSorted()).toEqual(rooms.toSorted())
  })
})

describe('the rules catch', () => {
  it.each([
    ['src-main/foundation/money.ts', `import fs from 'node:fs'`],
    ['src-main/foundation/money.ts', `import { x } from '../sales/rules.ts'`],
    ['src-main/refunds/rules.ts', `import { randomUUID } from "node:crypto"`],
    ['src-main/refunds/rules.ts', `import { readLine } from '../sales/store.ts'`],
    ['src-main/refunds/contract.ts', `import type { Kysely } from 'kysely'`],
    ['src-main/refunds/contract.ts', `import { decide } from './rules.ts'`],
    ['src-main/refunds/service.ts', `import { sql } from 'kysely'`],
    ['src-main/refunds/service.ts', `import Database from 'better-sqlite3'`],
    ['src-main/papers/printing.ts', `const { app } = await import('electron')`],
    ['src-main/hosts/web/server.ts', `import { app } from 'electron'`],
    ['src-main/sales/service.ts', `import { openDesk } from '../desk.ts'`],
    ['src-main/sales/service.ts', `export { serve } from '../hosts/web/server.ts'`],
    ['src-main/sales/service.ts', `import '../../src-renderer/app/main.tsx'`],
    ['src-renderer/sales/page.tsx', `import { findSale } from '../../src-main/sales/service.ts'`],
    ['src-renderer/sales/page.tsx', `import { RefundForm } from '../refunds/form.tsx'`],
    [
      'src-renderer/sales/page.tsx',
      `import {\n  RefundForm,\n  Other,\n} from '../refunds/form.tsx'`,
    ],
    ['src-renderer/sales/page.tsx', `if (event.key === 'Enter') submit()`],
    ['src-renderer/ui/field.tsx', `if (event.code !== "NumpadEnter") return`],
  ])('%s: %s', (file, source) => {
    expect(broken({ [file]: source })).toHaveLength(1)
  })

  it('two rooms that need each other', () => {
    const found = broken({
      'src-main/sales/service.ts': `import { a } from '../refunds/index.ts'`,
      'src-main/refunds/index.ts': `import type { B } from '../sales/index.ts'`,
    })
    expect(found).toEqual([expect.stringContaining('rooms in a circle')])
  })

  it('a longer circle, once', () => {
    const found = broken({
      'src-main/a/index.ts': `import '../b/index.ts'`,
      'src-main/b/index.ts': `import '../c/index.ts'`,
      'src-main/c/index.ts': `import '../a/index.ts'`,
    })
    expect(found).toHaveLength(1)
  })
})

describe('the rules allow', () => {
  it.each([
    ['src-main/sales/store.ts', `import { sql } from 'kysely'`],
    ['src-main/database/sqlite.ts', `import Database from 'better-sqlite3'`],
    ['src-main/refunds/rules.ts', `import { share } from '../sales/rules.ts'`],
    ['src-main/hosts/electron/main.ts', `import { app } from 'electron'`],
    ['src-main/hosts/cli/desk.ts', `import { openDesk } from '../../desk.ts'`],
    ['src-renderer/app/client.ts', `import type { contract } from '../../src-main/contract.ts'`],
    ['src-renderer/app/routes.tsx', `import { SalePage } from '../sales/page.tsx'`],
    ['src-renderer/sales/page.tsx', `import { Amount } from '../ui/amount.tsx'`],
    ['src-renderer/input/enter.ts', `if (event.key === 'Enter') submit()`],
    ['src-main/sales/service.ts', `// import { app } from 'electron'`],
    ['src-main/sales/service.ts', `/**\n * import { app } from 'electron'\n */`],
  ])('%s: %s', (file, source) => {
    expect(broken({ [file]: source })).toEqual([])
  })
})
