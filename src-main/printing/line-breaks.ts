/** Where lines may end (Unicode line breaking, UAX 14): the same on paper set by us and by a printer. */
import { createRequire } from 'node:module'

const requireFromPdfmake = createRequire(createRequire(import.meta.url).resolve('pdfmake'))

const LineBreaker: new (text: string) => {
  nextBreak(): { position: number; required: boolean } | null
} = requireFromPdfmake('linebreak')

/** Places in the text after which a line may end, or, after a line feed, must. */
export function findBreaks(text: string): { position: number; required: boolean }[] {
  if (text === '') return []
  const breaker = new LineBreaker(text)
  const breaks: { position: number; required: boolean }[] = []
  for (let found = breaker.nextBreak(); found; found = breaker.nextBreak()) {
    // The end of the text is reported as required; only a line feed really ends a line.
    breaks.push({ position: found.position, required: text.charAt(found.position - 1) === '\n' })
  }
  return breaks
}
