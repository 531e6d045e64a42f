import type { LabelKey } from './labels.ts'

/** One field of a paper that a store can set, by its label. A paper's fields are declared beside the paper. */
export interface PaperField {
  key: LabelKey
  /** The law or standard that asks for it: it always prints. */
  law?: 'card' | 'repair' | 'voucher' | 'complaint'
  /** Left out unless the store wants it. */
  off?: true
}
