import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

import enErrors from '../../resources/locales/en/errors.json' with { type: 'json' }
import zhErrors from '../../resources/locales/zh-CN/errors.json' with { type: 'json' }
import enImports from '../../resources/locales/en/imports.json' with { type: 'json' }
import zhImports from '../../resources/locales/zh-CN/imports.json' with { type: 'json' }
import { csvCell } from '../foundation/csv.ts'
import type { RefusalParams } from '../foundation/errors.ts'

type Language = 'zh-CN' | 'en'

const reasonTexts: Record<Language, Record<string, string>> = {
  'zh-CN': zhErrors.import,
  en: enErrors.import,
}
const headings = { 'zh-CN': zhImports.reject_file, en: enImports.reject_file }

/** The reason a row was refused, in words. */
export function sayReason(language: Language, reason: string, params: RefusalParams): string {
  const text = reasonTexts[language][reason.replace(/^import\./, '')] ?? reason
  return text.replaceAll(/\{\{\s*(\w+)[^}]*\}\}/g, (whole, name: string) =>
    name in params ? String(params[name]) : whole,
  )
}

/** The rows an import refused: UTF-8 with BOM, one row each with its physical line, the reason and the row itself. */
export class RejectFile {
  readonly #path: string
  readonly #language: Language
  #file: number | null = null
  #pending = ''

  constructor(path: string, language: Language) {
    this.#path = path
    this.#language = language
  }

  add(line: number, reason: string, params: RefusalParams, raw: string): void {
    if (this.#file === null) this.#open()
    const cells = [String(line), sayReason(this.#language, reason, params), raw]
    this.#pending += `${cells.map(csvCell).join(',')}\r\n`
    if (this.#pending.length > 64 * 1024) this.#write()
  }

  #open(): void {
    mkdirSync(dirname(this.#path), { recursive: true })
    this.#file = openSync(this.#path, 'w', 0o600)
    const { line, reason, row } = headings[this.#language]
    this.#pending = `\ufeff${[line, reason, row].map(csvCell).join(',')}\r\n`
  }

  #write(): void {
    if (this.#file === null || this.#pending === '') return
    writeSync(this.#file, this.#pending)
    this.#pending = ''
  }

  /** @returns whether any row was refused, that is, whether there is a file. */
  close(): boolean {
    if (this.#file === null) return false
    this.#write()
    closeSync(this.#file)
    this.#file = null
    return true
  }

  /** Takes the file away again. */
  discard(): void {
    if (this.#file !== null) closeSync(this.#file)
    this.#file = null
    this.#pending = ''
    rmSync(this.#path, { force: true })
  }
}
