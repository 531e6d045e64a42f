import { approversOf } from '../../approvals/index.ts'
import { inkOf } from '../../attachments/index.ts'
import type { ReadHandle } from '../../database/store.ts'
import { businessDateOf } from '../../foundation/business-date.ts'
import type { Call } from '../../handlers.ts'
import { frameOf } from '../../printing/frame.ts'
import type { HandoverFormFacts, SignatureFacts } from './document.ts'
import { type Form, readForm } from './form.ts'
import { findWaiver, type SignatureRecord } from './store.ts'

/** Everything a handover form prints, as an original: whoever prints it knows which copy it is. */
export async function handoverFormFacts(
  r: ReadHandle,
  call: Call,
  handoverId: number,
  paper: HandoverFormFacts['paper'] = 'A5',
): Promise<HandoverFormFacts> {
  const form = await readForm(r, { id: handoverId })
  const { handover, exchange, facts, signatures } = form
  const signed = (party: SignatureRecord['party']) =>
    signatureFacts(
      r,
      call,
      signatures.find((each) => each.party === party),
    )
  return {
    frame: frameOf(call),
    paper,
    number: handover.number,
    exchangeNumber: exchange.number,
    before: form.before,
    openedAt: handover.openedAt,
    copy: 0,
    voided:
      exchange.voidedOn === null
        ? null
        : { on: exchange.voidedOn, reason: exchange.voidReason ?? '' },
    currency: exchange.currency,
    sale: { receiptNo: exchange.receiptNo, soldOn: exchange.saleDate },
    back: facts.back.map((unit) => ({
      ...unit,
      serialNo: known(unit.serialNo || unit.soldSerialNo),
      card: { ...unit.card, number: known(unit.cardNumber || (unit.liveCard?.number ?? '')) },
    })),
    given: facts.given.map((unit) => ({
      ...unit,
      serialNo: known(unit.serialNo || unit.expectedSerialNo),
    })),
    newCard: handover.card?.number ?? null,
    term: handover.restartsOn ? { startsOn: handover.restartsOn, endsOn: handover.endsOn } : null,
    receiver: handover.receiver && {
      who: handover.receiver,
      name: known(handover.receiverName || (exchange.customer?.name ?? '')),
      phone: known(handover.receiverPhone),
    },
    signatures: { customer: await signed('customer'), store: await signed('store') },
    waiver: await waiverFacts(r, call, form),
    handledBy: handover.openedBy,
  }
}

/** Null where nobody knows: the paper leaves a place to write. */
function known(text: string): string | null {
  return text === '' ? null : text
}

async function signatureFacts(
  r: ReadHandle,
  call: Call,
  signature: SignatureRecord | undefined,
): Promise<SignatureFacts | null> {
  if (!signature) return null
  const { at, confirmedBy, sha256 } = signature
  return { at, confirmedBy, ink: sha256 === null ? null : await inkOf(r, call, sha256) }
}

async function waiverFacts(
  r: ReadHandle,
  call: Call,
  { handover }: Form,
): Promise<HandoverFormFacts['waiver']> {
  const waiver = await findWaiver(r, handover.id)
  if (!waiver) return null
  const approvals = await approversOf(r, { type: 'handover', id: handover.number })
  const names = approvals.map(({ approverName, approverCode }) => `${approverName} ${approverCode}`)
  return {
    reason: waiver.reason,
    amount: waiver.amount,
    // A store manager who waives at the own desk signs with the session.
    approvedBy: names.length > 0 ? names.join('、') : waiver.askedBy,
    on: businessDateOf(new Date(waiver.at), call.profile),
  }
}
