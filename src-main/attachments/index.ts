export {
  attach,
  attachmentsHandlers,
  inkOf,
  keepFile,
  listAttachments,
  requireFile,
} from './service.ts'
export { Uploads } from './uploads.ts'
