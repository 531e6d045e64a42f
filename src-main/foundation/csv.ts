/**
 * A cell of a CSV a spreadsheet opens: quoted where needed, and what would run as a formula gets a leading `'`
 * (design.md §8).
 */
export function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A whole CSV: UTF-8 with the byte order mark Chinese spreadsheets need, lines ended the way they expect. */
export function csvText(rows: readonly (readonly string[])[]): string {
  return `\ufeff${rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')}`
}
