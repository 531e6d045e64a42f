import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** Sources of the house by path from the project's root, `/` on every system. */
export type Sources = ReadonlyMap<string, string>

interface Import {
  from: string
  /** Path from the root for a relative import, the package or module name otherwise. */
  to: string
  local: boolean
}

const SOURCE_FILE = /\.(ts|tsx|mts|cts)$/

/** Statements at the start of a line; quotes and semicolons cannot stand between keyword and source. */
const STATIC_IMPORT = /^[ \t]*(?:import|export)\b(?:[^;'"]*?\bfrom)?\s*['"]([^'"\n]+)['"]/gm
const DYNAMIC_IMPORT = /\b(?:import|require)\(\s*['"]([^'"\n]+)['"]\s*\)/g

/** Reads every source file below the given folders of the project. */
export function readSources(root: string, folders: readonly string[]): Sources {
  const sources = new Map<string, string>()
  for (const folder of folders) {
    for (const entry of readdirSync(path.join(root, folder), { recursive: true })) {
      const name = `${folder}/${entry.toString().replaceAll(path.sep, '/')}`
      if (SOURCE_FILE.test(name)) sources.set(name, readFileSync(path.join(root, name), 'utf8'))
    }
  }
  return sources
}

/** Every sentence that says which house rule a file breaks; empty when the house is in order. */
export function findBrokenRules(sources: Sources): string[] {
  const imports = [...sources].flatMap(([file, text]) => readImports(file, text))
  return [
    ...imports.flatMap(breaksLayering),
    ...findRoomCycles(imports),
    ...[...sources].flatMap(([file, text]) => findRawEnter(file, text)),
  ]
}

function readImports(file: string, text: string): Import[] {
  const specifiers = [
    ...[...text.matchAll(STATIC_IMPORT)].map((match) => match[1] ?? ''),
    ...[...withoutComments(text).matchAll(DYNAMIC_IMPORT)].map((match) => match[1] ?? ''),
  ]
  return specifiers.map((specifier) => {
    const local = specifier.startsWith('.')
    const to = local ? path.posix.join(path.posix.dirname(file), specifier) : specifier
    return { from: file, to, local }
  })
}

function withoutComments(text: string): string {
  return text.replaceAll(/^\s*(\/\/|\*|\/\*).*$/gm, '')
}

function breaksLayering({ from, to, local }: Import): string[] {
  const says = (rule: string): string[] => [`${from} imports ${to}: ${rule}`]
  const isPackage = (...names: string[]): boolean =>
    !local && names.some((name) => to === name || to.startsWith(`${name}/`))

  if (
    isPure(from) &&
    (to.startsWith('node:') || isPackage('electron', 'kysely', 'better-sqlite3', 'pg'))
  ) {
    return says('foundation, rules and contracts touch no system and no database')
  }
  if (isPackage('electron') && !from.startsWith('src-main/hosts/electron/')) {
    return says('only hosts/electron imports electron')
  }
  if (isPackage('kysely', 'better-sqlite3', 'pg') && !mayQuery(from)) {
    return says('only database and store files import the database packages')
  }
  if (!local) return []
  if (from.startsWith('src-main/foundation/') && !to.startsWith('src-main/foundation/')) {
    return says('foundation imports nothing but foundation')
  }
  const isRule = from.endsWith('/rules.ts') || ENGINE.test(from)
  if (from.startsWith('src-main/') && isRule && !mayRuleUse(to)) {
    return says('rules import foundation, other rules and types of contracts only')
  }
  if (from.startsWith('src-main/') && from.endsWith('/contract.ts') && !mayContractUse(to)) {
    return says('contracts import foundation and other contracts only')
  }
  if (
    to === 'src-main/desk.ts' &&
    from.startsWith('src-main/') &&
    !from.startsWith('src-main/hosts/')
  ) {
    return says('only hosts open the desk')
  }
  if (from.startsWith('src-main/') && !from.startsWith('src-main/hosts/')) {
    if (to.startsWith('src-main/hosts/')) return says('no room knows its host')
    if (to.startsWith('src-renderer/')) return says('the main side never imports the renderer')
  }
  return from.startsWith('src-renderer/') ? breaksRendererRules(from, to, says) : []
}

function breaksRendererRules(from: string, to: string, says: (rule: string) => string[]): string[] {
  if (to.startsWith('src-main/')) {
    const open = to.startsWith('src-main/foundation/') || to.endsWith('/contract.ts')
    return open ? [] : says('the renderer imports contracts and foundation only')
  }
  const own = roomOf(from, 'src-renderer')
  const other = roomOf(to, 'src-renderer')
  if (other === null || own === other || SHARED_RENDERER.has(other)) return []
  // The shell composes the rooms; a room never reaches into another one.
  return own === 'app' ? [] : says('a renderer room never imports another room')
}

const SHARED_RENDERER: ReadonlySet<string> = new Set(['app', 'ui', 'input'])

function isPure(file: string): boolean {
  return (
    file.startsWith('src-main/foundation/') ||
    (file.startsWith('src-main/') && /\/(rules|contract)\.ts$/.test(file)) ||
    ENGINE.test(file)
  )
}

/** The rights engine and the refund's arithmetic are each a `rules.ts` in several files. */
const ENGINE =
  /^src-main\/(?:policy\/(?:rule|facts|clocks|scope|layers|situation|grants|money|outcome|prospects|questions|weakened|categories)|rights\/told|refunds\/(?:units|tenders|deductions|rounding|strip))\.ts$/
/** Shapes that contracts speak of. */
const ENGINE_SHAPES = /^src-main\/policy\/(rule|facts)\.ts$/

function mayQuery(file: string): boolean {
  return file.startsWith('src-main/database/') || /^src-main\/.+\/(?:[\w-]+-)?store\.ts$/.test(file)
}

function mayRuleUse(to: string): boolean {
  return (
    to.startsWith('src-main/foundation/') || /\/(rules|contract)\.ts$/.test(to) || ENGINE.test(to)
  )
}

function mayContractUse(to: string): boolean {
  return (
    to.startsWith('src-main/foundation/') || to.endsWith('/contract.ts') || ENGINE_SHAPES.test(to)
  )
}

/** The room a file belongs to: the folder below `side`, hosts each counting as a room; null for top files. */
function roomOf(file: string, side: 'src-main' | 'src-renderer'): string | null {
  if (!file.startsWith(`${side}/`)) return null
  const [, room, inner, deeper] = file.split('/')
  if (inner === undefined) return null
  return room === 'hosts' && deeper !== undefined ? `hosts/${inner}` : (room ?? null)
}

/** Rooms that need each other in a circle; each circle is named once. */
function findRoomCycles(imports: readonly Import[]): string[] {
  const needs = new Map<string, Map<string, string>>()
  for (const { from, to, local } of imports) {
    const own = roomOf(from, 'src-main')
    const other = roomOf(to, 'src-main')
    if (!local || own === null || other === null || own === other) continue
    const targets = needs.get(own) ?? new Map<string, string>()
    targets.set(other, `${from} → ${to}`)
    needs.set(own, targets)
  }
  const found = new Map<string, string>()
  const visit = (room: string, trail: readonly string[]): void => {
    const at = trail.indexOf(room)
    if (at >= 0) {
      const circle = trail.slice(at)
      const name = [...circle].sort().join(' ')
      const steps = circle.map((from, i) => {
        const to = circle[(i + 1) % circle.length] ?? from
        return needs.get(from)?.get(to) ?? `${from} → ${to}`
      })
      if (!found.has(name)) found.set(name, `rooms in a circle: ${steps.join(', ')}`)
      return
    }
    for (const next of needs.get(room)?.keys() ?? []) visit(next, [...trail, room])
  }
  for (const room of needs.keys()) visit(room, [])
  return [...found.values()]
}

/** Enter that confirms an input method's candidate must not submit: only `input/` may look at the key. */
function findRawEnter(file: string, text: string): string[] {
  if (!file.startsWith('src-renderer/') || file.startsWith('src-renderer/input/')) return []
  return /\.(key|code)\s*[!=]==?\s*['"](Enter|NumpadEnter)['"]/.test(withoutComments(text))
    ? [`${file} looks at the Enter key itself: use src-renderer/input`]
    : []
}
