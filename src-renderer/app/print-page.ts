/** The page nobody sees: paints one paper for the system's drivers, and bears its name when it has. */
import { layOutSheets } from '../ui/print-pdf.ts'

/** Paints the paper the address names; returns what it is called. */
async function paint(): Promise<string> {
  const answer = await fetch(`/paper/${window.location.hash.slice(1)}`)
  if (!answer.ok) throw new Error('the paper is gone')
  await layOutSheets(await answer.blob())
  return decodeURIComponent(answer.headers.get('x-title') ?? '')
}

paint().then(
  (title) => {
    document.title = title
  },
  () => {
    document.title = 'not painted'
  },
)
