/** The files head office gets: columns in their order, versioned (docs/head-office.md, resources/head-office). */
import { csvCell } from '../foundation/csv.ts'
import { maskName, maskPhone } from '../foundation/phone.ts'
import type { PeopleChoice, Stream } from './contract.ts'
import { caseLine, dayCloseLine, ledgerLine } from './lines.ts'

/** A value of a line; amounts are minor units, lists stay lists in JSON Lines and are counted in CSV. */
export type Value = string | number | boolean | null | readonly unknown[]
export type LineData = Readonly<Record<string, Value>>

/** Names of the files of a stream, without their ending. */
export const fileOf: Record<Stream, string> = {
  ledger: 'ledger',
  case: 'cases',
  day_close: 'day-closes',
}

/** Columns of each stream's CSV: those of JSON Lines without the lists. */
export const columns: Readonly<Record<Stream, readonly string[]>> = {
  ledger: Object.keys(ledgerLine.shape),
  case: Object.keys(caseLine.shape).filter((name) => name !== 'complaints'),
  day_close: Object.keys(dayCloseLine.shape).filter((name) => !['slips', 'money'].includes(name)),
}

export const peopleColumns = ['customerRef', 'erased', 'name', 'phone', 'memberNo'] as const

/** One row of a CSV; amounts and other numbers stay plain, so that a minus is a minus and no formula. */
export function csvRow(values: readonly (Value | undefined)[]): string {
  const cells = values.map((value) => {
    if (value === null || value === undefined) return ''
    if (typeof value === 'string') return csvCell(value)
    return Array.isArray(value) ? String(value.length) : String(value)
  })
  return `${cells.join(',')}\r\n`
}

export interface Person {
  customerRef: number
  erased: boolean
  name: string
  phone: string
  memberNo: string
}

/** A person as they go along; whoever was erased stays erased, whatever was chosen. */
export function personFor(person: Person, choice: PeopleChoice): Person {
  if (person.erased) return { ...person, name: '', phone: '', memberNo: '' }
  if (choice === 'full') return person
  return {
    ...person,
    name: maskName(person.name),
    phone: person.phone === '' ? '' : maskPhone(person.phone),
    memberNo: '',
  }
}

/** Name of an export's folder: the same range has the same name. */
export function nameOfExport(of: {
  deskNo: string
  target: string
  fromSeq: number
  toSeq: number
}): string {
  const pad = (seq: number) => String(seq).padStart(9, '0')
  return `goodwill-${of.deskNo}-${of.target}-${pad(of.fromSeq + 1)}-${pad(of.toSeq)}`
}
