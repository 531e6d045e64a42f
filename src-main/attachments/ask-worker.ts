import { Worker } from 'node:worker_threads'
import { refuse } from '../foundation/errors.ts'
import { workerUrl } from '../worker-url.ts'
import type { SettledFile } from './files.ts'
import type { FileReply, FileTask } from './worker.ts'

const attachmentWorker = workerUrl('attachment-worker', new URL('./worker.ts', import.meta.url))

/** Keeps a file on a thread of its own: reading and hashing 20 MB would hold the desk up. Refuses like `settleFile`. */
export async function settleAside(
  evidenceDir: string,
  file: { name: string; bytes: Uint8Array },
): Promise<SettledFile> {
  const reply = await ask({ task: 'settle', evidenceDir, ...file })
  return 'file' in reply ? reply.file : refuseAs(reply)
}

/** Reads a kept file and checks it on a thread of its own. Refuses with `attachments.lost`. */
export async function readAside(
  evidenceDir: string,
  file: { sha256: string; name: string },
): Promise<Uint8Array> {
  const reply = await ask({ task: 'read', evidenceDir, sha256: file.sha256, name: file.name })
  return 'bytes' in reply ? reply.bytes : refuseAs(reply)
}

function refuseAs(reply: FileReply): never {
  if (!('refusal' in reply)) throw new Error('the attachment worker answered something else')
  refuse(reply.refusal.reason, reply.refusal.params)
}

function ask(task: FileTask): Promise<FileReply> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(attachmentWorker, { workerData: task })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', (code) => {
      if (code !== 0) reject(new Error(`attachment worker ended with ${code}`))
    })
  })
}
