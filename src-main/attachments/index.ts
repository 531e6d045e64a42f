export {
  attach,
  attachmentsHandlers,
  inkOf,
  isKept,
  keepFile,
  listAttachments,
  requireFile,
} from './service.ts'
export { keptPlace } from './files.ts'
export { Uploads } from './uploads.ts'
