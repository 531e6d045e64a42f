import { openTestDesk, managerSignature, type TestDesk } from './desk.ts'
import { openHouse } from './open-house.ts'
import { addReceipt } from './sold.ts'

/** A desk at which goods of vendors come back, and the ways to settle for them. */
export interface VendorDesk {
  test: TestDesk
  /** Sells goods of a vendor and takes them back in a case of their own. */
  takeBack(asked: {
    vendor: string
    name?: string
    amount?: number
    units?: number
    reason?: 'quality' | 'damaged'
    freight?: { amount: number; paidBy: 'store' | 'customer'; carrier?: string }
  }): Promise<{ caseId: number; refundId: number; lineId: number; number: string }>
  /** Opens the claim that is proposed first, for another amount where one is given. */
  claim(caseId: number, asked?: number): Promise<{ id: number; number: string }>
  send(claimId: number): Promise<{ replyBy: string }>
  /** Has both sides sign that the other one bears so much. */
  agree(claimId: number, vendorAmount: number): Promise<{ chargeBackId: number | null }>
  /** The claim as its case shows it. */
  read(caseId: number, claimId: number): Promise<ShownClaim>
  vendorId(name: string): Promise<number>
}

type Clients = TestDesk['clerk']['client']['vendors']
export type ShownClaim = Awaited<ReturnType<Clients['ofCase']>>['claims'][number]

export async function openVendorDesk(): Promise<VendorDesk> {
  const test = await openTestDesk()
  await test.write(openHouse)
  const { vendors, approvals } = test.clerk.client
  let receipts = 0

  const read = async (caseId: number, claimId: number) => {
    const { claims } = await vendors.ofCase({ caseId })
    const found = claims.find(({ id }) => id === claimId)
    if (!found) throw new Error(`no claim ${claimId} in case ${caseId}`)
    return found
  }
  const cases = new Map<number, number>()
  const seen = async (claimId: number) => {
    const { version } = await read(cases.get(claimId) ?? 0, claimId)
    return { claimId, version }
  }
  return {
    test,
    read,
    takeBack: async (asked) => {
      const { vendor, name = '羊毛衫', amount = 30_000, units = 1, reason = 'quality' } = asked
      receipts += 1
      const sale = await test.write((w) =>
        addReceipt(w, {
          receiptNo: `V-${receipts}`,
          lines: [
            {
              name,
              vendor,
              units,
              qty_milli: units * 1_000,
              paid_amount: amount,
              counter: '女装三组',
              clerk: '周莉',
            },
          ],
        }),
      )
      const lineId = sale.lineIds[0] ?? 0
      const condition = reason === 'damaged' ? ('damaged' as const) : ('faulty' as const)
      const lines = [{ saleLineId: lineId, units, condition, packagingIntact: true }]
      const refund = {
        receiptId: sale.id,
        reason,
        lines,
        ...(asked.freight ? { freight: { carrier: '', waybill: 'SF1', ...asked.freight } } : {}),
      }
      const { refunds } = test.manager.client
      const quote = await refunds.preview(refund)
      const { id, number } = await refunds.record({ ...refund, expectedAmount: quote.amount })
      const { caseId } = await refunds.open({ refundId: id })
      return { caseId, refundId: id, lineId, number }
    },
    claim: async (caseId, asked) => {
      const [proposal] = (await vendors.ofCase({ caseId })).proposals
      if (!proposal) throw new Error('nothing is proposed')
      const { vendor, carrierClaimId, goods, units, amount } = proposal
      const opened = await vendors.openClaim({
        caseId,
        vendorId: vendor.id,
        carrierClaimId,
        goods,
        units,
        fault: '袖口脱线，穿了一次。',
        asks: '承担退货款。',
        askedAmount: asked ?? amount,
      })
      cases.set(opened.id, caseId)
      return opened
    },
    send: async (claimId) =>
      vendors.send({ ...(await seen(claimId)), person: '王经理', channel: 'mail', text: '' }),
    agree: async (claimId, vendorAmount) => {
      const { needed: _needed, ...request } = await vendors.splitQuestion({ claimId, vendorAmount })
      const { id: approvalId } = await approvals.request({ ...request, reason: '' })
      await approvals.sign({ approvalId, ...managerSignature })
      return vendors.agree({
        ...(await seen(claimId)),
        vendorAmount,
        signer: '王经理',
        signature: null,
        approvalId,
      })
    },
    vendorId: async (name) => {
      const { rows } = await vendors.list({ words: name })
      const found = rows.find((each) => each.name === name)
      if (!found) throw new Error(`no vendor ${name}`)
      return found.id
    },
  }
}
