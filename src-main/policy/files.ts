import { z } from 'zod'
import categories from '../../resources/policies/categories.json' with { type: 'json' }
import beijing from '../../resources/policies/cn-11-beijing.json' with { type: 'json' }
import shanghai from '../../resources/policies/cn-31-shanghai.json' with { type: 'json' }
import zhejiang from '../../resources/policies/cn-33-zhejiang.json' with { type: 'json' }
import shandong from '../../resources/policies/cn-37-shandong.json' with { type: 'json' }
import car from '../../resources/policies/cn-car.json' with { type: 'json' }
import catalogue from '../../resources/policies/cn-catalogue.json' with { type: 'json' }
import footwear from '../../resources/policies/cn-footwear.json' with { type: 'json' }
import homeAv from '../../resources/policies/cn-home-av.json' with { type: 'json' }
import national from '../../resources/policies/cn-national.json' with { type: 'json' }
import pc from '../../resources/policies/cn-pc.json' with { type: 'json' }
import phone from '../../resources/policies/cn-phone.json' with { type: 'json' }
import eu from '../../resources/policies/eu.json' with { type: 'json' }
import gb from '../../resources/policies/gb.json' with { type: 'json' }
import storeSamples from '../../resources/policies/store-samples.json' with { type: 'json' }
import us from '../../resources/policies/us.json' with { type: 'json' }
import { refuse } from '../foundation/errors.ts'
import { type CategoryTree, categoryTree } from './categories.ts'
import { takeTurns } from '../foundation/turns.ts'
import {
  endsBeforeItBegins,
  type PolicyFile,
  policyFile,
  type Rule,
  rule as ruleShape,
  type Scope,
} from './rule.ts'

/** The files of resources/policies, bundled with the program; every one is checked when it is read. */
const shipped: readonly unknown[] = [
  national,
  catalogue,
  phone,
  pc,
  homeAv,
  car,
  zhejiang,
  beijing,
  shanghai,
  shandong,
  footwear,
  storeSamples,
  gb,
  eu,
  us,
]

/** The kinds of goods that rules can speak of. */
export const goodsCategories: CategoryTree = categoryTree.parse(categories)

let loaded: readonly PolicyFile[] | undefined

/** The policy files that come with the program, checked. Refuses like `parsePolicyFile` and `joinPolicyFiles`. */
export function shippedPolicyFiles(): readonly PolicyFile[] {
  return (loaded ??= join(shipped.map((file) => finish(checkPolicyFile(file, nameOf(file))))))
}

/** Reads them rule by rule, so that nothing else waits for long; from then on they are there at once. */
export async function readPolicyFiles(): Promise<void> {
  if (loaded) return
  const giveWay = takeTurns()
  const files: PolicyFile[] = []
  for (const file of shipped) {
    const check = checkPolicyFile(file, nameOf(file))
    let step = check.next()
    for (; step.done !== true; step = check.next()) await giveWay()
    files.push(step.value)
  }
  loaded ??= join(files)
}

function join(files: readonly PolicyFile[]): readonly PolicyFile[] {
  joinPolicyFiles(files)
  return files
}

function finish<Result>(work: Generator<void, Result, void>): Result {
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value
  }
}

/** Every rule that comes with the program, those that are shipped off too. Refuses like `shippedPolicyFiles`. */
export function loadPolicyFiles(): readonly Rule[] {
  return joinPolicyFiles(shippedPolicyFiles())
}

function nameOf(file: unknown): string {
  const id = z.object({ id: z.string() }).safeParse(file)
  return id.success ? id.data.id : ''
}

/** Reads the text of a policy file; `name` is what the refusal calls it. Refuses with `policy.file_*`. */
export function parsePolicyFile(text: string, name: string): PolicyFile {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (error) {
    refuse('policy.file_not_json', { file: name }, error)
  }
  return finish(checkPolicyFile(content, name))
}

/** Stops after each rule, for who wants to do something else in between. */
function* checkPolicyFile(content: unknown, name: string): Generator<void, PolicyFile, void> {
  const parts = z.looseObject({ rules: z.array(z.unknown()) }).safeParse(content)
  if (!parts.success) refuseFile(content, name)
  const head = policyFile.safeParse({ ...parts.data, rules: [] })
  if (!head.success) refuseFile(content, name)
  const rules: Rule[] = []
  for (const each of parts.data.rules) {
    const parsed = ruleShape.safeParse(each)
    if (!parsed.success) refuseFile(content, name)
    requireKnownCategories(parsed.data, name)
    rules.push(parsed.data)
    yield
  }
  requireDistinct(rules, name)
  return { ...head.data, rules }
}

/** Refuses a file that is known not to fit, with the first thing in it that is wrong. */
function refuseFile(content: unknown, name: string): never {
  const { error } = policyFile.safeParse(content)
  if (!error) throw new Error(`${name} fits as a whole but not in parts`)
  refuseIssue(firstIssue(error.issues), content, name)
}

/**
 * The rules of several files together. Refuses a base that is not among them, files that extend each other in a
 * circle, and a rule that is there twice.
 */
export function joinPolicyFiles(files: readonly PolicyFile[]): readonly Rule[] {
  const byId = new Map(files.map((file) => [file.id, file]))
  for (const file of files) followBases(file, byId, [])
  const rules = files.flatMap((file) => file.rules)
  requireDistinct(rules, files.map(({ id }) => id).join(', '))
  return rules
}

function followBases(
  file: PolicyFile,
  byId: ReadonlyMap<string, PolicyFile>,
  path: readonly string[],
): void {
  if (path.includes(file.id)) {
    refuse('policy.file_cycle', { path: [...path, file.id].join(' → ') })
  }
  for (const base of file.extends) {
    const next = byId.get(base)
    if (!next) refuse('policy.file_unknown_base', { file: file.id, base })
    followBases(next, byId, [...path, file.id])
  }
}

function requireDistinct(rules: readonly Rule[], name: string): void {
  const seen = new Set<string>()
  for (const { id, version } of rules) {
    if (seen.size === seen.add(`${id} ${version}`).size) {
      refuse('policy.file_duplicate_rule', { file: name, rule: id, version })
    }
  }
}

const knownCodes: ReadonlySet<string> = new Set(goodsCategories.categories.map(({ code }) => code))

function requireKnownCategories(rule: Rule, file: string): void {
  const scopes: Scope[] = rule.scope.not ? [rule.scope, rule.scope.not] : [rule.scope]
  for (const category of scopes.flatMap((scope) => scope.categories ?? [])) {
    if (!knownCodes.has(category)) {
      refuse('policy.file_unknown_category', { file, rule: rule.id, category })
    }
  }
}

type Issue = z.core.$ZodIssue

/** The first thing that is wrong; of a choice between shapes, what is wrong with the one that came nearest. */
function firstIssue(issues: readonly Issue[]): Issue {
  const [issue] = issues
  if (!issue) throw new Error('a failed parse without an issue')
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return issue
  const nearest = issue.errors.map(firstIssue).toSorted((a, b) => depthOf(b) - depthOf(a))[0]
  return nearest ? { ...nearest, path: [...issue.path, ...nearest.path] } : issue
}

/** An unknown field beside fields that all fit is nearer than a value of another kind. */
function depthOf(issue: Issue): number {
  return issue.path.length * 2 + (issue.code === 'unrecognized_keys' ? 1 : 0)
}

function refuseIssue(issue: Issue, content: unknown, file: string): never {
  const rule = ruleOf(issue.path, content)
  const field = fieldOf(issue.path)
  if (issue.code === 'unrecognized_keys') {
    const unknown = [field, issue.keys[0] ?? ''].filter((part) => part !== '').join('.')
    refuse('policy.file_unknown_field', { file, rule, field: unknown })
  }
  const last = issue.path.at(-1)
  if ((last === 'zh' || last === 'en') && isBlank(content, issue.path)) {
    refuse('policy.file_missing_translation', { file, rule, field })
  }
  if (issue.code === 'custom' && issue.message === endsBeforeItBegins) {
    refuse('policy.file_impossible_window', { file, rule, field })
  }
  refuse('policy.file_bad_value', { file, rule, field })
}

function ruleOf(path: readonly PropertyKey[], content: unknown): string {
  const [list, index] = path
  if (list !== 'rules' || typeof index !== 'number') return '—'
  const id = z.object({ id: z.string() }).safeParse(valueAt(content, ['rules', index]))
  return id.success ? id.data.id : `#${index + 1}`
}

/** The field within its rule: `window.to`. */
function fieldOf(path: readonly PropertyKey[]): string {
  const inRule = path[0] === 'rules' ? path.slice(2) : path
  return inRule.map(String).join('.')
}

function isBlank(content: unknown, path: readonly PropertyKey[]): boolean {
  const value = valueAt(content, path)
  return value === undefined || (typeof value === 'string' && value.trim() === '')
}

function valueAt(content: unknown, path: readonly PropertyKey[]): unknown {
  let value: unknown = content
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined
    value = Reflect.get(value, key)
  }
  return value
}
