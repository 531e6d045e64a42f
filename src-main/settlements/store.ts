import { sql } from 'kysely'
import type {
  ApologyLetterTable,
  SettlementAnswerTable,
  SettlementExecutionTable,
  SettlementTable,
} from '../database/schema.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import type { Complained } from '../cases/index.ts'
import type { Item, LinkedKind } from './rules.ts'

/** Who wrote something down, and when. */
interface Step {
  at: string
  by: number
}

/** Names of the goods a complaint is about: of its line, or else what its card covers. */
export async function listGoodsNames(
  r: ReadHandle,
  { saleLineId, cardId }: Pick<Complained, 'saleLineId' | 'cardId'>,
): Promise<string[]> {
  const rows = await r
    .selectFrom('sale_line')
    .leftJoin('card_line', 'card_line.sale_line_id', 'sale_line.id')
    .select('sale_line.name')
    .distinct()
    .where((row) =>
      saleLineId === null
        ? row('card_line.card_id', '=', cardId)
        : row('sale_line.id', '=', saleLineId),
    )
    .execute()
  return rows.map(({ name }) => name)
}

/** What was found before: whether it is decided, and its cause. */
export async function findFound(
  r: ReadHandle,
  complaintId: number,
): Promise<{ decided: boolean; cause: string } | undefined> {
  const row = await r
    .selectFrom('investigation')
    .select(['state', 'cause'])
    .where('complaint_id', '=', complaintId)
    .executeTakeFirst()
  return row && { decided: row.state === 'decided', cause: row.cause }
}

/** What the customer paid himself and was not paid back yet. */
export function listOpenOutlays(
  r: ReadHandle,
  complaintId: number,
): Promise<{ id: number; amount: number; what: string }[]> {
  return r
    .selectFrom('customer_outlay as o')
    .innerJoin('investigation', 'investigation.id', 'o.investigation_id')
    .leftJoin('compensation', (join) =>
      join.onRef('compensation.outlay_id', '=', 'o.id').on('compensation.voided_at', 'is', null),
    )
    .select(['o.id', 'o.amount', 'o.what'])
    .where('investigation.complaint_id', '=', complaintId)
    .where('o.voided_at', 'is', null)
    .where('compensation.id', 'is', null)
    .orderBy('o.id')
    .execute()
}

export interface SettlementRecord {
  id: number
  number: string
  complaintId: number
  caseId: number
  state: SettlementTable['state']
  round: number
  level: SettlementTable['level']
  currency: string
  approved: number
  approvedBy: string | null
  approverRole: 'clerk' | 'floor_manager' | 'store_manager' | null
  optionId: number | null
  agreedAt: string | null
  executorId: number | null
  executorName: string | null
  promisedAt: string | null
  proposedAt: string
  proposedBy: string
  proposerRole: 'clerk' | 'floor_manager' | 'store_manager' | 'system'
  closedAt: string | null
  closedBy: string | null
  closeReason: string
  version: number
}

function selectSettlements(r: ReadHandle) {
  return r
    .selectFrom('settlement as s')
    .innerJoin('operator as proposer', 'proposer.id', 's.proposed_by')
    .leftJoin('operator as executor', 'executor.id', 's.executor_id')
    .leftJoin('operator as closer', 'closer.id', 's.closed_by')
    .leftJoin('approval', 'approval.id', 's.approval_id')
    .leftJoin('operator as approver', 'approver.id', 'approval.decided_by')
    .select([
      's.id',
      's.number',
      's.complaint_id as complaintId',
      's.case_id as caseId',
      's.state',
      's.round',
      's.level',
      's.currency',
      's.approved',
      'approver.name as approvedBy',
      'approval.decided_role as approverRole',
      's.option_id as optionId',
      's.agreed_at as agreedAt',
      's.executor_id as executorId',
      'executor.name as executorName',
      's.promised_at as promisedAt',
      's.proposed_at as proposedAt',
      'proposer.name as proposedBy',
      'proposer.role as proposerRole',
      's.closed_at as closedAt',
      'closer.name as closedBy',
      's.close_reason as closeReason',
      's.version',
    ])
}

export function findSettlement(r: ReadHandle, id: number): Promise<SettlementRecord | undefined> {
  return selectSettlements(r).where('s.id', '=', id).executeTakeFirst()
}

/** Every settlement of a complaint, the newest first. */
export function listSettlements(r: ReadHandle, complaintId: number): Promise<SettlementRecord[]> {
  return selectSettlements(r)
    .where('s.complaint_id', '=', complaintId)
    .orderBy('s.id', 'desc')
    .execute()
}

export interface UnderWay extends SettlementRecord {
  complaintNumber: string
  title: string
}

/** Agreed and not carried out whole. */
export function listUnderWay(r: ReadHandle): Promise<UnderWay[]> {
  return selectSettlements(r)
    .innerJoin('complaint', 'complaint.id', 's.complaint_id')
    .innerJoin('settlement_option', 'settlement_option.id', 's.option_id')
    .select(['complaint.number as complaintNumber', 'settlement_option.title'])
    .where('s.state', '=', 'agreed')
    .orderBy('s.agreed_at')
    .execute()
}

/** Settlements that wait for the next level, with the customer's last no. */
export function listEscalated(r: ReadHandle) {
  return r
    .selectFrom('settlement as s')
    .innerJoin('settlement_answer as a', (join) =>
      join.onRef('a.settlement_id', '=', 's.id').onRef('a.round', '=', 's.round'),
    )
    .select(['s.id', 's.number', 's.case_id as caseId', 's.level', 's.round', 'a.words', 'a.at'])
    .where('s.state', '=', 'escalated')
    .orderBy('s.id')
    .execute()
}

export async function insertSettlement(
  w: WriteHandle,
  fresh: {
    number: string
    complaintId: number
    caseId: number
    currency: string
    approved: number
    approvalId: number | null
    businessDate: string
  } & Step,
): Promise<number> {
  const { id } = await w
    .insertInto('settlement')
    .values({
      number: fresh.number,
      complaint_id: fresh.complaintId,
      case_id: fresh.caseId,
      state: 'offered',
      level: 'clerk',
      currency: fresh.currency,
      approved: fresh.approved,
      approval_id: fresh.approvalId,
      option_id: null,
      agreed_at: null,
      executor_id: null,
      promised_at: null,
      business_date: fresh.businessDate,
      proposed_at: fresh.at,
      proposed_by: fresh.by,
      closed_at: null,
      closed_by: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

type SettlementColumns = Partial<
  Omit<SettlementTable, 'id' | 'number' | 'version' | 'short_no' | 'round' | 'close_reason'> & {
    round: number
    close_reason: string
  }
>

/** @returns false when somebody else changed it since `version`. */
export async function writeSettlement(
  w: WriteHandle,
  of: { id: number; version: number },
  columns: SettlementColumns,
): Promise<boolean> {
  const result = await w
    .updateTable('settlement')
    .set({ ...columns, version: sql<number>`version + 1` })
    .where('id', '=', of.id)
    .where('version', '=', of.version)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export async function insertOptions(
  w: WriteHandle,
  settlementId: number,
  round: number,
  options: readonly { title: string; items: readonly Item[] }[],
): Promise<void> {
  for (const [index, { title, items }] of options.entries()) {
    const { id } = await w
      .insertInto('settlement_option')
      .values({ settlement_id: settlementId, round, no: index + 1, title })
      .returning('id')
      .executeTakeFirstOrThrow()
    await w
      .insertInto('settlement_item')
      .values(
        items.map((item, at) => ({
          settlement_id: settlementId,
          option_id: id,
          no: at + 1,
          kind: item.kind,
          what: item.what,
          amount: item.amount,
          borne_by: item.borneBy,
          borne_name: item.borneName,
          pay_how: item.payHow,
          outlay_id: item.outlayId,
        })),
      )
      .execute()
  }
}

export interface OptionRecord {
  id: number
  round: number
  no: number
  title: string
}

export function listOptions(r: ReadHandle, settlementId: number): Promise<OptionRecord[]> {
  return r
    .selectFrom('settlement_option')
    .select(['id', 'round', 'no', 'title'])
    .where('settlement_id', '=', settlementId)
    .orderBy('round')
    .orderBy('no')
    .execute()
}

export interface ItemRecord extends Item {
  id: number
  optionId: number
}

export function listItems(r: ReadHandle, settlementId: number): Promise<ItemRecord[]> {
  return r
    .selectFrom('settlement_item')
    .select([
      'id',
      'option_id as optionId',
      'kind',
      'what',
      'amount',
      'borne_by as borneBy',
      'borne_name as borneName',
      'pay_how as payHow',
      'outlay_id as outlayId',
    ])
    .where('settlement_id', '=', settlementId)
    .orderBy('option_id')
    .orderBy('no')
    .execute()
}

export async function insertAnswer(
  w: WriteHandle,
  answer: {
    settlementId: number
    round: number
    accepts: boolean
    optionId: number | null
    channel: SettlementAnswerTable['channel']
    words: string
    sha256: string | null
  } & Step,
): Promise<void> {
  const { settlementId, accepts, optionId, ...row } = answer
  await w
    .insertInto('settlement_answer')
    .values({
      ...row,
      settlement_id: settlementId,
      accepts: accepts ? 1 : 0,
      option_id: optionId,
    })
    .execute()
}

export async function listAnswers(r: ReadHandle, settlementId: number) {
  const rows = await r
    .selectFrom('settlement_answer as a')
    .innerJoin('operator', 'operator.id', 'a.by')
    .select(['a.round', 'a.accepts', 'a.option_id as optionId', 'a.channel', 'a.words'])
    .select(['a.sha256', 'a.at', 'operator.name as by'])
    .where('a.settlement_id', '=', settlementId)
    .orderBy('a.round')
    .execute()
  return rows.map(({ accepts, sha256, ...row }) => ({
    ...row,
    accepts: accepts === 1,
    signed: sha256 !== null,
  }))
}

export interface ExecutionRecord {
  id: number
  itemId: number
  proofType: SettlementExecutionTable['proof_type']
  proofId: number | null
  proofNumber: string
  note: string
  sha256: string | null
  at: string
  by: string
}

/** What stands of a settlement's executions. */
export function listExecutions(r: ReadHandle, settlementId: number): Promise<ExecutionRecord[]> {
  return r
    .selectFrom('settlement_execution as e')
    .innerJoin('operator', 'operator.id', 'e.by')
    .select(['e.id', 'e.item_id as itemId', 'e.proof_type as proofType', 'e.proof_id as proofId'])
    .select(['e.proof_number as proofNumber', 'e.note', 'e.sha256', 'e.at', 'operator.name as by'])
    .where('e.settlement_id', '=', settlementId)
    .where('e.voided_at', 'is', null)
    .orderBy('e.id')
    .execute()
}

export async function insertExecution(
  w: WriteHandle,
  fresh: {
    settlementId: number
    itemId: number
    proofType: ExecutionRecord['proofType']
    proofId: number | null
    proofNumber: string
    note: string
    sha256: string | null
    businessDate: string
  } & Step,
): Promise<void> {
  await w
    .insertInto('settlement_execution')
    .values({
      settlement_id: fresh.settlementId,
      item_id: fresh.itemId,
      proof_type: fresh.proofType,
      proof_id: fresh.proofId,
      proof_number: fresh.proofNumber,
      note: fresh.note,
      sha256: fresh.sha256,
      business_date: fresh.businessDate,
      at: fresh.at,
      by: fresh.by,
      voided_at: null,
      voided_by: null,
      void_reason: null,
    })
    .execute()
}

export async function writeVoided(
  w: WriteHandle,
  table: 'settlement_execution' | 'compensation' | 'apology_letter',
  id: number,
  voided: Step & { reason: string },
): Promise<boolean> {
  const result = await w
    .updateTable(table)
    .set({ voided_at: voided.at, voided_by: voided.by, void_reason: voided.reason })
    .where('id', '=', id)
    .where('voided_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** A remedy of another room that can prove an item. */
export interface DocumentRecord {
  type: LinkedKind
  id: number
  number: string
  amount: number | null
}

/** Remedies of a case that stand and prove nothing yet. */
export async function listDocuments(r: ReadHandle, caseId: number): Promise<DocumentRecord[]> {
  const refunds = await r
    .selectFrom('refund')
    .select(['id', 'number', 'slip_kind as slipKind', 'amount'])
    .where('case_id', '=', caseId)
    .where('state', '<>', 'void')
    .where('exchange_id', 'is', null)
    .orderBy('id')
    .execute()
  const exchanges = await r
    .selectFrom('exchange')
    .select(['id', 'number'])
    .where('case_id', '=', caseId)
    .where('state', '<>', 'void')
    .orderBy('id')
    .execute()
  const repairs = await r
    .selectFrom('repair')
    .select(['id', 'number'])
    .where('case_id', '=', caseId)
    .orderBy('id')
    .execute()
  const vouchers = await r
    .selectFrom('voucher')
    .select(['id', 'number', 'amount'])
    .where('case_id', '=', caseId)
    .where('state', '<>', 'void')
    .where('id', 'not in', (row) =>
      row
        .selectFrom('compensation')
        .select('voucher_id')
        .where('voucher_id', 'is not', null)
        .$castTo<{ voucher_id: number }>(),
    )
    .orderBy('id')
    .execute()
  const used = await r
    .selectFrom('settlement_execution as e')
    .innerJoin('settlement', 'settlement.id', 'e.settlement_id')
    .select(['e.proof_type', 'e.proof_id'])
    .where('settlement.case_id', '=', caseId)
    .where('e.voided_at', 'is', null)
    .execute()
  const taken = new Set(used.map((each) => `${each.proof_type} ${each.proof_id}`))
  const all: DocumentRecord[] = [
    ...refunds.map(({ slipKind, ...each }) => ({
      ...each,
      type: slipKind === 'return' ? ('refund' as const) : slipKind,
    })),
    ...exchanges.map((each) => ({ ...each, type: 'exchange' as const, amount: null })),
    ...repairs.map((each) => ({ ...each, type: 'repair' as const, amount: null })),
    ...vouchers.map((each) => ({ ...each, type: 'voucher' as const })),
  ]
  return all.filter(({ type, id }) => !taken.has(`${proofOf(type)} ${id}`))
}

/** Price adjustments are refunds by table. */
export function proofOf(kind: LinkedKind): 'refund' | 'exchange' | 'repair' | 'voucher' {
  return kind === 'price_adjustment' ? 'refund' : kind
}

export async function insertCompensation(
  w: WriteHandle,
  fresh: {
    number: string
    settlementId: number
    complaintId: number
    caseId: number
    item: ItemRecord & { kind: 'compensation' | 'reimbursement' | 'goodwill' }
    paidHow: 'cash' | 'bank_card' | 'alipay' | 'wechat' | 'voucher'
    currency: string
    businessDate: string
  } & Step,
): Promise<number> {
  const { item } = fresh
  const { id } = await w
    .insertInto('compensation')
    .values({
      number: fresh.number,
      settlement_id: fresh.settlementId,
      item_id: item.id,
      complaint_id: fresh.complaintId,
      case_id: fresh.caseId,
      kind: item.kind,
      what: item.what,
      amount: item.amount,
      currency: fresh.currency,
      borne_by: item.borneBy,
      borne_name: item.borneName,
      paid_how: fresh.paidHow,
      outlay_id: item.outlayId,
      voucher_id: null,
      business_date: fresh.businessDate,
      at: fresh.at,
      by: fresh.by,
      voided_at: null,
      voided_by: null,
      void_reason: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function writeCompensationVoucher(
  w: WriteHandle,
  id: number,
  voucherId: number,
): Promise<void> {
  await w.updateTable('compensation').set({ voucher_id: voucherId }).where('id', '=', id).execute()
}

export async function findVoucherState(r: ReadHandle, id: number): Promise<string | undefined> {
  const row = await r.selectFrom('voucher').select('state').where('id', '=', id).executeTakeFirst()
  return row?.state
}

function selectLedger(r: ReadHandle) {
  return r
    .selectFrom('compensation as c')
    .innerJoin('settlement', 'settlement.id', 'c.settlement_id')
    .innerJoin('complaint', 'complaint.id', 'c.complaint_id')
    .innerJoin('operator', 'operator.id', 'c.by')
    .leftJoin('operator as voider', 'voider.id', 'c.voided_by')
    .leftJoin('voucher', 'voucher.id', 'c.voucher_id')
    .leftJoin('pos_instruction as i', (join) =>
      join.onRef('i.source_id', '=', 'c.id').on('i.source_type', '=', 'compensation'),
    )
    .select([
      'c.id',
      'c.number',
      'c.business_date as businessDate',
      'settlement.number as settlementNumber',
      'c.complaint_id as complaintId',
      'complaint.number as complaintNumber',
      'c.item_id as itemId',
      'c.kind',
      'c.what',
      'c.amount',
      'c.currency',
      'c.borne_by as borneBy',
      'c.borne_name as borneName',
      'c.paid_how as paidHow',
      'i.number as instructionNumber',
      'i.state as instructionState',
      'c.voucher_id as voucherId',
      'voucher.number as voucherNumber',
      'operator.name as by',
      'c.voided_at as voidedAt',
      'voider.name as voidedBy',
      'c.void_reason as voidReason',
    ])
}

type LedgerRow = Awaited<ReturnType<ReturnType<typeof selectLedger>['execute']>>[number]

function toEntry({
  voidedAt,
  voidedBy,
  voidReason,
  instructionNumber,
  instructionState,
  voucherId,
  voucherNumber,
  itemId: _itemId,
  ...row
}: LedgerRow) {
  return {
    ...row,
    instruction:
      instructionNumber === null || instructionState === null
        ? null
        : { number: instructionNumber, state: instructionState },
    voucher:
      voucherId === null || voucherNumber === null
        ? null
        : { id: voucherId, number: voucherNumber },
    voided:
      voidedAt === null ? null : { at: voidedAt, by: voidedBy ?? '', reason: voidReason ?? '' },
  }
}

export type LedgerRecord = ReturnType<typeof toEntry>

/** The compensations of a month, newest first. */
export async function listLedger(r: ReadHandle, month: string): Promise<LedgerRecord[]> {
  const rows = await selectLedger(r)
    .where('c.business_date', '>=', `${month}-01`)
    .where('c.business_date', '<=', `${month}-31`)
    .orderBy('c.id', 'desc')
    .execute()
  return rows.map(toEntry)
}

export async function listLedgerOf(r: ReadHandle, complaintId: number): Promise<LedgerRecord[]> {
  const rows = await selectLedger(r)
    .where('c.complaint_id', '=', complaintId)
    .orderBy('c.id')
    .execute()
  return rows.map(toEntry)
}

/** The payment of an item that stands. */
export async function findPaid(r: ReadHandle, itemId: number): Promise<LedgerRecord | undefined> {
  const row = await selectLedger(r)
    .where('c.item_id', '=', itemId)
    .where('c.voided_at', 'is', null)
    .executeTakeFirst()
  return row && toEntry(row)
}

/** Months with compensations that stand, the newest first. */
export async function listMonths(
  r: ReadHandle,
  limit: number,
): Promise<{ month: string; count: number; amount: number }[]> {
  const rows = await r
    .selectFrom('compensation')
    .select((row) => [
      row.fn<string>('substr', ['business_date', row.val(1), row.val(7)]).as('month'),
      row.fn.countAll<number>().as('count'),
      row.fn.sum<number>('amount').as('amount'),
    ])
    .where('voided_at', 'is', null)
    .groupBy('month')
    .orderBy('month', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    month: row.month,
    count: Number(row.count),
    amount: Number(row.amount),
  }))
}

export interface LetterRecord {
  id: number
  number: string
  complaintId: number
  caseId: number
  language: ApologyLetterTable['language']
  addressee: string
  bodyZh: string
  bodyEn: string
  signer: string
  signerTitle: string
  businessDate: string
  at: string
  voided: { at: string; by: string; reason: string } | null
}

function selectLetters(r: ReadHandle) {
  return r
    .selectFrom('apology_letter as l')
    .innerJoin('operator', 'operator.id', 'l.signer_id')
    .leftJoin('operator as voider', 'voider.id', 'l.voided_by')
    .select([
      'l.id',
      'l.number',
      'l.complaint_id as complaintId',
      'l.case_id as caseId',
      'l.language',
      'l.addressee',
      'l.body_zh as bodyZh',
      'l.body_en as bodyEn',
      'operator.name as signer',
      'l.signer_title as signerTitle',
      'l.business_date as businessDate',
      'l.at',
      'l.voided_at as voidedAt',
      'voider.name as voidedBy',
      'l.void_reason as voidReason',
    ])
}

type LetterRow = Awaited<ReturnType<ReturnType<typeof selectLetters>['execute']>>[number]

function toLetter({ voidedAt, voidedBy, voidReason, ...row }: LetterRow): LetterRecord {
  return {
    ...row,
    voided:
      voidedAt === null ? null : { at: voidedAt, by: voidedBy ?? '', reason: voidReason ?? '' },
  }
}

export async function findLetter(r: ReadHandle, id: number): Promise<LetterRecord | undefined> {
  const row = await selectLetters(r).where('l.id', '=', id).executeTakeFirst()
  return row && toLetter(row)
}

export async function listLetters(r: ReadHandle, complaintId: number): Promise<LetterRecord[]> {
  const rows = await selectLetters(r)
    .where('l.complaint_id', '=', complaintId)
    .orderBy('l.id')
    .execute()
  return rows.map(toLetter)
}

/** Whether a letter proves an item that stands. */
export async function isLetterUsed(r: ReadHandle, letterId: number): Promise<boolean> {
  const row = await r
    .selectFrom('settlement_execution')
    .select('id')
    .where('proof_type', '=', 'letter')
    .where('proof_id', '=', letterId)
    .where('voided_at', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}

export async function insertLetter(
  w: WriteHandle,
  fresh: Omit<LetterRecord, 'id' | 'signer' | 'voided'> & { signerId: number; by: number },
): Promise<number> {
  const { id } = await w
    .insertInto('apology_letter')
    .values({
      number: fresh.number,
      complaint_id: fresh.complaintId,
      case_id: fresh.caseId,
      language: fresh.language,
      addressee: fresh.addressee,
      body_zh: fresh.bodyZh,
      body_en: fresh.bodyEn,
      signer_id: fresh.signerId,
      signer_title: fresh.signerTitle,
      business_date: fresh.businessDate,
      at: fresh.at,
      by: fresh.by,
      voided_at: null,
      voided_by: null,
      void_reason: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** People who work here and can carry something out or sign it. */
export function listPeople(
  r: ReadHandle,
): Promise<{ id: number; code: string; name: string; role: SettlementRecord['proposerRole'] }[]> {
  return r
    .selectFrom('operator')
    .select(['id', 'code', 'name', 'role'])
    .where('active', '=', 1)
    .where('role', '<>', 'system')
    .orderBy('code')
    .execute()
}
