import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { StateMachine } from '../../src-main/foundation/state-machine.ts'
import { ROOT } from './run-command.ts'

/** A state machine of the desk with the comment that stands over it. */
export interface NamedMachine {
  room: string
  name: string
  about: string
  machine: StateMachine<string, string>
}

const declaration = /(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n)?export const (\w+): StateMachine</g

/** Every state machine there is: found in the sources, so that none can be forgotten. */
export async function findMachines(): Promise<NamedMachine[]> {
  const main = path.join(ROOT, 'src-main')
  const files = readdirSync(main, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .toSorted()
  const found: NamedMachine[] = []
  for (const file of files) {
    const source = readFileSync(path.join(main, file), 'utf8')
    const declared = [...source.matchAll(declaration)]
    if (declared.length === 0) continue
    const loaded: Record<string, StateMachine<string, string>> = await import(
      pathToFileURL(path.join(main, file)).href
    )
    for (const [, comment = '', name = ''] of declared) {
      const machine = loaded[name]
      if (!machine) throw new Error(`${file} does not export ${name}`)
      found.push({ room: file.split(path.sep)[0] ?? '', name, about: textOf(comment), machine })
    }
  }
  return found
}

function textOf(comment: string): string {
  return comment
    .split('\n')
    .map((line) => line.replace(/^\s*\*?\s?/, '').trim())
    .filter((line) => line !== '')
    .join(' ')
}

/** `docs/state-machines.md` as it has to be: a diagram and a table for each machine (`npm run state-machines`). */
export function machinesPaper(machines: readonly NamedMachine[]): string {
  return [
    '# State machines',
    '',
    'What can happen to what, and what each step needs. Made from the tables in the code by `npm run state-machines`;',
    'a test compares the two. A step that no table has is refused and nothing changes; each step that is taken writes',
    'history with who, when and why.',
    '',
    ...machines.flatMap(sectionOf),
  ].join('\n')
}

function sectionOf({ room, name, about, machine }: NamedMachine): string[] {
  const left = new Set(machine.transitions.map(({ from }) => from))
  return [
    `## ${room}: ${wordsOf(name)}`,
    '',
    ...(about === '' ? [] : [about, '']),
    '```mermaid',
    'stateDiagram-v2',
    `  [*] --> ${machine.initial}`,
    ...machine.transitions.map(({ from, to, action }) => `  ${from} --> ${to}: ${action}`),
    ...machine.states.filter((state) => !left.has(state)).map((state) => `  ${state} --> [*]`),
    '```',
    '',
    '| from | step | to | needs |',
    '|---|---|---|---|',
    ...machine.transitions.map(
      ({ from, action, to, needs = [] }) => `| ${from} | ${action} | ${to} | ${needs.join(', ')} |`,
    ),
    '',
  ]
}

/** `promiseMachine` reads as `promise`, `repairReceptionMachine` as `repair reception`. */
function wordsOf(name: string): string {
  return name
    .replace(/Machine$/, '')
    .replace(/([A-Z])/g, ' $1')
    .toLowerCase()
}
