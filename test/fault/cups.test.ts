import { writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { PrintFailure, type PrintWork } from '../../src-main/printers/channel.ts'
import {
  conditionOf,
  listCupsPrinters,
  openCupsChannel,
  readTrays,
} from '../../src-main/printers/cups-channel.ts'
import { movePages } from '../../src-main/printers/move-pages.ts'
import { createPrinting } from '../../src-main/papers/index.ts'
import { frame } from '../documents/support/example-facts.ts'
import { readPdf } from '../documents/support/read-pdf.ts'
import { makeTempFolder } from '../support/hosted-desk.ts'
import { noCups, openPrivateCups, type PrivateCups } from '../support/private-cups.ts'

describe('what CUPS says of a printer', () => {
  it.each([
    ['printer Slip is idle.  enabled since Sun\n\tForm mounted:\n\tAlerts: none\n', 'ready', ''],
    ['printer Slip now printing Slip-4.  enabled since Sun\n\tAlerts: none\n', 'busy', ''],
    [
      'printer Slip disabled since Sun -\n\t纸用完了\n\tForm mounted:\n\tAlerts: none\n',
      'stopped',
      '纸用完了',
    ],
    [
      'printer Slip is idle.  enabled since Sun\n\tAlerts: media-empty-error\n',
      'paper_out',
      'media-empty-error',
    ],
    ['printer Slip is idle.  enabled\n\tAlerts: cover-open\n', 'cover_open', 'cover-open'],
    [
      'printer Slip now printing Slip-4.  enabled since Sun\n\tThe printer may not exist or is unavailable at this time.\n\tAlerts: none\n',
      'unreachable',
      'The printer may not exist or is unavailable at this time.',
    ],
  ])('is read from %j', (part, state, detail) => {
    expect(conditionOf(part)).toEqual({ state, detail })
  })

  it('and of its trays', () => {
    const out = 'PageSize/Media Size: A4 *A5\nInputSlot/Media Source: *Auto Upper Lower\n'
    expect(readTrays(out)).toEqual([
      { value: 'InputSlot=Auto', name: 'Auto', isDefault: true },
      { value: 'InputSlot=Upper', name: 'Upper', isDefault: false },
      { value: 'InputSlot=Lower', name: 'Lower', isDefault: false },
    ])
    expect(readTrays('PageSize/Media Size: A4\n')).toEqual([])
  })
})

describe('a system in another language', () => {
  /** Speaks as `lpstat` does: in the language of its environment. */
  const lpstat = `#!/bin/sh
case "$1" in
  -e) echo Slips ;;
  -d) echo "system default destination: Slips" ;;
  *) if [ "$LC_ALL" = C ]; then echo "printer Slips disabled since now -"; else echo "打印机 Slips 已禁用"; fi ;;
esac
`
  const folder = makeTempFolder('lpstat')
  afterAll(() => {
    vi.unstubAllEnvs()
    folder.remove()
  })

  it('is asked in the one its answers are read in', async () => {
    writeFileSync(path.join(folder.dir, 'lpstat'), lpstat, { mode: 0o755 })
    vi.stubEnv('PATH', `${folder.dir}${path.delimiter}${process.env['PATH'] ?? ''}`)
    for (const name of ['LC_ALL', 'LANG', 'LANGUAGE']) vi.stubEnv(name, 'zh_CN.UTF-8')
    expect(await listCupsPrinters()).toEqual([
      { name: 'Slips', description: '', isDefault: true, state: 'stopped' },
    ])
  })
})

const skipped = noCups === '' ? '' : ` (skipped: ${noCups})`

describe.skipIf(noCups !== '')(`CUPS with cups-pdf${skipped}`, () => {
  let cups: PrivateCups
  let pdf: Uint8Array
  let deaf: Server
  const never = new AbortController().signal

  beforeAll(async () => {
    cups = await openPrivateCups()
    cups.addPdfQueue('Papers')
    // A printer that takes connections and never reads what it is sent.
    deaf = createServer((socket) => socket.on('error', () => undefined).pause())
    await new Promise<void>((resolve) => deaf.listen(0, '127.0.0.1', resolve))
    const printing = createPrinting()
    const facts = { frame, printer: '小票机', format: '80mm', offsetX: 0, offsetY: 0 }
    const paper = await printing.renderPaper({ template: 'test_page', facts, language: 'zh' })
    pdf = paper.pdf
    await printing.close()
  })

  afterAll(async () => {
    deaf.close()
    await cups.close()
  })

  const workOf = (title: string, change: Partial<PrintWork> = {}): PrintWork => ({
    jobId: 1,
    title,
    pdf,
    format: '80mm',
    pages: 1,
    copies: 1,
    slip: null,
    offset: { right: 0, down: 0 },
    isCodePageCheck: false,
    mediaSource: '',
    sides: 'one',
    ...change,
  })
  const failureOf = async (sent: Promise<unknown>) => {
    const failure = await sent.catch((error: unknown) => error)
    if (failure instanceof PrintFailure) return [failure.trouble, failure.reached]
    throw failure
  }

  it('lists its printers, and says how they are', async () => {
    expect(await listCupsPrinters()).toContainEqual(
      expect.objectContaining({ name: 'Papers', state: 'ready' }),
    )
    expect(await openCupsChannel('Nowhere').look(never)).toMatchObject({ state: 'unreachable' })
  })

  it('prints the paper in its own size, words and place', async () => {
    const title = `own-size-${process.pid}`
    const sent = await openCupsChannel('Papers').send(workOf(title), never)
    expect(sent).toMatchObject({ state: 'sent', reference: expect.stringMatching(/^Papers-\d+$/) })
    const { pages } = await readPdf(await cups.paper(title))
    const [page] = pages
    // CUPS rounds a size of its own to whole points.
    expect(Math.abs((page?.width ?? 0) - (80 * 72) / 25.4)).toBeLessThan(1)
    expect(Math.abs((page?.height ?? 0) - (112 * 72) / 25.4)).toBeLessThan(1)
    expect(pages).toHaveLength(1)
  })

  it('moves it as it is told', async () => {
    const places = []
    for (const [right, down] of [
      [0, 0],
      [30, 20],
    ] as const) {
      const title = `moved-${right}-${process.pid}`
      const moved = movePages(pdf, right, down)
      await openCupsChannel('Papers').send(workOf(title, { pdf: moved }), never)
      places.push(await firstPlace(await cups.paper(title)))
    }
    const [from, to] = places
    const tenth = 72 / 254
    // Its printer language counts in tenths of a point.
    expect(Math.abs((to?.x ?? 0) - (from?.x ?? 0) - 30 * tenth)).toBeLessThan(0.2)
    expect(Math.abs((to?.y ?? 0) - (from?.y ?? 0) - 20 * tenth)).toBeLessThan(0.2)
  })

  it('leaves nothing in a queue that has stopped, is closed or is not there', async () => {
    const channel = openCupsChannel('Papers')
    cups.run('cupsdisable', '-r', '纸用完了', 'Papers')
    expect(await failureOf(channel.send(workOf('stopped'), never))).toEqual(['stopped', 'nothing'])
    cups.run('cupsenable', 'Papers')
    cups.run('cupsreject', 'Papers')
    expect(await failureOf(channel.send(workOf('closed'), never))).toEqual(['refused', 'nothing'])
    cups.run('cupsaccept', 'Papers')
    const gone = openCupsChannel('Gone').send(workOf('gone'), never)
    expect(await failureOf(gone)).toEqual(['unreachable', 'nothing'])
    expect(cups.run('lpstat', '-W', 'not-completed', '-o').trim()).toBe('')
  })

  it('takes a paper back that does not reach its printer, and one that is stopped on its way', async () => {
    cups.addQueue('Unplugged', 'socket://127.0.0.1:9')
    const off = openCupsChannel('Unplugged').send(workOf('off'), never)
    expect(await failureOf(off)).toEqual(['unreachable', 'nothing'])
    const { port } = deaf.address() as { port: number }
    cups.addQueue('Deaf', `socket://127.0.0.1:${port}`)
    const control = new AbortController()
    const large = new Uint8Array(Buffer.concat([pdf, Buffer.alloc(16 * 1024 * 1024)]))
    const stuck = openCupsChannel('Deaf').send(
      workOf('stuck', { pdf: large, format: 'A4' }),
      control.signal,
    )
    deaf.once('connection', () => control.abort())
    expect(await failureOf(stuck)).toEqual(['interrupted', 'perhaps'])
    expect(cups.run('lpstat', '-W', 'not-completed', '-o').trim()).toBe('')
  })
})

/** Where the first words of a paper stand. */
async function firstPlace(pdf: Uint8Array): Promise<{ x: number; y: number }> {
  const { pages } = await readPdf(pdf)
  const [piece] = pages[0]?.pieces ?? []
  if (!piece) throw new Error('nothing on the page')
  return { x: piece.left, y: piece.bottom }
}
