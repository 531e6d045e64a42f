/** Levels of a finding, the mildest first. */
export const levels = ['watch', 'alert', 'alarm'] as const
export type Level = (typeof levels)[number]

/** What failures are counted by. */
export const dimensions = ['batch', 'product', 'style', 'brand', 'counter', 'vendor'] as const
export type Dimension = (typeof dimensions)[number]

/** The stated rule of the radar; the numbers are data (`resources/radar/rule.json`, explained in docs/radar.md). */
export interface RadarRule {
  version: string
  /** Failures of so many days count. */
  failureDays: number
  /** They are held against the units sold in so many days. */
  soldDays: number
  /** Fewer failures than this are never a finding. */
  minimumFailures: number
  /** A peer group weighs as much as so many units of the whole store. */
  peerUnits: number
  /** How much goods of one group differ from each other (shape of the gamma distribution of their rates). */
  spread: { usual: number; weight: number; least: number; most: number }
  /** Largest false-discovery rate of each level. */
  levels: Record<Level, number>
  /** A wide finding of which a narrower one holds this share is told by the narrower one. */
  coveredShare: number
  /** Days before and after a corrective action that are compared. */
  effectDays: number
  effectSignificance: number
}

/** One failure of goods. `party` is who had it: the same customer or receipt has the same one. */
export interface Failure {
  party: string
  caseId: number
  productId: number
  vendor: string
  counter: string
  batch: string
  fault: string
  /** Business date it was reported. */
  on: string
}

export interface Goods {
  category: string
  brand: string
  /** The model whatever the size; empty where it comes in one only. */
  style: string
}

/** Units of goods sold in the period at one counter. */
export interface Sold {
  productId: number
  vendor: string
  counter: string
  units: number
}

export interface SoldBatch {
  productId: number
  batch: string
  units: number
}

export interface RadarInput {
  failures: readonly Failure[]
  sold: readonly Sold[]
  batches: readonly SoldBatch[]
  goods: ReadonlyMap<number, Goods>
  /** Codes of faults that may hurt somebody. */
  safety: ReadonlySet<string>
}

/** A place failures are counted at, with what the counting says. */
export interface Cell {
  /** Dimension, what is in it, and the fault: the same in every scan. */
  key: string
  dimension: Dimension
  /** Product id, brand, counter or vendor; product id and batch number for a batch. */
  of: string
  /** null: whatever the fault. */
  fault: string | null
  failures: number
  sold: number
  /** Failures that so many units of such goods have elsewhere. */
  expected: number
  /** How much goods of this group differ; see `spreadOf`. */
  spread: number
  /** How many times as often as elsewhere, drawn towards 1 as long as little is known. */
  ratio: number
  /** Chance of so many failures or more where nothing is wrong, given that there was one. */
  p: number
  /** Share of false findings among all with this p or less (Benjamini–Hochberg). */
  q: number
  level: Level | null
  /** Key of the narrower finding that tells the same. */
  within: string | null
  caseIds: number[]
  firstOn: string
  lastOn: string
}

export interface RadarResult {
  /** Those that more than one party failed in. */
  cells: Cell[]
  /** Cells that were tested: those with at least one failure. */
  tested: number
  failures: number
  sold: number
}

/**
 * Upper tail of the gamma-Poisson (negative binomial) distribution: the chance of `count` or more where `mean` is
 * expected and rates differ with shape `spread`.
 */
export function upperTail(count: number, mean: number, spread: number): number {
  if (count <= 0) return 1
  if (mean <= 0) return 0
  const ratio = mean / (spread + mean)
  const step = (k: number) => ((k + spread) / (k + 1)) * ratio
  let log = -spread * Math.log1p(mean / spread)
  if (count > mean) {
    for (let k = 0; k < count; k += 1) log += Math.log(step(k))
    let term = 1
    let sum = 1
    for (let k = count; term > sum * 1e-16 && k < count + 100_000; k += 1) {
      term *= step(k)
      sum += term
    }
    return Math.min(1, Math.exp(log) * sum)
  }
  let below = 0
  for (let k = 0; k < count; k += 1) {
    below += Math.exp(log)
    log += Math.log(step(k))
  }
  return Math.min(1, Math.max(0, 1 - below))
}

/** As `upperTail`, of those that have at least one: cells without a failure are never looked at. */
export function tailGivenOne(count: number, mean: number, spread: number): number {
  if (count <= 1) return 1
  return Math.min(1, upperTail(count, mean, spread) / upperTail(1, mean, spread))
}

/**
 * Benjamini–Hochberg: for each p the least rate of false discoveries at which it counts as found, among so many tested.
 * Those that are not given had a p of 1.
 */
export function falseDiscoveryRates(ps: readonly number[], tested = ps.length): number[] {
  const order = ps.map((p, at) => ({ p, at })).sort((a, b) => b.p - a.p)
  const rates: number[] = Array.from({ length: ps.length }, () => 1)
  let least = 1
  order.forEach(({ p, at }, place) => {
    least = Math.min(least, (p * tested) / (ps.length - place))
    rates[at] = least
  })
  return rates
}

/** What is known of goods beside a cell, of one group and one fault. */
export interface Peers {
  failures: number
  units: number
  /** Sum of x(x − 1) and of n² over the group's goods: how much more they differ than chance lets them. */
  pairs: number
  squares: number
}

/** Rate of the peers, as far as they are few drawn to the rate of everything else in the store. */
export function peerRate(peers: Pick<Peers, 'failures' | 'units'>, store: number, rule: RadarRule) {
  return (peers.failures + rule.peerUnits * store) / (peers.units + rule.peerUnits)
}

/**
 * Shape of the gamma distribution that the rates of goods of one group have, by moments: E x(x − 1) = n² λ² (1 + 1/shape).
 * Drawn to the usual one as long as little is known.
 */
export function spreadOf(
  groups: readonly { pairs: number; squares: number; rate: number }[],
  { spread: { usual, weight, least, most } }: RadarRule,
): number {
  const pairs = groups.reduce((sum, group) => sum + group.pairs, 0)
  const chance = groups.reduce((sum, group) => sum + group.squares * group.rate ** 2, 0)
  const excess = (pairs + weight * (1 + 1 / usual)) / (chance + weight) - 1
  return excess <= 1 / most ? most : Math.max(least, 1 / excess)
}

/**
 * What is expected is itself only known from so many failures: the fewer, the wider the tail (variances of both add up;
 * one failure more than were seen, so that none seen does not mean nothing known).
 */
export function widened(spread: number, evidence: number): number {
  return 1 / (1 / spread + 1 / (evidence + 1))
}

/** What one cell comes to, from its own counts and what is known beside it. */
export function assessCell(
  own: { failures: number; sold: number },
  beside: { rate: number; spread: number },
): { expected: number; ratio: number; p: number } {
  // Goods that failed were sold, even where the till's file does not tell of it.
  const expected = Math.max(own.sold, own.failures) * beside.rate
  return {
    expected,
    ratio: (beside.spread + own.failures) / (beside.spread + expected),
    p: tailGivenOne(own.failures, expected, beside.spread),
  }
}

/** The level a rate of false discoveries reaches; what may hurt somebody counts one level more. */
export function levelOf(
  { failures, q, isSafety }: { failures: number; q: number; isSafety: boolean },
  rule: RadarRule,
): Level | null {
  if (failures < rule.minimumFailures) return null
  const reached = levels.filter((level) => q <= rule.levels[level]).length
  const raised = reached > 0 && isSafety ? reached + 1 : reached
  return levels[Math.min(raised, levels.length) - 1] ?? null
}

/** What can be done about a finding, the mildest first. */
export const suggestions = ['watch', 'test_stock', 'notify_vendor', 'pull_from_sale'] as const
export type Suggestion = (typeof suggestions)[number]

/** What the desk would do first. */
export function suggestAction(
  { dimension, level }: Pick<Cell, 'dimension'> & { level: Level },
  isSafety: boolean,
): Suggestion {
  const isGoods = dimension === 'product' || dimension === 'batch'
  if (isGoods && (isSafety || level === 'alarm')) return 'pull_from_sale'
  if (level === 'watch' && !isSafety) return 'watch'
  // What fails at one counter, whatever the goods, may have been stored or handled badly there.
  if (dimension === 'counter') return 'test_stock'
  return level === 'alert' && isGoods ? 'test_stock' : 'notify_vendor'
}

const anyFault = '*'

/** Counts of one fault: of every product, and who had it. */
class Tally {
  /** Parties by product; the same party counts once for a product. */
  readonly parties = new Map<number, Set<string>>()
  readonly cases = new Set<number>()
  firstOn = '9999-12-31'
  lastOn = ''

  add({ productId, party, caseId, on }: Failure): void {
    const known = this.parties.get(productId)
    if (known) known.add(party)
    else this.parties.set(productId, new Set([party]))
    this.cases.add(caseId)
    if (on < this.firstOn) this.firstOn = on
    if (on > this.lastOn) this.lastOn = on
  }

  countOf(productId: number): number {
    return this.parties.get(productId)?.size ?? 0
  }

  /** False as long as only one party had it: that alone is never more than chance. */
  get isRepeated(): boolean {
    let first: string | null = null
    for (const parties of this.parties.values()) {
      for (const party of parties) {
        first ??= party
        if (party !== first) return true
      }
    }
    return false
  }

  /** Everybody who had it, each once. */
  get size(): number {
    return new Set([...this.parties.values()].flatMap((each) => [...each])).size
  }
}

interface Group {
  failures: number
  units: number
  pairs: number
  squares: number
}

const emptyGroup = (): Group => ({ failures: 0, units: 0, pairs: 0, squares: 0 })

function getOr<Key, Value>(map: Map<Key, Value>, key: Key, fresh: () => Value): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const value = fresh()
  map.set(key, value)
  return value
}

/** Units of every product, and those of every cell by product. */
interface Exposure {
  ofProduct: Map<number, number>
  ofCell: Map<string, Map<number, number>>
}

function cellsOf(
  one: { productId: number; vendor: string; counter: string },
  goods: Goods | undefined,
) {
  return [
    ['product', String(one.productId)],
    ['style', goods?.style ?? ''],
    ['brand', goods?.brand ?? ''],
    ['counter', one.counter],
    ['vendor', one.vendor],
  ].filter((cell): cell is [Dimension, string] => cell[1] !== '')
}

function exposureOf({ sold, goods }: RadarInput): Exposure {
  const ofProduct = new Map<number, number>()
  const ofCell = new Map<string, Map<number, number>>()
  for (const row of sold) {
    ofProduct.set(row.productId, (ofProduct.get(row.productId) ?? 0) + row.units)
    for (const [dimension, of] of cellsOf(row, goods.get(row.productId))) {
      const units = getOr(ofCell, `${dimension}:${of}`, () => new Map<number, number>())
      units.set(row.productId, (units.get(row.productId) ?? 0) + row.units)
    }
  }
  return { ofProduct, ofCell }
}

/** Groups of one fault: by category, and the whole store. */
interface Baseline {
  groups: Map<string, Group>
  store: Group
}

function baselinesOf(
  tallies: ReadonlyMap<string, Tally>,
  exposure: Exposure,
  goods: RadarInput['goods'],
): Map<string, Baseline> {
  const units = new Map<string, Group>()
  const all = emptyGroup()
  for (const [productId, count] of exposure.ofProduct) {
    const group = getOr(units, goods.get(productId)?.category ?? '', emptyGroup)
    for (const each of [group, all]) {
      each.units += count
      each.squares += count ** 2
    }
  }
  return new Map(
    [...tallies].map(([fault, tally]) => {
      const groups = new Map([...units].map(([name, group]) => [name, { ...group }]))
      const store = { ...all }
      for (const productId of tally.parties.keys()) {
        const count = tally.countOf(productId)
        const group = getOr(groups, goods.get(productId)?.category ?? '', emptyGroup)
        for (const each of [group, store]) {
          each.failures += count
          each.pairs += count * (count - 1)
        }
      }
      return [fault, { groups, store }]
    }),
  )
}

/** The rate and spread of everything but the cell itself, weighed by the groups the cell's goods belong to. */
function besideCell(
  units: ReadonlyMap<number, number>,
  own: Tally,
  of: { whole: Tally; exposure: Exposure; baseline: Baseline; goods: RadarInput['goods'] },
  rule: RadarRule,
): { rate: number; spread: number } {
  const { whole, exposure, baseline, goods } = of
  const without = new Map<string, { group: Group; units: number }>()
  let storeFailures = baseline.store.failures
  let storeUnits = baseline.store.units
  for (const productId of new Set([...units.keys(), ...own.parties.keys()])) {
    const category = goods.get(productId)?.category ?? ''
    const known = getOr(without, category, () => ({
      group: { ...(baseline.groups.get(category) ?? emptyGroup()) },
      units: 0,
    }))
    const sold = units.get(productId) ?? 0
    const failed = own.countOf(productId)
    const all = whole.countOf(productId)
    known.units += sold
    known.group.units -= sold
    known.group.failures -= failed
    // Goods of the cell say nothing about how much the others differ.
    known.group.pairs -= all * (all - 1)
    known.group.squares -= (exposure.ofProduct.get(productId) ?? 0) ** 2
    storeUnits -= sold
    storeFailures -= failed
  }
  const store = (Math.max(0, storeFailures) + 0.5) / (Math.max(0, storeUnits) + 1)
  const parts = [...without.values()].map(({ group, units: weight }) => ({
    pairs: Math.max(0, group.pairs),
    squares: Math.max(0, group.squares),
    rate: peerRate(
      { failures: Math.max(0, group.failures), units: Math.max(0, group.units) },
      store,
      rule,
    ),
    evidence: Math.max(0, group.failures) + rule.peerUnits * store,
    weight,
  }))
  const whole_ = parts.reduce((sum, { weight }) => sum + weight, 0)
  const rate = parts.reduce(
    (sum, part) => sum + part.rate * (whole_ > 0 ? part.weight / whole_ : 1 / parts.length),
    0,
  )
  const evidence = parts.reduce((sum, part) => sum + part.evidence, 0)
  return { rate: Math.min(1, rate), spread: widened(spreadOf(parts, rule), evidence) }
}

type Draft = Omit<Cell, 'q' | 'level' | 'within'>

function draftOf(
  [dimension, of]: readonly [Dimension, string],
  fault: string,
  own: Tally,
  sold: number,
  beside: { rate: number; spread: number },
): Draft {
  const failures = own.size
  return {
    key: `${dimension}:${of}|${fault}`,
    dimension,
    of,
    fault: fault === anyFault ? null : fault,
    failures,
    sold,
    spread: beside.spread,
    ...assessCell({ failures, sold }, beside),
    caseIds: [...own.cases].sort((a, b) => a - b),
    firstOn: own.firstOn,
    lastOn: own.lastOn,
  }
}

/** Batches are held against the other units of the same goods whose batch is known. */
function batchDrafts(input: RadarInput, rule: RadarRule): Draft[] {
  const units = new Map<string, number>()
  const unitsOf = new Map<number, number>()
  for (const { productId, batch, units: count } of input.batches) {
    const key = `${productId}/${batch}`
    units.set(key, (units.get(key) ?? 0) + count)
    unitsOf.set(productId, (unitsOf.get(productId) ?? 0) + count)
  }
  const known = input.failures.filter(({ productId, batch }) => units.has(`${productId}/${batch}`))
  const cells = new Map<string, { of: string; productId: number; fault: string; tally: Tally }>()
  const products = new Map<string, Tally>()
  const everywhere = new Map<string, Tally>()
  for (const failure of known) {
    const { productId } = failure
    const of = `${productId}/${failure.batch}`
    for (const fault of [failure.fault, anyFault]) {
      getOr(cells, `${of}|${fault}`, () => ({
        of,
        productId,
        fault,
        tally: new Tally(),
      })).tally.add(failure)
      getOr(products, `${productId}|${fault}`, () => new Tally()).add(failure)
      getOr(everywhere, fault, () => new Tally()).add(failure)
    }
  }
  const storeUnits = [...unitsOf.values()].reduce((sum, count) => sum + count, 0)
  return [...cells.values()].map(({ of, productId, fault, tally }) => {
    const sold = units.get(of) ?? 0
    const failures = (products.get(`${productId}|${fault}`)?.size ?? 0) - tally.size
    const others = Math.max(0, (everywhere.get(fault)?.size ?? 0) - tally.size)
    const store = (others + 0.5) / (Math.max(0, storeUnits - sold) + 1)
    const peers = { failures: Math.max(0, failures), units: (unitsOf.get(productId) ?? 0) - sold }
    const rate = Math.min(1, peerRate(peers, Math.min(1, store), rule))
    const evidence = peers.failures + rule.peerUnits * Math.min(1, store)
    const spread = widened(rule.spread.usual, evidence)
    return draftOf(['batch', of], fault, tally, sold, { rate, spread })
  })
}

/**
 * Counts failures by batch, product, brand, counter and vendor, for each fault and for all, and says which are more
 * than such goods have elsewhere. The order of what comes in does not matter. Rule and worked figures: docs/radar.md.
 */
export function scanFailures(input: RadarInput, rule: RadarRule): RadarResult {
  const exposure = exposureOf(input)
  const whole = new Map<string, Tally>()
  const cells = new Map<string, { cell: readonly [Dimension, string]; fault: string; own: Tally }>()
  for (const failure of input.failures) {
    for (const fault of [failure.fault, anyFault]) {
      getOr(whole, fault, () => new Tally()).add(failure)
      for (const cell of cellsOf(failure, input.goods.get(failure.productId))) {
        const key = `${cell[0]}:${cell[1]}|${fault}`
        getOr(cells, key, () => ({ cell, fault, own: new Tally() })).own.add(failure)
      }
    }
  }
  const baselines = baselinesOf(whole, exposure, input.goods)
  const none = new Map<number, number>()
  const repeated = [...cells.values()].filter(({ own }) => own.isRepeated)
  const drafts = repeated.map(({ cell, fault, own }) => {
    const units = exposure.ofCell.get(`${cell[0]}:${cell[1]}`) ?? none
    const sold = [...units.values()].reduce((sum, count) => sum + count, 0)
    const beside = besideCell(
      units,
      own,
      {
        whole: whole.get(fault) ?? own,
        exposure,
        baseline: baselines.get(fault) ?? { groups: new Map(), store: emptyGroup() },
        goods: input.goods,
      },
      rule,
    )
    return draftOf(cell, fault, own, sold, beside)
  })
  const batches = batchDrafts(input, rule)
  const tested = cells.size + batches.length
  return {
    cells: judge([...drafts, ...batches], tested, input.safety, rule),
    tested,
    failures: whole.get(anyFault)?.size ?? 0,
    sold: [...exposure.ofProduct.values()].reduce((sum, units) => sum + units, 0),
  }
}

function judge(
  drafts: readonly Draft[],
  tested: number,
  safety: ReadonlySet<string>,
  rule: RadarRule,
): Cell[] {
  const rates = falseDiscoveryRates(
    drafts.map(({ p }) => p),
    tested,
  )
  const cells = drafts.map((draft, at): Cell => {
    const q = rates[at] ?? 1
    const isSafety = draft.fault !== null && safety.has(draft.fault)
    const level = levelOf({ failures: draft.failures, q, isSafety }, rule)
    return { ...draft, q, level, within: null }
  })
  cells.sort(byUrgency)
  markCovered(
    cells.filter(({ level }) => level !== null),
    rule,
  )
  return cells
}

function rankOf(level: Level | null): number {
  return level === null ? -1 : levels.indexOf(level)
}

function byUrgency(a: Cell, b: Cell): number {
  return (
    rankOf(b.level) - rankOf(a.level) ||
    a.p - b.p ||
    b.failures - a.failures ||
    narrowness(a) - narrowness(b) ||
    (a.key < b.key ? -1 : 1)
  )
}

/** How narrow a cell is: the narrower one says better what is wrong. */
function narrowness({ dimension, fault }: Cell): number {
  return dimensions.indexOf(dimension) * 2 + (fault === null ? 1 : 0)
}

/** A brand whose failures are nearly all those of one boot is told by the boot. */
function markCovered(found: readonly Cell[], rule: RadarRule): void {
  const byNarrowness = [...found].sort((a, b) => narrowness(a) - narrowness(b))
  byNarrowness.forEach((wide, at) => {
    const own = new Set(wide.caseIds)
    const narrow = byNarrowness.slice(0, at).find((each) => {
      const shared = each.caseIds.filter((id) => own.has(id)).length
      const isAsBad = rankOf(each.level) >= rankOf(wide.level)
      return isAsBad && each.within === null && shared >= rule.coveredShare * own.size
    })
    if (narrow) wide.within = narrow.key
  })
}

/** Whether a finding says more than what was raised before: a higher level, or the same again after it was quiet. */
export function isNews(
  cell: Pick<Cell, 'firstOn'> & { level: Level },
  before: { level: Level; lastOn: string } | null,
): boolean {
  if (!before) return true
  if (rankOf(cell.level) > rankOf(before.level)) return true
  return cell.firstOn > before.lastOn
}

export interface Effect {
  before: { failures: number; sold: number }
  after: { failures: number; sold: number }
  /** Chance of so few failures afterwards where nothing has changed; and of so many. */
  fewer: number
  more: number
  proposal: 'effective' | 'recurred' | 'unclear'
}

/**
 * Compares the failures before and after a corrective action: given all of them, each falls into the later period with
 * the share of units sold in it (conditional exact test). Too few on both sides say nothing.
 */
export function checkEffect(
  before: { failures: number; sold: number },
  after: { failures: number; sold: number },
  rule: RadarRule,
): Effect {
  const all = before.failures + after.failures
  const units = before.sold + after.sold
  const share = units > 0 ? after.sold / units : 0.5
  const fewer = binomialAtMost(after.failures, all, share)
  const more = 1 - binomialAtMost(after.failures - 1, all, share)
  const isKnown = all >= rule.minimumFailures
  const proposal =
    isKnown && fewer <= rule.effectSignificance
      ? 'effective'
      : after.failures >= rule.minimumFailures && fewer > 0.5
        ? 'recurred'
        : 'unclear'
  return { before, after, fewer, more, proposal }
}

function binomialAtMost(count: number, of: number, share: number): number {
  if (count < 0) return 0
  if (share <= 0) return 1
  if (share >= 1) return count >= of ? 1 : 0
  let log = of * Math.log1p(-share)
  let sum = 0
  for (let k = 0; k <= Math.min(count, of); k += 1) {
    sum += Math.exp(log)
    log += Math.log(((of - k) / (k + 1)) * (share / (1 - share)))
  }
  return Math.min(1, sum)
}
