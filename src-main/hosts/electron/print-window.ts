import { randomUUID } from 'node:crypto'
import { BrowserWindow } from 'electron'
import { say, systemLanguage } from '../words.ts'
import type { FoundPrinter, HostPrinters, HostPrintWork } from '../../printers/host-printers.ts'
import { readHostState } from '../../printers/host-printers.ts'
import { PRINT_PAGE } from './security.ts'

/** Longest a paper may take to be painted and given to the system. */
const LONGEST_MS = 90_000

const DUPLEX = { one: 'simplex', long_edge: 'longEdge', short_edge: 'shortEdge' } as const

/** What the print page is called when it could not paint its paper. */
const NOT_PAINTED = 'not painted'

/** Microns in a tenth of a millimetre. */
const MICRONS = 100

/**
 * Prints through the system's drivers, as a browser does: a window nobody sees paints the paper and hands it over
 * without asking.
 */
export class WindowPrinters implements HostPrinters {
  /** Papers on their way to such a window, by the address under which it may read them. */
  readonly #papers = new Map<string, HostPrintWork>()

  /** The paper behind an address of the print page; null where there is none. */
  readPaper(token: string): Pick<HostPrintWork, 'pdf' | 'title'> | null {
    return this.#papers.get(token) ?? null
  }

  async list(): Promise<FoundPrinter[]> {
    const [window] = BrowserWindow.getAllWindows()
    const printers = (await window?.webContents.getPrintersAsync()) ?? []
    return printers.map((printer) => ({
      name: printer.name,
      description: printer.displayName || printer.description,
      isDefault: Reflect.get(printer, 'isDefault') === true,
      state: readHostState(process.platform, {
        status: Reflect.get(printer, 'status'),
        options: { ...printer.options },
      }),
    }))
  }

  async print(work: HostPrintWork, signal: AbortSignal): Promise<string | null> {
    const token = randomUUID()
    this.#papers.set(token, work)
    const window = new BrowserWindow({
      show: false,
      webPreferences: {
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        spellcheck: false,
        backgroundThrottling: false,
      },
    })
    try {
      const isPainted = await paint(window, { token, title: work.title }, signal)
      if (!isPainted) return say(systemLanguage(), 'print.notPainted')
      return await handOver(window, work)
    } finally {
      this.#papers.delete(token)
      window.destroy()
    }
  }
}

/** Waits until the page has the paper's sheets: it then bears its title, which names it in the system's queue. */
function paint(
  window: BrowserWindow,
  { token, title: paper }: { token: string; title: string },
  signal: AbortSignal,
): Promise<boolean> {
  return new Promise((resolve) => {
    const limit = setTimeout(() => resolve(false), LONGEST_MS)
    const end = (isPainted: boolean) => {
      clearTimeout(limit)
      resolve(isPainted)
    }
    signal.addEventListener('abort', () => end(false), { once: true })
    window.webContents.once('render-process-gone', () => end(false))
    window.on('page-title-updated', (_event, title) => {
      if (title === paper || title === NOT_PAINTED) end(title === paper)
    })
    window.loadURL(`${PRINT_PAGE}#${token}`).catch(() => end(false))
  })
}

/** Gives the painted paper to the system's queue; returns what it says against it. */
function handOver(window: BrowserWindow, work: HostPrintWork): Promise<string | null> {
  const { pageSize, printer, copies, sides } = work
  const isLandscape = pageSize !== null && pageSize.width > pageSize.height
  const [short, long] = pageSize ? [pageSize.width, pageSize.height].toSorted((a, b) => a - b) : []
  return new Promise((resolve) => {
    window.webContents.print(
      {
        silent: true,
        printBackground: true,
        deviceName: printer,
        copies,
        margins: { marginType: 'none' },
        duplexMode: DUPLEX[sides],
        landscape: isLandscape,
        ...(short !== undefined &&
          long !== undefined && {
            pageSize: { width: short * MICRONS, height: long * MICRONS },
          }),
      },
      (isPrinted, reason) => resolve(isPrinted ? null : reason),
    )
  })
}
