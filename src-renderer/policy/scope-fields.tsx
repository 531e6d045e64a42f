import { useTranslation } from 'react-i18next'

import { channels } from '../../src-main/policy/contract.ts'
import { Panel } from '../ui/page.tsx'
import { AmountField, SomeOf, WordsField } from './field-parts.tsx'
import type { FieldsProps } from './field-parts.tsx'
import { useBilingual } from './policy.ts'
import type { ScopeForm } from './rule-form.ts'
import { useTiers, useVocabulary } from './use-words.ts'

/** Which goods a rule is about, and which of these it is not about. */
export function ScopeFields({ form, change }: FieldsProps) {
  const { t } = useTranslation()
  return (
    <Panel title={t('policy-screen:write.goods')}>
      <p className="why">{t('policy-screen:write.goodsHint')}</p>
      <Selector scope={form.scope} change={(scope) => change({ scope })} />
      <details className="policy-more">
        <summary>{t('policy-screen:write.without')}</summary>
        <Selector scope={form.not} change={(not) => change({ not })} />
      </details>
    </Panel>
  )
}

interface SelectorProps {
  scope: ScopeForm
  change: (scope: ScopeForm) => void
}

function Selector({ scope, change }: SelectorProps) {
  const { t } = useTranslation()
  const say = useBilingual()
  const { categories, tags } = useVocabulary()
  const tiers = useTiers()
  const put = (next: Partial<ScopeForm>) => change({ ...scope, ...next })
  const known = new Set([...tags, ...scope.tags])
  const words = (field: 'brands' | 'counters' | 'skus') => (
    <WordsField
      label={t(`policy-screen:field.${field}`)}
      value={scope[field]}
      onChange={(value) => put({ [field]: value })}
    />
  )
  return (
    <>
      <div className="field-row">
        <WordsField
          label={t('policy-screen:field.categories')}
          value={scope.categories}
          options={categories.map(({ code, name }) => ({ value: code, label: say(name) }))}
          onChange={(value) => put({ categories: value })}
        />
        <WordsField
          label={t('policy-screen:field.tags')}
          value={scope.tags}
          options={[...known].map((value) => ({
            value,
            label: t(`policy-screen:tag.${value}`, { defaultValue: value }),
          }))}
          onChange={(value) => put({ tags: value })}
        />
      </div>
      <div className="field-row">
        {words('brands')}
        {words('counters')}
        {words('skus')}
        <WordsField
          label={t('policy-screen:field.tiers')}
          value={scope.tiers}
          suggestions={tiers}
          onChange={(value) => put({ tiers: value })}
        />
      </div>
      <div className="field-row">
        <SomeOf
          label={t('policy-screen:field.channels')}
          group="channel"
          codes={channels}
          value={scope.channels}
          onChange={(value) => put({ channels: value })}
        />
        <AmountField
          label={t('policy-screen:field.paidFrom')}
          value={scope.paidFrom}
          onChange={(paidFrom) => put({ paidFrom })}
        />
        <AmountField
          label={t('policy-screen:field.paidTo')}
          value={scope.paidTo}
          onChange={(paidTo) => put({ paidTo })}
        />
      </div>
    </>
  )
}
