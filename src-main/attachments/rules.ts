/** Pixels of the largest picture: decoding more would take a desk's memory. */
export const mostPixels = 100_000_000

export type AttachmentRole = 'photo' | 'signature' | 'document'

/** What a file can be used as: a photo is a picture, a signature has ink, a document may be either kind of paper. */
export function fitsRole(
  role: AttachmentRole,
  file: { mediaType: string; inked: boolean },
): boolean {
  if (role === 'document') return true
  if (role === 'photo') return file.mediaType.startsWith('image/')
  return file.mediaType === 'image/png' && file.inked
}
