/** The slip worker: lays slips out and sets them in dots away from the process that answers the desk. */
import { parentPort } from 'node:worker_threads'
import { encodeSlip } from './encode.ts'
import type { EncodeReply, EncodeRequest } from './slip-encoder.ts'

const port = parentPort
if (!port) throw new Error('runs as a worker only')
port.on('message', ({ id, slip, options, copies, offset }: EncodeRequest) => {
  try {
    const encoded = encodeSlip(slip, options, copies, offset)
    const reply: EncodeReply = { id, encoded }
    port.postMessage(reply, [encoded.bytes.buffer as ArrayBuffer])
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
    port.postMessage({ id, error: message } satisfies EncodeReply)
  }
})
