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
import type { PaperDefinition } from '../printing/layout.ts'
import {
  type BroughtFile,
  countPages,
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
    const { template, facts, language, files = [] } = work
    const brought = await bring(files)
    const whole =
      template === 'evidence'
        ? numberPages({ id, language }, facts as PaperFacts['evidence'], brought)
        : facts
    const known = withoutLostLogo(whole, brought)
    if (template === 'report') await loadCharts()
    const paper = await renderPaper(() => compose(template, known, language), fonts, brought)
    return { id, paper }
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
function withoutLostLogo<Facts extends PaperFacts[PaperTemplate]>(
  facts: Facts,
  brought: ReadonlyMap<string, BroughtFile>,
): Facts {
  const { frame } = facts
  const { logo } = frame.store
  if (!logo || brought.has(logo.sha256)) return facts
  return { ...facts, frame: { ...frame, store: { ...frame.store, logo: null } } }
}

/** Lays each part out by itself, so that the index knows on which page it begins. */
function numberPages(
  { id, language }: { id: number; language: PaperLanguage },
  facts: PaperFacts['evidence'],
  files: ReadonlyMap<string, BroughtFile>,
): PaperFacts['evidence'] {
  const total = facts.parts.length + 1
  const count = (only: number) =>
    countPages(() => compose('evidence', { ...facts, only }, language), fonts, files)
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
