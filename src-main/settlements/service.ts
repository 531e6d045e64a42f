import type { ReadHandle } from '../database/store.ts'
import { csvText } from '../foundation/csv.ts'
import { formatDecimal } from '../foundation/money.ts'
import { type Call, command, query, type RoomHandlers, task } from '../handlers.ts'
import { questionOf } from './authority.ts'
import type { settlementsContract } from './contract.ts'
import { execute, undo } from './execute.ts'
import { draftLetter, signLetter, voidLetter } from './letters.ts'
import {
  answer,
  giveUp,
  type Inputs,
  propose,
  requireProposal,
  soundOptions,
  voidSettlement,
} from './steps.ts'
import { readLedger, readSettlements, readUnderWay } from './view.ts'

const scopes = ['settlements', 'complaints', 'cases'] as const

async function subjectOf(r: ReadHandle, call: Call, input: Inputs['subject']) {
  const { complaint, round } = await requireProposal(r, call, input.complaintId)
  const options = await soundOptions(r, complaint.id, input.options)
  const { kinds, amount, subject, summary } = await questionOf(r, call, complaint, round, options)
  return { ...subject, kinds, amount, summary }
}

/** Columns of the ledger's file, as stores keep such lists. */
const columns = {
  'zh-CN': [
    '补偿编号',
    '日期',
    '投诉编号',
    '和解编号',
    '类别',
    '说明',
    '金额',
    '币种',
    '承担方',
    '承担方名称',
    '支付方式',
    '付款指令',
    '凭证',
    '经办',
    '作废原因',
  ],
  en: [
    'number',
    'date',
    'complaint',
    'settlement',
    'kind',
    'what',
    'amount',
    'currency',
    'party',
    'party name',
    'paid by',
    'instruction',
    'voucher',
    'operator',
    'void reason',
  ],
}

/** The ledger of a month as a spreadsheet opens it; what was taken back stays in it, with its reason. */
async function ledgerFile(call: Call, month: string) {
  const { entries } = await call.store.read((r) => readLedger(r, call, month))
  const rows = entries.map((each) => [
    each.number,
    each.businessDate,
    each.complaintNumber,
    each.settlementNumber,
    each.kind,
    each.what,
    formatDecimal(each.amount, each.currency),
    each.currency,
    each.borneBy,
    each.borneName,
    each.paidHow,
    each.instruction?.number ?? '',
    each.voucher?.number ?? '',
    each.by,
    each.voided?.reason ?? '',
  ])
  const csv = csvText([columns[call.profile.language], ...rows])
  return {
    fileName: `compensations-${month}.csv`,
    csv: new Blob([csv], { type: 'text/csv;charset=utf-8' }),
  }
}

export const settlementsHandlers: RoomHandlers<typeof settlementsContract> = {
  of: query((r, call, input) => readSettlements(r, call, input.complaintId)),
  subject: query(subjectOf),
  propose: command([...scopes, 'approvals'], propose),
  answer: command(scopes, answer),
  execute: command([...scopes, 'instructions', 'vouchers'], execute),
  undo: command([...scopes, 'instructions'], undo),
  giveUp: command(scopes, giveUp),
  void: command(scopes, voidSettlement),
  underWay: query((r, call) => readUnderWay(r, call)),
  ledger: query((r, call, input) => readLedger(r, call, input.month)),
  ledgerFile: task((call, input) => ledgerFile(call, input.month)),
  letterDraft: query((r, call, input) => draftLetter(r, call, input.complaintId)),
  signLetter: task((call, input) => signLetter(call, input)),
  voidLetter: command(scopes, voidLetter),
}
