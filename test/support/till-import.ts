import type { CallingClient } from './calls.ts'
import type { DeskClient } from './desk.ts'

/** Imports a till's file, given as text, to its end. */
export async function importText(
  client: DeskClient | CallingClient,
  text: string,
  kind: 'sales' | 'customers' = 'sales',
) {
  const { fileId } = await client.imports.upload({
    fileId: null,
    fileName: 'till.csv',
    offset: 0,
    chunk: new Blob([text]),
  })
  const { mapping } = await client.imports.inspect({ fileId, kind })
  const { jobId } = await client.imports.start({ fileId, mapping })
  for (;;) {
    const job = await client.imports.job({ jobId })
    if (job.state !== 'running') return job
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
