import { desk } from '../app/client.ts'
import type { Paper } from './paper-preview.tsx'
import { printPdf } from './print-pdf.ts'

/** Prints papers one after the other, each in its own dialog: they go to different printers. */
export async function printPapers(papers: readonly Paper[]): Promise<void> {
  for (const paper of papers) {
    const { pdf } = await desk.papers.print(paper)
    await printPdf(pdf)
  }
}
