export { createPrinting, type PaperJob, paperJob, type Printing } from './printing.ts'
export type { EvidenceBody, EvidenceFacts, EvidencePart } from './evidence-pages.ts'
export { lostFile } from './render-queue.ts'
export { papersHandlers, readPaper } from './service.ts'
