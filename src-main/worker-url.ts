/** Worker threads of the desk, by the name their bundled file carries. */
export type WorkerName =
  | 'import-worker'
  | 'pdf-worker'
  | 'maintenance-worker'
  | 'attachment-worker'
  | 'radar-worker'
  | 'report-worker'
  | 'slip-worker'

/**
 * Where a worker thread's code is: the source file itself when the desk runs from source, the bundled
 * file beside this one when it runs built. Call it as
 * `workerUrl('pdf-worker', new URL('./worker.ts', import.meta.url))`.
 */
export function workerUrl(name: WorkerName, sourceUrl: URL | string): URL {
  return import.meta.url.endsWith('.ts')
    ? new URL(sourceUrl)
    : new URL(`./${name}.js`, import.meta.url)
}
