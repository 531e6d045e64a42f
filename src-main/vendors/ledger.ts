import { createHash } from 'node:crypto'
import { record } from '../audit/index.ts'
import { takeDocumentNumber } from '../database/document-counter.ts'
import type { ReadHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { sumMoney } from '../foundation/money.ts'
import { type Call, command, query, type RoomHandlers, task } from '../handlers.ts'
import { putIntoFolder, readSettings } from '../pos-instructions/index.ts'
import type { ListFormat, vendorsContract } from './contract.ts'
import { listFile, mediaTypes } from './files.ts'
import {
  type DeductionListRecord,
  findList,
  insertList,
  lastClosed,
  listOfList,
  listsOfMonth,
  listWaiting,
  listWaitingSums,
} from './ledger-store.ts'
import { requireVendor } from './register.ts'
import { findTerms } from './register-store.ts'
import { entriesForMonth, lastDayOf } from './rules.ts'

/** A month's list of a vendor: as it was closed, or as it would be closed now. */
export async function readList(
  r: ReadHandle,
  call: Call,
  { vendorId, month }: { vendorId: number; month: string },
) {
  const vendor = await requireVendor(r, vendorId)
  const closed = await findList(r, vendorId, month)
  const entries = closed
    ? await listOfList(r, closed.id)
    : entriesForMonth(await listWaiting(r, vendorId, lastDayOf(month)), new Set(), month)
  const last = await lastClosed(r, vendorId)
  const isNext = month <= call.today.slice(0, 7) && (last === null || last < month)
  return {
    id: closed?.id ?? null,
    number: closed?.number ?? null,
    vendor,
    month,
    currency: closed?.currency ?? call.profile.currency,
    total: sumMoney(entries.map(({ amount }) => amount)),
    entries,
    closedOn: closed?.closedOn ?? null,
    closedBy: closed?.closedBy ?? null,
    mayClose: !closed && isNext && entries.length > 0 && call.may('vendors.manage'),
  }
}

export type DeductionList = Awaited<ReturnType<typeof readList>>

function headOf({ vendorId, vendorName, vendorKind }: DeductionListRecord) {
  return { id: vendorId, name: vendorName, kind: vendorKind }
}

async function readFile(
  call: Call,
  asked: { vendorId: number; month: string },
  format: ListFormat,
) {
  const { list, terms } = await call.store.read(async (r) => ({
    list: await readList(r, call, asked),
    terms: await findTerms(r, asked.vendorId),
  }))
  return listFile(call, list, terms, format)
}

export const ledgerHandlers: Pick<
  RoomHandlers<typeof vendorsContract>,
  'month' | 'deductionList' | 'closeMonth' | 'listFile' | 'exportMonth'
> = {
  month: query(async (r, call, { month }) => {
    const closed = await listsOfMonth(r, month)
    const waiting = await listWaitingSums(r, lastDayOf(month))
    const rows = closed.map((each) => ({
      vendor: headOf(each),
      list: { id: each.id, number: each.number, closedOn: each.closedOn },
      entries: each.entries,
      total: each.total,
    }))
    const open = waiting
      .filter(({ id }) => !closed.some(({ vendorId }) => vendorId === id))
      .map(({ id, kind, name, entries, total }) => ({
        vendor: { id, kind, name },
        list: null,
        entries,
        total,
      }))
    const { exportFolder } = await readSettings(r)
    const { currency } = call.profile
    return { month, currency, rows: [...open, ...rows], exportFolder: exportFolder !== '' }
  }),

  deductionList: query((r, call, asked) => readList(r, call, asked)),

  closeMonth: command(['vendors'], async (w, call, { vendorId, month, expected }) => {
    if (month > call.today.slice(0, 7)) refuse('vendors.month_to_come', { month })
    const before = await findList(w, vendorId, month)
    if (before) refuse('vendors.month_closed', { month, number: before.number })
    const last = await lastClosed(w, vendorId)
    if (last !== null && last > month) refuse('vendors.later_month_closed', { month: last })
    const { vendor, entries, total } = await readList(w, call, { vendorId, month })
    if (entries.length === 0) refuse('vendors.nothing_to_list', { month })
    if (entries.length !== expected.entries || total !== expected.total) {
      refuse('vendors.list_changed')
    }
    const { currency } = call.profile
    const number = await takeDocumentNumber(w, 'KK', call.profile.deskNo, call.bookedOn)
    const id = await insertList(w, {
      number,
      vendorId,
      month,
      currency,
      total,
      closedOn: call.today,
      at: call.now().toISOString(),
      by: call.actor.id,
      entryIds: entries.map((each) => each.id),
    })
    if (id === undefined) refuse('vendors.month_closed', { month, number: '' })
    await record(
      w,
      call,
      'vendors.close_month',
      { type: 'deduction_list', id: number },
      { vendor: vendor.name, month, total, entries: entries.map((each) => each.id) },
    )
    return { id, number }
  }),

  listFile: task(async (call, { format, ...asked }) => {
    const { fileName, content } = await readFile(call, asked, format)
    return {
      fileName,
      content: new Blob([new Uint8Array(content)], { type: mediaTypes[format] }),
    }
  }),

  exportMonth: task(async (call, { month, format }) => {
    const lists = await call.store.read((r) => listsOfMonth(r, month))
    if (lists.length === 0) refuse('vendors.nothing_to_export', { month })
    const files: { fileName: string; content: Uint8Array }[] = []
    for (const { vendorId } of lists) {
      files.push(await readFile(call, { vendorId, month }, format))
    }
    const folder = await call.store.read((r) => putIntoFolder(r, files))
    await call.commit((w) =>
      record(
        w,
        call,
        'vendors.export_month',
        { type: 'month', id: month },
        {
          format,
          files: files.map(({ fileName, content }) => ({
            fileName,
            sha256: createHash('sha256').update(content).digest('hex'),
          })),
        },
      ),
    )
    return { folder, files: files.map(({ fileName }) => fileName) }
  }),
}
