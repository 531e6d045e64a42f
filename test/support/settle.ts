import { factsOf } from '../../src-main/investigations/causes.ts'
import type { DeskClient, TestDesk } from './desk.ts'

type Proposal = Parameters<DeskClient['settlements']['propose']>[0]
export type ProposedItem = Proposal['options'][number]['items'][number]

const nowhere = {
  receiptId: null,
  saleLineId: null,
  cardId: null,
  customerId: null,
  floor: '2F',
  counter: '女鞋',
}

/** A complaint that somebody follows up. */
export async function openComplaint(
  test: TestDesk,
  text = '靴子送到时鞋盒压坏，鞋面有划痕',
  about: { customerId?: number } = {},
): Promise<{ id: number; caseId: number; number: string }> {
  const recorded = await test.clerk.client.complaints.record({
    class: 'goods',
    text,
    context: { ...nowhere, ...about },
    contact: { name: '林晓梅', phone: '13800001234' },
    outcome: {
      kind: 'open',
      ownerId: test.clerk.id,
      promise: {
        text: '电话答复',
        dueAt: new Date(test.now().getTime() + 5 * 3_600_000).toISOString(),
      },
    },
  })
  const { caseId } = await test.clerk.client.complaints.open({ complaintId: recorded.id })
  return { id: recorded.id, caseId, number: recorded.number }
}

/** Settles every fact of a complaint about goods and gives the finding. */
export async function decideFindings(client: DeskClient, complaintId: number, cause = 'transport') {
  for (const { id } of factsOf('goods')) {
    await client.investigations.settleFact({
      complaintId,
      fact: id,
      state: 'settled',
      text: '已核实：外箱一角压坏',
    })
  }
  const { version } = await client.investigations.of({ complaintId })
  const written = await client.investigations.write({
    complaintId,
    cause,
    analysis: '送货途中受压，出库时外箱完好，有签收照片。',
    fault: 'looks',
    finding: 'founded',
    opinion: '',
    version,
  })
  return client.investigations.decide({ complaintId, version: written.version })
}

/** An item of an option, money out of the carrier's pocket unless said otherwise. */
export function itemOf(part: Partial<ProposedItem> & Pick<ProposedItem, 'kind'>): ProposedItem {
  const isMoney = ['compensation', 'reimbursement', 'goodwill'].includes(part.kind)
  return {
    what: isMoney ? '外观划痕补偿' : '当面致歉',
    amount: isMoney ? 10_000 : 0,
    borneBy: 'carrier',
    borneName: '顺行物流',
    payHow: isMoney ? 'cash' : null,
    outlayId: null,
    ...part,
  }
}

/** Proposes options as the clerk; the manager signs where it goes beyond the clerk's authority. */
export async function proposeSigned(
  test: TestDesk,
  complaintId: number,
  options: { title: string; items: ProposedItem[] }[],
  { version = 0, code = '001', pin = '2580' } = {},
) {
  const { client } = test.clerk
  const about = await client.settlements.subject({ complaintId, options })
  const { kinds, amount, summary, type, id, hash } = about
  let approvalId: number | null = null
  if (kinds.length > 0) {
    const asked = await client.approvals.request({
      kinds,
      amount,
      currency: 'CNY',
      subject: { type, id, hash },
      summary,
      reason: '',
      caseId: null,
    })
    await client.approvals.sign({ approvalId: asked.id, code, pin })
    approvalId = asked.id
  }
  return client.settlements.propose({ complaintId, options, approvalId, version })
}
