import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

import type { Bilingual } from '../../src-main/policy/contract.ts'
import { api } from '../app/client.ts'
import { useStore } from '../ui/store-context.ts'
import type { Vocabulary } from './policy.ts'
import type { Words } from './rule-words.ts'

const noVocabulary: Vocabulary = { categories: [], tags: [] }

/** The categories and tags rules can speak of; empty until they are read. */
export function useVocabulary(): Vocabulary {
  const vocabulary = useQuery(api.policy.vocabulary.queryOptions())
  return vocabulary.data ?? noVocabulary
}

/** The tiers customers of this store are of; empty until they are read. */
export function useTiers(): readonly string[] {
  return useQuery(api.customers.tiers.queryOptions()).data ?? []
}

/** What describes rules in the language on screen. */
export function useWords(): Words {
  const { t, i18n } = useTranslation()
  const { language } = i18n
  const { today, currency } = useStore()
  const { categories } = useVocabulary()
  return useMemo(() => {
    const say = (text: Bilingual) => (language === 'zh-CN' ? text.zh : text.en)
    const names = new Map(categories.map(({ code, name }) => [code, say(name)]))
    return {
      t,
      language,
      today,
      currency,
      say,
      nameOfCategory: (code) => names.get(code) ?? code,
    }
  }, [t, language, today, currency, categories])
}
