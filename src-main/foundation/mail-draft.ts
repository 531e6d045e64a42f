/**
 * A mail that somebody has yet to send, as a file mail programs open for writing (`X-Unsent`). ASCII through and
 * through: words outside it are encoded (RFC 2047), names of files too (RFC 2231), bodies are base64 (RFC 2045), and no
 * line is longer than 78 characters.
 */
export interface MailDraft {
  subject: string
  text: string
  attachment: { fileName: string; mediaType: string; bytes: Uint8Array }
}

const LINE = '\r\n'
/** An encoded word beside `Subject: ` stays within a line. */
const BYTES_OF_WORD = 42
/** Characters of one part of a file name, so that its line stays within 78. */
const PART_OF_NAME = 54

/** Writes the draft; `boundary` is any word that no line of it begins with. */
export function writeMailDraft(draft: MailDraft, boundary: string): string {
  const { subject, text, attachment } = draft
  return [
    'X-Unsent: 1',
    'MIME-Version: 1.0',
    `Subject: ${encodeWords(oneLine(subject))}`,
    `Content-Type: multipart/mixed;${LINE} boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=UTF-8',
    'Content-Transfer-Encoding: base64',
    '',
    base64Lines(new TextEncoder().encode(text.replaceAll(/\r?\n/g, LINE))),
    `--${boundary}`,
    `Content-Type: ${attachment.mediaType}`,
    'Content-Transfer-Encoding: base64',
    `Content-Disposition: attachment;${LINE} ${nameParameters(oneLine(attachment.fileName))}`,
    '',
    base64Lines(attachment.bytes),
    `--${boundary}--`,
    '',
  ].join(LINE)
}

/** A line break in a header would begin another header. */
function oneLine(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ').trim()
}

/** Words of a header: as they are where they are short ASCII, else in encoded words cut between letters. */
function encodeWords(text: string): string {
  if (/^[\x20-\x7e]{0,60}$/.test(text) && !text.includes('=?')) return text
  return cutBytes(text, BYTES_OF_WORD)
    .map((part) => `=?UTF-8?B?${base64(new TextEncoder().encode(part))}?=`)
    .join(`${LINE} `)
}

/** The name as every reader understands it, and as old ones do. */
function nameParameters(name: string): string {
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\]/g, '_')
  if (plain === name && name.length <= PART_OF_NAME) return `filename="${name}"`
  const whole = `UTF-8''${[...new TextEncoder().encode(name)].map(escapeByte).join('')}`
  const parts = whole.match(new RegExp(`(?:%[0-9A-F]{2}|[^%]){1,${PART_OF_NAME / 3}}`, 'g')) ?? []
  if (parts.length === 1) return `filename*=${whole}`
  return parts.map((part, index) => `filename*${index}*=${part}`).join(`;${LINE} `)
}

/** Letters, digits and a few signs stand for themselves in a name; every other byte is written out. */
function escapeByte(byte: number): string {
  const letter = String.fromCharCode(byte)
  return /[A-Za-z0-9._-]/.test(letter)
    ? letter
    : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
}

/** Cuts a text into parts of so many bytes, between letters. */
function cutBytes(text: string, most: number): string[] {
  const parts: string[] = []
  let part = ''
  let used = 0
  for (const letter of text) {
    const size = new TextEncoder().encode(letter).length
    if (used + size > most) {
      parts.push(part)
      part = ''
      used = 0
    }
    part += letter
    used += size
  }
  return [...parts, part]
}

function base64Lines(bytes: Uint8Array): string {
  return (
    base64(bytes)
      .match(/.{1,76}/g)
      ?.join(LINE) ?? ''
  )
}

function base64(bytes: Uint8Array): string {
  // In pieces: an argument list has an end, and a piece of three bytes a letter has none over.
  const piece = 3 * 8_192
  let text = ''
  for (let at = 0; at < bytes.length; at += piece) {
    text += btoa(String.fromCharCode(...bytes.subarray(at, at + piece)))
  }
  return text
}
