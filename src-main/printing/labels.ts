/** What papers say: labels of `documents.json` in one language or two. */
import type zhDocuments from '../../resources/locales/zh-CN/documents.json'

export type DocumentTexts = typeof zhDocuments

/** `bilingual` prints Chinese labels with English below them, for customers who do not read Chinese. */
export type PaperLanguage = 'zh' | 'en' | 'bilingual'

type Leaf<Texts, Prefix extends string = ''> = {
  [Key in keyof Texts & string]: Texts[Key] extends string
    ? `${Prefix}${Key}`
    : Texts[Key] extends readonly string[]
      ? never
      : Leaf<Texts[Key], `${Prefix}${Key}.`>
}[keyof Texts & string]

/** Key of one text in `documents.json`, for example `card.brand`. */
export type LabelKey = Leaf<DocumentTexts>

export type LabelParameters = Record<string, string | number>

export interface Labels {
  readonly language: PaperLanguage
  /** BCP 47 tag of the paper's first language. */
  readonly lang: 'zh-CN' | 'en'
  /** The text in the paper's first language. */
  say(key: LabelKey, parameters?: LabelParameters): string
  /** The text in the second language, or null on a paper in one language. */
  second(key: LabelKey, parameters?: LabelParameters): string | null
  /** Both languages on one line, with `between` them. */
  both(key: LabelKey, parameters?: LabelParameters, between?: string): string
  /**
   * The label of a code (a class, a reason) in the paper's first language; a code without a label, as a
   * store's own list may hold, is printed as it is.
   */
  code(group: CodeGroup, code: string): string
  /** The same in both languages of the paper, on one line. */
  codeBoth(group: CodeGroup, code: string): string
  /** A list of sentences in every language of the paper. */
  lines(list: 'card.legal'): string[]
  /** Name of a weekday, 1 = Monday to 7 = Sunday. */
  weekday(day: number): string
  /** False for a field the store leaves out of this paper. */
  prints(key: LabelKey): boolean
  /** The same languages for a paper that is set up in its own way, or as the kit has it. */
  setUpAs(own: OwnLabels | undefined): Labels
}

/** What a store made of a paper's labels. */
export interface OwnLabels {
  /** Fields that are left out, by their labels. */
  hidden: readonly string[]
  /** Words in place of a label's, by label; in a language without words the label stays as it is. */
  said: Readonly<Record<string, { zh: string; en: string }>>
}

/** Groups of codes that have labels. */
export type CodeGroup =
  | 'refund.conditions'
  | 'refund.reasons'
  | 'refund.tenders'
  | 'report.classes'
  | 'refusal.claims'
  | 'refusal.reasons'
  | 'goods.destinations'
  | 'handover.found'
  | 'repair.acceptances'
  | 'repair.consents'
  | 'repair.feeKinds'
  | 'repair.outcomes'
  | 'repair.takers'
  | 'voucher.sources'
  | 'voucher.kinds'
  | 'refusal.proofKinds'
  | 'shift.kinds'
  | 'dayClose.slipKinds'
  | 'dayClose.checkKinds'
  | 'dayClose.directions'
  | 'deduction.kinds'
  | 'deduction.bases'
  | 'faultSheet.sources'
  | 'settlement.kinds'
  | 'settlement.pays'
  | 'customer.rules'
  | 'customer.channels'
  | 'customer.noteKinds'
  | 'customer.details'
  | 'customer.services'
  | 'complaintForm.complainants'
  | 'complaintForm.modes'
  | 'complaintForm.severities'
  | 'complaintForm.demands'
  | 'complaintForm.findings'
  | 'complaintForm.parties'
  | 'complaintForm.answers'
  | 'complaintForm.content'
  | 'complaintForm.outcomes'
  | 'repairList.receptions'

/** Joins the two label files into what one paper says. */
export function makeLabels(
  texts: { zh: DocumentTexts; en: DocumentTexts },
  language: PaperLanguage,
  own: OwnLabels = { hidden: [], said: {} },
): Labels {
  const first = language === 'en' ? texts.en : texts.zh
  const second = language === 'bilingual' ? texts.en : null
  const hidden = new Set(own.hidden)
  const ownWords = (key: LabelKey, of: 'zh' | 'en') =>
    Object.hasOwn(own.said, key) ? own.said[key]?.[of] : undefined
  const say = (key: LabelKey, parameters?: LabelParameters) =>
    ownWords(key, language === 'en' ? 'en' : 'zh') || fill(find(first, key), parameters)
  const saySecond = (key: LabelKey, parameters?: LabelParameters) =>
    second && (ownWords(key, 'en') || fill(find(second, key), parameters))
  return {
    language,
    lang: language === 'en' ? 'en' : 'zh-CN',
    say,
    second: saySecond,
    both: (key, parameters, between = ' ') =>
      [say(key, parameters), saySecond(key, parameters)].filter(Boolean).join(between),
    code: (group, code) => labelOfCode(first, group, code),
    codeBoth: (group, code) =>
      [...new Set([first, second].map((each) => each && labelOfCode(each, group, code)))]
        .filter(Boolean)
        .join(' '),
    lines: () => [...first.card.legal, ...(second ? second.card.legal : [])],
    weekday: (day) => first.common.weekdays[day - 1] ?? '',
    prints: (key) => !hidden.has(key),
    setUpAs: (other) => makeLabels(texts, language, other),
  }
}

function find(texts: DocumentTexts, key: string): string {
  const text = walk(texts, key)
  if (typeof text !== 'string') throw new Error(`no text for ${key}`)
  return text
}

function labelOfCode(texts: DocumentTexts, group: CodeGroup, code: string): string {
  const label = walk(texts, group)
  const named = isRecord(label) && Object.hasOwn(label, code) ? label[code] : undefined
  return typeof named === 'string' ? named : code
}

function walk(texts: DocumentTexts, key: string): unknown {
  let node: unknown = texts
  for (const step of key.split('.')) node = isRecord(node) ? node[step] : undefined
  return node
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function fill(text: string, parameters: LabelParameters = {}): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (whole, name: string) =>
    String(parameters[name] ?? whole),
  )
}
