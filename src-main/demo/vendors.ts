import type { DemoCalendar } from './calendar.ts'
import { approvedBy, type Staff } from './desk-work.ts'
import type { DemoClient, Happening } from './desk.ts'

const contract = {
  address: '',
  deductionRate: 2_500,
  paymentDay: 25,
  duties: '质量问题七日内无条件退货，退货款及检测费由联营商承担；每季度派人到柜台维护一次。',
  silence: 'accepts' as const,
  claimDays: null,
  note: '',
}

/** Of goods that wait for their vendors: one has signed what he bears, one was told, one nobody has asked yet. */
export function vendorHappenings(calendar: DemoCalendar, staff: Staff): Happening[] {
  const { clerk } = staff
  return [
    {
      at: calendar.moment(1, 0.8),
      happens: async () => {
        const units = [
          ...(await clerk.goods.list({ view: 'for_vendor' })),
          ...(await clerk.goods.list({ view: 'in_quarantine' })),
        ]
        const ofVendors = units.filter(({ vendor }) => vendor !== '')
        const cases = [...new Set(ofVendors.flatMap(({ caseId }) => caseId ?? []))]
        const [signed, told] = cases
        if (signed !== undefined) {
          const claimId = await tell(staff, signed, {
            ...contract,
            contact: '王志远',
            phone: '0760-88123456',
            contractNo: 'LY-2026-017',
            responseDays: 3,
          })
          if (claimId !== undefined) await sign(staff, signed, claimId)
        }
        if (told !== undefined) {
          await tell(staff, told, {
            ...contract,
            contact: '何小姐',
            phone: '020-38881200',
            contractNo: 'LY-2025-103',
            responseDays: 5,
            silence: 'open',
          })
        }
      },
    },
  ]
}

type Contract = Omit<Parameters<DemoClient['vendors']['saveTerms']>[0], 'vendorId' | 'version'>

/** Writes the contract down, asks for what the store gave, and sends the notice. */
async function tell(
  { clerk, floorManager }: Staff,
  caseId: number,
  terms: Contract,
): Promise<number | undefined> {
  const { proposals } = await clerk.vendors.ofCase({ caseId })
  const proposal = proposals.find(({ vendor }) => vendor.kind === 'vendor')
  if (!proposal || proposal.amount === 0) return undefined
  const { vendor, units, goods, amount } = proposal
  const { terms: before } = await clerk.vendors.open({ vendorId: vendor.id })
  await floorManager.vendors.saveTerms({
    ...terms,
    vendorId: vendor.id,
    version: before.version,
  })
  const { id: claimId } = await clerk.vendors.openClaim({
    caseId,
    vendorId: vendor.id,
    goods,
    fault: proposal.fault || '顾客购买后出现质量问题，经查验属实，已按三包规定退货。',
    asks: '承担本案退款，并书面说明原因。',
    askedAmount: amount,
    units,
  })
  await clerk.vendors.send({
    claimId,
    version: 1,
    person: terms.contact,
    channel: 'message',
    text: '附照片',
  })
  return claimId
}

async function sign(staff: Staff, caseId: number, claimId: number): Promise<void> {
  const { clerk } = staff
  const { claims } = await clerk.vendors.ofCase({ caseId })
  const claim = claims.find(({ id }) => id === claimId)
  if (!claim) return
  const vendorAmount = Math.round(claim.asked * 0.8)
  await clerk.vendors.say({
    claimId,
    version: 2,
    saidBy: 'vendor',
    person: '王志远',
    channel: 'phone',
    text: '承认缝线问题，愿意承担八成，其余请门店分担。',
    amount: vendorAmount,
  })
  const question = await clerk.vendors.splitQuestion({ claimId, vendorAmount })
  const [approvalId = null] = await approvedBy(staff, question, '与联营商分担')
  await clerk.vendors.agree({
    claimId,
    version: 3,
    vendorAmount,
    signer: '王志远',
    signature: null,
    text: '下批货加固缝线',
    approvalId,
  })
}
