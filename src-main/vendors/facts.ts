import type { ReadHandle } from '../database/store.ts'
import { localTime } from '../foundation/business-date.ts'
import type { Call } from '../handlers.ts'
import { frameOf } from '../printing/frame.ts'
import { listEvidence, listOpenOfVendor, listUnits } from './claim-store.ts'
import { requireClaim } from './claims.ts'
import { traceCase } from './cost-store.ts'
import type { FaultSheetFacts } from './fault-document.ts'
import { readList } from './ledger.ts'
import { sumWaiting } from './ledger-store.ts'
import type { DeductionListFacts } from './list-document.ts'
import type { VendorNoticeFacts } from './notice-document.ts'
import { faultsOf, replyFacts, requireVendor } from './register.ts'
import { findTerms } from './register-store.ts'

/** What a notice says: the claim, the goods it is about, and the evidence by its hashes. */
export async function vendorNoticeFacts(
  r: ReadHandle,
  call: Call,
  claimId: number,
): Promise<VendorNoticeFacts> {
  const claim = await requireClaim(r, claimId)
  const terms = await findTerms(r, claim.vendor.id)
  const units = await listUnits(r, claimId)
  const lineIds = [...new Set(units.flatMap(({ saleLineId }) => saleLineId ?? []))]
  const traced = await traceCase(r, claim.caseId, lineIds)
  return {
    frame: frameOf(call),
    number: claim.number,
    copy: 0,
    kind: claim.vendor.kind,
    businessDate: claim.sentOn ?? claim.openedOn,
    to: {
      name: claim.vendor.name,
      contact: terms.contact,
      phone: terms.phone,
      address: terms.address,
      contractNo: terms.contractNo,
    },
    goods: traced.map((each) => ({
      name: each.name,
      sku: each.sku,
      receiptNo: each.receiptNo,
      soldOn: each.soldOn,
      counter: [each.floor, each.counter].filter(Boolean).join(' '),
      clerk: each.clerk,
      batch: each.batches.join(' '),
      serial: each.serials.join(' '),
      qtyMilli: units.filter(({ saleLineId }) => saleLineId === each.saleLineId).length * 1_000,
    })),
    what: claim.goods,
    fault: claim.fault,
    asks: claim.asks,
    amount: claim.asked,
    currency: claim.currency,
    replyBy: claim.replyBy,
    silence: claim.silence,
    evidence: (await listEvidence(r, claim.caseId)).map((each) => ({
      ...each,
      at: localTime(new Date(each.at), call.profile.timeZone),
    })),
  }
}

/** What the list of a month says, closed or not yet. */
export async function deductionListFacts(
  r: ReadHandle,
  call: Call,
  asked: { vendorId: number; month: string },
): Promise<DeductionListFacts> {
  const list = await readList(r, call, asked)
  const { contact, phone, contractNo, paymentDay } = await findTerms(r, asked.vendorId)
  return {
    // What is not closed is for looking at only.
    frame: { ...frameOf(call), ...(list.number === null ? { preview: true } : {}) },
    number: list.number,
    copy: 0,
    kind: list.vendor.kind,
    vendor: { name: list.vendor.name, contact, phone, contractNo, paymentDay },
    month: list.month,
    closedOn: list.closedOn,
    closedBy: list.closedBy,
    currency: list.currency,
    total: list.total,
    entries: list.entries.map((each) => ({
      businessDate: each.businessDate,
      claimNumber: each.claimNumber,
      kind: each.kind,
      basis: each.basis,
      goods: each.goods,
      reason: each.reason,
      amount: each.amount,
    })),
  }
}

/** What a vendor is shown of his own goods; nobody is named in it. */
export async function faultSheetFacts(
  r: ReadHandle,
  call: Call,
  asked: { vendorId: number; from: string; to: string },
): Promise<FaultSheetFacts> {
  const vendor = await requireVendor(r, asked.vendorId)
  const { contact } = await findTerms(r, asked.vendorId)
  const open = await listOpenOfVendor(r, asked.vendorId)
  return {
    frame: frameOf(call),
    vendor: { name: vendor.name, contact },
    from: asked.from,
    to: asked.to,
    ...(await faultsOf(r, call, asked)),
    waiting: await sumWaiting(r, asked.vendorId),
    openClaims: open.map(({ number, goods, sentOn, replyBy }) => ({
      number,
      goods,
      sentOn,
      replyBy,
    })),
    replies: await replyFacts(r, call, asked.vendorId),
  }
}
