import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import { expect } from 'vitest'
import type { z } from 'zod'
import {
  caseLine,
  dayCloseLine,
  ledgerLine,
  manifest as manifestShape,
} from '../../src-main/head-office/lines.ts'
import type { TestDesk } from './desk.ts'

type Choice = Parameters<TestDesk['manager']['client']['headOffice']['start']>[0]

/** Waits until an export has ended, one way or the other. */
export async function exportEnded(test: TestDesk, jobId: string) {
  for (;;) {
    const job = await test.manager.client.headOffice.job({ jobId })
    if (job.state !== 'collecting' && job.state !== 'writing') return job
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

/** The next export of a target, to its end. */
export async function exportNext(test: TestDesk, choice: Choice) {
  const { jobId } = await test.manager.client.headOffice.start(choice)
  return exportEnded(test, jobId)
}

const shapes = {
  'ledger.jsonl': ledgerLine,
  'cases.jsonl': caseLine,
  'day-closes.jsonl': dayCloseLine,
}

/** Reads an export as head office does: every hash, every line against its shape, and CSV beside JSON Lines. */
export function readExport(dir: string) {
  const bytes = readFileSync(path.join(dir, 'manifest.json'))
  const manifest = manifestShape.parse(JSON.parse(bytes.toString()))
  for (const { name, sha256, bytes: size } of manifest.files) {
    const file = readFileSync(path.join(dir, name))
    expect(file.length).toBe(size)
    expect(createHash('sha256').update(file).digest('hex')).toBe(sha256)
  }
  const read = <Name extends keyof typeof shapes>(name: Name) =>
    readFileSync(path.join(dir, name), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => shapes[name].parse(JSON.parse(line)))
  const lines = {
    ledger: read('ledger.jsonl') as z.output<typeof ledgerLine>[],
    cases: read('cases.jsonl') as z.output<typeof caseLine>[],
    dayCloses: read('day-closes.jsonl') as z.output<typeof dayCloseLine>[],
  }
  for (const [name, own] of [
    ['ledger.csv', lines.ledger],
    ['cases.csv', lines.cases],
    ['day-closes.csv', lines.dayCloses],
  ] as const) {
    const text = readFileSync(path.join(dir, name), 'utf8')
    expect(text.startsWith('\ufeff')).toBe(true)
    const rows = parse(text, { bom: true, columns: true }) as Record<string, string>[]
    expect(rows.map((row) => row['seq'])).toEqual(own.map((line) => String(line.seq)))
  }
  const seqs = Object.values(lines)
    .flat()
    .map((line) => line.seq)
    .toSorted((a, b) => a - b)
  expect(seqs.length).toBe(manifest.toSeq - manifest.fromSeq + 1)
  expect([seqs[0], seqs.at(-1)]).toEqual([manifest.fromSeq, manifest.toSeq])
  return {
    manifest,
    ...lines,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    people: readdirSync(dir).includes('people.csv')
      ? readFileSync(path.join(dir, 'people.csv'), 'utf8')
      : null,
  }
}

/** Name and bytes of every file of a folder. */
export function filesOf(dir: string): Map<string, string> {
  return new Map(
    readdirSync(dir).map((name) => [name, readFileSync(path.join(dir, name)).toString('base64')]),
  )
}
