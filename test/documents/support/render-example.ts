/** Renders a paper in this process, without the worker: what most document tests look at. */
import en from '../../../resources/locales/en/documents.json' with { type: 'json' }
import zh from '../../../resources/locales/zh-CN/documents.json' with { type: 'json' }
import { loadCharts } from '../../../src-main/foundation/chart/loaded.ts'
import {
  composePaperOf,
  type PaperFacts,
  type PaperTemplate,
} from '../../../src-main/papers/templates.ts'
import { FontBook } from '../../../src-main/printing/font-book.ts'
import { makeLabels, type PaperLanguage } from '../../../src-main/printing/labels.ts'
import {
  type BroughtFile,
  renderPaper,
  type RenderedPaper,
} from '../../../src-main/printing/render-paper.ts'

import { logoFiles } from './design-facts.ts'

const fonts = new FontBook()

export async function renderExample<Template extends PaperTemplate>(
  template: Template,
  facts: PaperFacts[Template],
  language: PaperLanguage = 'zh',
  files: ReadonlyMap<string, BroughtFile> = logoFiles,
): Promise<RenderedPaper> {
  const { design } = facts.frame
  if (template === 'report') await loadCharts()
  return renderPaper(
    () => composePaperOf[template](facts, makeLabels({ zh, en }, language, design)),
    fonts,
    files,
  )
}
