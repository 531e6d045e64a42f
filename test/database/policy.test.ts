import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sql } from 'kysely'
import type { Call } from '../../src-main/handlers.ts'
import { ruleSetOf } from '../../src-main/policy/index.ts'
import { openTestDesk, refusalOf, type TestDesk } from '../support/desk.ts'
import { ownRule, termRule } from '../support/house-rules.ts'

const pin = '2580'
const today = '2026-11-21'

let desk: TestDesk

/** A desk of its own for each test that changes what counts, one for all where nothing stays behind. */
function openDeskFor(open: typeof beforeEach | typeof beforeAll): void {
  open(async () => {
    desk = await openTestDesk()
  })
  const close = open === beforeAll ? afterAll : afterEach
  close(() => desk.close())
}

const policy = () => desk.manager.client.policy

/** A promise of fifteen days as the form would send it; the desk gives id and version. */
function promise(change: Record<string, unknown> = {}): Record<string, unknown> {
  const { id: _id, version: _version, ...rule } = ownRule()
  return { ...rule, validFrom: today, ...change }
}

async function save(
  change: Record<string, unknown> = {},
): Promise<{ id: string; version: number }> {
  return policy().save({ ruleId: null, version: null, rule: promise(change) })
}

async function saveAndSign(change: Record<string, unknown> = {}): Promise<string> {
  const { id, version } = await save(change)
  await policy().sign({ ruleId: id, version, pin })
  return id
}

const trial = {
  today,
  sold: today,
  delivered: null,
  installed: null,
  exchanged: null,
  category: null,
  sku: '',
  brand: '',
  counter: '',
  tags: [],
  tier: null,
  channel: 'counter' as const,
  paid: 10_000,
  units: 1,
  currentPrice: null,
  reason: 'preference' as const,
  condition: 'sealed' as const,
  complete: true,
  part: null,
  proof: { receipt: true, memberCard: false, medical: false, repairRecords: false },
  findings: [],
  foundSubstandard: false,
  repairs: [],
  sameModelInStock: true,
  wish: null,
  asIfSigned: null,
}

/** Whether a refund for a change of mind is granted, and until when. */
async function refundOf(
  change: Partial<Parameters<TestDesk['manager']['client']['policy']['tryIt']>[0]> = {},
) {
  const { verdict } = await policy().tryIt({ ...trial, ...change })
  const refund = verdict.remedies.find(({ remedy }) => remedy === 'refund')
  return refund?.allowed ? refund.until : null
}

describe('a rule of the store', () => {
  openDeskFor(beforeEach)

  it('counts once it is signed, and not before', async () => {
    const { id, version } = await save()
    expect(id).toBe('store.remedy.1')
    expect(await refundOf()).toBeNull()
    expect((await policy().open({ ruleId: id })).state).toBe('draft')
    await policy().sign({ ruleId: id, version, pin, note: '店务会通过' })
    expect(await refundOf()).toBe('2026-12-06')
    const opened = await policy().open({ ruleId: id })
    expect(opened.state).toBe('in_force')
    expect(opened.versions[0]?.signed).toMatchObject({ by: '李静', note: '店务会通过' })
  })

  it('signed today for next month changes nothing today', async () => {
    const id = await saveAndSign({ validFrom: '2026-12-01' })
    expect((await policy().open({ ruleId: id })).state).toBe('scheduled')
    expect(await refundOf()).toBeNull()
    expect(await refundOf({ sold: '2026-12-01', today: '2026-12-03' })).toBe('2026-12-16')
  })

  it('a shorter promise for next month leaves what is sold until then as promised', async () => {
    const id = await saveAndSign()
    const shorter = promise({
      validFrom: '2026-12-01',
      window: { from: 0, to: 5, unit: 'days', dayKind: 'calendar', start: ['sale'] },
    })
    const { version } = await policy().save({ ruleId: id, version: 1, rule: shorter })
    await policy().sign({ ruleId: id, version, pin })
    expect(await refundOf({ sold: '2026-11-30', today: '2026-12-10' })).toBe('2026-12-15')
    expect(await refundOf({ sold: '2026-12-01', today: '2026-12-03' })).toBe('2026-12-06')
  })

  it('goes back to what an earlier version said as a new version', async () => {
    const id = await saveAndSign()
    const five = { from: 0, to: 5, unit: 'days', dayKind: 'calendar', start: ['sale'] }
    await policy().save({ ruleId: id, version: 1, rule: promise({ window: five }) })
    await policy().sign({ ruleId: id, version: 2, pin })
    expect(await refundOf()).toBe('2026-11-26')
    const back = { ruleId: id, version: 2, to: 1, from: today, pin, note: '顾客意见太大' }
    expect(await policy().rollBack(back)).toEqual({ version: 3 })
    expect(await refundOf()).toBe('2026-12-06')
    const history = await policy().history({ ruleId: id })
    expect(
      history.map(({ version, origin, originVersion }) => [version, origin, originVersion]),
    ).toEqual([
      [3, 'roll_back', 1],
      [2, 'edit', null],
      [1, 'edit', null],
    ])
  })

  it('withdrawn ends for later sales, and stays for what was sold before', async () => {
    const id = await saveAndSign({ validFrom: '2026-11-01' })
    const end = { ruleId: id, version: 1, from: '2026-11-25', pin, note: '活动结束' }
    await policy().withdraw(end)
    expect(await refundOf({ sold: '2026-11-24', today: '2026-11-28' })).toBe('2026-12-09')
    expect(await refundOf({ sold: '2026-11-25', today: '2026-11-28' })).toBeNull()
    expect((await policy().open({ ruleId: id })).state).toBe('in_force')
    await desk.setNow('2026-11-25T06:00:00.000Z')
    expect((await policy().open({ ruleId: id })).state).toBe('withdrawn')
    expect(await refusalOf(policy().withdraw(end))).toMatchObject({
      reason: 'policy.already_withdrawn',
    })
  })

  it('can be tried as if it were signed, without anything being written', async () => {
    const { id } = await save()
    expect(await refundOf({ asIfSigned: id })).toBe('2026-12-06')
    expect(await refundOf()).toBeNull()
    expect((await policy().open({ ruleId: id })).state).toBe('draft')
  })

  it('gives the value a shipped rule leaves open, as a rule of its own', async () => {
    const { rules } = await policy().list({ undecided: true, text: '钟表' })
    const [open] = rules
    expect(open).toMatchObject({ origin: 'shipped', statutory: true })
    expect(open?.undecided).toContain('unitMonths')
    const {
      id: _id,
      version: _version,
      ...rule
    } = termRule({
      scope: { categories: open?.categories ?? [] },
    })
    const saved = await policy().save({ ruleId: null, version: null, rule })
    await policy().sign({ ruleId: saved.id, version: saved.version, pin })
    const opened = await policy().open({ ruleId: open?.id ?? '' })
    expect(opened.decidedBy.map(({ id }) => id)).toEqual(['store.term.1'])
    expect(opened.undecided).not.toContain('unitMonths')
    expect(opened.rule).toMatchObject({ unitMonths: null })
    const asked = { category: open?.categories[0] ?? '', reason: 'quality' as const }
    const { verdict } = await policy().tryIt({ ...trial, ...asked, condition: 'faulty' })
    expect(verdict.undecided).not.toContain('unit_months')
    expect(verdict.clocks[0]?.endsOn).toBe('2027-11-21')
  })
})

describe('the try-it panel', () => {
  openDeskFor(beforeAll)

  it('takes what a car has run: days or kilometres, whichever comes first', async () => {
    const repairAt = async (kilometres: number | null) => {
      const asked = {
        category: 'car',
        reason: 'quality',
        condition: 'faulty',
        part: 'unit',
      } as const
      const { verdict } = await policy().tryIt({ ...trial, ...asked, kilometres })
      const repair = verdict.trace.find(({ rule }) => rule.id === 'cn.car.repair')
      return repair?.applies
    }
    expect(await repairAt(60_000)).toBe(true)
    expect(await repairAt(60_001)).toBe(false)
  })
})

describe('who may, and what is refused', () => {
  openDeskFor(beforeAll)

  it('everybody reads, the store manager alone writes', async () => {
    const clerk = desk.clerk.client.policy
    expect((await clerk.list({})).total).toBeGreaterThan(50)
    const attempt = clerk.save({ ruleId: null, version: null, rule: promise() })
    expect(await refusalOf(attempt)).toEqual({
      reason: 'staff.not_allowed',
      params: { permission: 'policy.change' },
    })
  })

  it('a signature needs the own PIN; a wrong one writes nothing', async () => {
    const { id, version } = await save()
    expect(await refusalOf(policy().sign({ ruleId: id, version, pin: '9999' }))).toMatchObject({
      reason: 'staff.wrong_pin',
    })
    expect((await policy().open({ ruleId: id })).unsigned).toBe(true)
  })

  it('less than law is refused with the law it violates', async () => {
    const three = { from: 0, to: 3, unit: 'days', dayKind: 'calendar', start: ['sale'] }
    const weakText = '三天内质量问题可退'
    const weak = promise({
      text: { zh: weakText, en: 'Faults within three days' },
      effect: 'remedy',
      reasons: ['quality'],
      window: three,
      needs: { receipt: true },
    })
    const refused = await refusalOf(
      policy().save({
        ruleId: null,
        version: null,
        rule: { ...weak, scope: { categories: ['bicycle'] } },
      }),
    )
    expect(refused.reason).toBe('policy.weaker_than_law')
    expect(refused.params['id']).toMatch(/^cn\./)
    expect(refused.params['title']).toMatch(/ \/ /)
    expect(refused.params['field']).not.toBe('')
    expect((await policy().list({ text: weakText })).rules).toEqual([])
  })

  it('an exclusion of what law gives is refused', async () => {
    const exclusion = {
      effect: 'exclusion',
      layer: 'store',
      jurisdiction: '',
      statutory: false,
      enabled: true,
      scope: { tags: ['special'] },
      validFrom: today,
      validTo: null,
      validBy: 'sale',
      basis: { zh: '本店规定', en: 'Store policy' },
      text: { zh: '特价品质量问题不退', en: 'No refund on specials' },
      source: '告示',
      unverified: false,
      reasons: ['quality'],
      remedies: ['refund'],
    }
    expect(
      await refusalOf(policy().save({ ruleId: null, version: null, rule: exclusion })),
    ).toMatchObject({ reason: 'policy.weaker_than_law', params: { field: 'remedies' } })
    // Bought at a distance, or as a prepaid card, law gives seven days for no reason at all.
    const not = { categories: ['prepaid_card'] }
    const scope = { tags: ['special'], channels: ['counter'], not }
    const allowed = { ...exclusion, reasons: ['preference'], scope }
    await policy().save({ ruleId: null, version: null, rule: allowed })
  })

  it.each([
    ['an unknown field', { surprise: 1 }, 'policy.file_unknown_field'],
    ['a missing translation', { text: { zh: '可退', en: ' ' } }, 'policy.file_missing_translation'],
    ['an end before the beginning', { validTo: '2026-01-01' }, 'policy.file_impossible_window'],
    [
      'a window that closes before it opens',
      { window: { from: 9, to: 3, unit: 'days', dayKind: 'calendar', start: ['sale'] } },
      'policy.file_impossible_window',
    ],
    [
      'a category nobody knows',
      { scope: { categories: ['dragon'] } },
      'policy.file_unknown_category',
    ],
    ['law', { layer: 'national', jurisdiction: 'CN', statutory: true }, 'policy.layer_is_law'],
    [
      'a final say kept for the store',
      { text: { zh: '七天可退，最终解释权归本店', en: 'Seven days' } },
      'papers.unfair_interpretation',
    ],
    ['the national layer', { layer: 'national' }, 'policy.layer_is_law'],
  ])('%s is refused, nothing is written', async (_what, change, reason) => {
    const before = (await policy().list({})).total
    expect((await refusalOf(save(change))).reason).toBe(reason)
    expect((await policy().list({})).total).toBe(before)
  })

  it('a shipped rule is not written over', async () => {
    const attempt = policy().save({ ruleId: 'cn.sb-07', version: null, rule: promise() })
    expect(await refusalOf(attempt)).toMatchObject({ reason: 'policy.shipped_rule' })
  })

  it('the second of two who edit the same version is told so', async () => {
    const { id } = await save()
    await policy().save({ ruleId: id, version: 1, rule: promise({ note: undefined }) })
    expect(
      await refusalOf(policy().save({ ruleId: id, version: 1, rule: promise() })),
    ).toMatchObject({ reason: 'desk.changed_meanwhile' })
    expect(await refusalOf(policy().sign({ ruleId: id, version: 1, pin }))).toMatchObject({
      reason: 'desk.changed_meanwhile',
    })
  })

  it('a version is signed once', async () => {
    const id = await saveAndSign()
    expect(await refusalOf(policy().sign({ ruleId: id, version: 1, pin }))).toMatchObject({
      reason: 'policy.already_signed',
    })
  })

  it('a roll-back into the past is refused', async () => {
    const id = await saveAndSign()
    const back = { ruleId: id, version: 1, to: 1, from: '2026-11-01', pin, note: '倒签' }
    expect(await refusalOf(policy().rollBack(back))).toMatchObject({
      reason: 'policy.starts_in_past',
    })
  })
})

describe('the tables', () => {
  openDeskFor(beforeAll)

  it.each(['policy_version', 'policy_decision', 'policy_choice'])(
    '%s only grows',
    async (table) => {
      await saveAndSign()
      await choose({})
      for (const statement of [`UPDATE ${table} SET note = 'x'`, `DELETE FROM ${table}`]) {
        await expect(desk.write((w) => sql.raw(statement).execute(w))).rejects.toThrow(
          'append-only',
        )
      }
    },
  )

  it('every change is in the audit chain', async () => {
    const before = (await desk.manager.client.settings.verify()).auditEntries
    const id = await saveAndSign()
    await policy().rollBack({ ruleId: id, version: 1, to: 1, from: today, pin, note: '试一次' })
    await policy().withdraw({ ruleId: id, version: 2, from: today, pin, note: '撤回' })
    await choose({})
    const rows = await desk.desk.folder.store.read((r) =>
      r
        .selectFrom('audit_log')
        .select(['action'])
        .where('action', 'like', 'policy.%')
        .where('seq', '>', before)
        .execute(),
    )
    expect(rows.map(({ action }) => action)).toEqual([
      'policy.save',
      'policy.sign',
      'policy.roll_back',
      'policy.sign',
      'policy.withdraw',
      'policy.choose',
    ])
    expect((await desk.manager.client.settings.verify()).auditBrokenAt).toBeNull()
  })
})

type Chosen = Parameters<TestDesk['manager']['client']['policy']['choose']>[0]
async function choose(change: Partial<Chosen>): Promise<{ version: number }> {
  const { version } = await policy().choices()
  return policy().choose({
    effectiveOn: today,
    country: 'CN',
    region: null,
    profiles: {},
    switches: {},
    version,
    pin,
    note: '',
    ...change,
  })
}

const stateOf = async (ruleId: string) => (await policy().open({ ruleId })).state

describe('what the store chose', () => {
  openDeskFor(beforeEach)

  it('starts from where its profile says it stands', async () => {
    const choices = await policy().choices()
    expect(choices).toMatchObject({ version: 0, today: { country: 'CN', region: 'CN-44' } })
    expect(choices.profiles.map(({ group }) => group)).toEqual(['cn-footwear'])
  })

  it('a province counts there, once its rules are switched on', async () => {
    const { rules } = await policy().list({ text: '浙江' })
    const overlay = rules.find(({ jurisdiction }) => jurisdiction === 'CN-33')
    const id = overlay?.id ?? ''
    expect(await stateOf(id)).toBe('elsewhere')
    await choose({ region: 'CN-33' })
    expect(await stateOf(id)).toBe('off')
    await choose({ region: 'CN-33', switches: { [id]: true } })
    expect(await stateOf(id)).toBe('in_force')
  })

  it('a profile chosen for next month leaves today as it is', async () => {
    const { profiles } = await policy().choices()
    const [option] = profiles[0]?.options ?? []
    const { rules } = await policy().list({ text: '' })
    const member = rules.find(({ profile }) => profile?.code === option?.code)?.id ?? ''
    expect(await stateOf(member)).toBe('off')
    await choose({ effectiveOn: '2026-12-01', profiles: { 'cn-footwear': option?.code ?? '' } })
    expect(await stateOf(member)).toBe('scheduled')
    await desk.setNow('2026-12-01T06:00:00.000Z')
    expect(await stateOf(member)).toBe('in_force')
  })

  it('the first choice may look back, a later one never reaches over what was promised', async () => {
    await choose({ effectiveOn: '2020-01-01' })
    expect(await refusalOf(choose({ effectiveOn: '2026-11-20' }))).toMatchObject({
      reason: 'policy.starts_in_past',
    })
  })

  it('law that always holds cannot be switched off, unknown rules and profiles cannot be chosen', async () => {
    expect(await refusalOf(choose({ switches: { 'cn.sb-07': false } }))).toMatchObject({
      reason: 'policy.law_stays_on',
    })
    expect(await refusalOf(choose({ switches: { nothing: true } }))).toMatchObject({
      reason: 'policy.unknown_rule',
    })
    expect(await refusalOf(choose({ profiles: { 'cn-footwear': 'Z' } }))).toMatchObject({
      reason: 'policy.unknown_profile',
    })
  })

  it('a house rule that ships is not switched on where the law of the place gives more', async () => {
    const overlay = (await policy().choices()).files.find(({ jurisdictions }) =>
      jurisdictions.includes('CN-33'),
    )
    const law = Object.fromEntries((overlay?.rules ?? []).map(({ id }) => [id, true]))
    const sample = { 'sample.r40.used-fault': true }
    await choose({ switches: sample })
    expect(
      await refusalOf(choose({ region: 'CN-33', switches: { ...law, ...sample } })),
    ).toMatchObject({
      reason: 'policy.choice_weaker',
      params: { rule: 'sample.r40.used-fault', id: 'cn-33.no-depreciation' },
    })
  })

  it('a profile is not chosen where the law of the place gives more, and the screen says so before', async () => {
    const lawIn = async (place: string) => {
      const file = (await policy().choices()).files.find(({ jurisdictions }) =>
        jurisdictions.includes(place),
      )
      return Object.fromEntries((file?.rules ?? []).map(({ id }) => [id, true]))
    }
    const beijing = { region: 'CN-11', switches: await lawIn('CN-11') }
    const weaker = {
      reason: 'policy.profile_weaker',
      params: {
        code: 'b',
        rule: 'cn-footwear.b.refund-daily-leather',
        id: 'cn-11.no-fee',
        field: 'remedies.fee',
      },
    }
    const b = { ...beijing, profiles: { 'cn-footwear': 'b' } }
    expect((await policy().checkChoice({ country: 'CN', ...b })).problem).toMatchObject(weaker)
    expect(await refusalOf(choose(b))).toMatchObject(weaker)
    expect((await policy().choices()).version).toBe(0)
    // The same profile is no weaker than the law of another province, and a milder one does here.
    await choose({ ...beijing, profiles: { 'cn-footwear': 'c' } })
    const hubei = { country: 'CN', region: 'CN-42', switches: {}, profiles: { 'cn-footwear': 'b' } }
    expect((await policy().checkChoice(hubei)).problem).toBeNull()
  })

  it('the law of the place the store stands in is not left by choosing another place', async () => {
    const abroad = { country: 'GB', region: null, profiles: {}, switches: {} }
    const { problem: told } = await policy().checkChoice(abroad)
    expect(told).toMatchObject({ reason: 'policy.choice_leaves_law', params: { place: 'GB' } })
    expect(await refusalOf(choose(abroad))).toMatchObject({ reason: 'policy.choice_leaves_law' })
    // No law of Guangdong ships: another province takes nothing away.
    expect(
      (await policy().checkChoice({ ...abroad, country: 'CN', region: 'CN-33' })).problem,
    ).toBe(null)
  })

  it('an own rule that new law overtakes is flagged, and law prevails', async () => {
    const id = await saveAndSign({
      text: { zh: '用过的有毛病收折旧', en: 'Used and faulty: depreciation' },
      reasons: ['quality'],
      scope: { categories: ['bicycle'] },
      window: 'term',
      trigger: { kind: 'exchange_declined' },
      remedies: [{ remedy: 'refund', fee: { kind: 'depreciation' } }],
      needs: {},
      freight: 'store',
      gift: 'keep',
    })
    expect((await policy().open({ ruleId: id })).weakerThan).toBeNull()
    await choose({ region: 'CN-33', switches: { 'cn-33.no-depreciation': true } })
    expect((await policy().open({ ruleId: id })).weakerThan).toMatchObject({
      id: 'cn-33.no-depreciation',
    })
  })

  it('two who choose at once: the second is told', async () => {
    await choose({})
    expect(await refusalOf(choose({ version: 0 }))).toMatchObject({
      reason: 'desk.changed_meanwhile',
    })
  })
})

describe('policy files', () => {
  openDeskFor(beforeEach)

  it('written by one store are read by another, shown first, then signed whole', async () => {
    const id = await saveAndSign({ layer: 'chain' })
    const written = await policy().writeFile()
    expect(JSON.parse(written.text)).toMatchObject({ format: 1, rules: [{ id, version: 1 }] })
    const other = await openTestDesk()
    try {
      const theirs = other.manager.client.policy
      const file = { name: written.fileName, text: written.text }
      const seen = await theirs.readFile(file)
      expect(seen.rules).toMatchObject([{ id, change: 'new', problem: null }])
      expect(await theirs.takeFile({ ...file, pin })).toEqual({ taken: 1 })
      expect((await theirs.open({ ruleId: id })).state).toBe('in_force')
      expect((await theirs.readFile(file)).rules).toMatchObject([{ change: 'same', fields: [] }])
      expect(await theirs.takeFile({ ...file, pin })).toEqual({ taken: 0 })
      const longer = written.text.replace('"to": 15', '"to": 20')
      const [changed] = (await theirs.readFile({ ...file, text: longer })).rules
      expect(changed).toMatchObject({
        change: 'changed',
        fields: [{ path: 'window.to', before: '15', after: '20' }],
      })
    } finally {
      await other.close()
    }
  })

  it('with one rule weaker than law are refused whole', async () => {
    const good = { ...ownRule(), id: 'chain.good', layer: 'chain' }
    const three = { from: 0, to: 3, unit: 'days', dayKind: 'calendar', start: ['sale'] }
    const bad = { ...good, id: 'chain.bad', reasons: ['quality'], window: three }
    const file = {
      name: 'chain.json',
      text: JSON.stringify({
        format: 1,
        id: 'chain',
        title: { zh: '总部规则', en: 'Chain rules' },
        extends: [],
        rules: [good, bad],
      }),
    }
    const [first, second] = (await policy().readFile(file)).rules
    expect(first?.problem).toBeNull()
    expect(second?.problem?.reason).toBe('policy.weaker_than_law')
    expect(await refusalOf(policy().takeFile({ ...file, pin }))).toMatchObject({
      reason: 'policy.weaker_than_law',
    })
    expect((await policy().list({ text: 'chain.good' })).rules).toEqual([])
  })

  it('that are no policy files are refused', async () => {
    expect(await refusalOf(policy().readFile({ name: 'x.json', text: 'no' }))).toMatchObject({
      reason: 'policy.file_not_json',
    })
  })
})

describe('the compiled rules', () => {
  openDeskFor(beforeEach)

  it('are kept until a rule changes', async () => {
    const { store } = desk.desk.folder
    const call = {
      store,
      today,
      profile: { province: '广东省', currency: 'CNY' },
    } as unknown as Call
    const read = () => store.read((r) => ruleSetOf(r, call))
    const before = await read()
    expect(await read()).toBe(before)
    await saveAndSign()
    const after = await read()
    expect(after).not.toBe(before)
    expect(after.rules.length).toBe(before.rules.length + 1)
  })
})
