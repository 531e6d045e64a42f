export {
  attach,
  attachmentsHandlers,
  inkOf,
  isKept,
  keepFile,
  listAttachments,
  requireFile,
} from './service.ts'
export { keptPlace, removeKept } from './files.ts'
export { Uploads } from './uploads.ts'
