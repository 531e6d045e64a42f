import { type DeskClient, managerSignature, type TestDesk } from './desk.ts'

type Refund = Parameters<DeskClient['refunds']['record']>[0]

/** Records a refund as the clerk, with the manager's signature where it goes beyond the clerk. */
export async function recordSigned(test: TestDesk, refund: Refund) {
  const { refunds } = test.clerk.client
  return refunds.record({ ...refund, approvalIds: await signFor(test.clerk.client, refund) })
}

/** Asks for the approval a refund needs, word for word as the preview says, and has it signed at the clerk's desk. */
export async function signFor(client: DeskClient, refund: Refund): Promise<number[]> {
  const { approval } = await client.refunds.preview(refund)
  const { needed, ...request } = approval
  if (needed === null) return []
  const { id } = await client.approvals.request(request)
  await client.approvals.sign({ approvalId: id, ...managerSignature })
  return [id]
}
