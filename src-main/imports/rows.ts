import { readText } from './encoding.ts'
import type { FileForm } from './job.ts'
import { readJsonTable } from './json-rows.ts'
import type { Row } from './tokenizer.ts'
import { Tokenizer } from './tokenizer.ts'

/**
 * The data rows of a file behind its header, streaming; `onBytes` hears how far the file is read. With `cells` only
 * so many of each row, where that is enough.
 */
export function* dataRows(
  form: FileForm,
  onBytes: (bytesRead: number) => void,
  cells?: number,
): Generator<Row> {
  if (form.delimiter === 'json') {
    yield* jsonRows(form, onBytes)
    return
  }
  const tokenizer = new Tokenizer({
    delimiter: form.delimiter,
    ...(cells === undefined ? {} : { cells }),
  })
  for (const { text, bytesRead } of readText(form.path, form)) {
    tokenizer.push(text)
    onBytes(bytesRead)
    for (let row = tokenizer.next(); row; row = tokenizer.next()) {
      if (row.line > form.headerLine) yield row
    }
  }
  tokenizer.end()
  for (let row = tokenizer.next(); row; row = tokenizer.next()) {
    if (row.line > form.headerLine) yield row
  }
}

function* jsonRows(form: FileForm, onBytes: (bytesRead: number) => void): Generator<Row> {
  let whole = ''
  for (const { text } of readText(form.path, form)) whole += text
  const { rows } = readJsonTable(whole)
  onBytes(form.size)
  yield* rows
}
