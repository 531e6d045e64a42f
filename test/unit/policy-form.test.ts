import { describe, expect, it } from 'vitest'
import { loadPolicyFiles } from '../../src-main/policy/files.ts'
import { rule as ruleShape } from '../../src-main/policy/rule.ts'
import {
  emptyRule,
  formAfter,
  formOfRule,
  missingIn,
  ruleOfForm,
} from '../../src-renderer/policy/rule-form.ts'
import { effects } from '../../src-main/policy/contract.ts'

const today = '2026-11-21'
const shipped = loadPolicyFiles()

/** `complete: false` asks for nothing, as its absence does. */
function withoutIdleNeeds(said: object): object {
  if (!('needs' in said)) return said
  const needs = Object.entries(said.needs as object).filter(([, value]) => value !== false)
  return { ...said, needs: Object.fromEntries(needs) }
}

describe('a rule in the form', () => {
  it.each(shipped.map((rule) => [rule.id, rule] as const))(
    '%s comes out as it went in',
    (_id, rule) => {
      const { id: _rule, version: _version, statutory: _law, profile: _profile, ...said } = rule
      const { statutory: _house, ...written } = ruleOfForm(formOfRule(rule, today))
      expect(written).toEqual(withoutIdleNeeds(said))
    },
  )

  it('is of every kind there is', () => {
    expect(new Set(shipped.map(({ effect }) => effect))).toEqual(new Set(effects))
  })

  it.each(effects)(
    'a new %s names what is missing, and is a rule once that is filled',
    (effect) => {
      const form = emptyRule(effect, today)
      expect(missingIn(form)).toEqual(
        expect.arrayContaining(['textZh', 'textEn', 'basisZh', 'basisEn', 'source']),
      )
      const filled = {
        ...form,
        text: { zh: '条文', en: 'Text' },
        basis: { zh: '依据', en: 'Basis' },
        source: '店务会',
        findings: ['misuse' as const],
      }
      expect(missingIn(filled)).toEqual([])
      const candidate = { ...ruleOfForm(filled), id: 'own', version: 1 }
      expect(ruleShape.safeParse(candidate).error).toBeUndefined()
    },
  )

  it('says when a window or a term closes before it opens', () => {
    const form = emptyRule('remedy', today)
    expect(missingIn({ ...form, window: { ...form.window, from: 9, to: 3 } })).toContain('window')
    expect(missingIn({ ...form, validTo: '2026-01-01' })).toContain('dates')
    const trigger = { kind: 'failed_repairs' as const, number: null, cause: 'any' as const }
    expect(missingIn({ ...form, trigger })).toContain('triggerNumber')
  })

  it('decides for the store what law leaves open, about the same goods', () => {
    const law = shipped.find(({ id }) => id === 'cn.term.clock-watch')
    if (!law) throw new Error('no such rule')
    const form = formAfter(law, true, today, { zh: '本店规定', en: 'Store policy' })
    expect(form).toMatchObject({
      layer: 'store',
      jurisdiction: '',
      unverified: false,
      unitMonths: null,
    })
    expect(ruleOfForm(form)).toMatchObject({ scope: law.scope, statutory: false, validFrom: today })
  })
})
