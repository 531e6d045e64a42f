import type { InferClientOutputs } from '@orpc/client'

import { desk } from '../app/client.ts'
import { inLanguage } from './paper-languages.ts'
import type { Paper } from './paper-preview.tsx'
import { printPdf } from './print-pdf.ts'

type PrintedPaper = InferClientOutputs<typeof desk>['papers']['print']

/** Opens the system's dialog for a paper whose way no printer is set up for; the others are on their way already. */
export async function handOver({ job, pdf }: Pick<PrintedPaper, 'job' | 'pdf'>): Promise<void> {
  if (job === null) await printPdf(pdf)
}

/** Prints papers one after the other; those that go through a dialog each have their own. */
export async function printPapers(papers: readonly Paper[]): Promise<void> {
  for (const paper of papers) await handOver(await desk.papers.print(inLanguage(paper)))
}
