import { requireApproval, subjectHash } from '../approvals/index.ts'
import type { Complained, Moment } from '../cases/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { formatMoney } from '../foundation/money.ts'
import type { Call } from '../handlers.ts'
import { kindsOf, mostOf, type Option } from './rules.ts'
import { isAtRisk } from './view.ts'

/**
 * What an approval of these options is about: every word and figure of them. The dearest option is what it must cover;
 * all of it is beyond what anybody paid for goods. Remedies of other rooms ask for their own approvals there.
 */
export async function questionOf(
  r: ReadHandle,
  call: Call,
  complaint: Complained,
  round: number,
  options: readonly Option[],
) {
  const kinds = kindsOf(options, await isAtRisk(r, complaint.caseId))
  const amount = mostOf(options)
  const { currency, language } = call.profile
  const facts = options.map(({ title, items }) => ({
    title,
    items: items.map((item) => ({ ...item })),
  }))
  const titles = options.map(({ title }) => title).join(' / ')
  return {
    kinds,
    amount,
    currency,
    subject: {
      type: 'settlement',
      id: `${complaint.number} ${round}`,
      hash: subjectHash({ complaint: complaint.number, round, currency, options: facts }),
    },
    summary: [complaint.number, titles, formatMoney(amount, currency, language)]
      .join(' · ')
      .slice(0, 200),
  }
}

/** Stands before every proposal: within one's own authority, or with an approval, which is used up. */
export async function requireAuthority(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  asked: {
    complaint: Complained
    round: number
    options: readonly Option[]
    approvalId: number | null
    usedFor: string
  },
): Promise<{ amount: number; approvalId: number | null }> {
  const { complaint, round, options, approvalId } = asked
  const { kinds, amount, currency, subject } = await questionOf(w, call, complaint, round, options)
  if (kinds.length === 0) return { amount, approvalId: null }
  const approval = await requireApproval(w, call, moment, {
    kinds,
    amount,
    currency,
    subject,
    approvalIds: approvalId === null ? [] : [approvalId],
    usedFor: { type: 'settlement', id: asked.usedFor },
  })
  return { amount, approvalId: approval?.approvalId ?? null }
}
