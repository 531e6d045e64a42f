export {
  attach,
  attachmentsHandlers,
  inkOf,
  isKept,
  keepFile,
  listAttachments,
  requireFile,
  requireSignature,
} from './service.ts'
export { keptPlace, removeKept } from './files.ts'
export { mediaTypeOf, nameOfContent } from './content.ts'
export { DamagedImage } from './damage.ts'
export { prepareFile } from './prepare.ts'
export { type Points, readPoints } from './read-png.ts'
export { pngChunk, pngMark } from './strip-png.ts'
export { Uploads } from './uploads.ts'
