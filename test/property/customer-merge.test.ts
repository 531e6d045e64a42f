import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CustomerField, customerFields } from '../../src-main/customers/contract.ts'
import {
  type CustomerFields,
  layMerges,
  type LiveMerge,
  settleEdits,
  type TreeNode,
} from '../../src-main/customers/rules.ts'

const people = 6

const fields: fc.Arbitrary<CustomerFields> = fc.record({
  name: fc.constantFrom('王伟', '王玮', ''),
  phone: fc.constantFrom('13800000001', '13800000002', ''),
  address: fc.constantFrom('石岐区', '东区', ''),
  joinedOn: fc.constantFrom('2020-01-01', null),
  points: fc.constantFrom(0, 88, null),
  tier: fc.constantFrom(
    { tier: '金卡', source: 'hand' as const },
    { tier: '银卡', source: 'import' as const },
  ),
  note: fc.constantFrom('', '爱喝茶'),
})

const rows = fc.array(fields, { minLength: people, maxLength: people })

/** What somebody does with the rows; numbers choose among what is possible then. */
const step = fc.oneof(
  fc.record({
    do: fc.constant('merge' as const),
    a: fc.nat(),
    b: fc.nat(),
    taken: fc.subarray([...customerFields]),
  }),
  fc.record({ do: fc.constant('undo' as const), a: fc.nat() }),
)

interface World {
  nodes: TreeNode[]
  merges: LiveMerge[]
  next: number
}

const begin = (all: readonly CustomerFields[]): World => ({
  nodes: all.map((row, id) => ({ id, row, kept: null })),
  merges: [],
  next: 1,
})

/** As the desk does it: what was edited is kept, then the rows are laid anew. */
function lay(world: World, merges: (settled: LiveMerge[]) => LiveMerge[]): World {
  const settled = settleEdits(world.nodes, world.merges)
  const next = merges(settled.merges)
  return { ...world, nodes: layMerges(settled.nodes, next), merges: next }
}

const roots = ({ nodes, merges }: World) =>
  nodes.filter(({ id }) => !merges.some(({ mergedId }) => mergedId === id))

function merge(world: World, survivorId: number, mergedId: number, taken: CustomerField[]): World {
  const added = { id: world.next, survivorId, mergedId, taken }
  return { ...lay(world, (live) => [...live, added]), next: world.next + 1 }
}

const undo = (world: World, id: number): World =>
  lay(world, (live) => live.filter((each) => each.id !== id))

function follow(
  world: World,
  done: typeof step extends fc.Arbitrary<infer Step> ? Step : never,
): World {
  if (done.do === 'undo') {
    const target = world.merges[done.a % Math.max(world.merges.length, 1)]
    return target ? undo(world, target.id) : world
  }
  const free = roots(world)
  const survivor = free[done.a % free.length]
  const others = free.filter((node) => node !== survivor)
  const merged = others[done.b % Math.max(others.length, 1)]
  return survivor && merged ? merge(world, survivor.id, merged.id, done.taken) : world
}

const said = (world: World) => world.nodes.map(({ id, row, kept }) => ({ id, row, kept }))

describe('merging customers', () => {
  it('and undoing it leaves everything as it was, whatever was merged before', () => {
    fc.assert(
      fc.property(
        rows,
        fc.array(step, { maxLength: 8 }),
        fc.nat(),
        fc.nat(),
        (all, steps, a, b) => {
          const before = steps.reduce(follow, begin(all))
          const after = follow(before, { do: 'merge', a, b, taken: [...customerFields] })
          fc.pre(after.next > before.next)
          expect(said(undo(after, before.next))).toEqual(said(before))
        },
      ),
    )
  })

  it('is the same whatever was merged and undone in between: only what stands counts', () => {
    fc.assert(
      fc.property(rows, fc.array(step, { maxLength: 12 }), (all, steps) => {
        const world = steps.reduce(follow, begin(all))
        const straight = world.merges.reduce<World>(
          (made, each) =>
            merge({ ...made, next: each.id }, each.survivorId, each.mergedId, [...each.taken]),
          begin(all),
        )
        expect(said(world)).toEqual(said(straight))
      }),
    )
  })

  it('gives the same person in whichever order rows join, where they bring different fields', () => {
    fc.assert(
      fc.property(
        rows,
        fc.array(fc.constantFrom(1, 2, 3, 4, 5), { minLength: 7, maxLength: 7 }),
        fc.shuffledSubarray([1, 2, 3, 4, 5], { minLength: 5 }),
        (all, givers, order) => {
          const taken = (id: number) => customerFields.filter((_, place) => givers[place] === id)
          const join = (ids: readonly number[]) =>
            ids.reduce((world, id) => merge(world, 0, id, taken(id)), begin(all))
          expect(join(order).nodes[0]?.row).toEqual(join([1, 2, 3, 4, 5]).nodes[0]?.row)
        },
      ),
    )
  })

  it('never has anybody in two trees, nor in a circle', () => {
    fc.assert(
      fc.property(rows, fc.array(step, { maxLength: 12 }), (all, steps) => {
        const { nodes, merges } = steps.reduce(follow, begin(all))
        const parents = merges.map(({ mergedId }) => mergedId)
        expect(new Set(parents).size).toBe(parents.length)
        for (const { id } of nodes) {
          const seen = new Set<number>()
          let at: number | undefined = id
          while (at !== undefined) {
            expect(seen.has(at)).toBe(false)
            seen.add(at)
            const from: number = at
            at = merges.find(({ mergedId }) => mergedId === from)?.survivorId
          }
        }
      }),
    )
  })

  it('keeps what was edited while it stood, and takes nothing over it again', () => {
    fc.assert(
      fc.property(rows, fc.constantFrom(...customerFields), fields, (all, field, edit) => {
        const merged = merge(begin(all), 0, 1, [...customerFields])
        const shown = merged.nodes[0]?.row
        fc.pre(shown !== undefined && JSON.stringify(shown[field]) !== JSON.stringify(edit[field]))
        const nodes = merged.nodes.map((node) =>
          node.id === 0 ? { ...node, row: { ...node.row, [field]: edit[field] } } : node,
        )
        const apart = undo({ ...merged, nodes }, 1)
        expect(apart.nodes[0]?.row).toEqual({ ...all[0], [field]: edit[field] })
        expect(apart.nodes[1]?.row).toEqual(all[1])
      }),
    )
  })
})
