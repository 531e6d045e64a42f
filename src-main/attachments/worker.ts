import { parentPort, workerData } from 'node:worker_threads'
import { isRefusal, type RefusalParams, type RefusalReason } from '../foundation/errors.ts'
import { readStored, type SettledFile, settleFile } from './files.ts'

/** What the worker is started with: a file to keep, or one to read and check. */
export type FileTask =
  | { task: 'settle'; evidenceDir: string; name: string; bytes: Uint8Array }
  | { task: 'read'; evidenceDir: string; name: string; sha256: string }

export type FileReply =
  | { file: SettledFile }
  | { bytes: Uint8Array }
  | { refusal: { reason: RefusalReason; params: RefusalParams } }

parentPort?.postMessage(await answer(workerData as FileTask))

async function answer(asked: FileTask): Promise<FileReply> {
  try {
    if (asked.task === 'settle') return { file: await settleFile(asked.evidenceDir, asked) }
    return { bytes: await readStored(asked.evidenceDir, asked) }
  } catch (error) {
    if (!isRefusal(error)) throw error
    return { refusal: { reason: error.reason, params: error.params } }
  }
}
