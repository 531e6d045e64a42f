import type { ReadHandle } from '../database/store.ts'
import type { Call } from '../handlers.ts'
import { frameOf } from '../printing/frame.ts'
import type { InstructionRecord } from '../pos-instructions/index.ts'
import { paymentsOf, receiverOf, standingPayOut } from './cash-out.ts'
import type { MovementFacts, VoucherFacts } from './document.ts'
import { requireVoucher } from './ledger.ts'
import { listMovements, type MovementRecord, type VoucherRecord } from './store.ts'

/** Everything a voucher prints, as an original: whoever prints it knows which copy it is. */
export async function voucherFacts(
  r: ReadHandle,
  call: Call,
  voucherId: number,
  paper: VoucherFacts['paper'],
): Promise<VoucherFacts> {
  const voucher = await requireVoucher(r, voucherId)
  const movements = await listMovements(r, voucherId)
  const { number, code, currency, amount, balance, source, holder } = voucher
  return {
    frame: frameOf(call),
    paper,
    number,
    code,
    copy: 0,
    voided: voidFacts(voucher, movements),
    currency,
    amount,
    balance,
    source: { type: source.type, number: source.number },
    holder,
    issuedAt: voucher.issuedAt,
    issuedBy: voucher.issuedBy,
    expiresOn: voucher.expiresOn,
    reason: voucher.reason || null,
    movements: movements.slice(1).map(movementFacts),
    payOut: payOutFacts(movements, await paymentsOf(r, voucher)),
  }
}

/** A dead code says so across the paper, whatever killed it. */
function voidFacts(
  { state, replacedBy }: VoucherRecord,
  movements: readonly MovementRecord[],
): VoucherFacts['voided'] {
  if (state !== 'void' && state !== 'lost') return null
  const last = movements.findLast(({ kind }) => kind === 'void' || kind === 'loss')
  const reason = [last?.reason, replacedBy && `→ ${replacedBy.number}`].filter(Boolean).join(' ')
  return { on: last?.businessDate ?? '', reason }
}

/** The pay-out that stands: the newest that nobody took back. */
function payOutFacts(
  movements: readonly MovementRecord[],
  payments: readonly InstructionRecord[],
): VoucherFacts['payOut'] {
  const standing = payments.findLast(({ number }) => standingPayOut(movements, number))
  const movement = standing && standingPayOut(movements, standing.number)
  if (!standing || !movement) return null
  return {
    number: standing.number,
    amount: standing.amount,
    way: standing.tender.kind === 'cash' ? 'cash' : 'bank_card',
    receiver: receiverOf(movement),
  }
}

function movementFacts(movement: MovementRecord): MovementFacts {
  const { businessDate, kind, ref, amount, balance } = movement
  return { on: businessDate, kind, ref: ref?.number ?? '', amount, balance }
}
