import type { Paper } from './paper-preview.tsx'

/** `own` is the store's language, or that of the card or letter. */
export const choices = ['own', 'zh', 'en', 'bilingual'] as const
export type LanguageChoice = (typeof choices)[number]

const keyOf = (document: Paper['document']) => `goodwill.paper-language.${document}`

/** The language this machine prints a kind of paper in. */
export function readLanguage(document: Paper['document']): LanguageChoice {
  const kept = localStorage.getItem(keyOf(document))
  return choices.find((each) => each === kept) ?? 'own'
}

export function keepLanguage(document: Paper['document'], language: LanguageChoice): void {
  localStorage.setItem(keyOf(document), language)
}

/** The paper in the language chosen for its kind, unless it asks for one of its own. */
export function inLanguage<Asked extends Paper>(
  paper: Asked,
  language = readLanguage(paper.document),
): Asked {
  if (paper.language !== undefined || language === 'own') return paper
  return { ...paper, language }
}
