/**
 * The PDF worker: composes and renders papers away from the process that answers the desk.
 *
 * As an entry of its own it knows every room's papers, as `desk.ts` knows every room.
 */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { parentPort, workerData } from 'node:worker_threads'
import en from '../../resources/locales/en/documents.json' with { type: 'json' }
import zh from '../../resources/locales/zh-CN/documents.json' with { type: 'json' }
import { loadCharts } from '../foundation/chart/loaded.ts'
import { composePaperOf, type PaperFacts, type PaperTemplate } from './templates.ts'
import { FontBook } from '../printing/font-book.ts'
import { makeLabels, type PaperLanguage } from '../printing/labels.ts'
import type { PaperDefinition, PaperFrame } from '../printing/layout.ts'
import {
  type BroughtFile,
  measurePaper,
  PaperStack,
  type RenderedPaper,
  renderPaper,
} from '../printing/render-paper.ts'
import {
  type JobFile,
  lostFile,
  type PaperJob,
  type RenderReply,
  type RenderRequest,
} from './render-queue.ts'

const { fontsDir } = workerData as { fontsDir?: string }
const fonts = new FontBook(fontsDir)

/** Papers that come into one PDF, while they are added. */
let stack: PaperStack | null = null

async function answer({ id, work }: RenderRequest): Promise<RenderReply> {
  try {
    if ('finish' in work) return { id, paper: await finishStack() }
    if ('add' in work) return { id, added: await addToStack(work.add) }
    const isMeasured = 'measure' in work
    const { template, facts, language, files = [] } = isMeasured ? work.measure : work
    const brought = await bring(files)
    const known = withoutLostLogo(facts, brought)
    if (template === 'report') await loadCharts()
    const set = (whole: typeof known) => () => compose(template, whole, language)
    if (isMeasured) return { id, size: measurePaper(set(known), fonts, brought) }
    const whole = isEvidence(known) ? numberPages({ id, language }, known, brought) : known
    return { id, paper: await renderPaper(set(whole), fonts, brought) }
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error))
    return { id, error: { message, ...(stack && { stack }) } }
  }
}

async function addToStack(jobs: readonly PaperJob[]): Promise<number> {
  stack ??= new PaperStack(fonts)
  for (const { template, facts, language, files = [] } of jobs) {
    const brought = await bring(files)
    const known = withoutLostLogo(facts, brought)
    stack.add(() => compose(template, known, language), brought)
  }
  return jobs.length
}

function finishStack(): Promise<RenderedPaper> {
  const finished = stack ?? new PaperStack(fonts)
  stack = null
  return finished.finish()
}

/** Reads what a job brings along; a file that is gone or changed is no evidence. */
async function bring(files: readonly JobFile[]): Promise<Map<string, BroughtFile>> {
  const brought = new Map<string, BroughtFile>()
  for (const { sha256, content, name, mediaType, optional } of files) {
    const bytes =
      'text' in content
        ? Buffer.from(content.text)
        : await readFile(content.place).catch(() => null)
    if (bytes === null || createHash('sha256').update(bytes).digest('hex') !== sha256) {
      if (optional) continue
      throw new Error(`${lostFile}${name}`)
    }
    brought.set(sha256, { name, mediaType, bytes })
  }
  return brought
}

/** A store whose logo is gone or changed prints its name alone. */
function withoutLostLogo<Facts extends { frame: PaperFrame }>(
  facts: Facts,
  brought: ReadonlyMap<string, BroughtFile>,
): Facts {
  const { frame } = facts
  const { logo } = frame.store
  const isLost = logo && !brought.has(logo.sha256)
  const known = isLost
    ? { ...facts, frame: { ...frame, store: { ...frame.store, logo: null } } }
    : facts
  if (!isEvidence(known)) return known
  const parts = known.parts.map((part) => {
    const { body } = part
    if (body.kind !== 'paper') return part
    return { ...part, body: { ...body, facts: withoutLostLogo(body.facts, brought) } }
  })
  return { ...known, parts }
}

/** The pack of a case holds papers of its own. */
function isEvidence<Facts extends { frame: PaperFrame }>(
  facts: Facts,
): facts is Facts & PaperFacts['evidence'] {
  return 'parts' in facts && 'cover' in facts
}

/** Lays each part out by itself, so that the index knows on which page it begins. */
function numberPages(
  { id, language }: { id: number; language: PaperLanguage },
  facts: PaperFacts['evidence'],
  files: ReadonlyMap<string, BroughtFile>,
): PaperFacts['evidence'] {
  const total = facts.parts.length + 1
  const count = (only: number) =>
    measurePaper(() => compose('evidence', { ...facts, only }, language), fonts, files).pages
  let next = count(-1) + 1
  const pages = facts.parts.map((_part, index) => {
    const first = next
    next += count(index)
    port?.postMessage({ id, progress: { done: index + 1, total } })
    return first
  })
  return { ...facts, pages }
}

function compose<Template extends PaperTemplate>(
  template: Template,
  facts: PaperFacts[Template],
  language: PaperLanguage,
): PaperDefinition {
  const { design } = facts.frame
  return composePaperOf[template](facts, makeLabels({ zh, en }, language, design))
}

const port = parentPort
if (!port) throw new Error('runs as a worker only')
port.on('message', (request: RenderRequest) => {
  void answer(request).then((reply) => {
    port.postMessage(reply, reply.paper ? [reply.paper.pdf.buffer as ArrayBuffer] : [])
  })
})
