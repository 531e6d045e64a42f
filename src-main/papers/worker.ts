/**
 * The PDF worker: composes and renders papers away from the process that answers the desk.
 *
 * As an entry of its own it knows every room's papers, as `desk.ts` knows every room.
 */
import { parentPort, workerData } from 'node:worker_threads'
import en from '../../resources/locales/en/documents.json' with { type: 'json' }
import zh from '../../resources/locales/zh-CN/documents.json' with { type: 'json' }
import { composePaperOf, type PaperFacts, type PaperTemplate } from './templates.ts'
import { FontBook } from '../printing/font-book.ts'
import { makeLabels, type PaperLanguage } from '../printing/labels.ts'
import type { PaperDefinition } from '../printing/layout.ts'
import { renderPaper } from '../printing/render-paper.ts'
import type { RenderReply, RenderRequest } from './render-queue.ts'

const { fontsDir } = workerData as { fontsDir?: string }
const fonts = new FontBook(fontsDir)

async function answer(request: RenderRequest): Promise<RenderReply> {
  try {
    const { template, facts, language } = request.job
    const paper = await renderPaper(() => compose(template, facts, language), fonts)
    return { id: request.id, paper }
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error))
    return { id: request.id, error: { message, ...(stack && { stack }) } }
  }
}

function compose<Template extends PaperTemplate>(
  template: Template,
  facts: PaperFacts[Template],
  language: PaperLanguage,
): PaperDefinition {
  return composePaperOf[template](facts, makeLabels({ zh, en }, language))
}

const port = parentPort
if (!port) throw new Error('runs as a worker only')
port.on('message', (request: RenderRequest) => {
  void answer(request).then((reply) => {
    port.postMessage(reply, reply.paper ? [reply.paper.pdf.buffer as ArrayBuffer] : [])
  })
})
