import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type MailDraft, writeMailDraft } from '../../src-main/foundation/mail-draft.ts'

/** Reads a draft as a mail program does: unfolds headers, decodes words, names and bodies. */
function read(mail: string) {
  const [, boundary = ''] = /boundary="([^"]+)"/.exec(mail) ?? []
  const [head = '', body = '', attachment = '', end = ''] = mail.split(`--${boundary}`)
  const headersOf = (part: string) =>
    (part.split('\r\n\r\n')[0] ?? '').replaceAll(/\r\n[ \t]/g, ' ')
  const bytesOf = (part: string) =>
    Buffer.from((part.split('\r\n\r\n')[1] ?? '').replaceAll('\r\n', ''), 'base64')
  const subject = /^Subject: (.*)$/m.exec(headersOf(head))?.[1] ?? ''
  const names = headersOf(attachment)
  const plain = /filename="([^"]*)"/.exec(names)?.[1]
  const encoded = [...names.matchAll(/filename\*(?:\d+\*)?=([^;\s]+)/g)].map((match) => match[1])
  return {
    head: headersOf(head),
    subject: subject
      .replaceAll(/\?= =\?/g, '?==?')
      .replaceAll(/=\?UTF-8\?B\?([^?]*)\?=/g, (_, word: string) =>
        Buffer.from(word, 'base64').toString(),
      ),
    text: bytesOf(body).toString(),
    fileName: plain ?? decodeURIComponent(encoded.join('').replace(/^UTF-8''/, '')),
    bytes: bytesOf(attachment),
    end,
  }
}

const draft = (change: Partial<MailDraft> & { fileName?: string } = {}): MailDraft => ({
  subject: '信誉卡 XY-0001-261121-0057-0',
  text: '您好，\n附上信誉卡。',
  attachment: {
    fileName: change.fileName ?? 'card.pdf',
    mediaType: 'application/pdf',
    bytes: Uint8Array.from([0, 255, 37, 80, 68, 70, 13, 10, 128]),
  },
  ...change,
})

/** What RFC 5322, 2047, 2045 and 2231 ask for that a kind reader does not notice. */
function expectStrict(mail: string): void {
  expect(mail).not.toMatch(/(?<!\r)\n|\r(?!\n)/)
  expect(mail).not.toMatch(/^(?:To|Cc|Bcc|From):/im)
  for (const [word, , content = ''] of mail.matchAll(/=\?(UTF-8)\?B\?([^?]*)\?=/g)) {
    expect(word.length).toBeLessThanOrEqual(75)
    // A letter is never cut in two: each word is whole by itself.
    const bytes = Buffer.from(content, 'base64')
    expect(bytes.toString('base64')).toBe(content)
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).not.toThrow()
  }
  const parts = [...mail.matchAll(/filename\*(\d+)\*=/g)].map(([, number]) => Number(number))
  expect(parts).toEqual(parts.map((_, index) => index))
  for (const body of mail.split('\r\n\r\n').slice(2)) {
    const lines = (body.split('\r\n--')[0] ?? '').split('\r\n').filter(Boolean)
    for (const each of lines) expect(each).toMatch(/^[A-Za-z0-9+/]{1,76}={0,2}$/)
    for (const each of lines.slice(0, -1)) expect(each).toHaveLength(76)
  }
}

const line = fc
  .string({ unit: 'grapheme', maxLength: 120 })
  .map((text) => text.replaceAll(/[\p{Cc}\p{Cs}]+/gu, ' ').trim())

describe('a mail draft', () => {
  it('opens for writing, with subject, words and paper as they were given', () => {
    const mail = writeMailDraft(draft(), 'paper')
    expect(mail).toMatch(/^X-Unsent: 1\r\nMIME-Version: 1\.0\r\n/)
    expect(read(mail)).toMatchObject({
      subject: '信誉卡 XY-0001-261121-0057-0',
      text: '您好，\r\n附上信誉卡。',
      fileName: 'card.pdf',
      bytes: Buffer.from(draft().attachment.bytes),
      end: '--\r\n',
    })
  })

  it('carries any subject and any file name through lines of 78 plain characters', () => {
    fc.assert(
      fc.property(line, line, fc.uint8Array({ maxLength: 400 }), (subject, fileName, bytes) => {
        const attachment = { fileName, mediaType: 'application/pdf', bytes }
        const mail = writeMailDraft({ subject, text: '', attachment }, 'paper')
        expect(mail).toMatch(/^[\x20-\x7e\r\n]*$/)
        for (const each of mail.split('\r\n')) expect(each.length).toBeLessThanOrEqual(78)
        expectStrict(mail)
        const found = read(mail)
        expect(found.subject).toBe(subject)
        expect(found.fileName).toBe(fileName)
        expect(new Uint8Array(found.bytes)).toEqual(bytes)
      }),
      { numRuns: 200 },
    )
  })

  it('carries the longest names that people write', () => {
    const name = '信誉卡（欧阳静怡·买买提·👨‍👩‍👧）'.repeat(20)
    const mail = writeMailDraft(draft({ subject: name, fileName: `${name}.pdf` }), 'paper')
    expectStrict(mail)
    expect(read(mail)).toMatchObject({ subject: name, fileName: `${name}.pdf` })
  })

  it('cannot be given headers of somebody else', () => {
    const mail = writeMailDraft(
      draft({ subject: 'Card\r\nBcc: thief@example.org', fileName: 'a"b\r\nX: y.pdf' }),
      'paper',
    )
    expect(read(mail).head).not.toMatch(/^Bcc:/m)
    expect(mail).not.toMatch(/^X: y/m)
    expect(read(mail).fileName).toBe('a"b X: y.pdf')
  })
})
