/** Words of reports in both languages: the same on the screen, on paper and in files. */
import approvalsEn from '../../../resources/locales/en/approvals.json' with { type: 'json' }
import complaintsEn from '../../../resources/locales/en/complaints.json' with { type: 'json' }
import figuresEn from '../../../resources/locales/en/figures.json' with { type: 'json' }
import goodsEn from '../../../resources/locales/en/goods.json' with { type: 'json' }
import repairsEn from '../../../resources/locales/en/repairs.json' with { type: 'json' }
import refundsEn from '../../../resources/locales/en/refunds.json' with { type: 'json' }
import salesEn from '../../../resources/locales/en/sales.json' with { type: 'json' }
import approvalsZh from '../../../resources/locales/zh-CN/approvals.json' with { type: 'json' }
import complaintsZh from '../../../resources/locales/zh-CN/complaints.json' with { type: 'json' }
import figuresZh from '../../../resources/locales/zh-CN/figures.json' with { type: 'json' }
import goodsZh from '../../../resources/locales/zh-CN/goods.json' with { type: 'json' }
import repairsZh from '../../../resources/locales/zh-CN/repairs.json' with { type: 'json' }
import refundsZh from '../../../resources/locales/zh-CN/refunds.json' with { type: 'json' }
import salesZh from '../../../resources/locales/zh-CN/sales.json' with { type: 'json' }
import { faults } from '../../radar/faults.ts'
import type { BothWords, Dimension, Label } from './contract.ts'

type Texts = Readonly<Record<string, string>>

function pair(zh: Texts, en: Texts, key: string): BothWords {
  return { zh: zh[key] ?? key, en: en[key] ?? key }
}

export function titleOf(report: string): BothWords {
  return pair(figuresZh.title, figuresEn.title, report)
}

export function questionOf(report: string): BothWords {
  return pair(figuresZh.question, figuresEn.question, report)
}

export function columnName(figure: string): BothWords {
  return pair(figuresZh.column, figuresEn.column, figure)
}

export function meaningOf(figure: string): BothWords {
  return pair(figuresZh.meaning, figuresEn.meaning, figure)
}

export function noteOf(key: string): BothWords {
  return pair(figuresZh.note, figuresEn.note, key)
}

export function dimensionName(by: Dimension): BothWords {
  return pair(figuresZh.dimension, figuresEn.dimension, by)
}

/** Words of files: heads, totals, what is compared. */
export function fileWord(key: keyof typeof figuresZh.file): BothWords {
  return { zh: figuresZh.file[key], en: figuresEn.file[key] }
}

const codes: Partial<Record<Dimension, readonly [zh: Texts, en: Texts]>> = {
  class: [complaintsZh.class, complaintsEn.class],
  reason: [refundsZh.reason, refundsEn.reason],
  tender: [salesZh.tender, salesEn.tender],
  destination: [goodsZh.destination, goodsEn.destination],
  kind: [figuresZh.kind, figuresEn.kind],
  basis: [figuresZh.basis, figuresEn.basis],
  outcome: [repairsZh.outcome, repairsEn.outcome],
  repairer: [repairsZh.holder, repairsEn.holder],
  group: [figuresZh.group, figuresEn.group],
}

/** Kinds of approval are named as the approvals room names them. */
const approvalKinds = [approvalsZh.kind, approvalsEn.kind] as const

/** How a row is called: codes by their words, people by their names, goods and places as they are written. */
export function rowLabel(by: Dimension, key: string, people: ReadonlyMap<string, string>): Label {
  if (key === '') return { zh: figuresZh.notStated, en: figuresEn.notStated }
  if (by === 'person' || by === 'approver') return people.get(key) ?? key
  if (by === 'fault') {
    const fault = faults.find(({ code }) => code === key)
    return fault ? { zh: fault.zh, en: fault.en } : key
  }
  const known = codes[by]
  if (known === undefined || !(key in known[0])) {
    return by === 'kind' && key in approvalKinds[0] ? pair(...approvalKinds, key) : key
  }
  return pair(known[0], known[1], key)
}
