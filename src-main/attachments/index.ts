export { attach, attachmentsHandlers, keepFile, listAttachments, requireFile } from './service.ts'
export { Uploads } from './uploads.ts'
